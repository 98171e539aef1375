//! Lines, columns and cells of a plain text, freed from the marks that conversions leave.

use kernel::text::one_line;

/// One run of text inside one cell of one source line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The text, in one line, without emphasis marks.
    pub text: String,
    /// The number of the source line, from 0; of several that were joined, the last.
    pub line: usize,
    /// The first of its source lines.
    pub first_line: usize,
    /// The position in the line among its columns, from 0.
    pub column: usize,
    /// How many columns the line has.
    pub columns: usize,
    /// Whether a blank line or a rule stands before this piece.
    pub after_gap: bool,
}

impl Piece {
    /// Tells whether the piece is set in capitals: at least two letters, none of them lower case.
    pub fn is_capitals(&self) -> bool {
        is_capitals(&self.text)
    }
}

/// Tells whether `text` has at least two letters and none in lower case.
pub(crate) fn is_capitals(text: &str) -> bool {
    let mut letters = 0;
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if c.is_lowercase() {
            return false;
        }
        letters += 1;
    }
    letters >= 2
}

/// Splits a text into its pieces, in reading order.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut after_gap = false;
    for (line, source) in text.lines().enumerate() {
        let columns: Vec<String> = source.split('|').flat_map(columns).collect();
        let count = columns.len();
        if count == 0 {
            after_gap = true;
        }
        for (column, text) in columns.into_iter().enumerate() {
            match pieces.last_mut() {
                Some(last) if count == 1 && !after_gap && is_broken_off(last, line, &text) => {
                    last.text.push(' ');
                    last.text.push_str(&text);
                    last.line = line;
                }
                _ => pieces.push(Piece { text, line, first_line: line, column, columns: count, after_gap }),
            }
            after_gap = false;
        }
    }
    pieces
}

/// A line of one word that the next line goes on from: `Căn` / `cứ Luật …`, `Điều` / `1. …`,
/// `CHỦ` / `TỊCH`.
fn is_broken_off(last: &Piece, line: usize, text: &str) -> bool {
    let word = last.text.strip_suffix('.').unwrap_or(&last.text);
    if last.line + 1 != line || last.columns > 1 || !word.starts_with(char::is_uppercase) {
        return false;
    }
    let lower = word.chars().skip(1).all(char::is_lowercase) && word.len() == last.text.len();
    let upper = word.chars().all(char::is_uppercase);
    let goes_on = text.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    (lower && goes_on) || (upper && (last.after_gap || last.line == 0) && is_capitals(text))
}

/// The columns of one cell: rules (`-----`) and wide gaps part them, except the gaps left for a
/// number or a date to be stamped on.
fn columns(cell: &str) -> Vec<String> {
    let plain: String = cell.chars().filter(|c| !matches!(c, '*' | '\\' | '\u{200b}' | '\u{feff}' | '\u{ad}')).collect();
    let plain = plain.trim_start_matches(['#', '>', ' ']);
    let mut columns: Vec<String> = Vec::new();
    for run in plain.split("---") {
        for part in wide_gaps(run) {
            if part.chars().any(char::is_alphanumeric) {
                columns.push(part);
            }
        }
    }
    columns
}

fn wide_gaps(run: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in run.split("    ").map(one_line).filter(|part| !part.is_empty()) {
        match parts.last_mut() {
            Some(last) if leaves_room(last) || part.starts_with('/') => {
                last.push(' ');
                last.push_str(&part);
            }
            _ => parts.push(part),
        }
    }
    parts
}

/// Text after which a gap is a blank to fill in, not a new column.
fn leaves_room(text: &str) -> bool {
    let lower = text.to_lowercase();
    [":", "số", "ngày", "tháng", "năm", "/", "-", ","].iter().any(|end| lower.ends_with(end))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        pieces(source).into_iter().map(|piece| piece.text).collect()
    }

    #[test]
    fn cells_and_columns_are_parted() {
        assert_eq!(texts("UBND | **CỘNG HÒA**\n-----\n"), ["UBND", "CỘNG HÒA"]);
        assert_eq!(texts("   Số: 1/NQ-CP         *Hà Nội, ngày 16*"), ["Số: 1/NQ-CP", "Hà Nội, ngày 16"]);
        assert_eq!(texts("CHÍNH PHỦ------- | X"), ["CHÍNH PHỦ", "X"]);
    }

    #[test]
    fn a_first_word_broken_off_is_joined() {
        assert_eq!(texts("Căn\ncứ Luật Lam;\nSố 1"), ["Căn cứ Luật Lam;", "Số 1"]);
    }

    #[test]
    fn a_blank_to_stamp_is_not_a_column() {
        assert_eq!(texts("Số:           /2025/QĐ-UBND"), ["Số: /2025/QĐ-UBND"]);
        assert_eq!(texts("Sông Lam, ngày      tháng     năm 2025"), ["Sông Lam, ngày tháng năm 2025"]);
    }
}
