//! Numbers of documents: `43/2020/QĐ-UBND`, however they are typed.

use crate::words::{folded, words};

/// What the symbols in numbers stand for, so that `quyết định 43/2020` finds `43/2020/QĐ-UBND`
/// also where the text does not say so.
const KINDS: [(&str, &[&str]); 15] = [
    ("qd", &["quyet", "dinh"]),
    ("nq", &["nghi", "quyet"]),
    ("nd", &["nghi", "dinh"]),
    ("tt", &["thong", "tu"]),
    ("ttlt", &["thong", "tu", "lien", "tich"]),
    ("ct", &["chi", "thi"]),
    ("kh", &["ke", "hoach"]),
    ("tb", &["thong", "bao"]),
    ("bc", &["bao", "cao"]),
    ("hd", &["huong", "dan"]),
    ("ttr", &["to", "trinh"]),
    ("cd", &["cong", "dien"]),
    ("qc", &["quy", "che"]),
    ("pl", &["phap", "lenh"]),
    ("vbhn", &["van", "ban", "hop", "nhat"]),
];

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

/// The words by which a number is found: its own, and what its symbols stand for.
pub(crate) fn searched(number: &str) -> Vec<String> {
    let own: Vec<String> = words(number).map(|word| folded(word.text)).collect();
    let meant = KINDS.iter().filter(|(symbol, _)| own.iter().any(|word| word == symbol));
    let meant: Vec<String> = meant.flat_map(|(_, words)| words.iter().map(|word| (*word).to_owned())).collect();
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

/// The parts of a query that may be numbers: runs that begin with a digit, of two words or more.
/// The day and month of `20/11/2024` are no number, so a run does not begin after a number; a
/// word alone is one only when it is the whole query.
pub(crate) fn guesses(query: &[String]) -> Vec<Guess> {
    let mut guesses = Vec::new();
    let mut before: Option<&String> = None;
    for (at, word) in query.iter().enumerate() {
        let begins = word.starts_with(|c: char| c.is_ascii_digit()) && !before.is_some_and(|word| is_digits(word));
        before = Some(word);
        if !begins {
            continue;
        }
        let mut form = String::new();
        for (count, word) in query.iter().skip(at).take(LONGEST).enumerate() {
            if count > 0 {
                form.push('/');
            }
            form.push_str(word);
            if count > 0 || query.len() == 1 {
                guesses.push(Guess { form: form.clone(), words: count + 1 });
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
    use super::*;

    fn guessed(query: &str) -> Vec<String> {
        let words: Vec<String> = words(query).map(|word| folded(word.text)).collect();
        guesses(&words).into_iter().map(|guess| guess.form).collect()
    }

    #[test]
    fn a_number_is_indexed_whole_and_by_its_beginnings() {
        assert_eq!(forms("043/2020/QĐ-UBND"), ["43", "43/2020", "43/2020/qd", "43/2020/qd/ubnd"]);
        assert_eq!(forms("—"), Vec::<String>::new());
        assert_eq!(searched("01/NQ-HĐND"), ["1", "nq", "hdnd", "nghi", "quyet"]);
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
