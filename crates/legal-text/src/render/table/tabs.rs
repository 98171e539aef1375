//! Rows whose cells a tab parts.

use super::super::paragraphs::{Flow, bars, paragraphs};
use super::super::source::Source;
use super::layout::{RangesOfRow, heads};
use super::{Piece, Row};
use std::ops::Range;

/// Reads a table of such rows; `None` where the bytes hold another one.
pub(super) fn table_by_tabs(source: &Source<'_>, range: &Range<usize>) -> Option<Vec<Piece>> {
    let whole = source.slice(range);
    if !whole.contains('\t') || bars(whole).next().is_some() {
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut start = range.start;
    for line in whole.split('\n') {
        let cells = cells(line, start);
        start += line.len() + 1;
        if cells.iter().all(Option::is_none) {
            continue;
        }
        let is_head = rows.is_empty() && heads(source, &cells);
        let read = |cell: Option<Range<usize>>| cell.map(|cell| paragraphs(source, cell, Flow::Guessed)).unwrap_or_default();
        rows.push(Row { cells: cells.into_iter().map(read).collect(), is_head });
    }
    Some(vec![Piece::Rows(rows)])
}

/// The cells of a line that begins at `start`; `None` where one is empty.
fn cells(line: &str, start: usize) -> RangesOfRow {
    let mut from = start;
    let cell = |cell: &str| {
        let inner = cell.trim();
        let begin = from + (cell.len() - cell.trim_start().len());
        from += cell.len() + 1;
        (!inner.is_empty()).then(|| begin..begin + inner.len())
    };
    line.split('\t').map(cell).collect()
}
