//! What is being put together while a document is read: stories, paragraphs and runs.

use super::line::Line;
use super::styles::{Styles, Toggle};
use crate::table::Table;

/// A run of characters that look alike.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) style: Option<String>,
    pub(super) hidden: Option<bool>,
    pub(super) capitals: Option<bool>,
    pub(super) font: Option<String>,
}

impl Run {
    /// Whether a property holds: by the run itself, else by its style and that of the paragraph, of which each turns
    /// over what the other says.
    pub(super) fn has(&self, toggle: Toggle, styles: &Styles, paragraph: Option<&str>) -> bool {
        let own = match toggle {
            Toggle::Hidden => self.hidden,
            Toggle::Capitals => self.capitals,
        };
        own.unwrap_or_else(|| styles.turns_on(self.style.as_deref(), toggle) != styles.turns_on(paragraph, toggle))
    }
}

/// A paragraph that has begun.
#[derive(Debug, Default)]
pub(super) struct Paragraph {
    pub(super) style: Option<String>,
    pub(super) list: Option<i64>,
    pub(super) level: Option<u8>,
    /// Whether its end is deleted, moved away or hidden, so that the next paragraph goes on with its line.
    pub(super) endless: bool,
    /// Whether its label was looked for.
    pub(super) labelled: bool,
    /// The label, with what parts it from the text.
    pub(super) label: Option<String>,
    pub(super) line: Line,
    /// The lines of text boxes in it.
    pub(super) boxes: Vec<String>,
}

/// Where a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// In what the field is to show.
    Code,
    /// In what it shows.
    Result,
}

/// A text of its own: the document, a text box, a note.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub(super) lines: Vec<String>,
    pub(super) fields: Vec<Field>,
    /// The line of paragraphs without end.
    pub(super) unfinished: Option<Line>,
    /// Whether it was deleted as a whole.
    pub(super) left_out: bool,
    /// The tables that are open, each in a cell of the one before.
    pub(super) tables: Vec<Table>,
}

impl Story {
    /// Whether text is shown here, which the code of a field is not.
    pub(super) fn shows(&self) -> bool {
        !self.left_out && !self.fields.contains(&Field::Code)
    }

    pub(super) fn begin_table(&mut self) {
        self.tables.push(Table::default());
    }

    pub(super) fn begin_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.row(self.lines.len());
        }
    }

    pub(super) fn begin_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.cell(self.lines.len());
        }
    }

    pub(super) fn end_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.end_cell(self.lines.len());
        }
    }

    pub(super) fn end_table(&mut self) {
        if let Some(table) = self.tables.pop() {
            table.end(&mut self.lines);
        }
    }

    /// Takes up a paragraph that has ended.
    pub(super) fn end(&mut self, paragraph: Paragraph) {
        let Paragraph { endless, label, line, boxes, .. } = paragraph;
        if endless {
            self.unfinished = Some(line);
            self.lines.extend(boxes);
            return;
        }
        let text = line.finish();
        let mut whole = label.unwrap_or_default();
        whole.push_str(&text);
        whole.truncate(whole.trim_end().len());
        // A paragraph that only holds a text box is no line of its own.
        if !whole.is_empty() || boxes.is_empty() {
            self.lines.push(whole);
        }
        self.lines.extend(boxes);
    }

    /// All lines, where nothing follows.
    pub(super) fn finish(&mut self) -> Vec<String> {
        if let Some(line) = self.unfinished.take().filter(|line| !line.is_empty()) {
            self.lines.push(line.finish());
        }
        std::mem::take(&mut self.lines)
    }
}
