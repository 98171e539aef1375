//! Provisions, and the blocks inside them.

use super::super::clean::Prose;
use super::super::number::numbered;
use super::super::opening::Opening;
use super::super::paragraphs::of_leaf;
use super::super::quoted::provisions;
use super::writer::{Document, Face, Format, Style};
use crate::node::{Kind, Node};

impl Document<'_> {
    /// A node and what it holds. Headings inside it are of `level` or below.
    pub(super) fn node(&mut self, node: &Node, level: u8) {
        match node.kind {
            Kind::Table if node.is_leaf() => self.table(node),
            Kind::Quoted => self.quotation(node, level),
            Kind::Recipients | Kind::Signature => self.recipients_and_signature(std::slice::from_ref(node)),
            Kind::Item => self.item(node, level),
            kind if kind.is_provision() || kind == Kind::Form => self.provision(node, level),
            _ if node.is_leaf() => self.leaf(node, Style::BodyText),
            _ => node.children.iter().for_each(|child| self.node(child, level)),
        }
    }

    pub(super) fn leaf(&mut self, node: &Node, style: Style) {
        for prose in of_leaf(self.source, node) {
            self.paragraph(style, &prose);
        }
    }

    fn provision(&mut self, node: &Node, level: u8) {
        self.bookmark(&node.eid);
        let opening = Opening::of(self.source, node);
        let headed = node.kind.groups_articles() || matches!(node.kind, Kind::Article | Kind::Form);
        if headed && !opening.heading.1.is_empty() {
            self.heading(node, &opening, level);
            for prose in &opening.intro.1 {
                self.paragraph(Style::BodyText, prose);
            }
        } else {
            let style = match node.kind {
                Kind::Clause => Style::Clause,
                Kind::Point | Kind::Subpoint => Style::Point,
                _ => Style::BodyText,
            };
            let format = Format { outline: headed.then(|| level.saturating_sub(1)), ..Format::default() };
            self.numbered_paragraphs(&opening, (style, format));
        }
        let below = if headed { level.saturating_add(1) } else { level };
        for child in opening.rest {
            self.node(child, below);
        }
    }

    /// Number and heading; what groups articles stands in the middle, its number on a line of its own.
    fn heading(&mut self, node: &Node, opening: &Opening<'_>, level: u8) {
        let centred = node.kind != Kind::Article && self.quoted == 0;
        let format = Format { centred, ..Format::default() };
        self.formatted(Style::Heading(level), format, |document| {
            if let Some(number) = &opening.number {
                document.run(number, Face::Plain);
                // `Chương I` stands above its heading, `I.` before it.
                if centred && number.text.contains(' ') { document.line_break() } else { document.text(" ", Face::Plain) }
            }
            for (at, prose) in opening.heading.1.iter().enumerate() {
                if at > 0 {
                    document.text(" ", Face::Plain);
                }
                document.run(prose, Face::Plain);
            }
        });
    }

    fn line_break(&mut self) {
        self.xml.open("w:r", &[]);
        self.xml.empty("w:br", &[]);
        self.xml.close();
    }

    fn numbered_paragraphs(&mut self, opening: &Opening<'_>, (style, format): (Style, Format)) {
        let words: Vec<&Prose> = opening.heading.1.iter().chain(&opening.intro.1).collect();
        let (first, others) = words.split_first().map_or((None, [].as_slice()), |(first, others)| (Some(*first), others));
        if opening.number.is_some() || first.is_some() {
            let face = if format.outline.is_some() { Face::Bold } else { Face::Plain };
            self.formatted(style, format, |document| {
                if let Some(number) = &opening.number {
                    document.run(number, face);
                }
                if let Some(first) = first {
                    if opening.number.is_some() {
                        document.text(" ", Face::Plain);
                    }
                    document.run(first, Face::Plain);
                }
            });
        }
        for prose in others {
            self.paragraph(style, prose);
        }
    }

    fn item(&mut self, item: &Node, level: u8) {
        let (own, rest) = match item.children.as_slice() {
            [own, rest @ ..] if own.is_leaf() && own.kind == Kind::Intro => (Some(own), rest),
            [] => (Some(item), [].as_slice()),
            children => (None, children),
        };
        for (at, prose) in own.map(|own| of_leaf(self.source, own)).unwrap_or_default().into_iter().enumerate() {
            let (number, rest) = if at == 0 { numbered(prose, item) } else { (None, prose) };
            self.formatted(Style::ListItem, Format::default(), |document| {
                if let Some(number) = &number {
                    document.run(number, Face::Plain);
                    document.text(" ", Face::Plain);
                }
                document.run(&rest, Face::Plain);
            });
        }
        for child in rest {
            self.node(child, level);
        }
    }

    /// New wording, or a mention of another's.
    fn quotation(&mut self, node: &Node, level: u8) {
        self.bookmark(&node.eid);
        self.quoted += 1;
        let inner = if node.is_leaf() { provisions(self.source, node) } else { Vec::new() };
        let parts = if node.is_leaf() { &inner } else { &node.children };
        for part in parts {
            self.node(part, level.max(5));
        }
        self.quoted -= 1;
    }
}
