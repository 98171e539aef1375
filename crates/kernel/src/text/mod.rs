//! Vietnamese text: normal form, folding, keys and slugs (C-38, TCVN 6909:2001).
//!
//! Everything that is stored or sent is NFC. Folding (tones off, `đ` → `d`) serves slugs and
//! search; [`name_key`] keeps tones but not where they are written (`uỷ` = `ủy`).

mod fold;
pub mod legacy;

pub use fold::{fold, fold_char, lower, name_key, slugify};

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Returns `text` in NFC, without copying where it is NFC already and owned.
pub fn nfc(text: impl Into<String>) -> String {
    let text = text.into();
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    }
}

/// Collapses every run of white space to one space and trims both ends.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}
/// `snake_case` or `kebab-case` → `camelCase`, as GraphQL names what REST names otherwise.
pub fn camel(name: &str) -> String {
    let mut camel = String::with_capacity(name.len());
    let mut upper = false;
    for c in name.chars() {
        match c {
            '_' | '-' => upper = true,
            c if upper => {
                camel.push(c.to_ascii_uppercase());
                upper = false;
            }
            c => camel.push(c),
        }
    }
    camel
}
