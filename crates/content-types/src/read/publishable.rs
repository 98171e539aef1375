//! What has to be there before an entry is published.

use crate::definition::Definition;
use crate::told::{fault, under};
use kernel::{FieldFault, Row};
use serde_json::Value as Json;

impl Definition {
    /// The fields that publication asks for and that are missing or blank.
    pub fn publishable(&self, data: &Row) -> Vec<FieldFault> {
        let asked = self.fields.iter().filter(|field| field.required || field.required_to_publish);
        let missing = asked.filter(|field| data.get(&field.name).is_none_or(blank));
        let told = |name: &str| {
            let (vi, en) = ("phải có trước khi công bố", "must be given before publication");
            fault(under("", name), "required_to_publish", vi, en)
        };
        missing.map(|field| told(&field.name)).collect()
    }
}

/// Whether a value says nothing.
fn blank(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::Bool(_) | Json::Number(_) => false,
        Json::String(text) => text.trim().is_empty(),
        Json::Array(items) => items.iter().all(blank),
        Json::Object(members) => members.values().all(blank),
    }
}
