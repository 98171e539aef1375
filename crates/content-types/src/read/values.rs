//! Values that lists are filtered and sorted by.

use crate::definition::Definition;
use crate::field::{FieldDef, IndexColumn};
use kernel::{Id, Instant, Row, parse_date};
use serde_json::Value as Json;

/// A value of one field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text; of a plain date `YYYY-MM-DD`.
    Text(String),
    /// A number.
    Number(f64),
    /// A whole number; of a moment its microseconds since 1970.
    Whole(i64),
    /// True or false.
    Flag(bool),
    /// An id.
    Id(Id),
}

/// A value and the field that has it.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldValue {
    /// The name of the field.
    pub field: String,
    /// Its value; a list gives each distinct one.
    pub value: Value,
}

impl Definition {
    /// The values of the fields that lists can be filtered or sorted by.
    pub fn values(&self, data: &Row) -> Vec<FieldValue> {
        self.fields.iter().flat_map(|field| of_field(field, data)).collect()
    }
}

fn of_field(field: &FieldDef, data: &Row) -> Vec<FieldValue> {
    let (Some(column), Some(value)) = (field.index_column(), data.get(&field.name)) else { return Vec::new() };
    let items = match value {
        Json::Array(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut values: Vec<Value> = Vec::new();
    for value in items.iter().filter_map(|item| self::value(column, item)) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    values.into_iter().map(|value| FieldValue { field: field.name.clone(), value }).collect()
}

fn value(column: IndexColumn, value: &Json) -> Option<Value> {
    match column {
        IndexColumn::Text => value.as_str().map(|text| Value::Text(text.to_owned())),
        IndexColumn::Date => value.as_str().filter(|text| parse_date(text).is_some()).map(|text| Value::Text(text.to_owned())),
        IndexColumn::Instant => value.as_str().and_then(Instant::parse).map(|at| Value::Whole(at.0)),
        IndexColumn::Whole => value.as_i64().map(Value::Whole),
        IndexColumn::Number => value.as_f64().map(Value::Number),
        IndexColumn::Flag => value.as_bool().map(Value::Flag),
        IndexColumn::Id => value.as_str().and_then(Id::parse).map(Value::Id),
    }
}
