//! Lines, columns and cells of a plain text, freed from the marks that conversions leave.

mod cells;
mod side_by_side;
mod source;

use crate::letters::{is_lower, is_upper};

pub(crate) use side_by_side::one_below_the_other;
pub(crate) use source::{Reader, Source};

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
    /// The byte of the line it begins at.
    pub offset: usize,
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
    for c in text.chars() {
        if is_lower(c) {
            return false;
        }
        letters += usize::from(is_upper(c) || !c.is_ascii() && c.is_alphabetic());
    }
    letters >= 2
}

/// As one line, the pieces parted by spaces.
pub(crate) fn joined(pieces: &[Piece]) -> String {
    let mut line = String::new();
    for piece in pieces {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&piece.text);
    }
    line
}

/// Splits a whole text into its pieces, in reading order.
#[cfg(test)]
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let source = Source::of(text);
    let mut pieces = Vec::new();
    Reader::at(0).read_lines(&source, source.lines(), &mut pieces);
    pieces
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
        assert_eq!(texts("CHÍNH PHỦ_______ Số: 1/NĐ-CP"), ["CHÍNH PHỦ", "Số: 1/NĐ-CP"]);
    }

    #[test]
    fn a_first_word_broken_off_is_joined() {
        assert_eq!(texts("Căn\ncứ Luật Lam;\nSố 1"), ["Căn cứ Luật Lam;", "Số 1"]);
    }

    #[test]
    fn a_blank_to_stamp_is_not_a_column() {
        assert_eq!(texts("Số:           /2025/QĐ-UBND"), ["Số: /2025/QĐ-UBND"]);
        assert_eq!(texts("Số: ______/2025/QĐ-UBND"), ["Số: /2025/QĐ-UBND"]);
        assert_eq!(texts("Sông Lam, ngày      tháng     năm 2025"), ["Sông Lam, ngày tháng năm 2025"]);
    }

    #[test]
    fn lines_that_a_conversion_has_glued_are_parted() {
        assert_eq!(texts("**NGHỊ ĐỊNH****Về dữ liệu**"), ["NGHỊ ĐỊNH", "Về dữ liệu"]);
        assert_eq!(
            texts("CHỦ NGHĨA VIỆT NAMĐộc lập - Tự do - Hạnh phúcSông Lam, ngày 1"),
            ["CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Sông Lam, ngày 1"]
        );
        for whole in ["Quyết định 2/QĐ-TTg và QĐ-BTCngày", "Tờ trình 5/TTr-STNMTvà UBNDhuyện", "Quy định 3/QyĐ-IoT"]
        {
            assert_eq!(texts(whole), [whole]);
        }
    }

    #[test]
    fn the_letter_eth_stands_for_the_one_it_looks_like() {
        assert_eq!(texts("QUYẾT ÐỊNH\nÐiều 1"), ["QUYẾT ĐỊNH", "Điều 1"]);
    }
}
