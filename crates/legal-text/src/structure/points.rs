//! Opens points, what is numbered below them, and items of lists.

use super::event::{Event, Holds, level};
use super::marker::Marker;
use super::number::{self, letter_follows};
use super::opening::cites_on;
use super::paragraphs::calls_for_number;
use super::sequence::Frame;
use super::walk::Walk;
use crate::node::Kind;

impl Walk<'_, '_> {
    pub(super) fn open_decimal(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
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

    pub(super) fn open_point(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
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

    pub(super) fn open_subpoint(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
        let before = self.before(at);
        if calls_for_number(before.text) && !before.gap || !before.closed {
            return None;
        }
        self.frames.inside(Kind::Point)?;
        self.push(at, (Kind::Subpoint, level::SUBPOINT), found.num, Holds::AfterIntro);
        self.frames.open(Frame::new(Kind::Subpoint, level::SUBPOINT, None));
        Some(at + 1)
    }

    pub(super) fn open_item(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
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
