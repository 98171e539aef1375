//! Changes of whole provisions: where each is made, and that no two touch the same text.

use super::edit::Edit;
use super::index::{Entry, Index};
use super::printed::Source;
use crate::amendments::instruction::{Instruction, Operation, Part, Place, Unread};
use crate::amendments::reason::Reason;
use crate::node::{Kind, Node};
use std::collections::HashMap;

/// A change of a provision.
#[derive(Debug)]
pub(super) struct Change {
    pub edit: Edit,
    /// The provision as the result must have it.
    pub id: String,
    pub part: Part,
    pub attachment: Option<usize>,
    /// The provision that is changed, or that the new one becomes a part of.
    pub entry: Option<usize>,
    /// Whether all of the provision goes.
    pub whole: bool,
}

/// A new provision.
#[derive(Debug, Clone, Copy)]
pub(super) struct Added {
    pub attachment: Option<usize>,
    pub byte: usize,
    /// Its place among those at the same byte.
    pub order: usize,
    pub parent: Option<usize>,
}

/// What the changes of one amending act are planned with.
pub(super) struct Planner<'p> {
    pub base: &'p str,
    pub index: &'p Index<'p>,
    pub source: &'p Source<'p>,
    /// What parts paragraphs of the base text.
    pub gap: &'static str,
    /// New provisions by id: the attachment they are of, and where they come to stand.
    pub added: HashMap<String, Vec<Added>>,
    /// How many new provisions come to stand at a byte.
    pub counts: HashMap<usize, usize>,
}

impl<'p> Planner<'p> {
    pub fn new(base: &'p str, index: &'p Index<'p>, source: &'p Source<'p>, gap: &'static str) -> Self {
        Self { base, index, source, gap, added: HashMap::new(), counts: HashMap::new() }
    }

    /// The change that an instruction asks for; `None` where it changes phrases.
    pub fn plan(&mut self, at: usize, instruction: &Instruction) -> Result<Option<Change>, Reason> {
        match &instruction.operation {
            Operation::Replace { at: place } => self.replace(at, instruction, place).map(Some),
            Operation::Insert { at: place, position } => self.insert(at, instruction, (place, position)).map(Some),
            Operation::Repeal { at: place } => self.repeal(at, place).map(Some),
            Operation::Unclear { reason: Unread::NumberingDiffers, provisions } => {
                Err(Reason::NumberingDiffers { provision: provisions.first().cloned().unwrap_or_default() })
            }
            Operation::Unclear { reason: Unread::WordingNotFound, .. } => Err(Reason::WordingMissing),
            Operation::Unclear { reason, .. } => Err(Reason::Unclear { reason: *reason }),
            Operation::Substitute { .. } | Operation::Remove { .. } | Operation::Add { .. } => Ok(None),
        }
    }

    fn replace(&self, at: usize, instruction: &Instruction, place: &Place) -> Result<Change, Reason> {
        let id = place.provision.as_deref().unwrap_or_default();
        let found = self.index.find(place, id)?;
        let ambiguous = || Reason::TargetAmbiguous { provision: id.to_owned() };
        let entry = self.index.entry(found).ok_or_else(ambiguous)?;
        let span = match place.part {
            Part::Whole if entry.node.kind.groups_articles() => None,
            Part::Whole => self.index.extent(found),
            part => part_of(entry.node, part),
        };
        let span = span.ok_or_else(ambiguous)?;
        if place.part == Part::Whole && holds_others(entry.node) {
            return Err(ambiguous());
        }
        let (mut put, is_numbered) = self.wording(instruction)?;
        if !is_numbered {
            put.insert_str(0, &self.number(entry.node, span));
        }
        let (lead, tail) = self.lines_around(span);
        let order = (0, at);
        let edit = Edit { from: span.0, to: span.1, lead, put, tail, order, instruction: at };
        let whole = place.part == Part::Whole;
        Ok(Change { edit, id: entry.id.clone(), part: place.part, attachment: entry.attachment, entry: Some(found), whole })
    }

    fn repeal(&self, at: usize, place: &Place) -> Result<Change, Reason> {
        let id = place.provision.as_deref().unwrap_or_default();
        let found = self.index.find(place, id)?;
        let ambiguous = || Reason::TargetAmbiguous { provision: id.to_owned() };
        let entry = self.index.entry(found).ok_or_else(ambiguous)?;
        if holds_others(entry.node) || entry.node.kind.groups_articles() {
            return Err(ambiguous());
        }
        let put = self.repealed(entry.node).ok_or_else(ambiguous)?;
        let (from, to) = self.index.extent(found).ok_or_else(ambiguous)?;
        let (lead, tail) = self.lines_around((from, to));
        let edit = Edit { from, to, lead, put, tail, order: (0, at), instruction: at };
        Ok(Change {
            edit,
            id: entry.id.clone(),
            part: Part::Whole,
            attachment: entry.attachment,
            entry: Some(found),
            whole: true,
        })
    }
}

/// The stretch of a provision's part; `None` where the provision is not divided so that the part is certain.
fn part_of(node: &Node, part: Part) -> Option<(usize, usize)> {
    match part {
        Part::Whole => Some(node.span),
        Part::Heading => node.children.first().filter(|child| child.kind == Kind::Heading).map(|child| child.span),
        Part::Intro => {
            let mut intros = node.children.iter().filter(|child| child.kind == Kind::Intro);
            let first = intros.next()?;
            let divided = node.children.iter().any(|child| child.kind.is_provision());
            (intros.next().is_none() && divided).then_some(first.span)
        }
    }
}

/// Whether a point holds what may be points put after it: `a1)` inside `a)`.
fn holds_others(node: &Node) -> bool {
    let other = |child: &Node| {
        child.kind == Kind::Subpoint && child.num.as_deref().is_some_and(|num| !num.contains('.') && !num.starts_with('i'))
    };
    node.kind == Kind::Point && node.children.iter().any(other)
}

/// Tells which changes touch the same text: provisions that overlap, and new ones inside what goes as a whole.
pub(super) fn overlapping(changes: &[Change], index: &Index<'_>) -> Vec<usize> {
    let mut found = Vec::new();
    let mut spans: Vec<(usize, usize, usize)> = changes
        .iter()
        .filter(|change| change.edit.from < change.edit.to)
        .map(|change| (change.edit.from, change.edit.to, change.edit.instruction))
        .collect();
    spans.sort_unstable();
    let mut last: Option<(usize, usize)> = None;
    for (from, to, instruction) in spans {
        if let Some((end, other)) = last
            && from < end
        {
            found.extend([instruction, other]);
        }
        if last.is_none_or(|(end, _)| to > end) {
            last = Some((to, instruction));
        }
    }
    let whole: HashMap<usize, usize> = changes
        .iter()
        .filter(|change| change.whole)
        .filter_map(|change| Some((change.entry?, change.edit.instruction)))
        .collect();
    for change in changes.iter().filter(|change| change.edit.from == change.edit.to) {
        let mut above = change.entry;
        while let Some(at) = above {
            if let Some(other) = whole.get(&at) {
                found.extend([change.edit.instruction, *other]);
            }
            above = index.entry(at).and_then(|entry: &Entry<'_>| entry.parent);
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
