//! The heading of an attachment.

use super::super::clean::Prose;
use super::super::paragraphs::{Flow, ranges};
use super::super::source::Source;
use super::Role;
use crate::doc_type::DocType;
use crate::node::{Kind, Node};
use std::ops::Range;

/// What an attachment is, by the first words of its heading: `quy-che`, `phu-luc`; `text` for what is none.
pub(in super::super) fn kind_of_attachment(node: &Node) -> &'static str {
    match node.kind {
        Kind::Attachment => {
            let heading = node.heading.as_deref().unwrap_or_default();
            DocType::at_start(heading).map_or("quy-che", |(kind, _)| kind.slug)
        }
        Kind::Appendix => "phu-luc",
        _ => "text",
    }
}

/// The heading of an attachment: what it is, its title, and the statement what it was issued with.
pub(in super::super) fn heading_of_attachment(source: &Source<'_>, heading: &Node) -> Vec<(Role, Prose)> {
    let mut parts: Vec<(Role, Range<usize>)> = Vec::new();
    for line in ranges(source, heading.span.0..heading.span.1, Flow::Lines) {
        let prose = Prose::of(source, line.clone());
        let states = prose.text.starts_with('(') || parts.last().is_some_and(|(role, _)| *role == Role::Other);
        let role = match parts.last() {
            _ if states => Role::Other,
            None if is_designation(&prose.text) => Role::Type,
            _ => Role::Title,
        };
        match parts.last_mut() {
            Some((last, range)) if *last == role && role != Role::Type && !prose.is_rule() => range.end = line.end,
            _ => parts.push((role, line)),
        }
    }
    parts.into_iter().map(|(role, range)| (role, Prose::of(source, range))).collect()
}

/// A line that says what an attachment is and no more: `QUY CHẾ`, `PHỤ LỤC II`.
fn is_designation(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let lower = crate::lower(line);
    let named = ["phụ lục", "danh mục", "biểu", "mẫu"].iter().any(|word| lower.starts_with(word));
    words <= 4 && (named || DocType::by_heading(line).is_some())
}
