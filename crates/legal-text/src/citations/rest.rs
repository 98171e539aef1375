//! What is left of a sentence, as it is printed and in small letters; a byte has the same place in both.

use crate::letters::is_word;

/// A sentence from some byte on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rest<'s> {
    pub printed: &'s str,
    pub small: &'s str,
}

impl<'s> Rest<'s> {
    /// What is left after so many bytes.
    pub fn skip(self, bytes: usize) -> Option<Rest<'s>> {
        Some(Rest { printed: self.printed.get(bytes..)?, small: self.small.get(bytes..)? })
    }

    /// The first bytes of it.
    pub fn until(self, end: usize) -> Option<Rest<'s>> {
        Some(Rest { printed: self.printed.get(..end)?, small: self.small.get(..end)? })
    }

    /// The length of `wanted` (in small letters) where it begins with it as a whole word, in any letter case.
    pub fn word(self, wanted: &str) -> Option<usize> {
        let after = self.small.strip_prefix(wanted)?;
        (!after.chars().next().is_some_and(is_word)).then_some(wanted.len())
    }

    /// The length of `wanted` (in small letters) where it begins with it, in any letter case.
    pub fn prefix(self, wanted: &str) -> Option<usize> {
        self.small.starts_with(wanted).then_some(wanted.len())
    }

    /// The length of `wanted` and of the blanks after it where it begins with it as a whole word.
    pub fn word_and_blanks(self, wanted: &str) -> Option<usize> {
        let length = self.word(wanted)?;
        Some(length + self.skip(length).map_or(0, Rest::blanks))
    }

    /// How many bytes of blanks it begins with.
    pub fn blanks(self) -> usize {
        self.printed.bytes().take_while(|b| *b == b' ').count()
    }
}
