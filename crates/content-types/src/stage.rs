//! Stages of the workflow between a draft and its publication.

/// A stage that an entry passes before it can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Handed in by its author.
    Submitted,
    /// Taken up by a reviewer; a content type may do without it.
    InReview,
    /// Approved by somebody who did not write it (C-30).
    Approved,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Self; 3] = [Self::Submitted, Self::InReview, Self::Approved];

    /// The name of the stage in a definition.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::InReview => "in-review",
            Self::Approved => "approved",
        }
    }

    /// The stage of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }
}
