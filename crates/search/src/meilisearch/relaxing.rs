//! Queries of which words may be missing.

use super::asking::{Ask, Nothing};
use super::filters::{self, HEADS};
use super::layout::{BODY, HEADING, ID, NUMBER, SHOWN, Shown, TITLE};
use super::terms::{MOST_TERMS, Rarities, Terms, Tones};
use super::understanding::{Only, Sought, distinct};
use super::{Meilisearch, order};
use crate::Error;
use crate::words::Form;
use std::collections::HashSet;

/// With fewer resources that have all words in one place, those are found too that have most of them.
const FEW: usize = 40;
/// A query of fewer words means each of them.
const FORGIVING: usize = 4;
/// So many words one behind the other are exactly what was asked for.
const EXACT: usize = 4;
/// So many records are read to see that.
const READ: usize = 10;
/// How much of a query is enough, by the rarity of its words: what a question is about, not how it is asked.
const ENOUGH: f64 = 0.3;
/// A word that every resource has is still worth something.
const LEAST_RARITY: f64 = 0.2;
/// So many sets of words that are enough are looked for, those with the rarest first.
const MOST_SETS: usize = 24;

impl Meilisearch {
    /// Whether what has all words is enough, and no others are to be added. Who puts words in
    /// quotation marks knows what he looks for.
    pub(super) async fn is_enough(&self, sought: &Sought, total: u64) -> Result<bool, Error> {
        let typed = sought.variants.first().map(Vec::as_slice).unwrap_or_default();
        let count = distinct(&typed.iter().collect::<Vec<_>>()).len();
        if total == 0 {
            return Ok(count < 2);
        }
        if count < FORGIVING || sought.is_quoted {
            return Ok(true);
        }
        let (is_exact, has_many) = tokio::try_join!(self.is_exact(sought), self.has_in_one_place(sought))?;
        Ok(is_exact || has_many)
    }

    /// Whether one has the number, or all the words one behind the other.
    async fn is_exact(&self, sought: &Sought) -> Result<bool, Error> {
        let phrases: Vec<&Vec<Form>> = sought.variants.iter().filter(|words| words.len() >= EXACT).collect();
        let mut asks: Vec<Ask> = Vec::new();
        for words in &phrases {
            let mut ask = self.asking(Terms::phrase(words).text(Tones::Any), sought.filter.clone());
            ask.attributes_to_retrieve = SHOWN.to_vec();
            ask.limit = Some(READ);
            asks.push(ask);
        }
        for number in &sought.numbers {
            for terms in &sought.widest {
                let filter = filters::and(&sought.filter, &filters::number(number));
                let mut ask = self.asking(terms.text(Tones::Any), filters::and(&filter, HEADS));
                ask.attributes_to_retrieve = SHOWN.to_vec();
                ask.limit = Some(1);
                asks.push(ask);
            }
        }
        let answers = self.each::<Shown>(&asks).await?;
        let (read, numbered) = answers.split_at(phrases.len().min(answers.len()));
        let stands_so =
            read.iter().zip(&phrases).any(|(read, phrase)| read.hits.iter().any(|shown| order::stands(phrase, shown)));
        Ok(stands_so || numbered.iter().any(|numbered| !numbered.hits.is_empty()))
    }

    async fn has_in_one_place(&self, sought: &Sought) -> Result<bool, Error> {
        let ask = |terms: &Terms| {
            let mut ask = self.asking(terms.text(Tones::Any), sought.filter.clone());
            ask.attributes_to_search_on = Some(vec![TITLE, HEADING, NUMBER, BODY]);
            ask.distinct = Some(ID);
            ask.limit = Some(FEW);
            ask
        };
        let asks: Vec<Ask> = sought.widest.iter().map(ask).collect();
        let answers = self.each::<Only>(&asks).await?;
        let ids: HashSet<&str> = answers.iter().flat_map(|answer| &answer.hits).map(|only| only.id.as_str()).collect();
        Ok(ids.len() >= FEW)
    }

    /// The same query, of which words may be missing; `None` where that cannot help.
    pub(super) async fn relaxed(&self, sought: &Sought) -> Result<Option<Sought>, Error> {
        let all: Vec<&Form> = sought.variants.iter().flatten().collect();
        if all.is_empty() {
            return Ok(None);
        }
        let mut relaxed = sought.clone();
        let words = distinct(&all);
        let (rarities, records) = tokio::try_join!(self.rarities(&words), self.heads())?;
        relaxed.rarities = rarities;
        let most = (MOST_SETS / sought.variants.len().max(1)).max(1);
        for variant in &sought.variants {
            let (narrowing, sets) = narrowed(variant, &relaxed, records, most);
            // Of what has more words the first way to write them tells enough.
            if relaxed.narrowing.is_empty() {
                relaxed.narrowing = narrowing;
            }
            relaxed.sets.extend(sets);
        }
        if relaxed.sets.is_empty() && relaxed.numbers.is_empty() {
            return Ok(None);
        }
        relaxed.widest.extend(relaxed.sets.iter().cloned());
        relaxed.is_relaxed = true;
        Ok(Some(relaxed))
    }

    /// How many resources there are.
    pub(super) async fn heads(&self) -> Result<u64, Error> {
        let mut ask = self.asking(String::new(), HEADS.to_owned());
        ask.limit = Some(0);
        let answers = self.each::<Nothing>(&[ask]).await?;
        Ok(answers.first().map_or(0, |answer| answer.estimated_total_hits))
    }
}

/// Fewer and fewer of the words, the rarest, and the least sets of words that are enough.
/// What stands in quotation marks is in all of them.
fn narrowed(words: &[Form], sought: &Sought, records: u64, most: usize) -> (Vec<Terms>, Vec<Terms>) {
    let count = |word: &Form| sought.rarities.get(&word.folded).copied().unwrap_or_default();
    let worth = |word: &Form| rarity(records, count(word));
    let mut each: Vec<&Form> = Vec::new();
    for word in words {
        if !each.iter().any(|known| known.folded == word.folded) {
            each.push(word);
        }
    }
    let is_quoted = |word: &&Form| sought.quoted.iter().flatten().any(|quoted| quoted.folded == word.folded);
    let (quoted, mut loose): (Vec<&Form>, Vec<&Form>) = each.iter().copied().partition(|word| is_quoted(word));
    let all: f64 = each.iter().map(|word| worth(word)).sum();
    let needed = ENOUGH * all - quoted.iter().map(|word| worth(word)).sum::<f64>();
    loose.retain(|word| count(word) > 0);
    loose.sort_by(|one, other| worth(other).total_cmp(&worth(one)));
    loose.truncate(MOST_TERMS.saturating_sub(sought.phrases.len()));
    let weights: Vec<f64> = loose.iter().map(|word| worth(word)).collect();
    let terms = |places: &[usize]| {
        let chosen = |word: &&Form| places.iter().any(|at| loose.get(*at).is_some_and(|loose| loose.folded == word.folded));
        let chosen: Vec<Form> = each.iter().filter(|word| chosen(word)).map(|word| (*word).clone()).collect();
        let quoted = quoted.iter().map(|word| (*word).clone());
        Terms::new(&quoted.chain(chosen).collect::<Vec<_>>(), &sought.phrases).heeded(&Rarities::new())
    };
    let sets = least_sets(&weights, needed, most);
    let mut narrowing = Vec::new();
    for most in (1..=loose.len().min(each.len().saturating_sub(1))).rev() {
        if weights.iter().take(most).sum::<f64>() >= needed {
            narrowing.push(terms(&(0..most).collect::<Vec<_>>()));
        }
    }
    (narrowing, sets.iter().map(|places| terms(places)).collect())
}

/// Places of weights, which fall, of which the sum is enough and without any one of them is not.
fn least_sets(weights: &[f64], needed: f64, most: usize) -> Vec<Vec<usize>> {
    if needed <= 0.0 {
        return vec![Vec::new()];
    }
    let mut sets = Vec::new();
    let mut open: Vec<(Vec<usize>, f64)> = vec![(Vec::new(), 0.0)];
    while let Some((places, sum)) = open.pop() {
        if sum >= needed {
            sets.push(places);
            if sets.len() >= most {
                break;
            }
            continue;
        }
        let next = places.last().map_or(0, |last| last + 1);
        for (at, weight) in weights.iter().enumerate().skip(next).rev() {
            open.push((places.iter().copied().chain([at]).collect(), sum + weight));
        }
    }
    sets
}

/// The inverse document frequency of BM25.
#[allow(clippy::cast_precision_loss, reason = "a weight")]
pub(super) fn rarity(records: u64, having: u64) -> f64 {
    let (records, having) = (records as f64, having as f64);
    (1.0 + ((records - having).max(0.0) + 0.5) / (having + 0.5)).ln().max(LEAST_RARITY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_enough_and_none_could_be_smaller() {
        assert_eq!(least_sets(&[5.0, 3.0, 2.0, 1.0], 5.0, 9), [vec![0], vec![1, 2]]);
        assert_eq!(least_sets(&[1.0, 1.0, 1.0], 2.0, 9), [vec![0, 1], vec![0, 2], vec![1, 2]]);
        assert_eq!(least_sets(&[1.0; 10], 3.0, 4).len(), 4);
        assert_eq!(least_sets(&[1.0], 0.0, 4), [Vec::<usize>::new()]);
        assert!(least_sets(&[1.0], 2.0, 4).is_empty());
    }
}
