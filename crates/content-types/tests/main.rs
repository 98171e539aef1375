//! Content types through the public door.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod blocks;
mod changes;
mod checking;
mod definitions;
mod hostile;
mod reading;
mod rich_text;
mod schemas;

use content_types::Definition;
use kernel::{FieldFault, Row};
use serde_json::{Value, json};

/// A definition with these properties.
fn with(properties: Value) -> Value {
    json!({ "name": "thing", "plural": "things", "title": { "vi": "Vật", "en": "Thing" },
            "schema": { "type": "object", "properties": properties } })
}

/// A content type with these properties.
fn content_type(properties: Value) -> Definition {
    Definition::parse(&with(properties)).unwrap()
}

/// A content type with these properties, some of them required.
fn requiring(required: Value, properties: Value) -> Definition {
    let mut definition = with(properties);
    definition["schema"]["required"] = required;
    Definition::parse(&definition).unwrap()
}

fn row(value: Value) -> Row {
    value.as_object().unwrap().clone()
}

/// `pointer code` of every fault.
fn codes(faults: &[FieldFault]) -> Vec<String> {
    faults.iter().map(|fault| format!("{} {}", fault.pointer, fault.code)).collect()
}

/// What is wrong with a definition.
fn refused(definition: Value) -> Vec<String> {
    codes(&Definition::parse(&definition).unwrap_err())
}

/// What is wrong with one property `x`, pointers from the property.
fn property_refused(schema: Value) -> Vec<String> {
    let faults = refused(with(json!({ "title": { "type": "string" }, "x": schema })));
    faults.into_iter().map(|fault| fault.replace("/schema/properties/x", "")).collect()
}

/// What is wrong with a value of one property `x`.
fn value_refused(schema: Value, value: Value) -> Vec<String> {
    let faults = content_type(json!({ "x": schema })).check(row(json!({ "x": value })));
    codes(&faults.err().unwrap_or_default())
}

/// What is stored of a value of one property `x`.
fn stored(schema: Value, value: Value) -> Value {
    content_type(json!({ "x": schema })).check(row(json!({ "x": value }))).unwrap()["x"].clone()
}
