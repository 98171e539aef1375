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
    let clean = SANITISER.clean(&raw).to_string();
    // Under NFC these would melt into one character that is no `<` or `>` any more.
    clean.replace(">\u{338}", ">&#824;").replace("<\u{338}", "&lt;&#824;")
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
