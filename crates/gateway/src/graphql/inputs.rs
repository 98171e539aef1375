//! Input types: filters, what creates and what patches.

use super::blocks;
use super::objects::{about, object_schema, type_ref};
use crate::description::{Description, camel, pascal, properties};
use crate::problem::Problem;
use crate::query::filter_test;
use crate::rest::params::bad;
use async_graphql::dynamic::{InputObject, InputValue, TypeRef};
use kernel::Row;
use kernel::query::{FieldKind, Filter, Op};
use serde_json::Value;

/// How the filter of each kind of field is named, and the scalar it takes.
fn filter_type(kind: FieldKind) -> (&'static str, &'static str) {
    match kind {
        FieldKind::Text => ("StringFilter", TypeRef::STRING),
        FieldKind::Date => ("DateFilter", "Date"),
        FieldKind::Instant => ("DateTimeFilter", "DateTime"),
        FieldKind::Id => ("IDFilter", TypeRef::ID),
        FieldKind::Integer => ("IntFilter", TypeRef::INT),
        FieldKind::Number => ("FloatFilter", TypeRef::FLOAT),
        FieldKind::Boolean => ("BooleanFilter", TypeRef::BOOLEAN),
    }
}

/// One input type for each kind of field.
pub(super) fn kind_filters() -> Vec<InputObject> {
    use FieldKind::{Boolean, Date, Id, Instant, Integer, Number, Text};
    [Text, Date, Instant, Id, Integer, Number, Boolean]
        .into_iter()
        .map(|kind| {
            let (name, scalar) = filter_type(kind);
            let input = InputObject::new(name).description("Comparisons, all of which hold.");
            kind.operators().iter().fold(input, |input, op| {
                input.field(InputValue::new(
                    op.as_str(),
                    match op {
                        Op::In | Op::Nin => TypeRef::named_nn_list(scalar),
                        Op::Null => TypeRef::named(TypeRef::BOOLEAN),
                        _ => TypeRef::named(scalar),
                    },
                ))
            })
        })
        .collect()
}

/// `XFilter`, `XInput`, `XPatch`, and one input for each field that is an object.
pub(super) fn types(description: &Description) -> Vec<InputObject> {
    let name = description.type_name();
    let filter_name = format!("{name}Filter");
    let mut filter = InputObject::new(&filter_name).description("Conditions, all of which hold.");
    for field in &description.fields {
        filter = filter.field(InputValue::new(camel(&field.name), TypeRef::named(filter_type(field.kind).0)));
    }
    filter =
        filter.field(InputValue::new("or", TypeRef::named_nn_list(&filter_name)).description("At least one of these holds."));
    let mut types = vec![filter];
    if let Some(schema) = &description.input {
        let input = input(&format!("{name}Input"), schema, &name, &mut types);
        types.push(input);
    }
    if let Some(schema) = description.patch() {
        // The objects inside are those of the input type, where there is one.
        let mut inside = Vec::new();
        let patch = input(&format!("{name}Patch"), &schema, &name, &mut inside);
        types.push(patch);
        if description.input.is_none() {
            types.append(&mut inside);
        }
    }
    types
}

pub(super) fn input(name: &str, schema: &Value, prefix: &str, made: &mut Vec<InputObject>) -> InputObject {
    let required = |field: &str| {
        schema.get("required").and_then(Value::as_array).is_some_and(|names| names.iter().any(|name| name == field))
    };
    let mut input = InputObject::new(name);
    if let Some(text) = schema.get("description").and_then(Value::as_str) {
        input = input.description(text);
    }
    for (field, of_field) in properties(schema) {
        let made_name = format!("{prefix}{}Input", pascal(field));
        if let (Some(inner), None) = (object_schema(of_field), blocks::kinds(of_field)) {
            let inner = self::input(&made_name, inner, &format!("{prefix}{}", pascal(field)), made);
            made.push(inner);
        }
        let kind = if blocks::kinds(of_field).is_some() { blocks::input_list() } else { type_ref(of_field, &made_name) };
        let kind = if required(field) { TypeRef::NonNull(Box::new(kind)) } else { kind };
        let text = about(of_field);
        input = input.field(InputValue::new(camel(field), kind).description(text));
    }
    input
}

/// An input with the names of REST: what the schema calls `doc_type` came as `docType`.
pub(super) fn rest_names(input: Value, schema: &Value) -> Row {
    let Value::Object(given) = input else { return Row::new() };
    let mut row = Row::with_capacity(given.len());
    for (name, value) in given {
        match properties(schema).find(|(field, _)| camel(field) == name) {
            Some((field, of_field)) => row.insert(field.clone(), rest_value(value, of_field)),
            None => row.insert(name, value),
        };
    }
    row
}

fn rest_value(value: Value, schema: &Value) -> Value {
    if blocks::kinds(schema).is_some() {
        return blocks::rest_form(value);
    }
    match (value, object_schema(schema)) {
        (Value::Array(items), Some(inner)) => items.into_iter().map(|item| rest_value(item, inner)).collect(),
        (value @ Value::Object(_), Some(inner)) => Value::Object(rest_names(value, inner)),
        (value, _) => value,
    }
}

/// A filter argument as the filter of a list.
pub(super) fn filter(description: &Description, given: &Value) -> Result<Filter, Problem> {
    let mut left = 50;
    conditions(description, given, &mut left)
}

fn conditions(description: &Description, given: &Value, left: &mut u32) -> Result<Filter, Problem> {
    let mut all = Vec::new();
    for (name, value) in given.as_object().into_iter().flatten() {
        if value.is_null() {
            continue;
        }
        if name == "or" {
            let any = value.as_array().into_iter().flatten().map(|part| {
                count(left)?;
                if !part.is_object() {
                    return Err(bad("filter", "một điều kiện trong mỗi mục của or", "a condition in every item of or"));
                }
                conditions(description, part, left)
            });
            all.push(Filter::Any(any.collect::<Result<_, _>>()?));
            continue;
        }
        let Some(field) = description.fields.iter().find(|field| camel(&field.name) == *name) else { continue };
        for (op, value) in value.as_object().into_iter().flatten() {
            count(left)?;
            let values = match value {
                Value::Array(items) => items.iter().filter_map(printed).collect(),
                Value::Null => return Err(bad("filter", "null: true để tìm giá trị trống", "null: true to find missing values")),
                value => printed(value).into_iter().collect::<Vec<_>>(),
            };
            let test = filter_test(description, &field.name, op, &values).map_err(|misuse| misuse.at("filter"))?;
            all.push(Filter::Test(test));
        }
    }
    Ok(Filter::All(all))
}

/// Takes one condition off those that are left.
fn count(left: &mut u32) -> Result<(), Problem> {
    *left = left.checked_sub(1).ok_or_else(|| bad("filter", "nhiều nhất 50 điều kiện", "at most 50 conditions"))?;
    Ok(())
}

fn printed(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
