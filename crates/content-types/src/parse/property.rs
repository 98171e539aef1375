//! Names of properties beside each other, and the shape of one.

use super::{Reader, Source};
use crate::field::FieldKindDef as K;
use crate::names;
use crate::shape::{Leaf, Shape, companions};
use crate::told::under;
use kernel::text::camel;
use std::collections::HashMap;

impl Reader {
    /// Reads what a property or an item holds.
    pub(super) fn shape(&mut self, source: Source<'_>) -> Option<Shape> {
        let Some(kind) = source.get("type") else {
            if let Some(keyword) = ["$ref", "allOf", "anyOf", "oneOf", "const"].into_iter().find(|name| source.has(name)) {
                let vi = format!("từ khoá {keyword} không dùng được ở đây");
                let en = format!("the keyword {keyword} cannot be used here");
                self.refuse(source.pointer(keyword), "unsupported_keyword", vi, en);
            } else {
                self.missing(source.pointer("type"));
            }
            return None;
        };
        match kind.as_str() {
            Some("string") => self.string(source),
            Some("integer") => self.number(source, K::Integer),
            Some("number") => self.number(source, K::Number),
            Some("boolean") => {
                self.only(source, &[]);
                let keywords = [("type".to_owned(), kind.clone())].into_iter().collect();
                Some(Shape::Leaf(Leaf { kind: K::Boolean, keywords, target: None }))
            }
            Some("array") => self.array(source),
            Some("object") => self.object(source),
            _ => {
                let known = "string, integer, number, boolean, array, object";
                let vi = format!("phải là một trong {known}");
                self.refuse(source.pointer("type"), "unsupported_type", vi, format!("must be one of {known}"));
                None
            }
        }
    }

    /// Refuses a name that is not in snake case.
    pub(super) fn property_name(&mut self, name: &str, at: &str) -> bool {
        let fits = names::is_property_name(name);
        if !fits {
            let max = names::MAX_PROPERTY;
            let vi = format!("tên thuộc tính phải ở dạng snake_case, dài nhất {max} ký tự");
            let en = format!("the name of a property is in snake_case, at most {max} characters");
            self.refuse(at, "invalid_name", vi, en);
        }
        fits
    }

    /// Refuses properties that would share a name, with each other or with what is made from them.
    pub(super) fn distinct(&mut self, properties: &[(&str, &Shape)], at: &str) {
        let mut by_camel: HashMap<String, &str> = HashMap::new();
        for (name, _) in properties {
            if let Some(other) = by_camel.insert(camel(name), name) {
                self.collision(at, name, other);
            }
        }
        for (name, shape) in properties {
            for made in made_from(name, shape) {
                if let Some(other) = by_camel.get(&camel(&made)) {
                    self.collision(at, other, name);
                }
            }
        }
    }

    /// Refuses fields from which a name would come that every entry has (`portal` → `portalId`).
    pub(super) fn free_of_system_names(&mut self, fields: &[(&str, &Shape)], at: &str) {
        for (name, shape) in fields {
            let taken = made_from(name, shape).into_iter().find(|made| names::is_taken_property(made));
            if let Some(made) = taken {
                let vi = format!("sinh ra tên {made} đã dành riêng");
                self.refuse(under(at, name), "reserved_name", vi, format!("makes the name {made}, which is reserved"));
            }
        }
    }

    fn collision(&mut self, at: &str, name: &str, other: &str) {
        let vi = format!("trùng với tên sinh ra từ thuộc tính {other}");
        let en = format!("stands against a name that comes from the property {other}");
        self.refuse(under(at, name), "name_collision", vi, en);
    }
}

/// The names that come with a property: companions of rich text, ids of relations.
fn made_from(name: &str, shape: &Shape) -> Vec<String> {
    if shape.is_rich() {
        return companions(name).to_vec();
    }
    match shape.target() {
        Some(_) => vec![format!("{name}_id"), format!("{name}_ids")],
        None => Vec::new(),
    }
}
