//! Rows of tables, told apart from tables that only arrange a page.
//!
//! The letterhead and the foot of a document are set in tables as well, where each cell is a text of its own. A table of
//! data has borders, or at least as many rows as neither of these has; its rows become lines with a tab between the cells.

use std::ops::Range;

/// Rows with several cells that make a table one of data.
const ROWS: usize = 3;
/// The same where it has borders.
const BORDERED_ROWS: usize = 2;
/// Lines and bytes of the longest cell that becomes part of a line.
const CELL: (usize, usize) = (12, 1500);

/// A table that is being read: in which of the lines each of its cells is.
#[derive(Debug, Default)]
pub(crate) struct Table {
    bordered: bool,
    rows: Vec<Vec<Range<usize>>>,
    cell: Option<usize>,
}

impl Table {
    /// Notes that the table has borders.
    pub(crate) fn border(&mut self) {
        self.bordered = true;
    }

    /// Begins a row, where so many lines were read.
    pub(crate) fn row(&mut self, lines: usize) {
        self.end_cell(lines);
        self.rows.push(Vec::new());
    }

    /// Begins a cell.
    pub(crate) fn cell(&mut self, lines: usize) {
        self.end_cell(lines);
        if self.rows.is_empty() {
            self.rows.push(Vec::new());
        }
        self.cell = Some(lines);
    }

    /// Ends the cell that is open, if one is.
    pub(crate) fn end_cell(&mut self, lines: usize) {
        if let (Some(begin), Some(row)) = (self.cell.take(), self.rows.last_mut()) {
            row.push(begin..lines.max(begin));
        }
    }

    /// Ends the table: of data, every row becomes one line.
    pub(crate) fn end(mut self, lines: &mut Vec<String>) {
        self.end_cell(lines.len());
        let with_cells = self.rows.iter().filter(|row| row.len() > 1).count();
        let several_lines = with_cells >= ROWS;
        if !(several_lines || self.bordered && with_cells >= BORDERED_ROWS) {
            return;
        }
        // From the last row to the first, so that the numbers of lines hold.
        let mut next = None;
        for row in self.rows.iter().rev() {
            let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
            let begin = first.start;
            // Rows follow each other without blank lines.
            if let Some(gap) = next.map(|next| last.end..next)
                && lines.get(gap.clone()).is_some_and(|lines| lines.iter().all(|line| line.trim().is_empty()))
            {
                lines.drain(gap);
            }
            if row.len() > 1
                && let Some(line) = line(row, lines, several_lines)
            {
                lines.splice(begin..last.end, [line]);
            }
            next = Some(begin);
        }
    }
}

/// A row as a line; `None` where it has no text, or a cell too long for a line.
fn line(row: &[Range<usize>], lines: &[String], several_lines: bool) -> Option<String> {
    let mut cells = Vec::with_capacity(row.len());
    let mut at = row.first()?.start;
    for cell in row {
        // What stands between cells is lost to no line.
        if lines.get(at..cell.start)?.iter().any(|line| !line.trim().is_empty()) {
            return None;
        }
        let texts = lines.get(cell.clone())?.iter().flat_map(|line| line.split('\n')).map(str::trim);
        let texts: Vec<&str> = texts.filter(|text| !text.is_empty()).collect();
        if texts.len() > if several_lines { CELL.0 } else { 1 } {
            return None;
        }
        cells.push(texts.join(" "));
        at = cell.end;
    }
    let fits = cells.iter().all(|cell| cell.len() <= CELL.1) && cells.iter().any(|cell| !cell.is_empty());
    fits.then(|| cells.join("\t"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &[&[&str]], bordered: bool) -> Vec<String> {
        let (mut lines, mut table) = (vec!["trước".to_owned()], Table::default());
        if bordered {
            table.border();
        }
        for row in rows {
            table.row(lines.len());
            for cell in *row {
                table.cell(lines.len());
                lines.extend(cell.split('/').map(str::to_owned));
            }
        }
        table.end(&mut lines);
        lines
    }

    #[test]
    fn rows_of_data_become_lines() {
        let rows: &[&[&str]] = &[&["STT", "Tên"], &["1", "Bến/Thượng"], &["", "Cộng"], &["Ghi chú"]];
        assert_eq!(read(rows, false), ["trước", "STT\tTên", "1\tBến Thượng", "\tCộng", "Ghi chú"]);
    }

    #[test]
    fn a_letterhead_stays_as_it_is() {
        let rows: &[&[&str]] = &[&["ỦY BAN/TỈNH", "CỘNG HÒA"], &["Số: 1", "Sông Lam"]];
        assert_eq!(read(rows, false), ["trước", "ỦY BAN", "TỈNH", "CỘNG HÒA", "Số: 1", "Sông Lam"]);
        assert_eq!(read(rows, true), ["trước", "ỦY BAN", "TỈNH", "CỘNG HÒA", "Số: 1\tSông Lam"]);
    }

    #[test]
    fn a_cell_with_a_whole_text_in_it_is_none() {
        let long = "x/".repeat(40);
        let rows: &[&[&str]] = &[&["1", "2"], &["a", "b"], &["c", &long]];
        assert_eq!(read(rows, true).len(), 3 + 1 + 41);
    }
}
