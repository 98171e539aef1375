//! Rows and cells of tables that conversions have flattened with `|`.
//!
//! A row is a line (`| 1 | Đường Lam | 18.500 |`), or each cell is a line and so is each `|`; then two of these after
//! each other end a row, or stand around an empty cell. How many cells the longest row has tells which.

use super::clean::Prose;
use super::paragraphs::{Flow, bars, lines, paragraphs};
use super::source::Source;
use std::ops::Range;

/// A table, or text between the tables that a node holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Rows(Vec<Row>),
    Paragraph(Prose),
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// The paragraphs of each cell.
    pub cells: Vec<Vec<Prose>>,
    /// Whether it heads the columns.
    pub is_head: bool,
}

/// Reads the table in these bytes.
pub(super) fn table(source: &Source<'_>, range: Range<usize>) -> Vec<Piece> {
    let tokens = tokens(source, &range);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut rows = Rows::default();
    for token in tokens {
        match token {
            Token::Apart(range) if rows.may_end() => {
                rows.finish(source, &mut pieces);
                pieces.extend(paragraphs(source, range, Flow::Guessed).into_iter().map(Piece::Paragraph));
            }
            Token::Apart(range) | Token::Text(range) => rows.text(range),
            Token::Bar => rows.bar(),
            Token::BeginOfRow => rows.begin(),
            Token::EndOfRow => rows.end(),
        }
    }
    rows.finish(source, &mut pieces);
    pieces
}

#[derive(Debug)]
enum Token {
    Text(Range<usize>),
    /// Text after a blank line.
    Apart(Range<usize>),
    Bar,
    /// A line that is a row begins.
    BeginOfRow,
    /// It ends.
    EndOfRow,
}

fn tokens(source: &Source<'_>, range: &Range<usize>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut gap = false;
    for line in lines(source.text, range) {
        if line.is_empty() {
            gap = true;
            continue;
        }
        let whole = source.slice(&line);
        let marks: Vec<usize> = bars(whole).collect();
        let is_row = marks.len() > 1 || marks.first().is_some_and(|_| whole.len() > 1);
        if is_row {
            tokens.push(Token::BeginOfRow);
        }
        let mut from = 0;
        for bar in marks.iter().copied().chain([whole.len()]) {
            let cell = whole.get(from..bar).unwrap_or_default();
            let start = line.start + from + (cell.len() - cell.trim_start().len());
            let cell = start..start + cell.trim().len();
            if !cell.is_empty() {
                tokens.push(if gap && from == 0 && !is_row { Token::Apart(cell) } else { Token::Text(cell) });
            }
            if bar < whole.len() {
                tokens.push(Token::Bar);
            }
            from = bar + 1;
        }
        if is_row {
            tokens.push(Token::EndOfRow);
        }
        gap = false;
    }
    tokens
}

/// The rows of one table while they are read.
#[derive(Default)]
struct Rows {
    cells: Vec<Cell>,
    /// Whether rows are lines.
    by_lines: bool,
}

#[derive(Default)]
struct Cell {
    lines: Option<Range<usize>>,
    /// How many bars stand after it.
    bars: usize,
    /// Whether it is the last one of its row for certain.
    ends: bool,
}

impl Rows {
    /// Text may leave the table where no cell is open.
    fn may_end(&self) -> bool {
        self.cells.last().is_none_or(|cell| cell.bars > 0 || cell.ends)
    }

    fn text(&mut self, range: Range<usize>) {
        match self.cells.last_mut() {
            Some(Cell { lines: Some(lines), bars: 0, ends: false }) => lines.end = range.end,
            _ => self.cells.push(Cell { lines: Some(range), ..Cell::default() }),
        }
    }

    fn bar(&mut self) {
        match self.cells.last_mut() {
            Some(cell) if !cell.ends => cell.bars += 1,
            Some(_) => self.cells.push(Cell { bars: 1, ..Cell::default() }),
            // The first bar of all opens a row; where rows are lines, a second one stands after an empty cell.
            None if self.by_lines => self.cells.push(Cell { bars: 1, ..Cell::default() }),
            None => {}
        }
    }

    /// A line that is a row begins: the one before it is over.
    fn begin(&mut self) {
        if let Some(cell) = self.cells.last_mut().filter(|_| self.by_lines) {
            cell.ends = true;
        }
        self.by_lines = true;
    }

    /// A line that is a row is over. Of a row that goes on in the next line the last cell is open.
    fn end(&mut self) {
        if let Some(cell) = self.cells.last_mut().filter(|cell| cell.bars > 0) {
            cell.ends = true;
        }
    }

    fn finish(&mut self, source: &Source<'_>, pieces: &mut Vec<Piece>) {
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

type RangesOfRow = Vec<Option<Range<usize>>>;

/// Rows that are lines: what stands between two bars is a cell, also where it is empty.
fn rows_of_lines(cells: Vec<Cell>) -> Vec<RangesOfRow> {
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
fn rows_of_cells(cells: Vec<Cell>) -> Vec<RangesOfRow> {
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
fn aligned(source: &Source<'_>, rows: Vec<RangesOfRow>) -> Vec<RangesOfRow> {
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
fn heads(source: &Source<'_>, row: &RangesOfRow) -> bool {
    let mut cells = row.iter().flatten().map(|cell| source.slice(cell)).filter(|cell| cell.contains(char::is_alphanumeric));
    let Some(first) = cells.next() else { return false };
    let bare = crate::lower(first.trim_matches(|c: char| !c.is_alphanumeric()));
    matches!(bare.as_str(), "stt" | "tt" | "số tt" | "số thứ tự")
        || (row.len() > 1 && first.starts_with('*') && cells.all(|cell| cell.starts_with('*')))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::parse::parse;

    fn read(text: &str) -> Vec<String> {
        let parsed = parse("");
        let source = Source::plain(text, &parsed);
        let cell = |cell: &Vec<Prose>| cell.iter().map(|prose| prose.text.as_str()).collect::<Vec<_>>().join("/");
        let row = |row: &Row| {
            let cells: Vec<String> = row.cells.iter().map(cell).collect();
            format!("{}{}", if row.is_head { "# " } else { "" }, cells.join(" ; "))
        };
        let piece = |piece: Piece| match piece {
            Piece::Rows(rows) => rows.iter().map(row).collect(),
            Piece::Paragraph(prose) => vec![format!("¶ {}", prose.text)],
        };
        table(&source, 0..text.len()).into_iter().flat_map(piece).collect()
    }

    #[test]
    fn rows_that_are_lines() {
        assert_eq!(read("| STT | Tên | Giá |\n| 1 | Lam | |\n| 2 | | 5 |"), ["# STT ; Tên ; Giá", "1 ; Lam ; ", "2 ;  ; 5"]);
        assert_eq!(read("36 | Lệ phí | Bộ |\n37 | Phí | Sở |"), ["36 ; Lệ phí ; Bộ", "37 ; Phí ; Sở"]);
        assert_eq!(read("A | B\nC | D"), ["A ; B", "C ; D"]);
        assert_eq!(read("| | A |\n| B | |"), [" ; A", "B ; "]);
    }

    #[test]
    fn cells_that_are_lines() {
        let text = "|\n**STT**\n|\n**Tên\nhọ**\n|\n**Giá**\n|\n|\n1\n|\nLam\n|\n5\n|\n|\n2\n|\n|\n6\n|\n|\n3\n|\nSơn\n|\n|\n|\n4\n|\nHà\n|\n7\n|";
        assert_eq!(read(text), ["# STT ; Tên họ ; Giá", "1 ; Lam ; 5", "2 ;  ; 6", "3 ; Sơn ; ", "4 ; Hà ; 7"]);
    }

    #[test]
    fn cells_that_span_rows_are_lost_at_the_beginning_of_a_row() {
        let text = "|\nSTT\n|\nXã\n|\nĐê\n|\nDài\n|\n|\n1\n|\nLam\n|\nTả\n|\n5\n|\n|\nHữu\n|\n6\n|";
        assert_eq!(read(text), ["# STT ; Xã ; Đê ; Dài", "1 ; Lam ; Tả ; 5", " ;  ; Hữu ; 6"]);
    }

    #[test]
    fn text_between_tables_stays_outside() {
        let text = "|\nA\n|\nB\n|\n\n** **\n\nMột đoạn\n\n|\nC\n|\nD\n|";
        assert_eq!(read(text), ["A ; B", "¶ Một đoạn", "C ; D"]);
    }

    #[test]
    fn a_mark_alone_is_no_table() {
        assert!(read("|\n|\n** **\n|").is_empty());
    }
}
