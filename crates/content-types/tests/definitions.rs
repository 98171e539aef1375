use crate::{content_type, property_refused, refused, requiring, with};
use content_types::{Definition, FieldKindDef as K, IndexColumn, MediaKind, Stage, Target};
use serde_json::{Value, json};

fn changed(member: &str, value: Value) -> Value {
    let mut definition = with(json!({ "title": { "type": "string" } }));
    definition[member] = value;
    definition
}

#[test]
fn the_example_of_the_contract_is_read() {
    let value = json!({ "name": "tour-route", "plural": "tour-routes", "title": { "vi": "Tuyến du lịch", "en": "Tour route" },
      "schema": { "type": "object", "required": ["title"], "properties": {
        "title":     { "type": "string", "maxLength": 300, "x-localizable": true, "x-searchable": true },
        "length_km": { "type": "number", "minimum": 0, "x-filterable": true, "x-sortable": true },
        "stops":     { "type": "array", "items": { "type": "string" } },
        "guide":     { "type": "string", "format": "uuid", "x-relation": "official" } } } });
    let tour = Definition::parse(&value).unwrap();
    assert_eq!((tour.name(), tour.plural(), tour.display()), ("tour-route", "tour-routes", "title"));
    assert_eq!(tour.stages(), [Stage::Submitted, Stage::Approved]);
    let kinds: Vec<_> = tour.fields().iter().map(|field| (field.kind, field.many, field.required)).collect();
    assert_eq!(kinds, [(K::Text, false, true), (K::Number, false, false), (K::Text, true, false), (K::Relation, false, false)]);
    assert_eq!(tour.field("guide").unwrap().target, Some(Target::Type("official".into())));
    assert_eq!(tour.field("length_km").unwrap().index_column(), Some(IndexColumn::Number));
    assert_eq!(tour.field("title").unwrap().index_column(), None);
}

#[test]
fn every_kind_of_field_has_its_way_of_being_written() {
    let kinds = [
        (json!({ "type": "string" }), K::Text, false),
        (json!({ "type": "string", "enum": ["a", "b"] }), K::Enum, false),
        (json!({ "type": "string", "format": "markdown" }), K::RichText, false),
        (json!({ "type": "string", "format": "date" }), K::Date, false),
        (json!({ "type": "string", "format": "date-time" }), K::DateTime, false),
        (json!({ "type": "string", "format": "email" }), K::Email, false),
        (json!({ "type": "string", "format": "phone" }), K::Phone, false),
        (json!({ "type": "string", "format": "uri" }), K::Url, false),
        (json!({ "type": "string", "format": "uuid", "x-media": "image" }), K::Media, false),
        (json!({ "type": "string", "format": "uuid", "x-relation": "document" }), K::Relation, false),
        (json!({ "type": "integer" }), K::Integer, false),
        (json!({ "type": "number" }), K::Number, false),
        (json!({ "type": "boolean" }), K::Boolean, false),
        (json!({ "type": "object", "format": "interval" }), K::Interval, false),
        (json!({ "type": "object", "format": "geo-point" }), K::GeoPoint, false),
        (json!({ "type": "object", "format": "geo-area" }), K::GeoArea, false),
        (json!({ "type": "object", "properties": { "a": { "type": "string" } } }), K::Object, false),
        (json!({ "type": "array", "x-blocks": true }), K::Blocks, false),
        (json!({ "type": "array", "items": { "type": "integer" } }), K::Integer, true),
        (json!({ "type": "array", "items": { "type": "object", "properties": { "a": { "type": "string" } } } }), K::Object, true),
        (json!({ "type": "array", "x-media": "file", "items": { "type": "string", "format": "uuid" } }), K::Media, true),
        (json!({ "type": "array", "items": { "type": "string", "format": "uuid", "x-relation": "issuer" } }), K::Relation, true),
    ];
    for (schema, kind, many) in kinds {
        let definition = content_type(json!({ "x": schema }));
        let field = definition.field("x").unwrap();
        assert_eq!((field.kind, field.many), (kind, many), "{schema}");
        assert_eq!(Definition::parse(&definition.to_json()).unwrap(), definition, "{schema}");
        assert!(jsonschema::meta::is_valid(&definition.data_schema()), "{schema}");
    }
}

#[test]
fn the_normal_form_reads_back_as_it_was_written() {
    let value = json!({
        "name": "plan", "plural": "plans", "title": { "vi": "Kế hoạch" }, "description": { "vi": "Quy hoạch", "en": "Planning" },
        "requirement": "C-7", "workflow": { "stages": ["submitted", "in-review", "approved"] }, "display": "subject",
        "schema": { "type": "object", "description": "A plan.", "required": ["subject"], "additionalProperties": false, "properties": {
            "subject": { "type": "string", "x-label": { "vi": "Tên" }, "description": "Its name.", "x-sortable": true, "x-searchable": false },
            "status": { "type": "string", "enum": ["open", "done"], "x-enum-labels": { "open": { "vi": "Đang làm", "en": "Open" } } },
            "steps_done": { "type": "array", "items": { "type": "object", "required": ["what"], "properties": {
                "what": { "type": "string", "x-label": { "vi": "Việc", "en": "What" } }, "text": { "type": "string", "format": "markdown" } } } },
            "content": { "type": "array", "x-blocks": ["paragraph", "image"], "maxItems": 20 } } } });
    let plan = Definition::parse(&value).unwrap();
    let normal = plan.to_json();
    assert_eq!(Definition::parse(&normal).unwrap().to_json(), normal);
    assert_eq!(normal["title"], json!({ "vi": "Kế hoạch", "en": "Kế hoạch" }));
    assert_eq!(normal["schema"]["properties"]["subject"]["maxLength"], 500);
    assert_eq!(normal["schema"]["properties"]["subject"].get("x-searchable"), None);
    assert_eq!(plan.field("subject").unwrap().label.as_ref().unwrap().vi, "Tên");
    assert_eq!(plan.field("status").unwrap().choices()[0].1.as_ref().unwrap().vi, "Đang làm");
    assert_eq!(plan.stages(), Stage::ALL);
    assert_eq!(plan.requirement(), Some("C-7"));
}

#[test]
fn a_reference_is_to_a_type_or_to_media() {
    let image = content_type(json!({ "x": { "type": "string", "format": "uuid", "x-media": "image" } }));
    assert_eq!(image.fields()[0].target, Some(Target::Media(MediaKind::Image)));
    assert_eq!(property_refused(json!({ "type": "string", "format": "uuid" })), ["/format invalid_reference"]);
    assert_eq!(property_refused(json!({ "type": "string", "x-relation": "official" })), ["/format invalid_reference"]);
    let uuid = |keyword: &str, value: Value| property_refused(json!({ "type": "string", "format": "uuid", keyword: value }));
    assert_eq!(uuid("x-relation", json!("Not A Name")), ["/x-relation invalid_reference"]);
    assert_eq!(uuid("x-media", json!("picture")), ["/x-media invalid_reference"]);
    let both = json!({ "type": "string", "format": "uuid", "x-media": "image", "x-relation": "official" });
    assert_eq!(property_refused(both), ["/x-media contradiction"]);
    let list =
        |max: u64| json!({ "type": "array", "x-media": "any", "maxItems": max, "items": { "type": "string", "format": "uuid" } });
    assert_eq!(property_refused(list(501)), ["/maxItems too_large"]);
}

#[test]
fn the_title_of_an_entry_is_the_property_that_is_named_or_the_likeliest() {
    let text = json!({ "type": "string" });
    assert_eq!(content_type(json!({ "name": text, "title": text })).display(), "title");
    assert_eq!(content_type(json!({ "year": { "type": "integer" }, "name": text })).display(), "name");
    let two = json!({ "code": text, "label": text });
    assert_eq!(requiring(json!(["label"]), two.clone()).display(), "label");
    assert_eq!(content_type(two).display(), "code");
    assert_eq!(content_type(json!({ "year": { "type": "integer" } })).display(), "year");
    for bad in [json!("nothing"), json!(3), json!("body")] {
        let mut definition = with(json!({ "title": text, "body": { "type": "string", "format": "markdown" } }));
        definition["display"] = bad;
        assert_eq!(refused(definition), ["/display invalid_display"]);
    }
}

#[test]
fn names_of_types_are_kebab_case_and_not_taken() {
    let long = "a".repeat(41);
    for bad in ["", "Tour", "tour_route", "-tour", "tour-", "tour--route", "1tour", "tuyến", long.as_str()] {
        assert_eq!(refused(changed("name", json!(bad))), ["/name invalid_name"], "{bad}");
    }
    for taken in ["document", "media", "versions", "content-type", "query", "by-path", "x-tour", "tour-input", "page-info"] {
        assert_eq!(refused(changed("name", json!(taken))), ["/name reserved_name"], "{taken}");
        assert_eq!(refused(changed("plural", json!(taken))), ["/plural reserved_name"], "{taken}");
    }
    assert_eq!(refused(changed("plural", json!("thing"))), ["/plural duplicate"]);
    assert_eq!(refused(json!({})), ["/name required", "/plural required", "/title required", "/schema required"]);
}

#[test]
fn the_built_in_kinds_keep_their_names() {
    let names = "article introduction leader-profile directive schedule-event legal-guidance plan investment-project science-topic \
        statistic official spokesperson budget-report epidemic-notice treaty public-information-item service-procedure media-item banner";
    for name in names.split_whitespace() {
        let mut definition = changed("name", json!(name));
        definition["plural"] = json!(format!("{name}s"));
        assert!(Definition::parse(&definition).is_ok(), "{name}");
    }
}

#[test]
fn names_of_properties_are_snake_case_and_not_taken() {
    let named = |name: &str| refused(with(json!({ name: { "type": "string" } })));
    let long = "a".repeat(61);
    for bad in ["", "Title", "a-b", "a__b", "_a", "a_", "1a", "tên", "a/b", long.as_str()] {
        let pointer = bad.replace('/', "~1");
        assert_eq!(named(bad), [format!("/schema/properties/{pointer} invalid_name")], "{bad}");
    }
    let taken = "id type slug locale state author_name source_name source_url portal_id revision created_at updated_at published_at \
        link_url source_line outdated sharing translations versions steps lang or";
    for taken in taken.split_whitespace() {
        assert_eq!(named(taken), [format!("/schema/properties/{taken} reserved_name")]);
    }
}

#[test]
fn no_two_properties_become_one_name() {
    let text = json!({ "type": "string" });
    let rich = json!({ "type": "string", "format": "markdown" });
    let guide = json!({ "type": "string", "format": "uuid", "x-relation": "official" });
    let many = json!({ "type": "array", "items": guide });
    assert_eq!(refused(with(json!({ "a_1": text, "a1": text }))), ["/schema/properties/a1 name_collision"]);
    assert_eq!(refused(with(json!({ "body": rich, "body_html": text }))), ["/schema/properties/body_html name_collision"]);
    assert_eq!(refused(with(json!({ "body_text": text, "body": rich }))), ["/schema/properties/body_text name_collision"]);
    assert_eq!(refused(with(json!({ "guide": guide, "guide_id": text }))), ["/schema/properties/guide_id name_collision"]);
    assert_eq!(refused(with(json!({ "guide": many, "guide_ids": text }))), ["/schema/properties/guide_ids name_collision"]);
    assert_eq!(refused(with(json!({ "portal": guide }))), ["/schema/properties/portal reserved_name"]);
    let inside = json!({ "type": "object", "properties": { "body": rich, "body_html": text } });
    assert_eq!(property_refused(inside), ["/properties/body_html name_collision"]);
    content_type(json!({ "body": text, "body_html": text, "other_text": text }));
}

#[test]
fn keywords_that_are_not_understood_are_refused() {
    let keywords =
        ["$ref", "allOf", "anyOf", "oneOf", "if", "not", "patternProperties", "$dynamicRef", "default", "const", "x-searchabel"];
    for keyword in keywords {
        let schema = json!({ "type": "string", keyword: {} });
        assert_eq!(property_refused(schema), [format!("/{} unsupported_keyword", keyword.replace('/', "~1"))]);
        let mut whole = with(json!({ "title": { "type": "string" } }));
        whole["schema"][keyword] = json!({});
        assert_eq!(refused(whole), [format!("/schema/{keyword} unsupported_keyword")]);
    }
    assert_eq!(property_refused(json!({ "$ref": "#/x" })), ["/$ref unsupported_keyword"]);
    let open = json!({ "type": "object", "additionalProperties": true, "properties": { "a": { "type": "string" } } });
    assert_eq!(property_refused(open), ["/additionalProperties unsupported_keyword"]);
    assert_eq!(property_refused(json!({ "type": "integer", "maxLength": 3 })), ["/maxLength unsupported_keyword"]);
    assert_eq!(
        property_refused(json!({ "type": "string", "format": "date", "pattern": "^2" })),
        ["/pattern unsupported_keyword"]
    );
    assert_eq!(property_refused(json!({ "type": ["string", "null"] })), ["/type unsupported_type"]);
    assert_eq!(property_refused(json!({ "type": "string", "format": "hostname" })), ["/format unsupported_format"]);
    assert_eq!(property_refused(json!(true)), [" wrong_type"]);
    assert_eq!(refused(changed("colour", json!("red"))), ["/colour unknown_field"]);
}

#[test]
fn contradictions_are_refused() {
    assert_eq!(property_refused(json!({ "type": "number", "minimum": 3, "maximum": 2 })), ["/minimum contradiction"]);
    assert_eq!(
        property_refused(json!({ "type": "number", "exclusiveMinimum": 2, "maximum": 2 })),
        ["/exclusiveMinimum contradiction"]
    );
    assert_eq!(property_refused(json!({ "type": "number", "multipleOf": 0 })), ["/multipleOf invalid"]);
    assert_eq!(property_refused(json!({ "type": "string", "minLength": 3, "maxLength": 2 })), ["/minLength contradiction"]);
    assert_eq!(property_refused(json!({ "type": "string", "maxLength": -1 })), ["/maxLength wrong_type"]);
    assert_eq!(property_refused(json!({ "type": "string", "enum": [] })), ["/enum invalid"]);
    assert_eq!(property_refused(json!({ "type": "string", "enum": ["a", "a"] })), ["/enum/1 duplicate"]);
    assert_eq!(property_refused(json!({ "type": "string", "enum": ["a", 1] })), ["/enum/1 wrong_type"]);
    let labels = json!({ "type": "string", "enum": ["a"], "x-enum-labels": { "b": { "vi": "B" } } });
    assert_eq!(property_refused(labels), ["/x-enum-labels/b unknown_value"]);
    let mut missing = with(json!({ "title": { "type": "string" } }));
    missing["schema"]["required"] = json!(["title", "name", "title"]);
    assert_eq!(refused(missing), ["/schema/required/1 unknown_property", "/schema/required/2 duplicate"]);
}

#[test]
fn annotations_fit_the_kind() {
    let rich = json!({ "type": "string", "format": "markdown" });
    let object = json!({ "type": "object", "properties": { "a": { "type": "integer" } } });
    let guide = json!({ "type": "string", "format": "uuid", "x-relation": "official" });
    let list = json!({ "type": "array", "items": { "type": "string" } });
    let blocks = json!({ "type": "array", "x-blocks": true });
    let interval = json!({ "type": "object", "format": "interval" });
    let point = json!({ "type": "object", "format": "geo-point" });
    let wrong = [
        ("x-sortable", vec![&rich, &object, &guide, &list, &blocks, &interval, &point]),
        ("x-filterable", vec![&rich, &object, &blocks, &interval, &point]),
        ("x-searchable", vec![&object, &guide, &interval, &point]),
    ];
    for (flag, schemas) in wrong {
        for schema in schemas {
            let mut schema = schema.clone();
            schema[flag] = json!(true);
            assert_eq!(property_refused(schema), [format!("/{flag} contradiction")]);
        }
    }
    assert_eq!(property_refused(json!({ "type": "string", "x-sortable": "yes" })), ["/x-sortable wrong_type"]);
    let nested = json!({ "type": "object", "properties": { "a": { "type": "string", "x-searchable": true } } });
    assert_eq!(property_refused(nested), ["/properties/a/x-searchable misplaced"]);
    assert_eq!(property_refused(json!({ "type": "string", "maxLength": 501, "x-filterable": true })), ["/maxLength too_large"]);
}

#[test]
fn blocks_are_of_the_closed_list_and_at_the_top() {
    let blocks = |allowed: Value| property_refused(json!({ "type": "array", "x-blocks": allowed }));
    assert_eq!(blocks(json!(["paragraph", "video"])), ["/x-blocks/1 unknown_block"]);
    assert_eq!(blocks(json!(["paragraph", "paragraph"])), ["/x-blocks/1 duplicate"]);
    assert_eq!(blocks(json!(false)), ["/x-blocks wrong_type"]);
    assert_eq!(blocks(json!([])), ["/x-blocks wrong_type"]);
    let inside = json!({ "type": "object", "properties": { "a": { "type": "array", "x-blocks": true } } });
    assert_eq!(property_refused(inside), ["/properties/a/x-blocks misplaced"]);
}

#[test]
fn what_is_too_large_or_too_deep_is_refused() {
    let mut deep = json!({ "type": "string" });
    for _ in 0..4 {
        deep = json!({ "type": "object", "properties": { "a": deep } });
    }
    assert_eq!(property_refused(deep.clone()), ["/properties/a/properties/a/properties/a too_deep"]);
    content_type(json!({ "x": deep["properties"]["a"] }));
    let of_lists = json!({ "type": "array", "items": { "type": "array", "items": { "type": "string" } } });
    assert_eq!(property_refused(of_lists), ["/items/type unsupported_kind"]);
    let many: serde_json::Map<String, Value> = (0..101).map(|n| (format!("p{n}"), json!({ "type": "string" }))).collect();
    assert_eq!(refused(with(many.into())), ["/schema/properties invalid"]);
    assert_eq!(refused(with(json!({}))), ["/schema/properties invalid"]);
    let choices: Vec<String> = (0..501).map(|n| n.to_string()).collect();
    assert_eq!(property_refused(json!({ "type": "string", "enum": choices })), ["/enum invalid"]);
    assert_eq!(refused(changed("description", json!({ "vi": "a".repeat(70_000) }))), [" too_large"]);
    assert_eq!(refused(changed("requirement", json!("a".repeat(61)))), ["/requirement too_long"]);
}

#[test]
fn patterns_are_of_the_linear_kind() {
    let pattern = |pattern: &str| property_refused(json!({ "type": "string", "pattern": pattern }));
    assert_eq!(pattern("("), ["/pattern invalid_pattern"]);
    assert_eq!(pattern("^(?=a)b"), ["/pattern invalid_pattern"]);
    assert_eq!(pattern(r"(a)\1"), ["/pattern invalid_pattern"]);
    assert_eq!(pattern(r"(\w{1000}){1000}"), ["/pattern invalid_pattern"]);
    assert_eq!(pattern(&"a".repeat(501)), ["/pattern too_long"]);
    content_type(json!({ "x": { "type": "string", "pattern": "^(a+)+$" } }));
}

#[test]
fn stages_hold_submission_and_approval_in_order() {
    let stages = |stages: Value| refused(changed("workflow", json!({ "stages": stages })));
    for bad in [
        json!([]),
        json!(["approved"]),
        json!(["approved", "submitted"]),
        json!(["submitted", "submitted", "approved"]),
        json!("submitted"),
    ] {
        assert_eq!(stages(bad), ["/workflow/stages invalid_workflow"]);
    }
}

#[test]
fn titles_are_told_in_vietnamese_and_english() {
    assert_eq!(refused(changed("title", json!("Vật"))), ["/title wrong_type"]);
    assert_eq!(refused(changed("title", json!({}))), ["/title/vi required"]);
    assert_eq!(refused(changed("title", json!({ "vi": "  " }))), ["/title/vi blank"]);
    assert_eq!(refused(changed("title", json!({ "vi": "Vật", "fr": "Chose" }))), ["/title/fr unknown_field"]);
    let decomposed = Definition::parse(&changed("title", json!({ "vi": "Va\u{323}\u{302}t" }))).unwrap();
    assert_eq!(decomposed.title().vi, "Vật");
}
