//! Searches.

use super::counting;
use super::matching::Conditions;
use super::plan::Plan;
use super::ranking::{self, Found, Ranked};
use super::{Inner, scoring::Score};
use crate::asked::Asked;
use crate::highlight::Highlighter;
use crate::words::Form;
use crate::{Error, Hit, Hits, Query, Reason, Sort};
use tantivy::{Searcher, TantivyDocument};

/// With fewer resources that have all words in one place, those are found too that have most of them.
const FEW: usize = 40;
/// A query of fewer words means each of them.
const FORGIVING: usize = 4;
/// How much of a query is enough, by the rarity of its words: what a question is about, not how it is asked.
const ENOUGH: f32 = 0.3;

/// What was looked for, and found.
pub(super) struct Search {
    pub(super) plans: Vec<Plan>,
    pub(super) found: Found,
    pub(super) is_relaxed: bool,
}

impl Inner {
    pub(super) fn search(&self, query: &Query) -> Result<Hits, Error> {
        let searcher = self.reader.searcher();
        let Some(text) = &query.text else { return self.everything(&searcher, query) };
        let asked = Asked::read(text);
        if asked.words.is_empty() {
            return Ok(Hits { facets: counting::none(&query.facets), ..Hits::default() });
        }
        let conditions = Conditions::of(&searcher, &self.fields, query, (&asked.phrases, &asked.unwanted))?;
        let variants = asked.variants(&self.settings);
        let plan =
            |words: &Vec<Form>| Plan::of(&searcher, &self.fields, words)?.corrected(&searcher, &self.fields, &self.settings);
        let plans = variants.iter().map(plan).collect::<Result<Vec<_>, _>>()?;
        let search = self.found(&searcher, (plans, !asked.phrases.is_empty()), &conditions)?;
        let marks = marks(&variants, &search.plans);
        self.hits(&searcher, query, search, conditions, &marks)
    }

    /// Every resource that fulfils the conditions, the newest first.
    fn everything(&self, searcher: &Searcher, query: &Query) -> Result<Hits, Error> {
        let mut conditions = Conditions::of(searcher, &self.fields, query, (&[], &[]))?;
        conditions.heads_only = true;
        let found = ranking::find(searcher, &self.fields, (None, 1.0), &conditions)?;
        let search = Search { plans: Vec::new(), found, is_relaxed: false };
        let marks = Highlighter::new(Vec::new());
        self.hits(searcher, query, search, conditions, &marks)
    }

    /// What has all words of the query or, where that is too little, most of them.
    /// Who puts words in quotation marks knows what he looks for: others are added only where nothing is found.
    fn found(
        &self,
        searcher: &Searcher,
        (plans, is_quoted): (Vec<Plan>, bool),
        conditions: &Conditions,
    ) -> Result<Search, Error> {
        let with = |share: f32| -> Result<Found, Error> {
            let mut all = Found::default();
            for plan in &plans {
                all.add(ranking::find(searcher, &self.fields, (Some(plan), share), conditions)?);
            }
            Ok(all)
        };
        let mut found = with(1.0)?;
        let mut is_relaxed = false;
        let count = plans.first().map_or(0, |plan| plan.slots.len());
        let is_enough = match found.total() {
            0 => count < 2,
            _ if count < FORGIVING || is_quoted => true,
            _ => found.has_in_one_place(FEW) || found.records.iter().any(|record| record.is_exact),
        };
        if !is_enough {
            let more = with(ENOUGH)?;
            if more.total() > found.total() {
                is_relaxed = true;
                found = more;
            }
        }
        Ok(Search { plans, found, is_relaxed })
    }

    pub(super) fn hits(
        &self,
        searcher: &Searcher,
        query: &Query,
        search: Search,
        mut conditions: Conditions,
        marks: &Highlighter,
    ) -> Result<Hits, Error> {
        let Search { plans, mut found, is_relaxed } = search;
        let facets = counting::count(searcher, &found.heads, &query.facets)?;
        let total = found.total();
        let sort = if plans.is_empty() && query.sort == Sort::Relevance { Sort::Newest } else { query.sort };
        let wanted = query.limit.min(total.saturating_sub(query.offset));
        if wanted == 0 {
            found.records.clear();
        }
        let best = found.first(query.offset + wanted, sort);
        let mut hits = Vec::with_capacity(wanted);
        for mut record in best.into_iter().skip(query.offset) {
            if sort != Sort::Relevance && !plans.is_empty() {
                record = self.best_of(searcher, &plans, &mut conditions, record)?;
            }
            let shown = ranking::passage(searcher, &self.fields, &plans, record)?;
            let mut hit = self.hit(searcher, Ranked { at: shown, ..record }, marks)?;
            if query.explain {
                hit.reasons = self.reasons(searcher, &plans, record)?;
            }
            hits.push(hit);
        }
        Ok(Hits { hits, total: u64::try_from(total).unwrap_or(u64::MAX), is_relaxed: is_relaxed && total > 0, facets })
    }

    /// The record of the same resource that matches best.
    fn best_of(&self, searcher: &Searcher, plans: &[Plan], conditions: &mut Conditions, record: Ranked) -> Result<Ranked, Error> {
        conditions.only = Some(kernel::Id(uuid_of(record.key)));
        let mut all = Found::default();
        for plan in plans {
            all.add(ranking::find(searcher, &self.fields, (Some(plan), 0.01), conditions)?);
        }
        conditions.only = None;
        Ok(all.first(1, Sort::Relevance).pop().unwrap_or(record))
    }

    fn hit(&self, searcher: &Searcher, record: Ranked, marks: &Highlighter) -> Result<Hit, Error> {
        let document: TantivyDocument = searcher.doc(record.at)?;
        let shown = self.fields.shown(&document)?;
        let texts = [&shown.title, &shown.number, &shown.heading, &shown.body].map(String::as_str);
        let (highlights, matched) = marks.shown(texts, &shown.eid);
        Ok(Hit {
            id: shown.id,
            resource_type: shown.resource_type,
            score: record.score,
            matched,
            highlights,
            reasons: Vec::new(),
        })
    }

    fn reasons(&self, searcher: &Searcher, plans: &[Plan], record: Ranked) -> Result<Vec<Reason>, Error> {
        let mut best = Score::default();
        for plan in plans {
            let score = ranking::explained(searcher, &self.fields, plan, record.at)?;
            if score.total() > best.total() {
                best = score;
            }
        }
        let parts = [
            ("number", best.number),
            ("title", best.title),
            ("heading", best.heading),
            ("words", best.words),
            ("tones", best.tones),
            ("together", best.together),
            ("near", best.near),
        ];
        let parts = parts.into_iter().filter(|(_, score)| *score > 0.0);
        Ok(parts.map(|(name, score)| Reason { name: name.to_owned(), score }).collect())
    }
}

fn uuid_of(key: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(key)
}

/// Marks every word that may have been meant: as typed, written out or abbreviated, and corrected.
pub(super) fn marks(variants: &[Vec<Form>], plans: &[Plan]) -> Highlighter {
    let mut all: Vec<Form> = Vec::new();
    let mut add = |form: &Form| {
        if !all.iter().any(|known| known.folded == form.folded) {
            all.push(form.clone());
        }
    };
    variants.iter().flatten().for_each(&mut add);
    for (term, _) in plans.iter().flat_map(|plan| &plan.slots).flat_map(|slot| &slot.terms) {
        add(&Form { folded: term.clone(), toned: term.clone(), is_joined: false });
    }
    Highlighter::new(all)
}
