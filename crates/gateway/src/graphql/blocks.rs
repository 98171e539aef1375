//! Blocks: an ordered list of typed components, a union where they are read and a `@oneOf` input where
//! they are written.

use super::inputs;
use super::objects;
use crate::description::{pascal, put};
use async_graphql::dynamic::{InputObject, InputValue, Object, TypeRef, Union};
use content_types::blocks::{KINDS, schema, view_schema};
use serde_json::{Value, json};

/// The name of the union.
const UNION: &str = "Block";
/// The name of the input.
const INPUT: &str = "BlockInput";

/// The components that a schema of blocks allows; `None` for any other schema.
pub(super) fn kinds(schema: &Value) -> Option<&Value> {
    schema.get("x-blocks")
}

/// The type of a list of blocks.
pub(super) fn list() -> TypeRef {
    TypeRef::named_nn_list(UNION)
}

/// The input type of a list of blocks.
pub(super) fn input_list() -> TypeRef {
    TypeRef::named_nn_list(INPUT)
}

/// The object type of a component.
pub(super) fn type_name(kind: &str) -> String {
    format!("{}Block", pascal(kind))
}

/// The union, and the object types in it.
pub(super) fn types(known: &objects::Known) -> (Union, Vec<Object>) {
    let mut union = Union::new(UNION).description("One component of an ordered list.");
    let mut made = Vec::new();
    for kind in KINDS {
        let name = type_name(kind);
        let schema = view_schema(kind).unwrap_or_else(|| json!({}));
        let object = objects::object(&name, &schema, (None, known), &mut made);
        made.push(object);
        union = union.possible_type(name);
    }
    (union, made)
}

/// The input types: one of the components.
pub(super) fn inputs() -> Vec<InputObject> {
    let mut one_of = InputObject::new(INPUT).description("Exactly one component.").oneof();
    let mut made = Vec::new();
    for kind in KINDS {
        let mut schema = schema(kind).unwrap_or_else(|| json!({}));
        without_type(&mut schema);
        let (name, prefix) = (format!("{}Input", type_name(kind)), type_name(kind));
        let input = inputs::input(&name, &schema, &prefix, &mut made);
        made.push(input);
        one_of = one_of.field(InputValue::new(kind.to_owned(), TypeRef::named(name)));
    }
    made.push(one_of);
    made
}

/// In GraphQL the key of the input says what a component is.
fn without_type(schema: &mut Value) {
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        properties.remove("type");
    }
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|name| name != "type");
    }
}

/// `[{paragraph: {text}}]` as REST writes it: `[{"type": "paragraph", "text"}]`.
pub(super) fn rest_form(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(rest_form).collect(),
        Value::Object(one) => match one.into_iter().find(|(_, given)| !given.is_null()) {
            Some((kind, given)) => {
                let mut block = Value::Object(match schema(&kind) {
                    Some(schema) => inputs::rest_names(given, &schema),
                    None => kernel::Row::new(),
                });
                put(&mut block, "type", kind.into());
                block
            }
            None => Value::Null,
        },
        other => other,
    }
}
