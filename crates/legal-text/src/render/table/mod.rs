//! Rows and cells of tables: where a tab parts them, and where conversions have flattened them with `|`.
//!
//! Of the latter, a row is a line (`| 1 | Đường Lam | 18.500 |`), or each cell is a line and so is each `|`; then two of these after
//! each other end a row, or stand around an empty cell. How many cells the longest row has tells which.

mod layout;
mod rows;
mod tabs;
mod tokens;

use super::clean::Prose;
use super::paragraphs::{Flow, paragraphs};
use super::source::Source;
use rows::Rows;
use std::ops::Range;
use tabs::table_by_tabs;
use tokens::{Token, tokens};

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
    if let Some(pieces) = table_by_tabs(source, &range) {
        return pieces;
    }
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
    fn cells_that_tabs_part() {
        assert_eq!(read("STT\tTên\tGiá\n1\tLam\t\n\t\tCộng"), ["# STT ; Tên ; Giá", "1 ; Lam ; ", " ;  ; Cộng"]);
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
