//! Where in a sentence the words stand that tell what is done with the acts it cites.
//!
//! A sentence may cite a thousand acts: it is read once, and each citation looks up what stands before and after it.

use super::relation::Relation;
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// What is done by words that stand before the act it is done to.
const VERBS: [(&str, Relation); 22] = [
    ("thay thế cho", Relation::Replaces),
    ("thay thế", Relation::Replaces),
    ("thay cho", Relation::Replaces),
    ("bãi bỏ", Relation::Repeals),
    ("hủy bỏ", Relation::Repeals),
    ("huỷ bỏ", Relation::Repeals),
    ("sửa đổi, bổ sung", Relation::Amends),
    ("sửa đổi và bổ sung", Relation::Amends),
    ("sửa đổi bổ sung", Relation::Amends),
    ("bổ sung, sửa đổi", Relation::Amends),
    ("sửa đổi, thay thế", Relation::Amends),
    ("điều chỉnh, bổ sung", Relation::Amends),
    ("sửa đổi", Relation::Amends),
    ("đính chính", Relation::Corrects),
    ("tạm ngưng hiệu lực", Relation::Suspends),
    ("ngưng hiệu lực", Relation::Suspends),
    ("đình chỉ việc thi hành", Relation::Suspends),
    ("bổ sung", Relation::Supplements),
    ("quy định chi tiết", Relation::Guides),
    ("hướng dẫn thi hành", Relation::Guides),
    ("hướng dẫn thực hiện", Relation::Guides),
    ("hướng dẫn", Relation::Guides),
];

/// What ends an act by words that stand after it.
const ENDS: [&str; 4] = ["hết hiệu lực", "bị bãi bỏ", "được bãi bỏ", "chấm dứt hiệu lực"];
const SUSPENDS: &str = "ngưng hiệu lực";
/// What changes an act by words that stand after it.
const CHANGES: [&str; 3] = ["được sửa đổi như sau", "được sửa đổi, bổ sung như sau", "được sửa đổi bổ sung như sau"];
/// Words of a condition between an act and what ends it.
const CONDITIONS: [&str; 3] = [" trừ ", " khi ", "đến khi"];

#[expect(clippy::expect_used, reason = "literal patterns that do not compile are a defect of this crate")]
static PATTERNS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let verbs = VERBS.iter().map(|(verb, _)| *verb);
    let words = verbs.chain(ENDS).chain([SUSPENDS]).chain(CONDITIONS).chain(CHANGES).chain([".", ";"]);
    AhoCorasick::builder().match_kind(MatchKind::Standard).build(words).expect("literal patterns compile")
});

/// A verb, in bytes of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verb {
    pub start: usize,
    pub end: usize,
    pub relation: Relation,
}

/// The words of one sentence that tell what is done, each kind in the order of the sentence.
#[derive(Debug, Default)]
pub(super) struct Signs {
    verbs: Vec<Verb>,
    ends: Vec<(usize, usize)>,
    suspends: Vec<(usize, usize)>,
    changes: Vec<(usize, usize)>,
    conditions: Vec<(usize, usize)>,
    /// Full stops and semicolons.
    stops: Vec<usize>,
    semicolons: Vec<usize>,
    /// Where statements begin, but for the first: after a stop that a blank follows.
    statements: Vec<usize>,
}

impl Signs {
    /// Reads a sentence in small letters.
    pub fn of(sentence: &str) -> Self {
        let mut signs = Self::default();
        for found in PATTERNS.find_overlapping_iter(sentence) {
            let (start, end) = (found.start(), found.end());
            let pattern = found.pattern().as_usize();
            match (VERBS.get(pattern), pattern.wrapping_sub(VERBS.len())) {
                (Some((_, relation)), _) => signs.verbs.push(Verb { start, end, relation: *relation }),
                // `trước ngày hết hiệu lực của giấy phép`: no act is ended.
                (None, 0) if sentence.get(..start).is_some_and(|before| before.ends_with("ngày ")) => {}
                (None, 0..=3) => signs.ends.push((start, end)),
                (None, 4) => signs.suspends.push((start, end)),
                (None, 5..=7) => signs.conditions.push((start, end)),
                (None, 8..=10) => signs.changes.push((start, end)),
                (None, stop) => {
                    signs.stops.push(start);
                    signs.semicolons.extend((stop == 12).then_some(start));
                    signs.statements.extend(sentence.as_bytes().get(end).filter(|after| **after == b' ').map(|_| end));
                }
            }
        }
        // Of verbs that end together the longest comes last.
        signs.verbs.sort_by_key(|verb| (verb.end, verb.end - verb.start));
        signs
    }

    /// Where the statement begins that a byte stands in.
    pub fn statement(&self, at: usize) -> usize {
        last_below(&self.statements, at).unwrap_or_default()
    }

    /// Where the part between semicolons begins that a byte stands in.
    pub fn part(&self, at: usize) -> usize {
        last_below(&self.semicolons, at).map_or(0, |stop| stop + 1)
    }

    /// The last verb between two bytes.
    pub fn last_verb(&self, from: usize, to: usize) -> Option<Verb> {
        let before = self.verbs.partition_point(|verb| verb.end <= to);
        let verbs = self.verbs.get(..before)?.iter().rev();
        verbs.copied().take_while(|verb| verb.end > from).find(|verb| verb.start >= from)
    }

    /// What the words after a citation that ends at a byte say of it: `… hết hiệu lực`, `… được sửa đổi như sau`.
    pub fn said_after(&self, end: usize) -> Option<Relation> {
        let stop = first_from(&self.stops, end, |stop| *stop).copied().unwrap_or(usize::MAX);
        let within =
            |words: &[(usize, usize)]| first_from(words, end, |(start, _)| *start).copied().filter(|(_, to)| *to <= stop);
        if let Some((at, _)) = within(&self.ends) {
            let conditional = first_from(&self.conditions, end, |(start, _)| *start).is_some_and(|(_, to)| *to <= at);
            return (!conditional).then_some(Relation::Repeals);
        }
        if within(&self.changes).is_some() {
            return Some(Relation::Amends);
        }
        within(&self.suspends).filter(|(start, _)| start - end < FARTHEST).map(|_| Relation::Suspends)
    }
}

/// How far after an act it may be said that it is suspended.
const FARTHEST: usize = 300;

fn last_below(places: &[usize], at: usize) -> Option<usize> {
    places.get(places.partition_point(|place| *place < at).checked_sub(1)?).copied()
}

fn first_from<T>(places: &[T], at: usize, start: impl Fn(&T) -> usize) -> Option<&T> {
    places.get(places.partition_point(|place| start(place) < at))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_last_and_longest_verb_counts() {
        let sentence = "sửa đổi, bổ sung một số điều; bãi bỏ và thay thế cho nghị định";
        let signs = Signs::of(sentence);
        let verb = signs.last_verb(0, sentence.len()).unwrap();
        assert_eq!((&sentence[verb.start..verb.end], verb.relation), ("thay thế cho", Relation::Replaces));
        let first = signs.last_verb(0, sentence.find("một").unwrap()).unwrap();
        assert_eq!(&sentence[first.start..first.end], "sửa đổi, bổ sung");
        assert_eq!(signs.last_verb(0, 3), None);
        assert_eq!(&sentence[signs.statement(sentence.len())..], " bãi bỏ và thay thế cho nghị định");
    }

    #[test]
    fn what_follows_may_end_it() {
        let said = |tail: &str| Signs::of(tail).said_after(0);
        let ends = " của chính phủ hết hiệu lực kể từ ngày nghị định này có hiệu lực.";
        assert_eq!(said(ends), Some(Relation::Repeals));
        assert_eq!(said(" và các quy định khác."), None);
        assert_eq!(said(" trừ khoản 1 hết hiệu lực."), None);
        assert_eq!(said(" và văn bản khác. Nghị định này hết hiệu lực."), None);
    }
}
