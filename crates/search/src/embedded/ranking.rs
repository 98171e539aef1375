//! Goes through the segments: candidates, their scores, and the best record of each resource.

use super::layout::Fields;
use super::matching::{self, Columns, Conditions};
use super::plan::Plan;
use super::scoring::{Score, Scorer};
use crate::{Error, Sort};
use std::cmp::Ordering;
use std::collections::HashSet;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

/// So many records are looked at closely, and of a small segment so many at least.
const LOOKED_AT: usize = 240;
const LEAST_LOOKED_AT: usize = 24;
/// Beside what has a quotation word for word, so many times as many are ranked at all.
const BESIDE_A_QUOTATION: usize = 8;

/// A record that was found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ranked {
    pub(super) score: f32,
    pub(super) is_exact: bool,
    pub(super) date: u64,
    pub(super) key: u128,
    pub(super) at: DocAddress,
}

/// What was found in all segments.
#[derive(Default)]
pub(super) struct Found {
    /// Records, those of one resource among them several times.
    pub(super) records: Vec<Ranked>,
    /// The heads by segment: one for each resource.
    pub(super) heads: Vec<Vec<DocId>>,
}

impl Found {
    /// How many resources were found.
    pub(super) fn total(&self) -> usize {
        self.heads.iter().map(Vec::len).sum()
    }

    /// Adds what was found by another way to write the query.
    pub(super) fn add(&mut self, other: Self) {
        self.records.extend(other.records);
        if self.heads.is_empty() {
            self.heads = other.heads;
            return;
        }
        for (heads, more) in self.heads.iter_mut().zip(other.heads) {
            heads.extend(more);
            heads.sort_unstable();
            heads.dedup();
        }
    }

    /// Raises the resources that were found before above the others.
    pub(super) fn raise(&mut self, before: &Self) {
        let whole: HashSet<u128> = before.records.iter().map(|record| record.key).collect();
        let others = self.records.iter().filter(|record| !whole.contains(&record.key));
        let best = others.map(|record| record.score).fold(0.0, f32::max);
        for record in self.records.iter_mut().filter(|record| whole.contains(&record.key)) {
            record.score += best;
        }
    }

    /// The first resources in this order, each by its best record.
    pub(super) fn first(mut self, count: usize, sort: Sort) -> Vec<Ranked> {
        let order = |a: &Ranked, b: &Ranked| order(a, b, sort);
        let mut taken = count.saturating_mul(4).max(256);
        loop {
            let all = taken >= self.records.len();
            if !all {
                self.records.select_nth_unstable_by(taken, order);
            }
            let mut best: Vec<Ranked> = self.records.iter().take(taken).copied().collect();
            best.sort_unstable_by(order);
            let mut seen = HashSet::with_capacity(best.len());
            best.retain(|record| seen.insert(record.key));
            if all || best.len() >= count {
                best.truncate(count);
                return best;
            }
            taken = taken.saturating_mul(4);
        }
    }
}

fn order(a: &Ranked, b: &Ranked, sort: Sort) -> Ordering {
    let newest = || b.date.cmp(&a.date);
    let by = match sort {
        Sort::Relevance => b.score.total_cmp(&a.score).then_with(newest),
        Sort::Newest => newest(),
        // What has no date has the lowest.
        Sort::Oldest => (a.date == 0).cmp(&(b.date == 0)).then_with(|| a.date.cmp(&b.date)),
    };
    by.then_with(|| a.key.cmp(&b.key)).then_with(|| b.score.total_cmp(&a.score)).then_with(|| a.at.cmp(&b.at))
}

/// Goes through all segments for one way to write a query; without one, everything is found.
pub(super) fn find(
    searcher: &Searcher,
    fields: &Fields,
    (plan, share): (Option<&Plan>, f32),
    conditions: &Conditions,
) -> Result<Found, Error> {
    let mut found = Found::default();
    let Some(query) = matching::query(fields, plan, share, conditions) else {
        found.heads = vec![Vec::new(); searcher.segment_readers().len()];
        return Ok(found);
    };
    let average = average_length(searcher, fields)?;
    for (segment, number) in searcher.segment_readers().iter().zip(0..) {
        let columns = Columns::of(segment)?;
        let candidates = matching::candidates(searcher, segment, (&query, conditions, &columns))?;
        let scored = match plan {
            None => candidates.into_iter().map(|record| (record, Score::default())).collect(),
            Some(plan) => scored(segment, fields, (plan, share, average, looked_at(searcher, segment)), candidates)?,
        };
        let (mut heads, mut before) = (Vec::new(), None);
        for (record, score) in scored {
            let key = columns.key(record);
            // Records of one resource lie together; it has several heads where its times overlap.
            if columns.is_head(record) && before.replace(key) != Some(key) {
                heads.push(record);
            }
            let (date, at) = (columns.date(record), DocAddress::new(number, record));
            found.records.push(Ranked { score: score.total(), is_exact: score.is_exact, date, key, at });
        }
        found.heads.push(heads);
    }
    Ok(found)
}

fn scored(
    segment: &SegmentReader,
    fields: &Fields,
    (plan, share, average, most): (&Plan, f32, f32, usize),
    candidates: Vec<DocId>,
) -> Result<Vec<(DocId, Score)>, Error> {
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let scorer = Scorer::of(segment, fields, plan, average)?;
    let mut kept = if share >= 1.0 {
        let mut scores = vec![Score::default(); candidates.len()];
        if plan.is_quotation() {
            scorer.quoted(&candidates, &mut scores)?;
        }
        if candidates.len() > most {
            let is_quoted = scores.iter().any(|score| score.is_exact);
            let some = if is_quoted { candidates.len().min(most * BESIDE_A_QUOTATION) } else { candidates.len() };
            scorer.roughly(candidates.get(..some).unwrap_or_default(), &mut scores)?;
        }
        candidates.into_iter().zip(scores).collect()
    } else {
        let needed = plan.worth() * share;
        let scores = scorer.words(&candidates)?;
        let kept = candidates.into_iter().zip(scores).filter(|(_, (_, covered))| *covered >= needed);
        kept.map(|(record, (score, _))| (record, score)).collect::<Vec<_>>()
    };
    let floor = floor(&kept, most);
    let records: Vec<DocId> = kept.iter().filter(|(_, score)| score.total() >= floor).map(|(record, _)| *record).collect();
    let mut scores: Vec<Score> = scorer.words(&records)?.into_iter().map(|(score, _)| score).collect();
    scorer.quoted(&records, &mut scores)?;
    scorer.closely(&records, &mut scores)?;
    let mut looked_at = records.into_iter().zip(scores).peekable();
    for (record, score) in &mut kept {
        if let Some((_, closer)) = looked_at.next_if(|(looked_at, _)| looked_at == record) {
            *score = closer;
        }
    }
    Ok(kept)
}

/// How many records of a segment are looked at closely: its share.
fn looked_at(searcher: &Searcher, segment: &SegmentReader) -> usize {
    let all = u64::from(segment.max_doc()) * LOOKED_AT as u64 / searcher.num_docs().max(1);
    usize::try_from(all).unwrap_or(LOOKED_AT).max(LEAST_LOOKED_AT)
}

/// The least score of those that are looked at closely.
fn floor(scored: &[(DocId, Score)], most: usize) -> f32 {
    if scored.len() <= most {
        return f32::NEG_INFINITY;
    }
    let mut totals: Vec<f32> = scored.iter().map(|(_, score)| score.total()).collect();
    let (_, floor, _) = totals.select_nth_unstable_by(most, |a, b| b.total_cmp(a));
    let floor = *floor;
    // Of many equals all would be looked at.
    if totals.iter().filter(|total| **total >= floor).count() > 2 * most { floor + f32::EPSILON } else { floor }
}

/// The passage that matches best of a resource that was found as a whole; the record itself where it has its passage.
pub(super) fn passage(searcher: &Searcher, fields: &Fields, plans: &[Plan], found: Ranked) -> Result<DocAddress, Error> {
    let segment = searcher.segment_reader(found.at.segment_ord);
    let columns = Columns::of(segment)?;
    let mut best = (0.0, found.at);
    if !columns.is_head(found.at.doc_id) {
        return Ok(found.at);
    }
    // Its passages follow it.
    let is_its = |record: &DocId| columns.key(*record) == found.key && !columns.is_head(*record);
    let passages: Vec<DocId> = (found.at.doc_id + 1..segment.max_doc()).take_while(is_its).collect();
    for plan in plans {
        let all = scored(segment, fields, (plan, 0.0, average_length(searcher, fields)?, LOOKED_AT), passages.clone())?;
        for (record, score) in all.into_iter().filter(|(_, score)| score.words > 0.0) {
            if score.total() > best.0 {
                best = (score.total(), DocAddress::new(found.at.segment_ord, record));
            }
        }
    }
    Ok(best.1)
}

/// What the score of one record is made of.
pub(super) fn explained(searcher: &Searcher, fields: &Fields, plan: &Plan, at: DocAddress) -> Result<Score, Error> {
    let segment = searcher.segment_reader(at.segment_ord);
    let scored = scored(segment, fields, (plan, 0.0, average_length(searcher, fields)?, 1), vec![at.doc_id])?;
    Ok(scored.first().map(|(_, score)| *score).unwrap_or_default())
}

#[allow(clippy::cast_precision_loss, reason = "an average")]
fn average_length(searcher: &Searcher, fields: &Fields) -> Result<f32, Error> {
    let mut words = 0;
    for segment in searcher.segment_readers() {
        words += segment.inverted_index(fields.text)?.total_num_tokens();
    }
    Ok(words as f32 / searcher.num_docs().max(1) as f32)
}
