//! What a query means to this index: its words with what they weigh, and how they follow each other.

use super::correcting;
use super::layout::Fields;
use crate::words::Form;
use crate::{Error, number};
use tantivy::{Searcher, Term};

/// A word that every record has is still worth something as a part of a phrase.
const LEAST_RARITY: f32 = 0.2;

/// So many words make a quotation; kind and number of a document are fewer.
const QUOTATION: usize = 9;

/// One way to write a query.
pub(super) struct Plan {
    /// Its different words.
    pub(super) slots: Vec<Slot>,
    /// Which slot each word of the query is.
    pub(super) sequence: Vec<usize>,
    /// What may be document numbers in it, as they are indexed, with how many words they have.
    pub(super) numbers: Vec<number::Guess>,
}

/// A word of a query.
pub(super) struct Slot {
    /// The terms that stand for it with what they are worth: itself, or what it was perhaps meant to be. None where nothing is like it.
    pub(super) terms: Vec<(String, f32)>,
    /// Its form with tones, where it was typed with any.
    pub(super) toned: Option<String>,
    /// How rare it is: its inverse document frequency.
    pub(super) rarity: f32,
}

impl Plan {
    /// Looks the words of a query up in the index.
    pub(super) fn of(searcher: &Searcher, fields: &Fields, words: &[Form]) -> Result<Self, Error> {
        let mut known: Vec<&str> = Vec::new();
        let mut plan = Self { slots: Vec::new(), sequence: Vec::new(), numbers: number::guesses(words) };
        for word in words {
            let slot = match known.iter().position(|known| *known == word.folded) {
                Some(slot) => slot,
                None => {
                    known.push(&word.folded);
                    plan.slots.push(Slot::of(searcher, fields, word)?);
                    plan.slots.len() - 1
                }
            };
            plan.sequence.push(slot);
        }
        // Numbers that no document has are none.
        let mut known = Vec::with_capacity(plan.numbers.len());
        for guess in plan.numbers {
            if searcher.doc_freq(&Term::from_field_text(fields.number_forms, &guess.form))? > 0 {
                known.push(guess);
            }
        }
        plan.numbers = known;
        Ok(plan)
    }

    /// Whether it is a quotation: so many words, the number of a document aside, are meant as they stand.
    pub(super) fn is_quotation(&self) -> bool {
        let number = self.numbers.iter().map(|guess| guess.words).max().unwrap_or(0);
        self.sequence.len() - number >= QUOTATION
    }

    /// Whether every word is known.
    pub(super) fn is_known(&self) -> bool {
        self.slots.iter().all(|slot| !slot.terms.is_empty())
    }

    /// How much all words are worth together.
    pub(super) fn worth(&self) -> f32 {
        self.slots.iter().map(|slot| slot.rarity).sum()
    }
}

impl Slot {
    fn of(searcher: &Searcher, fields: &Fields, word: &Form) -> Result<Self, Error> {
        let having = searcher.doc_freq(&Term::from_field_text(fields.text, &word.folded))?;
        // A word with tones that nobody has written so is perhaps another one.
        let is_odd = word.toned != word.folded && searcher.doc_freq(&Term::from_field_text(fields.toned, &word.toned))? == 0;
        let (terms, having) = if having > 0 && is_odd {
            let meant = correcting::meant_with_tones(searcher, fields, &word.toned)?;
            let mut terms = vec![(word.folded.clone(), if meant.is_empty() { 1.0 } else { CORRECTED })];
            terms.extend(meant.into_iter().filter(|term| *term != word.folded).map(|term| (term, CORRECTED)));
            (terms, having)
        } else if having > 0 {
            (vec![(word.folded.clone(), 1.0)], having)
        } else {
            let meant = correcting::meant(searcher, fields, &word.folded)?;
            let having = meant.iter().map(|(_, having)| *having).max().unwrap_or(0);
            (meant.into_iter().map(|(term, _)| (term, CORRECTED)).collect(), having)
        };
        let toned = (word.toned != word.folded).then(|| word.toned.clone());
        Ok(Self { terms, toned, rarity: rarity(searcher.num_docs(), having) })
    }
}

/// What a word is worth that was not typed so.
const CORRECTED: f32 = 0.8;

/// The inverse document frequency of BM25.
#[allow(clippy::cast_precision_loss, reason = "a weight")]
pub(super) fn rarity(records: u64, having: u64) -> f32 {
    let (records, having) = (records as f32, having as f32);
    (1.0 + ((records - having).max(0.0) + 0.5) / (having + 0.5)).ln().max(LEAST_RARITY)
}
