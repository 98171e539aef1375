//! What is found in a text.

use super::told::Told;
use crate::content::{Content, LegalBase};
use crate::files::Evidence;
use crate::found::{self, Findings};
use kernel::print_date;
use legal_text::{Header, LegalText, Note};
use source_text::Reading;

/// No text tells more of its structure: what goes beyond is left out.
const MOST_NOTES: usize = 50;

/// A text that was read and understood.
pub(super) struct Parsed {
    /// Its content; the issuer's id is still to be found.
    pub content: Content,
    pub found: Findings,
    /// Its issuer as the text names it.
    pub issuer: Option<String>,
    pub warnings: Vec<String>,
    pub notes: Vec<Note>,
    /// The text as it was read, until nothing can be told beside it any more.
    read: Option<LegalText>,
}

impl Parsed {
    /// A document without a text.
    pub fn empty() -> Self {
        let (content, notes) = (Content::empty(), Vec::new());
        Self { content, found: Findings::default(), issuer: None, warnings: Vec::new(), notes, read: None }
    }

    /// Finds the fields in a text.
    fn of_text(text: String) -> Self {
        let mut read = legal_text::parse(&text);
        let header = read.header.clone();
        let warnings = header.warnings.iter().map(|warning| warning.code.to_owned()).collect();
        let mut notes = std::mem::take(&mut read.warnings);
        notes.truncate(MOST_NOTES);
        let (issuer, content) = fields(header, text);
        let found = found::found_in(Some(&read), &content);
        Self { content, found, issuer, warnings, notes, read: Some(read) }
    }

    /// The same with what is told: that counts, not what the text says.
    pub fn told(self, told: &Told) -> Self {
        let other_text = told.body().filter(|body| Some(*body) != self.content.body_text.as_deref());
        let read = match other_text {
            Some(body) => Self { warnings: self.warnings, ..Self::of_text(body.to_owned()) },
            None => self,
        };
        let content = told.over(read.content);
        let in_vietnamese = read.read.as_ref().filter(|_| content.language == "vi");
        let found = found::found_in(in_vietnamese, &content);
        let warnings = read.warnings.into_iter().filter(|warning| !told.answers(warning)).collect();
        Self { content, found, warnings, ..read }
    }
}

/// Finds the fields in what was read. A scan has none: people have to enter them.
pub(super) fn understand(reading: Reading) -> (Parsed, Evidence) {
    let evidence = Evidence::of(&reading);
    let mut warnings = Vec::new();
    if !reading.scanned_pages.is_empty() {
        warnings.push(if reading.text.is_none() { "scan" } else { "scanned_pages" }.to_owned());
    }
    let mut parsed = reading.text.map_or_else(Parsed::empty, Parsed::of_text);
    warnings.append(&mut parsed.warnings);
    (Parsed { warnings, ..parsed }, evidence)
}

/// The issuer by name, and the content, of which the issuer's id is still to be found.
fn fields(header: Header, text: String) -> (Option<String>, Content) {
    let legal_bases = header
        .legal_bases
        .into_iter()
        .map(|base| LegalBase {
            number: base.number,
            title: base.title,
            issued_on: base.issued_on.map(print_date),
            document_id: None,
        })
        .collect();
    let content = Content {
        number: header.number,
        doc_type: header.doc_type,
        title: header.title,
        place: header.place,
        issued_on: header.issued_on.map(print_date),
        effective_on: header.effective_on.map(print_date),
        expires_on: header.expires_on.filter(|day| header.effective_on.is_none_or(|from| *day > from)).map(print_date),
        signer_name: header.signer_name,
        signer_title: header.signer_title,
        signer_capacity: header.signer_capacity,
        legal_bases,
        body_text: Some(text),
        ..Content::empty()
    };
    (header.issuer, content)
}
