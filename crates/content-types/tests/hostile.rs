use crate::{content_type, row, with};
use content_types::{Definition, rich_text};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Pieces that definitions are made of, so that chance comes deep into the reader.
const WORDS: &[&str] = &[
    "type",
    "string",
    "object",
    "array",
    "integer",
    "number",
    "boolean",
    "properties",
    "items",
    "required",
    "format",
    "markdown",
    "uuid",
    "uri",
    "interval",
    "geo-point",
    "enum",
    "x-enum-labels",
    "x-blocks",
    "x-relation",
    "x-media",
    "maxLength",
    "minItems",
    "pattern",
    "minimum",
    "x-label",
    "vi",
    "en",
    "title",
    "name",
    "x-sortable",
    "x-filterable",
    "x-searchable",
    "paragraph",
    "official",
    "image",
];

fn any_json() -> impl Strategy<Value = Value> {
    let word = || prop_oneof![4 => prop::sample::select(WORDS).prop_map(str::to_owned), 1 => ".{0,6}"];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from)
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((word(), inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect()))
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn reading_a_definition_never_panics(value in any_json()) {
        let _ = Definition::parse(&value);
        let _ = Definition::parse(&with(value.clone()));
        if let Ok(read) = Definition::parse(&with(json!({ "x": value }))) {
            let normal = read.to_json();
            prop_assert_eq!(Definition::parse(&normal).unwrap().to_json(), normal);
            prop_assert!(jsonschema::meta::is_valid(&read.data_schema()));
        }
    }

    #[test]
    fn checking_data_never_panics_and_settles(value in any_json(), text in ".{0,40}") {
        let thing = content_type(json!({
            "title": { "type": "string" }, "body": { "type": "string", "format": "markdown" }, "term": { "type": "object", "format": "interval" },
            "point": { "type": "object", "format": "geo-point" }, "area": { "type": "object", "format": "geo-area" }, "n": { "type": "integer", "x-sortable": true },
            "content": { "type": "array", "x-blocks": true }, "site": { "type": "string", "format": "uri" },
            "list": { "type": "array", "items": { "type": "object", "properties": { "title": { "type": "string" } } } } }));
        let names: Vec<String> = thing.fields().iter().map(|field| field.name.clone()).collect();
        for name in names {
            let data: Map<String, Value> = [(name, value.clone()), ("body".to_owned(), text.clone().into())].into_iter().collect();
            if let Ok(stored) = thing.check(data) {
                prop_assert_eq!(&thing.check(stored.clone()).unwrap(), &stored);
                let _ = (thing.values(&stored), thing.references(&stored), thing.search_text(&stored), thing.display_text(&stored));
            }
        }
    }

    #[test]
    fn rendered_text_is_safe_and_in_nfc(markdown in "([<>a-c/ =\"'&;:()\\[\\]!*_`#\n|\\-\u{338}\u{301}\u{323}ê]|<b>|</b>|<p |<a href=|onx=1|&#824;|&#803;|&lt;|&gt;|javascript:|<!--|-->|title=\"){0,40}") {
        if let Ok(rendered) = rich_text::render(&markdown) {
            prop_assert_eq!(kernel::text::nfc(rendered.html.clone()), rendered.html.clone());
            prop_assert_eq!(kernel::text::nfc(rendered.text.clone()), rendered.text);
            for piece in rendered.html.split('<').skip(1) {
                let tag = piece.split_once('>').map(|(tag, _)| tag);
                prop_assert!(tag.is_some_and(is_harmless), "{} of {:?}", rendered.html, markdown);
            }
        }
    }
}

/// Whether a tag of the output is a name and quoted attributes of the few that are allowed.
fn is_harmless(tag: &str) -> bool {
    let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
    let named = name.trim_start_matches('/').bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    while let Some((attribute, after)) = rest.trim_start().split_once("=\"") {
        let known = ["href", "rel", "title", "src", "alt", "class", "id", "style", "dir", "lang", "cite", "start", "open"];
        let Some((value, after)) = after.split_once('"') else { return false };
        let script = |head: &str| head.to_lowercase().contains("script:");
        let leads = matches!(attribute, "href" | "src" | "cite") && value.split(['/', '?', '#']).next().is_some_and(script);
        if !known.contains(&attribute) || leads {
            return false;
        }
        rest = after;
    }
    named && !["script", "style", "iframe", "svg"].contains(&name) && rest.is_empty()
}

/// Inputs that parsers of Markdown and HTML are known to stumble over.
fn adversarial(size: usize) -> Vec<String> {
    let times = |piece: &str| piece.repeat(size / piece.len());
    vec![
        times(">"),
        times("> "),
        times("- "),
        times("1. "),
        times("["),
        times("![["),
        times("[a]("),
        times("[a](<b"),
        times("**a "),
        times("*a_ "),
        times("`a``"),
        times("<b>"),
        times("<b title=x>a\n\n"),
        times("<div>"),
        times("<table><tr><td>"),
        times("<!--"),
        times("<?"),
        times("<![CDATA["),
        times("</b>"),
        times("<b><i>x</b>"),
        times("&#"),
        times("&amp"),
        times("[^a]"),
        times("[^a]: b\n"),
        times("~~a"),
        times("\\"),
        times("<a href='"),
        format!("{}\n{}", "- ".repeat(size / 4), "\n".repeat(size / 2)),
        format!("[x]: {}\n\n{}", "a".repeat(size / 2), "[x]".repeat(size / 8)),
        format!("|{}\n|{}\n{}", "a|".repeat(size / 8), "-|".repeat(size / 8), "|\n".repeat(size / 4)),
        times(&format!("|{}\n|{}\n{}\n\n", "a|".repeat(60), "-|".repeat(60), "|\n".repeat(60))),
        format!("{}{}", "<b title=1><b title=2><i><u><s><small>".repeat(10), "<p>x\n\n".repeat(size / 7)),
        format!("<p>{}", "<b><i><u>x</p><p>".repeat(size / 17)),
        times("a\n"),
        times("a  \n"),
        times("[a][b]"),
        times("_a_ "),
        times("# a\n"),
        times("<script"),
        times("<a "),
        times("<a b=\"\" "),
        times("(") + &times(")"),
        times("[](") + &times(")"),
        times("***a*b**"),
    ]
}

#[test]
fn rendering_grows_with_the_text_and_no_faster() {
    for (small, large) in adversarial(16 << 10).into_iter().zip(adversarial(128 << 10)) {
        let size = |markdown: &str| rich_text::render(markdown).map_or(0, |rendered| rendered.html.len() + rendered.text.len());
        let (small_size, large_size) = (size(&small), size(&large));
        assert!(large_size <= 64 * large.len() + 10_000, "{:?} became {large_size} bytes", &large[..20.min(large.len())]);
        assert!(small_size <= 64 * small.len() + 10_000);
    }
}

/// In quadratic time this would take the better part of an hour.
#[test]
fn a_megabyte_of_character_references_is_rendered() {
    for piece in ["&#", "&amp;", "<p>&nbsp;&alpha;</p>\n"] {
        assert!(rich_text::render(&piece.repeat((1 << 20) / piece.len())).is_ok());
    }
}

#[test]
fn a_pattern_that_would_backtrack_is_matched_in_one_pass() {
    let thing = content_type(json!({ "x": { "type": "string", "pattern": "^(a+)+$" } }));
    let text = format!("{}b", "a".repeat(100_000));
    assert!(thing.check(row(json!({ "x": text }))).is_err());
}
