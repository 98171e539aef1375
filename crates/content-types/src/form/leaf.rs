//! Schemas of single values.

use super::{Form, geo};
use crate::field::FieldKindDef as K;
use crate::shape::Leaf;
use crate::{limits, patterns};
use kernel::Row;
use serde_json::{Value as Json, json};

/// The schema of a single value.
pub(super) fn schema(form: Form, leaf: &Leaf) -> Row {
    match form {
        Form::Definition => leaf.keywords.clone(),
        Form::Checked => checked(leaf),
        Form::Written => expanded(leaf, form),
        Form::Sent => loose(expanded(leaf, form)),
    }
}

/// What the validator is asked; dates, ids, addresses, intervals and geography are left to rules.
fn checked(leaf: &Leaf) -> Row {
    let keep = |keyword: &str| match keyword {
        "format" => leaf.kind == K::Email,
        keyword => !keyword.starts_with("x-"),
    };
    leaf.keywords.clone().into_iter().filter(|(keyword, _)| keep(keyword)).collect()
}

fn expanded(leaf: &Leaf, form: Form) -> Row {
    let mut schema = leaf.keywords.clone();
    match leaf.kind {
        K::Phone => {
            schema.entry("pattern").or_insert(patterns::PHONE.into());
            schema.insert("maxLength".into(), 20.into());
        }
        K::Url => {
            schema.entry("pattern").or_insert(patterns::address().into());
            schema.entry("maxLength").or_insert(limits::URL.into());
        }
        K::Interval => schema.append(&mut interval(form)),
        K::GeoPoint => schema.append(&mut geo::point(form)),
        K::GeoArea => schema.append(&mut geo::area(form)),
        K::Integer => {
            schema.insert("format".into(), "int64".into());
        }
        K::Text | K::RichText | K::Number | K::Boolean | K::Date | K::DateTime | K::Enum | K::Email => {}
        K::Media | K::Relation | K::Object | K::Blocks => {}
    }
    schema
}

fn interval(form: Form) -> Row {
    let day = json!({ "format": "date" });
    let moment = json!({ "format": "date-time" });
    let of = |kind: Json, text: &str| json!({ "type": kind, "description": text });
    let mut start = of("string".into(), "A plain date, or a moment with its offset.");
    let mut end = of(json!(["string", "null"]), "The same kind as the start, and not before it; null while it is open.");
    if form == Form::Written {
        for (schema, choices) in [(&mut start, vec![&day, &moment]), (&mut end, vec![&day, &moment, &json!({ "type": "null" })])]
        {
            schema.as_object_mut().map(|members| members.insert("anyOf".into(), json!(choices)));
        }
    }
    super::object::object(form, [("start".to_owned(), start), ("end".to_owned(), end)].into_iter().collect(), vec!["start"])
}

/// Without its limits: what was stored under an earlier definition is still sent.
fn loose(schema: Row) -> Row {
    let keep =
        |keyword: &str| matches!(keyword, "type" | "format" | "enum" | "properties" | "required") || keyword.starts_with("x-");
    schema.into_iter().filter(|(keyword, _)| keep(keyword)).collect()
}
