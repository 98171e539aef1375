//! The rows of a table while they are read.

use super::super::paragraphs::{Flow, paragraphs};
use super::super::source::Source;
use super::layout::{aligned, heads, rows_of_cells, rows_of_lines};
use super::{Piece, Row};
use std::ops::Range;

/// The rows of one table while they are read.
#[derive(Default)]
pub(super) struct Rows {
    cells: Vec<Cell>,
    /// Whether rows are lines.
    by_lines: bool,
}

#[derive(Default)]
pub(super) struct Cell {
    pub lines: Option<Range<usize>>,
    /// How many bars stand after it.
    pub bars: usize,
    /// Whether it is the last one of its row for certain.
    pub ends: bool,
}

impl Rows {
    /// Text may leave the table where no cell is open.
    pub fn may_end(&self) -> bool {
        self.cells.last().is_none_or(|cell| cell.bars > 0 || cell.ends)
    }

    pub fn text(&mut self, range: Range<usize>) {
        match self.cells.last_mut() {
            Some(Cell { lines: Some(lines), bars: 0, ends: false }) => lines.end = range.end,
            _ => self.cells.push(Cell { lines: Some(range), ..Cell::default() }),
        }
    }

    pub fn bar(&mut self) {
        match self.cells.last_mut() {
            Some(cell) if !cell.ends => cell.bars += 1,
            Some(_) => self.cells.push(Cell { bars: 1, ..Cell::default() }),
            // The first bar of all opens a row; where rows are lines, a second one stands after an empty cell.
            None if self.by_lines => self.cells.push(Cell { bars: 1, ..Cell::default() }),
            None => {}
        }
    }

    /// A line that is a row begins: the one before it is over.
    pub fn begin(&mut self) {
        if let Some(cell) = self.cells.last_mut().filter(|_| self.by_lines) {
            cell.ends = true;
        }
        self.by_lines = true;
    }

    /// A line that is a row is over. Of a row that goes on in the next line the last cell is open.
    pub fn end(&mut self) {
        if let Some(cell) = self.cells.last_mut().filter(|cell| cell.bars > 0) {
            cell.ends = true;
        }
    }

    pub fn finish(&mut self, source: &Source<'_>, pieces: &mut Vec<Piece>) {
        let Self { cells, by_lines } = std::mem::take(self);
        let ranges = if by_lines { rows_of_lines(cells) } else { aligned(source, rows_of_cells(cells)) };
        let mut rows: Vec<Row> = Vec::new();
        for row in ranges {
            let is_head = rows.is_empty() && heads(source, &row);
            let read = |cell: Option<Range<usize>>| cell.map(|cell| paragraphs(source, cell, Flow::Guessed)).unwrap_or_default();
            let row = Row { cells: row.into_iter().map(read).collect(), is_head };
            if row.cells.iter().any(|cell| !cell.is_empty()) {
                rows.push(row);
            }
        }
        if !rows.is_empty() {
            pieces.push(Piece::Rows(rows));
        }
    }
}
