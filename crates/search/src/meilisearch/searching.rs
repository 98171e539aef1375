//! Searches.

use super::asking::{Ask, Federation, Found};
use super::layout::SHOWN;
use super::order::LOOKED_AT;
use super::showing::Marks;
use super::stages::Stage;
use super::understanding::Sought;
use super::{Meilisearch, counting, explaining, filters, form, order};
use crate::asked::Asked;
use crate::{Error, Hits, Query};

impl Meilisearch {
    pub(super) async fn find(&self, query: &Query) -> Result<Hits, Error> {
        let filter = filters::all(query);
        let asked = match query.text.as_deref() {
            None => Asked::default(),
            Some(text) => match Asked::read(text) {
                asked if asked.words.is_empty() => return Ok(Hits { facets: counting::none(query), ..Hits::default() }),
                asked => asked,
            },
        };
        let mut sought = match query.text {
            None => Sought::everything(filter),
            Some(_) => self.understand(&asked, filter).await?,
        };
        let offset = query.offset.min(form::LAST_HIT);
        let limit = query.limit.min(form::LAST_HIT - offset);
        let mut stages = self.stages(&sought, query.sort);
        let (mut counts, mut found) = tokio::try_join!(self.count(&sought, query), self.page(&stages, query, offset, limit))?;
        if counts.total == 0
            && let Some(corrected) = self.corrected(&sought).await?
        {
            sought = corrected;
            stages = self.stages(&sought, query.sort);
            (counts, found) = tokio::try_join!(self.count(&sought, query), self.page(&stages, query, offset, limit))?;
        }
        if !self.is_enough(&sought, counts.total).await?
            && let Some(relaxed) = self.relaxed(&sought).await?
        {
            let more = self.count(&relaxed, query).await?;
            if more.total > counts.total {
                (counts, sought) = (more, relaxed);
                stages = self.stages(&sought, query.sort);
                found = self.page(&stages, query, offset, limit).await?;
            }
        }
        let is_relaxed = sought.is_relaxed && counts.total > 0;
        let mut hits = Hits { hits: Vec::new(), total: counts.total, is_relaxed, facets: counts.facets };
        let marks = Marks::of(&asked, &sought);
        let found = self.with_passages(found, &sought).await?;
        let hit = |found: Found| {
            let score = explaining::score(&found.origin, &stages);
            let reasons = if query.explain { explaining::reasons(&found, &stages) } else { Vec::new() };
            marks.hit(found.shown, score, reasons)
        };
        hits.hits = found.into_iter().filter_map(hit).collect();
        Ok(hits)
    }

    /// A page of what the stages find.
    async fn page(&self, stages: &[Stage], query: &Query, offset: usize, limit: usize) -> Result<Vec<Found>, Error> {
        if limit == 0 || stages.is_empty() {
            return Ok(Vec::new());
        }
        let asks: Vec<Ask> = stages.iter().map(|stage| self.shown(stage, query)).collect();
        let has_phrases = stages.iter().any(|stage| stage.phrase.is_some());
        if !has_phrases || offset >= LOOKED_AT {
            return Ok(self.together::<Found>(&asks, &Federation::page(offset, limit)).await?.hits);
        }
        // What is looked at is the same, whichever part of it is wanted.
        let best = Federation::page(0, LOOKED_AT.max(offset + limit));
        let found = order::ordered(self.together::<Found>(&asks, &best).await?.hits, stages);
        Ok(found.into_iter().skip(offset).take(limit).collect())
    }

    /// A stage of which hits are shown.
    fn shown(&self, stage: &Stage, query: &Query) -> Ask {
        let mut ask = stage.ask.clone();
        ask.attributes_to_retrieve = SHOWN.into_iter().chain(["more"]).collect();
        ask.show_ranking_score_details = query.explain;
        ask
    }
}

impl Sought {
    /// Everything of which this holds.
    fn everything(filter: String) -> Self {
        Self { filter, widest: vec![super::terms::Terms::default()], ..Self::default() }
    }
}
