//! Days as acts print them, and the place and day of a header.

mod place;

use std::sync::LazyLock;

use regex::Regex;
use time::{Date, Month};

pub(crate) use place::PlaceAndDay;

use crate::pattern;

/// A day in words or figures; the second `ngày` is a common slip for `tháng`, `thảng` one of scanners.
pub(crate) const DAY: &str = r"(\d{1,2})\s*(?:(?i:th[aáảàạ]ng|ngày)\s*(\d{1,2})\s*[,/]?\s*(?i:n[aăâ]m|ngày)?\s*(\d{4})|\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}))";

static DAY_AT_START: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^[\s,:(]*(?:(?i:ngày)\s*)?(?:(?i:m[ồù]ng)\s+)?{DAY}")));

static DAY_ANYWHERE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i:ngày)\s*(?:(?i:m[ồù]ng)\s+)?{DAY}")));

static ADOPTED: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?i:thông\s+qua)\s*,?\s*(?i:vào\s+)?(?i:ngày)\s*{DAY}")));

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
    Some(day_and_rest(text)?.0)
}

/// Reads the day `text` begins with, and gives what follows it.
pub(super) fn day_and_rest(text: &str) -> Option<(Date, &str)> {
    let found = DAY_AT_START.captures(text)?;
    Some((day_of(&found, 1)?, text.get(found.get(0)?.end()..)?))
}

/// Reads the first day introduced by `ngày`.
pub(crate) fn first_day(text: &str) -> Option<Date> {
    day_of(&DAY_ANYWHERE.captures(text)?, 1)
}

/// Finds the day a law or resolution says it was passed on; the last statement is its own.
pub(crate) fn adopted_on(text: &str) -> Option<Date> {
    ADOPTED.captures_iter(text).last().and_then(|found| day_of(&found, 1))
}

/// A cheap look whether any adoption is spoken of, across line breaks and marks of emphasis.
pub(super) fn speaks_of_adoption(text: &str) -> bool {
    static ADOPTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:[Tt]hông|THÔNG)[\s*|]+(?i:qua)"));
    ADOPTION.is_match(text)
}

/// The beginning of `text`, at most `limit` characters long.
pub(crate) fn first_chars(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use time::macros::date;

    use super::*;

    #[test]
    fn days_are_printed_in_many_ways() {
        for printed in [
            "ngày 05 tháng 6 năm 2031",
            "ngày 5/6/2031",
            "05-6-2031",
            "05.06.2031",
            "ngày 5 ngày 6 năm 2031",
            "ngày 5 tháng 6, năm 2031",
            "ngày05 tháng 6 năm2031",
            "ngày 5 tháng 6/2031",
            "Ngày 05 /06/ 2031",
            "ngày mồng 5 tháng 6 năm 2031",
            "ngày 05 thảng 6 nam 2031",
            "NGÀY 05 THÁNG 6 NĂM 2031",
        ] {
            assert_eq!(day_at_start(printed), Some(date!(2031 - 06 - 05)), "{printed}");
        }
        for none in ["ngày 31 tháng 2 năm 2031", "ngày tháng 6 năm 2031", "ngày 5 tháng 13 năm 2031", "5/6/31"] {
            assert_eq!(day_at_start(none), None, "{none}");
        }
    }

    #[test]
    fn the_last_adoption_is_the_acts_own() {
        let text = "Luật Lam thông qua ngày 1/2/2030 được bãi bỏ. Luật này được Quốc hội thông qua ngày 5 tháng 6 năm 2031.";
        assert_eq!(adopted_on(text), Some(date!(2031 - 06 - 05)));
    }
}
