//! Whether a mark opens a part of the act here: its number comes next, and no sentence runs over it.

use super::event::{Event, Holds, level};
use super::marker::{Marker, Sort};
use super::number::{self, Num, letter_follows};
use super::paragraphs::{calls_for_number, ends_sentence};
use super::sequence::Frame;
use super::walk::Walk;
use super::{anchors, headings};
use crate::layout::is_capitals;
use crate::node::Kind;

/// What stands before a line, as far as it says whether something may begin there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before<'t> {
    pub text: &'t str,
    /// A blank line, or nothing at all, stands between.
    pub gap: bool,
    /// A sentence, a heading or a table ends.
    pub closed: bool,
}

impl<'w> Walk<'w, '_> {
    pub(super) fn before(&self, at: usize) -> Before<'w> {
        let gap = self.lines.get(at).is_none_or(|line| line.gap) && !(at > 0 && self.lines.is_page_number(at - 1));
        let before = self.lines.before(at).map(|before| self.lines.bare(before)).unwrap_or_default();
        let after_heading = self.heading_until.is_some_and(|until| until + 1 == at);
        let gap = gap || after_heading;
        let closed = gap || before.is_empty() || ends_sentence(before) || is_capitals(before);
        Before { text: before, gap, closed }
    }

    /// Whether the mark is the next provision of the act, as far as its number tells.
    pub(super) fn is_next(&self, at: usize, found: Marker<'_>) -> bool {
        let rest_opens = found.rest.is_empty() || found.rest.starts_with(char::is_uppercase);
        match found.sort {
            Sort::Worded(Kind::Article) => {
                found.closed && Num::parse(found.num).is_some_and(|num| self.frames.article_follows(num))
            }
            Sort::Worded(Kind::Chapter | Kind::Section) => {
                let below = self.lines.bare(if found.broken { at + 2 } else { at + 1 });
                is_capitals(found.rest) || found.rest.is_empty() && is_capitals(below)
            }
            Sort::Figure => {
                let last = self.frames.holder(level::CLAUSE).and_then(|holder| holder.figure).unwrap_or_default();
                let is_later = |num: Num| self.frames.clause_follows(num) || num > last && num.figure <= last.figure + 3;
                rest_opens && self.frames.article.is_some() && amends(found.rest) && Num::parse(found.num).is_some_and(is_later)
            }
            _ => false,
        }
    }

    /// Whether the mark goes on with the act after a table: the next number, and a sentence behind it.
    pub(super) fn is_next_sentence(&self, found: Marker<'_>) -> bool {
        let sentence = found.rest.split_whitespace().count() >= 4 && !found.rest.starts_with(char::is_lowercase);
        sentence
            && match found.sort {
                Sort::Figure => Num::parse(found.num).is_some_and(|num| num != Num::of(1) && self.frames.clause_follows(num)),
                Sort::Letter => {
                    let letter = found.num.chars().next().and_then(number::order);
                    let last = self.frames.holder(level::POINT).and_then(|holder| holder.letter);
                    letter.zip(last).is_some_and(|(letter, last)| letter_follows(letter, last))
                }
                _ => false,
            }
    }

    /// Opens what the mark opens; gives the line after its own first lines, `None` where it opens nothing.
    pub(super) fn open(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
        let after = if found.broken { at + 2 } else { at + 1 };
        match found.sort {
            Sort::Worded(Kind::Article) => self.open_article(at, found, after),
            Sort::Worded(kind) => self.open_group(at, (found, kind), after),
            Sort::Capital | Sort::Roman => self.open_lettered(at, found),
            Sort::Figure => self.open_clause(at, found),
            Sort::Decimal => self.open_decimal(at, found),
            Sort::Letter => self.open_point(at, found),
            Sort::Compound | Sort::SmallRoman => self.open_subpoint(at, found),
            Sort::Bullet => self.open_item(at, found),
        }
        .map(|next| next.max(after))
    }

    pub(super) fn push(&mut self, at: usize, (kind, level): (Kind, u8), num: &str, holds: Holds) {
        let num = if num == "l" && kind.groups_articles() { "I" } else { num };
        if let Some(line) = self.lines.get(at) {
            self.events.push(Event { at: line.start, kind, level, num: Some(num.to_owned()), holds });
        }
    }

    fn open_article(&mut self, at: usize, found: Marker<'_>, after: usize) -> Option<usize> {
        let num = Num::parse(found.num)?;
        let before = self.before(at);
        if calls_for_number(before.text) && !before.gap {
            return None;
        }
        let line = *self.lines.get(at)?;
        let small = self.lines.bare(at).starts_with(char::is_lowercase);
        let follows = self.frames.article_follows(num);
        let headed = found.closed
            || (found.rest.starts_with(char::is_uppercase) && !cites(found.rest) && (line.bold || before.closed) && follows);
        if !headed || small && !(follows && found.closed && before.closed) {
            return None;
        }
        if !(before.closed || line.bold || follows && found.closed) {
            return None;
        }
        if !follows {
            let twice = self.frames.article == Some(num) && self.events.last().is_some_and(|last| last.kind == Kind::Article);
            if twice {
                self.note("duplicate", at, format!("the heading of article {} stands twice", num.figure));
                let until = headings::article(self, at, after);
                self.part_glued_clause(at, until);
                return Some(until + 1);
            }
            self.out_of_order(at, num, before.closed || line.bold)?;
        }
        self.frames.article = Some(num);
        self.frames.lists_groups = false;
        self.push(at, (Kind::Article, level::of(Kind::Article)), found.num, Holds::AfterHeading);
        self.frames.open(Frame::new(Kind::Article, level::of(Kind::Article), Some(num)));
        let until = headings::article(self, at, after);
        self.part_glued_clause(at, until);
        Some(until + 1)
    }

    /// An article that is not the next: after a gap, twice, or of an attachment without a heading.
    fn out_of_order(&mut self, at: usize, num: Num, apart: bool) -> Option<()> {
        let Some(last) = self.frames.article else {
            // The beginning is missing.
            let next = self.next_article(at).is_none_or(|next| next.follows(num));
            if !apart || !next {
                return None;
            }
            self.note("gap", at, format!("the first article is {}", num.figure));
            return Some(());
        };
        if num == Num::of(1) && apart {
            self.note("restart", at, "articles begin anew without the heading of an attachment");
            self.events.push(Event {
                at: self.lines.get(self.title_above(at))?.start,
                kind: Kind::Attachment,
                level: level::ATTACHMENT,
                num: None,
                holds: Holds::AfterHeading,
            });
            self.frames.restart(Kind::Attachment, level::ATTACHMENT);
            return Some(());
        }
        let next = self.next_article(at);
        let goes_on = next.is_some_and(|next| next.follows(num));
        if num > last {
            let near = num.figure <= last.figure + 4;
            // Right below the heading of a chapter stands an article, however many are missing.
            let heads_group = self.events.last().is_some_and(|last| last.kind.groups_articles());
            if !apart || !(near || goes_on || heads_group) {
                return None;
            }
            let detail = format!("articles {} to {} are missing", last.figure + 1, num.figure.saturating_sub(1));
            self.note("gap", at, detail);
            return Some(());
        }
        // The last article of all may have the number of the one before it.
        let is_last = next.is_none() && num == last && !self.before(at).text.ends_with(':');
        let is_slip = next.is_some_and(|next| next.figure == last.figure + 2) || goes_on || is_last;
        if !apart || !is_slip {
            return None;
        }
        self.note("duplicate", at, format!("article {} stands more than once", num.figure));
        Some(())
    }

    /// The first of the title lines above a line that nothing has claimed yet.
    fn title_above(&self, at: usize) -> usize {
        let claimed = self.events.last().map_or(0, |last| last.at);
        let mut first = at;
        while let Some(above) = first.checked_sub(1) {
            let unclaimed = self.lines.get(above).is_some_and(|line| line.start > claimed);
            let is_title = anchors::is_title_line(self.lines, above) || self.lines.get(above).is_some_and(|line| line.is_rule());
            if !unclaimed || !is_title || at - above > 12 {
                break;
            }
            first = above;
        }
        first
    }

    /// `Điều 1. Phạm vi 1. Quy định này …`, where clause 2 stands on a line of its own.
    fn part_glued_clause(&mut self, at: usize, until: usize) {
        let next_figure = (until + 1..self.lines.len().min(until + 40))
            .find_map(|line| self.mark(line).filter(|found| found.sort == Sort::Figure || matches!(found.sort, Sort::Worded(_))));
        if !next_figure.is_some_and(|found| found.sort == Sort::Figure && found.num == "2") {
            return;
        }
        let Some(line) = self.lines.get(at) else { return };
        let bare = self.lines.printed(at);
        let Some(found) = bare.match_indices("1. ").map(|(found, _)| found).find(|found| {
            let before = bare.get(..*found).and_then(|before| before.chars().next_back());
            before.is_some_and(|c| c.is_lowercase() || matches!(c, ' ' | '*' | '.'))
                && bare.get(found + 3..).is_some_and(|rest| rest.starts_with(char::is_uppercase))
                && !bare.get(..*found).is_some_and(|before| before.trim_end_matches([' ', '*']).ends_with("iều"))
        }) else {
            return;
        };
        let event = Event {
            at: line.from + found,
            kind: Kind::Clause,
            level: level::CLAUSE,
            num: Some("1".into()),
            holds: Holds::AfterIntro,
        };
        self.events.push(event);
        self.frames.open(Frame::new(Kind::Clause, level::CLAUSE, Some(Num::of(1))));
        if let Some(holder) = self.frames.holder_mut(level::CLAUSE) {
            holder.figure = Some(Num::of(1));
        }
    }
}

/// Whether what follows a number goes on citing: `Điều 35 Luật Thủ đô`, `Điều 5 và Điều 6`.
pub(super) fn cites(rest: &str) -> bool {
    ["Luật", "Nghị", "Thông tư", "Quyết định số", "Bộ luật", "Hiến pháp", "Pháp lệnh", "Quy chế này", "Quy định này", "Phụ lục"]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// Whether what follows a letter goes on citing: `a) khoản 1 Điều 5`.
pub(super) fn cites_on(rest: &str) -> bool {
    ["khoản ", "và ", "Khoản ", "điểm ", ", "].iter().any(|word| rest.starts_with(word)) && !rest.contains(':')
}

/// Whether a provision changes another act.
fn amends(rest: &str) -> bool {
    [
        "Sửa đổi",
        "Bổ sung",
        "Bãi bỏ",
        "Thay thế",
        "Thay cụm",
        "Thay từ",
        "Hủy bỏ",
        "Huỷ bỏ",
        "Bỏ ",
        "Điều ",
        "Khoản ",
        "Điểm ",
        "Mục ",
        "Chương ",
        "Sửa ",
        "Thay ",
    ]
    .iter()
    .any(|word| rest.starts_with(word))
}
