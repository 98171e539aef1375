//! What of a query there is in the index: it is asked before the search, since Meilisearch heeds ten words only.

use super::asking::{Ask, Nothing};
use super::filters::{self, HEADS};
use super::layout::ID;
use super::letters::{exactly, together};
use super::terms::{MOST_TERMS, Rarities, Terms};
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

/// What stands in quotation marks in more resources has to stand in one record with all other words.
const MOST_HOLDERS: usize = 1_000;

/// A query, understood.
#[derive(Debug, Clone, Default)]
pub(super) struct Sought {
    /// What has to hold besides.
    pub(super) filter: String,
    /// Its words in up to four ways, as typed first; none where everything is sought.
    pub(super) variants: Vec<Vec<Form>>,
    /// What stood in quotation marks.
    pub(super) quoted: Vec<Vec<Form>>,
    /// What of it has to stand together in the record that is found: the filter does not see to it.
    pub(super) phrases: Vec<Vec<Form>>,
    /// Whether anything stood in quotation marks.
    pub(super) is_quoted: bool,
    /// Numbers in it that documents have.
    pub(super) numbers: Vec<String>,
    /// In how many resources words are, where that was looked up.
    pub(super) rarities: Rarities,
    /// Whether words of it may be missing.
    pub(super) is_relaxed: bool,
    /// Fewer and fewer of its words, where some may be missing.
    pub(super) narrowing: Vec<Terms>,
    /// The least sets of its words that are enough.
    pub(super) sets: Vec<Terms>,
    /// What finds all that is found.
    pub(super) widest: Vec<Terms>,
}

/// Which resource a record is of.
#[derive(Debug, Deserialize)]
pub(super) struct Only {
    pub(super) id: String,
}

impl Sought {
    /// The same, its words in these ways.
    pub(super) fn written(mut self, variants: Vec<Vec<Form>>) -> Self {
        self.widest = variants.iter().map(|words| Terms::new(words, &self.phrases).heeded(&self.rarities)).collect();
        self.variants = variants;
        self
    }
}

impl Meilisearch {
    /// Understands a query of which `filter` has to hold.
    pub(super) async fn understand(&self, asked: &Asked, filter: String) -> Result<Sought, Error> {
        let variants = asked.variants(&self.settings);
        let mut sought = Sought {
            filter,
            phrases: asked.phrases.clone(),
            quoted: asked.phrases.clone(),
            is_quoted: !asked.phrases.is_empty(),
            ..Sought::default()
        };
        self.leave_out(&mut sought, &asked.unwanted).await?;
        if !self.hold_phrases(&mut sought).await? {
            return Ok(sought);
        }
        let guesses: Vec<String> = number::guesses(&asked.words).into_iter().take(MOST_GUESSES).map(|guess| guess.form).collect();
        let all: Vec<&Form> = variants.iter().flatten().collect();
        let is_long = variants.iter().any(|words| words.len() + asked.phrases.len() > MOST_TERMS);
        let words: Vec<String> = if is_long { distinct(&all) } else { Vec::new() };
        let mut asks: Vec<Ask> = guesses
            .iter()
            .map(|form| self.counting(String::new(), filters::and(&filters::and(&sought.filter, &filters::number(form)), HEADS)))
            .collect();
        asks.extend(words.iter().map(|word| self.counting(exactly(word), HEADS.to_owned())));
        let answers = self.each::<Nothing>(&asks).await?;
        let mut counts = answers.iter().map(|answer| answer.estimated_total_hits);
        let there: Vec<&String> =
            guesses.iter().zip(counts.by_ref()).filter(|(_, count)| *count > 0).map(|(form, _)| form).collect();
        sought.numbers = longest(&there);
        sought.rarities = words.into_iter().zip(counts).collect();
        Ok(sought.written(variants))
    }

    /// Has the filter leave out what has one of these runs of words.
    pub(super) async fn leave_out(&self, sought: &mut Sought, unwanted: &[Vec<Form>]) -> Result<(), Error> {
        let unwanted = self.having(unwanted, &sought.filter).await?;
        if let Some(not) = filters::not(&unwanted) {
            sought.filter = filters::and(&sought.filter, &not);
        }
        Ok(())
    }

    /// In how many resources each of these words is, of all there are.
    pub(super) async fn rarities(&self, words: &[String]) -> Result<Rarities, Error> {
        let asks: Vec<Ask> = words.iter().map(|word| self.counting(exactly(word), HEADS.to_owned())).collect();
        let counts = self.each::<Nothing>(&asks).await?;
        Ok(words.iter().cloned().zip(counts.iter().map(|answer| answer.estimated_total_hits)).collect())
    }

    /// The words, the rarest first; those that are nowhere are left out.
    pub(super) async fn rarest_first(&self, words: &[Form], sought: &Sought) -> Result<Vec<String>, Error> {
        let mut words = distinct(&words.iter().collect::<Vec<_>>());
        let is_known = words.iter().all(|word| sought.rarities.contains_key(word));
        let looked_up = if is_known { Rarities::new() } else { self.rarities(&words).await? };
        let rarities = if is_known { &sought.rarities } else { &looked_up };
        let rarity = |word: &String| rarities.get(word).copied().unwrap_or_default();
        words.retain(|word| rarity(word) > 0);
        words.sort_by_key(rarity);
        Ok(words)
    }

    /// Counts records with these words.
    fn counting(&self, text: String, filter: String) -> Ask {
        let mut ask = self.asking(text, filter);
        ask.limit = Some(0);
        ask
    }

    /// Has the filter see to what stands in quotation marks, where few resources have it: other words
    /// may then stand elsewhere in them. Whether anything can be found at all.
    async fn hold_phrases(&self, sought: &mut Sought) -> Result<bool, Error> {
        let having = self.each_having(&sought.phrases, &sought.filter, MOST_HOLDERS + 1).await?;
        let mut left = Vec::new();
        for (phrase, ids) in std::mem::take(&mut sought.phrases).into_iter().zip(having) {
            if ids.is_empty() {
                return Ok(false);
            }
            if ids.len() > MOST_HOLDERS {
                left.push(phrase);
            } else {
                sought.filter = filters::and(&sought.filter, &filters::among(&ids));
            }
        }
        sought.phrases = left;
        Ok(true)
    }

    /// The resources that have one of these runs of words anywhere.
    async fn having(&self, runs: &[Vec<Form>], filter: &str) -> Result<Vec<Id>, Error> {
        Ok(self.each_having(runs, filter, form::LAST_HIT).await?.into_iter().flatten().collect())
    }

    /// Of each run of words the resources that have it anywhere, so many at most.
    async fn each_having(&self, runs: &[Vec<Form>], filter: &str, most: usize) -> Result<Vec<Vec<Id>>, Error> {
        let of = |run: &Vec<Form>| {
            let mut ask = self.asking(together(run), filter.to_owned());
            if run.len() == 1 {
                ask.filter = filters::and(filter, HEADS);
            }
            ask.attributes_to_retrieve = vec![ID];
            ask.distinct = Some(ID);
            ask.limit = Some(most);
            ask
        };
        let asks: Vec<Ask> = runs.iter().map(of).collect();
        let answers = self.each::<Only>(&asks).await?;
        Ok(answers.iter().map(|answer| answer.hits.iter().filter_map(|only| Id::parse(&only.id)).collect()).collect())
    }
}

/// The folded words, each once.
pub(super) fn distinct(words: &[&Form]) -> Vec<String> {
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
}
