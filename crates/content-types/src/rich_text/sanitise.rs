//! Events of Markdown as sanitised HTML.

use super::{allowed, forbidden};
use ammonia::{Builder, UrlRelative};
use pulldown_cmark::{Event, Tag, TagEnd, html};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut attributes: HashMap<&str, HashSet<&str>> =
        allowed::attributes().map(|(element, names)| (element, names.iter().copied().collect())).collect();
    attributes.entry("div").or_default().insert("id");
    for cell in ["td", "th"] {
        attributes.entry(cell).or_default().insert("style");
    }
    let classes = HashMap::from([
        ("div", HashSet::from(["footnote-definition"])),
        ("sup", HashSet::from(["footnote-reference", "footnote-definition-label"])),
    ]);
    let mut builder = Builder::empty();
    builder
        .tags(allowed::elements().collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes)
        .generic_attributes(allowed::everywhere().collect())
        .url_schemes(forbidden::LINKS.into_iter().collect())
        .url_relative(UrlRelative::PassThrough)
        .allowed_classes(classes)
        .filter_style_properties(HashSet::from(["text-align"]))
        .attribute_filter(|_, name, value| if name == "id" && !is_note(value) { None } else { Some(Cow::Borrowed(value)) })
        .link_rel(Some("noopener"));
    builder
});

/// Sanitised HTML in NFC.
pub(super) fn html(events: Vec<Event<'_>>) -> String {
    let mut raw = String::new();
    html::push_html(&mut raw, events.into_iter().map(with_notes));
    let clean = SANITISER.clean(&veiled(&raw)).to_string();
    in_nfc(unveiled(&clean))
}

/// Character references, and the noncharacters that stand for them while HTML is parsed: the parser
/// takes quadratic time over a text with many references.
const VEILS: [(&str, char); 6] = [
    ("&amp;", '\u{fdd0}'),
    ("&lt;", '\u{fdd1}'),
    ("&gt;", '\u{fdd2}'),
    ("&quot;", '\u{fdd3}'),
    ("&#x27;", '\u{fdd4}'),
    ("&#39;", '\u{fdd5}'),
];

/// Whether the character has no place in a text, so that it can stand for something here.
fn is_veil(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}')
}

fn veiled(html: &str) -> String {
    let html = if html.contains(is_veil) { Cow::Owned(html.replace(is_veil, "\u{fffd}")) } else { Cow::Borrowed(html) };
    let mut out = String::with_capacity(html.len());
    let mut rest = html.as_ref();
    while let Some(at) = rest.find('&') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let known = VEILS.iter().find_map(|(reference, veil)| Some((veil, after.strip_prefix(reference)?)));
        rest = match known {
            Some((veil, after)) => {
                out.push(*veil);
                after
            }
            None => {
                out.push('\u{fdd0}');
                after.get(1..).unwrap_or_default()
            }
        };
    }
    out.push_str(rest);
    out
}

fn unveiled(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for c in html.chars() {
        match VEILS.iter().find(|(_, veil)| *veil == c) {
            Some((reference, _)) => out.push_str(reference),
            None => out.push(c),
        }
    }
    out
}

/// Brings HTML into NFC without touching its tags: a `>` and an overlay mark in the text after it, or
/// behind other marks, would melt into one character, and what follows would be read as attributes.
fn in_nfc(html: String) -> String {
    const OVERLAY: char = '\u{338}';
    if html.is_ascii() {
        return html;
    }
    let piece = |text: &str| {
        let text = kernel::text::nfc(text);
        text.strip_prefix(OVERLAY).map(|rest| format!("&#824;{rest}")).unwrap_or(text)
    };
    html.split('>').map(piece).collect::<Vec<_>>().join(">")
}

/// Footnotes with anchors that no other part of a page has.
fn with_notes(event: Event<'_>) -> Event<'_> {
    match event {
        Event::FootnoteReference(number) => {
            let html = format!("<sup class=\"footnote-reference\"><a href=\"#fn-{number}\">{number}</a></sup>");
            Event::InlineHtml(html.into())
        }
        Event::Start(Tag::FootnoteDefinition(number)) => {
            let label = format!("<sup class=\"footnote-definition-label\">{number}</sup>");
            Event::Html(format!("<div class=\"footnote-definition\" id=\"fn-{number}\">{label}\n").into())
        }
        Event::End(TagEnd::FootnoteDefinition) => Event::Html("</div>\n".into()),
        other => other,
    }
}

fn is_note(id: &str) -> bool {
    id.strip_prefix("fn-").is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}
