//! Tables that conversions have flattened with `|`, one cell after the other.

use super::quotes::Resumes;
use crate::lines::Lines;

/// A cell of more lines is no cell.
const LONGEST_CELL: usize = 60;

/// Whether the line belongs to a table drawn with `|`.
pub(super) fn is_row(lines: &Lines<'_>, at: usize) -> bool {
    let whole = lines.whole(at);
    whole.starts_with('|') || whole.ends_with('|') || whole.contains(" | ")
}

/// The table that begins at a line, as the line after its last row; `None` where none begins.
pub(super) fn table(lines: &Lines<'_>, at: usize, act: &impl Resumes) -> Option<usize> {
    if !is_row(lines, at) {
        return None;
    }
    let mut end = at + 1;
    // Rows are whole lines, or a cell is a line and `|` alone parts them.
    let mut by_cells = lines.whole(at) == "|";
    let mut line = at + 1;
    while line < lines.len() && line - end <= if by_cells { LONGEST_CELL } else { 0 } {
        if act.ends(line)
            || (line == end && !is_short_cell(lines, line) && !is_row(lines, line) && (act.resumes(line) || act.goes_on(line)))
        {
            break;
        }
        if is_row(lines, line) {
            by_cells |= lines.whole(line) == "|";
            end = line + 1;
        } else if act.begins_article(line) {
            // What follows the last row is the next article.
            break;
        }
        line += 1;
    }
    // A mark alone draws nothing.
    let has_cells = (at..end).any(|line| lines.get(line).is_some_and(|line| !line.is_rule()));
    has_cells.then_some(end)
}

/// A cell with a running number only.
fn is_short_cell(lines: &Lines<'_>, at: usize) -> bool {
    lines.bare(at).chars().count() <= 5 && is_row(lines, at + 1)
}
