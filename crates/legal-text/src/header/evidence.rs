//! Words of a text in normal case, from which a title in capitals takes its casing back.

use std::ops::Range;

use crate::key::word_key;
use crate::layout::{Source, is_capitals};
use crate::names::core;

/// How many words of a text are read at most.
const WORDS: usize = 1_500;
/// After how many words it is asked whether the whole title has been met.
const STRETCH: usize = 240;
/// How many places of the text are compared for one pair of words of the title.
const PLACES_COMPARED: usize = 48;

/// The words of a text, as far as they may be those of a title.
pub(super) struct Evidence<'t> {
    words: Vec<&'t str>,
    keys: Vec<u64>,
    /// Words a cell or a paragraph begins with, in order.
    firsts: Vec<usize>,
    /// What the words of the title look like.
    looks: Looks,
    /// Where pairs of words of the title stand, in the order of their keys.
    places: Vec<((u64, u64), Vec<usize>)>,
}

impl<'t> Evidence<'t> {
    /// Reads some lines until every word of the title was met in one run.
    pub fn of(source: &Source<'t>, lines: Range<usize>, words: &[&str], title: &[u64]) -> Evidence<'t> {
        let mut pairs: Vec<(u64, u64)> = title.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let places = pairs.into_iter().map(|pair| (pair, Vec::new())).collect();
        let looks = Looks::of(words);
        let mut evidence = Evidence { words: Vec::new(), keys: Vec::new(), firsts: Vec::new(), looks, places };
        let mut asked = STRETCH;
        let mut first = true;
        for line in lines {
            let text = source.line(line);
            if evidence.words.len() >= asked {
                asked += STRETCH;
                let met = evidence.longest_run(title).is_some_and(|(_, length)| length >= title.len());
                if met || evidence.words.len() >= WORDS {
                    break;
                }
            }
            if !is_capitals(text) {
                let mut read = |word: &'t str| {
                    if word == "|" {
                        first = true;
                    } else if evidence.words.len() < WORDS {
                        evidence.add(word, std::mem::take(&mut first));
                    }
                };
                if text.contains('\u{a0}') {
                    text.split_whitespace().for_each(&mut read);
                } else {
                    text.split_ascii_whitespace().for_each(&mut read);
                }
            }
            first |= text.trim_ascii_end().is_empty();
        }
        evidence
    }

    fn add(&mut self, word: &'t str, first: bool) {
        let word = if word.starts_with('*') || word.ends_with('*') { word.trim_matches('*') } else { word };
        let at = self.words.len();
        if first {
            self.firsts.push(at);
        }
        let bare = core(word);
        // A word that looks like none of the title has no need of its key.
        let key = if self.looks.contain(bare) { word_key(bare) } else { 0 };
        let before = self.keys.last().copied().unwrap_or_default();
        if before != 0
            && key != 0
            && let Ok(pair) = self.places.binary_search_by_key(&(before, key), |(pair, _)| *pair)
            && let Some((_, places)) = self.places.get_mut(pair)
            && places.len() < PLACES_COMPARED
        {
            places.push(at - 1);
        }
        self.words.push(word);
        self.keys.push(key);
    }

    /// The longest run of the text that reads as `keys` do: where, and how many words.
    pub fn longest_run(&self, keys: &[u64]) -> Option<(usize, usize)> {
        let pair = (*keys.first()?, *keys.get(1)?);
        let (_, places) = self.places.get(self.places.binary_search_by_key(&pair, |(pair, _)| *pair).ok()?)?;
        let run = |place: usize| {
            let here = self.keys.get(place..).unwrap_or_default();
            here.iter().zip(keys).take_while(|(have, want)| have == want).count()
        };
        // Of equal runs the first counts: the enacting article stands before all others.
        places.iter().map(|place| (*place, run(*place))).rev().max_by_key(|(_, length)| *length)
    }

    /// The words of a run.
    pub fn run(&self, place: usize, length: usize) -> &[&'t str] {
        self.words.get(place..place + length).unwrap_or_default()
    }

    /// A capital at the start of a sentence says nothing about the word.
    pub fn opens_sentence(&self, place: usize) -> bool {
        let before = place.checked_sub(1).and_then(|before| self.words.get(before));
        self.firsts.binary_search(&place).is_ok()
            || before.is_none_or(|word| word.ends_with(['.', ':', ';', '!', '?', '“', '"', ')', '-', '+', ']']))
            || self.words.get(place).is_some_and(|word| word.starts_with(['“', '"', '‘']))
    }
}

/// The looks of some words: their lengths and the consonants they begin and end with, which neither letter case nor the
/// place of the tone changes.
struct Looks([u64; 8]);

impl Looks {
    fn of(words: &[&str]) -> Looks {
        let mut looks = Looks([0; 8]);
        for word in words {
            let look = look(core(word));
            if let Some(bits) = looks.0.get_mut(look / 64) {
                *bits |= 1 << (look % 64);
            }
        }
        looks
    }

    fn contain(&self, word: &str) -> bool {
        let look = look(word);
        self.0.get(look / 64).is_some_and(|bits| bits & (1 << (look % 64)) != 0)
    }
}

fn look(word: &str) -> usize {
    let consonant = |b: Option<&u8>| match b.map(u8::to_ascii_lowercase) {
        Some(b'a' | b'e' | b'i' | b'o' | b'u' | b'y') | None => 0,
        Some(b) if b.is_ascii_lowercase() => usize::from(b - b'a') + 1,
        Some(_) => 0,
    };
    let bytes = word.as_bytes();
    (bytes.len() * 7 + consonant(bytes.first()) * 29 + consonant(bytes.last()) * 151) % 512
}
