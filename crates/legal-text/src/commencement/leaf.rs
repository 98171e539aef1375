//! The paragraphs of an act that speak of effect, with where they stand.

use super::is_provision;
use crate::citations::plain::Plain;
use crate::citations::provisions::Context;
use crate::node::{Kind, Node};
use crate::structure::id_number;
use std::rc::Rc;

/// A paragraph that may tell a day of effect.
pub(super) struct Leaf<'n> {
    pub plain: Plain,
    /// What `Điều này`, `khoản này` mean in it.
    pub context: Context<'n>,
    /// The id of the provision it is of.
    pub provision: &'n str,
    /// Whether it stands over what is listed below it.
    pub introduces: bool,
    /// Whether it is listed below a paragraph that speaks of effect.
    pub listed: bool,
}

impl Leaf<'_> {
    /// The number of its article.
    pub fn article(&self) -> Option<&str> {
        self.context.article.as_deref()
    }

    /// Whether it is listed below another.
    pub fn lies_in(&self, other: &Self) -> bool {
        self.provision.strip_prefix(other.provision).is_some_and(|rest| rest.starts_with("__"))
    }
}

/// The paragraphs of the act itself, what it quotes left out, that speak of effect or stand below one that does.
pub(super) fn leaves<'n>(text: &str, nodes: &'n [Node]) -> Vec<Leaf<'n>> {
    let mut walker = Walker { text, found: Vec::new() };
    for node in nodes {
        walker.node(node, &Context::default(), "");
    }
    walker.found
}

struct Walker<'t, 'n> {
    text: &'t str,
    found: Vec<Leaf<'n>>,
}

impl<'n> Walker<'_, 'n> {
    fn node(&mut self, node: &'n Node, outer: &Context<'n>, provision: &'n str) {
        if !(node.kind.is_provision() || matches!(node.kind, Kind::List | Kind::Item | Kind::Heading | Kind::Intro | Kind::Text))
        {
            return;
        }
        let mut context = outer.clone();
        let own = || node.num.as_deref().map(|num| Rc::from(id_number(num)));
        match node.kind {
            Kind::Article => {
                context.article = own();
                (context.clause, context.point) = (None, None);
            }
            Kind::Clause => context.clause = own(),
            Kind::Point => context.point = own(),
            _ => {}
        }
        let provision = if is_provision(node) || provision.is_empty() { node.eid.as_str() } else { provision };
        if !node.is_leaf() {
            for child in &node.children {
                self.node(child, &context, provision);
            }
            return;
        }
        let listed = self.is_listed(provision);
        if !(self.speaks(node) || listed) {
            return;
        }
        let introduces = matches!(node.kind, Kind::Heading | Kind::Intro);
        self.found.push(Leaf { plain: Plain::of(self.text, node.span), context, provision, introduces, listed });
    }

    /// A cheap look whether a paragraph tells from when something holds.
    fn speaks(&self, leaf: &Node) -> bool {
        let text = leaf.text(self.text);
        let says = |word: &str| text.contains(word);
        says("hiệu") && says("lực") || says("từ") && says("ngày") && (says("hành") || says("dụng") || says("hiện"))
    }

    /// Whether the provision lies in one whose introduction was found.
    fn is_listed(&self, provision: &str) -> bool {
        self.found.last().is_some_and(|last| {
            let around = if last.introduces { last.provision } else { parent(last.provision) };
            let introduced = last.introduces || last.listed;
            introduced && around.contains("art_") && provision.strip_prefix(around).is_some_and(|rest| rest.starts_with("__"))
        })
    }
}

/// What a provision lies in, by its id.
fn parent(eid: &str) -> &str {
    eid.rsplit_once("__").map_or("", |(parent, _)| parent)
}
