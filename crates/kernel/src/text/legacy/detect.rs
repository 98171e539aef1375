//! Weighs whether a text is a legacy encoding that was read as Windows-1252.

use super::{Encoding, syllable, tcvn3, vni};

/// Accented words after which there is no need to read on.
const ENOUGH: usize = 20_000;

/// So many different words that read as Vietnamese settle it, whatever else the text holds.
const PLENTY: usize = 12;

/// A legacy encoding, as the reader of one.
#[derive(Clone, Copy)]
pub(super) enum Scheme {
    Tcvn3,
    Vni,
}

impl Scheme {
    pub(super) fn encoding(self) -> Encoding {
        match self {
            Self::Tcvn3 => Encoding::Tcvn3,
            Self::Vni => Encoding::Vni,
        }
    }

    /// Converts a text, appending to `into`; tells whether the scheme knows all its letters.
    pub(super) fn convert(self, text: &str, into: &mut String) -> bool {
        match self {
            Self::Tcvn3 => tcvn3::convert(text, into),
            Self::Vni => vni::convert(text, into),
        }
    }

    fn is_strong(self, word: &str) -> bool {
        match self {
            Self::Tcvn3 => tcvn3::is_strong(word),
            Self::Vni => vni::is_strong(word),
        }
    }

    fn is_in_word(self, c: char) -> bool {
        match self {
            _ if c.is_ascii() => c.is_ascii_alphabetic(),
            Self::Tcvn3 => tcvn3::letter(c).is_some() || c.is_alphabetic(),
            Self::Vni => c.is_alphabetic(),
        }
    }
}

/// Whether the text was valid Unicode (then doubt favours leaving it) or bytes that are not.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    Pasted,
    Bytes,
}

/// What the words of a text say for and against one scheme.
#[derive(Default)]
struct Evidence {
    /// Words that conversion turns into a Vietnamese syllable, and those among them that carry a
    /// sign which ordinary text lacks, and those that were a syllable before.
    turned: usize,
    strong: usize,
    before: usize,
    /// Words with accents that are a syllable and stay as they are (`tình` in VNI).
    kept: usize,
    /// Words with accents that the scheme does not know, or that are no syllable after conversion.
    broken: usize,
    /// Words of plain letters, and those of them that are a syllable.
    plain: usize,
    plain_syllables: usize,
    /// The first few different words that were turned.
    different: Vec<String>,
}

impl Evidence {
    fn weigh(text: &str, scheme: Scheme) -> Self {
        let mut evidence = Self::default();
        let mut converted = String::new();
        let words = outside_tags(text).flat_map(|part| part.split(move |c| !scheme.is_in_word(c)));
        let mut accented = 0;
        for word in words.filter(|word| !word.is_empty()) {
            if word.is_ascii() {
                evidence.plain += 1;
                evidence.plain_syllables += usize::from(syllable::is_syllable(word));
                continue;
            }
            converted.clear();
            let is_known = scheme.convert(word, &mut converted);
            evidence.add_accented(word, is_known.then_some(&converted), scheme);
            accented += 1;
            if accented == ENOUGH {
                break;
            }
        }
        evidence
    }

    /// Counts a word; `converted` is `None` where the scheme does not know all its letters.
    fn add_accented(&mut self, word: &str, converted: Option<&String>, scheme: Scheme) {
        // A lone symbol (`·`, `©`, `×`) says nothing.
        let mut letters = word.chars();
        if letters.next().is_some_and(|c| c < '\u{c0}' || !c.is_alphabetic()) && letters.next().is_none() {
            return;
        }
        let Some(converted) = converted else {
            self.broken += 1;
            return;
        };
        if !syllable::is_syllable(converted) {
            // Neither does an abbreviation (`QĐ`).
            self.broken += usize::from(syllable::has_vowel(converted));
        } else if word == converted {
            self.kept += 1;
        } else {
            self.turned += 1;
            self.strong += usize::from(scheme.is_strong(word));
            self.before += usize::from(syllable::is_syllable(word));
            if self.different.len() < PLENTY && !self.different.contains(converted) {
                self.different.push(converted.clone());
            }
        }
    }

    /// Tells whether the text as a whole reads as Vietnamese once converted.
    fn reads_as_vietnamese(&self) -> bool {
        let syllables = self.turned + self.kept + self.plain_syllables;
        let words = self.turned + self.kept + self.broken + self.plain;
        self.different.len() >= PLENTY || syllables * 2 >= words
    }

    /// Tells whether text that could stay as it is must be converted all the same; `rival` is what
    /// it says for the other scheme.
    fn compels(&self, rival: &Self) -> bool {
        let is_lone_phrase = self.different.len() == 1
            && rival.turned == 0
            && self.strong == self.turned
            && self.plain_syllables > 0
            && self.plain == self.plain_syllables
            && self.broken == 0;
        (self.different.len() > 1 || is_lone_phrase)
            && self.turned >= 3 * self.broken
            && self.turned >= 2 * self.before
            && self.strong * 5 >= self.turned
            && self.strong > 0
            && self.reads_as_vietnamese()
    }

    /// Tells whether bytes that are not Unicode may be read by this scheme.
    fn suffices(&self) -> bool {
        let good = self.turned + self.kept;
        good > 0 && good * 2 >= self.broken * 3 && self.reads_as_vietnamese()
    }

    /// Words for less words against.
    fn balance(&self) -> isize {
        self.turned.saturating_add(self.kept).cast_signed() - self.broken.cast_signed() * 2
    }
}

/// Finds the scheme by which `text`, which reads as Windows-1252, must be converted.
pub(super) fn scheme_of(text: &str, origin: Origin) -> Option<Scheme> {
    let tcvn3 = Evidence::weigh(text, Scheme::Tcvn3);
    let vni = Evidence::weigh(text, Scheme::Vni);
    let (may_be_tcvn3, may_be_vni) = match origin {
        Origin::Pasted => (tcvn3.compels(&vni), vni.compels(&tcvn3)),
        Origin::Bytes => (tcvn3.suffices(), vni.suffices()),
    };
    match (may_be_tcvn3, may_be_vni) {
        // Even odds speak for VNI: by chance few vowels of TCVN3 have a mark of VNI after them.
        (true, true) if tcvn3.balance() > vni.balance() => Some(Scheme::Tcvn3),
        (true, false) => Some(Scheme::Tcvn3),
        (_, true) => Some(Scheme::Vni),
        (false, false) => None,
    }
}

/// The parts of a text that are not inside `<…>`.
fn outside_tags(text: &str) -> impl Iterator<Item = &str> {
    text.split('<').enumerate().map(|(at, part)| {
        let is_tag = at > 0 && part.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c));
        match part.split_once('>') {
            Some((_, after)) if is_tag => after,
            _ => part,
        }
    })
}
