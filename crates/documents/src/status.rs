//! Whether a document is in force: computed for a day, never stored.

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
    const ALL: [Self; 6] =
        [Self::NotYetInForce, Self::InForce, Self::PartlyInForce, Self::Suspended, Self::Expired, Self::Unknown];

    /// The status that is printed so.
    pub fn parse(printed: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == printed)
    }

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
