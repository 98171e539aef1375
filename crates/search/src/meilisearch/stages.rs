//! In which order hits stand: a search in stages, each of which finds what the next finds too.
//!
//! Meilisearch ranks by the number of words, their nearness and their field, and knows neither
//! tones nor that a document's own number outweighs all who cite it. So one request asks for the
//! stages at once, each so much weightier than the next that no hit of a later one overtakes.

use super::asking::Ask;
use super::filters::{self, HEADS};
use super::layout::{HEADING, NUMBER, TITLE, TITLE_TONED};
use super::letters::exactly;
use super::terms::{Terms, Tones};
use super::{Meilisearch, understanding::Sought};
use crate::Sort;
use crate::words::Form;

/// How much weightier a stage is than the next: scores within one are between about 0.1 and 1.
const STEP: f64 = 16.0;

/// Names of stages, as hits are explained by.
const OWN_NUMBER: &str = "number";
const NUMBER_AND_PHRASE: &str = "number_and_phrase";
const NUMBER_AND_WORDS: &str = "number_and_words";
const TONED_PHRASE: &str = "phrase_with_tones";
const PHRASE: &str = "phrase";
const TITLE_WITH_TONES: &str = "words_in_title_with_tones";
const IN_TITLE: &str = "words_in_title";
const TONED_WORDS: &str = "words_with_tones";
const WORDS: &str = "words";
const MOST_WORDS: &str = "most_words";

/// One search of several, the weightiest first.
pub(super) struct Stage {
    pub(super) name: &'static str,
    pub(super) ask: Ask,
    /// What is to stand together in its hits.
    pub(super) phrase: Option<Vec<Form>>,
    /// Whether hits of stages before it belong here where the phrase is not truly there.
    pub(super) follows_phrases: bool,
}

impl Stage {
    fn new(name: &'static str, ask: Ask) -> Self {
        let follows_phrases = matches!(name, NUMBER_AND_WORDS | WORDS | MOST_WORDS);
        Self { name, ask, phrase: None, follows_phrases }
    }

    fn of_phrase(name: &'static str, ask: Ask, phrase: &[Form]) -> Self {
        Self { phrase: Some(phrase.to_vec()), ..Self::new(name, ask) }
    }
}

impl Meilisearch {
    /// The stages of a search, with their weights.
    pub(super) fn stages(&self, sought: &Sought, sort: Sort) -> Vec<Stage> {
        let mut stages = if sort == Sort::Relevance { self.by_relevance(sought) } else { self.by_date(sought, sort) };
        let mut weight = 1.0;
        for stage in stages.iter_mut().rev() {
            stage.ask = stage.ask.clone().weighing(weight);
            weight *= STEP;
        }
        stages
    }

    fn by_date(&self, sought: &Sought, sort: Sort) -> Vec<Stage> {
        let order = if sort == Sort::Newest { "date:desc" } else { "date:asc" };
        let of = |mut ask: Ask| {
            ask.sort = vec![order, "id:asc"];
            Stage::new(if sought.is_relaxed { MOST_WORDS } else { WORDS }, ask)
        };
        self.widest(sought).into_iter().map(of).collect()
    }

    /// The searches that find everything that is found, each resource by its head where that is possible.
    pub(super) fn widest(&self, sought: &Sought) -> Vec<Ask> {
        let mut asks: Vec<Ask> = Vec::new();
        for terms in &sought.widest {
            let filter = if terms.phrases.is_empty() { filters::and(&sought.filter, HEADS) } else { sought.filter.clone() };
            asks.push(self.asking(terms.text(Tones::Any), filter));
        }
        if sought.is_relaxed {
            for number in &sought.numbers {
                let filter = filters::and(&sought.filter, &filters::number(number));
                asks.push(self.by_number(number, &filter));
            }
        }
        asks
    }

    fn by_relevance(&self, sought: &Sought) -> Vec<Stage> {
        if sought.variants.is_empty() {
            return self.widest(sought).into_iter().map(|ask| Stage::new(WORDS, ask)).collect();
        }
        let mut stages = Vec::new();
        for number in &sought.numbers {
            self.with_number(&mut stages, sought, number);
        }
        for (at, words) in sought.variants.iter().enumerate().filter(|(_, words)| words.len() > 1) {
            self.with_phrase(&mut stages, [TONED_PHRASE, PHRASE], words, at == 0, &sought.filter);
        }
        let title = |toned| [TITLE, HEADING, NUMBER].into_iter().chain(toned).collect::<Vec<_>>();
        let in_title = [Some(title(Some(TITLE_TONED))), Some(title(None))];
        self.with_words(&mut stages, [TITLE_WITH_TONES, IN_TITLE], sought, in_title);
        self.with_words(&mut stages, [TONED_WORDS, WORDS], sought, [None, None]);
        for terms in sought.narrowing.iter().chain(&sought.sets) {
            stages.push(Stage::new(MOST_WORDS, self.asking(terms.text(Tones::Any), sought.filter.clone())));
        }
        stages
    }

    /// Words that stand together: first those with the tones that were typed.
    fn with_phrase(
        &self,
        stages: &mut Vec<Stage>,
        [toned, any]: [&'static str; 2],
        words: &[Form],
        is_typed: bool,
        filter: &str,
    ) {
        let phrase = Terms::phrase(words);
        if is_typed && phrase.is_toned() {
            stages.push(Stage::of_phrase(toned, self.asking(phrase.text(Tones::Same), filter.to_owned()), words));
        }
        stages.push(Stage::of_phrase(any, self.asking(phrase.text(Tones::Any), filter.to_owned()), words));
    }

    /// All words in these fields: first with the tones that were typed, then in every way to write them.
    fn with_words(
        &self,
        stages: &mut Vec<Stage>,
        [toned, any]: [&'static str; 2],
        sought: &Sought,
        [on_toned, on_any]: [Option<Vec<&'static str>>; 2],
    ) {
        for (at, words) in sought.variants.iter().enumerate() {
            let terms = Terms::new(words, &sought.phrases).heeded(&sought.rarities);
            let mut add = |name, tones, on: &Option<Vec<&'static str>>| {
                let mut ask = self.asking(terms.text(tones), sought.filter.clone());
                ask.attributes_to_search_on.clone_from(on);
                stages.push(Stage::new(name, ask));
            };
            if at == 0 && terms.is_toned() {
                add(toned, Tones::Same, &on_toned);
            }
            add(any, Tones::Any, &on_any);
        }
    }

    /// Documents that have this number themselves, and what else of the query they have.
    fn with_number(&self, stages: &mut Vec<Stage>, sought: &Sought, number: &str) {
        let filter = filters::and(&sought.filter, &filters::number(number));
        let words = sought.variants.first().map(Vec::as_slice).unwrap_or_default();
        let rest = beside_number(words, number);
        if rest.len() > 1 {
            self.with_phrase(stages, [NUMBER_AND_PHRASE, NUMBER_AND_PHRASE], &rest, true, &filter);
        }
        if !rest.is_empty() {
            let terms = Terms::new(&rest, &sought.phrases).heeded(&sought.rarities);
            stages.push(Stage::new(NUMBER_AND_WORDS, self.asking(terms.text(Tones::Any), filter.clone())));
        }
        if rest.is_empty() || sought.is_relaxed {
            stages.push(Stage::new(OWN_NUMBER, self.by_number(number, &filter)));
        }
    }

    /// Documents with this number. Its words are searched as well: Meilisearch does not join searches
    /// that have words with one that has none.
    fn by_number(&self, number: &str, filter: &str) -> Ask {
        let mut ask = self.asking(number.split('/').map(exactly).collect(), filters::and(filter, HEADS));
        ask.attributes_to_search_on = Some(vec![NUMBER]);
        ask
    }
}

/// The words of a query but those of this number.
fn beside_number(words: &[Form], number: &str) -> Vec<Form> {
    let count = number.split('/').count();
    let is_number = |run: &[Form]| run.iter().map(|word| word.folded.as_str()).eq(number.split('/'));
    let Some(at) = words.windows(count).position(is_number) else {
        return words.to_vec();
    };
    words.iter().take(at).chain(words.iter().skip(at + count)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::forms;

    #[test]
    fn what_stands_beside_a_number_is_left() {
        let left = |query: &str, number: &str| {
            let left = beside_number(&forms(query), number);
            left.iter().map(|word| word.folded.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(left("Quyết định 43/2020/QĐ-UBND giá đất", "43/2020/qd/ubnd"), "quyet dinh gia dat");
        assert_eq!(left("43/2020", "43/2020"), "");
        assert_eq!(left("giá đất", "43/2020"), "gia dat");
    }
}
