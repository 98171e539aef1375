//! A file between its arrival and its entry.

use crate::inspect::Finding;

/// A file that has come in whole and may be kept. Dropped, it leaves nothing behind.
pub struct Received {
    pub(super) finding: Finding,
    pub(super) incoming: store::Upload,
}

impl Received {
    /// The SHA-256 of its bytes in hexadecimal.
    pub fn sha256(&self) -> String {
        self.incoming.sha256()
    }
}
