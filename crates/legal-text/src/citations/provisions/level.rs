//! A word that names a level of the structure, with its numbers: `khoản 1, 2 và 4`.

use super::MOST;
use super::list::{between, separator};
use super::provision::Named;
use crate::citations::numbers::figure;
use crate::citations::rest::Rest;
use crate::letters::{is_lower, is_word};
use crate::structure::number;

/// What level of the structure a word names, the outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Level {
    Appendix,
    Chapter,
    Section,
    Article,
    Clause,
    Point,
    Subpoint,
}

const WORDS: [(&str, Level); 8] = [
    ("phụ lục", Level::Appendix),
    ("chương", Level::Chapter),
    ("tiểu mục", Level::Section),
    ("mục", Level::Section),
    ("điều", Level::Article),
    ("khoản", Level::Clause),
    ("điểm", Level::Point),
    ("tiết", Level::Subpoint),
];

/// From the outermost.
pub(super) const LEVELS: [Level; 7] =
    [Level::Appendix, Level::Chapter, Level::Section, Level::Article, Level::Clause, Level::Point, Level::Subpoint];

/// One word with its numbers: `khoản 1, 2 và 4`.
pub(super) fn level(rest: Rest<'_>) -> Option<(Level, Vec<Named<'_>>, usize)> {
    let plural = rest.word_and_blanks("các").unwrap_or_default();
    let words = rest.skip(plural)?;
    let (level, length) = WORDS.iter().find_map(|(name, level)| Some((*level, words.word(name)?)))?;
    let mut at = plural + length;
    at += rest.skip(at)?.blanks();
    let after = rest.skip(at)?;
    if let Some(length) = after.word("này") {
        return Some((level, vec![Named::This], at + length));
    }
    let label = after.word_and_blanks("số").unwrap_or_default();
    let Some((first, length)) = one(after.skip(label)?.printed, level) else {
        let issued = level == Level::Appendix && (after.word("ban hành").is_some() || after.word("kèm theo").is_some());
        return issued.then_some((level, vec![Named::Only], at.min(plural + "phụ lục".len())));
    };
    at += label + length;
    let mut numbers = vec![first];
    while numbers.len() < MOST {
        let Some((length, is_range)) = separator(rest.skip(at)?) else { break };
        let after = rest.skip(at + length)?;
        let Some((next, taken)) = one(after.printed, level).filter(|(_, taken)| continues(after.printed, *taken, level)) else {
            break;
        };
        if is_range && let Some(between) = numbers.last().and_then(|first| between(*first, next)) {
            numbers.extend(between);
        }
        numbers.push(next);
        at += length + taken;
    }
    Some((level, numbers, at))
}

/// What is counted, not numbered: `Điều 5, 2 năm`.
const QUANTITIES: [&str; 17] = [
    "năm",
    "tháng",
    "ngày",
    "lần",
    "đồng",
    "người",
    "trường hợp",
    "loại",
    "mức",
    "%",
    "/",
    "tỷ",
    "triệu",
    "giờ",
    "bộ",
    "bản",
    "đơn vị",
];

/// Whether a number after a separator still belongs to the list, and is no quantity.
fn continues(text: &str, taken: usize, level: Level) -> bool {
    let rest = text.get(taken..).unwrap_or_default();
    let after = rest.trim_start();
    let counts = QUANTITIES.iter().any(|word| after.starts_with(word));
    let letter = matches!(level, Level::Point | Level::Subpoint);
    let decimal = || rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !counts && (letter || !decimal())
}

/// Whether no letter or figure follows the first bytes.
fn ends(text: &str, length: usize) -> bool {
    text.get(length..).is_some_and(|rest| !rest.starts_with(is_word))
}

/// One number of a level.
fn one(text: &str, level: Level) -> Option<(Named<'_>, usize)> {
    match level {
        Level::Article | Level::Clause => numbered(text),
        Level::Point | Level::Subpoint => letter(text),
        Level::Chapter | Level::Section | Level::Appendix => {
            let length = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let printed = text.get(..length)?;
            let is_number = printed.len() <= 3 && printed.bytes().all(|b| b.is_ascii_digit())
                || number::roman(printed).is_some()
                || printed.len() == 1 && printed.bytes().all(|b| b.is_ascii_uppercase());
            (is_number && !printed.is_empty() && ends(text, length)).then_some((Named::Number(printed), length))
        }
    }
}

/// `7`, `7a`, `07`.
fn numbered(text: &str) -> Option<(Named<'_>, usize)> {
    let (_, digits) = figure(text, 4)?;
    let suffix = text.get(digits..)?.chars().next().filter(|c| is_lower(*c) && ends(text, digits + c.len_utf8()));
    let length = digits + suffix.map_or(0, char::len_utf8);
    let printed = text.get(..length)?;
    let significant = printed.trim_start_matches('0');
    let number = if significant.starts_with(|c: char| c.is_ascii_digit()) { significant } else { printed.get(digits - 1..)? };
    ends(text, length).then_some((Named::Number(number), length))
}

/// `a`, `đ`, `a)`, `1.1`, `a.1`; a letter alone, not one that begins a word.
fn letter(text: &str) -> Option<(Named<'_>, usize)> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        let length = text.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
        let printed = text.get(..length)?.trim_end_matches('.');
        return (printed.len() <= 6 && ends(text, printed.len())).then_some((Named::Number(printed), printed.len()));
    }
    if !is_lower(first) || number::order(first).is_none() {
        return None;
    }
    let mut length = first.len_utf8();
    let tail = text.get(length..)?;
    let numbered = tail.strip_prefix('.').unwrap_or(tail);
    let digits = numbered.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        length = text.len() - numbered.len() + digits;
    }
    if !ends(text, length) {
        return None;
    }
    let bracket = usize::from(text.get(length..)?.starts_with(')'));
    Some((Named::Number(text.get(..length)?), length + bracket))
}
