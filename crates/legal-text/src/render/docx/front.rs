//! Letterhead, title, preamble, recipients and signature.

use super::super::clean::Prose;
use super::super::front::{Line, Role, Side, heading_of_attachment, letterhead};
use super::super::paragraphs::of_leaf;
use super::table::Share;
use super::writer::{Document, Face, Format, Style};
use crate::node::{Kind, Node};

impl Document<'_> {
    pub(super) fn preface(&mut self, nodes: &[Node]) {
        for node in nodes {
            if node.kind == Kind::Header { self.header(node) } else { self.leaf(node, Style::BodyText) }
        }
    }

    fn header(&mut self, header: &Node) {
        let lines = letterhead(self.source, header);
        let above = lines.iter().rposition(|line| line.role.side() != Side::Middle).map_or(0, |last| last + 1);
        let (head, rest) = lines.split_at_checked(above).unwrap_or((&[], &lines));
        let columns = head.iter().all(|line| line.role.side() != Side::Middle) && !head.is_empty();
        if columns {
            let of = |side: Side| head.iter().filter(move |line| line.role.side() == side);
            self.columns(
                Share::Letterhead,
                |document| of(Side::Left).for_each(|line| document.line(line)),
                |document| of(Side::Right).for_each(|line| document.line(line)),
            );
        } else {
            head.iter().for_each(|line| self.line(line));
        }
        rest.iter().for_each(|line| self.line(line));
    }

    fn line(&mut self, line: &Line<'_>) {
        let (style, face) = match line.role {
            Role::Issuer | Role::Country | Role::Motto => (Style::Letterhead, Face::Bold),
            Role::Date | Role::Subject => (Style::Letterhead, Face::Italic),
            Role::Number => (Style::Letterhead, Face::Plain),
            Role::Type | Role::Title => (Style::Title, Face::Plain),
            Role::Other => (Style::Centered, Face::Plain),
        };
        self.formatted(style, Format::default(), |document| {
            for (at, (_, range)) in line.pieces.iter().enumerate() {
                if at > 0 {
                    document.text(" ", face);
                }
                document.run(&Prose::of(document.source, range.clone()), face);
            }
        });
    }

    pub(super) fn heading_of_attachment(&mut self, heading: &Node) {
        let mut outline = Some(0);
        for (role, prose) in heading_of_attachment(self.source, heading) {
            let style = if role == Role::Other { Style::IssuedWith } else { Style::Title };
            // The first line stands for the attachment in the outline.
            let format = Format { outline: outline.take(), ..Format::default() };
            self.formatted(style, format, |document| document.run(&prose, Face::Plain));
        }
    }

    pub(super) fn preamble(&mut self, nodes: &[Node]) {
        for node in nodes {
            if node.kind == Kind::Formula {
                self.formula(node);
                continue;
            }
            let items = if node.is_leaf() { std::slice::from_ref(node) } else { node.children.as_slice() };
            for item in items {
                self.leaf(item, Style::Preamble);
            }
        }
    }

    /// `QUYẾT ĐỊNH:` stands in the middle; enacting words in a sentence are a paragraph.
    fn formula(&mut self, node: &Node) {
        for prose in of_leaf(self.source, node) {
            let short = prose.text.chars().count() < 40;
            self.paragraph(if short { Style::Centered } else { Style::BodyText }, &prose);
        }
    }

    pub(super) fn recipients(&mut self, node: &Node) {
        if node.is_leaf() {
            self.leaf(node, Style::Recipients);
        }
        for child in &node.children {
            let face = if child.kind == Kind::Item { Face::Plain } else { Face::BoldItalic };
            if let Some(prose) = of_leaf(self.source, child).first() {
                self.formatted(Style::Recipients, Format::default(), |document| document.run(prose, face));
            }
        }
    }

    /// What stands on one line with a recipient, in another cell, is part of the signature.
    pub(super) fn beside_recipients(&mut self, node: &Node) {
        for child in &node.children {
            for prose in of_leaf(self.source, child).iter().skip(1) {
                self.signature_line(prose);
            }
        }
    }

    pub(super) fn signature(&mut self, node: &Node) {
        for prose in of_leaf(self.source, node) {
            self.signature_line(&prose);
        }
    }

    /// Room is left for the signature above the name.
    fn signature_line(&mut self, prose: &Prose) {
        let is_signer =
            self.source.read.header.signer_name.as_deref().is_some_and(|name| crate::lower(name) == crate::lower(&prose.text));
        let format = Format { above: is_signer.then_some(1200), ..Format::default() };
        self.formatted(Style::Signature, format, |document| document.run(prose, Face::Plain));
    }
}
