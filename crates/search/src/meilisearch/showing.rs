//! What is shown of a hit.

use super::Meilisearch;
use super::asking::{Ask, Found};
use super::filters::{self, PARTS};
use super::layout::{BODY, HEADING, SHOWN, Shown};
use super::letters::spelled;
use super::terms::MOST_TERMS;
use super::understanding::Sought;
use crate::asked::Asked;
use crate::highlight::Highlighter;
use crate::words::{Form, forms};
use crate::{Error, Hit, Reason};
use kernel::Id;

/// The words that are marked in hits.
pub(super) struct Marks {
    highlighter: Highlighter,
}

impl Marks {
    /// Those of the query, and of its other ways to be written.
    pub(super) fn of(asked: &Asked, sought: &Sought) -> Self {
        let mut all: Vec<&Form> = asked.words.iter().collect();
        for word in sought.variants.iter().flatten() {
            if !all.iter().any(|known| known.folded == word.folded) {
                all.push(word);
            }
        }
        Self::words(&all)
    }

    pub(super) fn words(words: &[&Form]) -> Self {
        Self { highlighter: Highlighter::new(words.iter().map(|word| (*word).clone()).collect()) }
    }

    /// The hit of a record; none where the server's record is not one of ours.
    pub(super) fn hit(&self, shown: Shown, score: f32, reasons: Vec<Reason>) -> Option<Hit> {
        let Shown { id, resource_type, title, number, heading, body, eid, .. } = shown;
        let (highlights, matched) = self.highlighter.shown([&title, &number, &heading, &body], &eid);
        Some(Hit { id: Id::parse(&id)?, resource_type, score, matched, highlights, reasons })
    }
}

impl Meilisearch {
    /// Where a resource was found by its head, which has no text of its own, the passage that has
    /// most of the words.
    pub(super) async fn with_passages(&self, mut found: Vec<Found>, sought: &Sought) -> Result<Vec<Found>, Error> {
        let Some(words) = sought.variants.first() else { return Ok(found) };
        let heads: Vec<usize> = (0..found.len()).filter(|at| found.get(*at).is_some_and(|found| found.shown.more == 1)).collect();
        if heads.is_empty() {
            return Ok(found);
        }
        let rarest = self.rarest_first(words, sought).await?;
        let ask = |at: &usize| {
            let shown = &found.get(*at)?.shown;
            let filter = filters::and(&filters::of_resource(&shown.id), PARTS);
            let mut ask = self.asking(beside_title(&rarest, shown), filters::and(&sought.filter, &filter));
            ask.attributes_to_retrieve = SHOWN.to_vec();
            ask.attributes_to_search_on = Some(vec![HEADING, BODY]);
            ask.matching_strategy = "last";
            ask.limit = Some(1);
            Some(ask)
        };
        let asks: Vec<Ask> = heads.iter().filter_map(ask).collect();
        let passages = self.each::<Shown>(&asks).await?;
        for (at, passage) in heads.into_iter().zip(passages) {
            if let (Some(found), Some(passage)) = (found.get_mut(at), passage.hits.into_iter().next()) {
                found.shown = passage;
            }
        }
        Ok(found)
    }
}

/// The words that the title lacks, or all where it lacks none. Meilisearch leaves words off from
/// the last: the rarest stands first.
fn beside_title(rarest: &[String], shown: &Shown) -> String {
    let title: Vec<String> = forms(&shown.title).into_iter().map(|form| form.folded).collect();
    let lacking: Vec<&String> = rarest.iter().filter(|word| !title.contains(word)).collect();
    let words: Vec<&String> = if lacking.is_empty() { rarest.iter().collect() } else { lacking };
    words.iter().take(MOST_TERMS).map(|word| format!("{} ", spelled(word))).collect()
}
