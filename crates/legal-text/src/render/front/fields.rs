//! Where the header fields are printed.

use super::super::paragraphs::{Flow, ranges};
use super::super::source::{Field, Mark, Marked, Source};
use super::keys::{Keys, key};
use crate::doc_type::DocType;
use crate::node::{Kind, Node};
use std::ops::Range;

/// Finds the header fields in the header, as marks.
pub(in super::super) fn fields(source: &Source<'_>) -> Vec<Marked> {
    let Some(header) = source.read.nodes.iter().find(|node| node.kind == Kind::Header) else { return Vec::new() };
    let keys = Keys::of(source, header.span.0..header.span.1);
    let read = &source.read.header;
    let mut marks = Vec::new();
    let mut mark = |field, at: Option<Range<usize>>| {
        marks.extend(at.filter(|at| !at.is_empty()).map(|at| Marked { at, mark: Mark::Field(field) }));
    };
    mark(Field::Number, read.number.as_deref().and_then(|number| keys.find(number, 0)));
    mark(Field::Date, read.issued_on.and_then(|_| keys.day(read.issued_on)));
    mark(Field::Authority, read.issuer.as_deref().and_then(|issuer| keys.find(issuer, 0)));
    let kind = type_line(source, &keys, header);
    mark(Field::Title, title(source, &keys, kind.as_ref()));
    mark(Field::Type, kind);
    marks
}

fn title(source: &Source<'_>, keys: &Keys, kind: Option<&Range<usize>>) -> Option<Range<usize>> {
    let title = source.read.header.title.as_deref()?;
    let after = kind.map_or(0, |kind| kind.end);
    keys.find(title, after).or_else(|| keys.find(title, 0))
}

/// The line that names the kind of document: it is nothing else, or begins with it.
fn type_line(source: &Source<'_>, keys: &Keys, header: &Node) -> Option<Range<usize>> {
    let name = DocType::by_slug(source.read.header.doc_type.as_deref()?)?.name;
    let key = key(name);
    let leaves = if header.is_leaf() { std::slice::from_ref(header) } else { header.children.as_slice() };
    let lines = || leaves.iter().flat_map(|leaf| ranges(source, leaf.span.0..leaf.span.1, Flow::Lines));
    let named = |exact: bool| {
        lines().find(|line| {
            let own = keys.inside(line);
            if exact { own == key } else { own.starts_with(&key) && source.slice(line).contains(char::is_whitespace) }
        })
    };
    let line = named(true).or_else(|| named(false))?;
    keys.find_in(name, &line)
}
