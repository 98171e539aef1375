//! The statements of an amending act: what it says, with the wordings it quotes right after.

use super::pieces::{Piece, Stand, pieces};
use crate::citations::plain::Plain;
use crate::node::Node;
use crate::structure::marker::{Sort, marker};

/// A statement.
#[derive(Debug)]
pub(super) struct Statement<'n> {
    /// The id of the provision it is of.
    pub eid: &'n str,
    pub span: (usize, usize),
    /// How deep it stands; what stands less deep before it says what it is about.
    pub level: Level,
    /// Its number and words in one line.
    line: String,
    /// Where the words begin in the line, after the number.
    pub from: usize,
    /// What it quotes right after it.
    pub wordings: Vec<(usize, usize)>,
    /// Whether each of the quotations is closed where it ends.
    pub closed: bool,
    /// Whether a chapter of the amending act begins before it.
    pub after_break: bool,
}

/// How deep a statement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Article,
    Introduction,
    Clause,
    Point,
    Item,
    Paragraph,
}

/// The statements of the provisions of an act, in reading order.
pub(super) fn statements<'n>(text: &str, nodes: &'n [Node]) -> Vec<Statement<'n>> {
    let mut found: Vec<Statement<'n>> = Vec::new();
    let mut after_break = false;
    for piece in pieces(text, nodes) {
        match piece {
            Piece::Break => after_break = true,
            Piece::Quoted { span, closed } => {
                if let Some(last) = found.last_mut() {
                    last.wordings.push(span);
                    last.closed &= closed;
                }
            }
            Piece::Said { span, eid, place } => {
                let line = Plain::of(text, span).text;
                if !line.chars().any(char::is_alphanumeric) {
                    continue;
                }
                let mark = marker(&line, "");
                let level = match (place, mark.map(|mark| mark.sort)) {
                    (Stand::Article, _) => Level::Article,
                    (_, Some(Sort::Figure)) => Level::Clause,
                    (_, Some(Sort::Letter)) => Level::Point,
                    (Stand::Introduction, None) => Level::Introduction,
                    (_, Some(Sort::Worded(_))) | (Stand::Further, None) => Level::Paragraph,
                    (_, Some(_)) | (Stand::Opening, None) => Level::Item,
                };
                if matches!(place, Stand::Further | Stand::Introduction)
                    && mark.is_none_or(|mark| !mark.closed)
                    && let Some(last) = found.last_mut()
                    && last.goes_on(&line)
                {
                    last.span.1 = span.1;
                    last.line.push(' ');
                    last.line.push_str(&line);
                    last.from = words_from(&last.line);
                    continue;
                }
                let from = words_from(&line);
                let after_break = std::mem::take(&mut after_break);
                let (wordings, closed) = (Vec::new(), true);
                found.push(Statement { eid, span, level, line, from, wordings, closed, after_break });
            }
        }
    }
    found
}

/// Where the words of a statement begin, after its number.
fn words_from(plain: &str) -> usize {
    let rest = marker(plain, "").map_or(plain, |mark| mark.rest);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ')' | '*' | '-' | '–'));
    plain.len() - rest.len()
}

impl Statement<'_> {
    /// Its words, after the number.
    pub fn words(&self) -> &str {
        self.line.get(self.from..).unwrap_or_default()
    }

    /// Whether its sentence goes on in the next paragraph: a line break of the source has parted it.
    fn goes_on(&self, next: &str) -> bool {
        let words = self.words().trim_end();
        let headed = self.level == Level::Article;
        let ends = words.ends_with(['.', ';', ':', '!', '?', '/'])
            || words.ends_with(['”', '"']) && !next.starts_with(char::is_lowercase);
        self.wordings.is_empty() && (words.is_empty() || !headed && !ends)
    }
}
