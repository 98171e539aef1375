//! What an act does with another one.

use serde::Serialize;

/// How one act relates to another (L-6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// It rests on it (căn cứ).
    BasedOn,
    /// It changes it (sửa đổi, bổ sung).
    Amends,
    /// It adds to it (bổ sung).
    Supplements,
    /// It takes its place (thay thế).
    Replaces,
    /// It ends it (bãi bỏ, hết hiệu lực).
    Repeals,
    /// It spells it out (quy định chi tiết, hướng dẫn).
    Guides,
    /// It corrects a slip of it (đính chính).
    Corrects,
    /// It suspends it (ngưng hiệu lực).
    Suspends,
    /// It mentions it (dẫn chiếu).
    RefersTo,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 9] = [
        Self::BasedOn,
        Self::Amends,
        Self::Supplements,
        Self::Replaces,
        Self::Repeals,
        Self::Guides,
        Self::Corrects,
        Self::Suspends,
        Self::RefersTo,
    ];

    /// The relation as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BasedOn => "based-on",
            Self::Amends => "amends",
            Self::Supplements => "supplements",
            Self::Replaces => "replaces",
            Self::Repeals => "repeals",
            Self::Guides => "guides",
            Self::Corrects => "corrects",
            Self::Suspends => "suspends",
            Self::RefersTo => "refers-to",
        }
    }

    /// The relation of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.as_str() == name)
    }
}
