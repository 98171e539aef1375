//! An index on a server that may be away when Congkhai starts: it is reached as soon as it can be.

use crate::search_index::SHARED_CONSUMER;
use async_trait::async_trait;
use kernel::Clock;
use search::{Change, Error, Hits, Meilisearch, Query, SearchIndex, Settings, Suggestion};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Database;
use tokio::sync::{Mutex, OnceCell};

/// How long it waits before it tries again.
const AGAIN: Duration = Duration::from_secs(2);

/// A Meilisearch index that is connected to when it is first asked.
pub struct Late {
    /// Address, key and prefix.
    at: (String, Option<String>, String),
    settings: Settings,
    db: Database,
    reached: OnceCell<Arc<dyn SearchIndex>>,
    /// When it was tried last, and why that failed.
    tried: Mutex<Option<(Instant, String)>>,
}

impl Late {
    pub fn new(at: (String, Option<String>, String), settings: Settings, db: Database) -> Self {
        Self { at, settings, db, reached: OnceCell::new(), tried: Mutex::new(None) }
    }

    async fn index(&self) -> Result<&Arc<dyn SearchIndex>, Error> {
        if let Some(index) = self.reached.get() {
            return Ok(index);
        }
        // One tries, others hear what came of it.
        let mut tried = self.tried.lock().await;
        if let Some(index) = self.reached.get() {
            return Ok(index);
        }
        if let Some((_, why)) = tried.as_ref().filter(|(at, _)| at.elapsed() < AGAIN) {
            return Err(Error::Away(why.clone()));
        }
        let (url, key, prefix) = &self.at;
        let reached = Meilisearch::connect(url, key.as_deref(), prefix, self.settings.clone()).await;
        let opened = reached.inspect_err(|error| *tried = Some((Instant::now(), error.to_string())))?;
        if opened.rebuilt {
            let begun = jobs::rewind(&self.db, SHARED_CONSUMER, Clock::System.now()).await;
            begun.map_err(|error| Error::Away(error.to_string()))?;
        }
        tracing::info!("the search index on the server is reached");
        Ok(self.reached.get_or_init(|| async { Arc::new(opened.index) as Arc<dyn SearchIndex> }).await)
    }
}

#[async_trait]
impl SearchIndex for Late {
    async fn apply(&self, changes: Vec<Change>) -> Result<(), Error> {
        self.index().await?.apply(changes).await
    }

    async fn search(&self, query: &Query) -> Result<Hits, Error> {
        self.index().await?.search(query).await
    }

    async fn suggest(&self, query: &Query) -> Result<Vec<Suggestion>, Error> {
        self.index().await?.suggest(query).await
    }

    async fn similar(&self, query: &Query) -> Result<Hits, Error> {
        self.index().await?.similar(query).await
    }

    async fn ready(&self) -> Result<(), Error> {
        self.index().await?.ready().await
    }

    async fn beside(&self, name: &str) -> Result<Arc<dyn SearchIndex>, Error> {
        self.index().await?.beside(name).await
    }

    async fn swap(&self, name: &str) -> Result<(), Error> {
        self.index().await?.swap(name).await
    }
}
