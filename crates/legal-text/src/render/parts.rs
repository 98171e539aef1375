//! The parts a document has by the official form (Nghị định 30/2020/NĐ-CP Điều 8): front, provisions, close, attachments.

use crate::node::{Kind, Node};

/// What stands beside each other in a document or an attachment, each part a run of nodes in the order of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parts<'n> {
    /// The header, and what a source puts before it.
    pub preface: &'n [Node],
    /// What the act rests on, and its enacting words.
    pub preamble: &'n [Node],
    pub body: &'n [Node],
    /// From the recipients or the signature on.
    pub conclusions: &'n [Node],
    /// From the first attachment on.
    pub attachments: &'n [Node],
}

impl<'n> Parts<'n> {
    /// Parts the nodes of a document, or of an attachment after its heading.
    pub fn of(text: &str, nodes: &'n [Node]) -> Self {
        let attached = nodes.iter().position(|node| is_attachment(node.kind)).unwrap_or(nodes.len());
        let (own, attachments) = nodes.split_at_checked(attached).unwrap_or((nodes, &[]));
        let header = own.iter().position(|node| node.kind == Kind::Header);
        let before = header.filter(|at| own.iter().take(*at).all(|node| node.kind == Kind::Text)).map_or(0, |at| at + 1);
        let (preface, rest) = own.split_at_checked(before).unwrap_or((&[], own));
        let stated = rest.iter().take_while(|node| matches!(node.kind, Kind::Preamble | Kind::Formula)).count();
        let (preamble, rest) = rest.split_at_checked(stated).unwrap_or((&[], rest));
        let (body, conclusions) = rest.split_at_checked(close(text, rest)).unwrap_or((rest, &[]));
        Self { preface, preamble, body, conclusions, attachments }
    }
}

pub(super) fn is_attachment(kind: Kind) -> bool {
    matches!(kind, Kind::Attachment | Kind::Appendix)
}

/// The heading of an attachment, and what it holds. What stands after an act without being an attachment has none.
pub(super) fn attached(node: &Node) -> (Option<&Node>, &[Node]) {
    match node.children.as_slice() {
        [heading, rest @ ..] if heading.kind == Kind::Heading => (Some(heading), rest),
        [] if is_attachment(node.kind) => (Some(node), &[]),
        [] => (None, std::slice::from_ref(node)),
        children => (None, children),
    }
}

/// Where the close begins: after the last provision, with the recipients, the signature or the words of passing.
fn close(text: &str, nodes: &[Node]) -> usize {
    let closes = |kind| matches!(kind, Kind::Text | Kind::Recipients | Kind::Signature);
    let after = nodes.iter().rposition(|node| !closes(node.kind)).map_or(0, |last| last + 1);
    let begins = |node: &Node| match node.kind {
        Kind::Recipients | Kind::Signature => true,
        _ => after > 0 && states_passing(node.text(text)),
    };
    nodes.iter().skip(after).position(begins).map_or(nodes.len(), |at| after + at)
}

/// `Luật này được Quốc hội … thông qua ngày …`
fn states_passing(paragraph: &str) -> bool {
    let bare = paragraph.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begins = ["Luật này", "Bộ luật này", "Pháp lệnh này", "Hiến pháp này", "Nghị quyết này"];
    begins.iter().any(|words| bare.starts_with(words)) && paragraph.contains("thông qua")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn node(kind: Kind) -> Node {
        Node { eid: kind.as_str().into(), kind, num: None, heading: None, span: (0, 0), children: Vec::new() }
    }

    fn lengths(kinds: &[Kind]) -> [usize; 5] {
        let nodes: Vec<Node> = kinds.iter().copied().map(node).collect();
        let parts = Parts::of("", &nodes);
        [parts.preface, parts.preamble, parts.body, parts.conclusions, parts.attachments].map(<[Node]>::len)
    }

    #[test]
    fn every_node_has_its_part() {
        use Kind::*;
        assert_eq!(
            lengths(&[Text, Header, Preamble, Formula, Article, Article, Recipients, Signature, Text, Appendix, Text]),
            [2, 2, 2, 3, 2]
        );
        assert_eq!(lengths(&[Text, Recipients, Signature]), [0, 0, 1, 2, 0]);
        assert_eq!(lengths(&[Article, Signature, Article, Text, Signature]), [0, 0, 4, 1, 0]);
        assert_eq!(lengths(&[]), [0; 5]);
        assert_eq!(lengths(&[Attachment]), [0, 0, 0, 0, 1]);
        assert_eq!(lengths(&[Quoted, Header]), [0, 0, 2, 0, 0]);
    }
}
