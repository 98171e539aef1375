//! Legacy Vietnamese encodings: which one a file is in, and its text in NFC (C-38).
//!
//! Before TCVN 6909:2001 documents were typed in TCVN3 (ABC) or VNI. They arrive in two shapes:
//! as the bytes of the encoding, or as Unicode into which those bytes were pasted as if they were
//! Windows-1252 (`Céng hßa`). [`decode`] takes both. Text that is Unicode already is never
//! changed beyond NFC: without positive evidence of a legacy encoding the input stays as it is.
//! Headings that TCVN3 could not write in capitals get them back.

mod capitals;
mod detect;
mod syllable;
mod tcvn3;
mod vni;
mod windows_1252;

#[cfg(test)]
mod tests;

pub use tcvn3::encode_tcvn3;
pub use vni::encode_vni;
pub use windows_1252::as_windows_1252;

use detect::Origin;

use super::nfc;

/// The encoding a text was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Unicode: UTF-8, or UTF-16 with a byte order mark.
    Utf8,
    /// TCVN3 (ABC), TCVN 5712:1993.
    Tcvn3,
    /// VNI Windows.
    Vni,
}

impl Encoding {
    /// Returns the name by which the encoding is reported.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Tcvn3 => "tcvn3",
            Self::Vni => "vni",
        }
    }
}

/// A text read from bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, in NFC, without a byte order mark.
    pub text: String,
    /// The encoding it was in.
    pub encoding: Encoding,
}

/// Why bytes could not be read as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Nothing but white space.
    #[error("the file has no text")]
    Empty,
    /// Zero bytes, many control characters, or UTF-16 that is no Latin text.
    #[error("the file is binary data, not text")]
    Binary,
    /// Not UTF-8, and neither TCVN3 nor VNI makes Vietnamese of it.
    #[error("the text is neither UTF-8 nor Vietnamese in TCVN3 or VNI")]
    Undecodable,
}

/// Reads a file as text, finding out its encoding.
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    if let Some(text) = utf_16(bytes) {
        return from_unicode(text.ok_or(DecodeError::Binary)?);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if is_binary(bytes) {
        return Err(DecodeError::Binary);
    }
    match str::from_utf8(bytes) {
        Ok(text) => from_unicode(text.to_owned()),
        Err(_) => from_bytes(&as_windows_1252(bytes)),
    }
}

/// Reads text that is Unicode, or a legacy encoding pasted into it.
fn from_unicode(text: String) -> Result<Decoded, DecodeError> {
    if is_blank(&text) {
        return Err(DecodeError::Empty);
    }
    let text = nfc(text);
    if text.is_ascii() || text.contains(is_only_in_unicode) {
        return Ok(Decoded { text, encoding: Encoding::Utf8 });
    }
    match detect::scheme_of(&text, Origin::Pasted) {
        Some(scheme) => Ok(converted(&text, scheme)),
        None => Ok(Decoded { text, encoding: Encoding::Utf8 }),
    }
}

/// Reads bytes that are not Unicode, already taken as Windows-1252.
fn from_bytes(text: &str) -> Result<Decoded, DecodeError> {
    if is_blank(text) {
        return Err(DecodeError::Empty);
    }
    let scheme = detect::scheme_of(text, Origin::Bytes).ok_or(DecodeError::Undecodable)?;
    Ok(converted(text, scheme))
}

fn converted(text: &str, scheme: detect::Scheme) -> Decoded {
    let mut letters = String::with_capacity(text.len() + text.len() / 2);
    scheme.convert(text, &mut letters);
    let text = nfc(letters);
    let text = if scheme.encoding() == Encoding::Tcvn3 { capitals::restore(&text) } else { text };
    Decoded { text, encoding: scheme.encoding() }
}

/// Tells letters that Vietnamese has in Unicode while Windows-1252 has not.
fn is_only_in_unicode(c: char) -> bool {
    matches!(
        c,
        '\u{1ea0}'
            ..='\u{1ef9}' | 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư'
        // The hook, the dot below and the horn, where they did not compose.
        | '\u{309}' | '\u{323}' | '\u{31b}'
    )
}

/// Tells text that shows nothing, counting the marks of no width as nothing.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// Tells data from text: any zero byte, or more than one control character in fifty bytes.
fn is_binary(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|byte| is_control(**byte)).count();
    controls * 50 > bytes.len() || bytes.contains(&0)
}

/// Control characters that no text has; tab, line ends and page ends are not among them.
fn is_control(byte: u8) -> bool {
    matches!(byte, 0..=0x08 | 0x0e..=0x1f | 0x7f)
}

/// Reads UTF-16 that has a byte order mark: the outer `None` says that there is none, the inner
/// one that what follows is no text in Latin letters.
fn utf_16(bytes: &[u8]) -> Option<Option<String>> {
    let (body, unit): (_, fn([u8; 2]) -> u16) = match bytes {
        [0xff, 0xfe, body @ ..] => (body, u16::from_le_bytes),
        [0xfe, 0xff, body @ ..] => (body, u16::from_be_bytes),
        _ => return None,
    };
    let (pairs, rest) = body.as_chunks::<2>();
    let text: Result<String, _> = char::decode_utf16(pairs.iter().copied().map(unit)).collect();
    Some(text.ok().filter(|text| rest.is_empty() && is_latin(text) && !is_binary(text.as_bytes())))
}

/// Tells whether four characters in five are Latin letters, ASCII or common symbols.
fn is_latin(text: &str) -> bool {
    let (mut all, mut latin) = (0_usize, 0_usize);
    for c in text.chars() {
        all += 1;
        latin += usize::from(matches!(
            c,
            '\0'..='\u{24f}' | '\u{300}'..='\u{36f}' | '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{26ff}'
        ));
    }
    latin * 5 >= all * 4
}
