//! From when until when a body exists. Days are `YYYY-MM-DD`, which sort as text.

/// The days on which a body exists; what is not told has no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Life<'a> {
    /// The first day.
    pub from: Option<&'a str>,
    /// The first day on which it no longer exists.
    pub until: Option<&'a str>,
}

impl Life<'_> {
    /// Whether it exists on a day.
    pub fn includes(self, day: &str) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }

    /// Whether both exist on some day.
    pub fn overlaps(self, other: Life<'_>) -> bool {
        let begins_in_time = |from: Option<&str>, until: Option<&str>| match (from, until) {
            (Some(from), Some(until)) => from < until,
            _ => true,
        };
        begins_in_time(self.from, other.until) && begins_in_time(other.from, self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_ends_on_the_day_another_begins_does_not_meet_it() {
        let old = Life { from: None, until: Some("2025-07-01") };
        let new = Life { from: Some("2025-07-01"), until: None };
        assert!(!old.overlaps(new) && !new.overlaps(old));
        assert!(old.includes("2025-06-30") && !old.includes("2025-07-01"));
        assert!(new.includes("2025-07-01") && !new.includes("2025-06-30"));
        assert!(Life::default().overlaps(old) && old.overlaps(Life { from: Some("2025-06-30"), until: None }));
    }
}
