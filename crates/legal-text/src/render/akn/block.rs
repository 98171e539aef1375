//! Blocks: paragraphs, lists, tables, quotations, recipients, signatures.

use super::super::clean::Prose;
use super::super::number::numbered;
use super::super::opening::Opening;
use super::super::paragraphs::of_leaf;
use super::super::quoted::provisions;
use super::super::table::{Piece, Row, table};
use super::Document;
use crate::node::{Kind, Node};

impl Document<'_> {
    /// Writes a node as blocks and tells how many.
    pub(super) fn block(&mut self, node: &Node) -> usize {
        match node.kind {
            Kind::Table if node.is_leaf() => self.table(node),
            Kind::List if !node.is_leaf() => self.list(node),
            Kind::Quoted => self.quoted(node),
            Kind::Recipients | Kind::Signature => self.held(node),
            kind if kind.is_provision() || kind == Kind::Form => self.provision(node),
            _ if node.is_leaf() => self.leaf(node),
            _ => self.held(node),
        }
    }

    pub(super) fn leaf(&mut self, node: &Node) -> usize {
        let words = of_leaf(self.source, node);
        self.own_paragraphs(Some(&node.eid), &words);
        words.len().min(1)
    }

    /// The paragraphs of one node: one has the id itself, several have it together.
    pub(super) fn own_paragraphs(&mut self, eid: Option<&str>, words: &[Prose]) {
        if let [only] = words {
            self.paragraph(eid, only);
        } else if !words.is_empty() {
            self.xml.open("blockContainer", &[("eId", eid)]);
            for prose in words {
                self.paragraph(None, prose);
            }
            self.xml.close();
        }
    }

    /// A node that holds others, where only blocks may stand.
    fn held(&mut self, node: &Node) -> usize {
        self.xml.open("blockContainer", &[("eId", Some(&node.eid)), ("class", Some(node.kind.as_str()))]);
        let written = match node.kind {
            Kind::Recipients | Kind::Signature => self.parts_of_close(node),
            _ => node.children.iter().map(|child| self.block(child)).sum(),
        };
        self.at_least_one_block(written);
        self.xml.close();
        1
    }

    /// A provision where only blocks may stand, as in an item of a list.
    fn provision(&mut self, node: &Node) -> usize {
        self.xml.open("blockContainer", &[("eId", Some(&node.eid)), ("class", Some(node.kind.as_str()))]);
        let opening = Opening::of(self.source, node);
        self.number_and_heading(&opening);
        let (intro, words) = &opening.intro;
        self.own_paragraphs(intro.map(|intro| intro.eid.as_str()), words);
        let mut written = words.len();
        for child in opening.rest {
            written += self.block(child);
        }
        self.at_least_one_block(written);
        self.xml.close();
        1
    }

    fn list(&mut self, node: &Node) -> usize {
        self.xml.open("blockList", &[("eId", Some(&node.eid))]);
        for item in &node.children {
            self.item(item);
        }
        self.xml.close();
        1
    }

    fn item(&mut self, item: &Node) {
        self.xml.open("item", &[("eId", Some(&item.eid))]);
        let (own, rest) = match item.children.as_slice() {
            [own, rest @ ..] if own.is_leaf() && own.kind == Kind::Intro => (own, rest),
            children => (item, children),
        };
        let mut written = 0;
        if own.is_leaf() {
            let mut words = of_leaf(self.source, own);
            if !words.is_empty() {
                let (number, first) = numbered(words.remove(0), item);
                if let Some(number) = number {
                    self.xml.open("num", &[]);
                    self.inline(&number);
                    self.xml.close();
                }
                words.insert(0, first);
            }
            words.retain(|prose| !prose.is_empty());
            let eid = Some(own.eid.as_str()).filter(|eid| *eid != item.eid);
            self.own_paragraphs(eid, &words);
            written += words.len();
        }
        for child in rest {
            written += self.block(child);
        }
        self.at_least_one_block(written);
        self.xml.close();
    }

    fn table(&mut self, node: &Node) -> usize {
        let pieces = table(self.source, node.span.0..node.span.1);
        match pieces.as_slice() {
            [] => 0,
            [Piece::Rows(rows)] => {
                self.rows(Some(&node.eid), rows);
                1
            }
            pieces => {
                self.xml.open("blockContainer", &[("eId", Some(&node.eid)), ("class", Some("table"))]);
                for piece in pieces {
                    match piece {
                        Piece::Rows(rows) => self.rows(None, rows),
                        Piece::Paragraph(prose) => self.paragraph(None, prose),
                    }
                }
                self.xml.close();
                1
            }
        }
    }

    fn rows(&mut self, eid: Option<&str>, rows: &[Row]) {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        self.xml.line();
        self.xml.open("table", &[("eId", eid)]);
        for row in rows {
            let span = (row.cells.len() == 1 && width > 1).then(|| width.to_string());
            self.xml.open("tr", &[]);
            for cell in &row.cells {
                self.xml.open(if row.is_head { "th" } else { "td" }, &[("colspan", span.as_deref())]);
                for prose in cell {
                    self.paragraph(None, prose);
                }
                self.xml.close();
            }
            self.xml.close();
        }
        self.xml.close();
    }

    /// A quotation with the provisions in it.
    fn quoted(&mut self, node: &Node) -> usize {
        let inner = if node.is_leaf() { provisions(self.source, node) } else { Vec::new() };
        let parts = if node.is_leaf() { &inner } else { &node.children };
        self.xml.open("p", &[]);
        let name = if self.amends { "quotedStructure" } else { "embeddedStructure" };
        if self.amends {
            self.xml.open("mod", &[]);
        }
        self.xml.open(name, &[("eId", Some(&node.eid))]);
        let mut written = 0;
        for part in parts {
            written += self.hierarchy_or_block(part);
        }
        self.at_least_one_block(written);
        self.xml.close();
        if self.amends {
            self.xml.close();
        }
        self.xml.close();
        1
    }

    /// What recipients and a signature are made of.
    pub(super) fn parts_of_close(&mut self, node: &Node) -> usize {
        if node.kind == Kind::Signature {
            return self.signature(node);
        }
        if node.is_leaf() {
            let words = of_leaf(self.source, node);
            for prose in &words {
                self.paragraph(None, prose);
            }
            return words.len();
        }
        node.children.iter().map(|child| self.block(child)).sum()
    }

    /// Capacity and office in lines, and the name of whoever signs.
    fn signature(&mut self, node: &Node) -> usize {
        if !node.is_leaf() {
            return node.children.iter().map(|child| self.block(child)).sum();
        }
        let header = &self.source.read.header;
        let words = of_leaf(self.source, node);
        for prose in &words {
            let is_signer = header.signer_name.as_deref().is_some_and(|name| crate::lower(name) == crate::lower(&prose.text));
            self.xml.open("p", &[]);
            self.xml.open("signature", &[]);
            if is_signer {
                let role = header.signer_title.as_ref().map(|_| "#signer-role");
                self.xml.open("person", &[("refersTo", Some("#signer")), ("as", role)]);
            }
            self.inline(prose);
            if is_signer {
                self.xml.close();
            }
            self.xml.close();
            self.xml.close();
        }
        words.len()
    }
}
