//! Any file that is read, whatever its kind.

use crate::child::{self, Allowance, Extraction, Program};
use crate::pdf::Signature;
use crate::{Error, Format, Limits, docx, html};
use kernel::text::legacy::{Decoded, Encoding, decode};

/// Reads files; PDF files in a child process.
#[derive(Debug, Clone)]
pub struct Reader {
    program: Program,
    allowance: Allowance,
    limits: Limits,
}

/// What was read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Its kind.
    pub format: Format,
    /// How its letters were coded.
    pub encoding: Encoding,
    /// Its text, NFC; `None` where it holds nothing but pictures.
    pub text: Option<String>,
    /// How many pages it has, where it has pages.
    pub pages: Option<usize>,
    /// The numbers of the pages that are pictures of text, or whose letters cannot be told, from 1.
    pub scanned_pages: Vec<usize>,
    /// The evidence of its digital signatures.
    pub signatures: Vec<Signature>,
}

impl Reader {
    /// A reader whose child is `program`, within the usual limits.
    pub fn new(program: Program) -> Self {
        Self { program, allowance: Allowance::default(), limits: Limits::default() }
    }

    /// Reads a file. It blocks for as long as that takes.
    pub fn read(&self, name: &str, bytes: &[u8]) -> Result<Reading, Error> {
        match Format::of(name, bytes)?.ok_or(Error::Unsupported)? {
            Format::Text => Ok(Reading::of(Format::Text, decode(bytes)?)),
            Format::Html => {
                let source = decode(bytes)?;
                let shown = decode(html::visible_text(&source.text).as_bytes())?;
                // A page in Unicode may still have an old encoding pasted into it.
                let encoding = if source.encoding == Encoding::Utf8 { shown.encoding } else { source.encoding };
                Ok(Reading::of(Format::Html, Decoded { encoding, ..shown }))
            }
            Format::Docx => Ok(Reading::of(Format::Docx, decode(docx::visible_text(bytes, &self.limits)?.as_bytes())?)),
            Format::Pdf => Reading::of_pdf(child::run(&self.program, bytes, &self.allowance)?),
        }
    }
}

impl Reading {
    fn of(format: Format, decoded: Decoded) -> Self {
        Self {
            format,
            encoding: decoded.encoding,
            text: Some(decoded.text),
            pages: None,
            scanned_pages: Vec::new(),
            signatures: Vec::new(),
        }
    }

    fn of_pdf(extraction: Extraction) -> Result<Self, Error> {
        let (pages, scanned_pages) = (extraction.text.pages.len(), extraction.text.scanned_pages());
        let read = match decode(extraction.text.text().as_bytes()) {
            // A scan is a document too, one that people have to read themselves.
            Ok(_) if extraction.text.is_scan() => None,
            Ok(decoded) => Some(decoded),
            Err(_) if !scanned_pages.is_empty() => None,
            Err(error) => return Err(error.into()),
        };
        let (text, encoding) = read.map_or((None, Encoding::Utf8), |read| (Some(read.text), read.encoding));
        Ok(Self { format: Format::Pdf, encoding, text, pages: Some(pages), scanned_pages, signatures: extraction.signatures })
    }
}
