//! In which order hits stand: a search in stages, each of which finds what the next finds too.
//!
//! Meilisearch ranks by the number of words, their nearness and their field, and knows neither
//! tones nor that a document's own number outweighs all who cite it. So one request asks for the
//! stages at once, each so much weightier than the next that no hit of a later one overtakes.

use super::asking::Ask;
use super::filters::{self, HEADS};
use super::layout::{HEADING, NUMBER, TITLE};
use super::terms::{As, Terms, is_toned, together};
use super::{Meilisearch, understanding::Sought};
use crate::Sort;
use crate::words::Form;

/// How much weightier a stage is than the next: scores within one are between about 0.1 and 1.
const STEP: f64 = 16.0;

/// Names of stages, as hits are explained by.
pub(super) const OWN_NUMBER: &str = "number";
const NUMBER_AND_PHRASE: &str = "number_and_phrase";
const NUMBER_AND_WORDS: &str = "number_and_words";
const TONED_PHRASE: &str = "phrase_with_tones";
const PHRASE: &str = "phrase";
const IN_TITLE: &str = "words_in_title";
const TONED_WORDS: &str = "words_with_tones";
const WORDS: &str = "words";
const MOST_WORDS: &str = "most_words";

/// One search of several, the weightiest first.
pub(super) struct Stage {
    pub(super) name: &'static str,
    pub(super) ask: Ask,
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
            Stage { name: if sought.is_relaxed { MOST_WORDS } else { WORDS }, ask }
        };
        self.widest(sought).into_iter().map(of).collect()
    }

    /// The searches that find everything that is found, each resource by its head where that is possible.
    pub(super) fn widest(&self, sought: &Sought) -> Vec<Ask> {
        let mut asks: Vec<Ask> = Vec::new();
        for terms in &sought.widest {
            let filter = if terms.phrases.is_empty() { filters::and(&sought.filter, HEADS) } else { sought.filter.clone() };
            asks.push(self.asking(terms.text(As::Folded), filter));
        }
        if sought.is_relaxed {
            for number in &sought.numbers {
                let filter = filters::and(&sought.filter, &filters::number(number));
                asks.push(self.asking(String::new(), filters::and(&filter, HEADS)));
            }
        }
        asks
    }

    fn by_relevance(&self, sought: &Sought) -> Vec<Stage> {
        if sought.variants.is_empty() {
            return self.widest(sought).into_iter().map(|ask| Stage { name: WORDS, ask }).collect();
        }
        let mut stages = Vec::new();
        for number in &sought.numbers {
            self.with_number(&mut stages, sought, number);
        }
        for (at, words) in sought.variants.iter().enumerate() {
            let add = |stages: &mut Vec<Stage>, name, text, on: Option<Vec<&'static str>>| {
                let mut ask = self.asking(text, sought.filter.clone());
                ask.attributes_to_search_on = on;
                stages.push(Stage { name, ask });
            };
            let is_typed_so = at == 0 && is_toned(words);
            if words.len() > 1 && is_typed_so {
                add(&mut stages, TONED_PHRASE, together(words, As::Toned), None);
            }
            if words.len() > 1 {
                add(&mut stages, PHRASE, together(words, As::Folded), None);
            }
            if sought.is_relaxed {
                continue;
            }
            let terms = Terms::new(words, &sought.phrases).heeded(&sought.rarities);
            let title = || Some(vec![TITLE, HEADING, NUMBER]);
            if is_typed_so {
                add(&mut stages, IN_TITLE, terms.text(As::Toned), Some(vec!["title_toned", "heading_toned", NUMBER]));
            }
            add(&mut stages, IN_TITLE, terms.text(As::Folded), title());
            if is_typed_so {
                add(&mut stages, TONED_WORDS, terms.text(As::Toned), None);
            }
            add(&mut stages, WORDS, terms.text(As::Folded), None);
        }
        for terms in &sought.narrowing {
            let ask = self.asking(terms.text(As::Folded), sought.filter.clone());
            stages.push(Stage { name: MOST_WORDS, ask });
        }
        stages
    }

    /// Documents that have this number themselves, and what else of the query they have.
    fn with_number(&self, stages: &mut Vec<Stage>, sought: &Sought, number: &str) {
        let filter = filters::and(&sought.filter, &filters::number(number));
        let mut add = |name, text: String, filter: &str| stages.push(Stage { name, ask: self.asking(text, filter.to_owned()) });
        let words = sought.variants.first().map(Vec::as_slice).unwrap_or_default();
        let rest = beside_number(words, number);
        if rest.len() > 1 && is_toned(&rest) {
            add(NUMBER_AND_PHRASE, together(&rest, As::Toned), &filter);
        }
        if rest.len() > 1 {
            add(NUMBER_AND_PHRASE, together(&rest, As::Folded), &filter);
        }
        if !rest.is_empty() {
            let terms = Terms::new(&rest, &sought.phrases).heeded(&sought.rarities);
            add(NUMBER_AND_WORDS, terms.text(As::Folded), &filter);
        }
        if rest.is_empty() || sought.is_relaxed {
            add(OWN_NUMBER, String::new(), &filters::and(&filter, HEADS));
        }
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
