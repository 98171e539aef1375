//! Events of Markdown as plain text, one paragraph per line.

use super::{allowed, entities};
use kernel::text;
use pulldown_cmark::{Event, Tag, TagEnd};

/// The plain text of settled events, in NFC.
pub(super) fn text(events: &[Event<'_>]) -> String {
    let mut out = String::new();
    for event in events {
        match event {
            Event::Text(text) => push(text, &mut out),
            Event::Code(text) => push(text, &mut out),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => out.push(' '),
            Event::Html(html) | Event::InlineHtml(html) => of_html(html, &mut out),
            Event::Start(tag) if is_block(tag) => out.push('\n'),
            Event::End(tag) if is_block_end(*tag) => out.push('\n'),
            Event::Rule => out.push('\n'),
            _ => {}
        }
    }
    let lines: Vec<String> = out.lines().map(text::one_line).filter(|line| !line.is_empty()).collect();
    text::nfc(lines.join("\n"))
}

/// Text of one paragraph: its line ends are white space.
fn push(text: &str, out: &mut String) {
    out.extend(text.chars().map(|c| if is_line_end(c) { ' ' } else { c }));
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The text of HTML that this crate has written: a `>` only ends a tag.
fn of_html(html: &str, out: &mut String) {
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        push(&entities::decoded(before), out);
        let (tag, tail) = after.split_once('>').unwrap_or((after, ""));
        let name = tag.trim_start_matches('/');
        let name = name.split_once(' ').map_or(name, |(name, _)| name);
        match name {
            "br" | "td" | "th" => out.push(' '),
            "img" => push(&alternative(tag), out),
            name if allowed::holds_blocks(name) => out.push('\n'),
            _ => {}
        }
        rest = tail;
    }
    push(&entities::decoded(rest), out);
}

/// The text that stands for a picture.
fn alternative(tag: &str) -> String {
    let value = tag.split_once(" alt=\"").and_then(|(_, rest)| rest.split_once('"'));
    value.map(|(value, _)| entities::decoded(value)).unwrap_or_default()
}

fn is_block(tag: &Tag<'_>) -> bool {
    let inline =
        matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } | Tag::TableCell);
    !inline
}

fn is_block_end(tag: TagEnd) -> bool {
    let inline = matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image | TagEnd::TableCell
    );
    !inline
}
