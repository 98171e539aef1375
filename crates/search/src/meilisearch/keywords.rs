//! What a text speaks of: pairs of neighbouring words that are in few others.

use super::Meilisearch;
use super::asking::{Ask, Nothing};
use super::letters::together;
use super::relaxing::rarity;
use crate::Error;
use crate::words::{Form, forms};
use std::collections::HashMap;

/// How much of a text is read.
const READ: usize = 50_000;
/// How many pairs are looked up.
const LOOKED_UP: usize = 96;
/// How many words tell what it is about.
const TELLING: usize = 14;
/// How many pairs lead to texts like it.
const KEPT: usize = 24;

/// What stands for a text, and how much it tells.
#[derive(Debug, Clone)]
pub(super) struct Keyword {
    /// Two neighbouring words, or the one there is.
    pub(super) words: Vec<Form>,
    pub(super) weight: f64,
}

impl Meilisearch {
    /// The keywords of a text among records of which `filter` holds, the most telling first.
    pub(super) async fn keywords(&self, text: &str, filter: &str) -> Result<Vec<Keyword>, Error> {
        let pairs = frequent(text);
        let ask = |text: String| {
            let mut ask = self.asking(text, filter.to_owned());
            ask.limit = Some(0);
            ask
        };
        let mut asks: Vec<Ask> = vec![ask(String::new())];
        asks.extend(pairs.iter().map(|(pair, _)| ask(together(pair))));
        let answers = self.each::<Nothing>(&asks).await?;
        let mut counts = answers.iter().map(|answer| answer.estimated_total_hits);
        let all = counts.next().unwrap_or_default();
        let keyword = |((words, often), count): ((Vec<Form>, usize), u64)| {
            // A pair that nothing has leads nowhere.
            let weight = if count == 0 { 0.0 } else { telling(often, count, all) };
            Keyword { words, weight }
        };
        let mut keywords: Vec<Keyword> = pairs.into_iter().zip(counts).map(keyword).filter(|word| word.weight > 0.0).collect();
        keywords.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        keywords.truncate(KEPT);
        Ok(keywords)
    }
}

/// A word that tells what a text is about, and how much.
pub(super) type Telling = (String, f64);

impl Meilisearch {
    /// The words that tell most: frequent in the text and rare elsewhere.
    pub(super) async fn telling(&self, text: &str) -> Result<Vec<Telling>, Error> {
        let mut counts: HashMap<String, usize> = HashMap::new();
        for form in forms(&kernel::text::nfc(beginning(text))) {
            *counts.entry(form.folded).or_default() += 1;
        }
        let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
        counts.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        counts.truncate(LOOKED_UP);
        let words: Vec<String> = counts.iter().map(|(word, _)| word.clone()).collect();
        let (rarities, all) = tokio::try_join!(self.rarities(&words), self.heads())?;
        let worth = |(word, often): (String, usize)| {
            let having = rarities.get(&word).copied().unwrap_or_default();
            #[allow(clippy::cast_precision_loss, reason = "a weight")]
            let often = (often as f64).sqrt();
            let rarity = rarity(all, having);
            // What occurs nowhere tells only where too little else does.
            (if having > 0 { rarity * often } else { 0.0 }, (word, rarity))
        };
        let mut telling: Vec<(f64, Telling)> = counts.into_iter().map(worth).collect();
        telling.sort_by(|one, other| other.0.total_cmp(&one.0));
        Ok(telling.into_iter().map(|(_, telling)| telling).take(TELLING).collect())
    }
}

/// As much of a text as is read. A word that is cut is another word.
fn beginning(text: &str) -> &str {
    let cut = text.char_indices().find(|(at, c)| *at >= READ && c.is_whitespace()).map_or(text.len(), |(at, _)| at);
    text.get(..cut).unwrap_or_default()
}

/// The pairs of neighbours in a text, the most frequent first, and how often each is there.
fn frequent(text: &str) -> Vec<(Vec<Form>, usize)> {
    let text = kernel::text::nfc(beginning(text));
    let words = forms(&text);
    let is_word = |form: &&Form| form.folded.chars().count() > 1 && !form.folded.starts_with(|c: char| c.is_ascii_digit());
    let runs: Vec<&[Form]> = if words.len() == 1 { vec![&words] } else { words.windows(2).collect() };
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    let mut found: Vec<(Vec<Form>, usize)> = Vec::new();
    for run in runs.into_iter().filter(|run| run.iter().filter(is_word).count() == run.len()) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let place = *places.entry((&first.folded, &last.folded)).or_insert(found.len());
        match found.get_mut(place) {
            Some((_, often)) => *often += 1,
            None => found.push((run.to_vec(), 1)),
        }
    }
    found.sort_by_key(|(_, often)| std::cmp::Reverse(*often));
    found.truncate(LOOKED_UP);
    found
}

/// How much a pair tells that is so often in the text, and in so many of all records.
fn telling(often: usize, count: u64, all: u64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a weight")]
    let (often, count, all) = (often as f64, count as f64, all as f64);
    often.sqrt().min(4.0) * (1.0 + all / (1.0 + count)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_of_a_text_are_counted() {
        let told = |text: &str| -> Vec<(String, usize)> {
            let told = |words: &[Form]| words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
            frequent(text).iter().map(|(words, often)| (told(words), *often)).collect()
        };
        let some = |text: &str, often| (text.to_owned(), often);
        assert_eq!(told("Giá đất và giá đất 2024 ở"), [some("gia dat", 2), some("dat va", 1), some("va gia", 1)]);
        assert_eq!(told("Đất"), [some("dat", 1)]);
        assert!(told("").is_empty() && told("1 2 3").is_empty());
        assert!(frequent(&"đường bộ ".repeat(50_000)).len() == 2);
    }
}
