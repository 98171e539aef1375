//! Akoma Ntoso 3.0 (OASIS LegalDocML), valid against its schema whatever the text.
//!
//! An act has preface, preamble, body, conclusions and attachments, in the order of the text. Every element that stands
//! for a node of the tree has its id as `eId`. Quoted wording of an amending act is a `mod`, any other quotation an
//! `embeddedStructure`.

mod address;
mod block;
mod body;
mod front;
mod given;
mod meta;

pub use given::{Akn, Direction, Gazette, Modification, TextualMod, Wording};

use super::clean::{Prose, Step};
use super::parts::{Parts, attached, is_attachment};
use super::source::{Field, Mark, Source};
use super::xml::Xml;
use crate::node::{Kind, Node};
use crate::parse::LegalText;
use address::Address;

const NAMESPACE: &str = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";

/// Writes a document as Akoma Ntoso.
///
/// `text` is what `read` was read from. What the text does not say of the act is `given`.
pub fn akn(text: &str, read: &LegalText, given: &Akn<'_>) -> String {
    let mut source = Source::of(text, read, given.link);
    source.fields = super::front::fields(&source);
    let mut document = Document {
        xml: Xml::new(),
        source: &source,
        given,
        address: Address::of(&read.header, given),
        amends: super::amending::amends(read),
    };
    document.xml.open("akomaNtoso", &[("xmlns", Some(NAMESPACE))]);
    document.act();
    document.xml.close();
    document.xml.line();
    document.xml.finish()
}

/// A document that is being written.
struct Document<'a> {
    xml: Xml,
    source: &'a Source<'a>,
    given: &'a Akn<'a>,
    address: Address,
    /// Whether what it quotes is wording of another act.
    amends: bool,
}

impl Document<'_> {
    fn act(&mut self) {
        let read = self.source.read;
        let parts = Parts::of(self.source.text, &read.nodes);
        let contains = match self.given.wording {
            Wording::AsIssued => None,
            Wording::AsAmended { .. } => Some("singleVersion"),
        };
        let name = read.header.doc_type.as_deref().unwrap_or("van-ban");
        self.xml.open("act", &[("name", Some(name)), ("contains", contains)]);
        self.meta();
        self.preface(parts.preface);
        self.preamble(parts.preamble);
        self.xml.line();
        self.xml.open("body", &[]);
        self.body(parts.body);
        self.xml.close();
        self.conclusions(parts.conclusions);
        self.attachments(parts.attachments);
        self.xml.close();
    }

    /// Recipients, signature and what stands beside them.
    fn conclusions(&mut self, nodes: &[Node]) {
        if nodes.is_empty() {
            return;
        }
        self.xml.line();
        self.xml.open("conclusions", &[]);
        let mut written = 0;
        for node in nodes {
            written += match node.kind {
                Kind::Recipients | Kind::Signature => self.close_of_act(node),
                _ => self.block(node),
            };
        }
        self.at_least_one_block(written);
        self.xml.close();
    }

    fn close_of_act(&mut self, node: &Node) -> usize {
        self.xml.open("container", &[("name", Some(node.kind.as_str())), ("eId", Some(&node.eid))]);
        let written = self.parts_of_close(node);
        self.at_least_one_block(written);
        self.xml.close();
        1
    }

    fn attachments(&mut self, nodes: &[Node]) {
        if nodes.is_empty() {
            return;
        }
        self.xml.line();
        self.xml.open("attachments", &[]);
        for node in nodes {
            self.xml.open("attachment", &[("eId", is_attachment(node.kind).then_some(node.eid.as_str()))]);
            self.attachment(node);
            self.xml.close();
        }
        self.xml.close();
    }

    /// A document of its own: a regulation, an appendix, or what a source puts after the act.
    fn attachment(&mut self, node: &Node) {
        let name = super::front::kind_of_attachment(node);
        self.xml.open("doc", &[("name", Some(name))]);
        self.meta_of_attachment(node);
        let (heading, rest) = attached(node);
        if let Some(heading) = heading {
            self.preface_of_attachment(heading, heading.eid != node.eid);
        }
        let parts = Parts::of(self.source.text, rest);
        self.xml.line();
        self.xml.open("mainBody", &[]);
        let mut written = 0;
        // An attachment has a preamble of its own only where its source does; it is part of its body.
        for child in parts.preface.iter().chain(parts.preamble).chain(parts.body) {
            written += self.hierarchy_or_block(child);
        }
        self.at_least_one_block(written);
        self.xml.close();
        self.conclusions(parts.conclusions);
        self.attachments(parts.attachments);
        self.xml.close();
    }

    /// The schema wants something inside.
    fn at_least_one_block(&mut self, written: usize) {
        if written == 0 {
            self.xml.empty("p", &[]);
        }
    }

    fn paragraph(&mut self, eid: Option<&str>, prose: &Prose) {
        let class = prose.is_rule().then_some("rule");
        self.xml.open("p", &[("eId", eid), ("class", class)]);
        self.inline(prose);
        self.xml.close();
    }

    /// Text with its citations and fields.
    fn inline(&mut self, prose: &Prose) {
        let (source, xml) = (self.source, &mut self.xml);
        prose.steps(|step| match step {
            Step::Text(text) => xml.text(text),
            Step::Open(Mark::Link(link)) => xml.open("ref", &[("href", Some(source.address(link)))]),
            Step::Open(Mark::Field(Field::Date)) => {
                let day = source.read.header.issued_on.map(|day| day.to_string());
                xml.open("docDate", &[("date", Some(day.as_deref().unwrap_or(address::NO_DAY)))]);
            }
            Step::Open(Mark::Field(field)) => xml.open(element(field), &[]),
            Step::Close(_) => xml.close(),
        });
    }
}

fn element(field: Field) -> &'static str {
    match field {
        Field::Type => "docType",
        Field::Number => "docNumber",
        Field::Title => "docTitle",
        Field::Date => "docDate",
        Field::Authority => "docAuthority",
    }
}
