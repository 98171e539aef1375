//! What a score is made of.

use super::asking::{Found, Origin};
use super::order::within;
use super::stages::Stage;
use crate::Reason;
use serde_json::Value;

/// What Meilisearch ranks by within a stage, and how that is called here.
const RULES: [(&str, &str); 6] = [
    ("words", "words_found"),
    ("typo", "spelling"),
    ("proximity", "nearness"),
    ("attributeRank", "field"),
    ("wordPosition", "place"),
    ("exactness", "exactness"),
];

/// One for each stage that comes later, and what it has within its own.
pub(super) fn score(origin: &Origin, stages: &[Stage]) -> f32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a few dozen stages, and a number to one")]
    let score = later(origin, stages) as f32 + within(origin, stages) as f32;
    score
}

/// The stage by which a hit was found, and how well it fares within.
pub(super) fn reasons(found: &Found, stages: &[Stage]) -> Vec<Reason> {
    let stage = stages.get(found.origin.queries_position).map(|stage| {
        #[allow(clippy::cast_precision_loss, reason = "a few dozen stages")]
        let score = later(&found.origin, stages) as f32;
        Reason { name: stage.name.to_owned(), score }
    });
    let rule = |(rule, name): (&str, &str)| {
        let score = found.details.get(rule)?.get("score").and_then(Value::as_f64)?;
        #[allow(clippy::cast_possible_truncation, reason = "a number from nought to one")]
        let score = score as f32;
        Some(Reason { name: name.to_owned(), score })
    };
    stage.into_iter().chain(RULES.into_iter().filter_map(rule)).collect()
}

fn later(origin: &Origin, stages: &[Stage]) -> usize {
    stages.len().saturating_sub(origin.queries_position + 1)
}
