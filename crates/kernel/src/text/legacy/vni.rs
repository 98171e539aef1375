//! VNI Windows: a base letter followed by a mark, both characters of Windows-1252.

use super::windows_1252::{from_latin_1, symbol_byte};
use crate::text::nfc;

/// What each mark makes of one base letter, in lower case.
type Marks = [(char, char)];

#[rustfmt::skip]
const A: &Marks = &[
    ('ù', 'á'), ('ø', 'à'), ('û', 'ả'), ('õ', 'ã'), ('ï', 'ạ'),
    ('ê', 'ă'), ('é', 'ắ'), ('è', 'ằ'), ('ú', 'ẳ'), ('ü', 'ẵ'), ('ë', 'ặ'),
    ('â', 'â'), ('á', 'ấ'), ('à', 'ầ'), ('å', 'ẩ'), ('ã', 'ẫ'), ('ä', 'ậ'),
];
#[rustfmt::skip]
const E: &Marks = &[
    ('ù', 'é'), ('ø', 'è'), ('û', 'ẻ'), ('õ', 'ẽ'), ('ï', 'ẹ'),
    ('â', 'ê'), ('á', 'ế'), ('à', 'ề'), ('å', 'ể'), ('ã', 'ễ'), ('ä', 'ệ'),
];
#[rustfmt::skip]
const O: &Marks = &[
    ('ù', 'ó'), ('ø', 'ò'), ('û', 'ỏ'), ('õ', 'õ'), ('ï', 'ọ'),
    ('â', 'ô'), ('á', 'ố'), ('à', 'ồ'), ('å', 'ổ'), ('ã', 'ỗ'), ('ä', 'ộ'),
];
const O_HORN: &Marks = &[('ù', 'ớ'), ('ø', 'ờ'), ('û', 'ở'), ('õ', 'ỡ'), ('ï', 'ợ')];
const U: &Marks = &[('ù', 'ú'), ('ø', 'ù'), ('û', 'ủ'), ('õ', 'ũ'), ('ï', 'ụ')];
const U_HORN: &Marks = &[('ù', 'ứ'), ('ø', 'ừ'), ('û', 'ử'), ('õ', 'ữ'), ('ï', 'ự')];
const Y: &Marks = &[('ù', 'ý'), ('ø', 'ỳ'), ('û', 'ỷ'), ('õ', 'ỹ'), ('ï', 'ỵ')];

/// The letters that take marks, as they are written in VNI.
const BASES: [(char, &Marks); 7] = [('a', A), ('e', E), ('o', O), ('ô', O_HORN), ('u', U), ('ö', U_HORN), ('y', Y)];

/// The letters that VNI writes as one character.
#[rustfmt::skip]
const SINGLES: &Marks = &[
    ('ô', 'ơ'), ('ö', 'ư'), ('ñ', 'đ'), ('æ', 'ỉ'), ('ó', 'ĩ'), ('ò', 'ị'), ('î', 'ỵ'),
    ('í', 'í'), ('ì', 'ì'),
];

/// Pairs that other languages have too (`où`, `haï`, `Israël`, `aún`), or that Vietnamese itself
/// has in Unicode (`hoà`, `toán`).
#[rustfmt::skip]
const ORDINARY: [(char, char); 12] = [
    ('a', 'ï'), ('e', 'ï'), ('o', 'ï'), ('u', 'ï'), ('o', 'ù'), ('a', 'é'),
    ('a', 'è'), ('a', 'ú'), ('a', 'ü'), ('a', 'ë'), ('o', 'á'), ('o', 'à'),
];

/// Lower case within Latin-1.
fn small(c: char) -> char {
    match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' => char::from_u32(u32::from(c) + 0x20).unwrap_or(c),
        _ => c,
    }
}

/// `letter` in the case of `model`.
fn in_case_of(model: char, letter: char) -> char {
    if small(model) == model { letter } else { capital(letter) }
}

/// Upper case; every letter here has a single one.
fn capital(letter: char) -> char {
    letter.to_uppercase().next().unwrap_or(letter)
}

fn find(pairs: &Marks, key: char) -> Option<char> {
    pairs.iter().find(|(known, _)| *known == key).map(|(_, letter)| *letter)
}

/// The letter which a base and the mark after it make, in the case of the base.
fn marked(base: char, mark: char) -> Option<char> {
    if mark.is_ascii() {
        return None;
    }
    let (_, marks) = BASES.iter().find(|(known, _)| *known == small(base))?;
    find(marks, small(mark)).map(|letter| in_case_of(base, letter))
}

/// Tells whether a word as pasted carries a sign that ordinary text lacks: a vowel followed by a
/// mark (`Coäng`, `hoøa`), or `ñ` at its beginning.
pub(super) fn is_strong(word: &str) -> bool {
    word.starts_with(['ñ', 'Ñ'])
        || word
            .chars()
            .zip(word.chars().skip(1))
            .any(|(base, mark)| marked(base, mark).is_some() && !ORDINARY.contains(&(small(base), small(mark))))
}

/// Converts text that was pasted as Windows-1252 or Latin-1, appending to `into`, and tells
/// whether all its letters are in the tables; those that are not, and marks that follow no base
/// letter, stay as they are.
pub(super) fn convert(text: &str, into: &mut String) -> bool {
    let mut is_known = true;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(letter) = chars.peek().and_then(|mark| marked(c, *mark)) {
            chars.next();
            into.push(letter);
        } else if c.is_ascii() {
            into.push(c);
        } else if let Some(letter) = find(SINGLES, small(c)) {
            into.push(in_case_of(c, letter));
        } else {
            is_known &= !c.is_alphabetic();
            into.push(from_latin_1(c));
        }
    }
    is_known
}

/// Encodes text as VNI Windows, or returns `None` where a character has no code.
///
/// Punctuation has its place of Windows-1252.
pub fn encode_vni(text: &str) -> Option<Vec<u8>> {
    let text = nfc(text);
    let mut bytes = Vec::with_capacity(text.len() * 2);
    for c in text.chars() {
        if let Some(byte) = symbol_byte(c) {
            bytes.push(byte);
        } else {
            for part in written(c)?.into_iter().flatten() {
                bytes.push(u8::try_from(part).ok()?);
            }
        }
    }
    Some(bytes)
}

/// The one or two characters that write a Vietnamese letter.
fn written(c: char) -> Option<[Option<char>; 2]> {
    let letter = c.to_lowercase().next()?;
    let (base, mark) = match SINGLES.iter().find(|(_, known)| *known == letter) {
        Some((single, _)) => (*single, None),
        None => BASES.iter().find_map(|(base, marks)| {
            let (mark, _) = marks.iter().find(|(_, known)| *known == letter)?;
            Some((*base, Some(*mark)))
        })?,
    };
    let is_capital = letter != c;
    let in_case = |c| if is_capital { capital(c) } else { c };
    Some([Some(in_case(base)), mark.map(in_case)])
}
