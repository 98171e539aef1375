//! What an entry refers to.

use crate::blocks;
use crate::definition::Definition;
use crate::shape::Shape;
use crate::target::Target;
use crate::told::under;
use kernel::{Id, Row};
use serde_json::Value as Json;

/// A reference from an entry to another resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// JSON pointer to the id.
    pub pointer: String,
    /// The field that it is in.
    pub field: String,
    /// What it names.
    pub target: Target,
    /// The id.
    pub id: Id,
}

impl Definition {
    /// Everything the data refer to, in objects and blocks too.
    pub fn references(&self, data: &Row) -> Vec<Reference> {
        let mut found = Vec::new();
        for field in &self.fields {
            let Some(value) = data.get(&field.name) else { continue };
            let mut add = |pointer, target, id| found.push(Reference { pointer, field: field.name.clone(), target, id });
            find(&field.shape, value, &under("", &field.name), &mut add);
        }
        found
    }
}

fn find(shape: &Shape, value: &Json, at: &str, add: &mut impl FnMut(String, Target, Id)) {
    match (shape, value) {
        (Shape::Leaf(leaf), Json::String(text)) => {
            if let (Some(target), Some(id)) = (&leaf.target, Id::parse(text)) {
                add(at.to_owned(), target.clone(), id);
            }
        }
        (Shape::Object(members), Json::Object(row)) => {
            for member in members {
                if let Some(value) = row.get(&member.name) {
                    find(&member.shape, value, &under(at, &member.name), add);
                }
            }
        }
        (Shape::List { item, .. }, Json::Array(items)) => {
            items.iter().enumerate().for_each(|(index, value)| find(item, value, &format!("{at}/{index}"), add));
        }
        (Shape::Blocks { .. }, Json::Array(items)) => {
            for (index, block) in items.iter().enumerate() {
                for (pointer, kind, id) in blocks::references(block, &format!("{at}/{index}")) {
                    add(pointer, Target::Media(kind), id);
                }
            }
        }
        _ => {}
    }
}
