//! Blocks: the components that an editor puts in order. The list is closed.

mod rules;
mod table;
mod words;

pub(crate) use rules::check;
pub(crate) use words::{references, words};

use serde_json::Value as Json;

/// The names of all components.
pub const KINDS: [&str; 8] = ["paragraph", "heading", "image", "gallery", "table", "embed", "file", "quote"];

/// The JSON Schema of a component as it is written.
pub fn schema(kind: &str) -> Option<Json> {
    table::component(kind).map(|component| component.written())
}

/// The JSON Schema of a component as it is sent.
pub fn view_schema(kind: &str) -> Option<Json> {
    table::component(kind).map(|component| component.sent())
}
