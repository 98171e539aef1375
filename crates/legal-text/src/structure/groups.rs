//! Opens what groups articles, and the lettered parts of documents without them.

use super::event::{Holds, level};
use super::headings;
use super::marker::{Marker, Sort};
use super::number::{self, Num, letter_follows};
use super::opening::cites;
use super::paragraphs::calls_for_number;
use super::sequence::Frame;
use super::walk::Walk;
use crate::layout::is_capitals;
use crate::node::Kind;

/// No name of a chapter in a list has more lines.
const LISTED: usize = 8;

impl Walk<'_, '_> {
    pub(super) fn open_group(&mut self, at: usize, (found, kind): (Marker<'_>, Kind), after: usize) -> Option<usize> {
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
    pub(super) fn open_lettered(&mut self, at: usize, found: Marker<'_>) -> Option<usize> {
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
}
