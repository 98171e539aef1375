//! TCVN3 (ABC): TCVN 5712:1993, VN3, the single-byte encoding of the `.VnTime` fonts.

use super::windows_1252::{from_latin_1, symbol_byte};
use crate::text::nfc;

/// No letter at this byte.
const O: char = '\0';

/// The letters at 0xA0–0xFF, sixteen to a row.
#[rustfmt::skip]
const LETTERS: [char; 96] = [
    O,   'Ă', 'Â', 'Ê', 'Ô', 'Ơ', 'Ư', 'Đ', 'ă', 'â', 'ê', 'ô', 'ơ', 'ư', 'đ', O,
    O,   O,   O,   O,   O,   'à', 'ả', 'ã', 'á', 'ạ', O,   'ằ', 'ẳ', 'ẵ', 'ắ', O,
    O,   O,   O,   O,   O,   O,   'ặ', 'ầ', 'ẩ', 'ẫ', 'ấ', 'ậ', 'è', O,   'ẻ', 'ẽ',
    'é', 'ẹ', 'ề', 'ể', 'ễ', 'ế', 'ệ', 'ì', 'ỉ', O,   O,   O,   'ĩ', 'í', 'ị', 'ò',
    O,   'ỏ', 'õ', 'ó', 'ọ', 'ồ', 'ổ', 'ỗ', 'ố', 'ộ', 'ờ', 'ở', 'ỡ', 'ớ', 'ợ', 'ù',
    O,   'ủ', 'ũ', 'ú', 'ụ', 'ừ', 'ử', 'ữ', 'ứ', 'ự', 'ỳ', 'ỷ', 'ỹ', 'ý', 'ỵ', O,
];

/// The letter which a character of Windows-1252 stands for in TCVN3.
///
/// Two look-alikes that word processors put in place of the original count as it:
/// `∙` (U+2219) as `·` and Greek `μ` as the micro sign.
pub(super) fn letter(c: char) -> Option<char> {
    let code = match c {
        '\u{2219}' => 0xb7,
        '\u{3bc}' => 0xb5,
        _ => u32::from(c),
    };
    let at = usize::try_from(code.checked_sub(0xa0)?).ok()?;
    LETTERS.get(at).copied().filter(|letter| *letter != O)
}

/// Tells whether a word as pasted carries a sign that ordinary text lacks: a symbol in place of a
/// letter (`x·`), or an accented capital after a small letter (`ViÖt`).
pub(super) fn is_strong(word: &str) -> bool {
    let mut after_small = false;
    word.chars().any(|c| {
        let capital = matches!(c, '\u{c6}'..='\u{de}') && after_small;
        after_small = c.is_lowercase();
        capital || (!c.is_ascii() && c < '\u{c0}') || matches!(c, '×' | '÷' | '\u{2219}')
    })
}

/// Converts text that was pasted as Windows-1252 or Latin-1, appending to `into`, and tells
/// whether all its letters are in the table; those that are not stay as they are.
///
/// Every character means what the table says. A word set in an upper-case font (`.VnTimeH`)
/// therefore keeps the small letters it was typed with: the font is not in the bytes.
pub(super) fn convert(text: &str, into: &mut String) -> bool {
    let mut is_known = true;
    into.extend(text.chars().map(|c| {
        letter(c).unwrap_or_else(|| {
            is_known &= c.is_ascii() || !c.is_alphabetic();
            from_latin_1(c)
        })
    }));
    is_known
}

/// Encodes text as TCVN3, or returns `None` where a character has no byte.
///
/// TCVN3 has no upper-case letters with a tone: as in documents set in `.VnTimeH`, they get the
/// byte of the lower-case letter (`CỘNG` is encoded as `CộNG`). Punctuation has its place of
/// Windows-1252.
pub fn encode_tcvn3(text: &str) -> Option<Vec<u8>> {
    let text = nfc(text);
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        let byte = if c.is_ascii() {
            u8::try_from(c).ok()
        } else {
            letter_byte(c)
                .or_else(|| c.to_lowercase().next().and_then(letter_byte))
                .or_else(|| symbol_byte(c).filter(|_| letter(c).is_none()))
        };
        bytes.push(byte?);
    }
    Some(bytes)
}

/// The byte of a Vietnamese letter that is not in ASCII.
fn letter_byte(c: char) -> Option<u8> {
    let at = LETTERS.iter().position(|letter| *letter == c)?;
    u8::try_from(at).ok()?.checked_add(0xa0)
}
