//! What is looked for, as Meilisearch reads it.

use super::letters::{exactly, together, typed};
use super::telex::telex;
use crate::words::Form;
use std::collections::BTreeMap;

/// More words or phrases of a query Meilisearch ignores.
pub(super) const MOST_TERMS: usize = 10;

/// In how many resources a word is, by its folded form.
pub(super) type Rarities = BTreeMap<String, u64>;

/// Words that have to be somewhere, and words that have to stand together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    pub(super) words: Vec<Form>,
    pub(super) phrases: Vec<Vec<Form>>,
}

/// Whether words have to have the tones with which they were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tones {
    Any,
    Same,
}

impl Terms {
    /// These words, those of the phrases only in their phrases.
    pub(super) fn new(words: &[Form], phrases: &[Vec<Form>]) -> Self {
        let is_loose = |word: &&Form| !phrases.iter().flatten().any(|other| other.folded == word.folded);
        Self { words: words.iter().filter(is_loose).cloned().collect(), phrases: phrases.to_vec() }
    }

    /// These words as one phrase.
    pub(super) fn phrase(words: &[Form]) -> Self {
        Self { words: Vec::new(), phrases: vec![words.to_vec()] }
    }

    /// The text to search for, each word in quotation marks: it is meant as it is, and no beginning of a longer one.
    /// Words are near one another without their tones; with them they only have to be there too.
    pub(super) fn text(&self, tones: Tones) -> String {
        let mut text = String::new();
        for phrase in &self.phrases {
            text.push_str(&together(phrase));
        }
        for word in &self.words {
            text.push_str(&exactly(&word.folded));
        }
        if tones == Tones::Same {
            let left = MOST_TERMS.saturating_sub(self.words.len() + self.phrases.len());
            for word in self.marked().take(left) {
                text.push_str(&exactly(&typed(&telex(&word.toned))));
            }
        }
        text
    }

    /// Whether words of it were typed with marks, and there is room to ask for them.
    pub(super) fn is_toned(&self) -> bool {
        self.words.len() + self.phrases.len() < MOST_TERMS && self.marked().next().is_some()
    }

    fn marked(&self) -> impl Iterator<Item = &Form> {
        self.phrases.iter().flatten().chain(&self.words).filter(|word| word.toned != word.folded)
    }

    /// These terms, where they are more than Meilisearch heeds only the rarest.
    pub(super) fn heeded(&self, rarities: &Rarities) -> Self {
        let mut phrases = self.phrases.clone();
        phrases.truncate(MOST_TERMS);
        Self { words: self.rarest(rarities, MOST_TERMS - phrases.len()), phrases }
    }

    /// As many of the words, the rarest, in the order in which they stand.
    pub(super) fn rarest(&self, rarities: &Rarities, most: usize) -> Vec<Form> {
        if self.words.len() <= most {
            return self.words.clone();
        }
        let rarity = |word: &Form| rarities.get(&word.folded).copied().unwrap_or_default();
        let mut distinct: Vec<&Form> = Vec::with_capacity(self.words.len());
        for word in &self.words {
            if !distinct.iter().any(|known| known.folded == word.folded) {
                distinct.push(word);
            }
        }
        let mut by_rarity = distinct.clone();
        by_rarity.sort_by_key(|word| rarity(word));
        by_rarity.truncate(most);
        distinct.into_iter().filter(|word| by_rarity.contains(word)).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::forms;

    #[test]
    fn words_phrases_and_tones_are_told() {
        let terms = Terms::new(&forms("Quy chế cổng thông tin"), &[forms("thông tin")]);
        assert_eq!(terms.text(Tones::Any), "\"thong tin\" \"quy\" \"che\" \"cong\" ");
        assert_eq!(terms.text(Tones::Same), "\"thong tin\" \"quy\" \"che\" \"cong\" \"thoongzz\" \"cheeszz\" \"coongrzz\" ");
        assert!(terms.is_toned() && !Terms::new(&forms("tin 43"), &[]).is_toned());
    }

    #[test]
    fn of_too_many_words_the_rarest_are_heeded() {
        let words = forms("một hai ba bốn năm sáu bảy tám chín mười mười của");
        let rarities = words.iter().map(|word| (word.folded.clone(), if word.folded == "cua" { 900 } else { 9 })).collect();
        let heeded = Terms::new(&words, &[]).heeded(&rarities);
        assert_eq!(heeded.text(Tones::Any).replace('"', ""), "mot hai ba bon nam sau bay tam chin muoi ");
    }
}
