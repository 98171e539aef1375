//! The tree of a document: every node with its kind, its id, and its exact place in the text.

use serde::Serialize;

/// What a node is (names as `docs/DOMAIN.md` gives them).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Letterhead, number, place and day, kind and abstract.
    Header,
    /// The statements an act rests on (căn cứ, theo đề nghị).
    Preamble,
    /// The enacting words: `QUYẾT ĐỊNH:`, `Chính phủ ban hành Nghị định …`.
    Formula,
    /// Phần.
    Part,
    /// Chương.
    Chapter,
    /// Mục; in documents without articles, what a Roman number opens.
    Section,
    /// Tiểu mục.
    Subsection,
    /// Điều.
    Article,
    /// Khoản.
    Clause,
    /// Điểm.
    Point,
    /// Tiết.
    Subpoint,
    /// The line with number and heading of what holds other nodes.
    Heading,
    /// What stands before the first part of what holds other nodes.
    Intro,
    /// A run of items.
    List,
    /// An item of a list, or a statement of the preamble.
    Item,
    /// A table whose cells are text.
    Table,
    /// A form to be filled in.
    Form,
    /// The new wording of another act, quoted by an amending provision.
    Quoted,
    /// Phụ lục, Danh mục.
    Appendix,
    /// A regulation issued with the act (Mẫu 18 of Nghị định 78/2025/NĐ-CP), a document of its own.
    Attachment,
    /// Nơi nhận.
    Recipients,
    /// Capacity, title and name of the signer.
    Signature,
    /// A paragraph, or text that could not be placed.
    Text,
}

impl Kind {
    /// The kind as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Preamble => "preamble",
            Self::Formula => "formula",
            Self::Part => "part",
            Self::Chapter => "chapter",
            Self::Section => "section",
            Self::Subsection => "subsection",
            Self::Article => "article",
            Self::Clause => "clause",
            Self::Point => "point",
            Self::Subpoint => "subpoint",
            Self::Heading => "heading",
            Self::Intro => "intro",
            Self::List => "list",
            Self::Item => "item",
            Self::Table => "table",
            Self::Form => "form",
            Self::Quoted => "quoted",
            Self::Appendix => "appendix",
            Self::Attachment => "attachment",
            Self::Recipients => "recipients",
            Self::Signature => "signature",
            Self::Text => "text",
        }
    }

    /// The name of the kind in ids: `art`, `para`, `att`.
    pub(crate) fn token(self) -> &'static str {
        match self {
            Self::Chapter => "chp",
            Self::Section => "sec",
            Self::Subsection => "subsec",
            Self::Article => "art",
            Self::Clause => "para",
            Self::Quoted => "qstr",
            Self::Appendix | Self::Attachment => "att",
            other => other.as_str(),
        }
    }

    /// Whether it is a provision, of the parts an act is divided into.
    pub fn is_provision(self) -> bool {
        matches!(
            self,
            Self::Part
                | Self::Chapter
                | Self::Section
                | Self::Subsection
                | Self::Article
                | Self::Clause
                | Self::Point
                | Self::Subpoint
        )
    }

    /// Whether it groups articles.
    pub fn groups_articles(self) -> bool {
        matches!(self, Self::Part | Self::Chapter | Self::Section | Self::Subsection)
    }
}

/// A node of the tree. The leaves tile the text: only white space lies between one and the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Its id in the document, by the naming convention of Akoma Ntoso: `att_1__chp_2__art_9__para_6__point_b`.
    pub eid: String,
    /// What it is.
    pub kind: Kind,
    /// Its number as printed, without the marks around it: `9`, `7a`, `II`, `đ`.
    pub num: Option<String>,
    /// Its heading in one line, without number and marks.
    pub heading: Option<String>,
    /// Where it stands: first byte and the byte after the last, in the text.
    pub span: (usize, usize),
    /// Its parts; a node that has parts owns no text itself.
    pub children: Vec<Node>,
}

impl Node {
    /// Gives this node and all below it, each before its parts.
    pub fn walk(&self) -> Walk<'_> {
        Walk { stack: vec![self] }
    }

    /// Whether it holds text itself.
    pub fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }

    /// The characters it spans.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.span.0..self.span.1).unwrap_or_default()
    }
}

/// Walks trees in reading order.
pub struct Walk<'n> {
    stack: Vec<&'n Node>,
}

impl<'n> Iterator for Walk<'n> {
    type Item = &'n Node;

    fn next(&mut self) -> Option<&'n Node> {
        let node = self.stack.pop()?;
        self.stack.extend(node.children.iter().rev());
        Some(node)
    }
}

/// Walks all nodes of a document in reading order.
pub fn walk(nodes: &[Node]) -> Walk<'_> {
    Walk { stack: nodes.iter().rev().collect() }
}
