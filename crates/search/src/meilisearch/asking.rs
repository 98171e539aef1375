//! Requests of searches, and their answers.
//!
//! The library does not know what is needed of federated searches (`distinct`, weights), so they are written out here.

use super::Meilisearch;
use super::layout::{ID, Shown};
use crate::Error;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// One search.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ask {
    index_uid: String,
    pub(super) q: String,
    pub(super) filter: String,
    pub(super) attributes_to_retrieve: Vec<&'static str>,
    /// Whether every word is required (`all`), or only the first (`last`).
    pub(super) matching_strategy: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) attributes_to_search_on: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) sort: Vec<&'static str>,
    #[serde(skip_serializing_if = "is_no")]
    pub(super) show_ranking_score_details: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) limit: Option<usize>,
    /// A page with its number is counted exactly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) page: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hits_per_page: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) distinct: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) facets: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    federation_options: Option<Weight>,
}

#[derive(Debug, Clone, Serialize)]
struct Weight {
    weight: f64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes references")]
fn is_no(value: &bool) -> bool {
    !*value
}

impl Ask {
    pub(super) fn weighing(mut self, weight: f64) -> Self {
        self.federation_options = Some(Weight { weight });
        self
    }

    pub(super) fn weight(&self) -> f64 {
        self.federation_options.as_ref().map_or(1.0, |options| options.weight)
    }
}

/// What is wanted of all searches of a request together.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Federation {
    pub(super) limit: usize,
    pub(super) offset: usize,
    /// Of records with the same value only the best is a hit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) distinct: Option<&'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    facets_by_index: BTreeMap<String, Vec<String>>,
}

impl Federation {
    /// This many hits, one of each resource.
    pub(super) fn page(offset: usize, limit: usize) -> Self {
        Self { limit, offset, distinct: Some(ID), facets_by_index: BTreeMap::new() }
    }

    /// No hits, and these facets counted.
    pub(super) fn count(uid: &str, facets: Vec<String>) -> Self {
        let facets_by_index = if facets.is_empty() { BTreeMap::new() } else { BTreeMap::from([(uid.to_owned(), facets)]) };
        Self { limit: 0, offset: 0, distinct: None, facets_by_index }
    }
}

#[derive(Serialize)]
struct Asks<'a> {
    queries: &'a [Ask],
    #[serde(skip_serializing_if = "Option::is_none")]
    federation: Option<&'a Federation>,
}

/// What a search has found.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer<H> {
    pub(super) hits: Vec<H>,
    #[serde(default)]
    pub(super) estimated_total_hits: u64,
    #[serde(default)]
    pub(super) total_hits: u64,
    #[serde(default)]
    pub(super) facet_distribution: BTreeMap<String, BTreeMap<String, u64>>,
    #[serde(default)]
    pub(super) facets_by_index: BTreeMap<String, Counted>,
}

/// Counts of values by facet.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Counted {
    pub(super) distribution: BTreeMap<String, BTreeMap<String, u64>>,
}

#[derive(Deserialize)]
struct Answers<H> {
    results: Vec<Answer<H>>,
}

/// A record that was found, and why.
#[derive(Debug, Deserialize)]
pub(super) struct Found {
    #[serde(flatten)]
    pub(super) shown: Shown,
    #[serde(rename = "_federation")]
    pub(super) origin: Origin,
    #[serde(rename = "_rankingScoreDetails", default)]
    pub(super) details: Map<String, Value>,
}

/// Which of the searches has found it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Origin {
    pub(super) queries_position: usize,
    pub(super) weighted_ranking_score: f64,
}

/// Nothing of a hit.
#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

impl Meilisearch {
    /// A search of this index that retrieves nothing.
    pub(super) fn asking(&self, q: String, filter: String) -> Ask {
        Ask {
            index_uid: self.uid.clone(),
            q,
            filter,
            attributes_to_retrieve: vec![ID],
            matching_strategy: "all",
            attributes_to_search_on: None,
            sort: Vec::new(),
            show_ranking_score_details: false,
            limit: None,
            page: None,
            hits_per_page: None,
            distinct: None,
            facets: Vec::new(),
            federation_options: None,
        }
    }

    /// Answers each search.
    pub(super) async fn each<H: DeserializeOwned>(&self, queries: &[Ask]) -> Result<Vec<Answer<H>>, Error> {
        if queries.is_empty() {
            return Ok(Vec::new());
        }
        let Answers { results } = self.wire.search(&Asks { queries, federation: None }).await?;
        Ok(results)
    }

    /// Answers all searches together.
    pub(super) async fn together<H: DeserializeOwned>(
        &self,
        queries: &[Ask],
        federation: &Federation,
    ) -> Result<Answer<H>, Error> {
        self.wire.search(&Asks { queries, federation: Some(federation) }).await
    }
}
