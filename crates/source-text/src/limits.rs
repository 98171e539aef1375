//! How much is read of what comes from outside.

/// Bounds for reading an office document. [`Limits::default`] takes what offices write, up to some
/// thousand pages, in less than 300 MiB of memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file: usize,
    /// Parts in the archive.
    pub parts: usize,
    /// Bytes of all parts that are read, unpacked.
    pub unpacked: u64,
    /// Elements within each other.
    pub depth: usize,
    /// Bytes of the text that is found.
    pub text: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file: 64 << 20, parts: 10_000, unpacked: 96 << 20, depth: 400, text: 16 << 20 }
    }
}
