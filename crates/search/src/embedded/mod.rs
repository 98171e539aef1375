//! The embedded index: tantivy in a folder.
//!
//! The folder holds indexes side by side, each in a folder of its own; the file `current` names the one that
//! answers. Another is filled while that one answers, and then takes its place.

mod alike;
mod checking;
mod correcting;
mod counting;
mod layout;
mod matching;
mod open;
mod plan;
mod ranking;
mod scoring;
mod searching;
mod suggesting;
mod swapping;
mod tokens;
mod writing;

pub use open::Opened;

use crate::{Change, Error, Hits, Query, SearchIndex, Settings, Suggestion};
use async_trait::async_trait;
use checking::Seen;
use layout::Fields;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock, Weak};
use tantivy::{Index, IndexReader, IndexWriter};

/// An index in a folder, written by one process.
///
/// It is opened in milliseconds. What writing needs (a thread, and up to 40 MB) is taken at the
/// first change.
#[derive(Clone)]
pub struct Tantivy(Arc<Shared>);

struct Shared {
    folder: PathBuf,
    settings: Arc<Settings>,
    /// The index that answers; none since it was found to be damaged.
    live: RwLock<Option<Arc<Inner>>>,
    /// The indexes beside it that somebody holds, by name: each has one writer only.
    beside: Mutex<HashMap<String, Weak<Inner>>>,
}

struct Inner {
    folder: PathBuf,
    settings: Arc<Settings>,
    index: Index,
    reader: IndexReader,
    fields: Fields,
    /// Locked only within blocking tasks.
    writer: Mutex<Option<IndexWriter>>,
    /// The files of the index as they were seen first: they never change.
    seen: Mutex<Seen>,
}

#[async_trait]
impl SearchIndex for Tantivy {
    async fn apply(&self, changes: Vec<Change>) -> Result<(), Error> {
        self.blocking(move |inner| inner.apply(&changes)).await
    }

    async fn search(&self, query: &Query) -> Result<Hits, Error> {
        let query = query.clone();
        self.blocking(move |inner| inner.search(&query)).await
    }

    async fn suggest(&self, query: &Query) -> Result<Vec<Suggestion>, Error> {
        let query = query.clone();
        self.blocking(move |inner| inner.suggest(&query)).await
    }

    async fn similar(&self, query: &Query) -> Result<Hits, Error> {
        let query = query.clone();
        self.blocking(move |inner| inner.similar(&query)).await
    }

    async fn ready(&self) -> Result<(), Error> {
        self.blocking(Inner::check).await
    }

    async fn beside(&self, name: &str) -> Result<Arc<dyn SearchIndex>, Error> {
        let (shared, name) = (Arc::clone(&self.0), name.to_owned());
        let opened = tokio::task::spawn_blocking(move || shared.beside(&name)).await;
        Ok(Arc::new(opened.unwrap_or(Err(Error::BrokenOff))?))
    }

    async fn swap(&self, name: &str) -> Result<(), Error> {
        let (shared, name) = (Arc::clone(&self.0), name.to_owned());
        tokio::task::spawn_blocking(move || shared.swap(&name)).await.unwrap_or(Err(Error::BrokenOff))
    }
}

impl Tantivy {
    /// Runs `work` where it may block. After a sign of damage nothing is answered until another index takes its place.
    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let inner = self.0.live().ok_or_else(|| Error::Damaged("it is to be built anew".to_owned()))?;
        let at_work = Arc::clone(&inner);
        let done = tokio::task::spawn_blocking(move || work(&at_work)).await.unwrap_or(Err(Error::BrokenOff));
        if let Err(error @ (Error::Damaged(_) | Error::BrokenOff)) = &done {
            tracing::error!(%error, "the search index is damaged and has to be built anew");
            open::distrust(&inner.folder);
            self.0.give_up(&inner);
        }
        done
    }
}

impl Shared {
    fn live(&self) -> Option<Arc<Inner>> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers no more from this index; from one that has taken its place meanwhile it does.
    fn give_up(&self, damaged: &Arc<Inner>) {
        let mut live = self.live.write().unwrap_or_else(PoisonError::into_inner);
        if live.as_ref().is_some_and(|live| Arc::ptr_eq(live, damaged)) {
            *live = None;
        }
    }
}

impl From<tantivy::TantivyError> for Error {
    fn from(error: tantivy::TantivyError) -> Self {
        use tantivy::TantivyError::{DataCorruption, IncompatibleIndex, IoError, OpenReadError, SchemaError};
        match error {
            DataCorruption(_) | IncompatibleIndex(_) | OpenReadError(_) | SchemaError(_) | IoError(_) => {
                Self::Damaged(error.to_string())
            }
            other => Self::Failed(other.to_string()),
        }
    }
}
