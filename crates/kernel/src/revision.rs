//! How often a resource has changed: the optimistic lock and the first part of every `ETag`.

use serde::Serialize;

/// The count of changes of one resource, transitions included; the first is 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Revision(pub i64);

impl Revision {
    /// The revision of a new resource.
    pub const FIRST: Self = Self(1);

    /// The revision after one more change.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}
