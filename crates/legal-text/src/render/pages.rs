//! The numbers that pages were printed with, where a conversion has left them between the lines.

use crate::lines::Lines;
use crate::node::{Kind, Node, walk};
use std::ops::Range;

/// A page is longer than this, in bytes.
const SHORTEST_PAGE: usize = 400;
/// Beside the number of a page stands a line of text, not the cell of a table.
const SHORTEST_LINE: usize = 30;
/// How many pages may be without a number between two that have one.
const MISSING: u32 = 2;
/// How many other figures may stand between the numbers of two pages.
const BETWEEN: usize = 40;

struct Candidate {
    at: Range<usize>,
    number: u32,
    /// Whether a line of text stands beside it.
    beside_text: bool,
    /// Whether blank lines stand around it.
    apart: bool,
}

/// The lines of `text` that are page numbers: figures alone on a line, each one more than the last and a page apart.
///
/// Only a text whose lines are wrapped comes from pages.
pub(super) fn numbers(text: &str, nodes: &[Node]) -> Vec<Range<usize>> {
    let found = candidates(text, nodes);
    let mut pages: Vec<Range<usize>> = Vec::new();
    let mut last: Option<(u32, usize)> = None;
    for (index, candidate) in found.iter().enumerate() {
        let follows = last.is_some_and(|last| follows(last, candidate));
        if follows || begins(&found, index, last.is_none()) {
            last = Some((candidate.number, candidate.at.end));
            pages.push(candidate.at.clone());
        }
    }
    pages
}

/// Whether a number is the first one of some pages: the next page has one too, or it is the second page of the text.
fn begins(found: &[Candidate], index: usize, first: bool) -> bool {
    let Some(this) = found.get(index).filter(|this| matches!(this.number, 1 | 2)) else { return false };
    let second = first && this.number == 2 && this.at.start >= SHORTEST_PAGE && this.beside_text;
    second || ((this.beside_text || this.apart) && leads_on(found, index))
}

/// Whether a number goes on counting pages after the last one, which ends at a byte.
fn follows((number, end): (u32, usize), next: &Candidate) -> bool {
    let pages = next.number.saturating_sub(number);
    let distance = next.at.start.saturating_sub(end);
    (1..=MISSING + 1).contains(&pages) && distance / SHORTEST_PAGE >= pages as usize && (next.beside_text || next.apart)
}

fn is_apart(end: usize, next: &Candidate) -> bool {
    next.at.start >= end + SHORTEST_PAGE
}

/// Whether the number of the page after this one comes.
fn leads_on(found: &[Candidate], index: usize) -> bool {
    let Some(this) = found.get(index) else { return false };
    found.iter().skip(index + 1).take(BETWEEN).any(|next| next.number == this.number + 1 && is_apart(this.at.end, next))
}

fn candidates(text: &str, nodes: &[Node]) -> Vec<Candidate> {
    let lines = Lines::of(text);
    let mut tables = walk(nodes).filter(|node| node.kind == Kind::Table).map(|node| node.span.0..node.span.1).peekable();
    let mut found = Vec::new();
    for at in 0..lines.len() {
        let Some(line) = lines.get(at).filter(|_| lines.is_page_number(at)) else { continue };
        while tables.next_if(|table| table.end <= line.start).is_some() {}
        let in_table = tables.peek().is_some_and(|table| table.contains(&line.start));
        let cells = at.checked_sub(1).is_some_and(|before| lines.whole(before).contains('|'));
        let long = |at: usize| lines.bare(at).chars().count() >= SHORTEST_LINE;
        let beside_text = at.checked_sub(1).is_some_and(long) || long(at + 1);
        let apart = lines.get(at + 1).is_none_or(|next| next.gap);
        if in_table || cells {
            continue;
        }
        if let Ok(number) = lines.bare(at).parse() {
            found.push(Candidate { at: line.start..line.end, number, beside_text, apart });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn page(words: usize) -> String {
        "Văn bản này có nhiều chữ trên một dòng dài. ".repeat(words)
    }

    fn found(text: &str) -> Vec<&str> {
        numbers(text, &[]).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn numbers_that_count_pages_are_found() {
        let text = format!("{}\n\n2 \n \n{}\n\n3 \n \n{}\n\n9 \n \n{}", page(20), page(20), page(20), page(20));
        assert_eq!(found(&text), ["2", "3"]);
    }

    #[test]
    fn figures_of_a_table_are_no_pages() {
        let text = format!("{}\n\n1\n\n5\n\n2\n\n10\n\n3\n\n15\n\n{}", page(20), page(20));
        assert!(found(&text).is_empty(), "{:?}", found(&text));
        let text = format!("{}\n|\n2\n|\n{}", page(20), page(20));
        assert!(found(&text).is_empty(), "{:?}", found(&text));
    }
}
