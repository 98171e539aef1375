//! Keys under which spellings of words and names meet: letter case and the place of the tone do not count, so that
//! `Uỷ ban`, `Ủy ban` and `ỦY  BAN` have one key (as `kernel::text::name_key`, but a number and quick to make).

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// The five tone marks: grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// One past the last letter of Vietnamese.
const LETTERS: u32 = 0x1f00;

/// For each letter its lower case without tone, and the number of its tone.
static SPLIT: LazyLock<Vec<(u32, u8)>> =
    LazyLock::new(|| (0..LETTERS).map(|code| char::from_u32(code).map_or((code, 0), split)).collect());

fn split(letter: char) -> (u32, u8) {
    let mut tone = 0;
    let mut rest = String::new();
    for c in letter.to_lowercase().nfd() {
        match TONES.iter().position(|mark| *mark == c) {
            Some(at) => tone = u8::try_from(at + 1).unwrap_or_default(),
            None => rest.push(if c == 'ð' { 'đ' } else { c }),
        }
    }
    (rest.nfc().next().map_or(u32::from(letter), u32::from), tone)
}

/// Reads characters into a key.
#[derive(Default)]
struct Keyed {
    key: u64,
    tone: u8,
}

impl Keyed {
    fn take(&mut self, value: u32) {
        self.key = (self.key.rotate_left(5) ^ u64::from(value)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn read(&mut self, c: char) {
        let code = u32::from(c);
        if c.is_ascii() {
            self.take(u32::from(c.to_ascii_lowercase()));
            return;
        }
        let known = usize::try_from(code).ok().and_then(|at| SPLIT.get(at));
        let (letter, tone) = known.copied().unwrap_or((code, 0));
        // A combining mark alone: its letter was read before it.
        if letter == code
            && let Some(at) = TONES.iter().position(|mark| *mark == c)
        {
            self.tone = u8::try_from(at + 1).unwrap_or_default();
            return;
        }
        if tone != 0 {
            self.tone = tone;
        }
        self.take(letter);
    }

    fn end_word(&mut self) {
        let tone = std::mem::take(&mut self.tone);
        self.take(0x0010_ffff + u32::from(tone));
    }
}

/// The key of one word.
pub(crate) fn word_key(word: &str) -> u64 {
    let mut keyed = Keyed::default();
    word.chars().for_each(|c| keyed.read(c));
    keyed.end_word();
    keyed.key
}

/// The key of several words, however they are spaced.
pub(crate) fn phrase_key(text: &str) -> u64 {
    let mut keyed = Keyed::default();
    for word in text.split_whitespace() {
        word.chars().for_each(|c| keyed.read(c));
        keyed.end_word();
    }
    keyed.key
}

#[cfg(test)]
mod tests {
    use kernel::text::name_key;

    use super::*;

    #[test]
    fn keys_meet_where_those_of_the_kernel_do() {
        let words = [
            "Uỷ", "Ủy", "ỦY", "Hòa", "Hoà", "hoá", "hóa", "Đắk", "ĐẮK", "Lắk", "QĐ-UBND", "qđ-ubnd", "Giang", "thuế", "thuê",
            "12/2009",
        ];
        for one in words {
            for other in words {
                assert_eq!(word_key(one) == word_key(other), name_key(one) == name_key(other), "{one} {other}");
            }
        }
        assert_eq!(phrase_key("Uỷ ban  nhân dân\ntỉnh Hoà Bình"), phrase_key("ỦY BAN NHÂN DÂN TỈNH HÒA BÌNH"));
        assert_ne!(phrase_key("Hà Giang"), phrase_key("Hạ Giang"));
        assert_ne!(phrase_key("nhân dân"), phrase_key("nhândân"));
    }

    #[test]
    fn the_letter_eth_is_read_as_the_one_it_looks_like() {
        assert_eq!(word_key("Ðiều"), word_key("Điều"));
    }
}
