//! Characters put together into lines.

use super::glyph::Glyph;
use super::stamp::glue;

/// A gap in a line that is more than this many letter sizes wide parts two lines: cells of a table, columns.
const WIDEST_GAP: f64 = 1.5;
/// A gap of this many letter sizes is a space.
const SPACE: f64 = 0.18;
/// What stands off the base line by less than this many letter sizes is in the line: exponents, signs of notes.
const OFF_BASE: f64 = 0.5;
/// Characters that are looked back for one drawn twice.
const DOUBLED: usize = 256;

/// Characters on a common base line.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) v: f64,
    pub(super) size: f64,
    pub(super) direction: i16,
    /// Whether something was stamped into it.
    pub(super) stamped: bool,
}

impl Line {
    fn new(glyph: Glyph) -> Self {
        let Glyph { from, to, v, size, direction, .. } = glyph;
        Self { glyphs: vec![glyph], from, to, v, size, direction, stamped: false }
    }

    fn push(&mut self, glyph: Glyph) {
        self.from = self.from.min(glyph.from);
        self.to = self.to.max(glyph.to);
        if glyph.size > self.size {
            self.size = glyph.size;
            self.v = glyph.v;
        }
        self.glyphs.push(glyph);
    }

    /// Whether a base line is that of this line.
    pub(super) fn is_level_with(&self, v: f64, size: f64, direction: i16) -> bool {
        self.direction == direction && (self.v - v).abs() < OFF_BASE * self.size.max(size)
    }

    /// Whether a character goes on with the line.
    fn takes(&self, glyph: &Glyph) -> bool {
        let last = self.glyphs.last().map_or(self.to, |last| last.to);
        let gap = glyph.from - last;
        let size = self.size.max(glyph.size);
        self.is_level_with(glyph.v, glyph.size, glyph.direction) && gap > -size && gap < WIDEST_GAP * size
    }

    /// Whether another line goes on where this one ends.
    fn is_continued_by(&self, next: &Self) -> bool {
        let gap = next.from - self.to;
        let size = self.size.max(next.size);
        // Where there is a stamp, room was left for it, and the stamp fills some of the room.
        let widest = if self.stamped || next.stamped { 2.0 * WIDEST_GAP } else { WIDEST_GAP };
        self.is_level_with(next.v, next.size, next.direction) && gap > -0.3 * size && gap < widest * size
    }

    fn append(&mut self, next: Self) {
        self.from = self.from.min(next.from);
        self.to = self.to.max(next.to);
        self.size = self.size.max(next.size);
        self.stamped |= next.stamped;
        if self.stamped {
            glue(&mut self.glyphs, next.glyphs);
        } else {
            self.glyphs.extend(next.glyphs);
        }
    }

    /// Whether nothing is seen of it.
    pub(super) fn is_blank(&self) -> bool {
        self.glyphs.iter().all(Glyph::is_space)
    }

    /// What stands apart in it, without the spaces between.
    pub(super) fn parts(&self) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::new();
        for glyph in self.glyphs.iter().filter(|glyph| !glyph.is_space()) {
            match parts.last_mut() {
                Some(part) if glyph.from - part.to < 0.8 * self.size => part.push(glyph.clone()),
                _ => parts.push(Self::new(glyph.clone())),
            }
        }
        parts
    }

    /// Its text: gaps are spaces, and white space is one space.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        let mut end: Option<f64> = None;
        for glyph in &self.glyphs {
            let gap = end.map_or(0.0, |end| glyph.from - end);
            if gap > SPACE * glyph.size.max(self.size * 0.5) {
                text.push(' ');
            }
            glyph.write(&mut text);
            end = Some(end.unwrap_or(glyph.to).max(glyph.to));
        }
        kernel::text::one_line(&kernel::text::nfc(text))
    }
}

/// Puts characters together into lines, in the order they are drawn.
pub(super) fn lines(glyphs: Vec<Glyph>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut recent: std::collections::VecDeque<Glyph> = std::collections::VecDeque::with_capacity(DOUBLED);
    for glyph in glyphs {
        if recent.iter().any(|one| one.doubles(&glyph)) {
            continue;
        }
        if recent.len() == DOUBLED {
            recent.pop_front();
        }
        recent.push_back(glyph.clone());
        match lines.last_mut() {
            Some(line) if line.takes(&glyph) => line.push(glyph),
            _ => lines.push(Line::new(glyph)),
        }
    }
    lines
}

/// Brings characters in order that are drawn on one base line in several goes: programs that take letters from a second font
/// where the first one lacks them draw those afterwards, into the holes they left.
pub(super) fn weave(lines: Vec<Line>) -> Vec<Line> {
    let mut woven = Vec::with_capacity(lines.len());
    let mut row: Vec<Line> = Vec::new();
    for line in lines {
        if row.first().is_some_and(|first| !first.is_level_with(line.v, line.size, line.direction)) {
            weave_row(std::mem::take(&mut row), &mut woven);
        }
        row.push(line);
    }
    weave_row(row, &mut woven);
    woven
}

fn weave_row(row: Vec<Line>, woven: &mut Vec<Line>) {
    let glyphs = row.iter().flat_map(|line| &line.glyphs);
    let goes_back = glyphs.clone().zip(glyphs.skip(1)).any(|(one, two)| {
        let back = 0.3 * one.size.max(two.size);
        two.from < one.to - back && !two.is_mark()
    });
    if !goes_back {
        woven.extend(row);
        return;
    }
    // A mark stays behind the letter it was drawn upon.
    let mut letters: Vec<Vec<Glyph>> = Vec::new();
    for glyph in row.into_iter().flat_map(|line| line.glyphs) {
        match letters.last_mut() {
            Some(letter) if glyph.is_mark() => letter.push(glyph),
            _ => letters.push(vec![glyph]),
        }
    }
    letters.sort_by(|one, two| {
        let from = |letter: &[Glyph]| letter.first().map_or(0.0, |glyph| glyph.from);
        from(one).total_cmp(&from(two))
    });
    let mut glyphs = letters.into_iter().flatten();
    let Some(first) = glyphs.next() else { return };
    let mut line = Line::new(first);
    for glyph in glyphs {
        if glyph.from - line.to < WIDEST_GAP * line.size.max(glyph.size) {
            line.push(glyph);
        } else {
            woven.push(std::mem::replace(&mut line, Line::new(glyph)));
        }
    }
    woven.push(line);
}

/// Makes one line of lines that follow each other and go on where the one before ends.
pub(super) fn join(lines: Vec<Line>) -> Vec<Line> {
    let mut joined: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        match joined.last_mut() {
            Some(last) if last.is_continued_by(&line) => last.append(line),
            _ => joined.push(line),
        }
    }
    joined
}
