//! What a statement does, once its places are complete: `khoản 1, khoản 2 Điều 5` names two clauses of article 5.

use super::acts::Act;
use super::context::Context;
use super::naming::{Named, complete};
use super::read::{At, Beside, Change, Done, Draft};
use crate::amendments::instruction::{Operation, Part, Place, Position, Scope, Unread};
use crate::citations::provisions::{Context as Here, Level, Provision};

/// Gives the operations of a statement; fails where what stands above does not make its places complete.
pub(super) fn completed(named: Vec<Named<'_>>, done: Vec<Done>, above: &Context<'_>) -> Result<Vec<Draft>, Unread> {
    let mut provisions: Vec<Provision<'_>> = named.iter().map(|named| named.provision).collect();
    complete(&mut provisions);
    // `tên điều và khoản 1 Điều 206`
    for at in (0..provisions.len().saturating_sub(1)).rev() {
        let next = provisions.get(at + 1).and_then(|next| next.named(Level::Article));
        if let Some(next) = next
            && let Some(one) = provisions.get_mut(at).filter(|one| **one == Provision::default())
        {
            one.name(Level::Article, next);
        }
    }
    let acts = acts(&named, above)?;
    let places = Places { named: &named, provisions, acts, above };
    let mut drafts = Vec::new();
    for done in done {
        places.drafts(done, &mut drafts)?;
    }
    if drafts.is_empty() { Err(Unread::Words) } else { Ok(drafts) }
}

/// The act of each place: the one named after it. Where only some name an act and what stands above names another, it is
/// not said which is meant.
fn acts(named: &[Named<'_>], above: &Context<'_>) -> Result<Vec<Option<Act>>, Unread> {
    let mut acts: Vec<Option<Act>> = Vec::with_capacity(named.len());
    let mut next: Option<Act> = None;
    for place in named.iter().rev() {
        if place.act.is_some() {
            next.clone_from(&place.act);
        } else if let (Some(next), Some(above)) = (&next, &above.act)
            && next.target != above.target
        {
            return Err(Unread::PlaceNotSaid);
        }
        acts.push(next.clone());
    }
    acts.reverse();
    Ok(acts)
}

/// The places that a statement names, completed.
struct Places<'p> {
    named: &'p [Named<'p>],
    provisions: Vec<Provision<'p>>,
    acts: Vec<Option<Act>>,
    above: &'p Context<'p>,
}

impl Places<'_> {
    fn drafts(&self, done: Done, drafts: &mut Vec<Draft>) -> Result<(), Unread> {
        match done {
            Done::Replace(at) => {
                let place = self.place(at)?;
                self.is_worded(at, place.part == Part::Heading)?;
                drafts.push(Draft::of(Operation::Replace { at: place }, self.act(at)));
            }
            Done::Repeal(at) => {
                let place = self.place(at)?;
                self.is_worded(at, false)?;
                if place.part != Part::Whole {
                    return Err(Unread::Words);
                }
                drafts.push(Draft::of(Operation::Repeal { at: place }, self.act(at)));
            }
            Done::Insert(at, beside) => {
                let place = self.place(at)?;
                self.is_worded(at, true)?;
                if place.part != Part::Whole {
                    return Err(Unread::Words);
                }
                let position = self.position(beside)?;
                drafts.push(Draft::of(Operation::Insert { at: place, position }, self.act(at)));
            }
            Done::Phrase { at: At::Above, .. } if !self.above.phrases => return Err(Unread::PlaceNotSaid),
            Done::Phrase { at: At::Above, change } if self.above.places.is_empty() => {
                if !self.above.everywhere {
                    return Err(Unread::PlaceNotSaid);
                }
                let at = Place { provision: None, part: Part::Whole, scope: self.scope(None) };
                drafts.push(Draft::of(change.at(at), None));
            }
            Done::Phrase { at: At::Above, change } => {
                for place in &self.above.places {
                    let provision = Some(eid(place)?);
                    let at = Place { provision, part: Part::Whole, scope: self.scope(None) };
                    drafts.push(Draft::of(change.clone().at(at), None));
                }
            }
            Done::Phrase { at: At::Everywhere(act, scope), change } => {
                let scope = if scope == Scope::Unsaid { self.scope(act.as_ref()) } else { scope };
                drafts.push(Draft::of(change.at(Place { provision: None, part: Part::Whole, scope }), act));
            }
            Done::Appendix { number, act } => {
                let provision = Some(number.map_or("att".to_owned(), |number| format!("att_{number}")));
                let at = Place { provision, part: Part::Whole, scope: Scope::Unsaid };
                drafts.push(Draft { operation: Operation::Replace { at }, act, attached: true });
            }
            Done::Phrase { at: At::Place(at), change } => {
                drafts.push(Draft::of(change.at(self.place(at)?), self.act(at)));
            }
        }
        Ok(())
    }

    /// Fails for what is not replaced or ended as one: appendices, and chapters where `groups` does not allow them.
    fn is_worded(&self, at: usize, groups: bool) -> Result<(), Unread> {
        let Some(provision) = self.provisions.get(at) else { return Ok(()) };
        if provision.names(&[Level::Appendix]) {
            return Err(Unread::Appendix);
        }
        let grouped = provision.names(&[Level::Chapter, Level::Section]);
        let inner = provision.names(&[Level::Article, Level::Clause, Level::Point]);
        if grouped && !inner && !groups { Err(Unread::Group) } else { Ok(()) }
    }

    fn act(&self, at: usize) -> Option<Act> {
        self.acts.get(at).cloned().flatten()
    }

    fn provision(&self, at: usize) -> Result<String, Unread> {
        let mut provision = self.provisions.get(at).copied().ok_or(Unread::PlaceNotSaid)?;
        self.above.complete(&mut provision)?;
        eid(&provision)
    }

    fn place(&self, at: usize) -> Result<Place, Unread> {
        let named = self.named.get(at).ok_or(Unread::PlaceNotSaid)?;
        let scope = if named.scope == Scope::Unsaid { self.scope(self.act(at).as_ref()) } else { named.scope };
        Ok(Place { provision: Some(self.provision(at)?), part: named.part, scope })
    }

    /// Whether provisions of the act or of what was issued with it are meant.
    fn scope(&self, act: Option<&Act>) -> Scope {
        match act.or(self.above.act.as_ref()) {
            Some(act) if act.attached => Scope::Attachment,
            _ => Scope::Unsaid,
        }
    }

    fn position(&self, beside: Beside) -> Result<Position, Unread> {
        let group = |group: Option<usize>| group.and_then(|at| self.provisions.get(at)).map(eid).transpose();
        Ok(match beside {
            Beside::Nothing => Position::InOrder,
            Beside::After(at, among) => Position::After { provision: self.provision(at)?, group: group(among)? },
            Beside::Before(at, among) => Position::Before { provision: self.provision(at)?, group: group(among)? },
        })
    }
}

impl Change {
    fn at(self, at: Place) -> Operation {
        match self {
            Self::Substitute(phrase, by) => Operation::Substitute { at, phrase, by },
            Self::Remove(phrase) => Operation::Remove { at, phrase },
            Self::Add(phrase, beside, side) => Operation::Add { at, phrase, beside, side },
        }
    }
}

fn eid(provision: &Provision<'_>) -> Result<String, Unread> {
    provision.eid(&Here::default()).ok_or(Unread::PlaceNotSaid)
}
