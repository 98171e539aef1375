//! Laws by title: which number a title stands for on a day. The table is data, `laws.tsv`, with what official records state.

use crate::key::word_key;
use crate::letters::is_word;
use std::collections::HashMap;
use std::sync::LazyLock;
use time::{Date, Month};

/// A law of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Law {
    /// The slug of its kind: `luat`.
    pub kind: &'static str,
    /// Its title without the name of the kind: `Đất đai`.
    pub title: &'static str,
    /// Its number; the constitution has none.
    pub number: Option<&'static str>,
    /// The day it was passed.
    pub issued_on: Option<Date>,
    /// The first day it was in force.
    pub effective_on: Option<Date>,
}

struct Table {
    laws: Vec<Law>,
    /// The names of laws, each as the keys of its words, by the first of them.
    by_first_word: HashMap<u64, Vec<(Vec<u64>, usize)>>,
    by_number: HashMap<&'static str, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("laws.tsv")));

impl Table {
    fn read(data: &'static str) -> Self {
        let mut table = Self { laws: Vec::new(), by_first_word: HashMap::new(), by_number: HashMap::new() };
        for line in data.lines().skip(1) {
            let mut cells = line.split('\t');
            let (Some(kind), Some(title)) = (cells.next(), cells.next()) else { continue };
            let mut cell = || cells.next().filter(|cell| !cell.is_empty());
            let (number, issued_on, effective_on, aliases) = (cell(), cell().and_then(day), cell().and_then(day), cell());
            let at = table.laws.len();
            table.laws.push(Law { kind, title, number, issued_on, effective_on });
            if let Some(number) = number {
                table.by_number.insert(number, at);
            }
            for name in std::iter::once(title).chain(aliases.into_iter().flat_map(|aliases| aliases.split("; "))) {
                let words = key_words(name);
                if let Some(first) = words.first() {
                    table.by_first_word.entry(*first).or_default().push((words, at));
                }
            }
        }
        for names in table.by_first_word.values_mut() {
            names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        table
    }
}

fn day(iso: &str) -> Option<Date> {
    let mut parts = iso.split('-');
    let year = parts.next()?.parse().ok()?;
    let month = Month::try_from(parts.next()?.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year, month, parts.next()?.parse().ok()?).ok()
}

fn key_words(name: &str) -> Vec<u64> {
    name.split_whitespace().map(|word| word_key(without_marks(word))).collect()
}

/// A word without the marks around it.
fn without_marks(word: &str) -> &str {
    word.trim_matches(|c: char| !is_word(c))
}

/// Lists all laws of the table.
pub fn laws() -> &'static [Law] {
    &TABLE.laws
}

/// The law of this number. Ordinances are printed with `PL-` and without.
pub fn law_by_number(number: &str) -> Option<&'static Law> {
    let at = TABLE.by_number.get(number).or_else(|| {
        let other = match number.split_once("PL-UBTVQH") {
            Some((lead, term)) => format!("{lead}UBTVQH{term}"),
            None => number.replace("/UBTVQH", "/PL-UBTVQH"),
        };
        TABLE.by_number.get(other.as_str())
    });
    at.and_then(|at| TABLE.laws.get(*at))
}

/// What a sentence says of the law it names by title.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said {
    /// The day the law was passed.
    pub issued_on: Option<Date>,
    /// The year the law was passed.
    pub year: Option<i32>,
    /// The day on which the sentence was written.
    pub written_on: Option<Date>,
}

/// The longest title of the table that `text` begins with: the bytes it takes, and the laws that bear it.
pub(super) fn titled(kind: &str, text: &str) -> Option<(usize, Vec<&'static Law>)> {
    let mut printed = Printed::of(text);
    let names = TABLE.by_first_word.get(&printed.word(0)?.key)?;
    let mut longest: Option<(usize, usize)> = None;
    let mut found: Vec<&'static Law> = Vec::new();
    for (words, at) in names {
        if longest.is_some_and(|(most, _)| words.len() < most) {
            break;
        }
        let Some(law) = TABLE.laws.get(*at).filter(|law| law.kind == kind) else { continue };
        let Some(length) = printed.begins(words) else { continue };
        longest = Some((words.len(), length));
        if !found.contains(&law) {
            found.push(law);
        }
    }
    longest.map(|(_, length)| (length, found))
}

/// The first words of a text, each read when a name asks for it.
struct Printed<'t> {
    words: Vec<Word>,
    rest: std::str::Split<'t, char>,
    at: usize,
}

#[derive(Clone, Copy)]
struct Word {
    key: u64,
    /// Where it ends, the marks after it left off.
    end: usize,
    /// Whether a mark after it ends the name.
    closes: bool,
}

impl<'t> Printed<'t> {
    fn of(text: &'t str) -> Self {
        Self { words: Vec::new(), rest: text.split(' '), at: 0 }
    }

    fn word(&mut self, place: usize) -> Option<Word> {
        while self.words.len() <= place {
            let printed = self.rest.next()?;
            let bare = printed.trim_end_matches(|c: char| !is_word(c));
            // A comma inside a title is part of it; another mark ends it.
            let closes = printed.ends_with([';', ':', '.', ')']);
            self.words.push(Word { key: word_key(without_marks(bare)), end: self.at + bare.len(), closes });
            self.at += printed.len() + 1;
        }
        self.words.get(place).copied()
    }

    /// How many bytes the words take where the text begins with them.
    fn begins(&mut self, words: &[u64]) -> Option<usize> {
        let mut end = None;
        for (place, wanted) in words.iter().enumerate() {
            let word = self.word(place).filter(|word| word.key == *wanted)?;
            if word.closes && place + 1 < words.len() {
                return None;
            }
            end = Some(word.end);
        }
        end
    }
}

/// The laws of a kind whose title begins so.
pub(super) fn of_kind(kind: &str, title: &str) -> Vec<&'static Law> {
    laws().iter().filter(|law| law.kind == kind && law.title.starts_with(title)).collect()
}

/// Which of the laws of one title is meant; none that is younger than the sentence.
pub(super) fn meant(laws: &[&'static Law], said: Said) -> Option<&'static Law> {
    if let Some(day) = said.issued_on {
        return laws.iter().copied().find(|law| law.issued_on == Some(day));
    }
    let is_younger = |law: &Law| said.written_on.zip(law.issued_on).is_some_and(|(written, issued)| issued > written);
    if let Some(year) = said.year {
        return laws.iter().copied().find(|law| year_of(law) == Some(year) && !is_younger(law));
    }
    if let [only] = laws {
        return (!is_younger(only)).then_some(*only);
    }
    let written = said.written_on?;
    let begins = |law: &Law| law.effective_on.or(law.issued_on);
    let in_force = laws.iter().copied().filter(|law| begins(law).is_some_and(|day| day <= written));
    let newest = in_force.max_by_key(|law| begins(law));
    // Before a law is in force those who write for it cite it already.
    newest.or_else(|| {
        laws.iter().copied().filter(|law| law.issued_on.is_some_and(|day| day <= written)).max_by_key(|law| law.issued_on)
    })
}

/// A title with the year of the law, where a law that is not older bears the same: by the title alone that would be meant.
pub(crate) fn told_apart(title: &str, laws: &[&'static Law], year: i32) -> String {
    let taken = laws.iter().any(|law| year_of(law).is_some_and(|other| other >= year));
    if taken { format!("{title} năm {year}") } else { title.to_owned() }
}

/// The day of the law that bears a name with its kind and is of a year. Where the table has only younger ones of the name, no
/// day, and the name with the year.
pub(crate) fn of_year(name: &str, year: i32) -> (Option<Date>, Option<String>) {
    const KINDS: [(&str, &str); 4] =
        [("hiến pháp", "hien-phap"), ("bộ luật ", "bo-luat"), ("luật ", "luat"), ("pháp lệnh ", "phap-lenh")];
    let small = crate::lower(name);
    let Some((lead, kind)) = KINDS.iter().find(|(lead, _)| small.starts_with(lead)) else { return (None, None) };
    let title = name.get(lead.len()..).unwrap_or_default().trim_start();
    let found = match titled(kind, title).filter(|(length, _)| *length == title.len()) {
        Some((_, found)) => found,
        None if title.is_empty() => of_kind(kind, ""),
        None => Vec::new(),
    };
    match found.iter().find(|law| year_of(law) == Some(year)) {
        Some(law) => (law.issued_on, None),
        None => (None, Some(told_apart(name, &found, year))),
    }
}

fn year_of(law: &Law) -> Option<i32> {
    law.issued_on.map(Date::year).or_else(|| law.number?.split('/').nth(1)?.parse().ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use time::macros::date;

    #[test]
    fn a_title_stands_for_the_law_in_force_when_it_was_written() {
        let text = "Đất đai và các văn bản";
        let (length, found) = titled("luat", text).unwrap();
        assert_eq!(&text[..length], "Đất đai");
        let on = |day| meant(&found, Said { written_on: Some(day), ..Said::default() }).unwrap().number;
        assert_eq!(on(date!(2015 - 01 - 01)), Some("45/2013/QH13"));
        assert_eq!(on(date!(2026 - 01 - 01)), Some("31/2024/QH15"));
        assert_eq!(meant(&found, Said { year: Some(2003), ..Said::default() }).unwrap().number, Some("13/2003/QH11"));
    }

    #[test]
    fn no_law_is_meant_that_is_younger_than_the_sentence() {
        let (_, found) = titled("luat", "Đất đai").unwrap();
        let before = Some(date!(1985 - 01 - 01));
        assert_eq!(meant(&found, Said { written_on: before, ..Said::default() }), None);
        assert_eq!(meant(&found, Said { year: Some(2003), written_on: before, ..Said::default() }), None);
        assert_eq!(told_apart("Đất đai", &found, 1980), "Đất đai năm 1980");
        assert_eq!(told_apart("Đất đai", &found, 2040), "Đất đai");
    }

    #[test]
    fn a_name_and_a_year_tell_the_day() {
        let constitution = "Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam";
        assert_eq!(of_year(constitution, 1992), (Some(date!(1992 - 04 - 15)), None));
        assert_eq!(of_year("Luật Đất đai", 1980), (None, Some("Luật Đất đai năm 1980".to_owned())));
        assert_eq!(of_year("Luật Lam", 1993), (None, Some("Luật Lam".to_owned())));
    }

    #[test]
    fn numbers_are_unique_and_fit_their_days() {
        assert!(laws().len() > 200);
        let mut numbers: Vec<_> = laws().iter().filter_map(|law| law.number).collect();
        let all = numbers.len();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), all);
        for law in laws() {
            if let (Some(number), Some(day)) = (law.number, law.issued_on) {
                let year = number.split('/').nth(1).and_then(|part| part.parse::<i32>().ok());
                assert!(year.is_none_or(|year| year == day.year()), "{law:?}");
            }
        }
    }
}
