//! Words with their tones as plain letters.
//!
//! Meilisearch takes every mark off before it compares. So that tones can be searched, a word is
//! indexed a second time as it is typed in Telex, marks as letters: `đường` → `dduwowngf`.

use crate::words::toned;
use unicode_normalization::UnicodeNormalization;

/// A word in Telex; without marks it is the word itself.
pub(super) fn telex(word: &str) -> String {
    let toned = toned(word);
    if toned.is_ascii() {
        return toned;
    }
    let mut letters = String::with_capacity(toned.len() + 2);
    let mut tone = None;
    for c in toned.nfd() {
        match c {
            '\u{301}' => tone = Some('s'),
            '\u{300}' => tone = Some('f'),
            '\u{309}' => tone = Some('r'),
            '\u{303}' => tone = Some('x'),
            '\u{323}' => tone = Some('j'),
            // Circumflex: the letter twice.
            '\u{302}' => letters.extend(letters.chars().next_back()),
            // Breve and horn.
            '\u{306}' | '\u{31B}' => letters.push('w'),
            'đ' => letters.push_str("dd"),
            c => letters.push(c),
        }
    }
    letters.extend(tone);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_letters() {
        for (word, typed) in [
            ("Đường", "dduwowngf"),
            ("nghiêng", "nghieeng"),
            ("hoà", "hoaf"),
            ("hòa", "hoaf"),
            ("ỷ", "yr"),
            ("ẵ", "awx"),
            ("tin", "tin"),
            ("2020", "2020"),
            ("tho\u{302}ng", "thoong"),
        ] {
            assert_eq!(telex(word), typed, "{word}");
        }
        assert_ne!(telex("đất"), telex("đạt"));
    }
}
