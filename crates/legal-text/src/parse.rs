//! A document read whole: header, structure, citations, warnings.

use crate::citations::{self, Citation};
use crate::header::{self, Header};
use crate::lines::ended;
use crate::node::Node;
use crate::structure::{self, Note};
use serde::Serialize;

/// What is read out of the text of a document (`docs/API.md`, legal text).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LegalText {
    /// The header fields.
    pub header: Header,
    /// The tree; its leaves tile the text.
    pub nodes: Vec<Node>,
    /// Every reference to another act or to a provision of this one.
    pub citations: Vec<Citation>,
    /// What a reader should know.
    pub warnings: Vec<Note>,
}

impl LegalText {
    /// What was read together with the text, as programs are given it (`docs/API.md`, legal text).
    pub fn with_text<'a>(&'a self, text: &'a str, source_sha256: Option<&'a str>) -> WithText<'a> {
        WithText { text, source_sha256, read: self }
    }
}

/// A text and what was read out of it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WithText<'a> {
    text: &'a str,
    source_sha256: Option<&'a str>,
    #[serde(flatten)]
    read: &'a LegalText,
}

/// Reads a text.
///
/// `text` is NFC. The function is pure, never panics and takes time in proportion to the length of the text.
pub fn parse(text: &str) -> LegalText {
    let text = &*ended(text);
    let (header, front) = header::header_and_front(text);
    let about = (front.header, front.body.max(front.header));
    let (nodes, found) = structure::structure(text, front);
    let fields = header.warnings.iter().map(|warning| Note { code: warning.code, span: about, detail: warning.detail.clone() });
    let warnings = fields.chain(found).collect();
    let citations = citations::citations(text, &header, &nodes);
    LegalText { header, nodes, citations, warnings }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_whose_lines_end_with_carriage_returns_is_read_as_any_other() {
        let text = "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM\nSố: 12/2031/QĐ-UBND\nSông Lam, ngày 5 tháng 6 năm 2031\nQUYẾT ĐỊNH\n\
            Về dữ liệu\nĐiều 1. Mở dữ liệu\n1. Mở.\n2. Đóng theo khoản 1 Điều này.\n";
        let read = parse(text);
        assert_eq!(crate::walk(&read.nodes).filter(|node| node.kind == crate::Kind::Clause).count(), 2);
        assert_eq!(parse(&text.replace('\n', "\r")), read);
    }
}
