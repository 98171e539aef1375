//! The form of an index on the server: what it is told once, and whether it was told something else.

use super::correcting::{ONE_ERROR, TWO_ERRORS};
use super::layout::{BODY, BODY_TONED, FACETS, HEADING, ID, NUMBER, REST, SHOWN, TITLE, TITLE_TONED};
use crate::Settings;
use serde_json::{Map, Value, json};

/// Changed with the layout of documents: an index filled by another version is to be filled anew.
const VERSION: &str = "congkhai search 2";

/// The last hit that can be reached.
pub(super) const LAST_HIT: usize = 20_000;
/// How many values of a facet are counted.
const FACET_VALUES: usize = 1_000;

/// What an index is filled by; one that bears another mark lacks something.
pub(super) fn mark(settings: &Settings) -> String {
    format!("{VERSION}\n{}", settings.fingerprint())
}

/// The settings of an index.
pub(super) fn settings() -> Map<String, Value> {
    let searched = [TITLE, HEADING, NUMBER, BODY, REST, TITLE_TONED, BODY_TONED];
    let displayed: Vec<&str> = SHOWN.into_iter().chain(["key", "n", "more", "mark"]).collect();
    let facets = json!({
        "attributePatterns": [format!("{FACETS}.*")],
        "features": { "facetSearch": false, "filter": { "equality": true, "comparison": false } },
    });
    let settings = json!({
        "searchableAttributes": searched,
        "displayedAttributes": displayed,
        "filterableAttributes": [ID, "n", "head", "number_forms", "date", "from", "until", "in_force", facets],
        "sortableAttributes": ["date", ID, "head"],
        // An asked order goes before everything. Of equals the newer stands first, then the lower
        // id, and of one resource what stands for the whole.
        "rankingRules": ["sort", "words", "typo", "proximity", "attribute", "exactness", "date:desc", "id:asc", "head:desc"],
        // Words are sought in quotation marks, and so as they are; errors are forgiven in those that
        // occur nowhere. A tone changed in Telex is another word.
        "typoTolerance": {
            "enabled": true,
            "minWordSizeForTypos": { "oneTypo": ONE_ERROR, "twoTypos": TWO_ERRORS },
            "disableOnAttributes": [TITLE_TONED, BODY_TONED],
            "disableOnWords": [],
            "disableOnNumbers": true,
        },
        "faceting": { "maxValuesPerFacet": FACET_VALUES, "sortFacetValuesBy": { "*": "count" } },
        "pagination": { "maxTotalHits": LAST_HIT },
        "proximityPrecision": "byWord",
        "prefixSearch": "indexingTime",
        "facetSearch": false,
        "distinctAttribute": null,
        "stopWords": [],
        "dictionary": [],
        "separatorTokens": [],
        "nonSeparatorTokens": [],
        // Abbreviations are written out in queries, as for the embedded index.
        "synonyms": {},
        // Nothing is left to guess a language from: texts are words without marks.
        "localizedAttributes": null,
        "searchCutoffMs": null,
    });
    match settings {
        Value::Object(settings) => settings,
        _ => Map::new(),
    }
}

/// The settings in which what is there differs from what is wanted.
pub(super) fn drift(wanted: &Map<String, Value>, there: &Map<String, Value>) -> Map<String, Value> {
    let is_other = |name: &str, wanted: &Value| ordered(name, there.get(name).unwrap_or(&Value::Null)) != ordered(name, wanted);
    wanted.iter().filter(|(name, value)| is_other(name, value)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// A setting in one order, where its order means nothing.
fn ordered(name: &str, value: &Value) -> Value {
    match value {
        Value::Array(values) if !matches!(name, "rankingRules" | "searchableAttributes") => {
            let mut values: Vec<Value> = values.iter().map(|value| ordered("", value)).collect();
            values.sort_by_key(Value::to_string);
            Value::Array(values)
        }
        Value::Object(fields) => {
            let mut fields: Vec<(String, Value)> =
                fields.iter().map(|(name, value)| (name.clone(), ordered(name, value))).collect();
            fields.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(fields.into_iter().collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let wanted = settings();
        assert!(drift(&wanted, &wanted).is_empty());
        let mut there = wanted.clone();
        there["sortableAttributes"].as_array_mut().unwrap().reverse();
        assert!(drift(&wanted, &there).is_empty(), "the order of sortable attributes means nothing");
        there["rankingRules"].as_array_mut().unwrap().reverse();
        there.remove("pagination");
        let names: Vec<String> = drift(&wanted, &there).keys().cloned().collect();
        assert_eq!(names, ["rankingRules", "pagination"]);
    }
}
