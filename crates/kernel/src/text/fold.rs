//! Folding for search, keys for names, slugs for addresses.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// `đ`, and the Icelandic letter that looks like it in capitals and is often typed for it.
fn is_dyet(c: char) -> bool {
    matches!(c, 'đ' | 'ð')
}

/// Folds one character: lower case, no marks, `đ` → `d`. A combining mark folds to nothing.
pub fn fold_char(c: char) -> impl Iterator<Item = char> {
    c.to_lowercase().flat_map(|c| {
        let c = if is_dyet(c) { 'd' } else { c };
        c.nfd().filter(|c| !is_combining_mark(*c)).collect::<Vec<_>>()
    })
}

/// Folds a text: lower case, tones and marks off, `đ` → `d`. White space is kept.
pub fn fold(text: &str) -> String {
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(|c| if is_dyet(c) { 'd' } else { c }).collect()
}

/// Lower case in NFC, tones kept: what `contains` and `starts` compare.
pub fn lower(text: &str) -> String {
    text.to_lowercase().nfc().collect()
}

/// The five tone marks: grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// A key under which spellings of one name meet: lower case, one space between words, and the
/// tone moved to the end of its syllable, so that `Uỷ ban`, `Ủy ban` and `ỦY  BAN` are equal
/// while names that differ by a tone are not.
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len() + 8);
    for word in name.to_lowercase().split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        let mut tone = None;
        for c in word.nfd() {
            if TONES.contains(&c) {
                tone = Some(c);
            } else {
                key.push(c);
            }
        }
        key.extend(tone);
    }
    key.nfc().collect()
}

/// Makes a slug: `Sở Thông tin và Truyền thông` → `so-thong-tin-va-truyen-thong`.
///
/// Letters and digits of ASCII after folding; every other run becomes one hyphen. The result
/// may be empty (a text without a single Latin letter or digit).
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_follow_vietnamese_rules() {
        assert_eq!(slugify("Sở Thông tin và Truyền thông"), "so-thong-tin-va-truyen-thong");
        assert_eq!(slugify("  Đường 3/2 — TP. Đà Lạt  "), "duong-3-2-tp-da-lat");
        assert_eq!(slugify("日本"), "");
    }

    #[test]
    fn folding_ignores_normal_form_and_tones() {
        let composed = "Quyết định về Cổng thông tin điện tử";
        let decomposed: String = composed.nfd().collect();
        assert_eq!(fold(composed), "quyet dinh ve cong thong tin dien tu");
        assert_eq!(fold(composed), fold(&decomposed));
        assert_eq!(fold_char('Ự').collect::<String>(), "u");
        assert_eq!(fold_char('Đ').collect::<String>(), "d");
    }

    #[test]
    fn names_meet_wherever_the_tone_is_written() {
        assert_eq!(name_key("Uỷ ban nhân dân tỉnh Hoà Bình"), name_key("ỦY BAN  NHÂN DÂN TỈNH HÒA BÌNH"));
        assert_ne!(name_key("Hà Giang"), name_key("Hạ Giang"));
    }
}
