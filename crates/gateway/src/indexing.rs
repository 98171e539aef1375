//! Keeps the search index in step with what is published: follows the events, reads the live editions.

use crate::resource::Registry;
use async_trait::async_trait;
use jobs::{Consumer, ConsumerError, Event};
use kernel::Id;
use search::{Change, SearchIndex};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Follows the events on behalf of the search index.
pub struct Indexing {
    name: &'static str,
    registry: Arc<Registry>,
    index: Arc<dyn SearchIndex>,
}

impl Indexing {
    /// Keeps `index` in step with the resources that are served; its place in the events is kept under `name`.
    pub fn new(name: &'static str, registry: Arc<Registry>, index: Arc<dyn SearchIndex>) -> Self {
        Self { name, registry, index }
    }
}

#[async_trait]
impl Consumer for Indexing {
    fn name(&self) -> &'static str {
        self.name
    }

    async fn consume(&self, events: &[Event]) -> Result<(), ConsumerError> {
        let mut by_type: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
        for event in events {
            by_type.entry(&event.resource_type).or_default().push(event.resource_id);
        }
        let catalog = self.registry.now().clone();
        for (name, mut ids) in by_type {
            let Some(served) = catalog.by_name(name) else { continue };
            ids.sort_unstable();
            ids.dedup();
            // A few at a time: bodies are long, and memory stays flat.
            for some in ids.chunks(50) {
                let live = served.resource.searched(some).await?;
                let gone = some.iter().filter(|id| !live.iter().any(|document| document.id == **id));
                let changes: Vec<Change> = gone.map(|id| Change::Delete(*id)).collect();
                let changes = changes.into_iter().chain(live.into_iter().map(Change::Upsert)).collect();
                self.index.apply(changes).await?;
            }
        }
        Ok(())
    }
}
