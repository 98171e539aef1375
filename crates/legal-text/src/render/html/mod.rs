//! HTML as the official form prints a document (Nghị định 30/2020/NĐ-CP, phụ lục I), for screens and for paper.
//!
//! Ids are those of the tree, numbers are text, tables are tables, quoted wording is a quotation; there are no scripts.
//! [`STYLE`] is the style sheet; [`page`] embeds it.

mod body;
mod close;
mod front;
mod toc;

use super::Link;
use super::clean::{Prose, Step};
use super::parts::{Parts, attached};
use super::source::{Field, Mark, Source};
use crate::node::Node;
use crate::parse::LegalText;
use maud::{DOCTYPE, Markup, PreEscaped, Render, html};

/// The style sheet of a document.
pub const STYLE: &str = include_str!("style.css");

/// A document as an `article` that can stand in any page.
pub fn fragment(text: &str, read: &LegalText, link: &Link<'_>) -> String {
    let mut source = Source::of(text, read, link);
    source.fields = super::front::fields(&source);
    View { source: &source }.document().into_string()
}

/// The table of contents as a `nav`; empty where the document has no headings.
pub fn contents(read: &LegalText) -> String {
    toc::nav(&read.nodes).into_string()
}

/// What stands on a page beside the document.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    /// Markup at the end of the head, as it is.
    pub head: &'a str,
    /// What a reader has to know of this text: paragraphs above it.
    pub notice: &'a [String],
    /// What has been changed in it: the id of each provision, and what is said of it, below the text.
    pub changes: &'a [(String, String)],
}

/// A document as a page of its own, with its table of contents.
pub fn page(text: &str, read: &LegalText, link: &Link<'_>, around: Around<'_>) -> String {
    let title = title(read);
    let document = fragment(text, read, link);
    html! {
        (DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
                (PreEscaped(around.head))
            }
            body.legal-page {
                (toc::nav(&read.nodes))
                main {
                    @if !around.notice.is_empty() {
                        aside.legal-notice role="note" { @for line in around.notice { p { (line) } } }
                    }
                    // A page has a heading, also where its document prints none.
                    @if !document.contains("<h1") { h1.legal-name { (title) } }
                    (PreEscaped(&document))
                    @if !around.changes.is_empty() {
                        aside.legal-changes aria-label="Nội dung được sửa đổi, bổ sung" {
                            h2 { "Nội dung được sửa đổi, bổ sung" }
                            ul { @for (eid, line) in around.changes { li { a href=(format!("#{eid}")) { (line) } } } }
                        }
                    }
                }
            }
        }
    }
    .into_string()
}

/// `Quyết định số 12/2031/QĐ-UBND: Ban hành Quy chế …`
fn title(read: &LegalText) -> String {
    let header = &read.header;
    let kind = header.doc_type.as_deref().and_then(crate::DocType::by_slug).map(|kind| kind.name);
    let number = header.number.as_deref().map(|number| format!("số {number}"));
    let name: Vec<&str> = [kind, number.as_deref()].into_iter().flatten().collect();
    let parts: Vec<String> =
        [Some(name.join(" ")), header.title.clone()].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "Văn bản".to_owned() } else { parts.join(": ") }
}

/// What is shown of a source.
struct View<'a> {
    source: &'a Source<'a>,
}

impl View<'_> {
    fn document(&self) -> Markup {
        let parts = Parts::of(self.source.text, &self.source.read.nodes);
        html! {
            article.legal lang="vi" {
                (self.preface(parts.preface))
                (self.preamble(parts.preamble))
                div.body { @for node in parts.body { (self.node(node, 2)) } }
                (self.close(parts.conclusions))
                @for node in parts.attachments { (self.attachment(node)) }
            }
        }
    }

    /// A regulation, an appendix, or what a source puts after the act.
    fn attachment(&self, node: &Node) -> Markup {
        let (heading, rest) = attached(node);
        let parts = Parts::of(self.source.text, rest);
        let id = (!node.is_leaf() || heading.is_some()).then_some(node.eid.as_str());
        html! {
            section.attachment id=[id] {
                @if let Some(heading) = heading { (self.heading_of_attachment(heading, node)) }
                @for child in parts.preface.iter().chain(parts.preamble).chain(parts.body) { (self.node(child, 3)) }
                (self.close(parts.conclusions))
                @for child in parts.attachments { (self.attachment(child)) }
            }
        }
    }

    fn prose<'p>(&'p self, prose: &'p Prose) -> Inline<'p> {
        Inline { source: self.source, prose }
    }
}

/// Text with its links and fields.
struct Inline<'p> {
    source: &'p Source<'p>,
    prose: &'p Prose,
}

impl Render for Inline<'_> {
    fn render_to(&self, out: &mut String) {
        self.prose.steps(|step| match step {
            Step::Text(text) => text.render_to(out),
            Step::Open(Mark::Link(link)) => {
                out.push_str("<a class=\"cite\" href=\"");
                self.source.address(link).render_to(out);
                out.push_str("\">");
            }
            Step::Close(Mark::Link(_)) => out.push_str("</a>"),
            Step::Open(Mark::Field(Field::Date)) => {
                let day = self.source.read.header.issued_on.map(|day| day.to_string()).unwrap_or_default();
                out.push_str("<time datetime=\"");
                day.render_to(out);
                out.push_str("\">");
            }
            Step::Close(Mark::Field(Field::Date)) => out.push_str("</time>"),
            Step::Open(Mark::Field(_)) | Step::Close(Mark::Field(_)) => {}
        });
    }
}
