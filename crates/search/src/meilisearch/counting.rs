//! How many resources there are, and of which kinds.

use super::Meilisearch;
use super::asking::{Federation, Nothing};
use super::layout::{FACETS, ID};
use super::understanding::Sought;
use super::values;
use crate::{Error, Query};
use std::collections::BTreeMap;

/// How many, and how many of each value.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) total: u64,
    pub(super) facets: BTreeMap<String, Vec<(String, u64)>>,
}

impl Meilisearch {
    /// Counts what is sought. Heads are counted together, each once; of records with a phrase, of
    /// which a resource may have several, one is counted of each.
    pub(super) async fn count(&self, sought: &Sought, query: &Query) -> Result<Counts, Error> {
        let facets: Vec<String> = query.facets.iter().map(|(name, _)| path(name)).collect();
        let asks = self.widest(sought);
        let by_head = sought.phrases.is_empty();
        let (total, mut counted) = match asks.as_slice() {
            [] => (0, BTreeMap::new()),
            [one, ..] if !by_head => {
                let mut one = one.clone();
                one.page = Some(1);
                one.hits_per_page = Some(0);
                one.distinct = Some(ID);
                one.facets = facets;
                let answer = self.each::<Nothing>(&[one]).await?.into_iter().next();
                answer.map(|answer| (answer.total_hits, answer.facet_distribution)).unwrap_or_default()
            }
            asks => {
                let answer = self.together::<Nothing>(asks, &Federation::count(&self.uid, facets)).await?;
                let counted = answer.facets_by_index.into_values().next().unwrap_or_default();
                (answer.estimated_total_hits, counted.distribution)
            }
        };
        let facets = query.facets.iter().map(|(name, most)| {
            let mut values: Vec<(String, u64)> = counted
                .remove(&path(name))
                .unwrap_or_default()
                .into_iter()
                .map(|(value, count)| (values::told(&value), count))
                .collect();
            values.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
            values.truncate(*most);
            (name.clone(), values)
        });
        Ok(Counts { total, facets: facets.collect() })
    }
}

/// Facets of nothing.
pub(super) fn none(query: &Query) -> BTreeMap<String, Vec<(String, u64)>> {
    query.facets.iter().map(|(name, _)| (name.clone(), Vec::new())).collect()
}

fn path(name: &str) -> String {
    format!("{FACETS}.{name}")
}
