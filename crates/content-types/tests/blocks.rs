use crate::{codes, content_type, row, value_refused};
use content_types::{MediaKind, Target, blocks};
use serde_json::{Value, json};

const ID: &str = "019a0000-0000-7000-8000-000000000001";

fn every_block() -> Value {
    json!([
        { "type": "paragraph", "text": "Một **hai**" }, { "type": "heading", "text": "Tiêu đề", "level": 2 },
        { "type": "image", "media": ID, "caption": "Ảnh", "alt": null }, { "type": "gallery", "items": [{ "media": ID, "alt": "Núi", "caption": null }] },
        { "type": "table", "header": ["A", "B"], "rows": [["1", "2"], ["3", ""]], "caption": "Bảng" },
        { "type": "embed", "url": "https://a.vn/x", "title": "Trang" }, { "type": "file", "media": ID, "label": "Mẫu" },
        { "type": "quote", "text": "Lời", "source": "Bác" }])
}

#[test]
fn every_component_is_stored_and_read_back() {
    let page = content_type(
        json!({ "title": { "type": "string" }, "content": { "type": "array", "x-blocks": true, "x-searchable": true } }),
    );
    let stored = page.check(row(json!({ "content": every_block() }))).unwrap();
    assert_eq!(
        stored["content"][0],
        json!({ "type": "paragraph", "text": "Một **hai**", "text_html": "<p>Một <strong>hai</strong></p>\n" })
    );
    assert_eq!(stored["content"][3], json!({ "type": "gallery", "items": [{ "media": ID, "alt": "Núi" }] }));
    assert_eq!(page.check(stored.clone()).unwrap(), stored);
    assert_eq!(page.search_text(&stored), "Một hai\nTiêu đề\nẢnh\nNúi\nBảng\nA B\n1 2\n3 \nTrang\nMẫu\nLời\nBác");
    let found: Vec<_> = page.references(&stored).into_iter().map(|found| (found.pointer, found.target)).collect();
    assert_eq!(
        found,
        [
            ("/content/2/media".into(), Target::Media(MediaKind::Image)),
            ("/content/3/items/0/media".into(), Target::Media(MediaKind::Image)),
            ("/content/6/media".into(), Target::Media(MediaKind::Any))
        ]
    );
}

#[test]
fn schemas_of_components_admit_what_is_stored() {
    let page = content_type(json!({ "content": { "type": "array", "x-blocks": true } }));
    let stored = page.check(row(json!({ "content": every_block() }))).unwrap();
    let written = jsonschema::validator_for(&page.data_schema()).unwrap();
    assert!(written.is_valid(&json!({ "content": every_block() })));
    let sent = jsonschema::validator_for(&json!({ "properties": page.view_properties() })).unwrap();
    assert!(sent.is_valid(&Value::Object(stored)));
    for kind in blocks::KINDS {
        assert!(
            jsonschema::meta::is_valid(&blocks::schema(kind).unwrap())
                && jsonschema::meta::is_valid(&blocks::view_schema(kind).unwrap())
        );
        assert_eq!(blocks::schema(kind).unwrap()["properties"]["type"]["const"], kind);
    }
    assert_eq!(blocks::schema("video"), None);
}

#[test]
fn a_fault_in_a_block_is_told_at_its_pointer() {
    let one = |block: Value| {
        value_refused(json!({ "type": "array", "x-blocks": true }), json!([{ "type": "quote", "text": "a" }, block]))
    };
    assert_eq!(one(json!({ "text": "a" })), ["/x/1/type required"]);
    assert_eq!(one(json!({ "type": "video" })), ["/x/1/type unknown_block"]);
    assert_eq!(one(json!("paragraph")), ["/x/1 wrong_type"]);
    assert_eq!(one(json!({ "type": "paragraph", "text": "<script>" })), ["/x/1/text unsafe_html"]);
    assert_eq!(one(json!({ "type": "paragraph", "text": 3, "size": 1 })), ["/x/1/text wrong_type", "/x/1/size unknown_field"]);
    assert_eq!(one(json!({ "type": "heading", "text": "a", "level": 1 })), ["/x/1/level too_small"]);
    assert_eq!(one(json!({ "type": "image", "caption": "a" })), ["/x/1/media required"]);
    assert_eq!(one(json!({ "type": "image", "media": "x" })), ["/x/1/media invalid_id"]);
    assert_eq!(one(json!({ "type": "gallery", "items": [] })), ["/x/1/items too_few"]);
    assert_eq!(one(json!({ "type": "gallery", "items": [{ "media": "x" }] })), ["/x/1/items/0/media invalid_id"]);
    assert_eq!(one(json!({ "type": "table", "header": ["a"], "rows": [["1"], ["1", "2"]] })), ["/x/1/rows/1 uneven_row"]);
    assert_eq!(one(json!({ "type": "embed", "url": "http://a.vn" })), ["/x/1/url invalid_url"]);
    assert_eq!(one(json!({ "type": "embed", "url": "javascript:alert(1)" })), ["/x/1/url invalid_url"]);
}

#[test]
fn an_address_typed_with_vietnamese_letters_is_encoded() {
    let blocks = json!([{ "type": "embed", "url": "https://a.vn/tin-tức", "title": "" }]);
    let stored = crate::stored(json!({ "type": "array", "x-blocks": true }), blocks);
    assert_eq!(stored[0]["url"], "https://a.vn/tin-t%E1%BB%A9c");
}

#[test]
fn a_content_type_may_allow_some_components_only() {
    let page = content_type(json!({ "content": { "type": "array", "x-blocks": ["paragraph"], "maxItems": 1 } }));
    let faults = page
        .check(row(json!({ "content": [{ "type": "quote", "text": "a" }, { "type": "paragraph", "text": "a" }] })))
        .unwrap_err();
    assert_eq!(codes(&faults), ["/content too_many", "/content/0/type unknown_block"]);
    assert_eq!(page.data_schema()["properties"]["content"]["items"]["oneOf"].as_array().unwrap().len(), 1);
}

#[test]
fn there_are_at_most_five_hundred_blocks() {
    let page = content_type(json!({ "content": { "type": "array", "x-blocks": true } }));
    let many: Vec<Value> = (0..501).map(|_| json!({ "type": "paragraph", "text": "a" })).collect();
    assert_eq!(codes(&page.check(row(json!({ "content": many }))).unwrap_err()), ["/content too_many"]);
}
