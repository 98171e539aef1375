//! What a query means to this index: its words with what they weigh, and how they follow each other.

use super::correcting;
use super::layout::Fields;
use crate::words::Form;
use crate::{Error, Settings, number};
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
    /// As it was typed, folded.
    typed: String,
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
        let mut plan = Self { slots: Vec::new(), sequence: Vec::new(), numbers: number::guesses(words) };
        for word in words {
            let slot = match plan.slots.iter().position(|slot| slot.typed == word.folded) {
                Some(slot) => slot,
                None => {
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

    /// Has words that do not occur stand for what is written almost so; abbreviations are none of them.
    pub(super) fn corrected(mut self, searcher: &Searcher, fields: &Fields, settings: &Settings) -> Result<Self, Error> {
        let wrong = |slot: &&mut Slot| slot.terms.is_empty() && settings.long(&slot.typed).is_none();
        for slot in self.slots.iter_mut().filter(wrong) {
            slot.correct(searcher, fields)?;
        }
        for slot in self.slots.iter_mut().filter(|slot| !slot.terms.is_empty()) {
            slot.doubt(searcher, fields)?;
        }
        Ok(self)
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
        let terms = if having > 0 { vec![(word.folded.clone(), 1.0)] } else { Vec::new() };
        let toned = (word.toned != word.folded).then(|| word.toned.clone());
        Ok(Self { typed: word.folded.clone(), terms, toned, rarity: rarity(searcher.num_docs(), having) })
    }

    /// A word with tones that nobody has written so is perhaps another one.
    fn doubt(&mut self, searcher: &Searcher, fields: &Fields) -> Result<(), Error> {
        let Some(toned) = &self.toned else { return Ok(()) };
        if searcher.doc_freq(&Term::from_field_text(fields.toned, toned))? > 0 {
            return Ok(());
        }
        for meant in correcting::meant_with_tones(searcher, fields, toned)? {
            if !self.terms.iter().any(|(term, _)| *term == meant) {
                self.terms.push((meant, CORRECTED));
            }
        }
        Ok(())
    }

    fn correct(&mut self, searcher: &Searcher, fields: &Fields) -> Result<(), Error> {
        let meant = correcting::meant(searcher, fields, &self.typed)?;
        let having = meant.iter().map(|(_, having)| *having).max().unwrap_or(0);
        self.terms = meant.into_iter().map(|(term, _)| (term, CORRECTED)).collect();
        self.rarity = rarity(searcher.num_docs(), having);
        Ok(())
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
