//! Citations: every reference a text makes, with its place, its target and what is done with it.

mod act;
mod citation;
mod effect;
mod finder;
mod laws;
mod numbers;
pub(crate) mod plain;
pub(crate) mod provisions;
mod relation;
pub(crate) mod rest;
mod scan;
mod signs;
mod statement;
mod target;
mod titled;
mod words;

pub use citation::Citation;
pub use laws::{Law, law_by_number, laws};
pub use relation::Relation;
pub use target::Target;

use crate::header::Header;
use crate::node::{Kind, Node};
use finder::Finder;

/// Finds the citations of a text whose header and structure are known.
pub(crate) fn citations(text: &str, header: &Header, nodes: &[Node]) -> Vec<Citation> {
    let act = Bounds::of(nodes);
    let mut finder = Finder::new(text, header);
    for node in nodes.iter().filter(|node| node.kind != Kind::Text || act.hold(node)) {
        finder.visit(node);
    }
    finder.found
}

/// Where the act begins and ends. Text beside it is none of its own: lists of related acts, a translation.
struct Bounds {
    start: usize,
    end: usize,
}

impl Bounds {
    fn of(nodes: &[Node]) -> Self {
        let header = nodes.iter().find(|node| node.kind == Kind::Header);
        let ends = |node: &&Node| matches!(node.kind, Kind::Signature | Kind::Recipients | Kind::Attachment);
        let end = nodes.iter().filter(ends).map(|node| node.span.1).min();
        Self { start: header.map_or(0, |header| header.span.0), end: end.unwrap_or(usize::MAX) }
    }

    fn hold(&self, node: &Node) -> bool {
        (self.start..self.end).contains(&node.span.0)
    }
}
