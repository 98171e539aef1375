//! Strings: plain, one of a closed list, of a format, or a reference.

use super::text::{TITLE, written};
use super::{Reader, Source};
use crate::field::FieldKindDef as K;
use crate::shape::{Leaf, Shape};
use crate::target::{MediaKind, Target};
use crate::told::under;
use crate::{limits, names, patterns};
use kernel::Row;
use serde_json::Value as Json;

const LENGTHS: [&str; 2] = ["minLength", "maxLength"];

impl Reader {
    /// Reads `{"type": "string"}`.
    pub(super) fn string(&mut self, source: Source<'_>) -> Option<Shape> {
        let format = match source.get("format") {
            None => None,
            Some(Json::String(format)) => Some(format.as_str()),
            Some(_) => {
                self.wrong_type(source.pointer("format"), "một chuỗi", "a string");
                return None;
            }
        };
        match format {
            _ if source.has("x-relation") || source.has("x-media") || format == Some("uuid") => self.reference(source),
            _ if source.has("enum") => self.choice(source),
            None => self.plain(source, K::Text, &["minLength", "maxLength", "pattern"]),
            Some("markdown") => self.plain(source, K::RichText, &["minLength", "maxLength"]),
            Some("date") => self.plain(source, K::Date, &[]),
            Some("date-time") => self.plain(source, K::DateTime, &[]),
            Some("email") => self.plain(source, K::Email, &["maxLength", "pattern"]),
            Some("phone") => self.plain(source, K::Phone, &["pattern"]),
            Some("uri") => self.plain(source, K::Url, &["maxLength", "pattern"]),
            Some(other) => {
                let known = "date, date-time, email, uri, phone, markdown, uuid";
                let vi = format!("không có định dạng {other}; có {known}");
                let en = format!("there is no format {other}; there are {known}");
                self.refuse(source.pointer("format"), "unsupported_format", vi, en);
                None
            }
        }
    }

    fn plain(&mut self, source: Source<'_>, kind: K, allowed: &[&str]) -> Option<Shape> {
        self.only(source, &[allowed, &["format"]].concat());
        let mut keywords = head(source);
        if allowed.contains(&"maxLength") {
            keywords.append(&mut self.limits(source, LENGTHS, limits::DATA as u64));
        }
        if let Some(pattern) = source.get("pattern").filter(|_| allowed.contains(&"pattern")) {
            let pattern = self.pattern(pattern, &source.pointer("pattern"))?;
            keywords.insert("pattern".to_owned(), pattern.into());
        }
        Some(Shape::Leaf(Leaf { kind, keywords, target: None }))
    }

    fn pattern(&mut self, value: &Json, at: &str) -> Option<String> {
        let pattern = self.line(value, at, limits::PATTERN)?;
        if let Err(error) = patterns::compiles(&pattern) {
            let vi = format!("mẫu không dùng được: {error}");
            self.refuse(at, "invalid_pattern", vi, format!("the pattern cannot be used: {error}"));
            return None;
        }
        Some(pattern)
    }

    fn choice(&mut self, source: Source<'_>) -> Option<Shape> {
        self.only(source, &["enum", "x-enum-labels"]);
        let at = source.pointer("enum");
        let Some(values) = source.get("enum").and_then(Json::as_array) else {
            self.wrong_type(at, "một danh sách chuỗi", "a list of strings");
            return None;
        };
        if values.is_empty() || values.len() > limits::CHOICES {
            let max = limits::CHOICES;
            self.refuse(at, "invalid", format!("phải có từ 1 đến {max} giá trị"), format!("must have 1 to {max} values"));
            return None;
        }
        let mut seen = std::collections::HashSet::new();
        let mut kept = Vec::new();
        for (index, value) in values.iter().enumerate() {
            let at = format!("{at}/{index}");
            let Some(value) = self.line(value, &at, TITLE) else { continue };
            if seen.insert(value.clone()) {
                kept.push(Json::String(value));
            } else {
                self.refuse(at, "duplicate", format!("{value} có hai lần"), format!("{value} is there twice"));
            }
        }
        let mut keywords = head(source);
        keywords.insert("enum".to_owned(), kept.into());
        if let Some(labels) = source.get("x-enum-labels") {
            let labels = self.choice_labels(labels, &source.pointer("x-enum-labels"), &seen)?;
            keywords.insert("x-enum-labels".to_owned(), labels.into());
        }
        Some(Shape::Leaf(Leaf { kind: K::Enum, keywords, target: None }))
    }

    fn choice_labels(&mut self, labels: &Json, at: &str, values: &std::collections::HashSet<String>) -> Option<Row> {
        let Some(labels) = labels.as_object() else {
            self.wrong_type(at, "một đối tượng", "an object");
            return None;
        };
        let mut kept = Row::new();
        for (value, label) in labels {
            let at = under(at, value);
            if values.contains(value) {
                let label = self.bilingual(label, &at, TITLE);
                kept.extend(label.map(|label| (value.clone(), written(&label))));
            } else {
                self.refuse(at, "unknown_value", format!("enum không có {value}"), format!("the enum has no {value}"));
            }
        }
        Some(kept)
    }

    fn reference(&mut self, source: Source<'_>) -> Option<Shape> {
        self.only(source, &["format", "x-relation", "x-media"]);
        if source.text("format") != Some("uuid") {
            let (vi, en) = ("một tham chiếu có format là uuid", "a reference has the format uuid");
            self.refuse(source.pointer("format"), "invalid_reference", vi, en);
            return None;
        }
        let target = self.target(source)?;
        let kind = if matches!(target, Target::Media(_)) { K::Media } else { K::Relation };
        let mut keywords = head(source);
        let (keyword, name) = match &target {
            Target::Type(name) => ("x-relation", name.as_str()),
            Target::Media(kind) => ("x-media", kind.as_str()),
        };
        keywords.insert(keyword.to_owned(), name.into());
        Some(Shape::Leaf(Leaf { kind, keywords, target: Some(target) }))
    }

    fn target(&mut self, source: Source<'_>) -> Option<Target> {
        if source.has("x-relation") && source.has("x-media") {
            let (vi, en) = ("chỉ dùng một trong x-relation và x-media", "either x-relation or x-media, not both");
            self.refuse(source.pointer("x-media"), "contradiction", vi, en);
            return None;
        }
        if let Some(name) = source.get("x-relation") {
            let name = name.as_str().filter(|name| names::is_type_name(name));
            if name.is_none() {
                let (vi, en) = ("phải là tên một loại, dạng kebab-case", "must be the name of a type, in kebab-case");
                self.refuse(source.pointer("x-relation"), "invalid_reference", vi, en);
            }
            return name.map(|name| Target::Type(name.to_owned()));
        }
        if let Some(kind) = source.get("x-media") {
            let kind = kind.as_str().and_then(MediaKind::parse);
            if kind.is_none() {
                let (vi, en) = ("phải là image, video, audio, file hoặc any", "must be image, video, audio, file or any");
                self.refuse(source.pointer("x-media"), "invalid_reference", vi, en);
            }
            return kind.map(Target::Media);
        }
        let vi = "uuid chỉ dùng cùng x-relation hoặc x-media";
        self.refuse(source.pointer("format"), "invalid_reference", vi, "uuid goes with x-relation or x-media only");
        None
    }
}

/// `type` and `format`.
fn head(source: Source<'_>) -> Row {
    let keep = |keyword: &str| source.text(keyword).map(|text| (keyword.to_owned(), Json::from(text)));
    ["type", "format"].into_iter().filter_map(keep).collect()
}
