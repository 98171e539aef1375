//! Numbers and dates inside a sentence, with how much of it they take.

use super::rest::Rest;
use time::{Date, Month};

/// A number with its symbol, normalised, and the bytes it takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Number {
    pub text: String,
    pub length: usize,
}

/// Reads the number `text` begins with: `43/2020/QĐ-UBND`, `8411/ STC-TCHCSN`, `18-NQ/TW`, `51/2001/QH10`.
pub(super) fn number(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if !(1..=6).contains(&digits) {
        return None;
    }
    let mut at = digits;
    // `12a/2020/…`
    let letter = text
        .get(at..)?
        .chars()
        .next()
        .filter(|c| c.is_lowercase() && text.get(at + c.len_utf8()..).is_some_and(|rest| rest.starts_with('/')));
    at += letter.map_or(0, char::len_utf8);
    let ordinal = text.get(..at)?;
    let joint = at + blanks(text.get(at..)?);
    let rest = text.get(joint..)?;
    let mark = rest.chars().next()?;
    match mark {
        '/' => numbered(text, ordinal, joint),
        '-' | '–' => party(text, ordinal, joint + mark.len_utf8()),
        _ => None,
    }
}

/// `43/2020/QĐ-UBND` from its first stroke on.
fn numbered(text: &str, ordinal: &str, stroke: usize) -> Option<Number> {
    let mut at = stroke + 1;
    at += blanks(text.get(at..)?);
    let year = text.get(at..)?.bytes().take_while(u8::is_ascii_digit).count();
    let mut normal = ordinal.to_owned();
    if year == 4 {
        let printed = text.get(at..at + 4)?;
        let after = at + 4 + blanks(text.get(at + 4..)?);
        let rest = text.get(after..)?;
        let joint = rest.chars().next().filter(|c| matches!(c, '/' | '-'))?;
        normal.push('/');
        normal.push_str(printed);
        at = after + joint.len_utf8();
        at += blanks(text.get(at..)?);
    } else if year > 0 {
        return None;
    }
    let (symbol, end) = symbol(text, at)?;
    normal.push('/');
    normal.push_str(&symbol);
    Some(Number { text: normal, length: end })
}

/// `18-NQ/TW` from the symbol on: a group, a stroke, a group.
fn party(text: &str, ordinal: &str, at: usize) -> Option<Number> {
    let at = at + blanks(text.get(at..)?);
    let (symbol, end) = symbol(text, at)?;
    let has_stroke = symbol.contains('/');
    (has_stroke && symbol.chars().next().is_some_and(char::is_uppercase))
        .then(|| Number { text: format!("{ordinal}-{symbol}"), length: end })
}

/// A symbol: groups of letters joined by hyphens or strokes. Gives it without blanks, and where it ends.
fn symbol(text: &str, from: usize) -> Option<(String, usize)> {
    let mut symbol = String::new();
    let mut at = from;
    let mut end = from;
    loop {
        let group = group_length(text.get(at..)?)?;
        if group == 0 {
            break;
        }
        symbol.push_str(text.get(at..at + group)?);
        end = at + group;
        let rest = text.get(end..)?;
        let before = blanks(rest);
        let joint = rest.get(before..)?.chars().next().filter(|c| matches!(c, '-' | '–' | '/'));
        let Some(joint) = joint else { break };
        let after_joint = end + before + joint.len_utf8();
        let after = blanks(text.get(after_joint..)?);
        let next = text.get(after_joint + after..)?;
        // `QĐ- UBND` and `QĐ -UBND` are slips; `QĐ-UBND - Lưu` is not one symbol.
        let joins = next.starts_with(char::is_uppercase)
            && !(before > 0 && after > 0)
            && group_length(next).is_some_and(|group| group > 0);
        if !joins || before + after > 1 {
            break;
        }
        symbol.push(if joint == '–' { '-' } else { joint });
        at = after_joint + after;
    }
    let symbol = close(symbol)?;
    let end = end.min(text.len());
    let spelled = text.get(from..end)?;
    let dropped = spelled.len() - spelled.trim_end_matches(['.', '-', '/', '&', '(']).len();
    Some((symbol, end - dropped))
}

/// The letters of one group of a symbol: at least one of the first two is a capital.
fn group_length(text: &str) -> Option<usize> {
    let end =
        text.char_indices().find(|(_, c)| !(c.is_alphanumeric() || matches!(c, '&' | '.'))).map_or(text.len(), |(at, _)| at);
    let group = text.get(..end)?;
    let group = group.trim_end_matches('.');
    // A full stop ends the sentence unless a capital follows without a blank.
    let first = group.chars().next();
    if !first.is_some_and(char::is_uppercase) {
        return Some(0);
    }
    let word = group.chars().count() > 4 && group.chars().skip(1).all(char::is_lowercase);
    Some(if word { 0 } else { group.len() })
}

/// `QH 13` is `QH13`; what is no symbol is refused.
fn close(symbol: String) -> Option<String> {
    let symbol = symbol.trim_end_matches(['.', '-', '/', '&']).to_owned();
    let letters = symbol.chars().filter(|c| c.is_alphabetic()).count();
    let is_unit = symbol.chars().count() == 1 && !matches!(symbol.as_str(), "L");
    (letters > 0 && !is_unit).then_some(symbol)
}

/// Reads the day `rest` begins with, after `ngày`: the day and the bytes it takes.
pub(super) fn day(rest: Rest<'_>) -> Option<(Date, usize)> {
    let mut at = rest.blanks();
    at += rest.skip(at)?.prefix("ngày")?;
    at += rest.skip(at)?.blanks();
    let (day, length) = figure(rest.skip(at)?.printed, 2)?;
    at += length;
    at += rest.skip(at)?.blanks();
    let after = rest.skip(at)?;
    let (month, year, length) =
        if after.word("tháng").or_else(|| after.word("ngày")).is_some() { in_words(after)? } else { in_figures(after)? };
    if !(1900..=2200).contains(&year) {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date = Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    Some((date, at + length))
}

/// `tháng 6 năm 2031`; `ngày` is a slip for `tháng`.
fn in_words(rest: Rest<'_>) -> Option<(u32, u32, usize)> {
    let mut at = rest.word_and_blanks("tháng").or_else(|| rest.word_and_blanks("ngày"))?;
    let (month, length) = figure(rest.skip(at)?.printed, 2)?;
    at += length;
    let after = rest.skip(at)?;
    at += usize::from(after.printed.trim_start().starts_with(',')) + after.blanks();
    at += rest.skip(at)?.blanks();
    at += rest.skip(at)?.word_and_blanks("năm")?;
    let (year, length) = figure(rest.skip(at)?.printed, 4)?;
    Some((month, year, at + length))
}

/// `/6/2031`, `.6.2031`, `- 6 - 2031`.
fn in_figures(rest: Rest<'_>) -> Option<(u32, u32, usize)> {
    const STROKES: [char; 3] = ['/', '-', '.'];
    rest.printed.strip_prefix(STROKES)?;
    let mut at = 1;
    at += rest.skip(at)?.blanks();
    let (month, length) = figure(rest.skip(at)?.printed, 2)?;
    at += length;
    at += rest.skip(at)?.blanks();
    rest.skip(at)?.printed.strip_prefix(STROKES)?;
    at += 1;
    at += rest.skip(at)?.blanks();
    let (year, length) = figure(rest.skip(at)?.printed, 4)?;
    Some((month, year, at + length))
}

fn blanks(text: &str) -> usize {
    text.bytes().take_while(|b| *b == b' ').count()
}

/// Reads a figure of at most so many digits.
pub(super) fn figure(text: &str, most: usize) -> Option<(u32, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > most {
        return None;
    }
    Some((text.get(..digits)?.parse().ok()?, digits))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use time::macros::date;

    fn read(text: &str) -> Option<(String, &str)> {
        number(text).map(|found| (found.text, &text[..found.length]))
    }

    #[test]
    fn numbers_are_read_whatever_their_blanks() {
        assert_eq!(read("43/2020/QĐ-UBND ngày"), Some(("43/2020/QĐ-UBND".into(), "43/2020/QĐ-UBND")));
        assert_eq!(read("8411/ STC-TCHCSN ngày"), Some(("8411/STC-TCHCSN".into(), "8411/ STC-TCHCSN")));
        assert_eq!(read("18-NQ/TW của"), Some(("18-NQ/TW".into(), "18-NQ/TW")));
        assert_eq!(read("51/2001/QH10."), Some(("51/2001/QH10".into(), "51/2001/QH10")));
        assert_eq!(read("15/2020/QĐ- UBND."), Some(("15/2020/QĐ-UBND".into(), "15/2020/QĐ- UBND")));
        assert_eq!(read("5/QĐ-UBND - Lưu"), Some(("5/QĐ-UBND".into(), "5/QĐ-UBND")));
        assert_eq!(read("31/TTr-STC"), Some(("31/TTr-STC".into(), "31/TTr-STC")));
        for none in ["24/24h", "1/3 số", "12/2020", "10/m2", "13/6/2011", "5-7 ngày", "2025-2026"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    fn day(text: &str) -> Option<(Date, usize)> {
        super::day(Rest { printed: text, small: &crate::lower(text) })
    }

    #[test]
    fn days_are_read_in_words_and_in_figures() {
        assert_eq!(day(" ngày 13/6/2011 của"), Some((date!(2011 - 06 - 13), " ngày 13/6/2011".len())));
        assert_eq!(day("NGÀY 26 THÁNG 7 NĂM 2023"), Some((date!(2023 - 07 - 26), "NGÀY 26 THÁNG 7 NĂM 2023".len())));
        assert_eq!(day("ngày 29 ngày 6 năm 2006").map(|(day, _)| day), Some(date!(2006 - 06 - 29)));
        assert_eq!(day("ngày 31/2/2011"), None);
    }
}
