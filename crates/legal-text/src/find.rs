//! Finding a provision by an address that leaves out what can be left out.

use crate::node::{Kind, Node, walk};

/// Why an address leads to no node.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// Nothing is there.
    #[error("the document has no provision {0}")]
    NoSuchProvision(String),
    /// The address fits several nodes of the act, or of one attachment.
    #[error("{wanted} may be {}", candidates.join(", "))]
    Ambiguous {
        /// The address.
        wanted: String,
        /// The ids it fits, in the order of the text; at most ten.
        candidates: Vec<String>,
    },
}

/// More are not told.
const CANDIDATES: usize = 10;

/// Finds the node that `wanted` names: its id, or its id without what groups articles (`part chp sec subsec`) and
/// without the attachment it is in.
///
/// The act itself comes before its attachments, and these come in their order. `att_II` names the attachment that is
/// printed with the number `II` where none has that id.
///
/// # Errors
///
/// When there is no such node, or several in the act or in the first attachment that has one.
pub fn find<'n>(nodes: &'n [Node], wanted: &str) -> Result<&'n Node, FindError> {
    if let Some(exact) = walk(nodes).find(|node| node.eid == wanted) {
        return Ok(exact);
    }
    let renamed = by_printed_number(nodes, wanted)?;
    let parts: Vec<&str> = renamed.as_deref().unwrap_or(wanted).split("__").collect();
    let mut found: Vec<&Node> = Vec::new();
    for node in walk(nodes).filter(|node| fits(&node.eid, &parts)) {
        match found.first() {
            Some(first) if scope(&first.eid) == scope(&node.eid) => found.push(node),
            // The act stands before its attachments.
            Some(_) => break,
            None => found.push(node),
        }
    }
    match found.as_slice() {
        [] => Err(FindError::NoSuchProvision(wanted.to_owned())),
        [only] => Ok(only),
        several => Err(ambiguous(wanted, several)),
    }
}

fn ambiguous(wanted: &str, found: &[&Node]) -> FindError {
    let candidates = found.iter().take(CANDIDATES).map(|node| node.eid.clone()).collect();
    FindError::Ambiguous { wanted: wanted.to_owned(), candidates }
}

/// The address with the id of the attachment that it names by its printed number.
fn by_printed_number(nodes: &[Node], wanted: &str) -> Result<Option<String>, FindError> {
    let (first, rest) = wanted.split_once("__").map_or((wanted, None), |(first, rest)| (first, Some(rest)));
    let Some(number) = first.strip_prefix("att_") else { return Ok(None) };
    let has_id = walk(nodes).any(|node| node.eid == first);
    let is_named = |node: &&Node| {
        matches!(node.kind, Kind::Attachment | Kind::Appendix)
            && node.num.as_deref().is_some_and(|num| crate::lower(num) == crate::lower(number))
    };
    let named: Vec<&Node> = nodes.iter().filter(is_named).filter(|_| !has_id).collect();
    match named.as_slice() {
        [] => Ok(None),
        [only] => Ok(Some(rest.map_or_else(|| only.eid.clone(), |rest| format!("{}__{rest}", only.eid)))),
        several => Err(ambiguous(wanted, several)),
    }
}

/// Whether an id has the wanted parts in their order, and beside them only parts that may be left out.
fn fits(eid: &str, wanted: &[&str]) -> bool {
    let mut wanted = wanted.iter().peekable();
    let mut named = false;
    for (at, part) in eid.split("__").enumerate() {
        named = wanted.next_if(|next| **next == part).is_some();
        if !(named || groups(part) || at == 0 && part.starts_with("att_")) {
            return false;
        }
    }
    // The node itself has to be named.
    named && wanted.peek().is_none()
}

fn groups(part: &str) -> bool {
    ["part_", "chp_", "sec_", "subsec_"].iter().any(|token| part.starts_with(token))
}

/// The attachment an id is in.
fn scope(eid: &str) -> Option<&str> {
    eid.split("__").next().filter(|part| part.starts_with("att_"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn node(kind: Kind, eid: &str, num: Option<&str>, children: Vec<Node>) -> Node {
        Node { eid: eid.into(), kind, num: num.map(str::to_owned), heading: None, span: (0, 0), children }
    }

    fn document() -> Vec<Node> {
        let article = |eid: &str| {
            let clause = node(Kind::Clause, &format!("{eid}__para_6"), Some("6"), Vec::new());
            node(Kind::Article, eid, Some("9"), vec![clause])
        };
        let chapter = |eid: &str, children| node(Kind::Chapter, eid, Some("II"), children);
        vec![
            node(Kind::Article, "art_1", Some("1"), Vec::new()),
            node(
                Kind::Attachment,
                "att_1",
                None,
                vec![
                    chapter("att_1__chp_2", vec![article("att_1__chp_2__art_9"), article("att_1__chp_2__art_1")]),
                    chapter("att_1__chp_3", vec![article("att_1__chp_3__art_7")]),
                    chapter("att_1__chp_4", vec![article("att_1__chp_4__art_7")]),
                ],
            ),
            node(Kind::Appendix, "att_2", Some("I"), Vec::new()),
            node(Kind::Appendix, "att_3", Some("II"), vec![node(Kind::Section, "att_3__sec_1", Some("I"), Vec::new())]),
        ]
    }

    #[test]
    fn what_can_be_told_may_be_left_out() {
        let nodes = document();
        let found = |wanted: &str| find(&nodes, wanted).unwrap().eid.clone();
        assert_eq!(found("att_1__chp_2__art_9__para_6"), "att_1__chp_2__art_9__para_6");
        assert_eq!(found("art_9__para_6"), "att_1__chp_2__art_9__para_6");
        assert_eq!(found("att_1__art_9"), "att_1__chp_2__art_9");
        assert_eq!(found("chp_2__art_9"), "att_1__chp_2__art_9");
        assert_eq!(found("chp_4__art_7"), "att_1__chp_4__art_7");
        assert_eq!(found("art_1"), "art_1");
        assert_eq!(found("chp_3"), "att_1__chp_3");
    }

    #[test]
    fn appendices_have_their_printed_numbers() {
        let nodes = document();
        assert_eq!(find(&nodes, "att_II").unwrap().eid, "att_3");
        assert_eq!(find(&nodes, "att_ii__sec_1").unwrap().eid, "att_3__sec_1");
        assert_eq!(find(&nodes, "att_2").unwrap().eid, "att_2");
        assert!(find(&nodes, "att_IX").is_err());
    }

    #[test]
    fn what_cannot_be_told_is_refused() {
        let nodes = document();
        let Err(FindError::Ambiguous { candidates, .. }) = find(&nodes, "art_7") else { panic!("art_7 is there twice") };
        assert_eq!(candidates, ["att_1__chp_3__art_7", "att_1__chp_4__art_7"]);
        for wanted in ["", "__", "para_6", "art_99", "art_9__point_a", "art_9__", "chp_2__chp_2__art_9"] {
            assert!(matches!(find(&nodes, wanted), Err(FindError::NoSuchProvision(_))), "{wanted}");
        }
    }
}
