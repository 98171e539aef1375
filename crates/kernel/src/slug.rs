//! Parts of addresses.

use crate::text;

/// A part of an address: ASCII lower-case letters, digits and single hyphens, at most 200.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Slug(String);

impl Slug {
    /// The pattern of a slug, as schemas state it.
    pub const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*$";
    /// The longest slug.
    pub const MAX: usize = 200;

    /// Reads a slug that is one already.
    pub fn parse(text: &str) -> Option<Self> {
        (!text.is_empty() && text.len() <= Self::MAX && text::slugify(text) == text).then(|| Self(text.to_owned()))
    }

    /// Makes a slug of any text; `None` when no letter or digit is left.
    pub fn of(text: &str) -> Option<Self> {
        let mut slug = text::slugify(text);
        if slug.len() > Self::MAX {
            slug.truncate(Self::MAX);
            slug.truncate(slug.trim_end_matches('-').len());
        }
        (!slug.is_empty()).then_some(Self(slug))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_slug_is_its_own_slug() {
        assert_eq!(Slug::of("Ủy ban nhân dân tỉnh Sông Lam").unwrap().as_str(), "uy-ban-nhan-dan-tinh-song-lam");
        assert!(Slug::parse("a-b2").is_some());
        for bad in ["", "-a", "a-", "a--b", "A", "đ"] {
            assert!(Slug::parse(bad).is_none(), "{bad}");
        }
        assert!(Slug::of(&"ạ ".repeat(500)).unwrap().as_str().len() <= Slug::MAX);
    }
}
