//! A text and what was read in it, as all representations see it.

use super::link::reference;
use super::{Link, pages};
use crate::node::{Kind, Node, walk};
use crate::parse::LegalText;
use std::ops::Range;

/// What is marked inside a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A citation with an address: which of [`Source::address`].
    Link(usize),
    /// A field of the header.
    Field(Field),
}

/// The header fields that a representation can mark where they are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Type,
    Number,
    Title,
    Date,
    Authority,
}

/// Bytes of the text with what they are marked as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    pub at: Range<usize>,
    pub mark: Mark,
}

/// A text that is to be represented.
pub(super) struct Source<'a> {
    pub text: &'a str,
    pub read: &'a LegalText,
    /// The numbers of pages, in order: they are left out.
    pages: Vec<Range<usize>>,
    /// Whether paragraphs run over several lines.
    pub wrapped: bool,
    /// Citations with an address, in order, none inside another.
    links: Vec<Marked>,
    addresses: Vec<String>,
    /// Header fields; they may hold citations.
    pub fields: Vec<Marked>,
}

impl<'a> Source<'a> {
    pub fn of(text: &'a str, read: &'a LegalText, link: &Link<'_>) -> Self {
        let wrapped = is_wrapped(text, &read.nodes);
        let mut source = Self {
            text,
            read,
            pages: if wrapped { pages::numbers(text, &read.nodes) } else { Vec::new() },
            wrapped,
            links: Vec::new(),
            addresses: Vec::new(),
            fields: Vec::new(),
        };
        source.link(link);
        source
    }

    /// A text without links.
    pub fn plain(text: &'a str, read: &'a LegalText) -> Self {
        Self::of(text, read, &|_| None)
    }

    fn link(&mut self, link: &Link<'_>) {
        let mut until = 0;
        for citation in &self.read.citations {
            let at = citation.span.0..citation.span.1;
            if at.start < until || at.is_empty() {
                continue;
            }
            if let Some(address) = link(citation).and_then(|address| reference(&address)) {
                until = at.end;
                self.links.push(Marked { at, mark: Mark::Link(self.addresses.len()) });
                self.addresses.push(address);
            }
        }
    }

    /// The address of a link.
    pub fn address(&self, link: usize) -> &str {
        self.addresses.get(link).map(String::as_str).unwrap_or_default()
    }

    /// What is marked in these bytes, outer marks before those inside them.
    pub fn marks(&self, range: &Range<usize>) -> Vec<Marked> {
        let first = self.links.partition_point(|link| link.at.end <= range.start);
        let links = self.links.iter().skip(first).take_while(|link| link.at.start < range.end);
        let fields = self.fields.iter().filter(|field| field.at.start < range.end && field.at.end > range.start);
        let mut marks: Vec<Marked> = fields.chain(links).cloned().collect();
        for marked in &mut marks {
            marked.at = marked.at.start.max(range.start)..marked.at.end.min(range.end);
        }
        marks.sort_by_key(|marked| (marked.at.start, std::cmp::Reverse(marked.at.end)));
        // One that begins inside another and ends outside it cannot be written.
        let mut open: Vec<usize> = Vec::new();
        marks.retain(|marked| {
            while open.last().is_some_and(|end| *end <= marked.at.start) {
                open.pop();
            }
            let fits = open.last().is_none_or(|end| marked.at.end <= *end);
            if fits {
                open.push(marked.at.end);
            }
            fits
        });
        marks
    }

    /// The page numbers in these bytes.
    pub fn pages(&self, range: &Range<usize>) -> &[Range<usize>] {
        let first = self.pages.partition_point(|page| page.end <= range.start);
        let last = self.pages.partition_point(|page| page.start < range.end);
        self.pages.get(first..last.max(first)).unwrap_or_default()
    }

    /// Whether a line is the number of a page.
    pub fn is_page(&self, line: &Range<usize>) -> bool {
        self.pages(line).first().is_some_and(|page| page.start <= line.start && page.end >= line.end)
    }

    pub fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }
}

/// Tells whether paragraphs run over several lines, by those that are long.
fn is_wrapped(text: &str, nodes: &[Node]) -> bool {
    let (mut long, mut broken) = (0usize, 0usize);
    for node in walk(nodes).filter(|node| node.is_leaf() && is_paragraph(node.kind)) {
        let own = node.text(text).trim_end();
        if own.len() > 160 {
            long += 1;
            broken += usize::from(own.contains('\n'));
        }
    }
    broken * 3 > long
}

fn is_paragraph(kind: Kind) -> bool {
    matches!(kind, Kind::Clause | Kind::Point | Kind::Subpoint | Kind::Intro | Kind::Item | Kind::Text)
}
