//! How well a record matches.
//!
//! First every candidate is scored by its words alone. Only the best of these are looked at closely: where the
//! words stand, and which stand together. What is given then is added, so that nothing falls by being looked at.

use super::layout::{Fields, zone};
use super::plan::{Plan, Slot};
use super::tokens::{BODY_ZONE, HEADING_ZONE, TITLE_ZONE};
use crate::Error;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};
use std::sync::Arc;

/// The most that BM25 gives for one word, in units of its rarity, and its two constants.
const BM25_CEILING: f32 = 2.2;
const K1: f32 = 1.2;
const B: f32 = 0.75;

const TITLE: f32 = 2.0;
const HEADING: f32 = 1.0;
const TONES: f32 = 0.4;
/// Neighbours of the query that are neighbours in title, heading and body, and the same for all its words.
const PAIR: [f32; 3] = [5.0, 3.5, 2.5];
const PHRASE: [f32; 3] = [3.0, 2.0, 1.5];
/// Words that stand near each other, in any order.
const NEAR: f32 = 2.0;
/// One's own number outweighs everything above together, however often others cite it.
const NUMBER: f32 = 40.0;
/// The zones that pairs are looked for in.
const ZONES: [usize; 3] = [TITLE_ZONE, HEADING_ZONE, BODY_ZONE];
/// So many words of a query make a phrase that is meant word for word.
const QUOTATION: usize = 4;

/// What a score is made of.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Score {
    pub(super) words: f32,
    pub(super) title: f32,
    pub(super) heading: f32,
    pub(super) tones: f32,
    pub(super) together: f32,
    pub(super) near: f32,
    pub(super) number: f32,
    /// Whether the record has the number, or all the words one behind the other.
    pub(super) is_exact: bool,
}

impl Score {
    pub(super) fn total(&self) -> f32 {
        self.words + self.title + self.heading + self.tones + self.together + self.near + self.number
    }
}

/// Scores the records of a segment.
pub(super) struct Scorer<'a> {
    plan: &'a Plan,
    fields: &'a Fields,
    text: Arc<InvertedIndexReader>,
    toned: Arc<InvertedIndexReader>,
    title: Arc<InvertedIndexReader>,
    numbers: Arc<InvertedIndexReader>,
    lengths: FieldNormReader,
    average: f32,
}

impl<'a> Scorer<'a> {
    /// A scorer of a plan; the average length of records is in words.
    pub(super) fn of(segment: &SegmentReader, fields: &'a Fields, plan: &'a Plan, average: f32) -> Result<Self, Error> {
        Ok(Self {
            plan,
            fields,
            text: segment.inverted_index(fields.text)?,
            toned: segment.inverted_index(fields.toned)?,
            title: segment.inverted_index(fields.title)?,
            numbers: segment.inverted_index(fields.number_forms)?,
            lengths: segment.get_fieldnorms_reader(fields.text)?,
            average: average.max(1.0),
        })
    }

    /// Scores records, in order, by their words; with it how much of the query each has.
    pub(super) fn words(&self, records: &[DocId]) -> Result<Vec<(Score, f32)>, Error> {
        let mut scores = vec![(Score::default(), 0.0); records.len()];
        for slot in &self.plan.slots {
            self.slot(slot, records, &mut scores)?;
        }
        let whole = BM25_CEILING * self.plan.worth();
        for guess in &self.plan.numbers {
            #[allow(clippy::cast_precision_loss, reason = "at most eight words")]
            let weight = NUMBER * whole * guess.words as f32;
            each(self.postings(&self.numbers, self.fields.number_forms, &guess.form, Read::Records)?, records, |at, _| {
                if let Some((score, _)) = scores.get_mut(at) {
                    score.number += weight;
                    score.is_exact = true;
                }
            });
        }
        Ok(scores)
    }

    fn slot(&self, slot: &Slot, records: &[DocId], scores: &mut [(Score, f32)]) -> Result<(), Error> {
        let mut is_there = vec![false; if slot.terms.len() > 1 { records.len() } else { 0 }];
        for (term, worth) in &slot.terms {
            let most = slot.rarity * worth;
            each(self.postings(&self.text, self.fields.text, term, Read::Counts)?, records, |at, postings| {
                let (Some((score, covered)), Some(record)) = (scores.get_mut(at), records.get(at)) else { return };
                if is_there.get(at).copied().unwrap_or_default() {
                    return;
                }
                if let Some(seen) = is_there.get_mut(at) {
                    *seen = true;
                }
                #[allow(clippy::cast_precision_loss, reason = "a weight")]
                let (count, length) = (postings.term_freq() as f32, self.lengths.fieldnorm(*record) as f32);
                let fullness = count / (count + K1 * (1.0 - B + B * length / self.average));
                score.words += most * BM25_CEILING * fullness;
                *covered += slot.rarity;
            });
            each(self.postings(&self.title, self.fields.title, term, Read::Records)?, records, |at, _| {
                if let Some((score, _)) = scores.get_mut(at) {
                    score.title += most * TITLE;
                }
            });
        }
        if let Some(toned) = &slot.toned {
            each(self.postings(&self.toned, self.fields.toned, toned, Read::Records)?, records, |at, _| {
                if let Some((score, _)) = scores.get_mut(at) {
                    score.tones += slot.rarity * TONES;
                }
            });
        }
        Ok(())
    }

    /// Looks at records, in order, closely: adds what is given for where words stand.
    pub(super) fn closely(&self, records: &[DocId], scores: &mut [Score]) -> Result<(), Error> {
        let mut places: Vec<Vec<SegmentPostings>> = Vec::with_capacity(self.plan.slots.len());
        for slot in &self.plan.slots {
            let terms = slot.terms.iter().map(|(term, _)| self.postings(&self.text, self.fields.text, term, Read::Places));
            places.push(terms.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect());
        }
        let mut found: Vec<Vec<u32>> = vec![Vec::new(); places.len()];
        let mut some = Vec::new();
        for (record, score) in records.iter().zip(scores) {
            for (postings, found) in places.iter_mut().zip(&mut found) {
                found.clear();
                let several = postings.len() > 1;
                for postings in postings {
                    if postings.doc() < *record {
                        postings.seek(*record);
                    }
                    if postings.doc() == *record {
                        postings.positions(&mut some);
                        found.extend_from_slice(&some);
                    }
                }
                if several {
                    found.sort_unstable();
                }
            }
            self.places(&found, score);
        }
        Ok(())
    }

    /// Gives for where the words stand; the places of each slot are in order.
    fn places(&self, found: &[Vec<u32>], score: &mut Score) {
        let rarity = |slot: usize| self.plan.slots.get(slot).map_or(0.0, |slot| slot.rarity);
        for (slot, places) in found.iter().enumerate() {
            if places.iter().any(|place| zone(*place) == HEADING_ZONE) {
                score.heading += HEADING * rarity(slot);
            }
        }
        let sequence = &self.plan.sequence;
        if sequence.len() < 2 {
            return;
        }
        let mut run = sequence.iter().zip(sequence.iter().skip(1)).filter_map(|(a, b)| Some((found.get(*a)?, found.get(*b)?, *a, *b)));
        for (first, second, a, b) in run.by_ref() {
            let worth = BM25_CEILING * (rarity(a) + rarity(b));
            score.together += worth * given(&PAIR, neighbours(first, second));
        }
        if sequence.len() > 2 {
            let zones = self.phrase(found);
            let worth: f32 = sequence.iter().map(|slot| rarity(*slot)).sum();
            score.together += BM25_CEILING * worth * given(&PHRASE, zones);
            score.is_exact |= sequence.len() >= QUOTATION && zones != 0;
        }
        score.near += NEAR * BM25_CEILING * self.nearest(found);
    }

    /// In which zones all words stand one behind the other.
    fn phrase(&self, found: &[Vec<u32>]) -> u8 {
        let mut rest = self.plan.sequence.iter().filter_map(|slot| found.get(*slot));
        let Some(first) = rest.next() else { return 0 };
        let others: Vec<&Vec<u32>> = rest.collect();
        let mut zones = 0;
        for place in first {
            let follow = others.iter().zip(1..).all(|(places, step)| places.binary_search(&(place + step)).is_ok());
            if follow {
                zones |= bit(*place);
            }
        }
        zones
    }

    /// How much the different words are worth that stand nearest to each other in one zone.
    fn nearest(&self, found: &[Vec<u32>]) -> f32 {
        let width = u32::try_from(self.plan.sequence.len()).unwrap_or(u32::MAX).saturating_mul(2).saturating_add(6);
        let mut all: Vec<(u32, usize)> = Vec::new();
        for (slot, places) in found.iter().enumerate() {
            all.extend(places.iter().filter(|place| zone(**place) >= TITLE_ZONE).map(|place| (*place, slot)));
        }
        all.sort_unstable();
        let mut counts = vec![0_u32; found.len()];
        let (mut worth, mut best, mut from) = (0.0_f32, 0.0_f32, 0);
        for (place, slot) in &all {
            while let Some((first, leaving)) = all.get(from).filter(|(first, _)| place - first > width) {
                let _ = first;
                if let Some(count) = counts.get_mut(*leaving) {
                    *count -= 1;
                    if *count == 0 {
                        worth -= self.plan.slots.get(*leaving).map_or(0.0, |slot| slot.rarity);
                    }
                }
                from += 1;
            }
            if let Some(count) = counts.get_mut(*slot) {
                *count += 1;
                if *count == 1 {
                    worth += self.plan.slots.get(*slot).map_or(0.0, |slot| slot.rarity);
                }
            }
            best = best.max(worth);
        }
        // One word alone is near to nothing.
        let most = self.plan.slots.iter().map(|slot| slot.rarity).fold(0.0_f32, f32::max);
        (best - most).max(0.0)
    }

    fn postings(
        &self,
        index: &InvertedIndexReader,
        field: Field,
        term: &str,
        read: Read,
    ) -> Result<Option<SegmentPostings>, Error> {
        let read = match read {
            Read::Records => IndexRecordOption::Basic,
            Read::Counts => IndexRecordOption::WithFreqs,
            Read::Places => IndexRecordOption::WithFreqsAndPositions,
        };
        let postings = index.read_postings(&Term::from_field_text(field, term), read);
        Ok(postings.map_err(tantivy::TantivyError::from)?)
    }
}

/// How much of a posting is read.
#[derive(Clone, Copy)]
enum Read {
    Records,
    Counts,
    Places,
}

/// Does something with each of these records, in order, that the postings have.
fn each(postings: Option<SegmentPostings>, records: &[DocId], mut with: impl FnMut(usize, &mut SegmentPostings)) {
    let Some(mut postings) = postings else { return };
    for (at, record) in records.iter().enumerate() {
        let mut here = postings.doc();
        if here < *record {
            here = postings.seek(*record);
        }
        if here == TERMINATED {
            return;
        }
        if here == *record {
            with(at, &mut postings);
        }
    }
}

/// In which zones a place of the second stands right behind one of the first.
fn neighbours(first: &[u32], second: &[u32]) -> u8 {
    let mut zones = 0;
    let mut rest = second.iter().peekable();
    for place in first {
        let next = place + 1;
        while rest.next_if(|other| **other < next).is_some() {}
        if rest.peek().is_some_and(|other| **other == next) {
            zones |= bit(*place);
        }
    }
    zones
}

fn bit(place: u32) -> u8 {
    1 << zone(place)
}

fn given(weights: &[f32; 3], zones: u8) -> f32 {
    ZONES.iter().zip(weights).filter(|(zone, _)| zones & (1 << **zone) != 0).map(|(_, weight)| weight).sum()
}
