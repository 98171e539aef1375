//! Faults, told in both languages.

use kernel::{FieldFault, Text};

/// A fault at `pointer`.
pub(crate) fn fault(pointer: impl Into<String>, code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> FieldFault {
    FieldFault::new(pointer, code, Text::new(vi, en))
}

/// The pointer to a member of what `at` points to.
pub(crate) fn under(at: &str, name: &str) -> String {
    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"))
}
