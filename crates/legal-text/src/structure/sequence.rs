//! What number may come next: the open parts of a document, each with the last number below it.

use super::event::level;
use super::number::Num;
use crate::node::Kind;

/// An open part, and the numbers that its parts have had.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub kind: Kind,
    pub level: u8,
    pub num: Option<Num>,
    pub figure: Option<Num>,
    pub letter: Option<usize>,
    pub roman: Option<u32>,
    pub capital: Option<usize>,
    /// The mark of its items.
    pub bullet: Option<char>,
}

impl Frame {
    pub fn new(kind: Kind, level: u8, num: Option<Num>) -> Self {
        Self { kind, level, num, figure: None, letter: None, roman: None, capital: None, bullet: None }
    }
}

/// The parts that are open, from the document or attachment inwards.
#[derive(Debug)]
pub(super) struct Frames {
    frames: Vec<Frame>,
    /// The last article of the act or attachment.
    pub article: Option<Num>,
    /// Whether the act or attachment is divided into parts.
    pub has_parts: bool,
    /// Whether an article is open that lists the parts and chapters of something else.
    pub lists_groups: bool,
}

impl Frames {
    pub fn new() -> Self {
        Self { frames: vec![Frame::new(Kind::Text, 0, None)], article: None, has_parts: false, lists_groups: false }
    }

    /// Begins an attachment: its numbers are its own.
    pub fn restart(&mut self, kind: Kind, level: u8) {
        self.close(level);
        self.frames.push(Frame::new(kind, level, None));
        self.article = None;
        self.has_parts = false;
        self.lists_groups = false;
    }

    /// Ends everything of this level or below.
    pub fn close(&mut self, level: u8) {
        while self.frames.len() > 1 && self.frames.last().is_some_and(|last| last.level >= level) {
            self.frames.pop();
        }
    }

    pub fn open(&mut self, frame: Frame) {
        self.close(frame.level);
        self.frames.push(frame);
    }

    /// The innermost open part.
    pub fn innermost(&self) -> Option<&Frame> {
        self.frames.last()
    }

    /// The open part of this kind, if there is one.
    pub fn inside(&self, kind: Kind) -> Option<&Frame> {
        self.frames.iter().rev().find(|frame| frame.kind == kind)
    }

    /// The open part of this level.
    pub fn inside_level(&self, level: u8) -> Option<&Frame> {
        self.frames.iter().rev().find(|frame| frame.level == level)
    }

    /// The part that holds what has this level.
    pub fn holder(&self, level: u8) -> Option<&Frame> {
        self.frames.iter().rev().find(|frame| frame.level < level)
    }

    pub fn holder_mut(&mut self, level: u8) -> Option<&mut Frame> {
        self.frames.iter_mut().rev().find(|frame| frame.level < level)
    }

    /// Whether the number may be the next clause.
    pub fn clause_follows(&self, num: Num) -> bool {
        match self.holder(level::CLAUSE).and_then(|holder| holder.figure) {
            Some(last) => num.follows(last),
            None => num == Num::of(1),
        }
    }

    /// Whether the number may be the next article.
    pub fn article_follows(&self, num: Num) -> bool {
        match self.article {
            Some(last) => num.follows(last),
            None => num == Num::of(1),
        }
    }
}
