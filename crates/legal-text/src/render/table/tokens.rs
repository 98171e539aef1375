//! What a table is drawn with.

use super::super::paragraphs::{bars, lines};
use super::super::source::Source;
use std::ops::Range;

#[derive(Debug)]
pub(super) enum Token {
    Text(Range<usize>),
    /// Text after a blank line.
    Apart(Range<usize>),
    Bar,
    /// A line that is a row begins.
    BeginOfRow,
    /// It ends.
    EndOfRow,
}

pub(super) fn tokens(source: &Source<'_>, range: &Range<usize>) -> Vec<Token> {
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
