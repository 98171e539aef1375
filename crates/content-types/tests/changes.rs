use crate::{content_type, requiring};
use content_types::{Changes, Definition, Stage, compare};
use serde_json::{Value, json};

fn between(old: Value, new: Value) -> Changes {
    compare(
        &content_type(json!({ "title": { "type": "string" }, "x": old })),
        &content_type(json!({ "title": { "type": "string" }, "x": new })),
    )
}

#[test]
fn nothing_changes_where_nothing_changed() {
    let same = json!({ "type": "string" });
    assert_eq!(between(same.clone(), same), Changes::default());
}

#[test]
fn an_optional_field_is_added_without_asking_entries() {
    let old = content_type(json!({ "title": { "type": "string" } }));
    let more = json!({ "title": { "type": "string" }, "year": { "type": "integer", "x-filterable": true } });
    let changes = compare(&old, &content_type(more.clone()));
    assert_eq!(changes, Changes { added: vec!["year".into()], newly_indexed: vec!["year".into()], ..Changes::default() });
    assert!(compare(&old, &requiring(json!(["year"]), more.clone())).stricter);
    let back = compare(&content_type(more), &old);
    assert_eq!((back.removed, back.no_longer_indexed, back.stricter), (vec!["year".into()], vec!["year".into()], true));
}

#[test]
fn wider_limits_are_not_stricter_and_narrower_ones_are() {
    let pairs = [
        (json!({ "type": "string", "maxLength": 5 }), json!({ "type": "string", "maxLength": 9 })),
        (json!({ "type": "string", "minLength": 5 }), json!({ "type": "string" })),
        (json!({ "type": "string", "pattern": "a" }), json!({ "type": "string" })),
        (json!({ "type": "string", "enum": ["a"] }), json!({ "type": "string", "enum": ["b", "a"] })),
        (json!({ "type": "number", "minimum": 1, "maximum": 2 }), json!({ "type": "number", "minimum": 0, "maximum": 3 })),
        (
            json!({ "type": "array", "items": { "type": "string" }, "uniqueItems": true }),
            json!({ "type": "array", "items": { "type": "string" } }),
        ),
        (json!({ "type": "array", "x-blocks": ["paragraph"] }), json!({ "type": "array", "x-blocks": true })),
        (
            json!({ "type": "object", "required": ["a"], "properties": { "a": { "type": "string" } } }),
            json!({ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } } }),
        ),
    ];
    for (narrow, wide) in pairs {
        assert!(!between(narrow.clone(), wide.clone()).stricter, "{narrow} → {wide}");
        assert!(between(wide.clone(), narrow.clone()).stricter, "{wide} → {narrow}");
    }
    let demanded = json!({ "type": "object", "required": ["a"], "properties": { "a": { "type": "string" } } });
    assert!(between(json!({ "type": "object", "properties": { "b": { "type": "string" } } }), demanded).stricter);
}

#[test]
fn labels_change_nothing_that_is_stored() {
    let labelled = json!({ "type": "string", "x-label": { "vi": "Tên" }, "description": "x" });
    assert_eq!(between(json!({ "type": "string" }), labelled), Changes::default());
}

#[test]
fn another_kind_is_stricter_and_indexed_anew() {
    let of = |schema: Value| {
        let mut schema = schema;
        schema["x-filterable"] = json!(true);
        schema
    };
    let changes = between(of(json!({ "type": "integer" })), of(json!({ "type": "number" })));
    assert_eq!((changes.stricter, changes.newly_indexed), (true, vec!["x".into()]));
    let list = of(json!({ "type": "array", "items": { "type": "integer" } }));
    assert_eq!(between(of(json!({ "type": "integer" })), list).newly_indexed, ["x"]);
    assert!(between(json!({ "type": "string" }), json!({ "type": "string", "format": "markdown" })).stricter);
    assert!(between(json!({ "type": "string" }), json!({ "type": "string", "x-localizable": true })).stricter);
}

#[test]
fn words_are_indexed_again_where_they_changed() {
    assert!(between(json!({ "type": "string" }), json!({ "type": "string", "x-searchable": true })).search);
    let choice =
        |label: &str| json!({ "type": "string", "enum": ["a"], "x-enum-labels": { "a": { "vi": label } }, "x-searchable": true });
    let changes = between(choice("Một"), choice("Hai"));
    assert_eq!((changes.search, changes.stricter), (true, false));
}

#[test]
fn a_stage_that_is_gone_is_told() {
    let mut definition = content_type(json!({ "title": { "type": "string" } })).to_json();
    let short = Definition::parse(&definition).unwrap();
    definition["workflow"]["stages"] = json!(["submitted", "in-review", "approved"]);
    let long = Definition::parse(&definition).unwrap();
    assert_eq!(compare(&long, &short).removed_stages, [Stage::InReview]);
    assert!(compare(&short, &long).removed_stages.is_empty());
}
