//! The two ways in which texts are cut into terms, and the zones in which they lie.

use crate::words::{Word, Words, folded, toned, words_from};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

pub(super) const FOLDED: &str = "folded";
pub(super) const TONED: &str = "toned";

/// Where the positions of each zone begin: words of other passages (all at one place), number, title,
/// heading, body. Words of one zone are never neighbours of another's.
pub(super) const ZONE: [u32; 5] = [0, 8, 64, 512, 1024];
pub(super) const TITLE_ZONE: usize = 2;
pub(super) const HEADING_ZONE: usize = 3;
pub(super) const BODY_ZONE: usize = 4;
/// Parts the zones of a text.
const MARK: char = '\u{1E}';

/// The texts of the zones as one.
pub(super) fn zoned(zones: &[&str; 5]) -> String {
    let mut all = String::with_capacity(zones.iter().map(|zone| zone.len() + 1).sum());
    for (number, zone) in zones.iter().enumerate() {
        if number > 0 {
            all.push(MARK);
        }
        all.push_str(&unmarked(zone));
    }
    all
}

/// A text of one zone only.
pub(super) fn unmarked(text: &str) -> Cow<'_, str> {
    if text.contains(MARK) { text.replace(MARK, " ").into() } else { text.into() }
}

pub(super) fn manager() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(FOLDED, Vietnamese { form: folded, only_marked: false, known: FxHashMap::default() });
    manager.register(TONED, Vietnamese { form: toned, only_marked: true, known: FxHashMap::default() });
    manager
}

/// Words of which the form is kept: Vietnamese has some thousand syllables, and texts consist of little else.
const MOST_KNOWN: usize = 20_000;
/// The longest of them, in bytes.
const LONGEST_KNOWN: usize = 24;

/// Words in one of their forms.
#[derive(Clone)]
struct Vietnamese {
    form: fn(&str) -> String,
    /// Leaves words out that have neither tone nor mark: they say nothing that their folded form does not.
    only_marked: bool,
    /// Forms of words that came before.
    known: FxHashMap<Box<str>, Box<str>>,
}

struct Terms<'a> {
    text: &'a str,
    /// Words of the first zone: folded already, and never to be taken apart again.
    rest: std::str::Split<'a, char>,
    words: Words<'a>,
    form: fn(&str) -> String,
    only_marked: bool,
    known: &'a mut FxHashMap<Box<str>, Box<str>>,
    token: Token,
    /// Up to where marks have been looked for, and how many there were.
    looked: usize,
    zone: usize,
    next: u32,
}

impl Tokenizer for Vietnamese {
    type TokenStream<'a> = Terms<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Terms<'a> {
        // A text without marks is one zone like any other.
        let mark = text.find(MARK);
        Terms {
            text,
            rest: mark.and_then(|mark| text.get(..mark)).unwrap_or_default().split(' '),
            words: words_from(text, mark.unwrap_or(0)),
            form: self.form,
            only_marked: self.only_marked,
            known: &mut self.known,
            token: Token::default(),
            looked: mark.unwrap_or(0),
            zone: if mark.is_some() { 0 } else { BODY_ZONE },
            next: 0,
        }
    }
}

impl Terms<'_> {
    /// Makes the form of a word the text of the token.
    fn take(&mut self, word: &str) {
        self.token.text.clear();
        if let Some(term) = self.known.get(word) {
            self.token.text.push_str(term);
            return;
        }
        let term = (self.form)(word);
        self.token.text.push_str(&term);
        if word.len() <= LONGEST_KNOWN && self.known.len() < MOST_KNOWN {
            self.known.insert(word.into(), term.into());
        }
    }

    /// Steps into the zone in which a word at this byte lies.
    fn step(&mut self, at: usize) {
        let between = self.text.as_bytes().get(self.looked..at).unwrap_or_default();
        let marks = between.iter().filter(|byte| **byte == MARK as u8).count();
        if marks > 0 {
            self.zone += marks;
            self.next = ZONE.get(self.zone).copied().unwrap_or(self.next);
        }
    }

    /// The position of the next word: one further, but never in the next zone.
    fn place(&mut self) -> u32 {
        let last = ZONE.get(self.zone + 1).map_or(u32::MAX - 1, |next| next.saturating_sub(2));
        let place = self.next.min(last);
        self.next = place.saturating_add(1);
        place
    }
}

impl TokenStream for Terms<'_> {
    fn advance(&mut self) -> bool {
        if let Some(word) = self.rest.find(|word| !word.is_empty()) {
            self.token.text.clear();
            self.token.text.push_str(word);
            self.token.position = 0;
            return true;
        }
        while let Some(Word { text, span }) = self.words.next() {
            self.step(span.start);
            self.looked = span.end;
            if self.only_marked && text.is_ascii() {
                continue;
            }
            self.take(text);
            if self.token.text.is_empty() {
                continue;
            }
            self.token.position = usize::try_from(self.place()).unwrap_or(usize::MAX);
            self.token.offset_from = span.start;
            self.token.offset_to = span.end;
            return true;
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn positions(zones: [&str; 5]) -> Vec<(String, usize)> {
        let mut tokenizer = manager().get(FOLDED).unwrap();
        let text = zoned(&zones);
        let mut stream = tokenizer.token_stream(&text);
        let mut all = Vec::new();
        while stream.advance() {
            all.push((stream.token().text.clone(), stream.token().position));
        }
        all
    }

    #[test]
    fn each_zone_has_its_positions() {
        let found = positions(["xa la", "43 2020", "Quy chế", "", "Điều \u{1E} một"]);
        let expected = [("xa", 0), ("la", 0), ("43", 8), ("2020", 9), ("quy", 64), ("che", 65), ("dieu", 1024), ("mot", 1025)];
        let expected: Vec<(String, usize)> = expected.map(|(word, at)| (word.to_owned(), at)).to_vec();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_long_title_stays_in_its_zone() {
        let found = positions(["", "", &"dài ".repeat(2000), "mục", ""]);
        assert!(found.iter().take(2000).all(|(_, at)| (64..=510).contains(at)));
        assert_eq!(found.last().unwrap(), &("muc".to_owned(), 512));
    }
}
