//! What of a query there is in the index: it is asked before the search, since Meilisearch heeds ten words only.

use super::asking::{Ask, Nothing};
use super::filters::{self, HEADS};
use super::layout::ID;
use super::terms::{MOST_TERMS, Rarities, Terms, together};
use super::{Meilisearch, form};
use crate::asked::Asked;
use crate::words::Form;
use crate::{Error, number};
use kernel::Id;
use serde::Deserialize;

/// More guesses at numbers are not looked up.
const MOST_GUESSES: usize = 24;
/// More numbers of one query are words like others.
const MOST_NUMBERS: usize = 2;

/// A query, understood.
#[derive(Debug, Default)]
pub(super) struct Sought {
    /// What has to hold besides.
    pub(super) filter: String,
    /// Its words in up to four ways, as typed first; none where everything is sought.
    pub(super) variants: Vec<Vec<Form>>,
    /// What has to stand together.
    pub(super) phrases: Vec<Vec<Form>>,
    /// Numbers in it that documents have.
    pub(super) numbers: Vec<String>,
    /// In how many resources words are, where that was looked up.
    pub(super) rarities: Rarities,
    /// Whether words of it may be missing.
    pub(super) is_relaxed: bool,
    /// Fewer and fewer of its words, where some may be missing.
    pub(super) narrowing: Vec<Terms>,
    /// What finds all that is found.
    pub(super) widest: Vec<Terms>,
}

#[derive(Deserialize)]
struct Only {
    id: String,
}

impl Meilisearch {
    /// Understands a query of which `filter` has to hold.
    pub(super) async fn understand(&self, asked: &Asked, filter: String) -> Result<Sought, Error> {
        let variants = asked.variants(&self.settings);
        let mut sought = Sought { filter, phrases: asked.phrases.clone(), ..Sought::default() };
        if !asked.unwanted.is_empty() {
            let unwanted = self.having(&asked.unwanted, &sought.filter).await?;
            if let Some(not) = filters::not(&unwanted) {
                sought.filter = filters::and(&sought.filter, &not);
            }
        }
        let guesses: Vec<String> = number::guesses(&asked.words).into_iter().take(MOST_GUESSES).map(|guess| guess.form).collect();
        let all: Vec<&Form> = variants.iter().flatten().collect();
        let is_long = variants.iter().any(|words| words.len() + asked.phrases.len() > MOST_TERMS);
        let words: Vec<String> = if is_long { distinct(&all) } else { Vec::new() };
        let mut asks: Vec<Ask> = guesses
            .iter()
            .map(|form| self.counting(String::new(), filters::and(&sought.filter, &filters::number(form))))
            .collect();
        asks.extend(words.iter().map(|word| self.counting(format!("{word} "), sought.filter.clone())));
        let answers = self.each::<Nothing>(&asks).await?;
        let mut counts = answers.iter().map(|answer| answer.estimated_total_hits);
        let there: Vec<&String> =
            guesses.iter().zip(counts.by_ref()).filter(|(_, count)| *count > 0).map(|(form, _)| form).collect();
        sought.numbers = longest(&there);
        sought.rarities = words.into_iter().zip(counts).collect();
        sought.widest = variants.iter().map(|words| Terms::new(words, &sought.phrases).heeded(&sought.rarities)).collect();
        sought.variants = variants;
        Ok(sought)
    }

    /// The same query, of which words may be missing; `None` where that cannot help.
    pub(super) async fn relaxed(&self, mut sought: Sought) -> Result<Option<Sought>, Error> {
        let Some(typed) = sought.variants.first() else { return Ok(None) };
        let terms = Terms::new(typed, &sought.phrases);
        let words = distinct(&terms.words.iter().collect::<Vec<_>>());
        if words.len() + terms.phrases.len() < 2 || words.is_empty() {
            return Ok(None);
        }
        sought.rarities = self.rarities(&words, &sought.filter).await?;
        let is_there = |word: &Form| sought.rarities.get(&word.folded).is_some_and(|count| *count > 0);
        let known = Terms { words: terms.words.into_iter().filter(is_there).collect(), phrases: terms.phrases };
        let most = known.rarest(&sought.rarities, MOST_TERMS - known.phrases.len().min(MOST_TERMS)).len();
        let least = least(words.len()).min(MOST_TERMS);
        sought.narrowing = (least..=most.min(words.len() - 1))
            .rev()
            .map(|count| Terms { words: known.rarest(&sought.rarities, count), phrases: known.phrases.clone() })
            .collect();
        sought.widest = sought.narrowing.last().cloned().into_iter().collect();
        sought.is_relaxed = true;
        let is_any = !sought.widest.is_empty() || !sought.numbers.is_empty();
        Ok(is_any.then_some(sought))
    }

    /// In how many resources each of these words is.
    async fn rarities(&self, words: &[String], filter: &str) -> Result<Rarities, Error> {
        let asks: Vec<Ask> = words.iter().map(|word| self.counting(format!("{word} "), filter.to_owned())).collect();
        let counts = self.each::<Nothing>(&asks).await?;
        Ok(words.iter().cloned().zip(counts.iter().map(|answer| answer.estimated_total_hits)).collect())
    }

    /// The words, as many as are heeded, the rarest first; those that are nowhere are left out.
    pub(super) async fn rarest_first(&self, words: &[Form], sought: &Sought) -> Result<String, Error> {
        let mut words = distinct(&words.iter().collect::<Vec<_>>());
        let is_known = words.iter().all(|word| sought.rarities.contains_key(word));
        let looked_up = if is_known { Rarities::new() } else { self.rarities(&words, &sought.filter).await? };
        let rarities = if is_known { &sought.rarities } else { &looked_up };
        let rarity = |word: &String| rarities.get(word).copied().unwrap_or_default();
        words.retain(|word| rarity(word) > 0);
        words.sort_by_key(rarity);
        words.truncate(MOST_TERMS);
        Ok(words.iter().map(|word| format!("{word} ")).collect())
    }

    /// Counts resources with these words.
    fn counting(&self, text: String, filter: String) -> Ask {
        let mut ask = self.asking(text, filters::and(&filter, HEADS));
        ask.limit = Some(0);
        ask
    }

    /// The resources that have one of these runs of words anywhere.
    async fn having(&self, runs: &[Vec<Form>], filter: &str) -> Result<Vec<Id>, Error> {
        let of = |run: &Vec<Form>| {
            let mut ask = self.asking(together(run), filter.to_owned());
            if run.len() == 1 {
                ask.filter = filters::and(filter, HEADS);
            }
            ask.attributes_to_retrieve = vec![ID];
            ask.distinct = Some(ID);
            ask.limit = Some(form::LAST_HIT);
            ask
        };
        let asks: Vec<Ask> = runs.iter().map(of).collect();
        let answers = self.each::<Only>(&asks).await?;
        Ok(answers.iter().flat_map(|answer| &answer.hits).filter_map(|only| Id::parse(&only.id)).collect())
    }
}

/// How many of so many words a hit must have at least.
fn least(words: usize) -> usize {
    words.saturating_sub((words / 3).max(1)).max(1)
}

/// The folded words, each once.
fn distinct(words: &[&Form]) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for word in words {
        if !distinct.contains(&word.folded) {
            distinct.push(word.folded.clone());
        }
    }
    distinct
}

/// Of numbers that begin alike the longest.
fn longest(there: &[&String]) -> Vec<String> {
    let is_beginning = |form: &str| there.iter().any(|other| other.strip_prefix(form).is_some_and(|rest| rest.starts_with('/')));
    let mut longest: Vec<String> = Vec::new();
    for form in there.iter().filter(|form| !is_beginning(form)) {
        if !longest.contains(form) {
            longest.push((*form).clone());
        }
    }
    longest.sort_by_key(|form| std::cmp::Reverse(form.split('/').count()));
    longest.truncate(MOST_NUMBERS);
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_number_is_meant() {
        let forms = ["43/2020", "43/2020/qd", "43/2020/qd/ubnd", "5/2019"].map(str::to_owned);
        assert_eq!(longest(&forms.iter().collect::<Vec<_>>()), ["43/2020/qd/ubnd", "5/2019"]);
    }

    #[test]
    fn most_words_are_two_thirds() {
        assert_eq!([1, 2, 3, 6, 10, 32].map(least), [1, 1, 2, 4, 7, 22]);
    }
}
