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

/// No name of a chapter in a list has more lines.
const LISTED: usize = 8;

/// What stands before a line, as far as it says whether something may begin there.
#[derive(Debug, Clone, Copy)]
struct Before<'t> {
    text: &'t str,
    /// A blank line, or nothing at all, stands between.
    gap: bool,
    /// A sentence, a heading or a table ends.
    closed: bool,
}

impl<'w> Walk<'w, '_> {
    fn before(&self, at: usize) -> Before<'w> {
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

    fn push(&mut self, at: usize, (kind, level): (Kind, u8), num: &str, holds: Holds) {
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

    fn open_group(&mut self, at: usize, (found, kind): (Marker<'_>, Kind), after: usize) -> Option<usize> {
        let before = self.before(at);
        let line = *self.lines.get(at)?;
        let small = self.lines.bare(at).starts_with(char::is_lowercase);
        let below = self.lines.bare(after);
        let shouted = is_capitals(found.rest) || found.rest.is_empty() && is_capitals(below);
        if (calls_for_number(before.text) && !before.gap) || small || !(before.closed || line.bold || shouted) {
            return None;
        }
        let titled =
            found.rest.is_empty() || is_capitals(found.rest) || found.closed && found.rest.starts_with(char::is_uppercase);
        let in_title = titled
            || line.bold && found.rest.starts_with(char::is_uppercase)
            || kind != Kind::Section && found.rest.starts_with(char::is_uppercase) && !cites(found.rest);
        if !in_title || found.rest.len() > 400 {
            return None;
        }
        self.frames.lists_groups |= before.text.ends_with(':') && self.lists_groups(after);
        if self.frames.lists_groups {
            return None;
        }
        // Parts of an article, where the act itself has none.
        let inside_article = kind == Kind::Part && self.frames.article.is_some() && !self.frames.has_parts;
        let level = if inside_article { level::PART_OF_ARTICLE } else { level::of(kind) };
        self.frames.has_parts |= kind == Kind::Part && !inside_article;
        self.push(at, (kind, level), found.num, Holds::AfterHeading);
        self.frames.open(Frame::new(kind, level, Num::parse(found.num)));
        Some(headings::group(self, after, found.rest) + 1)
    }

    /// Whether an article goes on to name another chapter or part without an article in between: `Mẫu này gồm:`.
    fn lists_groups(&self, after: usize) -> bool {
        let worded = |line| match self.mark(line)?.sort {
            Sort::Worded(kind) => Some(kind),
            _ => None,
        };
        let next = (after..self.lines.len().min(after + LISTED)).find_map(worded);
        self.frames.inside(Kind::Article).is_some() && next.is_some_and(Kind::groups_articles)
    }

    /// `A.` and `I.`: parts and sections of documents without articles, or inside an article.
    fn open_lettered(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
        let before = self.before(at);
        let line = *self.lines.get(at)?;
        // Some sources print headings in small letters, each on one line.
        let lowered = found.sort == Sort::Roman
            && found.rest.starts_with(char::is_lowercase)
            && !self.wrapping.wrapped
            && self.wrapping.begins_paragraph(self.lines, at);
        if !(before.closed || line.bold || lowered) || calls_for_number(before.text) && !before.gap {
            return None;
        }
        let capital = found.rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"'));
        if !(found.rest.is_empty() || capital || lowered) {
            return None;
        }
        let as_capital = found.sort == Sort::Capital || self.is_capital_here(found.num);
        let (kind, level) = if as_capital { (Kind::Part, level::CAPITAL) } else { (Kind::Section, level::ROMAN) };
        let holder = self.frames.holder_mut(level)?;
        if as_capital {
            let letter = found.num.chars().next()?;
            let letter = number::order(letter.to_lowercase().next()?)?;
            let follows = match holder.capital {
                Some(last) => letter_follows(letter, last),
                None => letter == 0,
            };
            if !follows {
                return None;
            }
            holder.capital = Some(letter);
        } else {
            let value = number::roman(found.num)?;
            let follows = match holder.roman {
                Some(last) => value == last + 1 || value == 1,
                None => value == 1,
            };
            if !follows {
                return None;
            }
            holder.roman = Some(value);
        }
        self.push(at, (kind, level), found.num, Holds::AfterHeading);
        self.frames.open(Frame::new(kind, level, None));
        let until = headings::lettered(self, at);
        Some(until + 1)
    }

    /// `C.` is a letter after `B.`, and `I.` after `H.`.
    fn is_capital_here(&self, num: &str) -> bool {
        let Some(letter) = num.chars().next().filter(|_| num.len() == 1) else { return false };
        let Some(order) = letter.to_lowercase().next().and_then(number::order) else { return false };
        let last = self.frames.holder(level::CAPITAL).and_then(|holder| holder.capital);
        let roman_goes_on = self
            .frames
            .holder(level::ROMAN)
            .and_then(|holder| holder.roman)
            .is_some_and(|last| number::roman(num) == Some(last + 1));
        !roman_goes_on && last.is_some_and(|last| letter_follows(order, last) && order > 3)
    }

    fn open_clause(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
        let num = Num::parse(found.num)?;
        let before = self.before(at);
        if calls_for_number(before.text) && !before.gap {
            return None;
        }
        let line = *self.lines.get(at)?;
        let capital = found.rest.is_empty()
            || found.rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '(' | '‘' | '['))
            || found.rest.starts_with(|c: char| c.is_ascii_digit());
        let last = self.frames.holder(level::CLAUSE)?.figure;
        let follows = self.frames.clause_follows(num);
        if !(capital || follows && before.closed) {
            return None;
        }
        if !(before.closed || line.bold || follows && capital && !found.rest.is_empty()) {
            return None;
        }
        if !(found.closed || follows && before.closed) {
            return None;
        }
        match last {
            None if num == Num::of(1) && before.closed && self.follows_a_whole_article(before.text) => {
                if let Some(article) = self.lost_article(at) {
                    self.open_lost_article(at, article, "");
                }
            }
            _ if follows => {}
            None if num == Num::of(2) && before.closed && self.frames.article.is_some() => {
                self.note("gap", at, "the first clause has no number");
            }
            None => return None,
            Some(_) if num == Num::of(1) => return self.restart_clauses(at, found, before.text),
            Some(last) if num > last && num.figure <= last.figure + 3 && before.closed => {
                self.note("gap", at, format!("clause {} is missing", last.figure + 1));
            }
            Some(last) if num == last && before.closed => {
                self.note("duplicate", at, format!("clause {} stands more than once", num.figure));
            }
            Some(_) => return None,
        }
        self.clause(at, found, num);
        Some(at + 1)
    }

    fn clause(&mut self, at: usize, found: Marker<'_>, num: Num) {
        self.push(at, (Kind::Clause, level::CLAUSE), found.num, Holds::AfterIntro);
        self.frames.open(Frame::new(Kind::Clause, level::CLAUSE, Some(num)));
        if let Some(holder) = self.frames.holder_mut(level::CLAUSE) {
            holder.figure = Some(num);
        }
        self.heading_until = None;
    }

    /// Clauses begin anew: below a point, in an article whose heading is lost, or for no reason that can be seen.
    fn restart_clauses(&mut self, at: usize, found: Marker<'_>, before: &str) -> Option<usize> {
        let num = Num::of(1);
        let inside = self.frames.inside(Kind::Article).is_some();
        if let Some(article) = self.lost_article(at).filter(|_| inside) {
            self.open_lost_article(at, article, before);
            self.clause(at, found, num);
            return Some(at + 1);
        }
        if before.ends_with(':') && self.frames.inside(Kind::Point).is_some() {
            self.push(at, (Kind::Subpoint, level::SUBPOINT), found.num, Holds::AfterIntro);
            let mut frame = Frame::new(Kind::Subpoint, level::SUBPOINT, Some(num));
            frame.figure = None;
            self.frames.open(frame);
            return Some(at + 1);
        }
        self.note("restart", at, "clauses begin anew");
        self.clause(at, found, num);
        Some(at + 1)
    }

    fn open_lost_article(&mut self, at: usize, article: Num, before: &str) {
        self.note("missing_heading", at, format!("the heading of article {} is missing", article.figure));
        self.frames.article = Some(article);
        let name = article.figure.to_string();
        self.push(at, (Kind::Article, level::of(Kind::Article)), &name, Holds::AfterHeading);
        // `Trong Quy chế này, các từ ngữ … như sau:` is its introduction.
        if before.ends_with(':')
            && let [.., introduction, article] = self.events.as_mut_slice()
            && introduction.kind == Kind::Text
        {
            introduction.level = level::INSIDE;
            article.at = introduction.at;
            std::mem::swap(introduction, article);
        }
        self.frames.open(Frame::new(Kind::Article, level::of(Kind::Article), Some(article)));
    }

    /// Whether an article without clauses, or the heading of a chapter, has ended before a first clause.
    fn follows_a_whole_article(&self, before: &str) -> bool {
        !before.ends_with(':') && self.events.last().is_some_and(|last| last.kind != Kind::Article)
    }

    /// The number of the article whose heading is missing here: between the last article and the next printed one
    /// clauses begin anew exactly as often as articles are missing.
    fn lost_article(&self, at: usize) -> Option<Num> {
        let last = self.frames.article?;
        let (line, next) = self.next_article_line(at)?;
        let missing = next.figure.checked_sub(last.figure + 1).filter(|missing| (1..=5).contains(missing))?;
        let begins = (at..line).filter(|line| {
            let found = self.mark(*line);
            found.is_some_and(|found| found.sort == Sort::Figure && found.num == "1") && !super::tables::is_row(self.lines, *line)
        });
        (next.letter == 0 && begins.count() == missing as usize).then_some(Num::of(last.figure + 1))
    }

    fn open_decimal(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
        let before = self.before(at);
        if calls_for_number(before.text) && !before.gap || !before.closed {
            return None;
        }
        let depth = found.num.matches('.').count();
        let first: u32 = found.num.split('.').next()?.parse().ok()?;
        let clause = self.frames.inside(Kind::Clause).and_then(|clause| clause.num);
        if clause.is_some_and(|clause| clause.figure != first) {
            return None;
        }
        let (kind, level) = match depth {
            1 => (Kind::Point, level::POINT),
            2 => (Kind::Subpoint, level::SUBPOINT),
            _ => return None,
        };
        self.push(at, (kind, level), found.num, Holds::AfterIntro);
        self.frames.open(Frame::new(kind, level, None));
        Some(at + 1)
    }

    fn open_point(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
        let letter = number::order(found.num.chars().next()?)?;
        let before = self.before(at);
        if calls_for_number(before.text) && !before.gap || cites_on(found.rest) && !before.closed {
            return None;
        }
        let capital = found.rest.is_empty() || !found.rest.starts_with(char::is_lowercase);
        if !(found.closed || capital && before.closed) {
            return None;
        }
        let last = self.frames.holder(level::POINT)?.letter;
        let follows = match last {
            Some(last) => letter_follows(letter, last),
            None => letter == 0,
        };
        let holder_allows = self
            .frames
            .holder(level::POINT)
            .is_some_and(|holder| holder.level > 0 || !self.frames.article.is_some_and(|_| false));
        if !holder_allows || !(before.closed || capital) {
            return None;
        }
        match last {
            _ if follows => {}
            Some(_) if letter == 0 && self.frames.inside(Kind::List).is_some() => return self.nested_point(at, found),
            Some(_) if letter == 0 && before.closed => self.note("restart", at, "points begin anew"),
            Some(last) if letter > last && letter <= last + 3 && before.closed => self.note("gap", at, "a point is missing"),
            Some(last) if letter == last && before.closed => {
                self.note("duplicate", at, format!("point {} stands more than once", found.num))
            }
            Some(_) if self.nested_follows(letter) => return self.nested_point(at, found),
            _ => return None,
        }
        if let Some(holder) = self.frames.holder_mut(level::POINT) {
            holder.letter = Some(letter);
        }
        self.push(at, (Kind::Point, level::POINT), found.num, Holds::AfterIntro);
        self.frames.open(Frame::new(Kind::Point, level::POINT, None));
        Some(at + 1)
    }

    /// Points below an item of a list.
    fn nested_point(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
        let letter = number::order(found.num.chars().next()?)?;
        self.frames.close(level::NESTED);
        if let Some(holder) = self.frames.holder_mut(level::NESTED) {
            holder.letter = Some(letter);
        }
        self.push(at, (Kind::Point, level::NESTED), found.num, Holds::AfterIntro);
        Some(at + 1)
    }

    fn nested_follows(&self, letter: usize) -> bool {
        self.frames
            .innermost()
            .filter(|frame| frame.level >= level::LIST)
            .and_then(|frame| frame.letter)
            .is_some_and(|last| letter_follows(letter, last))
    }

    fn open_subpoint(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
        let before = self.before(at);
        if calls_for_number(before.text) && !before.gap || !before.closed {
            return None;
        }
        self.frames.inside(Kind::Point)?;
        self.push(at, (Kind::Subpoint, level::SUBPOINT), found.num, Holds::AfterIntro);
        self.frames.open(Frame::new(Kind::Subpoint, level::SUBPOINT, None));
        Some(at + 1)
    }

    fn open_item(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
        let before = self.before(at);
        let capital = !found.rest.starts_with(char::is_lowercase);
        // `kinh tế` / `- xã hội`
        if !(before.closed || before.text.ends_with(',') || capital && !found.rest.is_empty()) {
            return None;
        }
        let mark = found.num.chars().next()?;
        let outer = self.frames.inside_level(level::LIST).and_then(|list| list.bullet);
        let inner = self.frames.inside_level(level::INNER_LIST).and_then(|list| list.bullet);
        let (list, item) = match (outer, inner) {
            (Some(outer), _) if outer == mark => (level::LIST, level::ITEM),
            (Some(_), _) => (level::INNER_LIST, level::INNER_ITEM),
            (None, _) => (level::LIST, level::ITEM),
        };
        let is_open = if list == level::LIST { outer.is_some() } else { inner.is_some() };
        if !is_open {
            if let Some(line) = self.lines.get(at) {
                self.events.push(Event { at: line.start, kind: Kind::List, level: list, num: None, holds: Holds::AfterIntro });
            }
            let mut frame = Frame::new(Kind::List, list, None);
            frame.bullet = Some(mark);
            self.frames.open(frame);
        }
        self.push(at, (Kind::Item, item), found.num, Holds::AfterIntro);
        self.frames.open(Frame::new(Kind::Item, item, None));
        Some(at + 1)
    }
}

/// Whether what follows a number goes on citing: `Điều 35 Luật Thủ đô`, `Điều 5 và Điều 6`.
fn cites(rest: &str) -> bool {
    ["Luật", "Nghị", "Thông tư", "Quyết định số", "Bộ luật", "Hiến pháp", "Pháp lệnh", "Quy chế này", "Quy định này", "Phụ lục"]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// Whether what follows a letter goes on citing: `a) khoản 1 Điều 5`.
fn cites_on(rest: &str) -> bool {
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
