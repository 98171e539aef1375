//! Where a new provision comes to stand.

use super::edit::Edit;
use super::number::Number;
use super::provisions::{Added, Change, Planner};
use crate::amendments::instruction::{Instruction, Part, Place, Position};
use crate::amendments::reason::Reason;
use crate::node::Kind;

impl Planner<'_> {
    pub(super) fn insert(
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
