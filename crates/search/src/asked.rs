//! What a reader has typed, understood the same by every index.

use crate::Settings;
use crate::words::{Form, forms};

/// More words of a query are ignored.
pub(crate) const MOST_WORDS: usize = 32;
/// How many ways to write a query with and without abbreviations are tried.
const MOST_VARIANTS: usize = 4;

/// A query: words, of which some are to stand together, and what is not wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Its words in order, those of phrases among them.
    pub(crate) words: Vec<Form>,
    /// What stood in quotation marks, of two words or more.
    pub(crate) phrases: Vec<Vec<Form>>,
    /// Words and phrases behind a minus.
    pub(crate) unwanted: Vec<Vec<Form>>,
}

impl Asked {
    /// Reads a query: `quy chế "cổng thông tin" -xã`. A quotation mark without its counterpart means nothing.
    pub(crate) fn read(text: &str) -> Self {
        let text = kernel::text::nfc(text);
        let mut asked = Self::default();
        let mut rest = text.as_str();
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            let minus = c == '-' && before.is_whitespace() && !rest.starts_with("--");
            let at = if minus { rest.get(1..).unwrap_or_default() } else { rest };
            if let Some((inside, after)) = quoted(at) {
                asked.take(forms(inside), true, minus);
                (rest, before) = (after, '"');
                continue;
            }
            if minus && at.starts_with(char::is_alphanumeric) {
                let end = at.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(at.len());
                let (word, after) = at.split_at(end);
                asked.take(forms(word), true, true);
                (rest, before) = (after, 'x');
                continue;
            }
            // Words up to what may begin a phrase or an exclusion.
            let mut end = rest.len();
            let mut last = c;
            for (place, next) in rest.char_indices().skip(1) {
                if is_quote(next) || (next == '-' && last.is_whitespace()) {
                    end = place;
                    break;
                }
                last = next;
            }
            let (words, after) = rest.split_at(end);
            asked.take(forms(words), false, false);
            (rest, before) = (after, last);
        }
        asked
    }

    fn take(&mut self, found: Vec<Form>, is_phrase: bool, is_unwanted: bool) {
        if found.is_empty() {
            return;
        }
        if is_unwanted {
            self.unwanted.push(found.into_iter().take(MOST_WORDS).collect());
            self.unwanted.truncate(MOST_WORDS);
            return;
        }
        if is_phrase && found.len() > 1 && self.words.len() < MOST_WORDS {
            self.phrases.push(found.iter().take(MOST_WORDS - self.words.len()).cloned().collect());
        }
        self.words.extend(found);
        self.words.truncate(MOST_WORDS);
    }

    /// The words as typed, and with abbreviations written out or long forms abbreviated.
    pub(crate) fn variants(&self, settings: &Settings) -> Vec<Vec<Form>> {
        let mut variants = vec![self.words.clone()];
        if self.phrases.is_empty() {
            for abbreviation in &settings.abbreviations {
                for at in 0..variants.len() {
                    let Some(known) = variants.get(at) else { break };
                    let short = std::slice::from_ref(&abbreviation.short);
                    let other = replaced(known, short, &abbreviation.long).or_else(|| replaced(known, &abbreviation.long, short));
                    if let Some(other) = other.filter(|other| other.len() <= 2 * MOST_WORDS)
                        && variants.len() < MOST_VARIANTS
                        && !variants.contains(&other)
                    {
                        variants.push(other);
                    }
                }
            }
        }
        variants
    }
}

/// `words` with every run that reads `from` as `to`; `None` where there is none.
fn replaced(words: &[Form], from: &[Form], to: &[Form]) -> Option<Vec<Form>> {
    // What is a part of something longer, as `QĐ` is of `43/2020/QĐ-UBND`, stands for itself.
    let reads = |run: &[Form]| {
        run.iter().zip(from).all(|(word, from)| word.folded == from.folded) && run.first().is_some_and(|word| !word.is_joined)
    };
    let mut made = Vec::with_capacity(words.len());
    let (mut at, mut is_other) = (0, false);
    while let Some(word) = words.get(at) {
        match words.get(at..at + from.len()) {
            Some(run) if reads(run) => {
                made.extend_from_slice(to);
                at += from.len();
                is_other = true;
            }
            _ => {
                made.push(word.clone());
                at += 1;
            }
        }
    }
    is_other.then_some(made)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{201E}' | '«' | '»')
}

/// What stands between two quotation marks at the beginning of `text`, and what follows them.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix(is_quote)?;
    let end = inside.find(is_quote)?;
    let (inside, after) = inside.split_at(end);
    let mut after = after.chars();
    after.next();
    Some((inside, after.as_str()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    fn told(words: &[Form]) -> String {
        words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn read(text: &str) -> (String, Vec<String>, Vec<String>) {
        let asked = Asked::read(text);
        let all = |runs: &[Vec<Form>]| runs.iter().map(|run| told(run)).collect::<Vec<_>>();
        (told(&asked.words), all(&asked.phrases), all(&asked.unwanted))
    }

    #[test]
    fn words_phrases_and_what_is_unwanted_are_told_apart() {
        let none = Vec::<String>::new;
        assert_eq!(read("Quy chế cổng"), ("quy che cong".into(), none(), none()));
        let (words, phrases, unwanted) = read("quy chế \"cổng thông tin\" -xã -\"thị trấn\" mới");
        assert_eq!(words, "quy che cong thong tin moi");
        assert_eq!(phrases, ["cong thong tin"]);
        assert_eq!(unwanted, ["xa", "thi tran"]);
        assert_eq!(read("“giá đất” \"một\""), ("gia dat mot".into(), vec!["gia dat".into()], none()));
    }

    #[test]
    fn a_hyphen_within_words_and_a_lone_mark_mean_nothing() {
        let none = Vec::<String>::new;
        assert_eq!(read("43-2020-QĐ-UBND"), ("43 2020 qd ubnd".into(), none(), none()));
        assert_eq!(read("giá - đất"), ("gia dat".into(), none(), none()));
        assert_eq!(read("giá \"đất ở"), ("gia dat o".into(), none(), none()));
        assert_eq!(read("-"), (String::new(), none(), none()));
        assert_eq!(read("--xã"), ("xa".into(), none(), none()));
        assert_eq!(read("\"\" -\"\" \"-\""), (String::new(), none(), none()));
    }

    #[test]
    fn abbreviations_are_written_out_and_long_forms_abbreviated() {
        let settings = Settings::parse(r#"{"UBND": "ủy ban nhân dân", "TP": "thành phố"}"#).unwrap();
        let variants =
            |text: &str| -> Vec<String> { Asked::read(text).variants(&settings).iter().map(|words| told(words)).collect() };
        assert_eq!(variants("ubnd tỉnh"), ["ubnd tinh", "uy ban nhan dan tinh"]);
        assert_eq!(variants("uỷ ban nhân dân tỉnh"), ["uy ban nhan dan tinh", "ubnd tinh"]);
        assert_eq!(variants("UBND TP").len(), 4);
        assert_eq!(variants("43/2020/QĐ-UBND").len(), 1, "a part of a number stands for itself");
        assert_eq!(variants("\"ubnd tỉnh\""), ["ubnd tinh"], "a phrase is meant as it is");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "\\PC{0,80}|[-\"“” a-cđ]{0,40}") {
            let asked = Asked::read(&text);
            prop_assert!(asked.words.len() <= MOST_WORDS && asked.unwanted.len() <= MOST_WORDS);
            prop_assert!(asked.variants(&Settings::default()).len() == 1);
        }
    }
}
