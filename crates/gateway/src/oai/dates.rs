//! Datestamps: moments of UTC to the second, or days.

use kernel::{Instant, parse_date};

const SECONDS_A_DAY: i64 = 24 * 60 * 60;

/// How finely a moment is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Granularity {
    Day,
    Second,
}

/// A datestamp that a harvester has told: where it begins and where it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub granularity: Granularity,
    pub begins: Instant,
    pub ends: Instant,
}

impl Stamp {
    /// Reads `2026-11-22` or `2026-11-22T03:00:00Z`.
    pub fn parse(text: &str) -> Option<Self> {
        let (granularity, moment, seconds) = match text.len() {
            10 => (Granularity::Day, format!("{text}T00:00:00Z"), SECONDS_A_DAY),
            20 if text.get(10..11) == Some("T") && text.ends_with('Z') => (Granularity::Second, text.to_owned(), 1),
            _ => return None,
        };
        text.get(..10).and_then(parse_date)?;
        let begins = Instant::parse(&moment)?;
        Some(Self { granularity, begins, ends: begins.plus_seconds(seconds) })
    }
}

/// A moment as a datestamp.
pub(super) fn print(at: Instant) -> String {
    Instant(0).plus_seconds(at.seconds()).print()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_datestamp_is_a_day_or_a_second() {
        let day = Stamp::parse("2026-11-22").unwrap();
        assert_eq!((print(day.begins), print(day.ends)), ("2026-11-22T00:00:00Z".into(), "2026-11-23T00:00:00Z".into()));
        let second = Stamp::parse("2026-11-22T03:04:05Z").unwrap();
        assert_eq!((second.granularity, second.ends.0 - second.begins.0), (Granularity::Second, 1_000_000));
        assert_eq!(print(Instant(second.begins.0 + 999_999)), "2026-11-22T03:04:05Z");
        for bad in [
            "",
            "2026",
            "2026-11",
            "2026-11-31",
            "2026-11-22T03:04Z",
            "2026-11-22T03:04:05+07:00",
            "2026-11-22T03:04:05.1Z",
            "2026-11-22 03:04:05Z",
            "2026-11-22T25:00:00Z",
            "20261122",
            "hôm nay đó",
        ] {
            assert_eq!(Stamp::parse(bad), None, "{bad}");
        }
    }
}
