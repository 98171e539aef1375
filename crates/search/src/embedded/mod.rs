//! The embedded index: tantivy in a folder.

mod layout;
mod open;
mod ranking;
mod searching;
mod tokens;
mod writing;

pub use open::Opened;

use crate::{Change, Error, Hits, Query, SearchIndex};
use async_trait::async_trait;
use layout::Fields;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use tantivy::{Index, IndexReader, IndexWriter};

/// An index in a folder, written by one process.
///
/// It is opened in milliseconds. What writing needs (a thread, and up to 15 MB) is taken at the
/// first change.
#[derive(Clone)]
pub struct Tantivy(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    index: Index,
    reader: IndexReader,
    fields: Fields,
    /// Locked only within blocking tasks.
    writer: Mutex<Option<IndexWriter>>,
}

#[async_trait]
impl SearchIndex for Tantivy {
    async fn apply(&self, changes: Vec<Change>) -> Result<(), Error> {
        self.blocking(|inner| inner.apply(changes)).await
    }

    async fn search(&self, query: &Query) -> Result<Hits, Error> {
        let query = query.clone();
        self.blocking(move |inner| inner.search(&query)).await
    }

    async fn ready(&self) -> Result<(), Error> {
        self.blocking(|inner| Ok(inner.index.load_metas().map(|_| ())?)).await
    }

    async fn clear(&self) -> Result<(), Error> {
        self.blocking(Inner::clear).await
    }
}

impl Tantivy {
    /// Runs `work` where it may block. After a sign of damage the next start rebuilds the index.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let inner = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || work(&inner)).await.unwrap_or(Err(Error::BrokenOff));
        if let Err(error) = &done
            && error.is_damage()
        {
            tracing::error!(%error, "the search index is damaged: the next start builds it anew");
            open::distrust(&self.0.folder);
        }
        done
    }
}

impl Error {
    fn is_damage(&self) -> bool {
        use tantivy::TantivyError::{DataCorruption, IncompatibleIndex, OpenReadError};
        matches!(self, Self::BrokenOff | Self::Index(DataCorruption(_) | IncompatibleIndex(_) | OpenReadError(_)))
    }
}
