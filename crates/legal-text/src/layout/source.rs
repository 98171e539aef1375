//! A text by its lines, and the pieces of some of them.

use std::ops::Range;

use super::cells::{Column, columns};
use super::{Piece, is_capitals};

/// A text and where its lines begin.
#[derive(Debug)]
pub(crate) struct Source<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Source<'t> {
    pub fn of(text: &'t str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / 40 + 1);
        starts.push(0);
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        Self { text, starts }
    }

    /// How many lines the text has.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The byte a line begins at; the end of the text where there is no such line.
    pub fn start(&self, line: usize) -> usize {
        self.starts.get(line).copied().unwrap_or(self.text.len())
    }

    /// The line a byte lies in.
    pub fn line_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    /// One line with its end.
    pub fn line(&self, line: usize) -> &'t str {
        self.text.get(self.start(line)..self.start(line + 1)).unwrap_or_default()
    }

    /// The lines of a range in one.
    pub fn slice(&self, lines: Range<usize>) -> &'t str {
        self.text.get(self.start(lines.start)..self.start(lines.end)).unwrap_or_default()
    }

    /// The pieces from a line on, until there are `count` of them.
    pub fn pieces(&self, from: usize, count: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        self.reader(from).read_pieces(self, count, &mut pieces);
        pieces.truncate(count);
        pieces
    }

    /// The pieces of one line, with what the next line adds to its last word; at most `count` of them.
    pub fn row(&self, line: usize, count: usize) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut reader = self.reader(line);
        reader.read_line(self, &mut pieces);
        if pieces.len() == 1 {
            reader.read_line(self, &mut pieces);
        }
        pieces.retain(|piece| piece.first_line == line);
        pieces.truncate(count);
        pieces
    }

    fn reader(&self, line: usize) -> Reader {
        let after_gap = line > 0 && !self.line(line - 1).chars().any(char::is_alphanumeric);
        Reader { after_gap, ..Reader::at(line) }
    }
}

/// Reads pieces line by line.
#[derive(Debug)]
pub(crate) struct Reader {
    /// The line that is read next.
    pub line: usize,
    after_gap: bool,
    columns: Vec<Column>,
}

impl Reader {
    /// Begins at a line.
    pub fn at(line: usize) -> Self {
        Self { line, after_gap: false, columns: Vec::new() }
    }

    /// Reads until `pieces` holds `count` of them, or more by the last line read, or the text ends.
    pub fn read_pieces(&mut self, source: &Source<'_>, count: usize, pieces: &mut Vec<Piece>) {
        while pieces.len() < count && self.line < source.lines() {
            self.read_line(source, pieces);
        }
    }

    /// Reads the lines before `end`.
    #[cfg(test)]
    pub fn read_lines(&mut self, source: &Source<'_>, end: usize, pieces: &mut Vec<Piece>) {
        while self.line < end {
            self.read_line(source, pieces);
        }
    }

    fn read_line(&mut self, source: &Source<'_>, pieces: &mut Vec<Piece>) {
        let line = self.line;
        self.line += 1;
        self.columns.clear();
        let mut base = 0;
        for cell in source.line(line).split('|') {
            columns(cell, base, &mut self.columns);
            base += cell.len() + 1;
        }
        let count = self.columns.iter().filter(|column| !column.glued).count();
        self.after_gap |= count == 0;
        let mut column = 0;
        for (at, Column { text, at: offset, glued }) in self.columns.drain(..).enumerate() {
            let after_gap = std::mem::take(&mut self.after_gap);
            column += usize::from(at > 0 && !glued);
            match pieces.last_mut() {
                Some(last) if count == 1 && !after_gap && is_broken_off(last, line, &text) => {
                    last.text.push(' ');
                    last.text.push_str(&text);
                    last.line = line;
                }
                _ => pieces.push(Piece { text, line, first_line: line, column, columns: count, offset, after_gap }),
            }
        }
    }
}

/// A line of one word that the next line goes on from: `Căn` / `cứ Luật …`, `Điều` / `1. …`,
/// `CHỦ` / `TỊCH`.
fn is_broken_off(last: &Piece, line: usize, text: &str) -> bool {
    let word = last.text.strip_suffix('.').unwrap_or(&last.text);
    if last.line + 1 != line || last.columns > 1 || word.len() > 24 || word == "LUẬT" || !word.starts_with(char::is_uppercase) {
        return false;
    }
    let lower = word.chars().skip(1).all(char::is_lowercase) && word.len() == last.text.len();
    let upper = word.chars().all(char::is_uppercase);
    let goes_on = text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    (lower && goes_on) || (upper && (last.after_gap || last.line == 0) && is_capitals(text))
}
