//! What HTML may hold: one list for the reader of raw HTML and for the sanitiser.

/// Elements that may hold blocks.
const BLOCKS: &[&str] = &[
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
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

/// Elements inside a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Attributes of every element.
const EVERYWHERE: &[&str] = &["dir", "lang", "title"];

/// Attributes of single elements.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "hreflang"]),
    ("blockquote", &["cite"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("del", &["cite", "datetime"]),
    ("details", &["open"]),
    ("img", &["alt", "height", "src", "width"]),
    ("ins", &["cite", "datetime"]),
    ("li", &["value"]),
    ("ol", &["reversed", "start"]),
    ("q", &["cite"]),
    ("td", &["align", "colspan", "headers", "rowspan"]),
    ("th", &["align", "colspan", "headers", "rowspan", "scope"]),
    ("time", &["datetime"]),
    ("tr", &["align"]),
];

/// Every element.
pub(super) fn elements() -> impl Iterator<Item = &'static str> {
    BLOCKS.iter().chain(INLINE).copied()
}

/// The element of this name, where it is allowed.
pub(super) fn element(name: &str) -> Option<&'static str> {
    elements().find(|known| *known == name)
}

/// Whether the element may have the attribute.
pub(super) fn attribute(element: &str, name: &str) -> bool {
    let own = ATTRIBUTES.iter().find(|(known, _)| *known == element).is_some_and(|(_, own)| own.contains(&name));
    own || EVERYWHERE.contains(&name)
}

/// Attributes of every element.
pub(super) fn everywhere() -> impl Iterator<Item = &'static str> {
    EVERYWHERE.iter().copied()
}

/// Attributes of single elements.
pub(super) fn attributes() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    ATTRIBUTES.iter().copied()
}

/// Whether the attribute holds an address.
pub(super) fn is_address(name: &str) -> bool {
    matches!(name, "href" | "src" | "cite")
}

/// Whether the element has no content.
pub(super) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "col" | "hr" | "img" | "wbr")
}

/// Whether the element may hold blocks.
pub(super) fn holds_blocks(name: &str) -> bool {
    BLOCKS.contains(&name)
}
