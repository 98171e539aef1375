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
        let nearest = lines.iter().enumerate().filter_map(|(index, line)| Some((index, distance(line, &stamp)?)));
        match nearest.min_by(|(_, one), (_, two)| one.total_cmp(two)) {
            Some((index, _)) => {
                if let Some(line) = lines.get_mut(index) {
                    insert(line, stamp);
                }
            }
            None => apart.push(stamp),
        }
    }
    lines.extend(apart);
    lines
}

/// How far the stamp stands from what is in the line; `None` where it has no room there.
fn distance(line: &Line, stamp: &Line) -> Option<f64> {
    let size = line.size.max(stamp.size);
    let alike = stamp.size < 2.0 * line.size && line.size < 2.0 * stamp.size;
    if !alike || !line.is_level_with(stamp.v, stamp.size, stamp.direction) {
        return None;
    }
    let mut nearest = f64::INFINITY;
    for glyph in line.glyphs.iter().filter(|glyph| !glyph.is_space()) {
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
    let after = |glyph: &Glyph| !glyph.is_space() && f64::midpoint(glyph.from, glyph.to) > middle;
    let at = line.glyphs.iter().position(after).unwrap_or(line.glyphs.len());
    let rest = line.glyphs.split_off(at);
    line.from = line.from.min(stamp.from);
    line.to = line.to.max(stamp.to);
    line.stamped = true;
    glue(&mut line.glyphs, stamp.glyphs);
    glue(&mut line.glyphs, rest);
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
