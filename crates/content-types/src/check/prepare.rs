//! Data before they are checked: NFC, without `null`s and without what is computed.

use crate::field::FieldDef;
use crate::nfc;
use crate::shape::{Member, Shape, companions};
use kernel::Row;
use serde_json::Value as Json;
use std::collections::HashMap;

/// The own fields of an entry.
pub(super) fn row(fields: &[FieldDef], data: Row) -> Row {
    let Json::Object(data) = nfc::value(Json::Object(data)) else { return Row::new() };
    cleaned(fields.iter().map(|field| (field.name.as_str(), &field.shape)).collect(), data)
}

fn cleaned(shapes: HashMap<&str, &Shape>, data: Row) -> Row {
    let rich = shapes.iter().filter(|(_, shape)| shape.is_rich());
    let computed: Vec<String> = rich.flat_map(|(name, _)| companions(name)).collect();
    let mut kept = Row::new();
    for (name, value) in data {
        match shapes.get(name.as_str()) {
            Some(_) if value.is_null() => {}
            Some(shape) => {
                kept.insert(name, self::value(shape, value));
            }
            None if computed.contains(&name) => {}
            None => {
                kept.insert(name, value);
            }
        }
    }
    kept
}

fn value(shape: &Shape, value: Json) -> Json {
    match (shape, value) {
        (Shape::Object(members), Json::Object(row)) => Json::Object(cleaned(by_name(members), row)),
        (Shape::List { item, .. }, Json::Array(items)) => items.into_iter().map(|value| self::value(item, value)).collect(),
        (Shape::Blocks { .. }, Json::Array(items)) => items.into_iter().map(without_html).collect(),
        (_, value) => value,
    }
}

/// A paragraph without its HTML, so that it does not count as content.
fn without_html(mut block: Json) -> Json {
    if let Some(members) = block.as_object_mut().filter(|members| members.get("type").is_some_and(|kind| kind == "paragraph")) {
        members.shift_remove("text_html");
    }
    block
}

fn by_name(members: &[Member]) -> HashMap<&str, &Shape> {
    members.iter().map(|member| (member.name.as_str(), &member.shape)).collect()
}
