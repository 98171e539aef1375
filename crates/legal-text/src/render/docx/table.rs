//! Tables, and columns that stand beside each other.

use super::super::table::{Piece, Row, table};
use super::writer::{Document, Style};
use crate::node::Node;

/// The width between the margins, in twentieths of a point.
const WIDTH: usize = 9354;

/// How two columns share the width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Share {
    /// The name of the country has one line.
    Letterhead,
    /// Recipients and signature have the same.
    Close,
}

impl Document<'_> {
    pub(super) fn table(&mut self, node: &Node) {
        for piece in table(self.source, node.span.0..node.span.1) {
            match piece {
                Piece::Rows(rows) => self.rows(&rows),
                Piece::Paragraph(prose) => self.paragraph(Style::BodyText, &prose),
            }
        }
    }

    fn rows(&mut self, rows: &[Row]) {
        let widths = widths(rows);
        self.open_table(&widths, true);
        for row in rows {
            self.row(row, &widths);
        }
        self.close_table();
    }

    fn row(&mut self, row: &Row, widths: &[usize]) {
        self.xml.open("w:tr", &[]);
        if row.is_head {
            self.xml.open("w:trPr", &[]);
            self.xml.empty("w:tblHeader", &[]);
            self.xml.close();
        }
        let cells = row.cells.len();
        for (at, cell) in row.cells.iter().enumerate() {
            // The last cell of a row that lacks some takes their room.
            let span = if at + 1 == cells { widths.len().saturating_sub(at).max(1) } else { 1 };
            let width: usize = widths.iter().skip(at).take(span).sum();
            self.open_cell(width, span);
            let style = if row.is_head { Style::TableHead } else { Style::TableText };
            for prose in cell {
                self.paragraph(style, prose);
            }
            if cell.is_empty() {
                self.formatted(style, Default::default(), |_| ());
            }
            self.xml.close();
        }
        self.xml.close();
    }

    /// Two columns without lines around them.
    pub(super) fn columns(&mut self, share: Share, left: impl FnOnce(&mut Self), right: impl FnOnce(&mut Self)) {
        let left_width = match share {
            Share::Letterhead => WIDTH * 35 / 100,
            Share::Close => WIDTH / 2,
        };
        let widths = [left_width, WIDTH - left_width];
        self.open_table(&widths, false);
        self.xml.open("w:tr", &[]);
        let [first, second] = widths;
        self.open_cell(first, 1);
        left(self);
        self.end_of_cell();
        self.open_cell(second, 1);
        right(self);
        self.end_of_cell();
        self.xml.close();
        self.close_table();
    }

    /// The last thing in a cell is a paragraph.
    fn end_of_cell(&mut self) {
        self.formatted(Style::Letterhead, Default::default(), |_| ());
        self.xml.close();
    }

    fn open_table(&mut self, widths: &[usize], lines: bool) {
        self.xml.open("w:tbl", &[]);
        self.xml.open("w:tblPr", &[]);
        let total: usize = widths.iter().sum();
        self.xml.empty("w:tblW", &[("w:w", Some(&total.to_string())), ("w:type", Some("dxa"))]);
        if lines {
            self.xml.open("w:tblBorders", &[]);
            for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                let line = [("w:val", Some("single")), ("w:sz", Some("4")), ("w:space", Some("0")), ("w:color", Some("000000"))];
                self.xml.empty(side, &line);
            }
            self.xml.close();
        }
        self.xml.empty("w:tblLayout", &[("w:type", Some("fixed"))]);
        self.xml.close();
        self.xml.open("w:tblGrid", &[]);
        for width in widths {
            self.xml.empty("w:gridCol", &[("w:w", Some(&width.to_string()))]);
        }
        self.xml.close();
    }

    /// Between two tables stands a paragraph, or they become one.
    fn close_table(&mut self) {
        self.xml.close();
        self.formatted(Style::Letterhead, Default::default(), |_| ());
    }

    fn open_cell(&mut self, width: usize, span: usize) {
        self.xml.open("w:tc", &[]);
        self.xml.open("w:tcPr", &[]);
        self.xml.empty("w:tcW", &[("w:w", Some(&width.to_string())), ("w:type", Some("dxa"))]);
        if span > 1 {
            self.value("w:gridSpan", &span.to_string());
        }
        self.xml.close();
    }
}

/// How wide the columns are: by the longest of their cells, within bounds.
fn widths(rows: &[Row]) -> Vec<usize> {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default().max(1);
    let mut longest = vec![6; columns];
    for row in rows.iter().filter(|row| row.cells.len() > 1) {
        for (cell, longest) in row.cells.iter().zip(&mut longest) {
            let length: usize = cell.iter().map(|prose| prose.text.chars().count()).sum();
            *longest = length.clamp(*longest, 40);
        }
    }
    let total: usize = longest.iter().sum();
    longest.into_iter().map(|length| WIDTH * length / total.max(1)).collect()
}
