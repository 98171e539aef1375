//! Whether what the clause with the day of the act excepts was read elsewhere.

use super::Commencement;
use super::clause::Clause;

/// No clause names more exceptions.
const MOST: usize = 200;

/// Whether something is excepted whose day was not read.
pub(super) fn unread(clauses: &[Clause], read: &Commencement) -> bool {
    let (Some(clause), Some(own)) = (clauses.iter().find(|clause| clause.whole.is_some()), &read.provision) else { return false };
    if !clause.excepts {
        return false;
    }
    let own = short(own);
    let mut pointed = clause.excepted.iter().filter(|id| !holds(id, own)).take(MOST).peekable();
    if pointed.peek().is_none() {
        return clause.parts.is_empty();
    }
    // A clause that states the day of others, or a provision whose day is stated.
    let is_read = |id: &str| {
        let of_parts = |known: &String| holds(known, id) || holds(id, known);
        read.parts.iter().any(|part| holds(id, short(&part.provision)) || part.provisions.iter().any(of_parts))
    };
    !pointed.all(|id| is_read(id))
}

/// An id without what groups articles.
pub(super) fn short(eid: &str) -> &str {
    eid.find("__art_").and_then(|at| eid.get(at + "__".len()..)).unwrap_or(eid)
}

/// Whether a provision is another, or contains it, by their ids.
pub(super) fn holds(outer: &str, inner: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with("__"))
}
