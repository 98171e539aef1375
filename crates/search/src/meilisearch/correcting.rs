//! What a word was perhaps meant to be that does not occur.

use super::Meilisearch;
use super::asking::Ask;
use super::layout::{SHOWN, Shown};
use super::terms::Rarities;
use super::understanding::Sought;
use crate::Error;
use crate::words::{Form, forms};
use std::collections::HashMap;

/// A word of so many letters may have one typing error, and of so many two; Meilisearch is told the same.
pub(super) const ONE_ERROR: usize = 4;
pub(super) const TWO_ERRORS: usize = 8;
/// So many records with words like it are read.
const READ: usize = 20;
/// A wrong word stands for the most frequent of those.
const MOST: usize = 2;
/// Ways to write a query.
const MOST_VARIANTS: usize = 4;

impl Meilisearch {
    /// The same query, in which words that occur nowhere stand for what is written almost so.
    /// `None` where there are none. Abbreviations and numbers are meant as they are.
    pub(super) async fn corrected(&self, sought: &Sought) -> Result<Option<Sought>, Error> {
        let words: Vec<&Form> = sought.variants.iter().flatten().collect();
        let words: Vec<String> = super::understanding::distinct(&words);
        let words: Vec<String> = words.into_iter().filter(|word| self.may_be_wrong(word)).collect();
        let known = self.rarities(&words).await?;
        let wrong: Vec<&String> = words.iter().filter(|word| known.get(*word) == Some(&0)).collect();
        let like = |word: &&String| {
            let mut ask: Ask = self.asking(format!("{word} "), sought.filter.clone());
            ask.attributes_to_retrieve = SHOWN.to_vec();
            ask.limit = Some(READ);
            ask
        };
        let asks: Vec<Ask> = wrong.iter().map(like).collect();
        let answers = self.each::<Shown>(&asks).await?;
        let mut meant: HashMap<&str, Vec<String>> = HashMap::new();
        for (word, answer) in wrong.iter().zip(answers) {
            meant.insert(word, nearest(word, &answer.hits));
        }
        let mut variants: Vec<Vec<Form>> = Vec::new();
        for nth in 0..MOST {
            for words in &sought.variants {
                let other: Vec<Form> = words.iter().map(|word| other(word, &meant, nth)).collect();
                if other != *words && !variants.contains(&other) && variants.len() < MOST_VARIANTS {
                    variants.push(other);
                }
            }
        }
        if variants.is_empty() {
            return Ok(None);
        }
        Ok(Some(Sought { rarities: Rarities::new(), ..sought.clone() }.written(variants)))
    }

    fn may_be_wrong(&self, word: &str) -> bool {
        word.len() >= ONE_ERROR && word.bytes().all(|byte| byte.is_ascii_lowercase()) && self.settings.long(word).is_none()
    }
}

/// The word, or the `nth` of what it was perhaps meant to be.
fn other(word: &Form, meant: &HashMap<&str, Vec<String>>, nth: usize) -> Form {
    let Some(others) = meant.get(word.folded.as_str()).filter(|others| !others.is_empty()) else { return word.clone() };
    let other = others.get(nth).or_else(|| others.first()).cloned().unwrap_or_default();
    Form { folded: other.clone(), toned: other, is_joined: word.is_joined }
}

/// Words of these records that are almost so, with the least errors, the most frequent first.
fn nearest(word: &str, records: &[Shown]) -> Vec<String> {
    let most = if word.len() < TWO_ERRORS { 1 } else { 2 };
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for record in records {
        for text in [&record.title, &record.heading, &record.body] {
            for form in forms(text) {
                if let Some(known) = counts.get_mut(&form.folded) {
                    known.1 += 1;
                } else if form.folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
                    let errors = errors(word, &form.folded);
                    counts.insert(form.folded, (errors, 1));
                }
            }
        }
    }
    let mut near: Vec<(usize, usize, String)> = counts.into_iter().map(|(word, (errors, often))| (errors, often, word)).collect();
    near.retain(|(errors, ..)| *errors <= most);
    near.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.cmp(&one.1)).then_with(|| one.2.cmp(&other.2)));
    let least = near.first().map_or(0, |(errors, ..)| *errors);
    near.into_iter().filter(|(errors, ..)| *errors == least).map(|(.., word)| word).take(MOST).collect()
}

/// How many letters are to be added, left out, changed or exchanged with their neighbour.
fn errors(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.iter().enumerate() {
        let mut next: Vec<usize> = vec![row + 1];
        for (column, counterpart) in other.iter().enumerate() {
            let at = |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&last, column) + usize::from(letter != counterpart);
            let mut least = changed.min(at(&last, column + 1) + 1).min(at(&next, column) + 1);
            let is_exchanged =
                row > 0 && column > 0 && one.get(row - 1) == Some(counterpart) && other.get(column - 1) == Some(letter);
            if is_exchanged {
                least = least.min(at(&before_last, column - 1) + 1);
            }
            next.push(least);
        }
        before_last = std::mem::replace(&mut last, next);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_counted() {
        for (one, other, expected) in
            [("thoong", "thong", 1), ("ngheim", "nghiem", 1), ("telecomunicatoin", "telecommunication", 2), ("gia", "gia", 0)]
        {
            assert_eq!((errors(one, other), errors(other, one)), (expected, expected), "{one} {other}");
        }
        assert!(errors("thxxng", "thong") > 1 && errors("thooong", "thong") > 1);
    }
}
