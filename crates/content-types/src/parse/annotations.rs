//! Annotations: what is said about a property beside its shape.

use super::text::{DESCRIPTION, TITLE, written};
use super::{Place, Reader, Source};
use crate::field::FieldKindDef as K;
use crate::shape::Shape;
use kernel::Row;
use serde_json::Value as Json;

/// The annotations that are true or false.
pub(crate) const FLAGS: [&str; 5] = ["x-localizable", "x-searchable", "x-filterable", "x-sortable", "x-required-to-publish"];

/// Whether the annotation is one of a field.
pub(super) fn is_flag(keyword: &str) -> bool {
    FLAGS.contains(&keyword)
}

/// Whether every schema at this place may have the keyword.
pub(super) fn belongs(keyword: &str, place: Place) -> bool {
    match keyword {
        "type" | "description" => true,
        "x-label" => place != Place::Item,
        _ => place == Place::Field && is_flag(keyword),
    }
}

/// The flags of a field.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flags {
    pub localizable: bool,
    pub searchable: bool,
    pub filterable: bool,
    pub sortable: bool,
    pub required_to_publish: bool,
}

impl Reader {
    /// Reads `description` and `x-label`.
    pub(super) fn notes(&mut self, source: Source<'_>) -> Row {
        let mut notes = Row::new();
        if let Some(text) = source.get("description") {
            let text = self.line(text, &source.pointer("description"), DESCRIPTION);
            notes.extend(text.map(|text| ("description".to_owned(), Json::String(text))));
        }
        if let Some(label) = source.get("x-label").filter(|_| source.place != Place::Item) {
            let label = self.bilingual(label, &source.pointer("x-label"), TITLE);
            notes.extend(label.map(|label| ("x-label".to_owned(), written(&label))));
        }
        notes
    }

    /// Reads the flags of a field.
    pub(super) fn flags(&mut self, source: Source<'_>) -> Flags {
        Flags {
            localizable: self.flag(source, "x-localizable"),
            searchable: self.flag(source, "x-searchable"),
            filterable: self.flag(source, "x-filterable"),
            sortable: self.flag(source, "x-sortable"),
            required_to_publish: self.flag(source, "x-required-to-publish"),
        }
    }

    /// Reads a keyword that is true or false.
    pub(super) fn flag(&mut self, source: Source<'_>, keyword: &str) -> bool {
        match source.get(keyword) {
            None => false,
            Some(Json::Bool(flag)) => *flag,
            Some(_) => {
                self.wrong_type(source.pointer(keyword), "true hoặc false", "true or false");
                false
            }
        }
    }

    /// Refuses flags that the shape has no use for.
    pub(super) fn flags_fit(&mut self, source: Source<'_>, flags: Flags, shape: &Shape) {
        let (kind, many) = shape.kind();
        if flags.searchable && !shape.has_text() {
            self.unfit(source, "x-searchable", "chỉ tìm toàn văn trong chữ", "full-text search is for text only");
        }
        if flags.filterable && !filterable(kind) {
            self.unfit(source, "x-filterable", "không lọc được theo loại trường này", "lists cannot be filtered by this kind");
        }
        if flags.sortable && (many || !filterable(kind) || matches!(kind, K::Media | K::Relation)) {
            self.unfit(source, "x-sortable", "không sắp xếp được theo loại trường này", "lists cannot be sorted by this kind");
        }
    }

    fn unfit(&mut self, source: Source<'_>, keyword: &str, vi: &str, en: &str) {
        self.refuse(source.pointer(keyword), "contradiction", vi, en);
    }
}

fn filterable(kind: K) -> bool {
    !matches!(kind, K::RichText | K::Interval | K::GeoPoint | K::GeoArea | K::Object | K::Blocks)
}
