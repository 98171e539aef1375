//! Windows-1252: the code page in which legacy bytes turn up when they are pasted as text.

/// What the bytes 0x80–0x9F mean; the five undefined ones keep their C1 code point.
#[rustfmt::skip]
const PUNCTUATION: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Reads bytes as Windows-1252, which is what a paste of legacy text gives.
///
/// Bytes that are undefined in Windows-1252 become the C1 code point of the same number.
pub fn as_windows_1252(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    text.extend(bytes.iter().map(|byte| char_of(*byte)));
    text
}

/// The character of one byte.
fn char_of(byte: u8) -> char {
    let control = usize::from(byte).checked_sub(0x80);
    control.and_then(|at| PUNCTUATION.get(at)).copied().unwrap_or(char::from(byte))
}

/// The byte of a character below 0xC0, the part which no accented letter uses; `None` for others.
pub(super) fn symbol_byte(c: char) -> Option<u8> {
    match u32::from(c) {
        0..=0x7f | 0xa0..=0xbf => u8::try_from(c).ok(),
        0x80..=0x9f => None,
        _ => {
            let at = PUNCTUATION.iter().position(|known| *known == c)?;
            u8::try_from(at).ok()?.checked_add(0x80)
        }
    }
}

/// Reads a C1 code point, which a paste as Latin-1 leaves, as Windows-1252.
pub(super) fn from_latin_1(c: char) -> char {
    match c {
        '\u{80}'..='\u{9f}' => u8::try_from(c).map_or(c, char_of),
        _ => c,
    }
}
