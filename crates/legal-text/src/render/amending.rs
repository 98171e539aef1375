//! Whether what a document quotes is new wording of another act.

use crate::citations::Relation;
use crate::parse::LegalText;

/// Tells whether a document changes another: what it quotes then is wording, else a mention.
pub(super) fn amends(read: &LegalText) -> bool {
    let by_title = read.header.title.as_deref().is_some_and(|title| crate::lower(title).contains("sửa đổi"));
    by_title
        || read.citations.iter().any(|citation| {
            matches!(citation.relation, Relation::Amends | Relation::Supplements | Relation::Replaces | Relation::Corrects)
        })
}
