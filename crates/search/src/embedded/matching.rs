//! Which records match: the candidates that are ranked.

use super::layout::{self, Fields, day};
use super::plan::{Plan, Slot};
use crate::words::Form;
use crate::{At, Error, Filter, Query};
use std::collections::HashSet;
use tantivy::columnar::Column;
use tantivy::query::{AllQuery, BooleanQuery, EnableScoring, Occur, PhraseQuery, TermQuery, TermSetQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

pub(super) type Asked = Box<dyn tantivy::query::Query>;

/// What has to hold of a record besides its words.
pub(super) struct Conditions {
    at: At,
    filters: Vec<Filter>,
    /// Resources that have each of the phrases.
    wanted: Vec<HashSet<u128>>,
    /// Resources that are not to be found.
    unwanted: HashSet<u128>,
    /// The one resource that is looked at.
    pub(super) only: Option<kernel::Id>,
    /// Whether only heads are candidates.
    pub(super) heads_only: bool,
}

impl Conditions {
    /// Reads the conditions of a query; looks up which resources have phrases and what is not wanted.
    pub(super) fn of(
        searcher: &Searcher,
        fields: &Fields,
        query: &Query,
        (phrases, unwanted): (&[Vec<Form>], &[Vec<Form>]),
    ) -> Result<Self, Error> {
        let mut made = Self {
            at: query.at,
            filters: query.filters.clone(),
            wanted: Vec::new(),
            unwanted: query.without.iter().map(|id| id.0.as_u128()).collect(),
            only: None,
            heads_only: false,
        };
        for phrase in phrases {
            made.wanted.push(resources_with(searcher, fields, phrase, query.at)?);
        }
        for words in unwanted {
            made.unwanted.extend(resources_with(searcher, fields, words, query.at)?);
        }
        Ok(made)
    }

    /// A query and the filters.
    pub(super) fn and(&self, fields: &Fields, query: Asked) -> Asked {
        let mut clauses = self.clauses(fields);
        clauses.push((Occur::Must, query));
        Box::new(BooleanQuery::new(clauses))
    }

    /// The filters as clauses.
    fn clauses(&self, fields: &Fields) -> Vec<(Occur, Asked)> {
        let one = |name: &str, value: &str| match name {
            "id" => Term::from_field_text(fields.id, value),
            _ => fields.facet_term(name, value),
        };
        let set = |name: &str, values: &[String]| -> Asked {
            match values {
                [value] => term(one(name, value)),
                _ => Box::new(TermSetQuery::new(values.iter().map(|value| one(name, value)))),
            }
        };
        let mut clauses: Vec<(Occur, Asked)> = Vec::new();
        for filter in &self.filters {
            match filter {
                Filter::Any(name, values) => clauses.push((Occur::Must, set(name, values))),
                Filter::None(name, values) => clauses.push((Occur::MustNot, set(name, values))),
                Filter::Dates(..) => {}
            }
        }
        if let Some(id) = self.only {
            clauses.push((Occur::Must, term(fields.id_term(id))));
        }
        clauses
    }
}

fn term(term: Term) -> Asked {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn word(fields: &Fields, slot: &Slot) -> Asked {
    let terms: Vec<_> = slot.terms.iter().map(|(text, _)| term(Term::from_field_text(fields.text, text))).collect();
    let mut terms = terms.into_iter();
    match (terms.next(), terms.len()) {
        (Some(one), 0) => one,
        (first, _) => Box::new(BooleanQuery::union(first.into_iter().chain(terms).collect())),
    }
}

/// The query of which the matches are candidates: all words, or those one of which has to be there when words
/// worth `share` of the whole are; `None` where nothing can match.
pub(super) fn query(fields: &Fields, plan: Option<&Plan>, share: f32, conditions: &Conditions) -> Option<Asked> {
    let mut clauses = conditions.clauses(fields);
    match plan {
        None => clauses.push((Occur::Must, Box::new(AllQuery))),
        Some(plan) if share >= 1.0 => {
            if !plan.is_known() || plan.slots.is_empty() {
                return None;
            }
            clauses.extend(plan.slots.iter().map(|slot| (Occur::Must, word(fields, slot))));
        }
        Some(plan) => {
            let rare: Vec<_> = indispensable(plan, share).into_iter().map(|slot| word(fields, slot)).collect();
            if rare.is_empty() {
                return None;
            }
            clauses.push((Occur::Must, Box::new(BooleanQuery::union(rare))));
        }
    }
    Some(Box::new(BooleanQuery::new(clauses)))
}

/// The rarest words: without any of them, the others are worth less than the share.
fn indispensable(plan: &Plan, share: f32) -> Vec<&Slot> {
    let mut slots: Vec<&Slot> = plan.slots.iter().filter(|slot| !slot.terms.is_empty()).collect();
    slots.sort_by(|a, b| b.rarity.total_cmp(&a.rarity));
    let needed = plan.worth() * share;
    let mut others: f32 = slots.iter().map(|slot| slot.rarity).sum();
    let mut count = 0;
    while count < slots.len() && others >= needed {
        others -= slots.get(count).map_or(0.0, |slot| slot.rarity);
        count += 1;
    }
    slots.truncate(count);
    slots
}

/// The columns of a segment by which records are told apart.
pub(super) struct Columns {
    from: Column<u64>,
    until: Column<u64>,
    in_force: Column<u64>,
    head: Column<u64>,
    date: Column<u64>,
    high: Column<u64>,
    low: Column<u64>,
}

impl Columns {
    pub(super) fn of(segment: &SegmentReader) -> Result<Self, Error> {
        let fast = segment.fast_fields();
        Ok(Self {
            from: fast.u64(layout::FROM)?,
            until: fast.u64(layout::UNTIL)?,
            in_force: fast.u64(layout::IN_FORCE)?,
            head: fast.u64(layout::HEAD)?,
            date: fast.u64(layout::DATE)?,
            high: fast.u64(layout::ID_HIGH)?,
            low: fast.u64(layout::ID_LOW)?,
        })
    }

    pub(super) fn is_head(&self, record: DocId) -> bool {
        self.head.first(record).is_some_and(|head| head > 0)
    }

    /// Whether it stands for passages that have records of their own.
    pub(super) fn is_cover(&self, record: DocId) -> bool {
        self.head.first(record) == Some(2)
    }

    pub(super) fn date(&self, record: DocId) -> u64 {
        self.date.first(record).unwrap_or(0)
    }

    /// The resource.
    pub(super) fn key(&self, record: DocId) -> u128 {
        let half = |column: &Column<u64>| u128::from(column.first(record).unwrap_or(0));
        (half(&self.high) << 64) | half(&self.low)
    }

    fn is_on(&self, record: DocId, at: At) -> bool {
        let today = day(at.day());
        let is_now = self.from.first(record).is_some_and(|from| from <= today)
            && self.until.first(record).is_some_and(|until| today < until);
        is_now && (matches!(at, At::Day(_)) || self.in_force.first(record) == Some(1))
    }

    fn is_dated(&self, record: DocId, filter: &Filter) -> bool {
        let Filter::Dates(from, to) = filter else { return true };
        if from.is_none() && to.is_none() {
            return true;
        }
        let date = self.date(record) / 1_000_000;
        (date > 0) && from.is_none_or(|from| day(from) <= date) && to.is_none_or(|to| date <= day(to))
    }
}

/// The candidates of a segment, in order: what matches, is there, is so on the day and is wanted.
pub(super) fn candidates(
    searcher: &Searcher,
    segment: &SegmentReader,
    (query, conditions, columns): (&Asked, &Conditions, &Columns),
) -> Result<Vec<DocId>, Error> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut matches = weight.scorer(segment, 1.0)?;
    let alive = segment.alive_bitset();
    let looks_at_keys = !conditions.wanted.is_empty() || !conditions.unwanted.is_empty();
    let mut found = Vec::new();
    let mut record = matches.doc();
    while record != TERMINATED {
        let is_meant = alive.is_none_or(|alive| alive.is_alive(record))
            && (!conditions.heads_only || columns.is_head(record))
            && columns.is_on(record, conditions.at)
            && conditions.filters.iter().all(|filter| columns.is_dated(record, filter))
            && (!looks_at_keys || conditions.is_wanted(columns.key(record)));
        if is_meant {
            found.push(record);
        }
        record = matches.advance();
    }
    Ok(found)
}

impl Conditions {
    fn is_wanted(&self, key: u128) -> bool {
        !self.unwanted.contains(&key) && self.wanted.iter().all(|wanted| wanted.contains(&key))
    }
}

/// The resources that have these words one behind the other in some record.
fn resources_with(searcher: &Searcher, fields: &Fields, words: &[Form], at: At) -> Result<HashSet<u128>, Error> {
    let mut terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(fields.text, &word.folded)).collect();
    let query: Asked = match (terms.pop(), terms.is_empty()) {
        (None, _) => return Ok(HashSet::new()),
        (Some(one), true) => term(one),
        (Some(last), false) => {
            terms.push(last);
            Box::new(PhraseQuery::new(terms))
        }
    };
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut found = HashSet::new();
    for segment in searcher.segment_readers() {
        let columns = Columns::of(segment)?;
        let alive = segment.alive_bitset();
        let mut matches = weight.scorer(segment, 1.0)?;
        let mut record = matches.doc();
        while record != TERMINATED {
            if alive.is_none_or(|alive| alive.is_alive(record)) && columns.is_on(record, at) {
                found.insert(columns.key(record));
            }
            record = matches.advance();
        }
    }
    Ok(found)
}
