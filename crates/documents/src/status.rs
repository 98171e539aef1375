//! Whether a document is in force: computed for a day, never stored.

use time::Date;

/// Validity of a document on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Its first day in force is still to come.
    NotYetInForce,
    /// In force.
    InForce,
    /// Some provisions are no longer in force.
    PartlyInForce,
    /// Its effect is suspended.
    Suspended,
    /// No longer in force.
    Expired,
    /// Nothing tells when it took effect.
    Unknown,
}

impl Status {
    /// The status as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NotYetInForce => "not-yet-in-force",
            Self::InForce => "in-force",
            Self::PartlyInForce => "partly-in-force",
            Self::Suspended => "suspended",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
        }
    }
}

/// The status on `day` of a document in force from `effective_on` until before `expires_on`.
pub fn status(effective_on: Option<Date>, expires_on: Option<Date>, day: Date) -> Status {
    match (effective_on, expires_on) {
        (_, Some(expires)) if expires <= day => Status::Expired,
        (Some(effective), _) if effective > day => Status::NotYetInForce,
        (Some(_), _) => Status::InForce,
        (None, _) => Status::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn a_document_is_in_force_from_its_day_of_effect_until_before_its_expiry() {
        let on = |day| status(Some(date!(2026 - 03 - 01)), Some(date!(2026 - 11 - 22)), day);
        assert_eq!(on(date!(2026 - 02 - 28)), Status::NotYetInForce);
        assert_eq!(on(date!(2026 - 03 - 01)), Status::InForce);
        assert_eq!(on(date!(2026 - 11 - 21)), Status::InForce);
        assert_eq!(on(date!(2026 - 11 - 22)), Status::Expired);
        assert_eq!(status(None, None, date!(2026 - 01 - 01)), Status::Unknown);
    }
}
