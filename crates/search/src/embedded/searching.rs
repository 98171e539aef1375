//! Searches.

use super::ranking::{self, Asked};
use super::{Inner, layout};
use crate::highlight::Highlighter;
use crate::{Error, Hit, Hits, Query};
use std::collections::BTreeMap;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Count, TopDocs};
use tantivy::{DocAddress, Searcher, TantivyDocument};

impl Inner {
    pub(super) fn search(&self, query: &Query) -> Result<Hits, Error> {
        let searcher = self.reader.searcher();
        let asked = Asked::read(&query.text);
        let Some(built) = ranking::build(&searcher, &self.fields, &asked, &query.types)? else {
            return Ok(Hits::default());
        };
        let there = usize::try_from(searcher.num_docs()).unwrap_or(usize::MAX);
        let limit = query.limit.min(there.saturating_sub(query.offset));
        if limit == 0 {
            let total = searcher.search(&built, &Count)?;
            return Ok(Hits { hits: Vec::new(), total: total as u64 });
        }
        // Each key orders downwards: tantivy 0.27 forgets other directions given in four keys.
        let best = TopDocs::with_limit(limit).and_offset(query.offset).order_by((
            SortBySimilarityScore,
            SortByStaticFastValue::<u64>::for_field(layout::DATE),
            SortByStaticFastValue::<u64>::for_field(layout::ID_HIGH),
            SortByStaticFastValue::<u64>::for_field(layout::ID_LOW),
        ));
        let (best, total) = searcher.search(&built, &(best, Count))?;
        let highlighter = Highlighter::new(asked.folded, asked.toned);
        let hits = best.into_iter().map(|((score, ..), address)| self.hit(&searcher, (score, address), &highlighter));
        Ok(Hits { hits: hits.collect::<Result<_, _>>()?, total: total as u64 })
    }

    fn hit(&self, searcher: &Searcher, (score, address): (f32, DocAddress), marks: &Highlighter) -> Result<Hit, Error> {
        let document: TantivyDocument = searcher.doc(address)?;
        let kept = |field| self.fields.kept(&document, field);
        let highlights = [
            ("title", marks.whole(&kept(self.fields.title))),
            ("body", marks.window(&kept(self.fields.body))),
            ("number", marks.whole(&kept(self.fields.number))),
        ];
        let highlights: BTreeMap<_, _> =
            highlights.into_iter().filter_map(|(field, piece)| Some((field, vec![piece?]))).collect();
        let id = self.fields.kept_id(&document)?;
        Ok(Hit { id, resource_type: kept(self.fields.resource_type), score, highlights })
    }
}
