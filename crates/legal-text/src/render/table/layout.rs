//! Which cells make a row.

use super::super::source::Source;
use super::rows::Cell;
use std::ops::Range;

pub(super) type RangesOfRow = Vec<Option<Range<usize>>>;

/// Rows that are lines: what stands between two bars is a cell, also where it is empty.
pub(super) fn rows_of_lines(cells: Vec<Cell>) -> Vec<RangesOfRow> {
    let mut rows = Vec::new();
    let mut row: RangesOfRow = Vec::new();
    for Cell { lines, bars, ends } in cells {
        row.extend(lines.map(Some));
        // Of the bars one closes the cell, or is the one that a line begins with.
        row.extend(std::iter::repeat_n(None, bars.saturating_sub(1)));
        if ends {
            rows.push(std::mem::take(&mut row));
        }
    }
    rows.push(row);
    rows
}

/// Rows whose cells are lines. Runs of cells with single bars between them are certain.
pub(super) fn rows_of_cells(cells: Vec<Cell>) -> Vec<RangesOfRow> {
    let mut runs: Vec<(RangesOfRow, usize)> = Vec::new();
    let mut run: RangesOfRow = Vec::new();
    for cell in cells {
        run.push(cell.lines);
        if cell.bars > 1 {
            runs.push((std::mem::take(&mut run), cell.bars - 2));
        }
    }
    runs.push((run, 0));
    let width = runs.iter().map(|(run, _)| run.len()).max().unwrap_or_default();
    let trailing = |(mut run, empty): (RangesOfRow, usize)| {
        let missing = width.saturating_sub(run.len());
        run.extend(std::iter::repeat_n(None, empty.min(missing)));
        run
    };
    fill(runs.into_iter().map(trailing).collect(), width)
}

/// Two runs that are a row together but for one empty cell between them are one.
fn fill(rows: Vec<RangesOfRow>, width: usize) -> Vec<RangesOfRow> {
    let mut filled: Vec<RangesOfRow> = Vec::new();
    for mut row in rows {
        match filled.last_mut() {
            Some(before) if filled_is_first(before, width) && before.len() + 1 + row.len() == width => {
                before.push(None);
                before.append(&mut row);
            }
            _ => filled.push(row),
        }
    }
    filled
}

/// A run that can be the beginning of a row: it is no row itself, and does not end with an empty cell.
fn filled_is_first(row: &RangesOfRow, width: usize) -> bool {
    row.len() < width && row.last().is_some_and(Option::is_some)
}

/// A row that lacks cells lacks those before it, which the row above spans, unless it begins with a running number.
pub(super) fn aligned(source: &Source<'_>, rows: Vec<RangesOfRow>) -> Vec<RangesOfRow> {
    let width = rows.iter().map(Vec::len).max().unwrap_or_default();
    let align = |(at, row): (usize, RangesOfRow)| {
        let missing = width.saturating_sub(row.len());
        let numbered = row.first().and_then(Option::as_ref).is_none_or(|first| is_running_number(source.slice(first)));
        if at == 0 || row.len() < 2 || numbered {
            return row;
        }
        std::iter::repeat_n(None, missing).chain(row).collect()
    };
    rows.into_iter().enumerate().map(align).collect()
}

/// `1`, `1.2`, `IV`, `A`
fn is_running_number(cell: &str) -> bool {
    let bare = cell.trim_matches(|c: char| !c.is_alphanumeric());
    bare.chars().count() <= 5 && bare.chars().all(|c| c.is_ascii_digit() || c.is_uppercase() || c == '.')
}

/// Whether a row heads the columns: all of it is set in bold, or it begins with the words for a running number.
pub(super) fn heads(source: &Source<'_>, row: &RangesOfRow) -> bool {
    let mut cells = row.iter().flatten().map(|cell| source.slice(cell)).filter(|cell| cell.contains(char::is_alphanumeric));
    let Some(first) = cells.next() else { return false };
    let bare = crate::lower(first.trim_matches(|c: char| !c.is_alphanumeric()));
    matches!(bare.as_str(), "stt" | "tt" | "số tt" | "số thứ tự")
        || (row.len() > 1 && first.starts_with('*') && cells.all(|cell| cell.starts_with('*')))
}
