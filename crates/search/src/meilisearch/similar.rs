//! What speaks of the same.

use super::asking::{Ask, Federation, Found};
use super::keywords::{Keyword, Telling};
use super::layout::{SHOWN, Shown};
use super::letters::together;
use super::showing::Marks;
use super::{Meilisearch, filters, form};
use crate::words::{Form, forms};
use crate::{Error, Hits, Query, Reason};
use std::collections::HashSet;

/// As many keywords are looked for in twos.
const PAIRED: usize = 6;
/// The most records that are compared.
const MOST_COMPARED: usize = 200;
/// The share of what a text speaks of that another has to speak of to be like it.
const LEAST_SHARE: f64 = 0.4;

impl Meilisearch {
    pub(super) async fn speak_alike(&self, query: &Query) -> Result<Hits, Error> {
        let Some(text) = query.text.as_deref() else { return Ok(Hits::default()) };
        let filter = filters::all(query);
        let (keywords, telling) = tokio::try_join!(self.keywords(text, &filter), self.telling(text))?;
        if keywords.is_empty() {
            return Ok(Hits::default());
        }
        let wanted = query.offset.saturating_add(query.limit).min(form::LAST_HIT);
        let compared = wanted.saturating_mul(3).clamp(30, MOST_COMPARED);
        let asks = self.in_twos(&keywords, &filter);
        let found = self.together::<Found>(&asks, &Federation::page(0, compared)).await?.hits;
        let mut alike: Vec<(f64, Shown)> = found.into_iter().map(|found| (share(&telling, &found.shown), found.shown)).collect();
        alike.retain(|(share, _)| *share >= LEAST_SHARE);
        // Of equals the order in which they were found.
        alike.sort_by(|one, other| other.0.total_cmp(&one.0));
        let form = |(word, _): &Telling| Form { folded: word.clone(), toned: word.clone(), is_joined: false };
        let words: Vec<Form> = telling.iter().map(form).collect();
        let marks = Marks::words(&words.iter().collect::<Vec<_>>());
        let total = alike.len() as u64;
        let page = alike.into_iter().skip(query.offset).take(query.limit);
        let hits = page.filter_map(|(share, shown)| {
            #[allow(clippy::cast_possible_truncation, reason = "a number from nought to one")]
            let score = share as f32;
            let reasons = if query.explain { vec![Reason { name: "shared_words".to_owned(), score }] } else { Vec::new() };
            marks.hit(shown, score, reasons)
        });
        Ok(Hits { hits: hits.collect(), total, ..Hits::default() })
    }

    /// Searches for two of the keywords at once, and behind them for each alone.
    fn in_twos(&self, keywords: &[Keyword], filter: &str) -> Vec<Ask> {
        let ask = |text: String, weight: f64| {
            let mut ask = self.asking(text, filter.to_owned()).weighing(weight);
            ask.attributes_to_retrieve = SHOWN.to_vec();
            ask
        };
        let of = |keyword: &Keyword| together(&keyword.words);
        let mut asks: Vec<Ask> = Vec::new();
        for (at, one) in keywords.iter().take(PAIRED).enumerate() {
            for other in keywords.iter().take(PAIRED).skip(at + 1) {
                asks.push(ask(format!("{}{}", of(one), of(other)), 16.0 * (one.weight + other.weight)));
            }
        }
        asks.extend(keywords.iter().map(|keyword| ask(of(keyword), keyword.weight)));
        asks
    }
}

/// How much of what these words tell a record tells too.
fn share(telling: &[Telling], shown: &Shown) -> f64 {
    let texts = [&shown.title, &shown.heading, &shown.body];
    let words: HashSet<String> = texts.into_iter().flat_map(|text| forms(text)).map(|form| form.folded).collect();
    let all: f64 = telling.iter().map(|(_, worth)| worth).sum();
    let shared: f64 = telling.iter().filter(|(word, _)| words.contains(word)).map(|(_, worth)| worth).sum();
    if all > 0.0 { shared / all } else { 0.0 }
}
