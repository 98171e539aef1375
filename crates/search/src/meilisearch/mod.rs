//! An index on a Meilisearch server.

mod address;
mod asking;
mod beside;
mod correcting;
mod counting;
mod explaining;
mod faults;
mod filters;
mod form;
mod keywords;
mod layout;
mod letters;
mod opening;
mod order;
mod relaxing;
mod searching;
mod showing;
mod similar;
mod stages;
mod suggesting;
mod tasks;
mod telex;
mod terms;
mod times;
mod understanding;
mod values;
mod wire;
mod writing;

pub use opening::OpenedMeilisearch;

use crate::{Change, Error, Hits, Query, SearchIndex, Settings, Suggestion};
use async_trait::async_trait;
use meilisearch_sdk::client::Client;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use wire::Wire;

/// An index on a Meilisearch server, 1.40 or newer, written by one process at a time.
///
/// The key needs these rights on the indexes `<prefix>_records*`: `search`, `documents.add`,
/// `documents.get`, `documents.delete`, `indexes.create`, `indexes.get`, `indexes.delete`,
/// `indexes.swap`, `settings.get`, `settings.update`, `tasks.get`.
pub struct Meilisearch {
    /// The verbs of the library.
    client: Client<Wire>,
    /// Requests that the library does not know.
    wire: Wire,
    /// The name of the index on the server.
    uid: String,
    settings: Arc<Settings>,
    /// Whether the index bears the mark of who fills it.
    is_marked: AtomicBool,
}

#[async_trait]
impl SearchIndex for Meilisearch {
    async fn apply(&self, changes: Vec<Change>) -> Result<(), Error> {
        self.write(changes).await
    }

    async fn search(&self, query: &Query) -> Result<Hits, Error> {
        self.find(query).await.map_err(missing)
    }

    async fn suggest(&self, query: &Query) -> Result<Vec<Suggestion>, Error> {
        self.begin_so(query).await.map_err(missing)
    }

    async fn similar(&self, query: &Query) -> Result<Hits, Error> {
        self.speak_alike(query).await.map_err(missing)
    }

    async fn ready(&self) -> Result<(), Error> {
        self.is_whole().await.map_err(missing)
    }

    async fn beside(&self, name: &str) -> Result<Arc<dyn SearchIndex>, Error> {
        Ok(Arc::new(self.at_side(name).await?))
    }

    async fn swap(&self, name: &str) -> Result<(), Error> {
        self.trade(name).await
    }
}

/// An index that is not on the server any more is one that has lost everything.
fn missing(error: Error) -> Error {
    match error {
        Error::Unknown(what) => Error::Damaged(what),
        other => other,
    }
}
