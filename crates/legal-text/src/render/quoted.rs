//! The provisions inside quoted wording.

use super::paragraphs::ends_sentence;
use super::source::Source;
use crate::node::{Kind, Node};
use crate::structure::{Front, structure};

/// Reads a quotation as a text of its own: its parts, with ids below its own. The marks around it belong to its first
/// and its last part.
pub(super) fn provisions(source: &Source<'_>, quoted: &Node) -> Vec<Node> {
    let own = quoted.text(source.text);
    let inner = own.trim_start_matches(|c: char| matches!(c, '“' | '"' | '”' | '„' | '″' | '«' | '‟' | '*') || c.is_whitespace());
    let from = quoted.span.0 + own.len() - inner.len();
    let (mut nodes, _) = structure(inner, Front::default(), &[]);
    if source.wrapped {
        join(inner, &mut nodes);
    }
    for node in &mut nodes {
        place(node, from, &quoted.eid);
    }
    begin(&mut nodes, quoted.span.0);
    nodes
}

/// Joins paragraphs that are a wrapped line of the one before: a short text does not show that it is wrapped.
fn join(text: &str, nodes: &mut Vec<Node>) {
    let mut joined: Vec<Node> = Vec::with_capacity(nodes.len());
    for mut node in nodes.drain(..) {
        join(text, &mut node.children);
        if let [only] = node.children.as_slice()
            && only.span == node.span
        {
            node.children.clear();
        }
        match joined.last_mut() {
            Some(last) if node.kind == Kind::Text && node.is_leaf() && takes(text, last, &node) => last.span.1 = node.span.1,
            _ => joined.push(node),
        }
    }
    *nodes = joined;
}

/// Whether `next` goes on with the leaf before it.
fn takes(text: &str, leaf: &Node, next: &Node) -> bool {
    let between = text.get(leaf.span.1..next.span.0).unwrap_or_default();
    let whole = matches!(leaf.kind, Kind::Text | Kind::Intro | Kind::Clause | Kind::Point | Kind::Subpoint);
    leaf.is_leaf() && whole && between.matches('\n').count() == 1 && !ends_sentence(leaf.text(text))
}

fn place(node: &mut Node, from: usize, parent: &str) {
    node.span = (node.span.0 + from, node.span.1 + from);
    node.eid = format!("{parent}__{}", node.eid);
    for child in &mut node.children {
        place(child, from, parent);
    }
}

/// Lets the first leaf begin with the mark of the quotation.
fn begin(nodes: &mut [Node], at: usize) {
    if let Some(first) = nodes.first_mut() {
        first.span.0 = at;
        begin(&mut first.children, at);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::node::walk;
    use crate::parse::parse;

    #[test]
    fn quoted_provisions_have_ids_below_the_quotation() {
        let text = "Điều 1. Sửa đổi Điều 5 như sau:\n“Điều 5. Tên\n1. Một:\na) Hai;\nb) Ba.”.\nĐiều 2. Hiệu lực";
        let parsed = parse(text);
        let quoted = walk(&parsed.nodes).find(|node| node.kind == Kind::Quoted).unwrap();
        let inner = provisions(&Source::plain(text, &parsed), quoted);
        let ids: Vec<&str> = walk(&inner).filter(|node| node.kind.is_provision()).map(|node| node.eid.as_str()).collect();
        let below = |id: &str| format!("{}__{id}", quoted.eid);
        assert_eq!(ids, [below("art_5"), below("art_5__para_1"), below("art_5__para_1__point_a"), below("art_5__para_1__point_b")]);
        assert_eq!(inner[0].span, quoted.span);
        assert!(walk(&inner).next().unwrap().text(text).starts_with('“'));
    }

    #[test]
    fn wrapped_lines_inside_a_quotation_are_joined() {
        let text = "“2. Giám đốc\nSở Lam và\nỦy ban nhân dân.”";
        let mut parsed = parse("");
        parsed.nodes = vec![Node {
            eid: "qstr_1".into(),
            kind: Kind::Quoted,
            num: None,
            heading: None,
            span: (0, text.len()),
            children: Vec::new(),
        }];
        let mut source = Source::plain(text, &parsed);
        source.wrapped = true;
        let inner = provisions(&source, &parsed.nodes[0]);
        let leaves: Vec<&str> = walk(&inner).filter(|node| node.is_leaf()).map(|node| node.text(text)).collect();
        assert_eq!(leaves, [text]);
    }
}
