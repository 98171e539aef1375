//! Content types as they are sent: the definition stands flat among the columns.

use content_types::Definition;
use kernel::Row;
use kernel::query::Projection;

/// Fields of a type as it is sent, those of its definition among them.
pub(super) const SENT: [&str; 15] = [
    "name",
    "plural",
    "title",
    "description",
    "requirement",
    "workflow",
    "display",
    "schema",
    "state",
    "built_in",
    "pending",
    "revision",
    "created_at",
    "updated_at",
    "definition",
];

pub(super) fn stored(asked: &Projection) -> Projection {
    let of_definition = ["title", "description", "requirement", "workflow", "display", "schema"];
    let mut fields = asked.0.clone();
    if of_definition.iter().any(|name| asked.has(name)) {
        fields.push("definition".into());
    }
    Projection(fields)
}

/// A row of the table as it is sent: the definition stands flat in it.
pub(super) fn sent(mut row: Row, asked: &Projection) -> Row {
    let definition = row.remove("definition");
    let mut sent = Row::new();
    for name in ["id", "type"] {
        sent.insert(name.to_owned(), row.remove(name).unwrap_or_default());
    }
    for name in SENT.iter().filter(|name| **name != "definition" && asked.has(name)) {
        let value = row.remove(*name).or_else(|| definition.as_ref()?.get(*name).cloned()).unwrap_or_default();
        sent.insert((*name).to_owned(), value);
    }
    sent
}

pub(super) fn flat(mut row: Row, definition: &Definition) -> Row {
    row.insert("definition".into(), definition.to_json());
    sent(row, &Projection(SENT.iter().map(|name| (*name).into()).collect()))
}
