//! What lies ahead of a line, looked up instead of looked for: every title asks it.

use super::anchors::states_issue;
use super::marker::{Marker, Sort};
use crate::lines::Lines;
use crate::node::Kind;

/// How many lines after its title the first article of an attachment may stand.
const FARTHEST: usize = 400;

/// The lines that tell whether an attachment has articles, in order.
pub(super) struct Ahead {
    /// Headings of articles with a number of one figure.
    first_articles: Vec<usize>,
    /// Headings of appendices and statements what something was issued with.
    attachments: Vec<usize>,
}

impl Ahead {
    pub fn of(lines: &Lines<'_>, marks: &[Option<Marker<'_>>]) -> Self {
        let begins_anew = |found: &Marker<'_>| found.sort == Sort::Worded(Kind::Article) && found.closed && found.num.len() == 1;
        let first_articles =
            (0..lines.len()).filter(|at| marks.get(*at).is_some_and(|found| found.as_ref().is_some_and(begins_anew)));
        let attaches = |at: &usize| lines.bare(*at).starts_with("PHỤ LỤC") || states_issue(lines.bare(*at));
        Self { first_articles: first_articles.collect(), attachments: (0..lines.len()).filter(attaches).collect() }
    }

    /// Whether articles begin anew after a line and before the next attachment.
    pub fn gives_articles(&self, from: usize) -> bool {
        let Some(article) = next(&self.first_articles, from) else { return false };
        article < from + FARTHEST && next(&self.attachments, from + 2).is_none_or(|attachment| attachment > article)
    }
}

/// The first of some lines that is not before another.
fn next(lines: &[usize], from: usize) -> Option<usize> {
    lines.get(lines.partition_point(|line| *line < from)).copied()
}
