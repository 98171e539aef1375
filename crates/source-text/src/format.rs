//! Which kind of source a file is.

use crate::Error;
use serde::{Deserialize, Serialize};

/// The extensions of files that are read, in lower case.
pub const EXTENSIONS: [&str; 9] = ["txt", "text", "html", "htm", "docx", "docm", "dotx", "dotm", "pdf"];

/// A kind of source that this crate reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Text without form.
    Text,
    /// A page of a web site.
    Html,
    /// An Office Open XML text document.
    Docx,
    /// A PDF file.
    Pdf,
}

/// How far into a file its header may begin; some programs write bytes before it.
const HEAD: usize = 1024;

impl Format {
    /// Tells the format of a file by its content; the name only says what was expected.
    ///
    /// Text has no mark of its own, so it is by their names that texts and pages are told. `None` is a file that neither
    /// claims to be one of these formats nor is one. A file that claims to be DOCX or PDF by its extension and is something
    /// else is an error, as are an encrypted office document and the binary format of Word before 2007.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Option<Self>, Error> {
        let told = Self::told(name);
        if bytes.get(..bytes.len().min(HEAD)).is_some_and(|head| contains(head, b"%PDF-")) {
            return Ok(Some(Self::Pdf));
        }
        if bytes.starts_with(&OLE) {
            return Err(compound(bytes));
        }
        if bytes.starts_with(b"PK\x03\x04") && (told == Some(Self::Docx) || contains(bytes, b"word/document.xml")) {
            return Ok(Some(Self::Docx));
        }
        match told {
            Some(format @ (Self::Docx | Self::Pdf)) => Err(Error::NotThis { format }),
            told => Ok(told),
        }
    }

    /// The format's name as people know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "TXT",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::Pdf => "PDF",
        }
    }

    /// The format's media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Html => "text/html",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
        }
    }

    fn told(name: &str) -> Option<Self> {
        match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "html" | "htm" => Some(Self::Html),
            "docx" | "docm" | "dotx" | "dotm" => Some(Self::Docx),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// The beginning of a compound file, which holds a document of Word before 2007 or an encrypted one of today.
pub(crate) const OLE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Why a compound file is not read.
pub(crate) fn compound(bytes: &[u8]) -> Error {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if contains(bytes, &name) { Error::Encrypted { format: Format::Docx } } else { Error::LegacyWord }
}

/// Whether `bytes` has `part` in it.
pub(crate) fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
