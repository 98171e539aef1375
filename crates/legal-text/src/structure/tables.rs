//! Tables as they are in text: rows drawn with `|`, also where conversions put one cell after the other, and rows whose
//! cells a tab parts.

use super::quotes::Resumes;
use crate::lines::Lines;
use std::ops::Range;

/// A cell of more lines is no cell.
const LONGEST_CELL: usize = 60;

/// What ends a mark such as `Điều 1.`, `a)` or `Số:`, after which a tab only sets the text apart.
const ENDS_OF_MARKS: [char; 3] = ['.', ')', ':'];
const LONGEST_MARK: usize = 12;

/// Whether the line looks like a row of a table.
pub(super) fn is_row(lines: &Lines<'_>, at: usize) -> bool {
    let whole = lines.whole(at);
    whole.starts_with('|') || whole.ends_with('|') || whole.contains(" | ") || has_cells(whole)
}

/// Whether tabs part cells in the line.
fn has_cells(whole: &str) -> bool {
    whole
        .split_once('\t')
        .is_some_and(|(first, _)| !first.trim_end().ends_with(ENDS_OF_MARKS) || first.chars().nth(LONGEST_MARK).is_some())
}

/// Whether a line goes on with the rows before it; the first cell may be empty then.
fn goes_on(lines: &Lines<'_>, at: usize) -> bool {
    is_row(lines, at) || lines.whole(at).contains('\t') || lines.is_indented_by_tab(at)
}

/// The rows that begin at a line, as the line after the last of them; `None` where none begin.
pub(super) fn rows(lines: &Lines<'_>, at: usize, act: &impl Resumes) -> Option<usize> {
    // One line with a tab in it is no table.
    if !is_row(lines, at) || !lines.whole(at).contains('|') && !goes_on(lines, at + 1) {
        return None;
    }
    let by_tabs = !lines.whole(at).contains('|');
    let is_row = |line| if by_tabs { goes_on(lines, line) } else { is_row(lines, line) };
    let mut end = at + 1;
    // Rows are whole lines, or a cell is a line and `|` alone parts them.
    let mut by_cells = lines.whole(at) == "|";
    let mut line = at + 1;
    while line < lines.len() && line - end <= if by_cells { LONGEST_CELL } else { 0 } {
        if act.ends(line)
            || (line == end && !is_short_cell(lines, line) && !is_row(line) && (act.resumes(line) || act.goes_on(line)))
        {
            break;
        }
        if is_row(line) {
            by_cells |= lines.whole(line) == "|";
            end = line + 1;
        } else if act.begins_article(line) {
            // What follows the last row is the next article.
            break;
        }
        line += 1;
    }
    Some(end)
}

/// Whether rows hold anything: a mark alone draws no table.
pub(super) fn hold_text(lines: &Lines<'_>, mut rows: Range<usize>) -> bool {
    rows.any(|line| lines.get(line).is_some_and(|line| !line.is_rule()))
}

/// A cell with a running number only.
fn is_short_cell(lines: &Lines<'_>, at: usize) -> bool {
    lines.bare(at).chars().count() <= 5 && is_row(lines, at + 1)
}
