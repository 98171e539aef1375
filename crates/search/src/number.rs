//! Numbers of documents: `43/2020/QĐ-UBND`, however they are typed.

use crate::Settings;
use crate::words::{Form, folded, words};

/// How many words of a query are looked up as one number at most.
const LONGEST: usize = 8;

/// The forms under which a number is indexed: its folded words joined by `/`, whole and every
/// beginning: `43`, `43/2020`, `43/2020/qd`, `43/2020/qd/ubnd`.
pub(crate) fn forms(number: &str) -> Vec<String> {
    let mut forms: Vec<String> = Vec::new();
    for word in words(number).take(LONGEST) {
        let word = folded(word.text);
        forms.push(match forms.last() {
            Some(before) => format!("{before}/{word}"),
            None => word,
        });
    }
    forms
}

/// The words by which a number is found: its own, and what its symbols stand for, so that `quyết định
/// 43/2020` finds `43/2020/QĐ-UBND` also where the text does not say so.
pub(crate) fn searched(number: &str, settings: &Settings) -> Vec<String> {
    let own: Vec<String> = words(number).map(|word| folded(word.text)).collect();
    let meant = own.iter().filter_map(|word| settings.long(word)).flatten().map(|form| form.folded.clone());
    let meant: Vec<String> = meant.collect();
    own.into_iter().chain(meant).collect()
}

/// A part of a query that may be a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Guess {
    /// As numbers are indexed.
    pub(crate) form: String,
    /// How many words it has.
    pub(crate) words: usize,
}

/// The parts of a query that may be numbers: runs that begin with a digit, of two words or more. Behind another
/// number it takes three, since the month of `20/11/2024` is no number; a word alone is one only when it is the
/// whole query.
pub(crate) fn guesses(query: &[Form]) -> Vec<Guess> {
    let mut guesses = Vec::new();
    let mut before: Option<&str> = None;
    for (at, word) in query.iter().map(|form| form.folded.as_str()).enumerate() {
        let least = match before {
            _ if query.len() == 1 => 1,
            Some(before) if is_digits(before) => 3,
            _ => 2,
        };
        before = Some(word);
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let mut form = String::new();
        for (word, words) in query.iter().map(|form| form.folded.as_str()).skip(at).take(LONGEST).zip(1..) {
            if words > 1 {
                form.push('/');
            }
            form.push_str(word);
            if words >= least {
                guesses.push(Guess { form: form.clone(), words });
            }
        }
    }
    guesses
}

fn is_digits(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn guessed(query: &str) -> Vec<String> {
        guesses(&crate::words::forms(query)).into_iter().map(|guess| guess.form).collect()
    }

    #[test]
    fn a_number_is_indexed_whole_and_by_its_beginnings() {
        assert_eq!(forms("043/2020/QĐ-UBND"), ["43", "43/2020", "43/2020/qd", "43/2020/qd/ubnd"]);
        assert_eq!(forms("—"), Vec::<String>::new());
        let settings = Settings::parse(r#"{"NQ": "nghị quyết"}"#).unwrap();
        assert_eq!(searched("01/NQ-HĐND", &settings), ["1", "nq", "hdnd", "nghi", "quyet"]);
    }

    #[test]
    fn every_way_to_type_a_number_is_guessed() {
        for query in ["43/2020/QĐ-UBND", "43/2020/qd-ubnd", "43-2020-QD-UBND", "số 043/2020/QĐ-UBND"] {
            assert!(guessed(query).contains(&"43/2020/qd/ubnd".to_owned()), "{query}");
        }
        for query in ["43/2020", "quyết định 43/2020", "QD 43 2020", "43/2020 của Lai Châu"] {
            assert!(guessed(query).contains(&"43/2020".to_owned()), "{query}");
        }
        assert_eq!(guessed("43/"), ["43"]);
    }

    #[test]
    fn words_and_dates_are_no_numbers() {
        assert_eq!(guessed("cổng thông tin"), Vec::<String>::new());
        assert_eq!(guessed("điều 43"), Vec::<String>::new());
        assert!(!guessed("ngày 20/11/2024").contains(&"11/2024".to_owned()));
    }
}
