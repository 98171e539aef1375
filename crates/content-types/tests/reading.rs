use crate::{codes, content_type, requiring, row};
use content_types::{FieldValue, MediaKind, Target, Value};
use kernel::{Id, Instant};
use serde_json::json;

const ID: &str = "019a0000-0000-7000-8000-000000000001";

#[test]
fn values_are_those_of_indexed_fields() {
    let thing = content_type(json!({
        "title": { "type": "string", "x-sortable": true }, "hidden": { "type": "string" }, "day": { "type": "string", "format": "date", "x-filterable": true },
        "at": { "type": "string", "format": "date-time", "x-filterable": true }, "n": { "type": "integer", "x-sortable": true },
        "f": { "type": "number", "x-sortable": true }, "b": { "type": "boolean", "x-filterable": true },
        "tags": { "type": "array", "items": { "type": "string" }, "x-filterable": true },
        "guide": { "type": "string", "format": "uuid", "x-relation": "official", "x-filterable": true } }));
    let data = row(
        json!({ "title": "Vật", "hidden": "x", "day": "2024-01-02", "at": "2024-01-01T07:00:00+07:00", "n": 3, "f": 1.5, "b": false,
        "tags": ["a", "b", "a"], "guide": ID }),
    );
    let at = Instant::parse("2024-01-01T00:00:00Z").unwrap().0;
    let expected = [
        ("title", Value::Text("Vật".into())),
        ("day", Value::Text("2024-01-02".into())),
        ("at", Value::Whole(at)),
        ("n", Value::Whole(3)),
        ("f", Value::Number(1.5)),
        ("b", Value::Flag(false)),
        ("tags", Value::Text("a".into())),
        ("tags", Value::Text("b".into())),
        ("guide", Value::Id(Id::parse(ID).unwrap())),
    ];
    assert_eq!(thing.values(&data), expected.map(|(field, value)| FieldValue { field: field.into(), value }));
}

#[test]
fn references_are_found_at_any_depth() {
    let guide = json!({ "type": "string", "format": "uuid", "x-relation": "official" });
    let thing = content_type(
        json!({ "guide": guide, "photos": { "type": "array", "x-media": "image", "items": { "type": "string", "format": "uuid" } },
        "stops": { "type": "array", "items": { "type": "object", "properties": { "host": guide } } } }),
    );
    let data = row(json!({ "guide": ID, "photos": [ID], "stops": [{}, { "host": ID }] }));
    let found: Vec<_> = thing.references(&data).into_iter().map(|found| (found.pointer, found.field, found.target)).collect();
    let official = || Target::Type("official".into());
    assert_eq!(
        found,
        [
            ("/guide".into(), "guide".into(), official()),
            ("/photos/0".into(), "photos".into(), Target::Media(MediaKind::Image)),
            ("/stops/1/host".into(), "stops".into(), official())
        ]
    );
}

#[test]
fn publication_asks_for_more_than_a_draft() {
    let thing = requiring(
        json!(["title"]),
        json!({ "title": { "type": "string" }, "body": { "type": "string", "format": "markdown", "x-required-to-publish": true },
        "tags": { "type": "array", "items": { "type": "string" }, "x-required-to-publish": true }, "open": { "type": "boolean", "x-required-to-publish": true },
        "notes": { "type": "string" } }),
    );
    let draft = thing.check(row(json!({ "title": " ", "tags": [], "open": false }))).unwrap();
    assert_eq!(
        codes(&thing.publishable(&draft)),
        ["/title required_to_publish", "/body required_to_publish", "/tags required_to_publish"]
    );
    let whole = thing.check(row(json!({ "title": "a", "body": "b", "tags": ["c"], "open": false }))).unwrap();
    assert!(thing.publishable(&whole).is_empty());
}

#[test]
fn search_finds_the_words_of_searchable_fields() {
    let thing = content_type(json!({ "title": { "type": "string", "x-searchable": true }, "secret": { "type": "string" },
        "body": { "type": "string", "format": "markdown", "x-searchable": true },
        "status": { "type": "string", "enum": ["open"], "x-enum-labels": { "open": { "vi": "Đang mở", "en": "Open" } }, "x-searchable": true },
        "stops": { "type": "array", "x-searchable": true, "items": { "type": "object", "properties": {
            "name": { "type": "string" }, "km": { "type": "number" }, "about": { "type": "string", "format": "markdown" } } } } }));
    let stored = thing
        .check(row(json!({ "title": "Tuyến", "secret": "x", "body": "Một *hai*", "status": "open",
        "stops": [{ "name": "Sìn Hồ", "km": 3, "about": "**Đẹp**" }] })))
        .unwrap();
    assert_eq!(thing.search_text(&stored), "Tuyến\nMột hai\nopen\nĐang mở\nOpen\nSìn Hồ\nĐẹp");
}

#[test]
fn the_title_of_an_entry_is_one_line() {
    let thing = content_type(json!({ "title": { "type": "string" } }));
    assert_eq!(thing.display_text(&row(json!({ "title": " Một\n hai " }))), "Một hai");
    assert_eq!(thing.display_text(&row(json!({}))), "");
    let yearly = content_type(json!({ "year": { "type": "integer" } }));
    assert_eq!(yearly.display_text(&row(json!({ "year": 2026 }))), "2026");
}

#[test]
fn languages_share_what_is_not_localizable() {
    let thing = content_type(
        json!({ "title": { "type": "string", "x-localizable": true }, "body": { "type": "string", "format": "markdown" }, "n": { "type": "integer" } }),
    );
    let stored = thing.check(row(json!({ "title": "a", "body": "b", "n": 1 }))).unwrap();
    assert_eq!(thing.shared(&stored).keys().collect::<Vec<_>>(), ["body", "body_html", "body_text", "n"]);
}
