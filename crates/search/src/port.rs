//! What a search index can do, whichever it is.

use async_trait::async_trait;
use kernel::Id;
use std::collections::BTreeMap;

/// A resource as it is searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchDocument {
    /// The resource.
    pub id: Id,
    /// Its type (`document`).
    pub resource_type: String,
    /// Its own number (`43/2020/QĐ-UBND`), where it has one.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Its text, without markup.
    pub body: String,
    /// Its date (`2020-12-02`, or a moment that begins so): of equal hits the newer stands first.
    pub date: Option<String>,
}

/// One change of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The resource is found as it is here, and no longer as it was.
    Upsert(SearchDocument),
    /// The resource is not found any more.
    Delete(Id),
}

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What the reader typed. A text without a letter or digit finds nothing.
    pub text: String,
    /// The types of resources to find; none means all.
    pub types: Vec<String>,
    /// How many hits are wanted.
    pub limit: usize,
    /// How many of the best hits to pass over.
    pub offset: usize,
}

/// What was found, the best first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Hits {
    /// The wanted part of the hits.
    pub hits: Vec<Hit>,
    /// How many hits there are in all.
    pub total: u64,
}

/// One resource that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The resource.
    pub id: Id,
    /// Its type.
    pub resource_type: String,
    /// How well it matches: comparable within one answer only.
    pub score: f32,
    /// Pieces of `title`, `body` and `number` as HTML, matched words in `<mark>`; a field without
    /// a matched word is absent.
    pub highlights: BTreeMap<&'static str, Vec<String>>,
}

/// An index of everything that can be searched.
#[async_trait]
pub trait SearchIndex: Send + Sync {
    /// Makes changes, in order. When it answers they are durable and the next search sees them.
    async fn apply(&self, changes: Vec<Change>) -> Result<(), Error>;

    /// Finds what matches.
    async fn search(&self, query: &Query) -> Result<Hits, Error>;

    /// Tells whether the index can be read.
    async fn ready(&self) -> Result<(), Error>;

    /// Empties the index; whoever fills it then begins from the first event.
    async fn clear(&self) -> Result<(), Error>;
}

/// What can go wrong with an index.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The index failed.
    #[error("search index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// Another process writes the index.
    #[error("search index: another process writes it")]
    Locked,
    /// The folder of the index cannot be used.
    #[error("search index: its folder: {0}")]
    Folder(#[from] std::io::Error),
    /// The work was broken off in the middle.
    #[error("search index: the work was broken off")]
    BrokenOff,
}
