//! Finding words in a header whatever their case, tones, marks and line breaks.

use super::super::source::Source;
use std::ops::Range;

/// Letters and digits without case and tones, as they are compared.
pub(super) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(kernel::text::fold_char).collect()
}

/// The letters and digits of a stretch of text, each with its place.
pub(super) struct Keys {
    text: String,
    /// For each byte of `text` where its character begins and ends in the source.
    places: Vec<(usize, usize)>,
    end: usize,
}

/// A header is not longer; a text that is taken for one may be.
const LONGEST_HEADER: usize = 16_384;

impl Keys {
    pub fn of(source: &Source<'_>, range: Range<usize>) -> Self {
        let mut keys = Self { text: String::new(), places: Vec::new(), end: range.end };
        for (at, c) in source.slice(&range).char_indices() {
            if at > LONGEST_HEADER {
                break;
            }
            if c.is_alphanumeric() {
                keys.text.extend(kernel::text::fold_char(c));
                let start = range.start + at;
                keys.places.resize(keys.text.len(), (start, start + c.len_utf8()));
            }
        }
        keys
    }

    /// Where something is printed, at or after a byte of the source.
    pub fn find(&self, wanted: &str, from: usize) -> Option<Range<usize>> {
        self.find_in(wanted, &(from..self.end))
    }

    pub fn find_in(&self, wanted: &str, within: &Range<usize>) -> Option<Range<usize>> {
        let wanted = key(wanted);
        let from = self.places.partition_point(|(start, _)| *start < within.start);
        let found = from + self.text.get(from..)?.find(&wanted).filter(|_| !wanted.is_empty())?;
        let range = self.places.get(found)?.0..self.after(found + wanted.len());
        (range.end <= within.end).then_some(range)
    }

    /// The byte of the source after the character before byte `at` of the key.
    fn after(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|last| self.places.get(last)).map_or(self.end, |(_, end)| *end)
    }

    /// The letters and digits of some bytes of the source.
    pub fn inside(&self, range: &Range<usize>) -> &str {
        let from = self.places.partition_point(|(start, _)| *start < range.start);
        let to = self.places.partition_point(|(start, _)| *start < range.end);
        self.text.get(from..to).unwrap_or_default()
    }

    /// Where a day is printed: `ngày 02 tháng 12 năm 2020`. A given day must be this one.
    pub fn day(&self, wanted: Option<time::Date>) -> Option<Range<usize>> {
        let digits = |at: usize| {
            let rest = self.text.get(at..).unwrap_or_default();
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            (rest.get(..length).and_then(|digits| digits.parse::<u32>().ok()), at + length)
        };
        let word = |word: &str, at: usize| self.text.get(at..)?.starts_with(word).then_some(at + word.len());
        self.text.match_indices("ngay").find_map(|(start, _)| {
            let (day, at) = digits(start + "ngay".len());
            let (month, at) = digits(word("thang", at)?);
            let (year, at) = digits(word("nam", at)?);
            let is_wanted = wanted.is_none_or(|wanted| {
                let printed = (day, month, year);
                printed == (Some(wanted.day().into()), Some(u8::from(wanted.month()).into()), u32::try_from(wanted.year()).ok())
            });
            is_wanted.then(|| self.places.get(start).map(|(from, _)| *from..self.after(at))).flatten()
        })
    }
}
