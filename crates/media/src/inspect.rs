//! What a file is, found in its bytes while they pass.

use crate::content::named;
use crate::error::Refused;
use crate::formats::{Format, essence};
use crate::names::extension;
use crate::{Error, Kind, archive, pictures, svg};
use bytes::BytesMut;

/// Bytes that are kept from the beginning: enough for the header of a picture behind everything a camera writes.
pub(crate) const HEAD: usize = 8 * 1024 * 1024;
/// Bytes that are kept from the end: enough for the directory of an archive of some ten thousand files.
const TAIL: usize = 2 * 1024 * 1024;
/// After so many bytes a file that is not taken need not come to its end.
const ENOUGH: usize = 64 * 1024;

/// A file while it passes.
pub(crate) struct Inspection {
    head: BytesMut,
    tail: BytesMut,
    size: u64,
    text: TextCheck,
    /// Whether the beginning has said all: nothing more is kept.
    is_settled: bool,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub format: &'static Format,
    /// Its name, with the extension of its format.
    pub file_name: String,
    /// Width and height of a picture.
    pub pixels: Option<(u32, u32)>,
}

impl Inspection {
    pub fn new() -> Self {
        Self { head: BytesMut::new(), tail: BytesMut::new(), size: 0, text: TextCheck::default(), is_settled: false }
    }

    /// Looks at the next bytes; refuses as soon as it is clear that the file is not taken.
    pub fn pass(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.size += bytes.len() as u64;
        if self.is_settled {
            return Ok(());
        }
        let before = self.head.len();
        let room = (HEAD - before).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..room).unwrap_or_default());
        self.text.pass(bytes);
        self.tail.extend_from_slice(bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default());
        if self.tail.len() > 2 * TAIL {
            let rest = self.tail.split_off(self.tail.len() - TAIL);
            self.tail = BytesMut::from(&rest[..]);
        }
        if before < ENOUGH && self.head.len() >= ENOUGH && !self.text.holds {
            let plays = |format: &Format| matches!(format.kind, Kind::Video | Kind::Audio);
            self.is_settled = is_pdf(&self.head) || matches!(binary(&self.head)?, Binary::Format(format) if plays(format));
            if self.is_settled {
                self.tail = BytesMut::new();
            }
        }
        Ok(())
    }

    /// Says what the file is, and whether that is what it is told to be.
    pub fn finish(self, name: &str, declared: Option<&str>) -> Result<Finding, Error> {
        if self.size == 0 {
            return Err(Error::Empty);
        }
        let told = extension(&crate::clean_name(name));
        let format = self.format(told.as_deref(), declared)?;
        let file_name = named(name, format)?;
        if let Some(declared) = declared.filter(|declared| !format.may_be_declared(declared)) {
            return Err(Error::Mismatch { told: essence(declared), found: format.media_type });
        }
        let pixels = match (pictures::codec(format.media_type), format.media_type) {
            (Some(codec), _) => Some(pictures::measure(codec, &self.head)?),
            (None, "image/svg+xml") if self.size > svg::LARGEST => return Err(Error::TooLarge { max: svg::LARGEST }),
            (None, "image/svg+xml") => svg::check(self.whole_text())?,
            (None, _) => None,
        };
        Ok(Finding { format, file_name, pixels })
    }

    fn format(&self, extension: Option<&str>, declared: Option<&str>) -> Result<&'static Format, Error> {
        if is_pdf(&self.head) {
            return Format::of("application/pdf").ok_or(Error::Unsupported(Refused::Unknown));
        }
        if self.text.is_text() {
            return text(self.whole_text(), self.size <= HEAD as u64, extension, declared);
        }
        match binary(&self.head) {
            Ok(Binary::Zip) => Ok(archive::classify(&self.head, &self.tail, self.size).map_err(Error::Unsupported)?),
            // Sound alone in the same container.
            Ok(Binary::Format(format)) if format.media_type == "video/mp4" && extension == Some("m4a") => {
                Ok(Format::of("audio/mp4").unwrap_or(format))
            }
            Ok(Binary::Format(format)) => Ok(format),
            Err(Error::Unsupported(Refused::Unknown))
                if extension.and_then(Format::by_extension).is_some_and(|format| format.kind == Kind::Text) =>
            {
                Err(Error::Unsupported(Refused::Encoding))
            }
            Err(error) => Err(error),
        }
    }

    /// The text as far as it is kept, without its mark.
    fn whole_text(&self) -> &str {
        let text = match std::str::from_utf8(&self.head) {
            Ok(text) => text,
            // Cut within a character.
            Err(cut) => self.head.get(..cut.valid_up_to()).and_then(|head| std::str::from_utf8(head).ok()).unwrap_or_default(),
        };
        text.trim_start_matches('\u{feff}')
    }
}

fn is_pdf(head: &[u8]) -> bool {
    head.starts_with(b"%PDF-")
}

/// Says what a file in pieces is, by the same checks as an upload, and keeps nothing.
pub fn check<'a>(
    name: &str,
    declared: Option<&str>,
    pieces: impl IntoIterator<Item = &'a [u8]>,
) -> Result<&'static Format, Error> {
    let mut inspection = Inspection::new();
    for piece in pieces {
        inspection.pass(piece)?;
    }
    Ok(inspection.finish(name, declared)?.format)
}

/// What bytes are that are no text.
enum Binary {
    Format(&'static Format),
    Zip,
}

fn binary(head: &[u8]) -> Result<Binary, Error> {
    let beginning = head.get(..ENOUGH.min(head.len())).unwrap_or_default();
    let refuse = |why| Err(Error::Unsupported(why));
    let Some(found) = infer::get(beginning) else { return refuse(Refused::Unknown) };
    if beginning.starts_with(b"PK\x03\x04") {
        return Ok(Binary::Zip);
    }
    let media_type = match found.mime_type() {
        "audio/m4a" => "audio/mp4",
        "audio/opus" => "audio/ogg",
        "audio/x-wav" => "audio/wav",
        "video/x-m4v" => "video/mp4",
        "audio/ogg" if beginning.windows(7).take(512).any(|window| window == b"\x80theora") => "video/ogg",
        other => other,
    };
    match Format::of(media_type) {
        Some(format) if format.kind != Kind::Text => Ok(Binary::Format(format)),
        _ => refuse(Refused::Kind(media_type)),
    }
}

fn text(text: &str, whole: bool, extension: Option<&str>, declared: Option<&str>) -> Result<&'static Format, Error> {
    let refuse = |why| Err(Error::Unsupported(why));
    let begun = text.trim_start();
    if begun.starts_with('<') {
        let drawing = svg::is_drawing(begun);
        return if drawing { Format::of("image/svg+xml").ok_or(Error::Unreadable) } else { refuse(Refused::Kind("text/html")) };
    }
    if begun.starts_with("#!") {
        return refuse(Refused::Active("script"));
    }
    for (start, kind) in
        [("{\\rtf", "application/rtf"), ("%!PS", "application/postscript"), ("-----BEGIN ", "application/x-pem-file")]
    {
        if begun.starts_with(start) {
            return refuse(Refused::Kind(kind));
        }
    }
    let format = match extension {
        Some(extension) => match Format::by_extension(extension) {
            Some(format) => format,
            None => return refuse(Refused::Extension(extension.to_owned())),
        },
        None => declared
            .map(essence)
            .and_then(|declared| Format::of(&declared))
            .filter(|format| format.kind == Kind::Text)
            .or_else(|| Format::of("text/plain"))
            .ok_or(Error::Unsupported(Refused::Unknown))?,
    };
    let holds = match format.media_type {
        "text/vtt" => begun.starts_with("WEBVTT"),
        "application/x-subrip" => text.lines().any(|line| line.contains(" --> ")),
        "application/json" | "application/geo+json" if whole => serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
        "application/json" | "application/geo+json" => begun.starts_with(['{', '[']),
        _ => format.kind == Kind::Text,
    };
    let told = extension.map_or_else(|| format.media_type.to_owned(), |extension| format!(".{extension}"));
    if holds { Ok(format) } else { Err(Error::Mismatch { told, found: "text/plain" }) }
}

/// Whether all bytes are UTF-8 without control characters.
struct TextCheck {
    holds: bool,
    /// The beginning of a character whose end has not come yet.
    begun: Vec<u8>,
}

impl Default for TextCheck {
    fn default() -> Self {
        Self { holds: true, begun: Vec::new() }
    }
}

impl TextCheck {
    fn pass(&mut self, mut bytes: &[u8]) {
        while self.holds && !self.begun.is_empty() {
            let Some((first, rest)) = bytes.split_first() else { return };
            self.begun.push(*first);
            bytes = rest;
            match std::str::from_utf8(&self.begun) {
                Ok(_) => self.begun.clear(),
                Err(cut) => self.holds = cut.error_len().is_none(),
            }
        }
        if !self.holds {
            return;
        }
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(cut) => {
                let (text, rest) = bytes.split_at_checked(cut.valid_up_to()).unwrap_or((bytes, &[]));
                self.holds = cut.error_len().is_none();
                self.begun = rest.to_vec();
                std::str::from_utf8(text).unwrap_or_default()
            }
        };
        self.holds &= !text.bytes().any(|b| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c) || b == 0x7f);
    }

    fn is_text(&self) -> bool {
        self.holds && self.begun.is_empty()
    }
}
