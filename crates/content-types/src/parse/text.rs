//! Text in two languages, and one line of text.

use super::Reader;
use crate::told::under;
use kernel::Text;
use serde_json::{Value as Json, json};

/// The longest title or label.
pub(super) const TITLE: usize = 200;
/// The longest description.
pub(super) const DESCRIPTION: usize = 2_000;

/// A text of a definition as it is written back.
pub(crate) fn written(text: &Text) -> Json {
    json!({ "vi": text.vi, "en": text.en })
}

impl Reader {
    /// Reads `{"vi", "en"}`; where one language is missing the other stands for it.
    pub(super) fn bilingual(&mut self, value: &Json, at: &str, max: usize) -> Option<Text> {
        let Some(members) = value.as_object() else {
            self.wrong_type(at, "một đối tượng {\"vi\", \"en\"}", "an object {\"vi\", \"en\"}");
            return None;
        };
        for name in members.keys().filter(|name| !matches!(name.as_str(), "vi" | "en")) {
            let vi = format!("chỉ có vi và en, không có {name}");
            self.refuse(under(at, name), "unknown_field", vi, format!("there are vi and en only, not {name}"));
        }
        let vi = members.get("vi").map(|value| self.line(value, &under(at, "vi"), max));
        let en = members.get("en").map(|value| self.line(value, &under(at, "en"), max));
        match (vi, en) {
            (Some(vi), Some(en)) => Some(Text::new(vi?, en?)),
            (Some(one), None) | (None, Some(one)) => one.map(|one| Text::new(one.clone(), one)),
            (None, None) => {
                self.missing(under(at, "vi"));
                None
            }
        }
    }

    /// Reads a text that is not blank.
    pub(super) fn line(&mut self, value: &Json, at: &str, max: usize) -> Option<String> {
        let Some(text) = value.as_str() else {
            self.wrong_type(at, "một chuỗi", "a string");
            return None;
        };
        if text.trim().is_empty() {
            self.refuse(at, "blank", "không được để trống", "must not be blank");
            return None;
        }
        if text.chars().count() > max {
            self.refuse(at, "too_long", format!("dài nhất {max} ký tự"), format!("at most {max} characters"));
            return None;
        }
        if text.contains('\0') {
            self.refuse(at, "nul_character", "không được có ký tự NUL", "must not hold the NUL character");
            return None;
        }
        Some(text.to_owned())
    }
}
