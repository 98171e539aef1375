//! Objects: intervals, geography, and those with properties of their own.

use super::{Place, Reader, Source};
use crate::field::FieldKindDef as K;
use crate::limits;
use crate::shape::{Leaf, Member, Shape};
use kernel::Row;
use serde_json::Value as Json;

impl Reader {
    /// Reads `{"type": "object"}`.
    pub(super) fn object(&mut self, source: Source<'_>) -> Option<Shape> {
        let kind = match source.get("format").map(|format| format.as_str()) {
            None => return self.members(source),
            Some(Some("interval")) => K::Interval,
            Some(Some("geo-point")) => K::GeoPoint,
            Some(Some("geo-area")) => K::GeoArea,
            Some(_) => {
                let vi = "đối tượng có định dạng interval, geo-point hoặc geo-area";
                let en = "an object has the format interval, geo-point or geo-area";
                self.refuse(source.pointer("format"), "unsupported_format", vi, en);
                return None;
            }
        };
        self.only(source, &["format"]);
        let keyword = |name: &str| Some((name.to_owned(), source.get(name)?.clone()));
        let keywords: Row = ["type", "format"].into_iter().filter_map(keyword).collect();
        Some(Shape::Leaf(Leaf { kind, keywords, target: None }))
    }

    fn members(&mut self, source: Source<'_>) -> Option<Shape> {
        self.only(source, &["properties", "required", "additionalProperties"]);
        self.closed(source);
        if source.depth >= limits::DEPTH {
            let max = limits::DEPTH;
            let vi = format!("đối tượng lồng nhau nhiều nhất {max} tầng");
            self.refuse(source.at, "too_deep", vi, format!("objects lie in each other at most {max} deep"));
            return None;
        }
        let properties = self.properties(source)?;
        let required = self.required(source, properties);
        let at = source.pointer("properties");
        let mut members = Vec::new();
        for (name, schema) in properties {
            let at = crate::told::under(&at, name);
            let Some(schema) = schema.as_object() else {
                self.wrong_type(at, "một đối tượng", "an object");
                continue;
            };
            if !self.property_name(name, &at) {
                continue;
            }
            let inner = Source { schema, at: &at, place: Place::Member, depth: source.depth + 1 };
            let notes = self.notes(inner);
            let Some(shape) = self.shape(inner) else { continue };
            members.push(Member { name: name.clone(), required: required.contains(&name.as_str()), shape, notes });
        }
        let named: Vec<(&str, &Shape)> = members.iter().map(|member| (member.name.as_str(), &member.shape)).collect();
        self.distinct(&named, &at);
        Some(Shape::Object(members))
    }

    /// The properties of an object: at least one, and not too many.
    pub(super) fn properties<'a>(&mut self, source: Source<'a>) -> Option<&'a Row> {
        let at = source.pointer("properties");
        let Some(properties) = source.get("properties") else {
            self.missing(at);
            return None;
        };
        let Some(properties) = properties.as_object() else {
            self.wrong_type(at, "một đối tượng", "an object");
            return None;
        };
        let max = limits::PROPERTIES;
        if properties.is_empty() || properties.len() > max {
            let (vi, en) = (format!("phải có từ 1 đến {max} thuộc tính"), format!("must have 1 to {max} properties"));
            self.refuse(at, "invalid", vi, en);
            return None;
        }
        Some(properties)
    }

    /// The names in `required`, each of which has to be a property.
    pub(super) fn required<'a>(&mut self, source: Source<'a>, properties: &Row) -> Vec<&'a str> {
        let at = source.pointer("required");
        let names = match source.get("required") {
            None => return Vec::new(),
            Some(Json::Array(names)) => names,
            Some(_) => {
                self.wrong_type(at, "một danh sách tên", "a list of names");
                return Vec::new();
            }
        };
        let mut required = Vec::new();
        for (index, name) in names.iter().enumerate().take(2 * limits::PROPERTIES) {
            let at = format!("{at}/{index}");
            match name.as_str() {
                None => self.wrong_type(at, "một chuỗi", "a string"),
                Some(name) if !properties.contains_key(name) => {
                    let vi = format!("không có thuộc tính {name}");
                    self.refuse(at, "unknown_property", vi, format!("there is no property {name}"));
                }
                Some(name) if required.contains(&name) => {
                    self.refuse(at, "duplicate", format!("{name} có hai lần"), format!("{name} is there twice"));
                }
                Some(name) => required.push(name),
            }
        }
        required
    }

    /// Refuses objects that are said to be open.
    pub(super) fn closed(&mut self, source: Source<'_>) {
        if source.get("additionalProperties").is_some_and(|more| *more != Json::Bool(false)) {
            let (vi, en) = ("chỉ được là false", "can only be false");
            self.refuse(source.pointer("additionalProperties"), "unsupported_keyword", vi, en);
        }
    }
}
