//! How well a record matches.
//!
//! First every candidate is scored by its words alone. Only the best of these are looked at closely: where the
//! words stand, and which stand together. What is given then is added, so that nothing falls by being looked at.

use super::layout::{Fields, zone};
use super::plan::{Plan, Slot};
use super::tokens::{BODY_ZONE, HEADING_ZONE, TITLE_ZONE};
use crate::Error;
use std::sync::Arc;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, SegmentReader, TERMINATED, Term};

/// The most that BM25 gives for one word, in units of its rarity, and its two constants.
const BM25_CEILING: f32 = 2.2;
const K1: f32 = 1.2;
const B: f32 = 0.75;

/// So many of the rarest words tell which records are worth a closer look.
const TELLING: usize = 4;
/// So many of them are looked for near each other.
const NEARBY: usize = 8;

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
/// So many words one behind the other are exactly what was asked for.
const EXACT: usize = 4;
/// A quotation: who has it word for word has what was looked for.
const QUOTED: f32 = 500.0;

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
    /// The rarest slots, the rarest first.
    telling: Vec<usize>,
}

impl<'a> Scorer<'a> {
    /// A scorer of a plan; the average length of records is in words.
    pub(super) fn of(segment: &SegmentReader, fields: &'a Fields, plan: &'a Plan, average: f32) -> Result<Self, Error> {
        let mut telling: Vec<usize> = (0..plan.slots.len()).collect();
        let rarity = |slot: &usize| plan.slots.get(*slot).map_or(0.0, |slot| slot.rarity);
        telling.sort_by(|a, b| rarity(b).total_cmp(&rarity(a)));
        telling.truncate(NEARBY);
        Ok(Self {
            telling,
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

    /// Adds to the scores of records, in order, what their rarest words tell: enough to choose whom to look at.
    pub(super) fn roughly(&self, records: &[DocId], scores: &mut [Score]) -> Result<(), Error> {
        for slot in self.telling.iter().take(TELLING).filter_map(|slot| self.plan.slots.get(*slot)) {
            self.slot(slot, records, |at, score, _| {
                if let Some(known) = scores.get_mut(at) {
                    known.words += score;
                }
            })?;
            self.title(slot, records, scores)?;
        }
        self.numbers(records, scores)
    }

    /// Scores records, in order, by all their words; with it how much of the query each has.
    pub(super) fn words(&self, records: &[DocId]) -> Result<Vec<(Score, f32)>, Error> {
        let mut scores = vec![Score::default(); records.len()];
        let mut covered = vec![0.0; records.len()];
        for slot in &self.plan.slots {
            self.slot(slot, records, |at, score, rarity| {
                if let (Some(known), Some(covered)) = (scores.get_mut(at), covered.get_mut(at)) {
                    known.words += score;
                    *covered += rarity;
                }
            })?;
            self.title(slot, records, &mut scores)?;
            if let Some(toned) = &slot.toned {
                each(self.postings(&self.toned, self.fields.toned, toned, Read::Records)?, records, |at, _| {
                    if let Some(score) = scores.get_mut(at) {
                        score.tones += slot.rarity * TONES;
                    }
                });
            }
        }
        self.numbers(records, &mut scores)?;
        Ok(scores.into_iter().zip(covered).collect())
    }

    fn numbers(&self, records: &[DocId], scores: &mut [Score]) -> Result<(), Error> {
        let whole = BM25_CEILING * self.plan.worth();
        for guess in &self.plan.numbers {
            #[allow(clippy::cast_precision_loss, reason = "at most eight words")]
            let weight = NUMBER * whole * guess.words as f32;
            each(self.postings(&self.numbers, self.fields.number_forms, &guess.form, Read::Records)?, records, |at, _| {
                if let Some(score) = scores.get_mut(at) {
                    score.number += weight;
                    score.is_exact = true;
                }
            });
        }
        Ok(())
    }

    /// Tells what a word gives to each record that has it, and how rare it is.
    fn slot(&self, slot: &Slot, records: &[DocId], mut give: impl FnMut(usize, f32, f32)) -> Result<(), Error> {
        let mut is_there = vec![false; if slot.terms.len() > 1 { records.len() } else { 0 }];
        for (term, worth) in &slot.terms {
            let most = slot.rarity * worth * BM25_CEILING;
            each(self.postings(&self.text, self.fields.text, term, Read::Counts)?, records, |at, postings| {
                if let Some(seen) = is_there.get_mut(at)
                    && std::mem::replace(seen, true)
                {
                    return;
                }
                #[allow(clippy::cast_precision_loss, reason = "a weight")]
                let (count, length) = (postings.term_freq() as f32, self.lengths.fieldnorm(postings.doc()) as f32);
                let fullness = count / (count + K1 * (1.0 - B + B * length / self.average));
                give(at, most * fullness, slot.rarity);
            });
        }
        Ok(())
    }

    fn title(&self, slot: &Slot, records: &[DocId], scores: &mut [Score]) -> Result<(), Error> {
        for (term, worth) in &slot.terms {
            each(self.postings(&self.title, self.fields.title, term, Read::Records)?, records, |at, _| {
                if let Some(score) = scores.get_mut(at) {
                    score.title += slot.rarity * worth * TITLE;
                }
            });
        }
        Ok(())
    }

    /// Gives for all words one behind the other, to records in order. Each is looked at no longer than it may have them.
    pub(super) fn quoted(&self, records: &[DocId], scores: &mut [Score]) -> Result<(), Error> {
        let sequence = &self.plan.sequence;
        if sequence.len() < 3 || !self.plan.is_known() {
            return Ok(());
        }
        let mut words = Vec::with_capacity(sequence.len());
        for (slot, offset) in sequence.iter().zip(0_u32..) {
            let Some(slot) = self.plan.slots.get(*slot) else { return Ok(()) };
            let mut terms = Vec::with_capacity(slot.terms.len());
            for (term, _) in &slot.terms {
                terms.extend(self.postings(&self.text, self.fields.text, term, Read::Places)?);
            }
            words.push((slot.rarity, offset, terms));
        }
        // The rarest first: most records end there.
        words.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
        let worth: f32 = words.iter().map(|(rarity, ..)| rarity).sum();
        let is_quotation = self.plan.is_quotation();
        let (mut begins, mut places) = (Vec::new(), Vec::new());
        for (record, score) in records.iter().zip(scores) {
            let mut is_first = true;
            for (_, offset, terms) in &mut words {
                read_places(terms, *record, &mut places);
                if is_first {
                    begins.clear();
                    begins.extend(places.iter().filter_map(|place| place.checked_sub(*offset)));
                    is_first = false;
                } else {
                    begins.retain(|begin| places.binary_search(&(begin + *offset)).is_ok());
                }
                if begins.is_empty() {
                    break;
                }
            }
            let zones = begins.iter().fold(0, |zones, begin| zones | bit(*begin));
            if zones != 0 {
                let weight = given(&PHRASE, zones) + if is_quotation { QUOTED } else { 0.0 };
                score.together += BM25_CEILING * worth * weight;
                score.is_exact |= sequence.len() >= EXACT;
            }
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
        for (record, score) in records.iter().zip(scores) {
            for (postings, found) in places.iter_mut().zip(&mut found) {
                read_places(postings, *record, found);
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
        let mut run =
            sequence.iter().zip(sequence.iter().skip(1)).filter_map(|(a, b)| Some((found.get(*a)?, found.get(*b)?, *a, *b)));
        for (first, second, a, b) in run.by_ref() {
            let worth = BM25_CEILING * (rarity(a) + rarity(b));
            score.together += worth * given(&PAIR, neighbours(first, second));
        }
        score.near += NEAR * BM25_CEILING * self.nearest(found);
    }

    /// How much the different words are worth that stand nearest to each other in one zone.
    fn nearest(&self, found: &[Vec<u32>]) -> f32 {
        let width = u32::try_from(self.plan.sequence.len()).unwrap_or(u32::MAX).saturating_mul(2).saturating_add(6);
        let mut all: Vec<(u32, usize)> = Vec::new();
        for (slot, places) in found.iter().enumerate().filter(|(slot, _)| self.telling.contains(slot)) {
            all.extend(places.iter().filter(|place| zone(**place) >= TITLE_ZONE).map(|place| (*place, slot)));
        }
        // Runs that are in order each are merged.
        all.sort();
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
        let most =
            self.telling.iter().filter_map(|slot| self.plan.slots.get(*slot)).map(|slot| slot.rarity).fold(0.0_f32, f32::max);
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
    let mut at = 0;
    while let Some(record) = records.get(at) {
        let mut here = postings.doc();
        if here < *record {
            here = postings.seek(*record);
        }
        if here == TERMINATED {
            return;
        }
        if here == *record {
            with(at, &mut postings);
            at += 1;
        } else {
            at = first_from(records, at, here);
        }
    }
}

/// Where the first record stands behind `from` that is not before `record`: near by, mostly.
fn first_from(records: &[DocId], from: usize, record: DocId) -> usize {
    let mut step = 1;
    while records.get(from + step).is_some_and(|other| *other < record) {
        step *= 2;
    }
    let begin = from + step / 2;
    let end = (from + step + 1).min(records.len());
    begin + records.get(begin..end).map_or(0, |some| some.partition_point(|other| *other < record))
}

/// Reads where any of these terms stands in a record, in order; records are asked for in order.
fn read_places(terms: &mut [SegmentPostings], record: DocId, found: &mut Vec<u32>) {
    found.clear();
    let mut several = 0;
    for postings in terms {
        if postings.doc() < record {
            postings.seek(record);
        }
        if postings.doc() == record {
            postings.append_positions_with_offset(0, found);
            several += 1;
        }
    }
    if several > 1 {
        found.sort_unstable();
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
