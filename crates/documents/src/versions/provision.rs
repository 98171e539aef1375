//! A provision of a text.

use super::version::{ChangeNote, Version};
use crate::Error;
use legal_text::{FindError, LegalText, Node, walk};

/// A provision that was found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Its full id.
    pub eid: String,
}

/// No id is longer.
const LONGEST: usize = 200;

/// Finds a provision of a text.
pub(super) fn find(version: &Version, wanted: &str) -> Result<Found, Error> {
    if wanted.len() > LONGEST {
        return Err(Error::NoSuchProvision { eid: wanted.chars().take(40).collect() });
    }
    match legal_text::find(&version.read.nodes, wanted) {
        Ok(node) => Ok(Found { eid: node.eid.clone() }),
        Err(FindError::NoSuchProvision(_)) => Err(Error::NoSuchProvision { eid: wanted.to_owned() }),
        Err(FindError::Ambiguous { candidates, .. }) => Err(Error::AmbiguousProvision { eid: wanted.to_owned(), candidates }),
    }
}

/// The node of a provision.
pub(super) fn node<'v>(version: &'v Version, found: &Found) -> Option<&'v Node> {
    walk(&version.read.nodes).find(|node| node.eid == found.eid)
}

/// A document of one provision: what is written of it is the same as inside the whole.
pub(super) fn alone(read: &LegalText, node: &Node) -> LegalText {
    let inside = |span: (usize, usize)| node.span.0 <= span.0 && span.1 <= node.span.1;
    LegalText {
        header: read.header.clone(),
        nodes: vec![node.clone()],
        citations: read.citations.iter().filter(|citation| inside(citation.span)).cloned().collect(),
        warnings: Vec::new(),
    }
}

/// What has changed a provision: it, something inside it, or all of what it lies in.
pub(super) fn notes_of<'v>(version: &'v Version, eid: Option<&'v str>) -> impl Iterator<Item = &'v ChangeNote> {
    let within =
        |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("__"));
    version.notes.iter().filter(move |note| eid.is_none_or(|eid| within(eid, &note.eid) || within(&note.eid, eid)))
}
