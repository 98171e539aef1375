//! The order of the first hits, of which the text is looked at.
//!
//! Meilisearch takes words for a phrase when each is near the two beside it somewhere in the text,
//! and finds a title that is the phrase no better than one that has it. So the best hits, always
//! as many, are read: pages of one query join.

use super::asking::{Found, Origin};
use super::layout::Shown;
use super::stages::Stage;
use crate::words::{Form, folded, words};
use std::cmp::Reverse;

/// How many hits are looked at.
pub(super) const LOOKED_AT: usize = 60;

/// The hits, the first of them in the order that their texts give.
pub(super) fn ordered(mut found: Vec<Found>, stages: &[Stage]) -> Vec<Found> {
    let rest = found.split_off(LOOKED_AT.min(found.len()));
    let mut first: Vec<(usize, Reverse<usize>, Found)> = found.into_iter().map(|found| placed(found, stages)).collect();
    // Of equals the order of Meilisearch.
    first.sort_by_key(|(stage, coverage, _)| (*stage, *coverage));
    let mut ordered: Vec<Found> = first.into_iter().map(|(_, _, found)| found).collect();
    ordered.extend(rest);
    descend(&mut ordered, stages);
    ordered
}

/// The stage to which a hit belongs, and how much of its title is what was typed, in thousandths.
fn placed(mut found: Found, stages: &[Stage]) -> (usize, Reverse<usize>, Found) {
    let position = found.origin.queries_position;
    let Some(phrase) = stages.get(position).and_then(|stage| stage.phrase.as_deref()) else {
        return (position, Reverse(0), found);
    };
    match coverage(phrase, &found.shown) {
        Some(coverage) => (position, Reverse(coverage), found),
        None => {
            let belongs =
                stages.iter().skip(position).position(|stage| stage.follows_phrases).map_or(position, |at| position + at);
            let score = within(&found.origin, stages);
            let weight = stages.get(belongs).map_or(1.0, |stage| stage.ask.weight());
            found.origin = Origin { queries_position: belongs, weighted_ranking_score: score * weight };
            (belongs, Reverse(0), found)
        }
    }
}

/// Whether words stand together in a record.
pub(super) fn stands(phrase: &[Form], shown: &Shown) -> bool {
    coverage(phrase, shown).is_some()
}

/// How much of the title or heading a phrase is, in thousandths; none at all where it is nowhere.
fn coverage(phrase: &[Form], shown: &Shown) -> Option<usize> {
    let (title, heading, number) = (cut(&shown.title), cut(&shown.heading), cut(&shown.number));
    let covers = |text: &[String]| if has(text, phrase) { phrase.len() * 1000 / text.len().max(1) } else { 0 };
    let best = covers(&title).max(covers(&heading)).max(covers(&number));
    if best > 0 || has(&cut(&shown.body), phrase) { Some(best) } else { None }
}

fn cut(text: &str) -> Vec<String> {
    words(text).map(|word| folded(word.text)).filter(|word| !word.is_empty()).collect()
}

fn has(text: &[String], phrase: &[Form]) -> bool {
    text.windows(phrase.len().max(1)).any(|run| run.iter().eq(phrase.iter().map(|word| &word.folded)))
}

/// How well a hit fares within its stage.
pub(super) fn within(origin: &Origin, stages: &[Stage]) -> f64 {
    let within = stages.get(origin.queries_position).map_or(0.0, |stage| origin.weighted_ranking_score / stage.ask.weight());
    within.clamp(0.0, 1.0)
}

/// Scores of one stage, none above the one before it.
fn descend(found: &mut [Found], stages: &[Stage]) {
    let mut before: Option<Origin> = None;
    for found in found {
        if let Some(before) = before.filter(|before| before.queries_position == found.origin.queries_position) {
            let most = within(&before, stages);
            if within(&found.origin, stages) > most {
                found.origin.weighted_ranking_score = before.weighted_ranking_score;
            }
        }
        before = Some(found.origin);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::forms;

    fn shown(title: &str, body: &str) -> Shown {
        Shown {
            id: String::new(),
            resource_type: String::new(),
            title: title.to_owned(),
            number: String::new(),
            heading: String::new(),
            body: body.to_owned(),
            eid: String::new(),
            more: 0,
        }
    }

    #[test]
    fn a_phrase_is_looked_for_and_a_title_that_is_nothing_else_covered() {
        let phrase = forms("hội đồng xác định");
        assert_eq!(coverage(&phrase, &shown("Hội đồng, xác định", "")), Some(1000));
        assert_eq!(coverage(&phrase, &shown("Phương thức của hội đồng xác định", "")), Some(571));
        assert_eq!(coverage(&phrase, &shown("Khác", "và Hội đồng xác định. Hết")), Some(0));
        assert_eq!(coverage(&phrase, &shown("hội đồng", "xác định hội đồng")), None);
    }
}
