//! What lies in a ZIP: an office document, an archive, or a program. Read from its directory alone; nothing is unpacked.

use crate::error::Refused;
use crate::formats::Format;

const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";

/// Finds what a ZIP of `size` bytes is by its beginning and its end.
pub(crate) fn classify(head: &[u8], tail: &[u8], size: u64) -> Result<&'static Format, Refused> {
    let names = directory(tail, size).ok_or(Refused::Unknown)?;
    let any = |holds: &dyn Fn(&str) -> bool| names.iter().any(|name| holds(name));
    if any(&|name| name == "meta-inf/manifest.mf" || name == "androidmanifest.xml" || name.ends_with(".dex")) {
        return Err(Refused::Kind("application/java-archive"));
    }
    let media_type = if let Some(subtype) = open_document(head) {
        if any(&|name| name.starts_with("basic/") || name.starts_with("scripts/")) {
            return Err(Refused::Active("macros"));
        }
        subtype
    } else if any(&|name| name == "[content_types].xml") {
        if any(&|name| name.contains("vbaproject") || name.contains("vbadata") || name.contains("macrosheets/")) {
            return Err(Refused::Active("macros"));
        }
        if any(&|name| name.contains("/activex/")) {
            return Err(Refused::Active("ActiveX"));
        }
        let parts = [
            ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ];
        let found = parts.iter().find(|(folder, _)| any(&|name| name.starts_with(folder)));
        found.map(|(_, media_type)| *media_type).ok_or(Refused::Kind("application/vnd.openxmlformats-package"))?
    } else if head.get(30..).is_some_and(|rest| rest.starts_with(b"mimetype")) {
        return Err(Refused::Kind("application/epub+zip"));
    } else {
        "application/zip"
    };
    Format::of(media_type).ok_or(Refused::Unknown)
}

/// The type that an OpenDocument states in its first entry, which is not compressed.
fn open_document(head: &[u8]) -> Option<&'static str> {
    let stated = head.get(30..)?.strip_prefix(b"mimetype")?;
    // Between name and content may lie an extra field; writers leave it empty.
    [
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
        "application/vnd.oasis.opendocument.presentation",
    ]
    .into_iter()
    .find(|media_type| stated.strip_prefix(media_type.as_bytes()).is_some_and(|rest| rest.starts_with(b"PK")))
}

/// The names of all entries in lower case with plain slashes; `None` where the directory is not wholly in `tail`, or not
/// where it says it is.
fn directory(tail: &[u8], size: u64) -> Option<Vec<String>> {
    let farthest = tail.len().saturating_sub(22 + 65_535);
    let end = tail.get(farthest..)?.windows(4).rposition(|window| window == END)? + farthest;
    let number = |at: usize, length: usize| -> Option<u64> {
        let bytes = tail.get(at..at.checked_add(length)?)?;
        Some(bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    };
    let count = number(end + 10, 2)?;
    let (length, offset) = (number(end + 12, 4)?, number(end + 16, 4)?);
    let end_in_file = size - u64::try_from(tail.len() - end).ok()?;
    if offset + length != end_in_file {
        return None;
    }
    let mut at = end.checked_sub(usize::try_from(length).ok()?)?;
    let mut names = Vec::new();
    while at < end {
        if tail.get(at..at + 4)? != ENTRY {
            return None;
        }
        let [name, extra, comment] =
            [28, 30, 32].map(|field| number(at + field, 2).and_then(|length| usize::try_from(length).ok()));
        let (name, extra, comment) = (name?, extra?, comment?);
        let printed = String::from_utf8_lossy(tail.get(at + 46..at + 46 + name)?).to_lowercase().replace('\\', "/");
        names.push(printed);
        at += 46 + name + extra + comment;
    }
    (at == end && names.len() as u64 == count).then_some(names)
}
