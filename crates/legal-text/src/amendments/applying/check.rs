//! Looks at the new text: each changed provision must be read where it was put, and everything else as before.

use super::edit::Edited;
use super::index::Index;
use super::provisions::Change;
use crate::amendments::instruction::Part;
use crate::node::{Kind, Node};
use std::collections::HashMap;

/// The instructions after whose changes the text does not read as it should.
pub(super) fn check(old: &Index<'_>, (changed, new): (&Edited, &Index<'_>), changes: &[Change]) -> Vec<usize> {
    // Of each instruction that changes a provision there is one change.
    let put: HashMap<usize, (usize, usize)> = changed.places.iter().map(|(edit, span)| (edit.instruction, *span)).collect();
    let starts: Vec<usize> = new.entries.iter().map(|entry| entry.node.span.0).collect();
    let mut lost = Vec::new();
    let mut other = Vec::new();
    for change in changes {
        let Some(span) = put.get(&change.edit.instruction) else { continue };
        match read(new, &starts, change, *span) {
            Read::There => {}
            Read::Lost => lost.push(change.edit.instruction),
            Read::Otherwise => other.push(change.edit.instruction),
        }
    }
    // What is not read at all may be why others are read otherwise.
    let wrong = if lost.is_empty() { other } else { lost };
    if wrong.is_empty() { strayed(old, changed, new).into_iter().collect() } else { wrong }
}

enum Read {
    There,
    Lost,
    Otherwise,
}

/// How the provision of a change is read in the new text, where its text was put.
fn read(new: &Index<'_>, starts: &[usize], change: &Change, put: (usize, usize)) -> Read {
    let mut found = new.named(&change.id, change.attachment);
    let (Some(entry), None) = (found.next(), found.next()) else { return Read::Lost };
    let node = entry.node;
    let span = match change.part {
        Part::Whole => Some(node.span),
        Part::Heading => node.children.first().filter(|child| child.kind == Kind::Heading).map(|child| child.span),
        Part::Intro => node.children.iter().find(|child| child.kind == Kind::Intro).map(|child| child.span),
    };
    let Some((from, to)) = span else { return Read::Otherwise };
    if from != put.0 {
        return Read::Lost;
    }
    // `g1)` that was put after `g)` is read below it.
    let below = |child: &Node| child.kind == Kind::Subpoint && child.num.as_deref().is_some_and(|num| !num.contains('.'));
    let is_point = matches!(node.kind, Kind::Point | Kind::Subpoint) && change.part == Part::Whole;
    let holds_next = is_point && to > put.1 && node.children.iter().filter(|child| child.span.0 >= put.1).all(below);
    // Further paragraphs of a point are read as paragraphs of the clause.
    let next = starts.partition_point(|start| *start < to);
    let parted = is_point && to < put.1 && starts.get(next).is_none_or(|start| *start >= put.1);
    if to == put.1 || holds_next || parted { Read::There } else { Read::Otherwise }
}

/// The instruction nearest to the first provision that is read otherwise than before, outside the changes.
fn strayed(old: &Index<'_>, changed: &Edited, new: &Index<'_>) -> Option<usize> {
    let mut before = old.entries.iter().filter_map(|entry| Some((entry.id.as_str(), changed.place(entry.node.span.0)?)));
    let mut after = new.entries.iter().map(|entry| (entry.id.as_str(), entry.node.span.0)).filter(|(_, at)| !changed.is_new(*at));
    loop {
        match (before.next(), after.next()) {
            (None, None) => return None,
            (old, new) if old == new => {}
            (old, new) => {
                let at = old.into_iter().chain(new).map(|(_, at)| at).min().unwrap_or_default();
                return changed.nearest(at);
            }
        }
    }
}

/// The id in the new text of the provision that a change was made at.
pub(super) fn eid_of(new: &Index<'_>, change: &Change) -> Option<String> {
    new.named(&change.id, change.attachment).next().map(|entry| entry.node.eid.clone())
}

/// The innermost provision at any byte of a text.
pub(super) struct Innermost {
    /// Where each leaf begins, with the id of the provision it is of.
    leaves: Vec<(usize, String)>,
}

impl Innermost {
    pub fn of(nodes: &[Node]) -> Self {
        let mut leaves = Vec::new();
        for node in nodes {
            enter(node, &node.eid, &mut leaves);
        }
        Self { leaves }
    }

    pub fn at(&self, byte: usize) -> Option<String> {
        let after = self.leaves.partition_point(|(start, _)| *start <= byte);
        after.checked_sub(1).and_then(|at| self.leaves.get(at)).map(|(_, eid)| eid.clone())
    }
}

fn enter(node: &Node, eid: &str, leaves: &mut Vec<(usize, String)>) {
    let own = if node.kind.is_provision() || matches!(node.kind, Kind::Attachment | Kind::Appendix) { &node.eid } else { eid };
    if node.is_leaf() {
        leaves.push((node.span.0, own.to_owned()));
    }
    for child in &node.children {
        enter(child, own, leaves);
    }
}
