//! What elements do to the text around them.

use html5ever::tokenizer::Tag;
use html5ever::tokenizer::states::RawKind;

/// Elements that part lines; every other one stays within its line, those nobody knows too.
const BLOCKS: [&str; 52] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "center",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements without content.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Whether the element parts lines.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether the element has content, an end tag or not.
pub(super) fn has_content(name: &str) -> bool {
    !VOID.contains(&name)
}

/// How the content of an element that is not shown is read up to its end tag, where that is not as everywhere.
pub(super) fn raw(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "noscript" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" => Some(RawKind::Rcdata),
        _ => None,
    }
}

/// Whether the element and what is in it is not shown.
pub(super) fn is_hidden(tag: &Tag) -> bool {
    &*tag.name == "template"
        || tag.attrs.iter().any(|attribute| match &*attribute.name.local {
            "hidden" => true,
            "style" => hides(&attribute.value),
            _ => false,
        })
}

/// Whether the element draws the borders of a table.
pub(super) fn has_border(tag: &Tag) -> bool {
    tag.attrs.iter().any(|attribute| match &*attribute.name.local {
        "border" => !matches!(attribute.value.trim(), "0" | "none"),
        "style" => attribute.value.contains("border") && attribute.value.contains("solid"),
        _ => false,
    }) || &*tag.name == "th"
}

fn hides(style: &str) -> bool {
    style.split(';').filter_map(|declaration| declaration.split_once(':')).any(|(property, value)| {
        property.trim().eq_ignore_ascii_case("display") && value.trim().to_ascii_lowercase().starts_with("none")
    })
}
