//! What speaks of the same as a text.

use super::Inner;
use super::matching::Conditions;
use super::plan::Plan;
use super::ranking;
use super::searching::{Search, marks};
use crate::words::{Form, forms};
use crate::{Error, Hits, Query};
use std::collections::HashMap;

/// So many words tell what a text is about.
const TELLING: usize = 14;
/// So many words of a long text are read.
const READ: usize = 2_000;
/// How much of the telling words has to be there.
const ALIKE: f32 = 0.4;

impl Inner {
    pub(super) fn similar(&self, query: &Query) -> Result<Hits, Error> {
        let searcher = self.reader.searcher();
        let mut words = forms(&kernel::text::nfc(query.text.as_deref().unwrap_or_default()));
        words.truncate(READ);
        let whole = Plan::of(&searcher, &self.fields, &words)?;
        let telling = telling(&words, &whole);
        if telling.is_empty() {
            return Ok(Hits::default());
        }
        let conditions = Conditions::of(&searcher, &self.fields, query, (&[], &[]))?;
        let mut plan = Plan::of(&searcher, &self.fields, &telling)?;
        // The numbers that a text cites are not its own.
        plan.numbers.clear();
        let found = ranking::find(&searcher, &self.fields, (Some(&plan), ALIKE), &conditions)?;
        let plans = vec![plan];
        let marks = marks(&[telling], &plans);
        self.hits(&searcher, query, Search { plans, found, is_relaxed: true }, conditions, &marks)
    }
}

/// The words that tell most, in the order of the text: frequent in it and rare elsewhere. Where the text has too few
/// of them, those count as missing that occur nowhere.
fn telling(words: &[Form], plan: &Plan) -> Vec<Form> {
    let mut counts: HashMap<usize, f32> = HashMap::new();
    for slot in &plan.sequence {
        *counts.entry(*slot).or_default() += 1.0;
    }
    let worth = |slot: usize| {
        let known = plan.slots.get(slot).filter(|slot| !slot.terms.is_empty());
        known.map_or(0.0, |known| known.rarity * counts.get(&slot).copied().unwrap_or(0.0).sqrt())
    };
    let mut slots: Vec<usize> = (0..plan.slots.len()).collect();
    slots.sort_by(|a, b| worth(*b).total_cmp(&worth(*a)));
    slots.truncate(TELLING);
    let mut seen = Vec::new();
    let mut chosen = Vec::new();
    for (word, slot) in words.iter().zip(&plan.sequence) {
        if slots.contains(slot) && !seen.contains(slot) {
            seen.push(*slot);
            chosen.push(word.clone());
        }
    }
    chosen
}
