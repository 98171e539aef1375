//! Recipients and signature.

use super::super::clean::Prose;
use super::super::paragraphs::{Flow, of_leaf, paragraphs};
use super::View;
use crate::node::{Kind, Node};
use maud::{Markup, html};

impl View<'_> {
    /// The recipients stand left, the signature right.
    pub(super) fn close(&self, nodes: &[Node]) -> Markup {
        if nodes.is_empty() {
            return html! {};
        }
        html! {
            div.close {
                @for node in nodes {
                    @match node.kind {
                        Kind::Recipients => (self.recipients(node)),
                        Kind::Signature => (self.signature(node)),
                        _ => div.beside { (self.leaf(node)) },
                    }
                }
            }
        }
    }

    fn recipients(&self, node: &Node) -> Markup {
        let in_cells = node.text(self.source.text).contains(" | ");
        let items = || node.children.iter().filter(|child| child.kind == Kind::Item);
        html! {
            section.recipients.rows[in_cells] id=(node.eid) {
                @if node.is_leaf() {
                    @for prose in of_leaf(self.source, node) { (self.paragraph(None, &prose)) }
                }
                @for child in node.children.iter().take_while(|child| child.kind != Kind::Item) { (self.row(child)) }
                @if items().next().is_some() {
                    ul { @for item in items() { li id=(item.eid) { (self.cells(item)) } } }
                }
                @for child in node.children.iter().skip_while(|child| child.kind != Kind::Item).filter(|child| child.kind != Kind::Item) {
                    (self.row(child))
                }
            }
        }
    }

    fn row(&self, node: &Node) -> Markup {
        html! { div.label id=(node.eid) { (self.cells(node)) } }
    }

    /// What stands on one line with a recipient, in another cell, is part of the signature.
    fn cells(&self, node: &Node) -> Markup {
        let cells = paragraphs(self.source, node.span.0..node.span.1, Flow::Joined);
        match cells.as_slice() {
            [only] => html! { (self.prose(only)) },
            cells => {
                html! { @for (at, prose) in cells.iter().enumerate() { span.cell.other[at > 0] { (self.prose(prose)) } " " } }
            }
        }
    }

    fn signature(&self, node: &Node) -> Markup {
        let signer = self.source.read.header.signer_name.as_deref().map(crate::lower);
        let is_signer = |prose: &Prose| signer.as_ref().is_some_and(|signer| *signer == crate::lower(&prose.text));
        html! {
            section.signature id=(node.eid) {
                @for prose in of_leaf(self.source, node) {
                    p class=[is_signer(&prose).then_some("signer")] { (self.prose(&prose)) }
                }
            }
        }
    }
}
