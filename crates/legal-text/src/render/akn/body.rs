//! The hierarchy of provisions.

use super::super::opening::Opening;
use super::Document;
use crate::node::{Kind, Node};

/// The element of a kind, and the name of one that has no element of its own.
fn element(kind: Kind) -> (&'static str, Option<&'static str>) {
    match kind {
        Kind::Part => ("part", None),
        Kind::Chapter => ("chapter", None),
        Kind::Section => ("section", None),
        Kind::Subsection => ("subsection", None),
        Kind::Article => ("article", None),
        Kind::Clause => ("paragraph", None),
        Kind::Point => ("point", None),
        Kind::Subpoint => ("indent", None),
        other => ("hcontainer", Some(other.as_str())),
    }
}

/// Whether it is part of the hierarchy rather than a block inside it.
fn is_hierarchical(kind: Kind) -> bool {
    kind.is_provision() || matches!(kind, Kind::Form | Kind::Appendix | Kind::Attachment)
}

impl Document<'_> {
    /// The provisions of an act, and what stands between them.
    pub(super) fn body(&mut self, nodes: &[Node]) {
        let mut rest = nodes;
        let mut written = 0;
        while let Some((first, others)) = rest.split_first() {
            written += 1;
            if is_hierarchical(first.kind) {
                self.hierarchy(first);
                rest = others;
                continue;
            }
            let length = rest.iter().take_while(|node| !is_hierarchical(node.kind)).count();
            let (blocks, others) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            self.between(blocks);
            rest = others;
        }
        if written == 0 {
            self.between(&[]);
        }
    }

    /// Blocks that stand between provisions.
    fn between(&mut self, blocks: &[Node]) {
        self.xml.open("hcontainer", &[("name", Some("text"))]);
        self.blocks_in("content", blocks);
        self.xml.close();
    }

    fn blocks_in(&mut self, name: &'static str, blocks: &[Node]) {
        self.xml.open(name, &[]);
        for block in blocks {
            self.block(block);
        }
        self.xml.close();
    }

    /// A node where both may stand.
    pub(super) fn hierarchy_or_block(&mut self, node: &Node) -> usize {
        if !is_hierarchical(node.kind) {
            return self.block(node);
        }
        self.hierarchy(node);
        1
    }

    fn hierarchy(&mut self, node: &Node) {
        let (name, named) = element(node.kind);
        self.xml.line();
        self.xml.open(name, &[("eId", Some(&node.eid)), ("name", named)]);
        let opening = Opening::of(self.source, node);
        self.number_and_heading(&opening);
        let (intro, words) = (opening.intro.0, &opening.intro.1);
        let last = opening.rest.iter().rposition(|child| is_hierarchical(child.kind));
        let Some(last) = last else {
            if !(words.is_empty() && opening.rest.is_empty()) {
                self.xml.open("content", &[]);
                self.own_paragraphs(intro.map(|intro| intro.eid.as_str()), words);
                for block in opening.rest {
                    self.block(block);
                }
                self.xml.close();
            }
            self.xml.close();
            return;
        };
        let first = opening.rest.iter().position(|child| is_hierarchical(child.kind)).unwrap_or(last);
        let (before, rest) = opening.rest.split_at_checked(first).unwrap_or((&[], opening.rest));
        let (parts, after) = rest.split_at_checked(last + 1 - first).unwrap_or((rest, &[]));
        if !(words.is_empty() && before.is_empty()) {
            self.xml.open("intro", &[]);
            self.own_paragraphs(intro.map(|intro| intro.eid.as_str()), words);
            for block in before {
                self.block(block);
            }
            self.xml.close();
        }
        self.body(parts);
        if !after.is_empty() {
            self.blocks_in("wrapUp", after);
        }
        self.xml.close();
    }

    pub(super) fn number_and_heading(&mut self, opening: &Opening<'_>) {
        let own = opening.heading.0.filter(|own| own.kind == Kind::Heading || opening.intro.1.is_empty());
        let mut id = own.map(|own| own.eid.clone());
        if let Some(number) = &opening.number {
            // What is a number only has its id there.
            let eid = id.take_if(|_| opening.heading.1.is_empty());
            self.xml.open("num", &[("eId", eid.as_deref())]);
            self.inline(number);
            self.xml.close();
        }
        let mut name = "heading";
        for prose in &opening.heading.1 {
            let eid = id.take();
            self.xml.open(name, &[("eId", eid.as_deref())]);
            self.inline(prose);
            self.xml.close();
            name = "subheading";
        }
    }
}
