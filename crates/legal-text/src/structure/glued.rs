//! Lines into which a source has run several provisions: `… dự án. 2. Nguồn vốn: a) Vốn góp; b) Vốn vay.`

use super::marker::{Marker, Sort, marker};
use super::number::{self, Num, letter_follows};
use crate::lines::Lines;
use crate::node::Kind;

/// Shorter lines hold one provision.
const SHORTEST: usize = 60;
/// No heading of an article has more bytes.
const HEADING: usize = 300;
/// How far the next provision on a line of its own is looked for.
const AHEAD: usize = 80;

/// The bytes inside lines where a provision begins that the numbering needs there.
pub(super) fn glued(lines: &Lines<'_>) -> Vec<usize> {
    let marks = own_lines(lines);
    let mut found = Vec::new();
    let mut last = Last::default();
    for at in 0..lines.len() {
        let next = marks.partition_point(|(line, _)| *line <= at);
        if let Some((_, mark)) = next.checked_sub(1).and_then(|before| marks.get(before)).filter(|(line, _)| *line == at) {
            last.read(*mark);
        }
        let printed = lines.printed(at);
        if printed.len() < SHORTEST || lines.whole(at).contains('|') {
            continue;
        }
        let ahead = marks.get(next..).unwrap_or_default();
        let ahead: Vec<Mark> = ahead.iter().take_while(|(line, _)| *line <= at + AHEAD).take(12).map(|(_, mark)| *mark).collect();
        let from = lines.get(at).map_or(0, |line| line.from);
        for offset in candidates(printed) {
            let rest = printed.get(offset..).unwrap_or_default();
            let Some(mark) = marker(rest, "").and_then(|found| Mark::of(&found)) else { continue };
            if last.needs(mark, &ahead, printed.get(..offset).unwrap_or_default()) {
                last.read(mark);
                found.push(from + offset);
            }
        }
    }
    found
}

/// A number as the sequence of provisions sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Article(Num),
    Clause(Num),
    Point(usize),
}

impl Mark {
    fn of(found: &Marker<'_>) -> Option<Self> {
        let capital = found.rest.starts_with(char::is_uppercase);
        match found.sort {
            Sort::Worded(Kind::Article) if found.closed && (capital || found.rest.is_empty()) => {
                Num::parse(found.num).map(Self::Article)
            }
            Sort::Figure if capital || found.rest.is_empty() => Num::parse(found.num).map(Self::Clause),
            Sort::Letter if found.closed => found.num.chars().next().and_then(number::order).map(Self::Point),
            _ => None,
        }
    }
}

/// The provisions that stand at the beginning of a line.
fn own_lines(lines: &Lines<'_>) -> Vec<(usize, Mark)> {
    (0..lines.len()).filter_map(|at| Some((at, Mark::of(&marker(lines.bare(at), lines.bare(at + 1))?)?))).collect()
}

/// Where inside a line a provision might begin: after a mark that ends one, before a number or letter.
fn candidates(printed: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = printed.as_bytes();
    (2..bytes.len()).filter(move |at| {
        let is =
            |back: usize, wanted: &[u8]| at.checked_sub(back).and_then(|at| bytes.get(at)).is_some_and(|b| wanted.contains(b));
        let spaced = is(1, b" ");
        if !spaced && bytes.get(*at) != "Đ".as_bytes().first() {
            return false;
        }
        let Some((before, rest)) = printed.split_at_checked(*at) else { return false };
        let is_article = rest.starts_with("Điều ");
        if !spaced {
            // `MỘT TÚI HỒ SƠĐiều 24. Quy trình`
            return is_article && before.ends_with(char::is_uppercase);
        }
        let number = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = |length: usize| rest.get(length..).unwrap_or_default();
        let is_clause = (1..=2).contains(&number) && after(number).starts_with(". ");
        if !is(2, b".;:/)") {
            return is_article && before.len() < 12 || is_clause && (is_page_number(before) || ends_heading(before, rest));
        }
        is_clause || is_article || rest.chars().next().is_some_and(|c| c.is_lowercase() && after(c.len_utf8()).starts_with(") "))
    })
}

/// `14 4. Doanh nghiệp lập …`
fn is_page_number(before: &str) -> bool {
    before.len() <= 4 && before.trim_end().bytes().all(|b| b.is_ascii_digit())
}

/// `Điều 5. Nguồn vốn 1. Vốn chủ sở hữu … 2. Căn cứ …`
fn ends_heading(before: &str, rest: &str) -> bool {
    let heading = before.split_once("Điều ").filter(|(_, heading)| !heading.is_empty());
    before.len() < HEADING && rest.starts_with("1. ") && heading.is_some() && rest.contains(" 2. ")
}

#[derive(Debug, Default)]
struct Last {
    article: Option<Num>,
    clause: Option<Num>,
    point: Option<usize>,
}

impl Last {
    fn read(&mut self, mark: Mark) {
        match mark {
            Mark::Article(num) => *self = Self { article: Some(num), clause: None, point: None },
            Mark::Clause(num) => {
                self.clause = Some(num);
                self.point = None;
            }
            Mark::Point(letter) => self.point = Some(letter),
        }
    }

    /// Whether the sequence lacks the number, and no line of its own has it further on.
    fn needs(&self, mark: Mark, ahead: &[Mark], before: &str) -> bool {
        if self.article.is_none() {
            // Sentences before the first article cite many: `… CHUNGĐiều 1. Phạm vi` is none of them.
            return mark == Mark::Article(Num::of(1)) && !ahead.contains(&mark) && before.ends_with(char::is_uppercase);
        }
        match mark {
            Mark::Article(num) => {
                let listed = ahead.contains(&mark);
                self.article.is_some_and(|last| num.follows(last)) && !listed && !before.trim_end().ends_with(':')
            }
            Mark::Clause(num) => {
                let follows = self.clause.map_or(num == Num::of(1), |last| num.follows(last));
                let listed = ahead.iter().take_while(|next| !matches!(next, Mark::Article(_))).any(|next| *next == mark);
                follows && !listed && self.article.is_some()
            }
            Mark::Point(letter) => {
                let follows = match self.point {
                    Some(last) => letter_follows(letter, last),
                    None => letter == 0 && before.trim_end().ends_with(':'),
                };
                let listed = ahead.iter().take_while(|next| matches!(next, Mark::Point(_))).any(|next| *next == mark);
                follows && !listed
            }
        }
    }
}
