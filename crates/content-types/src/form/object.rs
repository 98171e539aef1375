//! Schemas of objects, lists and blocks.

use super::{Form, companion_properties, leaf};
use crate::blocks;
use crate::limits;
use crate::shape::{Member, Shape};
use kernel::Row;
use serde_json::{Value as Json, json};

/// The schema of a property: its shape, its annotations, and whether it may be null.
pub(super) fn property(form: Form, shape: &Shape, notes: Row, required: bool) -> Json {
    let mut schema = self::shape(form, shape);
    if form != Form::Checked {
        schema.extend(notes);
    }
    match form {
        Form::Definition | Form::Checked => {}
        Form::Written if required => {}
        Form::Written | Form::Sent => nullable(&mut schema),
    }
    Json::Object(schema)
}

/// The schema of an object with these properties.
pub(super) fn object(form: Form, properties: Row, required: Vec<&str>) -> Row {
    let mut schema = Row::new();
    schema.insert("type".into(), "object".into());
    if !required.is_empty() && form != Form::Sent {
        schema.insert("required".into(), required.into());
    }
    schema.insert("properties".into(), properties.into());
    if matches!(form, Form::Written | Form::Checked) {
        schema.insert("additionalProperties".into(), false.into());
    }
    schema
}

fn shape(form: Form, shape: &Shape) -> Row {
    match shape {
        Shape::Leaf(leaf) => leaf::schema(form, leaf),
        Shape::Object(members) => self::members(form, members),
        Shape::List { item, notes, limits } => {
            let mut items = self::shape(form, item);
            if form != Form::Checked {
                items.extend(notes.clone());
            }
            let mut schema = Row::new();
            schema.insert("type".into(), "array".into());
            schema.insert("items".into(), items.into());
            if form != Form::Sent {
                schema.extend(limits.clone());
            }
            if matches!(form, Form::Written | Form::Checked) {
                schema.entry("maxItems").or_insert(limits::ITEMS.into());
            }
            schema
        }
        Shape::Blocks { kinds, limits } => of_blocks(form, kinds, limits),
    }
}

fn members(form: Form, members: &[Member]) -> Row {
    let mut properties = Row::new();
    for member in members {
        let schema = property(form, &member.shape, member.notes.clone(), member.required);
        properties.insert(member.name.clone(), schema);
        if form == Form::Sent && member.shape.is_rich() {
            properties.extend(companion_properties(&member.name));
        }
    }
    let required = members.iter().filter(|member| member.required).map(|member| member.name.as_str());
    object(form, properties, required.collect())
}

fn of_blocks(form: Form, kinds: &[&'static str], limits: &Row) -> Row {
    let mut schema = Row::new();
    schema.insert("type".into(), "array".into());
    let allowed = if kinds == blocks::KINDS { Json::Bool(true) } else { json!(kinds) };
    if form != Form::Checked {
        schema.insert("x-blocks".into(), allowed);
    }
    let one_of = |of: fn(&str) -> Option<Json>| {
        let schemas: Vec<Json> = kinds.iter().filter_map(|kind| of(kind)).collect();
        json!({ "type": "object", "oneOf": schemas })
    };
    let items = match form {
        Form::Definition => None,
        Form::Written => Some(one_of(blocks::schema)),
        Form::Checked => Some(json!({ "type": "object" })),
        Form::Sent => Some(one_of(blocks::view_schema)),
    };
    schema.extend(items.map(|items| ("items".to_owned(), items)));
    if form != Form::Sent {
        schema.extend(limits.clone());
    }
    if matches!(form, Form::Written | Form::Checked) {
        schema.entry("maxItems").or_insert(limits::BLOCKS.into());
    }
    schema
}

/// Lets `null` stand for what is not there.
pub(crate) fn nullable(schema: &mut Row) {
    if let Some(kind) = schema.get("type").cloned().filter(Json::is_string) {
        schema.insert("type".into(), json!([kind, "null"]));
    }
    if let Some(choices) = schema.get_mut("enum").and_then(Json::as_array_mut) {
        choices.push(Json::Null);
    }
}
