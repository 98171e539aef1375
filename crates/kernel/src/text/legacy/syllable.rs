//! Tells Vietnamese syllables from other words, by spelling alone.
//!
//! A syllable is an optional onset, a run of vowels with at most one tone, and an optional end
//! consonant. Spelling narrows this enough: of English words about a quarter pass, of words
//! decoded with the wrong table very few.

use std::sync::LazyLock;

/// Each vowel: without a tone, then grave, hook, tilde, acute, dot.
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'ả', 'ã', 'á', 'ạ'],
    ['ă', 'ằ', 'ẳ', 'ẵ', 'ắ', 'ặ'],
    ['â', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ'],
    ['e', 'è', 'ẻ', 'ẽ', 'é', 'ẹ'],
    ['ê', 'ề', 'ể', 'ễ', 'ế', 'ệ'],
    ['i', 'ì', 'ỉ', 'ĩ', 'í', 'ị'],
    ['o', 'ò', 'ỏ', 'õ', 'ó', 'ọ'],
    ['ô', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ'],
    ['ơ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ'],
    ['u', 'ù', 'ủ', 'ũ', 'ú', 'ụ'],
    ['ư', 'ừ', 'ử', 'ữ', 'ứ', 'ự'],
    ['y', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ'],
];

/// The consonants that may begin a syllable; `g` also stands for `gi`.
const ONSETS: [&str; 27] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "r", "s", "t",
    "th", "tr", "v", "x",
];

/// What may end a syllable; the first [`STOPS`] allow only the acute and the dot.
const CODAS: [&str; 9] = ["c", "ch", "p", "t", "", "m", "n", "ng", "nh"];

/// How many of [`CODAS`] are stops.
const STOPS: usize = 4;

/// The vowel runs that may end a syllable.
const OPEN: [&str; 45] = [
    "a", "ai", "ao", "au", "ay", "e", "eo", "i", "ia", "iu", "iêu", "o", "oa", "oai", "oao", "oay", "oe", "oeo", "oi", "u", "ua",
    "ui", "uy", "uya", "uyu", "uây", "uê", "uôi", "uơ", "y", "yêu", "âu", "ây", "ê", "êu", "ô", "ôi", "ơ", "ơi", "ư", "ưa", "ưi",
    "ươi", "ươu", "ưu",
];

/// The vowel runs that take an end consonant, with those they take.
const CLOSED: [(&str, &str); 24] = [
    ("a", "c ch p t m n ng nh"),
    ("ă", "c p t m n ng"),
    ("â", "c p t m n ng"),
    ("e", "c p t m n ng"),
    ("ê", "ch p t m n nh"),
    ("i", "ch p t m n nh"),
    ("iê", "c p t m n ng"),
    ("o", "c p t m n ng"),
    ("oa", "c ch p t m n ng nh"),
    ("oe", "t m n"),
    ("oo", "c ng"),
    ("oă", "c t m n ng"),
    ("ô", "c p t m n ng"),
    ("ơ", "p t m n"),
    ("u", "c p t m n ng"),
    ("uy", "ch p t n nh"),
    ("uyê", "t n"),
    ("uâ", "t n ng"),
    ("uê", "ch n nh"),
    ("uô", "c p t m n ng"),
    ("ư", "c t m n ng"),
    ("ươ", "c p t m n ng"),
    ("y", "ch p t n nh"),
    ("yê", "t m n ng"),
];

/// A letter as far as spelling goes, in either case.
#[derive(Clone, Copy)]
enum Letter {
    Other,
    Consonant(u8),
    /// The place in [`VOWELS`] counted from one, and the place in its row.
    Vowel(u8, u8),
}

/// The tables above, laid out for one look-up per letter and one per run.
struct Spelling {
    /// By code point.
    letters: Vec<Letter>,
    /// By run, four bits a vowel: one bit for each of [`CODAS`].
    runs: Vec<u16>,
    onsets: [u32; ONSETS.len()],
    codas: [u32; CODAS.len()],
}

static SPELLING: LazyLock<Spelling> = LazyLock::new(Spelling::new);

/// The tones that a stop allows, the acute and the dot, as places in a row of [`VOWELS`].
const STOP_TONES: [u8; 2] = [4, 5];

impl Spelling {
    fn new() -> Self {
        let mut spelling = Self {
            letters: vec![Letter::Other; 0x1f00],
            runs: vec![0; 0x1000],
            onsets: ONSETS.map(packed),
            codas: CODAS.map(packed),
        };
        for (consonant, code) in ('a'..='z').zip(b'a'..=b'z').chain([('đ', b'D')]) {
            spelling.learn(consonant, Letter::Consonant(code));
        }
        for other in ['f', 'j', 'w', 'z'] {
            spelling.learn(other, Letter::Other);
        }
        for (row, vowel) in VOWELS.iter().zip(1..) {
            for (form, tone) in row.iter().zip(0..) {
                spelling.learn(*form, Letter::Vowel(vowel, tone));
            }
        }
        for (run, codas) in CLOSED.iter().copied().chain(OPEN.map(|run| (run, ""))) {
            let at = spelling.packed_run(run);
            let mask = codas.split(' ').map(|coda| coda_bit(packed(coda), &spelling.codas)).sum::<u16>();
            if let Some(known) = spelling.runs.get_mut(at) {
                *known |= mask;
            }
        }
        spelling
    }

    fn learn(&mut self, small: char, letter: Letter) {
        for c in small.to_uppercase().chain([small]) {
            if let Some(known) = self.letters.get_mut(c as usize) {
                *known = letter;
            }
        }
    }

    fn letter(&self, c: char) -> Letter {
        self.letters.get(c as usize).copied().unwrap_or(Letter::Other)
    }

    fn packed_run(&self, run: &str) -> usize {
        run.chars().fold(0, |run, c| match self.letter(c) {
            Letter::Vowel(vowel, _) => run << 4 | usize::from(vowel),
            _ => run,
        })
    }

    fn allows(&self, run: usize, coda_bit: u16) -> bool {
        self.runs.get(run).is_some_and(|codas| codas & coda_bit != 0)
    }
}

/// Up to three consonants in one number.
fn packed(consonants: &str) -> u32 {
    consonants.chars().fold(0, |packed, c| packed << 8 | if c == 'đ' { 0x44 } else { u32::from(c) })
}

/// The bit of a coda; none where there is no such coda.
fn coda_bit(coda: u32, codas: &[u32]) -> u16 {
    codas.iter().position(|known| *known == coda).map_or(0, |at| 1 << at)
}

/// Tells whether `word` (in NFC, either case) is spelled like one Vietnamese syllable.
pub(super) fn is_syllable(word: &str) -> bool {
    let spelling = &*SPELLING;
    let (mut onset, mut run, mut coda, mut tone) = (0_u32, 0_usize, 0_u32, 0_u8);
    for c in word.chars() {
        match spelling.letter(c) {
            Letter::Consonant(code) if run == 0 && onset <= 0xffff => {
                onset = onset << 8 | u32::from(code);
            }
            Letter::Consonant(code) if run != 0 && coda <= 0xffff => {
                coda = coda << 8 | u32::from(code);
            }
            Letter::Vowel(vowel, its_tone) if coda == 0 && run <= 0xff => {
                if tone != 0 && its_tone != 0 {
                    return false;
                }
                run = run << 4 | usize::from(vowel);
                tone |= its_tone;
            }
            _ => return false,
        }
    }
    let coda = coda_bit(coda, &spelling.codas);
    if coda < 1 << STOPS && !STOP_TONES.contains(&tone) {
        return false;
    }
    spelling.onsets.contains(&onset) && spelling.fits(onset, run, coda)
}

/// Tells whether `word` has a vowel; abbreviations such as `QĐ` and `HĐND` have none.
pub(super) fn has_vowel(word: &str) -> bool {
    word.chars().any(|c| matches!(SPELLING.letter(c), Letter::Vowel(..)))
}

impl Spelling {
    /// Tells whether an onset, a run of vowels and a coda go together.
    fn fits(&self, onset: u32, run: usize, coda: u16) -> bool {
        let (first, rest) = match run {
            0x100.. => (run >> 8, run & 0xff),
            0x10.. => (run >> 4, run & 0xf),
            _ => (run, 0),
        };
        let is_front = FRONT.contains(&first);
        match onset {
            Q => first == U && self.allows(rest, coda),
            G if first == I => self.allows(run, coda) || self.allows(rest, coda),
            K | GH | NGH => is_front && self.allows(run, coda),
            C | G | NG => !is_front && self.allows(run, coda),
            _ => self.allows(run, coda),
        }
    }
}

const C: u32 = 0x63;
const G: u32 = 0x67;
const GH: u32 = 0x67_68;
const K: u32 = 0x6b;
const NG: u32 = 0x6e_67;
const NGH: u32 = 0x6e_67_68;
const Q: u32 = 0x71;

/// `i` and `u` as places in [`VOWELS`], counted from one.
const I: usize = 6;
const U: usize = 10;

/// `e`, `ê`, `i` and `y`: before these, and only these, `k`, `gh` and `ngh` are written.
const FRONT: [usize; 4] = [4, 5, I, 12];
