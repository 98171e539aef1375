//! Keeps the search index in step with what is published: follows the events, reads the live editions.

use async_trait::async_trait;
use documents::Documents;
use jobs::{Consumer, ConsumerError, Event};
use kernel::query::{Projection, State};
use kernel::{Actor, Id, View};
use search::{Change, SearchDocument, SearchIndex};
use serde_json::Value;
use std::sync::Arc;

/// Follows the events on behalf of the search index.
pub struct Indexing {
    name: &'static str,
    documents: Documents,
    index: Arc<dyn SearchIndex>,
}

impl Indexing {
    /// Keeps `index` in step with `documents`; its place in the events is kept under `name`.
    pub fn new(name: &'static str, documents: Documents, index: Arc<dyn SearchIndex>) -> Self {
        Self { name, documents, index }
    }
}

#[async_trait]
impl Consumer for Indexing {
    fn name(&self) -> &'static str {
        self.name
    }

    async fn consume(&self, events: &[Event]) -> Result<(), ConsumerError> {
        let mut ids: Vec<Id> =
            events.iter().filter(|event| event.resource_type == "document").map(|event| event.resource_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let fields = ["number", "title", "body_text", "issued_on"].map(Into::into).to_vec();
        let view = View { fields: Projection(fields), state: State::Published, lang: None };
        // A few at a time: bodies are long, and memory stays flat.
        for some in ids.chunks(50) {
            let live = self.documents.get_many(&Actor::Anonymous, some, &view).await?;
            let text = |row: &kernel::Row, name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
            let changes = some.iter().map(|id| {
                let printed = id.to_string();
                match live.iter().find(|found| found.row.get("id").and_then(Value::as_str) == Some(&printed)) {
                    Some(found) => Change::Upsert(SearchDocument {
                        id: *id,
                        resource_type: "document".to_owned(),
                        number: text(&found.row, "number"),
                        title: text(&found.row, "title").unwrap_or_default(),
                        body: text(&found.row, "body_text").unwrap_or_default(),
                        date: text(&found.row, "issued_on"),
                    }),
                    None => Change::Delete(*id),
                }
            });
            let changes = changes.collect();
            self.index.apply(changes).await?;
        }
        Ok(())
    }
}
