//! The table of contents.

use crate::node::{Kind, Node};
use serde::Serialize;

/// A provision or an attachment, with those inside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its id in the document.
    pub eid: String,
    /// What it is.
    pub kind: Kind,
    /// Its number as printed.
    pub num: Option<String>,
    /// Its heading in one line.
    pub heading: Option<String>,
    /// What lies below it.
    pub children: Vec<Entry>,
}

/// The provisions and attachments of a document, nested as they are in it.
pub fn toc(nodes: &[Node]) -> Vec<Entry> {
    let mut entries = Vec::new();
    for node in nodes {
        let mut below = toc(&node.children);
        if is_listed(node.kind) {
            entries.push(Entry {
                eid: node.eid.clone(),
                kind: node.kind,
                num: node.num.clone(),
                heading: node.heading.clone(),
                children: below,
            });
        } else {
            entries.append(&mut below);
        }
    }
    entries
}

fn is_listed(kind: Kind) -> bool {
    kind.is_provision() || matches!(kind, Kind::Attachment | Kind::Appendix | Kind::Form)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::parse;

    #[test]
    fn only_provisions_and_attachments_are_listed() {
        let read = parse("Điều 1. Tên\nLời dẫn:\n1. Một:\na) Hai;\nb) Ba.\nĐiều 2. Tên khác\nMột câu.");
        let entries = toc(&read.nodes);
        let printed = serde_json::to_value(&entries).unwrap_or_default();
        assert_eq!(printed.pointer("/0/children/0/children/1/eid"), Some(&"art_1__para_1__point_b".into()));
        assert_eq!(printed.pointer("/1/heading"), Some(&"Tên khác".into()));
        assert_eq!(printed.pointer("/1/children"), Some(&serde_json::json!([])));
    }
}
