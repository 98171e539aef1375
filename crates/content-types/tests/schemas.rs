use crate::{content_type, requiring, row};
use serde_json::{Value, json};

#[test]
fn the_schema_of_data_is_closed_and_lets_null_stand_for_nothing() {
    let thing = requiring(
        json!(["title"]),
        json!({ "title": { "type": "string", "x-label": { "vi": "Tên", "en": "Title" } },
        "status": { "type": "string", "enum": ["a"] }, "guide": { "type": "string", "format": "uuid", "x-relation": "official", "x-filterable": true },
        "term": { "type": "object", "format": "interval" } }),
    );
    let schema = thing.data_schema();
    assert_eq!((&schema["additionalProperties"], &schema["required"]), (&json!(false), &json!(["title"])));
    assert_eq!(schema["properties"]["title"]["type"], "string");
    assert_eq!(schema["properties"]["title"]["x-label"]["vi"], "Tên");
    assert_eq!(schema["properties"]["status"], json!({ "type": ["string", "null"], "enum": ["a", null] }));
    assert_eq!(schema["properties"]["guide"]["x-relation"], "official");
    assert_eq!(schema["properties"]["guide"]["x-filterable"], true);
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&json!({ "title": "a", "status": null, "term": { "start": "2024-01-01", "end": null } })));
    assert!(!validator.is_valid(&json!({ "title": null })));
}

#[test]
fn what_is_sent_may_be_null_and_has_companions_after_rich_text() {
    let thing = requiring(
        json!(["body"]),
        json!({ "body": { "type": "string", "format": "markdown", "maxLength": 9 }, "n": { "type": "integer", "minimum": 1 } }),
    );
    let view = thing.view_properties();
    assert_eq!(view.keys().collect::<Vec<_>>(), ["body", "body_html", "body_text", "n"]);
    assert!(view.values().all(|schema| schema["type"][1] == "null"));
    assert_eq!(view["n"].get("minimum"), None, "what was stored under an earlier definition is still sent");
}

#[test]
fn what_is_stored_fits_both_schemas() {
    let thing = content_type(json!({
        "title": { "type": "string" }, "point": { "type": "object", "format": "geo-point" }, "area": { "type": "object", "format": "geo-area" },
        "term": { "type": "object", "format": "interval" }, "site": { "type": "string", "format": "uri" }, "phone": { "type": "string", "format": "phone" },
        "people": { "type": "array", "items": { "type": "object", "required": ["name"], "properties": {
            "name": { "type": "string" }, "about": { "type": "string", "format": "markdown" }, "when": { "type": "string", "format": "date-time" } } } } }));
    let given = json!({ "title": "a", "point": { "type": "Point", "coordinates": [105.8, 21] }, "term": { "start": "2024-01-01", "end": "2024-01-01" },
        "area": { "type": "Polygon", "coordinates": [[[1, 1], [2, 1], [2, 2], [1, 1]]] }, "site": "https://a.vn/t%E1%BB%A9c", "phone": "1022",
        "people": [{ "name": "An", "about": "*x*", "when": "2024-01-01T00:00:00Z" }] });
    let stored = thing.check(row(given.clone())).unwrap();
    let sent =
        jsonschema::options().should_validate_formats(true).build(&json!({ "properties": thing.view_properties() })).unwrap();
    let told: Vec<String> = sent.iter_errors(&Value::Object(stored.clone())).map(|error| error.to_string()).collect();
    assert!(told.is_empty(), "{told:?}");
    assert_eq!(thing.check(stored.clone()).unwrap(), stored);
    assert!(jsonschema::validator_for(&thing.data_schema()).unwrap().is_valid(&given));
}

#[test]
fn heavy_fields_are_left_out_of_lists() {
    let thing = content_type(json!({ "title": { "type": "string" }, "body": { "type": "string", "format": "markdown" },
        "content": { "type": "array", "x-blocks": true }, "area": { "type": "object", "format": "geo-area" }, "point": { "type": "object", "format": "geo-point" } }));
    assert_eq!(thing.heavy(), ["body", "body_html", "body_text", "content", "area"]);
    let (light, heavy) = thing.split(row(json!({ "title": "a", "body": "b", "body_html": "c", "content": [] })));
    assert_eq!(
        (Value::Object(light), Value::Object(heavy)),
        (json!({ "title": "a" }), json!({ "body": "b", "body_html": "c", "content": [] }))
    );
}

#[test]
fn published_patterns_admit_what_rules_admit() {
    let of = |format: &str| {
        let schema = content_type(json!({ "x": { "type": "string", "format": format } })).data_schema();
        jsonschema::validator_for(&schema).unwrap()
    };
    for good in ["https://24h.com.vn/a-b_c~d;e=f,g@h?x=1&y=%C3%A0#z", "HTTP://localhost:8080", "https://a.vn/?q='(x)'*!$+."] {
        assert!(of("uri").is_valid(&json!({ "x": good })), "{good}");
        assert_eq!(crate::stored(json!({ "type": "string", "format": "uri" }), json!(good)), good);
    }
    for bad in ["https://", "https://u@a.vn", "https://a.vn/%zz", "ftp://a.vn", "https://a.vn/a b", "https://1.2.3.999"] {
        assert!(!of("uri").is_valid(&json!({ "x": bad })), "{bad}");
    }
    for (number, good) in [("1022", true), ("+84 (0213) 3.876-337", true), ("....", false), ("11", false)] {
        assert_eq!(of("phone").is_valid(&json!({ "x": number })), good, "{number}");
    }
}
