//! Content types through the public door.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use content_types::Definition;
use serde_json::json;

#[test]
fn the_example_of_the_contract_is_read() {
    let value = json!({ "name": "tour-route", "plural": "tour-routes", "title": { "vi": "Tuyến du lịch", "en": "Tour route" },
      "schema": { "type": "object", "required": ["title"], "properties": {
        "title":     { "type": "string", "maxLength": 300, "x-localizable": true, "x-searchable": true },
        "length_km": { "type": "number", "minimum": 0, "x-filterable": true, "x-sortable": true },
        "stops":     { "type": "array", "items": { "type": "string" } },
        "guide":     { "type": "string", "format": "uuid", "x-relation": "official" } } } });
    let tour = Definition::parse(&value).unwrap();
    assert_eq!(Definition::parse(&tour.to_json()).unwrap(), tour);
}
