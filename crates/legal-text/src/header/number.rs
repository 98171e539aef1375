//! Document numbers: `43/2020/QĐ-UBND`, `51/2024/QH15`, `5282/CT-CS`, `37-HD/BTGDVTW`.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;
use serde::{Serialize, Serializer};

use crate::pattern;

/// A document's number and symbol, normalised (Nghị định 30/2020/NĐ-CP, phụ lục I, II.3).
///
/// Leading zeros are kept as printed. A number may be partial: without an ordinal where the
/// source leaves it to be stamped, or without a symbol.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DocumentNumber {
    ordinal: String,
    year: Option<u16>,
    symbol: String,
    text: String,
}

/// A symbol is one or more groups of letters joined by hyphens or strokes; a space beside a
/// hyphen is a typing or wrapping accident.
const SYMBOL: &str = r"QH\s?\d{1,2}|\p{L}[\p{L}\d&.()]*(?:(?:[-–/]\p{L}|\s[-–/]\s?\p{Lu}|[-–]\s\p{Lu})[\p{L}\d&.()]*)*";

/// `43`, `012`, `12a`; `66.7` is the seventh of a series.
const ORDINAL: &str = r"\d{1,6}(?:\.\d{1,2})?\s?[a-eA-Eđ]?";

static STATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:(?i:(?:bộ\s+|pháp\s+)?\p{{L}}*\s*số)\s*[:.]?\s*)?({ORDINAL})?\s*(?:/\s*(\d{{4}})\s*)?[/]\s*({SYMBOL})"
    ))
});

/// Numbers of the Party (`37-HD/BTGDVTW`) and those of before 1997 (`299-TTg`, `1215 QĐ/UB`).
static HYPHENED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?i:\p{L}*\s*số)\s*[:.]?\s*)?(\d{1,6})\s*(?:[-–]\s*(\p{Lu}[\p{L}]*/\p{Lu}[\p{L}\d&]*|\p{Lu}{2}[\p{L}]*|CP|TTg|CT)|(\p{Lu}{2,3}/\p{Lu}[\p{L}\d]*))",
    )
});

static ORDINAL_ONLY: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:(?i:\p{L}*\s*số)\s*[:.]?\s*)?(\d{1,6})(?:/(\d{4}))?\s*$"));

impl DocumentNumber {
    /// Reads the number at the start of `text`, with or without `Số:` before it.
    pub fn parse(text: &str) -> Option<DocumentNumber> {
        Some(DocumentNumber::parse_start(text)?.0)
    }

    /// Reads the number at the start of `text`, and gives what follows it.
    pub(crate) fn parse_start(text: &str) -> Option<(DocumentNumber, &str)> {
        let text = text.trim();
        let after = |found: &regex::Captures<'_>| text.get(found.get(0).map_or(0, |whole| whole.end())..).unwrap_or_default();
        if let Some(found) = STATED.captures(text) {
            let ordinal: String = found.get(1).map_or("", |m| m.as_str()).split_whitespace().collect();
            let year = found.get(2).and_then(|m| m.as_str().parse().ok());
            return Some((DocumentNumber::new(&ordinal, year, &tidy_symbol(found.get(3)?.as_str())?, '/'), after(&found)));
        }
        if let Some(found) = HYPHENED.captures(text) {
            let symbol = found.get(2).or_else(|| found.get(3))?.as_str();
            return Some((DocumentNumber::new(found.get(1)?.as_str(), None, symbol, '-'), after(&found)));
        }
        let found = ORDINAL_ONLY.captures(text)?;
        let year = found.get(2).and_then(|m| m.as_str().parse().ok());
        Some((DocumentNumber::new(found.get(1)?.as_str(), year, "", '/'), after(&found)))
    }

    fn new(ordinal: &str, year: Option<u16>, symbol: &str, joint: char) -> DocumentNumber {
        let mut text = ordinal.to_owned();
        if let Some(year) = year {
            text.push_str(&format!("/{year}"));
        }
        if !symbol.is_empty() {
            text.push(joint);
            text.push_str(symbol);
        }
        DocumentNumber { ordinal: ordinal.to_owned(), year, symbol: symbol.to_owned(), text }
    }

    /// Gives the ordinal as printed (`43`, `012`); empty where it is left blank.
    pub fn ordinal(&self) -> &str {
        &self.ordinal
    }

    /// Gives the year that is part of the number, if there is one.
    pub fn year(&self) -> Option<u16> {
        self.year
    }

    /// Gives the symbol (`QĐ-UBND`, `QH15`); empty where there is none.
    pub fn symbol(&self) -> &str {
        &self.symbol
    }

    /// Tells whether the number has both its ordinal and its symbol.
    pub fn is_full(&self) -> bool {
        !self.ordinal.is_empty() && !self.symbol.is_empty()
    }

    /// Gives the normalised number.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for DocumentNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// Closes the gaps of a symbol and drops what follows it. A symbol that is printed in lower case
/// throughout comes from a text that lost its capitals and gets them back.
fn tidy_symbol(printed: &str) -> Option<String> {
    let closed: String = printed.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
    let closed = without_words(&closed);
    let mut symbol = closed.trim_end_matches(['.', '-', '/', '&']).to_owned();
    if symbol.matches('(').count() != symbol.matches(')').count() {
        symbol = symbol.split('(').next().unwrap_or_default().to_owned();
    }
    if !symbol.chars().any(char::is_uppercase) {
        symbol = symbol.to_uppercase();
    }
    if let Some(head) = symbol.strip_suffix("TTG") {
        symbol = format!("{head}TTg");
    }
    let starts_as_symbol = symbol.chars().next().is_some_and(char::is_uppercase);
    let is_word = symbol.chars().count() > 4 && !symbol.chars().skip(1).any(|c| c.is_uppercase() || c.is_numeric());
    (starts_as_symbol && !is_word).then_some(symbol)
}

fn plain(c: char) -> char {
    match c {
        '–' => '-',
        'Ð' => 'Đ',
        'ð' => 'đ',
        c => c,
    }
}

/// The symbol without a word that is glued to it: `NĐ-CPngày`.
fn without_words(symbol: &str) -> &str {
    let mut capitals = 0;
    let mut small: Option<usize> = None;
    let mut count = 0;
    for (at, c) in symbol.char_indices() {
        if c.is_lowercase() {
            count += 1;
            let start = *small.get_or_insert(at);
            if count == 4 && capitals > 1 {
                return symbol.get(..start).unwrap_or(symbol);
            }
        } else {
            capitals += u8::from(c.is_uppercase() && capitals < 9);
            small = None;
            count = 0;
        }
    }
    symbol
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn read(text: &str) -> String {
        DocumentNumber::parse(text).map(|number| number.to_string()).unwrap_or_default()
    }

    #[test]
    fn pieces_are_normalised() {
        for (printed, normal) in [
            ("Số: 43/2020/QĐ- UBND", "43/2020/QĐ-UBND"),
            ("Số:10988/BNV-CQĐP", "10988/BNV-CQĐP"),
            ("Số: 9476 /BNNMT-CNTY", "9476/BNNMT-CNTY"),
            ("Luật số: 51/2024/QH15", "51/2024/QH15"),
            ("1658/NQ-UBTVQH15", "1658/NQ-UBTVQH15"),
            ("43/2011/NĐ-CP", "43/2011/NĐ-CP"),
            ("02/2025/TT-BNV ngày 5", "02/2025/TT-BNV"),
            ("123/KH-UBND", "123/KH-UBND"),
            ("5282/CT-CS", "5282/CT-CS"),
            ("01814/QĐ-UBND.", "01814/QĐ-UBND"),
            ("Số 37-HD/BTGDVTW", "37-HD/BTGDVTW"),
            ("số 12/2010/QĐ – UBND", "12/2010/QĐ-UBND"),
            ("9086/BNV-CTTN&BĐG", "9086/BNV-CTTN&BĐG"),
            ("12/2009/qđ-ubnd", "12/2009/QĐ-UBND"),
            ("12/2009/qđ-ttg", "12/2009/QĐ-TTg"),
            ("16/2031/CT-TTG", "16/2031/CT-TTg"),
            ("Số: 66.7/2031/NQ-CP", "66.7/2031/NQ-CP"),
            ("12A/2031/NQ-HĐND", "12A/2031/NQ-HĐND"),
            ("18/2031/QÐ-UBND", "18/2031/QĐ-UBND"),
            ("56-LCT/HĐNN8", "56-LCT/HĐNN8"),
            ("299-TTg", "299-TTg"),
            ("64-CP", "64-CP"),
            ("1215 QĐ/UB", "1215-QĐ/UB"),
            ("05/2031/NĐ-CPngày 5", "05/2031/NĐ-CP"),
            ("01/2031/TTLT-BTC-BTP", "01/2031/TTLT-BTC-BTP"),
        ] {
            assert_eq!(read(printed), normal, "{printed}");
        }
    }

    #[test]
    fn parts_are_given() {
        let number = DocumentNumber::parse("43/2020/QĐ-UBND").unwrap();
        assert_eq!((number.ordinal(), number.year(), number.symbol()), ("43", Some(2020), "QĐ-UBND"));
        assert!(number.is_full());
        let blank = DocumentNumber::parse("Số:        /2025/QĐ-UBND").unwrap();
        assert!(!blank.is_full());
        assert_eq!(blank.year(), Some(2025));
    }

    #[test]
    fn a_date_or_a_word_is_no_number() {
        assert_eq!(DocumentNumber::parse("nothing here"), None);
        assert_eq!(DocumentNumber::parse("12/Huyện"), None);
        assert_eq!(DocumentNumber::parse("12 tháng 5"), None);
    }
}
