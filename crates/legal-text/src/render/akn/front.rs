//! Preface and preamble.

use super::super::clean::Prose;
use super::super::front::{Line, Role, heading_of_attachment, letterhead};
use super::super::paragraphs::of_leaf;
use super::super::source::{Field, Mark};
use super::Document;
use crate::node::{Kind, Node};
use std::ops::Range;

impl Document<'_> {
    pub(super) fn preface(&mut self, nodes: &[Node]) {
        let Some(header) = nodes.last() else { return };
        self.xml.line();
        self.xml.open("preface", &[("eId", Some(&header.eid))]);
        let mut written = 0;
        for node in nodes {
            written += if node.kind == Kind::Header { self.header(node) } else { self.block(node) };
        }
        self.at_least_one_block(written);
        self.xml.close();
    }

    fn header(&mut self, header: &Node) -> usize {
        let lines = letterhead(self.source, header);
        let mut last = None;
        for line in &lines {
            self.line(line, header, &mut last);
        }
        lines.len()
    }

    /// A line of the letterhead. Where it is made of several nodes each is a span with its id.
    fn line<'n>(&mut self, line: &Line<'n>, header: &Node, last: &mut Option<&'n str>) {
        let mut id = |node: &'n Node| {
            let eid = node.eid.as_str();
            let is_first = *last != Some(eid) && eid != header.eid;
            *last = Some(eid);
            is_first.then_some(eid)
        };
        let one = |range: &Range<usize>| Prose::of(self.source, range.clone());
        if let [(node, range)] = line.pieces.as_slice() {
            let prose = one(range);
            let class = if prose.is_rule() { "rule" } else { line.role.as_str() };
            self.xml.open("p", &[("eId", id(node)), ("class", Some(class))]);
            self.inline(&prose);
            self.xml.close();
            return;
        }
        self.xml.open("p", &[("class", Some(line.role.as_str()))]);
        let titled = line.role == Role::Title;
        if titled {
            self.xml.open("docTitle", &[]);
        }
        for (at, (node, range)) in line.pieces.iter().enumerate() {
            if at > 0 {
                self.xml.text(" ");
            }
            let mut prose = one(range);
            if titled {
                prose.marks.retain(|(_, mark)| *mark != Mark::Field(Field::Title));
            }
            self.xml.open("span", &[("eId", id(node))]);
            self.inline(&prose);
            self.xml.close();
        }
        if titled {
            self.xml.close();
        }
        self.xml.close();
    }

    /// The heading of an attachment: what it is, its title, what it was issued with.
    pub(super) fn preface_of_attachment(&mut self, heading: &Node, has_id: bool) {
        self.xml.line();
        self.xml.open("preface", &[("eId", has_id.then_some(heading.eid.as_str()))]);
        let lines = heading_of_attachment(self.source, heading);
        for (role, prose) in &lines {
            self.xml.open("p", &[("class", Some(role.as_str()))]);
            let element = match role {
                Role::Type => Some("docType"),
                Role::Title => Some("docTitle"),
                _ => None,
            };
            if let Some(element) = element {
                self.xml.open(element, &[]);
            }
            self.inline(prose);
            if element.is_some() {
                self.xml.close();
            }
            self.xml.close();
        }
        self.at_least_one_block(lines.len());
        self.xml.close();
    }

    pub(super) fn preamble(&mut self, nodes: &[Node]) {
        let Some(first) = nodes.first() else { return };
        let own = Some(first.eid.as_str()).filter(|_| first.kind == Kind::Preamble);
        self.xml.line();
        self.xml.open("preamble", &[("eId", own)]);
        let mut written = 0;
        for node in nodes {
            written += if node.kind == Kind::Formula { self.formula(node) } else { self.statements(node) };
        }
        self.at_least_one_block(written);
        self.xml.close();
    }

    fn formula(&mut self, node: &Node) -> usize {
        self.xml.open("formula", &[("name", Some("enacting")), ("eId", Some(&node.eid))]);
        for prose in of_leaf(self.source, node) {
            self.paragraph(None, &prose);
        }
        self.xml.close();
        1
    }

    /// The statements an act rests on: legal bases are citations, reasons are recitals.
    fn statements(&mut self, preamble: &Node) -> usize {
        if preamble.is_leaf() {
            return self.leaf(preamble);
        }
        let mut written = 0;
        let mut open = Statement::Other;
        for item in &preamble.children {
            let paragraphs = of_leaf(self.source, item);
            let Some(first) = paragraphs.first() else { continue };
            let statement = Statement::of(&first.text);
            if statement != open {
                self.end(open);
                if let Some((group, _)) = statement.elements() {
                    self.xml.open(group, &[]);
                }
                open = statement;
            }
            written += 1;
            match statement.elements() {
                Some((_, element)) => {
                    self.xml.open(element, &[("eId", Some(&item.eid))]);
                    for prose in &paragraphs {
                        self.paragraph(None, prose);
                    }
                    self.xml.close();
                }
                None => self.own_paragraphs(Some(&item.eid), &paragraphs),
            }
        }
        self.end(open);
        written
    }

    fn end(&mut self, open: Statement) {
        if open.elements().is_some() {
            self.xml.close();
        }
    }
}

/// What a statement of the preamble is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Statement {
    /// Căn cứ …
    Base,
    /// Theo đề nghị …, Xét …
    Reason,
    /// The authority, an addressee, the enacting words.
    Other,
}

impl Statement {
    fn of(text: &str) -> Self {
        let bare = crate::lower(text.trim_start_matches(|c: char| !c.is_alphanumeric()));
        let begins = |words: &[&str]| words.iter().any(|word| bare.starts_with(word));
        if begins(&["căn cứ"]) {
            Self::Base
        } else if begins(&["theo ", "xét ", "trên cơ sở", "thực hiện", "sau khi", "được sự", "để ", "nhằm ", "tiếp theo"])
        {
            Self::Reason
        } else {
            Self::Other
        }
    }

    fn elements(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Base => Some(("citations", "citation")),
            Self::Reason => Some(("recitals", "recital")),
            Self::Other => None,
        }
    }
}
