//! An index that is damaged while the server runs is built anew, from what is published.

use crate::indexing::Filling;
use async_trait::async_trait;
use jobs::{ConsumerError, Task};
use kernel::{Clock, Id};
use search::{Error, SearchIndex};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Looks whether the index is whole. Until another has taken its place, searches answer that search is away.
pub struct Healing {
    index: Arc<dyn SearchIndex>,
    filling: Filling,
    clock: Clock,
}

impl Healing {
    /// Looks after this index.
    pub fn new(index: Arc<dyn SearchIndex>, filling: Filling, clock: Clock) -> Self {
        Self { index, filling, clock }
    }
}

#[async_trait]
impl Task for Healing {
    fn name(&self) -> &'static str {
        "search index"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(1)
    }

    async fn run(&self) -> Result<bool, ConsumerError> {
        match self.index.ready().await {
            Err(Error::Damaged(_) | Error::BrokenOff) => {}
            // What is away comes back by itself, and is told by those who ask.
            _ => return Ok(false),
        }
        let begun = Instant::now();
        let name = Id::new(self.clock.now()).to_string();
        let beside = self.index.beside(&name).await?;
        let total = self
            .filling
            .all(beside.as_ref(), &|of, done| tracing::info!(of, done, "the search index is being built anew"))
            .await?;
        // What is published meanwhile waits at the consumer, which takes no event while the index is damaged.
        drop(beside);
        self.index.swap(&name).await?;
        tracing::info!(resources = total, seconds = begun.elapsed().as_secs(), "the search index is whole again");
        Ok(false)
    }
}
