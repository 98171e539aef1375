use crate::{codes, content_type, requiring, row, stored, value_refused};
use serde_json::{Value, json};

#[test]
fn what_is_stored_is_in_normal_form_and_in_order() {
    let article = requiring(
        json!(["title"]),
        json!({
        "title": { "type": "string", "maxLength": 5 }, "body": { "type": "string", "format": "markdown" }, "pages": { "type": "integer" } }),
    );
    let given = json!({ "pages": 3.0, "body": "Một **hai**\n\nba", "title": "Va\u{323}\u{302}t", "extra": null });
    assert_eq!(codes(&article.check(row(given.clone())).unwrap_err()), ["/extra unknown_field"]);
    let mut given = row(given);
    given.shift_remove("extra");
    let stored = article.check(given).unwrap();
    let expected = json!({ "title": "Vật", "body": "Một **hai**\n\nba", "body_html": "<p>Một <strong>hai</strong></p>\n<p>ba</p>\n",
        "body_text": "Một hai\nba", "pages": 3 });
    assert_eq!(Value::Object(stored.clone()), expected);
    assert_eq!(stored.keys().collect::<Vec<_>>(), ["title", "body", "body_html", "body_text", "pages"]);
    assert_eq!(article.check(stored.clone()).unwrap(), stored, "what was read can be written back");
}

#[test]
fn companions_that_are_given_are_not_believed() {
    let rich =
        content_type(json!({ "body": { "type": "string", "format": "markdown" }, "notes": { "type": "object", "properties": {
        "text": { "type": "string", "format": "markdown" } } } }));
    let given = json!({ "body": "a", "body_html": "<script>alert(1)</script>", "notes": { "text": "b", "text_html": 7, "text_text": "x" } });
    let stored = rich.check(row(given)).unwrap();
    assert_eq!(stored["body_html"], "<p>a</p>\n");
    assert_eq!(stored["notes"], json!({ "text": "b", "text_html": "<p>b</p>\n", "text_text": "b" }));
    assert!(rich.check(row(json!({ "body_html": "<p>" }))).unwrap().is_empty());
}

#[test]
fn null_is_the_same_as_nothing() {
    let person = requiring(
        json!(["name"]),
        json!({ "name": { "type": "string" }, "born": { "type": "string", "format": "date" },
        "office": { "type": "object", "required": ["room"], "properties": { "room": { "type": "string" }, "floor": { "type": "integer" } } } }),
    );
    let stored = person.check(row(json!({ "name": "An", "born": null, "office": { "room": "1", "floor": null } }))).unwrap();
    assert_eq!(Value::Object(stored), json!({ "name": "An", "office": { "room": "1" } }));
    let faults = person.check(row(json!({ "name": null, "office": { "room": null } }))).unwrap_err();
    assert_eq!(codes(&faults), ["/office/room required", "/name required"]);
}

#[test]
fn every_fault_is_told_at_its_pointer_in_both_languages() {
    let thing = content_type(json!({
        "n": { "type": "integer", "minimum": 1, "maximum": 9 }, "s": { "type": "string", "maxLength": 2, "minLength": 1 },
        "e": { "type": "string", "enum": ["a", "b"] }, "l": { "type": "array", "items": { "type": "string" }, "uniqueItems": true, "maxItems": 2, "minItems": 1 },
        "m": { "type": "string", "format": "email" }, "d": { "type": "string", "format": "date" }, "b": { "type": "boolean" } }));
    let of = |value: Value| thing.check(row(value)).unwrap_err();
    assert_eq!(
        codes(&of(json!({ "n": 0, "s": "abc", "e": "c", "l": ["x", "x"], "m": "x", "d": "2024-02-30", "b": 1 }))),
        [
            "/n too_small",
            "/s too_long",
            "/e unknown_value",
            "/l duplicate",
            "/m invalid_format",
            "/b wrong_type",
            "/d invalid_date"
        ]
    );
    assert_eq!(
        codes(&of(json!({ "n": 10, "s": "", "e": 1, "l": [], "zz": 1 }))),
        ["/n too_large", "/s blank", "/e wrong_type", "/l too_few", "/zz unknown_field"]
    );
    assert_eq!(codes(&of(json!({ "n": 1.5, "l": ["a", "b", null] }))), ["/n wrong_type", "/l too_many", "/l/2 wrong_type"]);
    for fault in of(json!({ "n": 0, "e": "c" })) {
        assert!(!fault.text.vi.is_empty() && fault.text.vi != fault.text.en);
    }
}

#[test]
fn dates_and_moments_are_real() {
    let date = json!({ "type": "string", "format": "date" });
    assert_eq!(stored(date.clone(), json!("2024-02-29")), "2024-02-29");
    for bad in ["2023-02-29", "29/02/2024", "2024-2-9", "0000-01-01", ""] {
        assert_eq!(value_refused(date.clone(), json!(bad)), ["/x invalid_date"], "{bad}");
    }
    assert_eq!(value_refused(date, json!(20240229)), ["/x wrong_type"]);
    let moment = json!({ "type": "string", "format": "date-time" });
    assert_eq!(stored(moment.clone(), json!("2024-02-29T08:00:00+07:00")), "2024-02-29T08:00:00+07:00");
    for bad in ["2024-02-29", "2024-02-29T08:00:00", "2024-02-30T08:00:00Z"] {
        assert_eq!(value_refused(moment.clone(), json!(bad)), ["/x invalid_date_time"], "{bad}");
    }
}

#[test]
fn an_interval_ends_after_it_starts() {
    let interval = json!({ "type": "object", "format": "interval" });
    assert_eq!(stored(interval.clone(), json!({ "end": null, "start": "2024-01-01" })), json!({ "start": "2024-01-01" }));
    let same = json!({ "start": "2024-01-01T08:00:00+07:00", "end": "2024-01-01T01:00:00Z" });
    assert_eq!(stored(interval.clone(), same.clone()), same);
    let wrong = |value: Value| value_refused(interval.clone(), value);
    assert_eq!(wrong(json!({ "start": "2024-01-02", "end": "2024-01-01" })), ["/x/end interval_order"]);
    assert_eq!(wrong(json!({ "start": "2024-01-02", "end": "2024-01-03T00:00:00Z" })), ["/x/end mixed_interval"]);
    assert_eq!(wrong(json!({ "end": "2024-01-01" })), ["/x/start required"]);
    assert_eq!(wrong(json!({ "start": "soon", "until": 1 })), ["/x/until unknown_field", "/x/start invalid_date"]);
    assert_eq!(wrong(json!("2024")), ["/x wrong_type"]);
}

#[test]
fn geography_is_in_range_and_closed() {
    let point = json!({ "type": "object", "format": "geo-point" });
    let hanoi = json!({ "type": "Point", "coordinates": [105.85, 21.03] });
    assert_eq!(stored(point.clone(), hanoi.clone()), hanoi);
    let swapped = json!({ "type": "Point", "coordinates": [21.03, 105.85] });
    assert_eq!(value_refused(point.clone(), swapped), ["/x/coordinates out_of_range"]);
    assert_eq!(value_refused(point.clone(), json!({ "type": "Point", "coordinates": [1] })), ["/x/coordinates invalid_geometry"]);
    assert_eq!(value_refused(point, json!({ "type": "Line" })), ["/x/type unknown_value", "/x/coordinates required"]);
    let area = json!({ "type": "object", "format": "geo-area" });
    let ring = json!([[103.0, 22.0], [104.0, 22.0], [104.0, 23.0], [103.0, 22.0]]);
    stored(area.clone(), json!({ "type": "Polygon", "coordinates": [ring] }));
    let wrong = |coordinates: Value| value_refused(area.clone(), json!({ "type": "Polygon", "coordinates": coordinates }));
    assert_eq!(wrong(json!([[[103.0, 22.0], [104.0, 22.0], [104.0, 23.0], [103.0, 22.5]]])), ["/x/coordinates/0 open_ring"]);
    assert_eq!(wrong(json!([[[103.0, 22.0], [104.0, 22.0]]])), ["/x/coordinates/0 invalid_geometry"]);
    assert_eq!(wrong(json!([[[103.0, 22.0], [104.0, 91.0], [1, 1], [103.0, 22.0]]])), ["/x/coordinates/0/1 out_of_range"]);
    assert_eq!(wrong(json!([])), ["/x/coordinates invalid_geometry"]);
    let huge: Vec<Value> = (0..10_001).map(|_| json!([1, 1])).collect();
    assert_eq!(wrong(json!([huge])), ["/x/coordinates too_many"]);
}

#[test]
fn addresses_lead_to_the_web() {
    let url = json!({ "type": "string", "format": "uri" });
    assert_eq!(stored(url.clone(), json!("https://laichau.gov.vn")), "https://laichau.gov.vn");
    assert_eq!(stored(url.clone(), json!("HTTP://a.vn/x?y=%C3%A0#z")), "HTTP://a.vn/x?y=%C3%A0#z");
    assert_eq!(stored(url.clone(), json!("https://a.vn/tin-tức")), "https://a.vn/tin-t%E1%BB%A9c");
    for bad in [
        "javascript:alert(1)",
        "ftp://a.vn",
        "https://",
        "a.vn",
        "//a.vn",
        "https://a b.vn",
        "https://u:p@a.vn",
        " https://a.vn",
        "https://a.vn/%zz",
        "java\nscript:https://a",
        "https://a.vn/\"><script>",
    ] {
        assert_eq!(value_refused(url.clone(), json!(bad)), ["/x invalid_url"], "{bad}");
    }
    assert_eq!(value_refused(url, json!(format!("https://a.vn/{}", "a".repeat(2_000)))), ["/x invalid_url"]);
}

#[test]
fn telephone_numbers_are_those_that_are_dialled() {
    let phone = json!({ "type": "string", "format": "phone" });
    for good in ["0213 3876 337", "(0213) 3.876.337", "+84-213-3876337", "1022", "113", "1900 1009"] {
        assert_eq!(stored(phone.clone(), json!(good)), good);
    }
    for bad in ["", "11", "gọi tôi", "0213 3876 337 máy lẻ 2", "....", "012345678901234567890"] {
        assert_eq!(value_refused(phone.clone(), json!(bad)), ["/x invalid_phone"], "{bad}");
    }
}

#[test]
fn ids_are_ids() {
    let guides = json!({ "type": "array", "items": { "type": "string", "format": "uuid", "x-relation": "official" } });
    let id = "019a0000-0000-7000-8000-000000000001";
    assert_eq!(stored(guides.clone(), json!([id])), json!([id]));
    assert_eq!(value_refused(guides, json!([id, "019a000000007000800000000000000a", 3])), ["/x/2 wrong_type", "/x/1 invalid_id"]);
}

#[test]
fn whole_numbers_have_64_bits() {
    let whole = json!({ "type": "integer" });
    assert_eq!(stored(whole.clone(), json!(i64::MAX)), i64::MAX);
    assert_eq!(value_refused(whole.clone(), json!(u64::MAX)), ["/x out_of_range"]);
    assert_eq!(value_refused(whole, json!(1e300)), ["/x out_of_range"]);
}

#[test]
fn the_nul_character_is_nowhere() {
    assert_eq!(value_refused(json!({ "type": "string" }), json!("a\0b")), ["/x nul_character"]);
    let blocks = json!({ "type": "array", "x-blocks": true });
    assert_eq!(value_refused(blocks, json!([{ "type": "quote", "text": "a\0" }])), ["/x/0/text nul_character"]);
    assert_eq!(value_refused(json!({ "type": "string", "format": "markdown" }), json!("a\0b")), ["/x nul_character"]);
}

#[test]
fn decimal_steps_are_decimal() {
    let money = json!({ "type": "number", "multipleOf": 0.01 });
    for good in [19.99, 0.07, 1.1, 100.0, 4.35] {
        stored(money.clone(), json!(good));
    }
    assert_eq!(value_refused(money, json!(0.001)), ["/x not_a_multiple"]);
}

#[test]
fn an_entry_has_a_megabyte() {
    let text = json!({ "type": "string" });
    assert_eq!(value_refused(text.clone(), json!("a".repeat(1 << 20))), [" too_large"]);
    stored(text, json!("a".repeat(1_000_000)));
}

#[test]
fn faults_are_told_up_to_a_hundred() {
    let list = json!({ "type": "array", "items": { "type": "string", "format": "date" } });
    assert_eq!(value_refused(list, json!(vec!["x"; 5_000])).len(), 100);
}

#[test]
fn patterns_are_asked_of_the_normal_form() {
    let pattern = json!({ "type": "string", "pattern": "^Vật$" });
    assert_eq!(stored(pattern.clone(), json!("Va\u{323}\u{302}t")), "Vật");
    assert_eq!(value_refused(pattern, json!("Vat")), ["/x pattern_mismatch"]);
}
