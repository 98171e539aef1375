//! The schema of a definition: its fields.

use super::{Place, Reader, Source};
use crate::field::{FieldDef, FieldKindDef as K};
use crate::shape::{Leaf, Shape, companions, text_of};
use crate::told::under;
use crate::{limits, names};
use kernel::Row;
use serde_json::Value as Json;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

impl Reader {
    /// Reads `{"type": "object", "required", "properties"}`.
    pub(super) fn fields(&mut self, schema: &Row, at: &str) -> Vec<FieldDef> {
        let source = Source { schema, at, place: Place::Item, depth: 0 };
        self.only(source, &["$schema", "properties", "required", "additionalProperties"]);
        if source.text("type") != Some("object") {
            self.refuse(source.pointer("type"), "invalid", "phải là object", "must be object");
        }
        if source.get("$schema").is_some_and(|dialect| *dialect != *DIALECT) {
            let (vi, en) = (format!("chỉ dùng {DIALECT}"), format!("only {DIALECT} is used"));
            self.refuse(source.pointer("$schema"), "unsupported_keyword", vi, en);
        }
        self.closed(source);
        let Some(properties) = self.properties(source) else { return Vec::new() };
        let required = self.required(source, properties);
        let at = source.pointer("properties");
        let mut fields = Vec::new();
        for (name, schema) in properties {
            let at = under(&at, name);
            let Some(schema) = schema.as_object() else {
                self.wrong_type(at, "một đối tượng", "an object");
                continue;
            };
            if !self.property_name(name, &at) {
                continue;
            }
            if names::is_taken_property(name) {
                let vi = format!("tên {name} đã dành riêng");
                self.refuse(at, "reserved_name", vi, format!("the name {name} is reserved"));
                continue;
            }
            let source = Source { schema, at: &at, place: Place::Field, depth: 0 };
            let Some(mut field) = self.field(name, source) else { continue };
            field.required = required.contains(&name.as_str());
            fields.push(field);
        }
        let named: Vec<(&str, &Shape)> = fields.iter().map(|field| (field.name.as_str(), &field.shape)).collect();
        self.distinct(&named, &at);
        self.free_of_system_names(&named, &at);
        fields
    }

    fn field(&mut self, name: &str, source: Source<'_>) -> Option<FieldDef> {
        let notes = self.notes(source);
        let flags = self.flags(source);
        let mut shape = self.shape(source)?;
        self.flags_fit(source, flags, &shape);
        if flags.filterable || flags.sortable {
            self.fit_index(source, &mut shape);
        }
        let (kind, many) = shape.kind();
        Some(FieldDef {
            name: name.to_owned(),
            kind,
            many,
            label: notes.get("x-label").and_then(text_of),
            description: notes.get("description").and_then(Json::as_str).map(str::to_owned),
            localizable: flags.localizable,
            searchable: flags.searchable,
            filterable: flags.filterable,
            sortable: flags.sortable,
            required: false,
            required_to_publish: flags.required_to_publish,
            target: shape.target().cloned(),
            stored: stored_names(name, &shape),
            shape,
            notes,
        })
    }

    /// Limits what is indexed to what an index can hold: a limit that is left out is set.
    fn fit_index(&mut self, source: Source<'_>, shape: &mut Shape) {
        match shape {
            Shape::Leaf(Leaf { kind: K::Text | K::Email | K::Url, keywords, .. }) => {
                self.fit(source, keywords, "maxLength", limits::INDEXED_TEXT);
            }
            Shape::List { item, limits, .. } => {
                self.fit(source, limits, "maxItems", limits::INDEXED_ITEMS);
                self.fit_index(source, item);
            }
            Shape::Leaf(_) | Shape::Object(_) | Shape::Blocks { .. } => {}
        }
    }

    fn fit(&mut self, source: Source<'_>, limits: &mut Row, keyword: &str, max: u64) {
        let given = limits.entry(keyword).or_insert(max.into()).as_u64().unwrap_or_default();
        if given > max {
            let vi = format!("{keyword} nhiều nhất là {max} khi lọc hoặc sắp xếp theo trường");
            let en = format!("{keyword} is at most {max} where lists are filtered or sorted by the field");
            self.refuse(source.pointer(keyword), "too_large", vi, en);
        }
    }
}

fn stored_names(name: &str, shape: &Shape) -> Vec<String> {
    let own = std::iter::once(name.to_owned());
    if shape.is_rich() { own.chain(companions(name)).collect() } else { own.collect() }
}
