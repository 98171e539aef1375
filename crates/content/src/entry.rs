//! What an entry looks like to readers and writers: the fields of every entry, and its own.

use crate::State;
use content_types::Definition;
use kernel::query::{Field, FieldKind};
use kernel::{Locale, Row};
use serde_json::{Value, json};

/// The longest slug, in characters.
pub(crate) const LONGEST_SLUG: usize = 120;

/// Base fields that a writer sets, beside the fields of the type.
pub(crate) const WRITTEN: [&str; 6] = ["slug", "author_name", "source_name", "source_url", "link_url", "portal_id"];

/// The names of base fields before and after those of the type, in the order in which they are sent.
pub(crate) const BEFORE: [&str; 5] = ["id", "type", "slug", "locale", "state"];
pub(crate) const AFTER: [&str; 13] = [
    "author_name",
    "source_name",
    "source_url",
    "source_line",
    "link_url",
    "portal_id",
    "outdated",
    "locales",
    "sharing",
    "revision",
    "created_at",
    "updated_at",
    "published_at",
];

/// JSON Schema of an entry as it is sent.
pub fn entry_schema(definition: &Definition) -> Value {
    let text = |text: &str| json!({ "type": ["string", "null"], "description": text });
    let moment = |text: &str| json!({ "type": ["string", "null"], "format": "date-time", "description": text });
    let mut properties = Row::new();
    let mut add = |name: &str, schema: Value| properties.insert(name.to_owned(), schema);
    add("id", json!({ "type": "string", "format": "uuid", "description": "Its id, the same in every language." }));
    add("type", json!({ "type": "string", "description": "The name of its content type." }));
    add("slug", json!({ "type": "string", "description": "Its address within its portal, section and language." }));
    add("locale", json!({ "type": "string", "description": "The language of this edition." }));
    add("state", json!({ "type": "string", "enum": State::names(), "description": "The state of this edition." }));
    properties.extend(definition.view_properties());
    let mut add = |name: &str, schema: Value| properties.insert(name.to_owned(), schema);
    add("author_name", text("Who wrote it (C-31)."));
    add("source_name", text("The agency it comes from (C-31)."));
    add("source_url", text("The original it was taken from (C-31)."));
    add("source_line", text("What reuse of it has to carry, as the province's rule words it (C-31)."));
    add("link_url", text("Where it stands on another portal: it is published by link (C-32)."));
    add(
        "portal_id",
        json!({ "type": ["string", "null"], "format": "uuid", "description": "Its portal; null for the provincial one." }),
    );
    add(
        "outdated",
        json!({ "type": "boolean", "description": "Whether the original has changed since this was translated (C-35)." }),
    );
    add(
        "locales",
        json!({ "type": ["array", "null"], "items": { "type": "string" }, "description": "The languages in which it is published; of a working copy, in which it is written." }),
    );
    add(
        "sharing",
        json!({ "type": ["object", "null"], "description": "Open Graph and schema.org data for pages that show it (C-42)." }),
    );
    add("revision", json!({ "type": "integer", "description": "Counts every change of the entry, in any language." }));
    add("created_at", moment("When it was entered."));
    add("updated_at", moment("When this edition was written."));
    add("published_at", moment("When it was first published in this language."));
    json!({ "type": "object", "required": ["id", "type"], "properties": properties, "description": definition.title().en })
}

/// JSON Schema of what enters an entry.
pub fn entry_input(definition: &Definition, type_name: &str) -> Value {
    let mut schema = definition.data_schema();
    let clean = "^[^\\u0000]*$";
    let text =
        |max: u32, about: &str| json!({ "type": ["string", "null"], "maxLength": max, "pattern": clean, "description": about });
    let url = |about: &str| json!({ "type": ["string", "null"], "maxLength": 2000, "pattern": "^https?://[^\\s\\u0000\"<>\\\\^`{|}]+$", "description": about });
    let base = [
        (
            "locale",
            json!({ "type": "string", "pattern": Locale::PATTERN, "description": "The language it is written in; vi where none is given." }),
        ),
        (
            "slug",
            json!({ "type": ["string", "null"], "maxLength": LONGEST_SLUG, "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
            "description": "Its address; made from its title where none is given." }),
        ),
        ("author_name", text(200, "Who wrote it.")),
        ("source_name", text(300, "The agency it comes from.")),
        ("source_url", url("The original it was taken from.")),
        ("link_url", url("Where it stands on another portal, when it is published by link.")),
        (
            "portal_id",
            json!({ "type": ["string", "null"], "format": "uuid", "description": "Its portal; left out for the provincial one." }),
        ),
    ];
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.extend(base.map(|(name, schema)| (name.to_owned(), schema)));
    }
    if let Some(members) = schema.as_object_mut() {
        members.insert("title".into(), format!("{type_name}Input").into());
    }
    schema
}

/// JSON Schema of what actions take besides their name and a comment.
pub fn entry_step() -> Value {
    let clean = "^[^\\u0000]*$";
    json!({ "type": "object", "properties": {
        "at": { "type": ["string", "null"], "format": "date-time", "description": "schedule: when." },
        "then": { "type": ["string", "null"], "enum": ["publish", "withdraw", null], "description": "schedule: what; publish where nothing is said." },
        "explanation": { "type": ["string", "null"], "maxLength": 2000, "pattern": clean, "description": "withdraw: why, told to readers." },
        "redirect_to": { "type": ["string", "null"], "maxLength": 2000, "pattern": "^(https?://|/)[^\\s\\u0000]*$", "description": "withdraw: where readers are sent." },
        "ground": { "type": ["string", "null"], "maxLength": 60, "pattern": "^[a-z0-9-]+$", "description": "takedown: the ground, one of the policy takedown-grounds." },
        "violation_id": { "type": ["string", "null"], "format": "uuid", "description": "takedown: the report it follows." },
        "confirmed": { "type": ["array", "null"], "maxItems": 50, "items": { "type": "string", "maxLength": 60, "pattern": clean },
            "description": "approve: the points of the policy approval-checklist that were checked (A-6)." },
        "assignee_id": { "type": ["string", "null"], "format": "uuid", "description": "assign: the account that is to deal with it; none to take it back." },
        "locale": { "type": ["string", "null"], "pattern": Locale::PATTERN, "description": "translate: into which language." },
        "translator": { "type": ["string", "null"], "maxLength": 300, "pattern": clean, "description": "translate, send: who translates." },
        "due_on": { "type": ["string", "null"], "format": "date", "description": "translate, send: until when." },
        "version": { "type": ["integer", "null"], "minimum": 1, "description": "restore: the number of the version." },
    } })
}

/// What lists of entries can be asked by: the base fields and the indexed ones of the type, without those
/// whose values are still being indexed.
pub fn entry_fields(definition: &Definition, pending: &[String]) -> Vec<Field> {
    use FieldKind::{Boolean, Id, Instant, Text};
    let field = |name: &'static str, kind, nullable, sortable| Field { name: name.into(), kind, nullable, sortable };
    let mut fields = vec![
        field("id", Id, false, false),
        field("slug", Text, false, true),
        field("locale", Text, false, false),
        field("state", Text, false, false),
        field("author_name", Text, true, true),
        field("source_name", Text, true, true),
        field("portal_id", Id, true, false),
        field("outdated", Boolean, false, false),
        field("created_at", Instant, false, true),
        field("updated_at", Instant, false, true),
        field("published_at", Instant, true, true),
    ];
    fields.extend(crate::store::columns::own_fields(definition, pending));
    fields
}

/// Fields that lists leave out unless they are asked for.
pub fn entry_heavy(definition: &Definition) -> Vec<String> {
    let own = definition.heavy().into_iter().map(str::to_owned);
    own.chain(["locales", "sharing"].map(str::to_owned)).collect()
}
