//! Keeps the search index in step with what is published: follows the events, reads the live editions.

use crate::content::Content;
use crate::resource::{Registry, Served};
use async_trait::async_trait;
use jobs::{Consumer, ConsumerError, Event, events_after};
use kernel::Id;
use search::{Change, Query, SearchIndex};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Database;

/// How many resources are read at once, and how long their texts get before they go into the index: memory stays flat.
const READ_AT_ONCE: usize = 50;
const APPLIED_BYTES: usize = 8 << 20;
/// How many events are read at once where an index catches up.
const CAUGHT_UP: u64 = 500;

/// The type of the event that tells of an index that was built beside the one that answers; its resource is the name of
/// the index, its revision the last event that is in it.
pub(crate) const INDEX: &str = "search-index";
/// The type of the event that asks for resources of a kind to be read again; its resource is none.
pub(crate) const REREAD: &str = "search-again:";

/// Follows the events on behalf of the search index.
pub struct Indexing {
    name: &'static str,
    db: Database,
    filling: Filling,
    index: Arc<dyn SearchIndex>,
}

impl Indexing {
    /// Keeps `index` in step with the resources that are served; its place in the events is kept under `name`.
    pub fn new(name: &'static str, db: Database, index: Arc<dyn SearchIndex>, filling: Filling) -> Self {
        Self { name, db, filling, index }
    }

    /// Takes up an index that was built beside this one, once it has seen what happened since.
    async fn adopt(&self, event: &Event) -> Result<(), ConsumerError> {
        let name = event.resource_id.to_string();
        let beside = self.index.beside(&name).await?;
        // One that is empty was made just now: the one that is meant was built on another node, or has had its time.
        let everything = Query { text: None, limit: 0, ..Query::of("", event.occurred_at.day()) };
        if beside.search(&everything).await?.total == 0 {
            tracing::info!(name, "an index that was built elsewhere is not taken up here");
            return Ok(());
        }
        let mut after = event.revision.0;
        loop {
            let events = events_after(&self.db, after, CAUGHT_UP).await?;
            let events: Vec<Event> = events.into_iter().take_while(|next| next.position < event.position).collect();
            let Some(last) = events.last() else { break };
            after = last.position;
            self.filling.follow(beside.as_ref(), &events).await?;
        }
        self.index.swap(&name).await?;
        tracing::info!(name, "search answers from an index that was built anew");
        Ok(())
    }
}

#[async_trait]
impl Consumer for Indexing {
    fn name(&self) -> &'static str {
        self.name
    }

    async fn consume(&self, events: &[Event]) -> Result<(), ConsumerError> {
        // What comes before an index that is taken up goes into the one that answers until then: its time is short.
        let mut since = 0;
        for (at, event) in events.iter().enumerate().filter(|(_, event)| event.resource_type == INDEX) {
            self.filling.follow(self.index.as_ref(), events.get(since..at).unwrap_or_default()).await?;
            self.adopt(event).await?;
            since = at + 1;
        }
        self.filling.follow(self.index.as_ref(), events.get(since..).unwrap_or_default()).await
    }
}

/// Reads what is published and puts it into an index.
#[derive(Clone)]
pub struct Filling {
    registry: Arc<Registry>,
    content: Content,
}

impl Filling {
    /// Reads the resources that are served.
    pub fn new(registry: Arc<Registry>, content: Content) -> Self {
        Self { registry, content }
    }

    /// Puts everything that is published into an index; `told` hears how many resources of a type are done so far.
    pub async fn all(&self, index: &dyn SearchIndex, told: &(dyn Fn(&str, usize) + Sync)) -> Result<usize, ConsumerError> {
        self.content.refresh().await?;
        let mut total = 0;
        for served in &self.registry.now().clone().resources {
            total += self.of_type(index, served, told).await?;
        }
        Ok(total)
    }

    /// The names of the resources that can be searched.
    pub fn types(&self) -> Vec<String> {
        self.registry.now().resources.iter().map(|served| served.description().name.clone()).collect()
    }

    async fn of_type(
        &self,
        index: &dyn SearchIndex,
        served: &Served,
        told: &(dyn Fn(&str, usize) + Sync),
    ) -> Result<usize, ConsumerError> {
        let (mut after, mut done) = (None, 0);
        loop {
            let ids = served.resource.published_ids(after).await?;
            let Some(last) = ids.last() else { return Ok(done) };
            self.bring(index, served, &ids).await?;
            after = Some(*last);
            done += ids.len();
            told(&served.description().name, done);
        }
    }

    /// Brings an index in step with what these events are about.
    async fn follow(&self, index: &dyn SearchIndex, events: &[Event]) -> Result<(), ConsumerError> {
        let mut by_type: BTreeMap<&str, Vec<Id>> = BTreeMap::new();
        for event in events {
            by_type.entry(&event.resource_type).or_default().push(event.resource_id);
        }
        if by_type.is_empty() {
            return Ok(());
        }
        // A type that another node has added is known before its entries are looked at.
        self.content.refresh().await?;
        let catalog = self.registry.now().clone();
        for (name, mut ids) in by_type {
            ids.sort_unstable();
            ids.dedup();
            if name == "content-type" {
                // Other fields of its entries may be searched now.
                let of_type = |served: &&Arc<Served>| served.resource.content_type().is_some_and(|of| ids.contains(&of));
                for served in catalog.resources.iter().filter(of_type) {
                    self.of_type(index, served, &|_, _| {}).await?;
                }
            } else if let Some(again) = name.strip_prefix(REREAD) {
                if let Some(served) = catalog.by_name(again) {
                    self.of_type(index, served, &|_, _| {}).await?;
                }
            } else if let Some(served) = catalog.by_name(name) {
                ids.extend(served.resource.touched(&ids).await?);
                ids.sort_unstable();
                ids.dedup();
                self.bring(index, served, &ids).await?;
            }
        }
        Ok(())
    }

    /// Brings an index in step with some resources of one kind.
    async fn bring(&self, index: &dyn SearchIndex, served: &Served, ids: &[Id]) -> Result<(), ConsumerError> {
        let (mut changes, mut bytes) = (Vec::new(), 0);
        for some in ids.chunks(READ_AT_ONCE) {
            let live = served.resource.searched(some).await?;
            let gone = some.iter().filter(|id| !live.iter().any(|document| document.id == **id));
            changes.extend(gone.map(|id| Change::Delete(*id)));
            bytes += live.iter().map(weight).sum::<usize>();
            changes.extend(live.into_iter().map(Change::Upsert));
            if bytes >= APPLIED_BYTES {
                index.apply(std::mem::take(&mut changes)).await?;
                bytes = 0;
            }
        }
        // What is applied is made durable each time: that takes longer than to index a few texts.
        Ok(index.apply(changes).await?)
    }
}

fn weight(document: &search::SearchDocument) -> usize {
    let passages = document.times.iter().flat_map(|times| times.passages.iter());
    passages.map(|passage| passage.text.len()).sum()
}
