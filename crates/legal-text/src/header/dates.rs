//! Dates: when an act was issued, when it takes effect, when it ends.

use std::sync::LazyLock;

use regex::Regex;
use time::{Date, Duration, Month};

use crate::pattern;

/// A day in words or figures; the second `ngày` is a common slip for `tháng`.
pub(crate) const DAY: &str =
    r"(\d{1,2})\s*(?:(?i:tháng|ngày)\s*(\d{1,2})\s*,?\s*(?i:năm|ngày)\s*(\d{4})|\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}))";

static DAY_AT_START: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"^[\s,:]*(?:(?i:ngày)\s*)?{DAY}")));

static DAY_ANYWHERE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i:ngày)\s*{DAY}")));

/// `Sông Lam, ngày 02 tháng 12 năm 2020`, the comma and the day's words being optional.
static PLACE_AND_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b((?:(?:\p{{Lu}}\p{{Ll}}+|TP\.?)[\s-]*(?:phố\s+)?){{1,5}}),?\s+(?i:ngày)\s*(?:{DAY}|[\s.…_/]*(?i:tháng)[\s.…_]*\d{{0,2}}[\s.…_]*(?i:năm)[\s.…_]*(?:\d{{4}})?)"
    ))
});

static ADOPTED: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i:thông\s+qua)\s*,?\s*(?i:ngày)\s*{DAY}")));

fn day_of(found: &regex::Captures<'_>, first: usize) -> Option<Date> {
    let number = |group: usize| found.get(group).and_then(|m| m.as_str().parse::<i32>().ok());
    let day = u8::try_from(number(first)?).ok()?;
    let month = number(first + 1).or_else(|| number(first + 3))?;
    let year = number(first + 2).or_else(|| number(first + 4))?;
    if !(1900..=2200).contains(&year) {
        return None;
    }
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    Date::from_calendar_date(year, month, day).ok()
}

/// Reads the day `text` begins with, with or without `ngày` before it.
pub(crate) fn day_at_start(text: &str) -> Option<Date> {
    day_of(&DAY_AT_START.captures(text)?, 1)
}

/// Reads the first day introduced by `ngày`.
pub(crate) fn first_day(text: &str) -> Option<Date> {
    day_of(&DAY_ANYWHERE.captures(text)?, 1)
}

/// The place and the day of a header line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlaceAndDay {
    pub place: String,
    /// `None` where the day is left to be stamped.
    pub day: Option<Date>,
}

/// Finds `Place, ngày … tháng … năm …` in a header.
pub(crate) fn place_and_day(text: &str) -> Option<PlaceAndDay> {
    let found = PLACE_AND_DAY.captures(text)?;
    let place = found.get(1)?.as_str().trim().trim_end_matches(['-', ',']).trim().to_owned();
    Some(PlaceAndDay { place, day: day_of(&found, 2) })
}

/// Finds the day a law or resolution says it was passed on; the last statement is its own.
pub(crate) fn adopted_on(text: &str) -> Option<Date> {
    ADOPTED.captures_iter(text).last().and_then(|found| day_of(&found, 1))
}

/// What an act says about the time it is in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Effect {
    pub from: Option<Date>,
    /// The first day no longer in force.
    pub until: Option<Date>,
    /// An effect clause stands in the text but its day cannot be computed from it.
    pub unreadable: Option<String>,
}

/// `Quyết định này có hiệu lực …` or `… thông qua ngày … và có hiệu lực …`.
static IN_FORCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)((?:\p{L}+\s+){0,2}[\p{L}\d]+)(?:\s+\((?:[^()]{0,60})\))?\s*,?\s*có\s+hiệu\s+lực(?:\s+(?:thi\s+hành|pháp\s+luật))?\s*,?\s*(?:thi\s+hành\s*)?",
    )
});

static AFTER_DAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:sau|kể\s+từ\s+sau)\s+(\d{1,3})\s*(?:\([^()]{0,40}\)\s*)?ngày\s*,?\s*(?:kể\s+)?từ\s+ngày\s+(?:được\s+)?(?:ký|ban\s+hành|thông\s+qua)",
    )
});

static FROM_SIGNING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:kể\s+)?(?:từ|sau)\s+(?:ngày|khi)\s+(?:[\p{L}\s]{0,60}?)?(?:ký|ban\s+hành|thông\s+qua)|^ngay\s+(?:từ\s+ngày|sau\s+khi)\s+(?:ký|ban\s+hành|được)|^khi\s+được\s+[\p{L}\s]{0,60}?thông\s+qua",
    )
});

static FROM_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:kể\s+)?từ\s+(?:(?:0|00)\s*(?:giờ|h)\s*(?:00)?\s*)?(?:ngày\s*)?"));

static UNTIL_DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[^.;]{0,60}?(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?"));

static ENDS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)(\p{L}+\s+\p{L}+\s+này)\s+hết\s+hiệu\s+lực(?:\s+thi\s+hành)?\s*(?:kể\s+)?từ\s+ngày\s*"));

/// Reads the effect clauses of an act whose kind is called `kind_name` and whose closing
/// articles are in `text`.
pub(crate) fn effect(text: &str, kind_name: &str, signed_on: Option<Date>) -> Effect {
    let mut effect = Effect::default();
    for found in IN_FORCE.captures_iter(text) {
        let (Some(whole), Some(subject)) = (found.get(0), found.get(1)) else { continue };
        if !speaks_of_the_act(text, subject.start(), subject.as_str(), kind_name) {
            continue;
        }
        let tail = text.get(whole.end()..).map(|tail| first_chars(tail, 260)).unwrap_or_default();
        if let Some((from, until)) = clause(tail, signed_on) {
            effect.from = Some(from);
            effect.until = until;
            break;
        }
        if effect.unreadable.is_none() && tail.chars().next().is_some_and(char::is_alphabetic) {
            effect.unreadable = Some(format!("{} {}", whole.as_str().trim(), first_chars(tail, 80)));
        }
    }
    if effect.until.is_none() {
        effect.until = ends_on(text, kind_name);
    }
    effect
}

/// The subject of the clause is the act itself: `Quyết định này`, not a provision of it, nor a
/// cited act, nor a mere `trước ngày Quyết định này`.
fn speaks_of_the_act(text: &str, at: usize, subject: &str, kind_name: &str) -> bool {
    let subject = subject.to_lowercase();
    let mut words = subject.split_whitespace().rev();
    let name = kind_name.to_lowercase();
    let last = words.next().unwrap_or_default();
    let kind_words = name.split_whitespace().count();
    let spoken: Vec<&str> = subject.split_whitespace().collect();
    let before = text.get(..at).map(|before| last_chars(before, 200)).unwrap_or_default().to_lowercase();
    let context = format!("{before}{subject}");
    match last {
        "này" => {
            let lead = context.trim_end_matches("này").trim_end();
            let named = lead.ends_with(&name) || lead.ends_with("văn bản") || (kind_words > 2 && lead.ends_with("thông tư"));
            let lead = lead.trim_end_matches(&name).trim_end();
            named && !["của", "ngày", "khi", "theo", "điểm", "thời điểm"].iter().any(|word| lead.ends_with(word))
        }
        "và" => context.contains(&format!("{name} này")),
        // `… này đã được … thông qua ngày 07 tháng 12 năm 2017, có hiệu lực …`
        year if year.ends_with(|c: char| c.is_ascii_digit()) => {
            context.contains(&format!("{name} này")) && context.contains("thông qua")
        }
        _ => {
            spoken.join(" ").ends_with(&name) && {
                let lead = context.trim_end_matches(&name).trim_end();
                lead.ends_with(['.', ':'])
                    || lead.ends_with(char::is_numeric)
                    || lead.ends_with("thi hành")
                    || lead.ends_with("hiệu lực")
            }
        }
    }
}

fn clause(tail: &str, signed_on: Option<Date>) -> Option<(Date, Option<Date>)> {
    if let Some(found) = AFTER_DAYS.captures(tail) {
        let days: i64 = found.get(1)?.as_str().parse().ok()?;
        return Some((signed_on?.checked_add(Duration::days(days))?, None));
    }
    if let Some(found) = FROM_DAY.find(tail)
        && let Some(rest) = tail.get(found.end()..)
        && let Some(from) = day_at_start(rest)
    {
        let rest = DAY_AT_START.find(rest).and_then(|day| rest.get(day.end()..)).unwrap_or_default();
        let until =
            UNTIL_DAY.find(rest).and_then(|found| rest.get(found.end()..)).and_then(day_at_start).filter(|until| *until > from);
        // `đến (hết) ngày` names the last day in force.
        let until = until.and_then(Date::next_day);
        return Some((from, until));
    }
    FROM_SIGNING.find(tail).and(signed_on).map(|day| (day, None))
}

fn ends_on(text: &str, kind_name: &str) -> Option<Date> {
    let own = format!("{} này", kind_name.to_lowercase());
    ENDS.captures_iter(text).find_map(|found| {
        let subject = found.get(1)?.as_str().to_lowercase();
        subject.ends_with(&own).then(|| text.get(found.get(0)?.end()..).and_then(day_at_start))?
    })
}

/// The beginning of `text`, at most `limit` characters long.
pub(crate) fn first_chars(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

fn last_chars(text: &str, limit: usize) -> &str {
    text.char_indices().rev().nth(limit).and_then(|(start, _)| text.get(start..)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use time::macros::date;

    use super::*;

    fn from(text: &str, kind: &str) -> Option<Date> {
        effect(text, kind, Some(date!(2015 - 10 - 05))).from
    }

    #[test]
    fn effect_clauses_are_computed() {
        let decision = "Quyết định";
        assert_eq!(from("Quyết định này có hiệu lực sau 10 ngày, kể từ ngày ký.", decision), Some(date!(2015 - 10 - 15)));
        assert_eq!(from("Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành", decision), Some(date!(2015 - 10 - 05)));
        assert_eq!(from("Quyết định này có hiệu lực từ ngày 01/01/2025.", decision), Some(date!(2025 - 01 - 01)));
        assert_eq!(from("1. Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2019.", "Luật"), Some(date!(2019 - 07 - 01)));
        assert_eq!(
            from(
                "Nghị quyết này được Hội đồng nhân dân tỉnh thông qua ngày 1/12/2020 và có hiệu lực từ ngày 11/12/2020",
                "Nghị quyết"
            ),
            Some(date!(2020 - 12 - 11))
        );
    }

    #[test]
    fn a_resolution_may_name_its_adoption_before_its_effect() {
        let clause = "Nghị quyết này đã được Hội đồng nhân dân tỉnh thông qua ngày 07 tháng 12 năm 2017, có hiệu lực thi hành \
                      kể từ ngày 01 tháng 01 năm 2018 và được thực hiện đến hết ngày 31 tháng 12 năm 2022";
        let read = effect(clause, "Nghị quyết", Some(date!(2017 - 12 - 07)));
        assert_eq!((read.from, read.until), (Some(date!(2018 - 01 - 01)), Some(date!(2023 - 01 - 01))));
    }

    #[test]
    fn other_clauses_are_not_the_acts_own() {
        assert_eq!(from("Quyết định số 5/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực", "Quyết định"), None);
        assert_eq!(from("khoản 3 Điều 2 của Luật này có hiệu lực từ ngày 01/5/2025", "Luật"), None);
        assert_eq!(from("trước ngày Luật này có hiệu lực thi hành thì", "Luật"), None);
        assert_eq!(from("Quy chế này có hiệu lực từ ngày 01/5/2025", "Quyết định"), None);
    }

    #[test]
    fn the_end_is_the_acts_own() {
        let read = effect("Nghị quyết này có hiệu lực từ ngày 01/01/2025 đến hết ngày 31/12/2026.", "Nghị quyết", None);
        assert_eq!(read.until, Some(date!(2027 - 01 - 01)), "the first day no longer in force");
        let read = effect("Nghị quyết số 3/NQ-CP hết hiệu lực từ ngày 01/01/2025.", "Nghị quyết", None);
        assert_eq!(read.until, None);
    }

    #[test]
    fn a_place_may_be_followed_by_a_blank_day() {
        let read = place_and_day("Số: /2025/QĐ-UBND ¦ Sông Lam, ngày     tháng     năm 2025").unwrap();
        assert_eq!((read.place.as_str(), read.day), ("Sông Lam", None));
        let read = place_and_day("Thành phố Sông Lam, ngày 28 tháng 11 năm 2025").unwrap();
        assert_eq!((read.place.as_str(), read.day), ("Thành phố Sông Lam", Some(date!(2025 - 11 - 28))));
    }
}
