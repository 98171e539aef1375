//! `Sông Lam, ngày 02 tháng 12 năm 2020` (Nghị định 30/2020/NĐ-CP, phụ lục I, II.4).

use std::sync::LazyLock;

use regex::Regex;
use time::Date;

use super::{DAY, day_of};
use crate::layout::Piece;
use crate::names::province;
use crate::pattern;

/// The place and the day of a header line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlaceAndDay {
    pub place: Option<String>,
    /// `None` where the day is left to be stamped.
    pub day: Option<Date>,
}

static WORD: LazyLock<Regex> = LazyLock::new(|| pattern("[Nn]gày|NGÀY"));

static STATED: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^\s*(?:(?i:m[ồù]ng)\s+)?{DAY}")));

/// A day of which a part is left blank.
static BLANK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s.…_]*\d{0,2}[\s.…_]*(?:th[aáảàạ]ng[\s.…_]*\d{0,2}[\s.…_]*n[aăâ]m|/[\s.…_]*\d{0,2}[\s.…_]*/)[\s.…_]*(?:\d{4})?",
    )
});

/// What parts cells, so that no name runs over from one into the next.
const CELL: char = '¦';

impl PlaceAndDay {
    /// Finds the line in a header.
    pub fn of(pieces: &[Piece]) -> Option<PlaceAndDay> {
        PlaceAndDay::read(&cells_of(pieces))
    }

    /// Finds a line that is nothing but a place and a day: below a heading, all others cite.
    pub fn alone(pieces: &[Piece]) -> Option<PlaceAndDay> {
        pieces.iter().find_map(|piece| {
            let found = PlaceAndDay::read(&piece.text)?;
            let place = found.place.as_ref()?;
            let day = piece.text.get(WORD.find(&piece.text)?.end()..)?;
            let rest = STATED.find(day).or_else(|| BLANK.find(day)).and_then(|day_found| day.get(day_found.end()..))?;
            (piece.text.to_lowercase().starts_with(&place.to_lowercase()) && !rest.chars().any(char::is_alphanumeric))
                .then_some(found)
        })
    }

    fn read(text: &str) -> Option<PlaceAndDay> {
        let mut alone = None;
        for word in WORD.find_iter(text) {
            let after = text.get(word.end()..).unwrap_or_default();
            let day = STATED.captures(after).and_then(|found| day_of(&found, 1));
            if day.is_none() && !BLANK.is_match(after) {
                continue;
            }
            let before = text.get(..word.start()).unwrap_or_default();
            let place = place_before(before);
            if place.is_some() {
                return Some(PlaceAndDay { place, day });
            }
            // A day with a cell to itself.
            let opens_cell = before.trim_end_matches([' ', ',']).ends_with(CELL) || before.trim().is_empty();
            if alone.is_none() && opens_cell {
                alone = Some(PlaceAndDay { place: None, day });
            }
        }
        alone
    }
}

/// As one line, cells parted by marks.
fn cells_of(pieces: &[Piece]) -> String {
    let mut line = String::new();
    for piece in pieces {
        if piece.after_gap || piece.columns > 1 && !ends_open(&line) {
            line.push(' ');
            line.push(CELL);
        }
        line.push(' ');
        line.push_str(&piece.text);
    }
    line
}

/// `Sông Lam, ngày` calls for the rest of the date, whatever cell it stands in.
fn ends_open(line: &str) -> bool {
    let line = line.trim_end();
    [", ngày", "tháng", "năm"].iter().any(|end| line.ends_with(end))
}

/// How many words the name of a place may have: `Thành phố Bà Rịa - Vũng Tàu`.
const LONGEST: usize = 7;

/// The name a text ends with.
fn place_before(text: &str) -> Option<String> {
    let text = text.trim_end_matches([' ', ',', ';', '.']);
    let mut words: Vec<&str> = Vec::new();
    let mut before = text.split(' ').rev().peekable();
    while let Some(word) = before.next() {
        let previous = before.peek().copied().unwrap_or_default();
        let capitals = words.last().or(words.first()).is_some_and(|word| is_all_capitals(word));
        if words.len() >= LONGEST
            || !belongs(word, previous)
            || (!words.is_empty() && is_all_capitals(word) != capitals && !is_short(word))
        {
            break;
        }
        words.push(word);
    }
    while words.last().is_some_and(|word| matches!(*word, "-" | "–") || word.chars().all(char::is_numeric)) {
        words.pop();
    }
    words.reverse();
    let words = without_motto(&words);
    let place = words.join(" ");
    let place = if is_all_capitals(&place) { in_normal_case(&place)? } else { place };
    (place.chars().filter(|c| c.is_alphabetic()).count() > 1).then_some(place)
}

/// Whether a word may belong to the name of a place.
fn belongs(word: &str, previous: &str) -> bool {
    let named =
        word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '.' | '-'));
    let second = |first: &str| previous.to_lowercase().ends_with(first);
    named
        || matches!(word, "-" | "–")
        || word == "phố" && second("thành")
        || word == "xã" && second("thị")
        || word == "khu" && second("đặc")
        || !word.is_empty() && word.chars().all(char::is_numeric) && (second("quận") || second("phường"))
}

fn is_short(word: &str) -> bool {
    matches!(word, "-" | "–") || word.starts_with("TP") || word.chars().all(char::is_numeric)
}

fn is_all_capitals(word: &str) -> bool {
    crate::layout::is_capitals(word)
}

/// A motto in normal case may run into the place: `… Việt Nam Hà Nội`.
fn without_motto<'w>(words: &'w [&'w str]) -> &'w [&'w str] {
    let from = words.iter().position(|word| matches!(*word, "Nam" | "Phúc"));
    let after = from.and_then(|at| words.get(at + 1..)).filter(|rest| province(&rest.join(" ")).is_some());
    after.unwrap_or(words)
}

/// `HÀ NỘI` as it is written; capitals that are no province are a symbol or a body.
fn in_normal_case(place: &str) -> Option<String> {
    let from = place.rfind("PHỐ ").map_or(0, |at| at + "PHỐ ".len());
    let province = province(place.get(from..)?)?;
    Some(if from == 0 { province.to_owned() } else { format!("Thành phố {province}") })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use time::macros::date;

    use super::*;
    use crate::layout::pieces;

    fn read(text: &str) -> (String, Option<Date>) {
        let found = PlaceAndDay::of(&pieces(text)).unwrap();
        (found.place.unwrap_or_default(), found.day)
    }

    #[test]
    fn places_have_names_of_many_forms() {
        for place in [
            "Sông Lam",
            "Thành phố Sông Lam",
            "TP. Sông Lam",
            "Bà Rịa - Vũng Tàu",
            "Thị xã Cửa Lạch",
            "Ea H'Lam",
            "Đặc khu Hòn Lam",
            "Quận 5",
        ] {
            let day = Some(date!(2031 - 06 - 05));
            assert_eq!(read(&format!("{place}, ngày 05 tháng 6 năm 2031")), (place.into(), day));
            let glued = format!("Độc lập - Tự do - Hạnh phúc {place}, ngày 05/6/2031");
            assert_eq!(read(&glued), (place.into(), day));
        }
    }

    #[test]
    fn cells_and_motto_are_no_part_of_the_place() {
        let text = "Số: 5/2031/QĐ-UBND | Sông Lam, ngày 05 tháng 6 năm 2031 |";
        assert_eq!(read(text).0, "Sông Lam");
        assert_eq!(read("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Sông Lam, ngày 5/6/2031").0, "Sông Lam");
        assert_eq!(read("Cộng hòa xã hội chủ nghĩa Việt Nam Hà Nội, ngày 5/6/2031").0, "Hà Nội");
        assert_eq!(read("HÀ NỘI, NGÀY 05 THÁNG 6 NĂM 2031").0, "Hà Nội");
    }

    #[test]
    fn a_day_may_be_left_blank_or_stand_alone() {
        assert_eq!(read("Sông Lam, ngày     tháng     năm 2031"), ("Sông Lam".into(), None));
        assert_eq!(read("Sông Lam, ngày … tháng 6 năm 2031"), ("Sông Lam".into(), None));
        assert_eq!(read("Sông Lam, ngày    /6/2031"), ("Sông Lam".into(), None));
        assert_eq!(read("Số: 5/BLAM\n\nNgày 5 tháng 6 năm 2031"), (String::new(), Some(date!(2031 - 06 - 05))));
        assert_eq!(PlaceAndDay::of(&pieces("Chỉ thị số 19-CT / TU ngày 5/6/2031")), None);
        assert_eq!(PlaceAndDay::alone(&pieces("tại Sông Lam, ngày 5/6/2031")), None);
        assert!(PlaceAndDay::alone(&pieces("Sông Lam, ngày 5/6/2031")).is_some());
        assert_eq!(PlaceAndDay::of(&pieces("theo văn bản ngày 5/6/2031")), None);
    }
}
