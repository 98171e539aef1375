//! Time as an argument, so that tests are exact.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime, UtcOffset, macros::offset};

/// Viet Nam has one zone without daylight saving: Asia/Ho_Chi_Minh, UTC+7.
const HO_CHI_MINH: UtcOffset = offset!(+7);

/// A moment in microseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// Reads RFC 3339 with an offset; finer digits than microseconds are cut.
    pub fn parse(text: &str) -> Option<Self> {
        let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        i64::try_from(at.unix_timestamp_nanos().div_euclid(1000)).ok().map(Self)
    }

    /// Prints RFC 3339 in UTC, e.g. `2026-11-22T06:05:11.000123Z`.
    pub fn print(self) -> String {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1000)
            .ok()
            .and_then(|at| at.format(&Rfc3339).ok())
            .unwrap_or_default()
    }

    /// The calendar day in Asia/Ho_Chi_Minh.
    pub fn day(self) -> Date {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1000)
            .map_or(Date::MIN, |at| at.to_offset(HO_CHI_MINH).date())
    }

    /// The moment `seconds` later (or earlier, when negative).
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// Whole seconds since 1970.
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
}

/// Where verbs get the time from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The machine's clock.
    #[default]
    System,
    /// A clock that stands still until it is set: for tests.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn fixed(at: Instant) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    /// The present moment.
    pub fn now(&self) -> Instant {
        match self {
            Self::System => {
                let nanos = OffsetDateTime::now_utc().unix_timestamp_nanos();
                Instant(i64::try_from(nanos / 1000).unwrap_or(i64::MAX))
            }
            Self::Fixed(at) => Instant(at.load(Ordering::Relaxed)),
        }
    }

    /// The present day in Asia/Ho_Chi_Minh.
    pub fn today(&self) -> Date {
        self.now().day()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_day_begins_at_midnight_in_ho_chi_minh() {
        let before = Instant::parse("2026-11-21T16:59:59.999999Z").unwrap();
        let after = Instant::parse("2026-11-22T00:00:00+07:00").unwrap();
        assert_eq!((before.day().day(), after.day().day()), (21, 22));
        assert_eq!(after.print(), "2026-11-21T17:00:00Z");
    }

    #[test]
    fn what_is_printed_is_read_back() {
        let at = Instant(1_795_000_000_123_456);
        assert_eq!(Instant::parse(&at.print()), Some(at));
        assert_eq!(Instant::parse("2026-11-22"), None);
    }
}
