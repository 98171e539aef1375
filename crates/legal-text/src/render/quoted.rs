//! The provisions inside quoted wording.

use super::paragraphs::ends_sentence;
use super::source::Source;
use crate::node::{Kind, Node};
use crate::structure::marker::{Sort, marker};
use crate::structure::{Front, id_number, structure};
use std::collections::HashMap;

/// Reads a quotation as a text of its own: its parts, with ids below its own. The marks around it belong to its first
/// and its last part.
pub(super) fn provisions(source: &Source<'_>, quoted: &Node) -> Vec<Node> {
    let own = quoted.text(source.text);
    let inner = own.trim_start_matches(|c: char| matches!(c, '“' | '"' | '”' | '„' | '″' | '«' | '‟' | '*') || c.is_whitespace());
    let from = quoted.span.0 + own.len() - inner.len();
    let (mut nodes, _) = structure(inner, Front::default());
    if source.wrapped {
        join(inner, &mut nodes);
    }
    nodes = number(inner, nodes);
    for node in &mut nodes {
        place(node, from, &quoted.eid);
    }
    if nodes.is_empty() {
        // Nothing but the marks.
        nodes.push(Node { eid: format!("{}__text_1", quoted.eid), kind: Kind::Text, ..leaf(quoted.span) });
    }
    begin(&mut nodes, quoted.span.0);
    nodes
}

fn leaf(span: (usize, usize)) -> Node {
    Node { eid: String::new(), kind: Kind::Text, num: None, heading: None, span, children: Vec::new() }
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

/// Clauses and points that a quotation begins with in the middle of their article: `“5. …`, `“d) …`.
fn number(text: &str, nodes: Vec<Node>) -> Vec<Node> {
    let begins = nodes.first().is_some_and(|first| first.kind == Kind::Text && numbered(text, first).is_some());
    if !begins {
        return nodes;
    }
    let mut taken = HashMap::new();
    let mut found: Vec<Node> = Vec::new();
    for mut node in nodes {
        if let Some((kind, num)) = (node.kind == Kind::Text).then(|| numbered(text, &node)).flatten() {
            node.eid = format!("{}_{}", kind.token(), id_number(num));
            node.num = Some(num.to_owned());
            node.kind = kind;
        }
        let clause = found.last_mut().filter(|last| last.kind == Kind::Clause && node.kind != Kind::Clause);
        match clause {
            Some(clause) => below(clause, node),
            None => found.push(node),
        }
    }
    for node in &mut found {
        unique(node, &mut taken);
    }
    found
}

/// The number of a clause or a point that a paragraph begins with.
fn numbered<'t>(text: &'t str, node: &Node) -> Option<(Kind, &'t str)> {
    let found = marker(node.text(text), "").filter(|found| found.closed)?;
    match found.sort {
        Sort::Figure => Some((Kind::Clause, found.num)),
        Sort::Letter => Some((Kind::Point, found.num)),
        _ => None,
    }
}

/// Puts a node below a clause; what the clause says itself becomes its introduction.
fn below(clause: &mut Node, mut node: Node) {
    if clause.is_leaf() {
        let eid = format!("{}__intro", clause.eid);
        clause.children.push(Node { eid, kind: Kind::Intro, ..leaf(clause.span) });
    }
    prefix(&mut node, &clause.eid);
    clause.span.1 = node.span.1;
    clause.children.push(node);
}

fn prefix(node: &mut Node, parent: &str) {
    node.eid = format!("{parent}__{}", node.eid);
    for child in &mut node.children {
        prefix(child, parent);
    }
}

/// A number that is there twice has its ids counted.
fn unique(node: &mut Node, taken: &mut HashMap<String, u32>) {
    let wanted = node.eid.clone();
    let mut count = taken.get(&wanted).copied().unwrap_or_default();
    while count > 0 && taken.contains_key(&node.eid) {
        count += 1;
        node.eid = format!("{wanted}-{count}");
    }
    taken.insert(wanted, count.max(1));
    taken.entry(node.eid.clone()).or_insert(1);
    for child in &mut node.children {
        unique(child, taken);
    }
}

/// Gives a node its place in the whole text. A quotation inside the quotation is text.
fn place(node: &mut Node, from: usize, parent: &str) {
    if node.kind == Kind::Quoted {
        node.kind = Kind::Text;
    }
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
        assert_eq!(
            ids,
            [below("art_5"), below("art_5__para_1"), below("art_5__para_1__point_a"), below("art_5__para_1__point_b")]
        );
        assert_eq!(inner[0].span, quoted.span);
        assert!(walk(&inner).next().unwrap().text(text).starts_with('“'));
    }

    #[test]
    fn a_quotation_may_begin_in_the_middle_of_an_article() {
        let text = "Điều 1. Sửa đổi khoản 5 như sau:\n“5. Năm:\nd) Bốn;\nđ) Năm.\n6. Sáu.\n6. Sáu.”\nĐiều 2. Hiệu lực";
        let parsed = parse(text);
        let quoted = walk(&parsed.nodes).find(|node| node.kind == Kind::Quoted).unwrap();
        let inner = provisions(&Source::plain(text, &parsed), quoted);
        let ids: Vec<String> =
            walk(&inner).filter(|node| node.kind.is_provision()).map(|node| node.eid.replace(&quoted.eid, "q")).collect();
        assert_eq!(ids, ["q__para_5", "q__para_5__point_d", "q__para_5__point_dd", "q__para_6", "q__para_6-2"]);
        let leaves: Vec<&str> = walk(&inner).filter(|node| node.is_leaf()).map(|node| node.text(text)).collect();
        assert_eq!(leaves, ["“5. Năm:", "d) Bốn;", "đ) Năm.", "6. Sáu.", "6. Sáu.”"]);
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
