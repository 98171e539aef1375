//! The table of contents as links.

use super::super::toc::{Entry, toc};
use crate::node::{Kind, Node};
use maud::{Markup, html};

/// Only what has a heading, or a number that stands for one.
pub(super) fn nav(nodes: &[Node]) -> Markup {
    let entries = toc(nodes);
    if !entries.iter().any(is_listed) {
        return html! {};
    }
    html! {
        nav.legal-toc aria-label="Mục lục" {
            details open {
                summary { "Mục lục" }
                (list(&entries))
            }
        }
    }
}

fn list(entries: &[Entry]) -> Markup {
    html! {
        @if entries.iter().any(is_listed) {
            ol {
                @for entry in entries.iter().filter(|entry| is_listed(entry)) {
                    li { a href={ "#" (entry.eid) } { (label(entry)) } (list(&entry.children)) }
                }
            }
        }
    }
}

fn is_listed(entry: &Entry) -> bool {
    match entry.kind {
        Kind::Clause | Kind::Point | Kind::Subpoint => false,
        Kind::Article => true,
        _ => [&entry.heading, &entry.num].into_iter().flatten().any(|words| !words.trim().is_empty()),
    }
}

/// `Chương II. QUY ĐỊNH CHUNG`
fn label(entry: &Entry) -> String {
    let figures = entry.num.as_deref().is_some_and(|num| num.starts_with(|c: char| c.is_ascii_digit()));
    let word = match entry.kind {
        // `I.` and `A.` are printed without a word.
        Kind::Part | Kind::Section if !figures => "",
        Kind::Part => "Phần",
        Kind::Chapter => "Chương",
        Kind::Section => "Mục",
        Kind::Subsection => "Tiểu mục",
        Kind::Article => "Điều",
        Kind::Appendix => "Phụ lục",
        Kind::Form => "Mẫu",
        _ => "",
    };
    let heading = entry.heading.as_deref().unwrap_or_default();
    let heading = heading.trim();
    match &entry.num {
        // The heading of an appendix has its number in it.
        Some(_) if !heading.is_empty() && !entry.kind.is_provision() => heading.to_owned(),
        Some(num) if heading.is_empty() => format!("{word} {num}").trim().to_owned(),
        Some(num) => format!("{word} {num}. {heading}").trim().to_owned(),
        None if heading.is_empty() => word.to_owned(),
        None => heading.to_owned(),
    }
}
