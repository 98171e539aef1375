//! Plain text, a paragraph to a line.

use super::clean::Prose;
use super::front::{heading_of_attachment, letterhead};
use super::opening::Opening;
use super::paragraphs::of_leaf;
use super::parts::{attached, is_attachment};
use super::quoted::provisions;
use super::source::Source;
use super::table::{Piece, Row, table};
use crate::compare::is_unit;
use crate::node::{Kind, Node};
use crate::parse::LegalText;

/// A whole document: a paragraph to a line, numbers kept, the cells of a row parted by ` | `.
pub fn text(text: &str, read: &LegalText) -> String {
    nodes_text(text, read, &read.nodes)
}

/// One node of a document in the same form.
///
/// `text` and `read` are those of the whole document, of which the node is a part.
pub fn node_text(text: &str, read: &LegalText, node: &Node) -> String {
    nodes_text(text, read, std::slice::from_ref(node))
}

/// Gives the text of nodes of one document in the same form, without the white space at its end.
///
/// `text` and `read` are those of the whole document: what they share is worked out once.
pub fn node_texts<'a>(text: &'a str, read: &'a LegalText) -> impl Fn(&Node) -> String + 'a {
    let mut source = Source::plain(text, read);
    source.fields = super::front::fields(&source);
    move |node| {
        let mut lines = Lines { source: &source, out: String::new() };
        lines.node(node);
        lines.out.truncate(lines.out.trim_end().len());
        lines.out
    }
}

/// Gives the words of a node without its number and without the provisions inside it, in the same form.
pub(crate) fn own_text<'a>(text: &'a str, read: &'a LegalText) -> impl Fn(&Node) -> String + 'a {
    let mut source = Source::plain(text, read);
    source.fields = super::front::fields(&source);
    move |node| {
        let mut lines = Lines { source: &source, out: String::new() };
        lines.own(node);
        lines.out.truncate(lines.out.trim_end().len());
        lines.out
    }
}

fn nodes_text(text: &str, read: &LegalText, nodes: &[Node]) -> String {
    let mut source = Source::plain(text, read);
    source.fields = super::front::fields(&source);
    let mut lines = Lines { source: &source, out: String::new() };
    for node in nodes {
        lines.node(node);
    }
    lines.out
}

/// Lines that are being written.
struct Lines<'a> {
    source: &'a Source<'a>,
    out: String,
}

impl Lines<'_> {
    /// A node without its number and without what has a number inside it.
    fn own(&mut self, node: &Node) {
        if is_attachment(node.kind) || !(node.kind.is_provision() || node.kind == Kind::Form) {
            self.node_but_provisions(node);
            return;
        }
        let opening = Opening::of(self.source, node);
        for prose in opening.heading.1.iter().chain(&opening.intro.1) {
            self.line(&prose.text);
        }
        opening.rest.iter().filter(|child| !is_unit(child.kind)).for_each(|child| self.node_but_provisions(child));
    }

    fn node_but_provisions(&mut self, node: &Node) {
        if is_attachment(node.kind) {
            let (heading, rest) = attached(node);
            self.heading_of_attachment(heading);
            rest.iter().filter(|child| !is_unit(child.kind)).for_each(|child| self.node_but_provisions(child));
        } else if node.is_leaf() || node.kind == Kind::Header {
            self.node(node);
        } else {
            node.children.iter().filter(|child| !is_unit(child.kind)).for_each(|child| self.node_but_provisions(child));
        }
    }

    fn node(&mut self, node: &Node) {
        match node.kind {
            Kind::Header => self.header(node),
            Kind::Table if node.is_leaf() => self.table(node),
            Kind::Quoted if node.is_leaf() => self.quoted(node),
            kind if is_attachment(kind) => self.attachment(node),
            _ if node.is_leaf() => self.leaf(node),
            _ => node.children.iter().for_each(|child| self.node(child)),
        }
    }

    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            self.out.push_str(line);
            self.out.push('\n');
        }
    }

    fn leaf(&mut self, node: &Node) {
        for prose in of_leaf(self.source, node) {
            self.line(&prose.text);
        }
    }

    fn header(&mut self, header: &Node) {
        for line in letterhead(self.source, header) {
            let pieces: Vec<String> = line.pieces.iter().map(|(_, range)| Prose::of(self.source, range.clone()).text).collect();
            self.line(&pieces.join(" "));
        }
    }

    fn attachment(&mut self, node: &Node) {
        let (heading, rest) = attached(node);
        self.heading_of_attachment(heading);
        rest.iter().for_each(|child| self.node(child));
    }

    fn heading_of_attachment(&mut self, heading: Option<&Node>) {
        for (_, prose) in heading.map(|heading| heading_of_attachment(self.source, heading)).unwrap_or_default() {
            self.line(&prose.text);
        }
    }

    fn quoted(&mut self, node: &Node) {
        for part in provisions(self.source, node) {
            self.node(&part);
        }
    }

    fn table(&mut self, node: &Node) {
        for piece in table(self.source, node.span.0..node.span.1) {
            match piece {
                Piece::Rows(rows) => rows.iter().for_each(|row| self.row(row)),
                Piece::Paragraph(prose) => self.line(&prose.text),
            }
        }
    }

    fn row(&mut self, row: &Row) {
        let cell = |cell: &Vec<Prose>| cell.iter().map(|prose| prose.text.as_str()).collect::<Vec<_>>().join(" ");
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        self.line(cells.join(" | ").trim_end());
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::node::walk;
    use crate::parse::parse;

    #[test]
    fn a_paragraph_is_a_line() {
        let source = "**Điều 1. Tên**\n1. Một:\na) Hai;\nb) Ba:\n| STT | Giá |\n| 1 | |\nĐiều 2. Hiệu lực\nHai câu.";
        let read = parse(source);
        assert_eq!(text(source, &read), "Điều 1. Tên\n1. Một:\na) Hai;\nb) Ba:\nSTT | Giá\n1 |\nĐiều 2. Hiệu lực\nHai câu.\n");
        let point = walk(&read.nodes).find(|node| node.eid == "art_1__para_1__point_a").unwrap();
        assert_eq!(node_text(source, &read, point), "a) Hai;\n");
    }
}
