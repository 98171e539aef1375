//! Values of facets, as they lie in an index.
//!
//! Meilisearch compares values without regard to case and takes some letters for others. So all but
//! small Vietnamese letters, digits and hyphens are written out, and values that differ stay different.

use kernel::text::nfc;

/// The longest that Meilisearch compares as a whole, a little less.
const LONGEST: usize = 460;
/// How many bytes a letter with marks takes at most.
const MARKED: usize = 5;
/// Behind it stands the number of a character, and a full stop.
const ESCAPE: char = '_';
/// A space, which is frequent.
const SPACE: char = '+';

/// A value as it is indexed, and as it is looked for. A very long one is cut: see `docs/SEARCH.md`.
pub(super) fn kept(value: &str) -> String {
    let mut kept = String::with_capacity(value.len());
    let mut size = 0;
    for c in nfc(value).chars() {
        let written = match c {
            ' ' => SPACE.to_string(),
            c if is_plain(c) => c.to_string(),
            c => format!("{ESCAPE}{:x}.", u32::from(c)),
        };
        // Meilisearch takes marks off their letters, which makes three or five bytes of them.
        size += if written.is_ascii() { written.len() } else { MARKED };
        if size > LONGEST {
            break;
        }
        kept.push_str(&written);
    }
    kept
}

/// The value that is kept so.
pub(super) fn told(kept: &str) -> String {
    let mut told = String::with_capacity(kept.len());
    let mut rest = kept;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        let escaped = if c == ESCAPE { after.split_once('.') } else { None };
        let letter = escaped.and_then(|(number, _)| u32::from_str_radix(number, 16).ok()).and_then(char::from_u32);
        match (letter, escaped) {
            (Some(letter), Some((_, beyond))) => {
                told.push(letter);
                rest = beyond;
            }
            _ => {
                told.push(if c == SPACE { ' ' } else { c });
                rest = after;
            }
        }
    }
    told
}

/// Whether Meilisearch takes it for itself and for nothing else.
fn is_plain(c: char) -> bool {
    matches!(c, 'a'..='z' | '0'..='9' | '-' | 'à'..='ý' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư') && c != '÷'
        || (matches!(c, 'ạ'..='ỹ') && c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_letters_are_kept_and_others_written_out() {
        assert_eq!(kept("đất-đai 2"), "đất-đai+2");
        assert_eq!(kept("Đất_"), "_110.ất_5f.");
        assert_eq!(told("_110.ất_5f."), "Đất_");
        assert_eq!(told("_x"), "_x");
        assert!(kept(&"🙂".repeat(1000)).len() <= LONGEST);
    }

    proptest! {
        #[test]
        fn values_come_back_and_no_two_are_alike(value in "\\PC{0,40}|[a-zA-Z_+. ]{0,40}") {
            let kept = kept(&value);
            prop_assert!(kept.chars().all(|c| c.to_lowercase().eq([c])));
            prop_assert_eq!(told(&kept), nfc(&value));
        }
    }
}
