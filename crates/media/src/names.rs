//! File names that mean the same on every system.

use kernel::text;

/// Characters of a name at most, its extension included.
const LONGEST: usize = 200;
/// An extension is at most so long; what is longer is part of the name.
const LONGEST_EXTENSION: usize = 12;

/// Makes a file name fit to be kept and given out: no folders, no control characters, nothing that changes the direction
/// of writing, NFC, at most 200 characters of which the extension stays.
pub fn clean_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = text::nfc(name).chars().filter(|c| !is_unseen(*c)).map(replaced).collect();
    let line = text::one_line(&kept);
    let line = line.trim_matches(['.', ' ']);
    let (stem, ending) = match split(line) {
        Some((stem, extension)) => (stem.trim_end_matches(['.', ' ']), format!(".{extension}")),
        None => (line, String::new()),
    };
    let mut stem: String = stem.chars().take(LONGEST - ending.chars().count()).collect();
    stem.truncate(stem.trim_end_matches(['.', ' ']).len());
    if stem.is_empty() {
        stem.push_str("file");
    }
    if is_reserved(&stem) {
        stem.insert(0, '_');
        stem = stem.chars().take(LONGEST - ending.chars().count()).collect();
    }
    // Two marks may meet where something between them was cut.
    text::nfc(stem + &ending)
}

/// The extension of a name in lower case, without its dot.
pub(crate) fn extension(name: &str) -> Option<String> {
    split(name).map(|(_, extension)| extension.to_ascii_lowercase())
}

fn split(name: &str) -> Option<(&str, &str)> {
    let (stem, extension) = name.rsplit_once('.')?;
    let fits = !stem.is_empty()
        && (1..=LONGEST_EXTENSION).contains(&extension.len())
        && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then_some((stem, extension))
}

/// Control characters, and those that are not seen but change what is: `anh\u{202E}gnp.exe`.
fn is_unseen(c: char) -> bool {
    let white = c.is_whitespace();
    (c.is_control() && !white)
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

/// Some systems take these for something else.
fn replaced(c: char) -> char {
    if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c }
}

/// Devices of Windows, whatever follows the first dot.
fn is_reserved(stem: &str) -> bool {
    let device = stem.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = ["COM", "LPT"].iter().any(|port| {
        device.strip_prefix(port).is_some_and(|number| matches!(number.chars().next(), Some('1'..='9')) && number.len() == 1)
    });
    numbered || ["CON", "PRN", "AUX", "NUL"].contains(&device.as_str())
}
