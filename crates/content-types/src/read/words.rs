//! The words of an entry.

use crate::blocks;
use crate::definition::Definition;
use crate::field::FieldKindDef as K;
use crate::rich_text;
use crate::shape::{Leaf, Member, Shape, companions};
use kernel::{Row, text};
use serde_json::Value as Json;
use std::collections::BTreeMap;

impl Definition {
    /// The words by which full-text search finds the entry: those of the searchable fields, one piece per line.
    pub fn search_text(&self, data: &Row) -> String {
        let mut words = Vec::new();
        for field in self.fields.iter().filter(|field| field.searchable) {
            property(&field.name, &field.shape, data, &mut words);
        }
        words.retain(|line| !line.trim().is_empty());
        words.join("\n")
    }

    /// The values of the fields that lists are filtered by as text: what searches are filtered and counted by.
    pub fn facets(&self, data: &Row) -> BTreeMap<String, Vec<String>> {
        let mut facets = BTreeMap::new();
        for field in self.fields.iter().filter(|field| field.filterable) {
            let values: Vec<String> = match data.get(&field.name) {
                Some(Json::String(text)) => vec![text.clone()],
                Some(Json::Array(items)) => items.iter().filter_map(|item| item.as_str().map(str::to_owned)).collect(),
                _ => continue,
            };
            if !values.is_empty() {
                facets.insert(field.name.clone(), values);
            }
        }
        facets
    }

    /// The title of the entry in one line: its display property, or nothing.
    pub fn display_text(&self, data: &Row) -> String {
        let Some(field) = self.field(&self.display) else { return String::new() };
        let mut words = Vec::new();
        match data.get(&field.name) {
            Some(Json::Number(number)) => words.push(number.to_string()),
            Some(Json::String(text)) if !field.shape.is_rich() => words.push(text.clone()),
            _ => property(&field.name, &field.shape, data, &mut words),
        }
        text::one_line(&words.join(" "))
    }
}

/// The words of a property; `row` is what it stands in, beside its companions.
fn property(name: &str, shape: &Shape, row: &Row, words: &mut Vec<String>) {
    let Some(value) = row.get(name) else { return };
    if shape.is_rich() {
        let [_, text] = companions(name);
        let stored = row.get(&text).and_then(Json::as_str).map(str::to_owned);
        words.extend(stored.or_else(|| value.as_str().map(rich_text::plain)));
    } else {
        of_value(shape, value, words);
    }
}

fn of_value(shape: &Shape, value: &Json, words: &mut Vec<String>) {
    match (shape, value) {
        (Shape::Leaf(leaf), Json::String(text)) => of_leaf(leaf, text, words),
        (Shape::Object(members), Json::Object(row)) => of_members(members, row, words),
        (Shape::List { item, .. }, Json::Array(items)) => items.iter().for_each(|value| of_value(item, value, words)),
        (Shape::Blocks { .. }, Json::Array(items)) => items.iter().for_each(|block| blocks::words(block, words)),
        _ => {}
    }
}

fn of_members(members: &[Member], row: &Row, words: &mut Vec<String>) {
    members.iter().for_each(|member| property(&member.name, &member.shape, row, words));
}

/// Of an enumeration the labels, which is what readers see, beside the value.
fn of_leaf(leaf: &Leaf, value: &str, words: &mut Vec<String>) {
    if !leaf.kind.is_text() {
        return;
    }
    words.push(value.to_owned());
    if leaf.kind == K::Enum {
        let label = leaf.keywords.get("x-enum-labels").and_then(|labels| labels.get(value));
        let label = label.and_then(Json::as_object).into_iter().flat_map(|label| label.values());
        let mut labels: Vec<String> = label.filter_map(Json::as_str).map(str::to_owned).collect();
        labels.dedup();
        words.append(&mut labels);
    }
}
