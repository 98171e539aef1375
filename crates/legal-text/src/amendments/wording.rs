//! The new wording of provisions: which lines of a quotation are of which provision, and how it is printed.

use super::instruction::{Operation, Part};
use crate::lines::Lines;
use crate::node::Kind;
use crate::structure::id_number;
use crate::structure::marker::{Sort, marker};
use std::collections::HashMap;

/// A provision as a quotation would print it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expected {
    pub rank: Rank,
    /// Its number as an id has it.
    pub number: String,
    pub part: Part,
}

/// How deep a provision lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Rank {
    Group,
    Article,
    Clause,
    Point,
    Subpoint,
}

impl Expected {
    /// The provision that an operation gives a new wording, by the last level of its short id.
    pub fn of(operation: &Operation) -> Option<Self> {
        let (at, _) = match operation {
            Operation::Replace { at } => (at, ()),
            Operation::Insert { at, .. } => (at, ()),
            _ => return None,
        };
        let last = at.provision.as_deref()?.rsplit("__").next()?;
        let (token, number) = last.split_once('_')?;
        let rank = match token {
            "chp" | "sec" | "subsec" => Rank::Group,
            "art" => Rank::Article,
            "para" => Rank::Clause,
            "point" => Rank::Point,
            "subpoint" => Rank::Subpoint,
            _ => return None,
        };
        Some(Self { rank, number: number.to_owned(), part: at.part })
    }
}

/// A number that a line of a wording begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Numbered {
    pub rank: Rank,
    pub number: String,
    /// The first byte of the line.
    pub at: usize,
}

/// The number that a line begins with, as far as it opens a provision.
pub(super) fn numbered_line(lines: &Lines<'_>, at: usize) -> Option<(Rank, String)> {
    let line = lines.get(at).filter(|line| !line.is_rule())?;
    let bare = lines.bare(at);
    let before = at.checked_sub(1).map(|before| lines.bare(before)).unwrap_or_default();
    let mark = marker(bare, lines.bare(at + 1))?;
    let rank = match mark.sort {
        Sort::Worded(Kind::Article) => Rank::Article,
        Sort::Worded(_) => Rank::Group,
        Sort::Figure => Rank::Clause,
        Sort::Letter => Rank::Point,
        // `a1)` is a point that was put after point a; `a.1)` is below it.
        Sort::Compound if !mark.num.contains('.') => Rank::Point,
        Sort::Compound | Sort::SmallRoman | Sort::Decimal => Rank::Subpoint,
        Sort::Capital | Sort::Roman | Sort::Bullet => return None,
    };
    // `theo khoản` / `2. Điều 5`: the line goes on with a sentence.
    let cited = !line.gap && crate::structure::paragraphs::calls_for_number(before);
    let worded = matches!(rank, Rank::Article | Rank::Group);
    let opens = mark.closed || worded && (at == 0 || line.gap) && !bare.starts_with(char::is_lowercase);
    (opens && !cited).then(|| (rank, id_number(mark.num)))
}

/// The numbers that the lines of a stretch begin with, and whether its first line has one.
pub(super) fn numbered(text: &str, span: (usize, usize)) -> (Vec<Numbered>, bool) {
    let lines = Lines::of(text.get(span.0..span.1).unwrap_or_default());
    let mut found: Vec<Numbered> = Vec::new();
    let mut first = false;
    for at in 0..lines.len() {
        let Some(line) = lines.get(at) else { continue };
        let start = span.0 + line.start;
        let mark = numbered_line(&lines, at).map(|(rank, number)| Numbered { rank, number, at: start });
        let mark = mark.or_else(|| (at == 0).then(|| article_loosely(lines.bare(at), start)).flatten());
        first |= at == 0 && mark.is_some();
        found.extend(mark);
    }
    (found, first)
}

/// Whether a wording has the number of the provision it is for, and none that would be another's; tells whether it is
/// numbered at all: a heading, an introduction, a clause or a point may leave its number to the act.
pub(super) fn agrees(text: &str, span: (usize, usize), expected: &Expected) -> Option<bool> {
    let (marks, first_numbered) = numbered(text, span);
    let mut rest = marks.iter();
    if first_numbered {
        rest.next().filter(|mark| mark.rank == expected.rank && mark.number == expected.number)?;
    }
    let inside = rest.all(|mark| mark.rank > expected.rank && expected.part == Part::Whole);
    let named = first_numbered || expected.part != Part::Whole || expected.rank >= Rank::Clause;
    (inside && named).then_some(first_numbered)
}

/// `Điều 45, Chế độ …`: the first line of a wording, with a slip after the number.
fn article_loosely(bare: &str, at: usize) -> Option<Numbered> {
    let rest = bare.strip_prefix("Điều ")?;
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let number = rest.get(..length).filter(|number| number.starts_with(|c: char| c.is_ascii_digit()))?;
    Some(Numbered { rank: Rank::Article, number: number.to_owned(), at })
}

/// Parts quotations among the provisions they are for; `None` where their numbers are others, or where it cannot be told
/// which lines are whose.
pub(super) fn parted(text: &str, quotations: &[(usize, usize)], expected: &[Expected]) -> Option<Vec<(usize, usize)>> {
    if quotations.len() == expected.len() {
        let each = quotations.iter().zip(expected);
        if each.clone().all(|(quotation, one)| agrees(text, *quotation, one).is_some()) {
            return Some(quotations.to_vec());
        }
    }
    let (first, rest) = expected.split_first()?;
    let alike = rest.iter().all(|one| one.rank == first.rank && one.part == Part::Whole) && first.part == Part::Whole;
    if alike { in_any_order(text, quotations, expected) } else { in_order(text, quotations, expected) }
}

/// Provisions of one level: each number stands exactly once.
fn in_any_order(text: &str, quotations: &[(usize, usize)], expected: &[Expected]) -> Option<Vec<(usize, usize)>> {
    let wanted: HashMap<&str, usize> = expected.iter().enumerate().map(|(at, one)| (one.number.as_str(), at)).collect();
    let rank = expected.first()?.rank;
    let mut parts: Vec<Option<(usize, usize)>> = vec![None; expected.len()];
    for quotation in quotations {
        let (marks, first_numbered) = numbered(text, *quotation);
        let outer: Vec<&Numbered> = marks.iter().filter(|mark| mark.rank <= rank).collect();
        if !first_numbered || marks.first().is_none_or(|mark| mark.rank != rank) {
            return None;
        }
        for (at, mark) in outer.iter().enumerate() {
            let end = outer.get(at + 1).map_or(quotation.1, |next| next.at);
            let part = parts.get_mut(*wanted.get(mark.number.as_str()).filter(|_| mark.rank == rank)?)?;
            if part.replace(trimmed(text, (mark.at, end))).is_some() {
                return None;
            }
        }
    }
    parts.into_iter().collect()
}

/// Provisions of several levels, in the order in which they are named.
fn in_order(text: &str, quotations: &[(usize, usize)], expected: &[Expected]) -> Option<Vec<(usize, usize)>> {
    let mut parts: Vec<(usize, usize)> = Vec::with_capacity(expected.len());
    let mut next = 0;
    for quotation in quotations {
        let (marks, first_numbered) = numbered(text, *quotation);
        if !first_numbered {
            return None;
        }
        let mut open: Option<&Expected> = None;
        for mark in marks {
            let is_next = expected.get(next).is_some_and(|one| one.rank == mark.rank && one.number == mark.number);
            match open {
                Some(current) if mark.rank > current.rank && current.part == Part::Whole => {
                    // What lies below the open provision; the next one must not look the same.
                    if is_next {
                        return None;
                    }
                    continue;
                }
                _ if is_next => {}
                _ => return None,
            }
            if let (Some(_), Some(last)) = (open, parts.last_mut()) {
                *last = trimmed(text, (last.0, mark.at));
            }
            parts.push((mark.at, quotation.1));
            open = expected.get(next);
            next += 1;
        }
    }
    (next == expected.len()).then_some(parts)
}

/// A stretch without the white space around it.
pub(super) fn trimmed(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    let part = text.get(start..end).unwrap_or_default();
    let from = start + (part.len() - part.trim_start().len());
    (from, (start + part.trim_end().len()).max(from))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn one(rank: Rank, number: &str) -> Expected {
        Expected { rank, number: number.into(), part: Part::Whole }
    }

    fn parts<'t>(text: &'t str, expected: &[Expected]) -> Option<Vec<&'t str>> {
        let parts = parted(text, &[(0, text.len())], expected)?;
        Some(parts.into_iter().map(|(from, to)| &text[from..to]).collect())
    }

    #[test]
    fn a_quotation_is_parted_among_its_provisions() {
        let clauses = [one(Rank::Clause, "3"), one(Rank::Clause, "3a")];
        assert_eq!(parts("3. Ba:\na) Một;\nb) Hai.\n3a. Bốn.", &clauses).unwrap(), ["3. Ba:\na) Một;\nb) Hai.", "3a. Bốn."]);
        assert_eq!(parts("3. Ba.\n4. Bốn.", &clauses), None);
        assert_eq!(parts("3. Ba.", &clauses), None);
        assert_eq!(parts("3. Ba.\n3a. Bốn.\n4. Năm.", &clauses), None);
    }

    #[test]
    fn numbers_inside_an_article_are_its_own() {
        let articles = [one(Rank::Article, "5"), one(Rank::Article, "6")];
        assert_eq!(parts("Điều 5. Một\n1. A.\n2. B.\nĐiều 6. Hai\n1. C.", &articles).unwrap().len(), 2);
        assert_eq!(parts("Điều 5. Một\nĐiều 7. Hai", &articles), None);
    }

    #[test]
    fn a_wording_without_a_number_is_of_the_only_provision() {
        assert_eq!(parts("Một câu.", &[one(Rank::Clause, "3")]).unwrap(), ["Một câu."]);
        assert_eq!(parts("Một câu:\na) A;\nb) B.", &[one(Rank::Clause, "3")]).unwrap().len(), 1);
        assert_eq!(parts("Một câu:\n1. A.", &[one(Rank::Clause, "3")]), None);
        assert_eq!(parts("Một câu.", &[one(Rank::Clause, "3"), one(Rank::Clause, "4")]), None);
    }
}
