//! What can go wrong with an index.

/// What can go wrong with an index.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The index cannot answer now; it may later.
    #[error("the search index is away: {0}")]
    Away(String),
    /// The index is damaged, and is to be built anew.
    #[error("the search index is damaged: {0}")]
    Damaged(String),
    /// The index refused what it was given.
    #[error("the search index failed: {0}")]
    Failed(String),
    /// Another process writes the index.
    #[error("another process writes the search index")]
    Locked,
    /// There is no index of this name.
    #[error("there is no search index {0}")]
    Unknown(String),
    /// The folder of the index cannot be used.
    #[error("the folder of the search index: {0}")]
    Folder(#[from] std::io::Error),
    /// The work was broken off in the middle.
    #[error("the search index: the work was broken off")]
    BrokenOff,
}
