//! Keeps the search index in step with what is published: follows the events, reads the live editions.

use crate::content::Content;
use crate::resource::{Registry, Served};
use async_trait::async_trait;
use jobs::{Consumer, ConsumerError, Event};
use kernel::Id;
use search::{Change, SearchIndex};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many resources are read at once, and how long their texts get before they go into the index: memory stays flat.
const READ_AT_ONCE: usize = 50;
const APPLIED_BYTES: usize = 8 << 20;

/// Follows the events on behalf of the search index.
pub struct Indexing {
    name: &'static str,
    registry: Arc<Registry>,
    index: Arc<dyn SearchIndex>,
    content: Content,
}

impl Indexing {
    /// Keeps `index` in step with the resources that are served; its place in the events is kept under `name`.
    pub fn new(name: &'static str, registry: Arc<Registry>, index: Arc<dyn SearchIndex>, content: Content) -> Self {
        Self { name, registry, index, content }
    }

    /// Brings the index in step with some resources of one kind.
    async fn bring(&self, served: &Served, ids: &[Id]) -> Result<(), ConsumerError> {
        let (mut changes, mut bytes) = (Vec::new(), 0);
        for some in ids.chunks(READ_AT_ONCE) {
            let live = served.resource.searched(some).await?;
            let gone = some.iter().filter(|id| !live.iter().any(|document| document.id == **id));
            changes.extend(gone.map(|id| Change::Delete(*id)));
            bytes += live.iter().map(|document| document.body.len()).sum::<usize>();
            changes.extend(live.into_iter().map(Change::Upsert));
            if bytes >= APPLIED_BYTES {
                self.index.apply(std::mem::take(&mut changes)).await?;
                bytes = 0;
            }
        }
        // What is applied is made durable each time: that takes longer than to index a few texts.
        Ok(self.index.apply(changes).await?)
    }

    /// Brings the index in step with all entries of a content type: other fields of it may be searched now.
    async fn bring_type(&self, content_type: Id) -> Result<(), ConsumerError> {
        let catalog = self.registry.now().clone();
        let of_type = |served: &&Arc<Served>| served.resource.content_type() == Some(content_type);
        let Some(served) = catalog.resources.iter().find(of_type) else { return Ok(()) };
        let mut after = None;
        loop {
            let ids = served.resource.published_ids(after).await?;
            self.bring(served, &ids).await?;
            match ids.last() {
                Some(last) => after = Some(*last),
                None => return Ok(()),
            }
        }
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
        // A type that another node has added is known before its entries are looked at.
        self.content.refresh().await?;
        let catalog = self.registry.now().clone();
        for (name, mut ids) in by_type {
            ids.sort_unstable();
            ids.dedup();
            if name == "content-type" {
                for id in ids {
                    self.bring_type(id).await?;
                }
            } else if let Some(served) = catalog.by_name(name) {
                self.bring(served, &ids).await?;
            }
        }
        Ok(())
    }
}
