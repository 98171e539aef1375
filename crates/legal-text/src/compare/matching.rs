//! Which provision of one version is which of the other.

use super::unit::Unit;
use crate::node::Kind;
use std::collections::{HashMap, VecDeque};

/// Provisions that stand beside each other in the two versions.
pub(super) enum Pair<'u> {
    Both(&'u Unit, &'u Unit),
    Old(&'u Unit),
    New(&'u Unit),
}

/// From this likeness on a provision with the same id is the same.
const LIKE_BY_ID: f64 = 0.3;
/// From this likeness on a provision with another id is the same.
const LIKE: f64 = 0.45;
/// A run of words that more provisions have tells nothing.
const COMMON: usize = 16;

/// Matches the provisions of two versions, in the order of the new one; what was removed stands after what it followed.
pub(super) fn pairs<'u>(old: &'u [Unit], new: &'u [Unit]) -> Vec<Pair<'u>> {
    let mut matches = Matches { old, new, of_old: vec![None; old.len()], of_new: vec![None; new.len()] };
    matches.by_id(|old, new| old.words == new.words && same_below(old, new));
    matches.by_words();
    matches.by_id(|old, new| old.sketch.likeness(&new.sketch) >= LIKE_BY_ID);
    matches.by_likeness();
    matches.by_id(|_, _| true);
    matches.in_order()
}

fn same_below(old: &Unit, new: &Unit) -> bool {
    old.sketch == new.sketch
}

struct Matches<'u> {
    old: &'u [Unit],
    new: &'u [Unit],
    of_old: Vec<Option<usize>>,
    of_new: Vec<Option<usize>>,
}

impl<'u> Matches<'u> {
    fn join(&mut self, old: usize, new: usize) {
        if let (Some(of_old), Some(of_new)) = (self.of_old.get_mut(old), self.of_new.get_mut(new)) {
            *of_old = Some(new);
            *of_new = Some(old);
        }
    }

    fn open_old(&self) -> impl Iterator<Item = (usize, &'u Unit)> {
        self.old.iter().enumerate().zip(&self.of_old).filter(|(_, of)| of.is_none()).map(|(unit, _)| unit)
    }

    fn open_new(&self) -> impl Iterator<Item = (usize, &'u Unit)> {
        self.new.iter().enumerate().zip(&self.of_new).filter(|(_, of)| of.is_none()).map(|(unit, _)| unit)
    }

    /// Joins what has the same id, as far as it is `alike`; of several with one id each with the next.
    fn by_id(&mut self, alike: impl Fn(&Unit, &Unit) -> bool) {
        let mut ids: HashMap<(Kind, &str), VecDeque<(usize, &Unit)>> = HashMap::new();
        for (at, unit) in self.open_old() {
            ids.entry((unit.kind, unit.key.as_str())).or_default().push_back((at, unit));
        }
        let found: Vec<(usize, usize)> = self
            .open_new()
            .filter_map(|(at, unit)| {
                let waiting = ids.get_mut(&(unit.kind, unit.key.as_str()))?;
                let (old_at, old) = *waiting.front()?;
                alike(old, unit).then(|| {
                    waiting.pop_front();
                    (old_at, at)
                })
            })
            .collect();
        for (old, new) in found {
            self.join(old, new);
        }
    }

    /// Joins what has the same words, one after the other where several have them.
    fn by_words(&mut self) {
        let mut known: HashMap<(Kind, String), Vec<usize>> = HashMap::new();
        for (at, unit) in self.open_old() {
            known.entry((unit.kind, unit.all_words())).or_default().push(at);
        }
        for list in known.values_mut() {
            list.reverse();
        }
        let mut found = Vec::new();
        for (at, unit) in self.open_new().filter(|(_, unit)| !unit.words.is_empty() || !unit.below.is_empty()) {
            if let Some(old) = known.get_mut(&(unit.kind, unit.all_words())).and_then(Vec::pop) {
                found.push((old, at));
            }
        }
        for (old, new) in found {
            self.join(old, new);
        }
    }

    /// Joins each new provision with the old one that is most like it.
    fn by_likeness(&mut self) {
        let mut index: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, unit) in self.open_old() {
            for hash in unit.sketch.hashes() {
                index.entry(*hash).or_default().push(at);
            }
        }
        let open: Vec<(usize, &Unit)> = self.open_new().collect();
        for (at, unit) in open {
            let lists = unit.sketch.hashes().iter().filter_map(|hash| index.get(hash)).filter(|list| list.len() <= COMMON);
            let mut counts: HashMap<usize, usize> = HashMap::new();
            for old in lists.flatten() {
                *counts.entry(*old).or_default() += 1;
            }
            let mut candidates: Vec<(usize, usize)> = counts.into_iter().map(|(old, count)| (count, old)).collect();
            // The most shared first; of those that share as much, the first in the text.
            candidates.sort_unstable_by_key(|(count, old)| (std::cmp::Reverse(*count), *old));
            let is_free = |old: &usize| self.of_old.get(*old).is_some_and(Option::is_none);
            let best = candidates.into_iter().map(|(_, old)| old).filter(is_free).take(4).find(|old| {
                self.old.get(*old).is_some_and(|old| old.kind == unit.kind && old.sketch.likeness(&unit.sketch) >= LIKE)
            });
            if let Some(old) = best {
                self.join(old, at);
            }
        }
    }

    fn in_order(&self) -> Vec<Pair<'u>> {
        let mut pairs = Vec::with_capacity(self.new.len() + self.old.len());
        let mut next = 0;
        for (new, of) in self.new.iter().zip(&self.of_new) {
            let Some(old) = of else {
                pairs.push(Pair::New(new));
                continue;
            };
            if *old >= next {
                pairs.extend(self.removed(next, *old));
                next = *old + 1;
            }
            pairs.extend(self.old.get(*old).map(|old| Pair::Both(old, new)));
        }
        pairs.extend(self.removed(next, self.old.len()));
        pairs
    }

    /// What was removed between two places of the old version.
    fn removed(&self, from: usize, to: usize) -> Vec<Pair<'u>> {
        let between = self.old.iter().zip(&self.of_old).take(to).skip(from);
        between.filter(|(_, of)| of.is_none()).map(|(old, _)| Pair::Old(old)).collect()
    }
}
