//! The structure of a document, found line by line.
//!
//! A walk over the lines says what begins where ([`event::Event`]); the tree follows from that, so that nothing of the
//! text can be lost: what begins nothing belongs to what began before it.

mod ahead;
mod anchors;
mod clauses;
mod event;
mod front;
mod glued;
mod groups;
mod headings;
pub(crate) mod marker;
pub(crate) mod number;
mod opening;
pub(crate) mod paragraphs;
mod points;
mod quotes;
mod sequence;
mod tables;
mod tail;
mod tree;
mod walk;

use crate::lines::Lines;
use crate::node::Node;

pub(crate) use tree::id_number;

/// Something about the structure that a reader should know.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// A stable word for programs.
    pub code: &'static str,
    /// The bytes of the text it is about.
    pub span: (usize, usize),
    /// A sentence for people.
    pub detail: String,
}

/// Where the parts of the front begin, as bytes of the text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Front {
    /// Where the header begins: after lists of related acts.
    pub header: usize,
    /// Where the preamble or the provisions begin.
    pub body: usize,
}

/// Finds the structure of a text.
pub(crate) fn structure(text: &str, front: Front) -> (Vec<Node>, Vec<Note>) {
    let lines = Lines::of(text);
    let cuts = glued::glued(&lines);
    let lines = lines.parted(&cuts);
    let (events, notes) = walk::Walk::over(text, &lines).run(front);
    (tree::build(text, events), notes)
}
