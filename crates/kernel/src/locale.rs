//! Languages.

use serde::Serialize;

/// A language tag: two or three lower-case letters, optionally a region (`vi`, `en`, `zh-CN`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Locale(String);

impl Locale {
    /// The pattern of a tag, as schemas state it.
    pub const PATTERN: &'static str = "^[a-z]{2,3}(-[A-Z]{2})?$";

    /// Reads a tag.
    pub fn parse(text: &str) -> Option<Self> {
        let (language, region) = match text.split_once('-') {
            Some((language, region)) => (language, Some(region)),
            None => (text, None),
        };
        let language_fits = matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_lowercase());
        let region_fits = region.is_none_or(|r| r.len() == 2 && r.bytes().all(|b| b.is_ascii_uppercase()));
        (language_fits && region_fits).then(|| Self(text.to_owned()))
    }

    /// The tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Locale {
    fn default() -> Self {
        Self("vi".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_one_form() {
        for good in ["vi", "en", "zh-CN", "khm"] {
            assert!(Locale::parse(good).is_some(), "{good}");
        }
        for bad in ["", "v", "VI", "vi-vn", "vi-", "vi-VN-x", "tiếng"] {
            assert!(Locale::parse(bad).is_none(), "{bad}");
        }
    }
}
