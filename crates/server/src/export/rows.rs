//! A document as a line: its fields, its relations, its files.

use super::Trouble;
use super::originals::Folder;
use documents::{Documents, Relations};
use kernel::query::{Direction, Filter, ListQuery, Name, Op, Projection, SortKey, State, Test, Value as Given};
use kernel::{Actor, Id, PageRequest, Place, Row, Total};
use serde_json::Value;

/// What is told of a relation.
const RELATION: [&str; 13] = [
    "relation",
    "target_id",
    "target_number",
    "target_title",
    "target_doc_type",
    "target_issued_on",
    "whole",
    "provisions",
    "effective_on",
    "until_on",
    "origin",
    "standing",
    "note",
];

/// What is told of a file.
const FILE: [&str; 6] = ["name", "media_type", "encoding", "size", "sha256", "pages"];

/// Makes rows whole.
pub struct Rows {
    pub documents: Documents,
    pub relations: Relations,
    pub actor: Actor,
    pub state: State,
}

impl Rows {
    /// The row with the relations and files of its document; files are copied where there is a folder for them.
    pub async fn whole(&self, mut row: Row, originals: Option<&Folder>) -> Result<Row, Trouble> {
        let Some(id) = row.get("id").and_then(Value::as_str).and_then(Id::parse) else { return Ok(row) };
        let source = row.get("source_file_id").and_then(Value::as_str).and_then(Id::parse);
        row.insert("relations".to_owned(), self.relations(id).await?.into());
        let mut files = Vec::new();
        for record in self.documents.files(&self.actor, id).await?.unwrap_or_default() {
            let mut told = record.to_row(id);
            told.retain(|name, _| FILE.contains(&name.as_str()));
            if let Some(folder) = originals {
                let path = folder.copy(id, &record).await?;
                if Some(record.id) == source {
                    row.insert("file".to_owned(), path.clone().into());
                }
                told.insert("file".to_owned(), path.into());
            }
            files.push(Value::Object(told));
        }
        row.insert("files".to_owned(), files.into());
        Ok(row)
    }

    async fn relations(&self, document: Id) -> Result<Vec<Value>, Trouble> {
        let (mut place, mut found) = (Place::Start, Vec::new());
        loop {
            let query = ListQuery {
                filter: Filter::All(vec![Filter::Test(Test {
                    field: "document_id".into(),
                    op: Op::Eq,
                    values: vec![Given::Id(document)],
                })]),
                sort: vec![SortKey { field: "created_at".into(), direction: Direction::Asc }],
                fields: Projection(RELATION.map(Name::from).to_vec()),
                state: self.state,
                lang: None,
                as_of: None,
                page: PageRequest { size: PageRequest::MAX_SIZE, place, total: Total::Skip },
            };
            let page = self.relations.list(&self.actor, &query).await?;
            let next = page.items.last().filter(|_| page.more_after).map(|(last, _)| Place::After(last.clone()));
            for (_, mut relation) in page.items {
                relation.retain(|name, _| RELATION.contains(&name.as_str()));
                found.push(Value::Object(relation));
            }
            match next {
                Some(next) => place = next,
                None => break,
            }
        }
        // Those that were found in one text were entered at once, in no order.
        found.sort_by_cached_key(Value::to_string);
        Ok(found)
    }
}
