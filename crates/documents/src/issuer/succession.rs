//! That one body followed another.

use super::Life;
use kernel::Id;

/// What happened to a predecessor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// It went into a larger one.
    Merged,
    /// It was parted.
    Split,
    /// It goes on under another name.
    Renamed,
    /// It ended, and its tasks went over.
    Dissolved,
    /// Another took its place.
    Succeeded,
    /// It went over to another place in the order of bodies.
    Moved,
}

impl Change {
    pub const ALL: [Self; 6] = [Self::Merged, Self::Split, Self::Renamed, Self::Dissolved, Self::Succeeded, Self::Moved];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Merged => "merged",
            Self::Split => "split",
            Self::Renamed => "renamed",
            Self::Dissolved => "dissolved",
            Self::Succeeded => "succeeded",
            Self::Moved => "moved",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.as_str() == name)
    }
}

/// How much of a predecessor went over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    Whole,
    Partial,
}

impl Extent {
    pub const ALL: [Self; 2] = [Self::Whole, Self::Partial];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Partial => "partial",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|extent| extent.as_str() == name)
    }
}

/// A body that the one at hand followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Predecessor {
    pub issuer: Id,
    pub on: Option<String>,
    pub change: Change,
    pub extent: Extent,
    pub basis: Option<String>,
}

/// Whether a successor cannot have taken over from a predecessor on that day: it takes over while it exists, from a body
/// that was there before and has not ended before.
pub(crate) fn untimely(on: Option<&str>, successor: Life<'_>, predecessor: Life<'_>) -> bool {
    on.is_some_and(|day| {
        !successor.includes(day)
            || predecessor.from.is_some_and(|from| day <= from)
            || predecessor.until.is_some_and(|until| until < day)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_successor_takes_over_while_it_exists_from_what_has_not_ended_before() {
        let old = Life { from: Some("1997-01-01"), until: Some("2025-07-01") };
        let new = Life { from: Some("2025-07-01"), until: None };
        assert!(!untimely(Some("2025-07-01"), new, old));
        assert!(!untimely(None, new, old) && !untimely(Some("2026-01-01"), Life::default(), Life::default()));
        assert!(untimely(Some("2025-06-30"), new, old), "before it exists");
        assert!(untimely(Some("2025-07-02"), new, old), "after the other has ended");
        assert!(untimely(Some("1997-01-01"), Life::default(), old), "before the other was there");
    }
}
