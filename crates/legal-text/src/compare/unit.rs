//! The provisions of a version, each with its own words.

use super::Version;
use super::sketch::Sketch;
use crate::node::{Kind, Node};
use crate::render::own_text;

/// A provision, or a part of the document beside its provisions.
#[derive(Debug)]
pub(super) struct Unit {
    pub eid: String,
    /// Its id below what holds it, without what groups articles: `art_9`, `para_6`.
    pub key: String,
    pub kind: Kind,
    pub num: Option<String>,
    pub heading: Option<String>,
    /// Its own words, without its number and without the provisions inside it.
    pub words: String,
    pub sketch: Sketch,
    pub below: Vec<Unit>,
}

impl Unit {
    /// Its words and those of all inside it.
    pub fn all_words(&self) -> String {
        let mut words = self.words.clone();
        for below in &self.below {
            if !words.is_empty() {
                words.push('\n');
            }
            words.push_str(&below.all_words());
        }
        words
    }
}

/// The units of a version that stand beside each other at its top: parts beside the provisions, what groups articles,
/// articles whatever groups them, attachments.
pub(super) fn units(version: Version<'_>) -> Vec<Unit> {
    let nodes: Vec<&Node> = version.read.nodes.iter().collect();
    let own = own_text(version.text, version.read);
    let mut found = Vec::new();
    for node in nodes {
        gather(node, &own, "", &mut found);
    }
    found
}

/// Adds the unit that a node is; what groups articles stands beside them, not above.
fn gather(node: &Node, own: &dyn Fn(&Node) -> String, holder: &str, found: &mut Vec<Unit>) {
    let groups = node.kind.groups_articles();
    let mut below = Vec::new();
    let inner = if groups { holder } else { node.eid.as_str() };
    for child in &node.children {
        inside(child, own, inner, &mut below);
    }
    let words = own(node);
    let mut unit = Unit {
        key: key(&node.eid, holder, groups),
        eid: node.eid.clone(),
        kind: node.kind,
        num: node.num.clone(),
        heading: node.heading.clone(),
        words,
        sketch: Sketch::default(),
        below: Vec::new(),
    };
    if groups {
        unit.sketch = Sketch::of(&unit.words);
        found.push(unit);
        found.append(&mut below);
        return;
    }
    unit.below = below;
    unit.sketch = Sketch::of(&unit.all_words());
    found.push(unit);
}

/// Looks for units in what a node holds.
fn inside(node: &Node, own: &dyn Fn(&Node) -> String, holder: &str, found: &mut Vec<Unit>) {
    if is_unit(node.kind) {
        gather(node, own, holder, found);
        return;
    }
    for child in &node.children {
        inside(child, own, holder, found);
    }
}

/// Whether a node has words of its own to compare; the others are part of what holds them.
pub(crate) fn is_unit(kind: Kind) -> bool {
    kind.is_provision() || matches!(kind, Kind::Attachment | Kind::Appendix | Kind::Form)
}

/// The id without that of the holder; an article or what is below it also without what groups articles.
fn key(eid: &str, holder: &str, groups: bool) -> String {
    let own = eid.strip_prefix(holder).map_or(eid, |rest| rest.trim_start_matches('_'));
    if groups {
        return own.to_owned();
    }
    let token = |part: &&str| !["part_", "chp_", "sec_", "subsec_"].iter().any(|token| part.starts_with(token));
    let parts: Vec<&str> = own.split("__").collect();
    let is_article = parts.last().is_some_and(|last| last.starts_with("art_"));
    if is_article { parts.into_iter().filter(token).collect::<Vec<_>>().join("__") } else { own.to_owned() }
}
