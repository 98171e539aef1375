//! Changes of an index.

use super::layout::{Document, ID};
use super::opening::MARK;
use super::times::disjoint;
use super::{Meilisearch, form};
use crate::records::Record;
use crate::{Change, Error, SearchDocument, Settings};
use futures_util::io::Cursor;
use kernel::Id;
use meilisearch_sdk::documents::DocumentDeletionQuery;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// How many bytes are sent at once, about.
const PAYLOAD: usize = 8 << 20;
/// How many bytes of text are laid out at once: each is indexed without tones, with them, and kept.
const TEXT: usize = PAYLOAD / 4;
/// How many resources are named in one filter.
const NAMED: usize = 2_000;

/// Documents as they are sent, and how many each resource has.
struct Packed {
    payloads: Vec<Vec<u8>>,
    counts: Vec<(Id, usize)>,
}

impl Meilisearch {
    /// Makes changes, in order. A resource is never away in between: what is new replaces what it
    /// was record by record, and what is left over is removed then.
    pub(super) async fn write(&self, changes: Vec<Change>) -> Result<(), Error> {
        if changes.is_empty() {
            return Ok(());
        }
        let mut left: Vec<(Id, usize)> = Vec::with_capacity(changes.len());
        let mut tasks = Vec::new();
        let mut batch = Vec::new();
        let mut size = 0;
        for change in last_of_each(changes) {
            match change {
                Change::Delete(id) => left.push((id, 0)),
                Change::Upsert(document) => {
                    size += texts(&document);
                    batch.push(document);
                }
            }
            if size >= TEXT {
                left.extend(self.send(std::mem::take(&mut batch), &mut tasks).await?);
                size = 0;
            }
        }
        left.extend(self.send(batch, &mut tasks).await?);
        for named in left.chunks(NAMED) {
            let filter = left_over(named);
            let index = self.client.index(&self.uid);
            tasks.push(index.delete_documents_with(DocumentDeletionQuery::new(&index).with_filter(&filter)).await?);
        }
        for task in tasks {
            self.done(Ok(task)).await?;
        }
        self.bear_mark().await
    }

    /// Sends resources, and tells how many records each has.
    async fn send(
        &self,
        documents: Vec<SearchDocument>,
        tasks: &mut Vec<meilisearch_sdk::task_info::TaskInfo>,
    ) -> Result<Vec<(Id, usize)>, Error> {
        if documents.is_empty() {
            return Ok(Vec::new());
        }
        let settings = Arc::clone(&self.settings);
        let packed = tokio::task::spawn_blocking(move || pack(documents, &settings)).await;
        let packed = packed.map_err(|_| Error::BrokenOff)??;
        let index = self.client.index(&self.uid);
        for payload in packed.payloads {
            tasks.push(index.add_or_replace_unchecked_payload(Cursor::new(payload), "application/x-ndjson", None).await?);
        }
        Ok(packed.counts)
    }

    /// Notes in the index, once, what it is filled by.
    async fn bear_mark(&self) -> Result<(), Error> {
        if self.is_marked.load(Ordering::Relaxed) {
            return Ok(());
        }
        let mark = serde_json::json!({ "key": MARK, "mark": form::mark(&self.settings) });
        self.done(self.client.index(&self.uid).add_or_replace(&[mark], None).await).await?;
        self.is_marked.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// The last change of each resource: what came before it is not seen by anybody.
fn last_of_each(changes: Vec<Change>) -> Vec<Change> {
    let mut seen = HashSet::new();
    let id = |change: &Change| match change {
        Change::Upsert(document) => document.id,
        Change::Delete(id) => *id,
    };
    let mut last: Vec<Change> = changes.into_iter().rev().filter(|change| seen.insert(id(change))).collect();
    last.reverse();
    last
}

/// How many bytes of text a resource has.
fn texts(document: &SearchDocument) -> usize {
    let passages = document.times.iter().flat_map(|times| times.passages.iter());
    document.title.len() + passages.map(|passage| passage.text.len()).sum::<usize>()
}

fn pack(documents: Vec<SearchDocument>, settings: &Settings) -> Result<Packed, Error> {
    let mut packed = Packed { payloads: Vec::new(), counts: Vec::with_capacity(documents.len()) };
    let mut payload = Vec::new();
    for document in documents.into_iter().map(disjoint) {
        let records = Record::all(&document);
        packed.counts.push((document.id, records.len()));
        for (n, record) in records.iter().enumerate() {
            let made = Document::of(record, n, settings);
            serde_json::to_writer(&mut payload, &made).map_err(|error| Error::Failed(error.to_string()))?;
            payload.push(b'\n');
            if payload.len() >= PAYLOAD {
                packed.payloads.push(std::mem::take(&mut payload));
            }
        }
    }
    if !payload.is_empty() {
        packed.payloads.push(payload);
    }
    Ok(packed)
}

/// Finds the records of these resources beyond as many as they have.
fn left_over(resources: &[(Id, usize)]) -> String {
    let mut by_count: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (id, count) in resources {
        by_count.entry(*count).or_default().push(format!("\"{id}\""));
    }
    let parts = by_count.iter().map(|(count, ids)| format!("({ID} IN [{}] AND n >= {count})", ids.join(", ")));
    parts.collect::<Vec<_>>().join(" OR ")
}
