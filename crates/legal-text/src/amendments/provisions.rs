//! Changes of whole provisions: where each is made, and that no two touch the same text.

use super::edit::Edit;
use super::index::{Entry, Index, Number};
use super::instruction::{Instruction, Operation, Part, Place, Position, Unread};
use super::printed::Source;
use super::reason::Reason;
use super::wording::{Expected, Rank, agrees};
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
    entry: Option<usize>,
    /// Whether all of the provision goes.
    whole: bool,
}

/// A new provision.
#[derive(Debug, Clone, Copy)]
struct Added {
    attachment: Option<usize>,
    byte: usize,
    /// Its place among those at the same byte.
    order: usize,
    parent: Option<usize>,
}

/// What the changes of one amending act are planned with.
pub(super) struct Planner<'p> {
    pub base: &'p str,
    pub index: &'p Index<'p>,
    pub source: &'p Source<'p>,
    /// What parts paragraphs of the base text.
    pub gap: &'static str,
    /// New provisions by id: the attachment they are of, and where they come to stand.
    added: HashMap<String, Vec<Added>>,
    /// How many new provisions come to stand at a byte.
    counts: HashMap<usize, usize>,
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
        Ok(Change { edit, id: entry.id.clone(), part: Part::Whole, attachment: entry.attachment, entry: Some(found), whole: true })
    }

    fn insert(
        &mut self,
        at: usize,
        instruction: &Instruction,
        (place, position): (&Place, &Position),
    ) -> Result<Change, Reason> {
        let id = place.provision.as_deref().unwrap_or_default();
        let provision = || id.to_owned();
        if self.index.has(place, id) {
            return Err(Reason::AlreadyThere { provision: provision() });
        }
        let (put, is_numbered) = self.wording(instruction)?;
        if !is_numbered {
            return Err(Reason::NumberingDiffers { provision: provision() });
        }
        let spot = self.spot(place, id, position)?;
        let Spot { byte, before, order, parent, attachment } = spot;
        let added = self.added.entry(provision()).or_default();
        if added.iter().any(|other| other.attachment == attachment) {
            return Err(Reason::Overlaps);
        }
        added.push(Added { attachment, byte, order, parent });
        *self.counts.entry(byte).or_default() += 1;
        let depth = id.matches("__").count();
        // At the end of a clause its last point ends too: what becomes a part of the clause comes before the next clause.
        let rank = if before { 100 + depth } else { 50 - depth.min(50) };
        let (lead, tail) = self.lines_around((byte, byte));
        let gap = self.gap.to_owned();
        let (lead, tail) = if before { (lead, gap) } else { (gap, tail) };
        let edit = Edit { from: byte, to: byte, lead, put, tail, order: (rank, order), instruction: at };
        Ok(Change { edit, id: provision(), part: Part::Whole, attachment, entry: parent, whole: false })
    }

    /// Where a new provision comes to stand.
    fn spot(&self, place: &Place, id: &str, position: &Position) -> Result<Spot, Reason> {
        let (parent, own) = split(id);
        let ambiguous = || Reason::TargetAmbiguous { provision: id.to_owned() };
        let num = number_of(own);
        let (anchor, group, before) = match position {
            Position::InOrder => {
                let kind = kind_of(own).ok_or_else(ambiguous)?;
                return self.in_order(place, id, (parent, kind, &num));
            }
            Position::After { provision, group } => (provision, group, false),
            Position::Before { provision, group } => (provision, group, true),
        };
        let token = |id: &str| split(id).1.split('_').next().map(str::to_owned);
        if split(anchor).0 != parent || token(anchor) != token(id) {
            return Err(ambiguous());
        }
        match self.index.find(place, anchor) {
            Ok(found) => {
                let entry = self.index.entry(found).ok_or_else(ambiguous)?;
                if group.as_ref().is_some_and(|group| !entry.groups.contains(group)) {
                    return Err(ambiguous());
                }
                let kind = entry.node.kind;
                let own = Number::read(&num, kind);
                let after = entry.after.and_then(|after| self.index.entry(after)).map(|after| Number::of(after.node));
                let fits = Number::of(entry.node).is_before(own) && after.is_none_or(|after| own.is_before(after));
                if !before && !kind.groups_articles() && !fits {
                    return Err(Reason::NumberingDiffers { provision: id.to_owned() });
                }
                let (from, to) = self.index.extent(found).ok_or_else(ambiguous)?;
                let byte = if before { from } else { to };
                let order = self.order_at(byte);
                Ok(Spot { byte, before, order, parent: entry.parent, attachment: entry.attachment })
            }
            // The provision it is put after may itself be new.
            Err(reason) => self.beside_new(place, anchor, before).ok_or(reason),
        }
    }

    fn beside_new(&self, place: &Place, anchor: &str, before: bool) -> Option<Spot> {
        if before || self.index.has(place, anchor) {
            return None;
        }
        let [added] = self.added.get(anchor)?.as_slice() else { return None };
        let Added { attachment, byte, order, parent } = *added;
        // Only the one that was added last at its byte can be followed.
        (self.order_at(byte) == order + 1).then_some(Spot { byte, before: false, order: order + 1, parent, attachment })
    }

    fn in_order(&self, place: &Place, id: &str, (parent, kind, num): (Option<&str>, Kind, &str)) -> Result<Spot, Reason> {
        let ambiguous = || Reason::TargetAmbiguous { provision: id.to_owned() };
        let holder = match parent {
            Some(parent) => Some(self.index.find(place, parent)?),
            None => None,
        };
        let Some(found) = self.index.predecessor(place, parent, (kind, num)) else {
            // `khoản 17 và khoản 18 vào Điều 3`: the one before it is new too.
            let mut before = self.index.before(parent, (kind, num)).into_iter();
            return before.find_map(|id| self.beside_new(place, &id, false)).ok_or_else(ambiguous);
        };
        let entry = self.index.entry(found).ok_or_else(ambiguous)?;
        if entry.parent != holder {
            return Err(ambiguous());
        }
        // Between two chapters it could be of either.
        let after = entry.after.and_then(|after| self.index.entry(after));
        if kind == Kind::Article && after.is_some_and(|after| after.groups != entry.groups) {
            return Err(ambiguous());
        }
        let (_, byte) = self.index.extent(found).ok_or_else(ambiguous)?;
        Ok(Spot { byte, before: false, order: self.order_at(byte), parent: entry.parent, attachment: entry.attachment })
    }

    /// How many provisions have been added at a byte.
    fn order_at(&self, byte: usize) -> usize {
        self.counts.get(&byte).copied().unwrap_or(0)
    }

    /// The new wording as it is printed, and whether it has its own number.
    fn wording(&self, instruction: &Instruction) -> Result<(String, bool), Reason> {
        let span = instruction.wording.filter(|(from, to)| from < to).ok_or(Reason::WordingMissing)?;
        let provision = instruction.provisions().next().unwrap_or_default().to_owned();
        let differs = || Reason::NumberingDiffers { provision: provision.clone() };
        let expected = Expected::of(&instruction.operation).ok_or_else(differs)?;
        let is_numbered = agrees(self.source.text(), span, &expected).ok_or_else(differs)?;
        let printed = self.source.printed(span, self.gap);
        if expected.rank == Rank::Article && expected.part == Part::Whole && printed.trim().is_empty() {
            return Err(Reason::WordingMissing);
        }
        Ok((printed, is_numbered))
    }

    /// The number that a wording without one takes over: `3. `, `b) `, `Điều 5. `.
    fn number(&self, node: &Node, span: (usize, usize)) -> String {
        let text = self.base.get(span.0..span.1).unwrap_or_default();
        let bare = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '>'));
        let num = node.num.as_deref().unwrap_or_default();
        let opens = span.0 == node.span.0;
        match node.kind {
            _ if !opens => String::new(),
            Kind::Article => format!("Điều {num}. "),
            Kind::Clause | Kind::Point | Kind::Subpoint => {
                let after = bare.strip_prefix(num).unwrap_or_default();
                let mark = after.chars().next().filter(|c| matches!(c, '.' | ')' | '/'));
                format!("{num}{} ", mark.unwrap_or(if node.kind == Kind::Clause { '.' } else { ')' }))
            }
            _ => String::new(),
        }
    }

    /// What stands for a repealed provision: its number, and that it was repealed (Pháp lệnh 01/2012/UBTVQH13, Điều 16).
    fn repealed(&self, node: &Node) -> Option<String> {
        let text = node.text(self.base);
        let num = node.num.as_deref()?;
        let bare = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '#' | '>'));
        let bold = text.starts_with("**");
        let end = text.trim_end_matches(['*', ' ']).chars().next_back().filter(|c| matches!(c, '.' | ';'));
        Some(match node.kind {
            Kind::Article if bold => format!("**Điều {num}. (được bãi bỏ)**"),
            Kind::Article => format!("Điều {num}. (được bãi bỏ)"),
            Kind::Clause | Kind::Point | Kind::Subpoint => {
                let mark = bare.strip_prefix(num)?.chars().next().filter(|c| matches!(c, '.' | ')' | '/'))?;
                let end = end.unwrap_or(if node.kind == Kind::Clause { '.' } else { ';' });
                format!("{num}{mark} (được bãi bỏ){end}")
            }
            _ => return None,
        })
    }

    /// Line breaks that a stretch needs around it where the base text has run provisions into one line.
    fn lines_around(&self, (from, to): (usize, usize)) -> (String, String) {
        let before = self.base.get(..from).unwrap_or_default().trim_end_matches([' ', '\t', '\u{a0}']);
        let after = self.base.get(to..).unwrap_or_default().trim_start_matches([' ', '\t', '\u{a0}']);
        let lead = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
        let tail = if after.is_empty() || after.starts_with(['\n', '\r']) { "" } else { "\n" };
        (lead.to_owned(), tail.to_owned())
    }
}

/// Where a new provision comes to stand.
struct Spot {
    byte: usize,
    /// Whether it comes before what begins there.
    before: bool,
    order: usize,
    parent: Option<usize>,
    attachment: Option<usize>,
}

/// The id of what a provision is a part of, and its own last level.
fn split(id: &str) -> (Option<&str>, &str) {
    match id.rsplit_once("__") {
        Some((parent, own)) => (Some(parent), own),
        None => (None, id),
    }
}

/// The number of the last level of an id as it is printed.
fn number_of(own: &str) -> String {
    match own.split_once('_') {
        // The id of point l looks like a figure.
        Some(("point", "1")) => "l".to_owned(),
        Some((_, number)) => number.replace("dd", "đ"),
        None => String::new(),
    }
}

fn kind_of(own: &str) -> Option<Kind> {
    match own.split_once('_')?.0 {
        "art" => Some(Kind::Article),
        "para" => Some(Kind::Clause),
        "point" => Some(Kind::Point),
        _ => None,
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
