//! How words are spelled in the index.
//!
//! Meilisearch cuts words of some scripts once more, and takes letters of others apart. So what is
//! not of the letters a to z and digits alone is spelled in such letters here.

use crate::words::Form;

/// What a word in another spelling begins with.
const OTHER: &str = "zqz";
/// What a word in Telex ends with.
const TYPED: &str = "zz";
/// Longer words Meilisearch leaves out, a little less: of a longer one the beginning counts.
const LONGEST: usize = 240;

/// A folded word, or the beginning of one, as it is searched.
pub(super) fn spelled(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
        return word.to_owned();
    }
    let letter = |half: u8| char::from(b'a' + half);
    let bytes = word.bytes().flat_map(|byte| [letter(byte >> 4), letter(byte & 15)]);
    OTHER.chars().chain(bytes).take(LONGEST).collect()
}

/// A word that is meant as it is: without the marks a typing error is forgiven.
pub(super) fn exactly(word: &str) -> String {
    format!("\"{}\" ", spelled(word))
}

/// A word as it is typed in Telex, told from words that are written so: `thông` and `thoong`.
pub(super) fn typed(telex: &str) -> String {
    format!("{}{TYPED}", spelled(telex))
}

/// Words that stand together, in quotation marks.
pub(super) fn together(words: &[Form]) -> String {
    let words: Vec<String> = words.iter().map(|word| spelled(&word.folded)).collect();
    format!("\"{}\" ", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_and_what_it_begins_with_begin_alike() {
        assert_eq!(spelled("dat2"), "dat2");
        assert_eq!(spelled("½"), "zqzmcln");
        assert!(spelled("대한민국").starts_with(&spelled("대한")));
        assert_eq!(spelled(&"대".repeat(64)).len(), LONGEST);
        assert_eq!(exactly("tin"), "\"tin\" ");
    }
}
