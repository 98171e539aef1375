//! What was stamped on a page: a number and a date where room was left for them, the look of a signature.

use super::glyph::Glyph;
use super::line::Line;
use hayro_cmap::BfString;

/// How far from its neighbours a stamp may stand in a line, in letter sizes.
const NEAR: f64 = 3.0;
/// How far a stamp may reach into its neighbours, in letter sizes.
const OVERLAP: f64 = 0.35;

/// Writes stamps into the lines they stand in; those that stand in none follow at the end.
pub(super) fn stamp(lines: Vec<Line>, stamps: Vec<Line>) -> Vec<Line> {
    let mut lines = lines;
    let mut apart = Vec::new();
    for stamp in stamps {
        // A day and a month may be one stamp, with room for the word that is between them.
        let parts = stamp.parts();
        let places: Option<Vec<usize>> = parts.iter().map(|part| place(&lines, part)).collect();
        match places {
            Some(places) => {
                for (place, part) in places.into_iter().zip(parts) {
                    if let Some(line) = lines.get_mut(place) {
                        insert(line, part);
                    }
                }
            }
            None => apart.push(stamp),
        }
    }
    lines.extend(apart);
    lines
}

/// The line that a stamp stands in.
fn place(lines: &[Line], stamp: &Line) -> Option<usize> {
    let near = lines.iter().enumerate().filter_map(|(index, line)| Some((index, distance(line, stamp)?)));
    near.min_by(|(_, one), (_, two)| one.total_cmp(two)).map(|(index, _)| index)
}

/// How far the stamp stands from what is in the line; `None` where it has no room there.
fn distance(line: &Line, stamp: &Line) -> Option<f64> {
    let size = line.size.max(stamp.size);
    let alike = stamp.size < 2.0 * line.size && line.size < 2.0 * stamp.size;
    if !alike || !line.is_level_with(stamp.v, stamp.size, stamp.direction) {
        return None;
    }
    let mut nearest = f64::INFINITY;
    let written = line.glyphs.iter().zip(room(&line.glyphs)).filter(|(_, room)| !room);
    for (glyph, _) in written {
        let gap = (glyph.from - stamp.to).max(stamp.from - glyph.to);
        if gap < -OVERLAP * size {
            return None;
        }
        nearest = nearest.min(gap);
    }
    (nearest < NEAR * size).then_some(nearest)
}

fn insert(line: &mut Line, stamp: Line) {
    let middle = f64::midpoint(stamp.from, stamp.to);
    let room = room(&line.glyphs);
    let is_after = |(glyph, room): (&Glyph, &bool)| !room && f64::midpoint(glyph.from, glyph.to) > middle;
    let at = line.glyphs.iter().zip(&room).position(is_after).unwrap_or(line.glyphs.len());
    // What marked the room goes where the stamp comes.
    let marked = room.get(..at).unwrap_or_default().iter().rev().take_while(|room| **room).count();
    let rest = line.glyphs.split_off(at);
    line.glyphs.truncate(at - marked);
    line.from = line.from.min(stamp.from);
    line.to = line.to.max(stamp.to);
    line.stamped = true;
    glue(&mut line.glyphs, stamp.glyphs);
    glue(&mut line.glyphs, rest);
}

/// Which characters only keep room free for what is to be written there: spaces, and rows of dots.
fn room(glyphs: &[Glyph]) -> Vec<bool> {
    let mut room: Vec<bool> = glyphs.iter().map(Glyph::is_space).collect();
    let mut row: Vec<usize> = Vec::new();
    let mut dots = 0;
    for (index, glyph) in glyphs.iter().enumerate() {
        match glyph.dots() {
            0 if glyph.is_space() => {}
            0 => {
                mark(&mut room, &std::mem::take(&mut row), dots);
                dots = 0;
            }
            more => {
                row.push(index);
                dots += more;
            }
        }
    }
    mark(&mut room, &row, dots);
    room
}

/// A row of three dots or more is room; a single one ends a sentence.
fn mark(room: &mut [bool], row: &[usize], dots: usize) {
    for index in row.iter().filter(|_| dots >= 3) {
        if let Some(place) = room.get_mut(*index) {
            *place = true;
        }
    }
}

/// Puts characters behind others where a stamp is beside them. Stamps are set down by hand, so the gap says nothing: what
/// begins with a stroke is the rest of a number (`12` `/2031/QĐ-UBND`), everything else is another word.
pub(super) fn glue(left: &mut Vec<Glyph>, right: Vec<Glyph>) {
    let Some(next) = right.iter().find(|glyph| !glyph.is_space()) else { return };
    while left.last().is_some_and(Glyph::is_space) {
        left.pop();
    }
    if let Some(last) = left.last_mut() {
        last.to = next.from;
        let mut begin = String::new();
        next.write(&mut begin);
        if !begin.starts_with('/') {
            let space = Glyph { text: Some(BfString::Char(' ')), from: next.from, to: next.from, ..last.clone() };
            left.push(space);
        }
    }
    left.extend(right.into_iter().skip_while(Glyph::is_space));
}
