//! DOCX (Office Open XML) by the official form of documents: styles, headings with outline levels, tables.
//!
//! The bytes depend on the document alone.

mod body;
mod front;
mod package;
mod table;
mod writer;

pub use package::TooLarge;

use super::Link;
use super::parts::{Parts, attached};
use super::source::Source;
use crate::node::{Kind, Node};
use crate::parse::LegalText;
use table::Share;
use writer::{Document, Face, Format, Style};

/// Writes a document as a DOCX file. What a reader has to know of this text stands in paragraphs
/// above and below it.
///
/// # Errors
///
/// When the document is larger than the format can hold.
pub fn docx(text: &str, read: &LegalText, link: &Link<'_>, (above, below): (&[String], &[String])) -> Result<Vec<u8>, TooLarge> {
    let mut source = Source::of(text, read, link);
    source.fields = super::front::fields(&source);
    let mut document = Document::new(&source);
    document.notes(above);
    document.act();
    document.notes(below);
    let (body, relations) = document.finish();
    package::package(&body, &relations, &read.header)
}

impl Document<'_> {
    fn notes(&mut self, lines: &[String]) {
        for line in lines {
            self.formatted(Style::BodyText, Format::default(), |document| document.text(line, Face::Italic));
        }
    }

    fn act(&mut self) {
        let parts = Parts::of(self.source.text, &self.source.read.nodes);
        self.preface(parts.preface);
        self.preamble(parts.preamble);
        for node in parts.body {
            self.node(node, 1);
        }
        self.close(parts.conclusions);
        for node in parts.attachments {
            self.attachment(node);
        }
    }

    /// A regulation or an appendix begins a page.
    fn attachment(&mut self, node: &Node) {
        let (heading, rest) = attached(node);
        self.bookmark(&node.eid);
        self.page_break();
        if let Some(heading) = heading {
            self.heading_of_attachment(heading);
        }
        let parts = Parts::of(self.source.text, rest);
        for child in parts.preface.iter().chain(parts.preamble).chain(parts.body) {
            self.node(child, 2);
        }
        self.close(parts.conclusions);
        for child in parts.attachments {
            self.attachment(child);
        }
    }

    /// Recipients left, signature right, as far as they stand beside each other.
    fn close(&mut self, nodes: &[Node]) {
        let mut rest = nodes;
        while let Some((first, others)) = rest.split_first() {
            let length = rest.iter().take_while(|node| matches!(node.kind, Kind::Recipients | Kind::Signature)).count();
            if length == 0 {
                self.leaf(first, Style::BodyText);
                rest = others;
                continue;
            }
            let (pair, others) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            self.recipients_and_signature(pair);
            rest = others;
        }
    }

    pub(super) fn recipients_and_signature(&mut self, nodes: &[Node]) {
        let of = |kind: Kind| nodes.iter().filter(move |node| node.kind == kind);
        self.columns(
            Share::Close,
            |document| of(Kind::Recipients).for_each(|node| document.recipients(node)),
            |document| {
                of(Kind::Recipients).for_each(|node| document.beside_recipients(node));
                of(Kind::Signature).for_each(|node| document.signature(node));
            },
        );
    }
}
