//! Paragraphs and runs of WordprocessingML.

use super::super::clean::{Prose, Step};
use super::super::source::{Mark, Source};
use super::super::xml::Xml;

/// The styles of `parts/styles.xml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    BodyText,
    /// A heading of a level from 1 on.
    Heading(u8),
    Title,
    Letterhead,
    Preamble,
    Centered,
    IssuedWith,
    Clause,
    Point,
    ListItem,
    Quoted,
    TableText,
    TableHead,
    Recipients,
    Signature,
}

impl Style {
    fn id(self) -> &'static str {
        match self {
            Self::BodyText => "BodyText",
            Self::Heading(0 | 1) => "Heading1",
            Self::Heading(2) => "Heading2",
            Self::Heading(3) => "Heading3",
            Self::Heading(4) => "Heading4",
            Self::Heading(5) => "Heading5",
            Self::Heading(_) => "Heading6",
            Self::Title => "Title",
            Self::Letterhead => "Letterhead",
            Self::Preamble => "Preamble",
            Self::Centered => "Centered",
            Self::IssuedWith => "IssuedWith",
            Self::Clause => "Clause",
            Self::Point => "Point",
            Self::ListItem => "ListItem",
            Self::Quoted => "Quoted",
            Self::TableText => "TableText",
            Self::TableHead => "TableHead",
            Self::Recipients => "Recipients",
            Self::Signature => "Signature",
        }
    }
}

/// How a paragraph differs from its style.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Format {
    pub centred: bool,
    /// Room above it, in twentieths of a point.
    pub above: Option<u16>,
    /// Its place in the outline where its style has none, from 0.
    pub outline: Option<u8>,
}

/// How a run is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Plain,
    Bold,
    Italic,
    BoldItalic,
}

/// A document that is being written.
pub(super) struct Document<'a> {
    pub xml: Xml,
    pub source: &'a Source<'a>,
    /// The addresses that links lead to.
    links: Vec<String>,
    /// Ids that wait for the paragraph they name.
    waiting: Vec<String>,
    bookmarks: usize,
    breaks: bool,
    /// Inside how many quotations it is.
    pub quoted: usize,
}

/// Longer names are refused by readers.
const LONGEST_BOOKMARK: usize = 40;

impl<'a> Document<'a> {
    pub fn new(source: &'a Source<'a>) -> Self {
        let mut xml = Xml::new();
        xml.open(
            "w:document",
            &[
                ("xmlns:w", Some("http://schemas.openxmlformats.org/wordprocessingml/2006/main")),
                ("xmlns:r", Some("http://schemas.openxmlformats.org/officeDocument/2006/relationships")),
            ],
        );
        xml.open("w:body", &[]);
        Self { xml, source, links: Vec::new(), waiting: Vec::new(), bookmarks: 0, breaks: false, quoted: 0 }
    }

    /// The document, and the addresses it leads to.
    pub fn finish(mut self) -> (String, Vec<String>) {
        self.xml.open("w:sectPr", &[]);
        self.xml.empty("w:headerReference", &[("w:type", Some("default")), ("r:id", Some("header"))]);
        self.xml.empty("w:pgSz", &[("w:w", Some("11906")), ("w:h", Some("16838"))]);
        // Nghị định 30/2020/NĐ-CP, phụ lục I: 20 mm above and below, 30 mm left, 15 mm right.
        let margins = [
            ("w:top", Some("1134")),
            ("w:right", Some("851")),
            ("w:bottom", Some("1134")),
            ("w:left", Some("1701")),
            ("w:header", Some("567")),
            ("w:footer", Some("567")),
            ("w:gutter", Some("0")),
        ];
        self.xml.empty("w:pgMar", &margins);
        // The first page has no number.
        self.xml.empty("w:titlePg", &[]);
        (self.xml.finish(), self.links)
    }

    /// Names the next paragraph by the id of a node.
    pub fn bookmark(&mut self, eid: &str) {
        let name = bookmark_name(eid);
        if name.len() <= LONGEST_BOOKMARK && self.waiting.last() != Some(&name) {
            self.waiting.push(name);
        }
    }

    /// Lets the next paragraph begin a page.
    pub fn page_break(&mut self) {
        self.breaks = true;
    }

    pub fn paragraph(&mut self, style: Style, prose: &Prose) {
        self.formatted(style, Format::default(), |document| document.run(prose, Face::Plain));
    }

    /// A paragraph with whatever `content` writes into it.
    pub fn formatted(&mut self, style: Style, format: Format, content: impl FnOnce(&mut Self)) {
        self.xml.open("w:p", &[]);
        self.xml.open("w:pPr", &[]);
        let style = if self.quoted > 0 && matches!(style, Style::BodyText | Style::Clause) { Style::Quoted } else { style };
        self.value("w:pStyle", style.id());
        if std::mem::take(&mut self.breaks) {
            self.xml.empty("w:pageBreakBefore", &[]);
        }
        if let Some(above) = format.above {
            self.xml.empty("w:spacing", &[("w:before", Some(&above.to_string()))]);
        }
        if format.centred {
            self.xml.empty("w:ind", &[("w:firstLine", Some("0"))]);
            self.value("w:jc", "center");
        }
        if let Some(outline) = format.outline {
            self.value("w:outlineLvl", &outline.min(8).to_string());
        }
        self.xml.close();
        let names = std::mem::take(&mut self.waiting);
        let first = self.bookmarks;
        for name in &names {
            let id = self.bookmarks.to_string();
            self.xml.empty("w:bookmarkStart", &[("w:id", Some(&id)), ("w:name", Some(name))]);
            self.bookmarks += 1;
        }
        content(self);
        for id in first..self.bookmarks {
            self.xml.empty("w:bookmarkEnd", &[("w:id", Some(&id.to_string()))]);
        }
        self.xml.close();
    }

    pub fn run(&mut self, prose: &Prose, face: Face) {
        prose.steps(|step| match step {
            Step::Text(text) => self.text(text, face),
            Step::Open(Mark::Link(link)) => self.open_link(link),
            Step::Close(Mark::Link(_)) => self.xml.close(),
            Step::Open(Mark::Field(_)) | Step::Close(Mark::Field(_)) => {}
        });
    }

    pub fn text(&mut self, text: &str, face: Face) {
        self.xml.open("w:r", &[]);
        if face != Face::Plain {
            self.xml.open("w:rPr", &[]);
            if matches!(face, Face::Bold | Face::BoldItalic) {
                self.xml.empty("w:b", &[]);
            }
            if matches!(face, Face::Italic | Face::BoldItalic) {
                self.xml.empty("w:i", &[]);
            }
            self.xml.close();
        }
        self.xml.open("w:t", &[("xml:space", Some("preserve"))]);
        self.xml.text(text);
        self.xml.close();
        self.xml.close();
    }

    /// A link inside the document leads to a bookmark.
    fn open_link(&mut self, link: usize) {
        let address = self.source.address(link);
        if let Some(eid) = address.strip_prefix('#') {
            let name = bookmark_name(eid);
            self.xml.open("w:hyperlink", &[("w:anchor", Some(&name))]);
            return;
        }
        let id = format!("link{}", self.links.len());
        self.links.push(address.to_owned());
        self.xml.open("w:hyperlink", &[("r:id", Some(&id))]);
    }

    pub fn value(&mut self, name: &'static str, value: &str) {
        self.xml.empty(name, &[("w:val", Some(value))]);
    }
}

/// Names of bookmarks have letters, figures and underscores.
fn bookmark_name(eid: &str) -> String {
    eid.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}
