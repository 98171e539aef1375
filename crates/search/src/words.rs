//! Words of a Vietnamese text, and the two forms under which they are indexed.

use kernel::text::{fold_char, name_key};
use std::ops::Range;
use std::sync::LazyLock;

/// A word in its two forms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form {
    /// Without tones: it decides what matches.
    pub(crate) folded: String,
    /// With tones: it moves equals up.
    pub(crate) toned: String,
    /// Whether no space stands before it: `QĐ` in `43/2020/QĐ`.
    pub(crate) is_joined: bool,
}

/// The words of a text in both forms.
pub(crate) fn forms(text: &str) -> Vec<Form> {
    let mut end = None;
    let form = |word: Word<'_>| {
        let between = end.and_then(|end| text.get(end..word.span.start));
        end = Some(word.span.end);
        Form {
            folded: folded(word.text),
            toned: toned(word.text),
            is_joined: between.is_some_and(|between| !between.contains(char::is_whitespace)),
        }
    };
    words(text).map(form).filter(|form| !form.folded.is_empty()).collect()
}

/// A longer word is cut: the same in the index and in queries.
const LONGEST_WORD: usize = 64;

/// A run of letters and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word<'a> {
    /// As it is written.
    pub(crate) text: &'a str,
    /// Where it stands, in bytes.
    pub(crate) span: Range<usize>,
}

/// The words of `text`, in order.
pub(crate) fn words(text: &str) -> Words<'_> {
    words_from(text, 0)
}

/// The words of `text` from this byte on.
pub(crate) fn words_from(text: &str, at: usize) -> Words<'_> {
    Words { text, at }
}

pub(crate) struct Words<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let rest = self.text.get(self.at..)?;
        let from = self.at + rest.find(is_letter)?;
        let rest = self.text.get(from..)?;
        let to = from + rest.find(|c: char| !(is_letter(c) || is_within_words(c))).unwrap_or(rest.len());
        self.at = to;
        Some(Word { text: self.text.get(from..to)?, span: from..to })
    }
}

/// Whether characters of European alphabets are letters or digits: `char::is_alphanumeric` is slow beyond ASCII.
static IS_LETTER: LazyLock<Vec<bool>> = LazyLock::new(|| ('\0'..='\u{1EFF}').map(char::is_alphanumeric).collect());

fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let known = usize::try_from(u32::from(c)).ok().and_then(|at| IS_LETTER.get(at));
    known.copied().unwrap_or_else(|| c.is_alphanumeric())
}

/// Combining marks, and what editors leave inside words: soft hyphens and zero-width characters.
fn is_within_words(c: char) -> bool {
    !c.is_ascii() && (is_invisible(c) || fold_char(c).next().is_none())
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// The form that decides what matches: lower case, no tones or marks, `đ` → `d`, a number
/// without leading zeros.
pub(crate) fn folded(word: &str) -> String {
    if word.is_ascii() {
        return without_leading_zeros(word.get(..LONGEST_WORD).unwrap_or(word).to_ascii_lowercase());
    }
    let mut key = String::with_capacity(word.len());
    for c in word.chars().filter(|c| !is_invisible(*c)).take(LONGEST_WORD) {
        match folded_to_one(c) {
            Some(folded) => key.push(folded),
            None => key.extend(fold_char(c)),
        }
    }
    if key.is_empty() {
        // Vowel signs of other scripts are letters and marks at once: alone they are all there is of the word.
        key.extend(word.chars().filter(|c| !is_invisible(*c)).take(LONGEST_WORD));
    }
    without_leading_zeros(key)
}

/// The form that moves equals up: lower case with tones, wherever in the syllable they are written.
pub(crate) fn toned(word: &str) -> String {
    if word.is_ascii() {
        return folded(word);
    }
    let cut: String = word.chars().filter(|c| !is_invisible(*c)).take(LONGEST_WORD).collect();
    name_key(&cut)
}

/// What the letters of European alphabets, Vietnamese among them, fold to, so that long texts
/// are folded without decomposing each letter; `\0` for a character that does not fold to one.
static LETTERS: LazyLock<Vec<char>> = LazyLock::new(|| {
    let folded = |c: char| {
        let mut folded = fold_char(c);
        folded.next().filter(|_| folded.next().is_none()).unwrap_or('\0')
    };
    ('\0'..='\u{1EFF}').map(folded).collect()
});

fn folded_to_one(c: char) -> Option<char> {
    LETTERS.get(usize::try_from(u32::from(c)).ok()?).copied().filter(|folded| *folded != '\0')
}

fn without_leading_zeros(key: String) -> String {
    if !key.starts_with('0') || !key.bytes().all(|b| b.is_ascii_digit()) {
        return key;
    }
    match key.trim_start_matches('0') {
        "" => "0".to_owned(),
        digits => digits.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_folded(text: &str) -> Vec<String> {
        words(text).map(|word| folded(word.text)).collect()
    }

    #[test]
    fn words_are_runs_of_letters_and_digits_without_tones() {
        assert_eq!(all_folded("Ủy ban — «Đường» 3/2, QH14!"), ["uy", "ban", "duong", "3", "2", "qh14"]);
        assert_eq!(all_folded(" \"((( - + \\ : "), Vec::<String>::new());
        assert_eq!(all_folded("\u{A4B}< a\u{A4B}"), ["\u{A4B}", "a"]);
    }

    #[test]
    fn normal_form_and_soft_hyphens_make_no_difference() {
        assert_eq!(all_folded("thông tin"), all_folded("tho\u{302}ng ti\u{AD}n"));
        assert_eq!(all_folded("tho\u{302}ng"), ["thong"]);
        assert_eq!(toned("tho\u{302}ng"), toned("Thông"));
    }

    #[test]
    fn the_toned_form_ignores_where_the_tone_is_written() {
        assert_eq!(toned("Hoà"), toned("hòa"));
        assert_ne!(toned("hòa"), toned("hoa"));
        assert_ne!(toned("đa"), toned("da"));
    }

    #[test]
    fn numbers_lose_leading_zeros_and_nothing_else() {
        assert_eq!(all_folded("007 0 000 0a 10"), ["7", "0", "0", "0a", "10"]);
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(folded(&"a".repeat(5000)).len(), 64);
        assert_eq!(toned(&"á".repeat(5000)).chars().count(), 64);
    }

    #[test]
    fn spans_refer_to_the_text_as_it_is() {
        let text = "  Cổng thông-tin";
        let spans: Vec<&str> = words(text).map(|word| &text[word.span]).collect();
        assert_eq!(spans, ["Cổng", "thông", "tin"]);
    }
}
