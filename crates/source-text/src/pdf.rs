//! PDF files: the text of their pages, and the evidence of their signatures.
//!
//! Text is placed by this crate; the files and their fonts are parsed by the libraries of the hayro project. Those are
//! made to be safe, yet a hostile file may make them panic, or take more time or memory than there is, so everything here is
//! called through [`crate::child`] where files come from outside.

mod annotations;
mod glyph;
mod interpret;
mod layers;
mod line;
mod order;
mod page;
mod signature;
mod stamp;
mod state;

pub use page::{Layer, Page, PdfText};
pub use signature::{Certificate, Chain, Check, Coverage, Party, Purpose, Signature, Timestamp, signatures};

use crate::child::Extraction;
use crate::error::Bound;
use crate::{Error, Format};
use hayro_font::FontCache;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use interpret::{Budget, Fonts};
use layers::Layers;

/// Pages that are read.
const PAGES: usize = 20_000;
/// Bytes of text that are given out.
const TEXT: usize = 32 << 20;

/// Gives the text of a PDF, page by page.
///
/// Lines follow each other as the file draws them, which is how its author reads them; where a file draws in no order
/// they go from top to bottom. What was stamped on a page (a number, a date, the look of a signature) is read where it
/// stands. All text is NFC. Headers and footers are left out where the file marks them as such.
///
/// A page without text is told apart by its [`Layer`]: a scan is no error. A file that takes a password to open is
/// refused; one that takes none is read, whatever it says of copying.
pub fn text(bytes: &[u8]) -> Result<PdfText, Error> {
    text_of(&open(bytes)?)
}

/// Gives the text of a PDF and the evidence of its signatures.
pub fn extract(bytes: &[u8]) -> Result<Extraction, Error> {
    let pdf = open(bytes)?;
    Ok(Extraction { text: text_of(&pdf)?, signatures: signature::signatures_of(&pdf, bytes) })
}

fn text_of(pdf: &Pdf) -> Result<PdfText, Error> {
    let pages = pdf.pages();
    if pages.len() > PAGES {
        return Err(Error::TooLarge { bound: Bound::Pages, max: PAGES as u64 });
    }
    let layers = Layers::of(pdf);
    let cache = FontCache::new();
    let fonts = Fonts::new(&cache);
    let mut budget = Budget::default();
    let mut found = PdfText::default();
    let mut bytes = 0;
    for page in pages.iter() {
        let page = page::read(page, &fonts, &layers, &mut budget)?;
        bytes += page.text.len();
        if bytes > TEXT {
            return Err(Error::TooLarge { bound: Bound::TextBytes, max: TEXT as u64 });
        }
        found.pages.push(page);
    }
    Ok(found)
}

/// Parses a file so far that its objects can be looked up.
fn open(bytes: &[u8]) -> Result<Pdf, Error> {
    Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::Encrypted { format: Format::Pdf },
        LoadPdfError::Decryption(_) => damaged("encryption"),
        LoadPdfError::Invalid if crate::format::contains(bytes, b"%PDF-") => damaged("structure"),
        LoadPdfError::Invalid => Error::NotThis { format: Format::Pdf },
    })
}

fn damaged(part: &str) -> Error {
    Error::Damaged { format: Format::Pdf, part: part.to_owned() }
}
