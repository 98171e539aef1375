//! Which lines make a paragraph.

use super::clean::Prose;
use super::source::Source;
use crate::node::{Kind, Node};
use crate::structure::marker::{Sort, marker};
use std::ops::Range;

/// How the lines of a stretch of text belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    /// They are one paragraph, where no blank line parts them.
    Joined,
    /// Each stands for itself, as in a signature.
    Lines,
    /// As they look.
    Guessed,
}

impl Flow {
    /// How the lines of a leaf belong together.
    pub fn of(source: &Source<'_>, kind: Kind) -> Self {
        match kind {
            Kind::Signature | Kind::Recipients => Self::Lines,
            Kind::Heading | Kind::Formula => Self::Joined,
            Kind::Text | Kind::Form | Kind::Quoted => Self::Guessed,
            _ if source.wrapped => Self::Joined,
            _ => Self::Guessed,
        }
    }
}

/// The paragraphs of a leaf.
pub(super) fn of_leaf(source: &Source<'_>, leaf: &Node) -> Vec<Prose> {
    paragraphs(source, leaf.span.0..leaf.span.1, Flow::of(source, leaf.kind))
}

/// The paragraphs of a stretch of text. The cells of a row that is drawn with `|` are paragraphs of their own.
pub(super) fn paragraphs(source: &Source<'_>, range: Range<usize>, flow: Flow) -> Vec<Prose> {
    let ranges = ranges(source, range, flow);
    ranges.into_iter().map(|range| Prose::of(source, range)).filter(|prose| !prose.is_empty()).collect()
}

/// Where the paragraphs are.
pub(super) fn ranges(source: &Source<'_>, range: Range<usize>, flow: Flow) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut gap = Gap::None;
    let mut closed = true;
    for line in lines(source.text, &range) {
        if line.is_empty() {
            gap = gap.max(Gap::Blank);
            continue;
        }
        if source.is_page(&line) {
            gap = Gap::Page;
            continue;
        }
        let cells = cells(source.text, &line);
        let parted = cells.len() > 1;
        for (index, cell) in cells.into_iter().enumerate() {
            let joins = index == 0 && !closed && flow != Flow::Lines;
            match found.last_mut() {
                Some(last) if joins && goes_on(source, (last, &cell), (flow, gap)) => last.end = cell.end,
                _ => found.push(cell),
            }
        }
        closed = parted || source.slice(&line).trim_end().ends_with('|');
        gap = Gap::None;
    }
    found
}

/// What stands between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    /// The end of a page: a sentence may go on after it.
    Page,
}

/// The lines in these bytes, without the white space around them.
pub(super) fn lines<'t>(text: &'t str, range: &Range<usize>) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let mut at = range.start;
    text.get(range.clone()).unwrap_or_default().split('\n').map(move |line| {
        let start = at + (line.len() - line.trim_start().len());
        let end = at + line.trim_end().len();
        at += line.len() + 1;
        start..end.max(start)
    })
}

/// The cells of a line: one where no `|` parts it, none where it is nothing but marks.
pub(super) fn cells(text: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let whole = text.get(line.clone()).unwrap_or_default();
    let mut cells = Vec::new();
    let mut from = 0;
    let mut cell = |from: usize, to: usize| {
        let inner = whole.get(from..to).unwrap_or_default();
        if inner.contains(|c: char| !is_mark(c)) {
            let start = line.start + from + (inner.len() - inner.trim_start().len());
            cells.push(start..line.start + from + inner.trim_end().len());
        }
    };
    for bar in bars(whole) {
        cell(from, bar);
        from = bar + 1;
    }
    cell(from, whole.len());
    cells
}

/// Where the bars are that part cells; `\|` is a character.
pub(super) fn bars(line: &str) -> impl Iterator<Item = usize> {
    line.match_indices('|').map(|(at, _)| at).filter(|at| !line.get(..*at).is_some_and(|before| before.ends_with('\\')))
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '\\' | '|' | '\u{200b}' | '\u{feff}')
}

/// Whether a line goes on with the paragraph before it.
fn goes_on(source: &Source<'_>, (before, line): (&Range<usize>, &Range<usize>), (flow, gap): (Flow, Gap)) -> bool {
    let bare = |range: &Range<usize>| source.slice(range).trim_matches(|c: char| matches!(c, '*' | '#') || c.is_whitespace());
    let (before, line) = (bare(before), bare(line));
    if is_rule(line) || is_rule(before) {
        return false;
    }
    let finished = ends_sentence(before);
    let small = line.starts_with(char::is_lowercase);
    if gap == Gap::Blank {
        return small && !finished;
    }
    if flow == Flow::Joined {
        return true;
    }
    if small && !finished {
        return true;
    }
    if !source.wrapped {
        return false;
    }
    let opens = marker(line, "").is_some_and(|found| found.closed && found.sort != Sort::Capital);
    !finished && !opens
}

fn is_rule(line: &str) -> bool {
    line.len() > 2 && line.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '=' | '~' | ' ' | '*'))
}

pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['”', '"', ')', '*', ' ', '’']).ends_with(['.', ';', ':', '!', '?', '/', '…'])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::parse::parse;

    fn read(text: &str, flow: Flow) -> Vec<String> {
        let parsed = parse("");
        let mut source = Source::plain(text, &parsed);
        source.wrapped = true;
        paragraphs(&source, 0..text.len(), flow).into_iter().map(|prose| prose.text).collect()
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        assert_eq!(read("Một dòng\ndài.\n\nHai", Flow::Joined), ["Một dòng dài.", "Hai"]);
        assert_eq!(read("Một dòng\n\ndài", Flow::Joined), ["Một dòng dài"]);
        assert_eq!(read("TM. UBND\nCHỦ TỊCH\n\n\nTrần Văn Lam", Flow::Lines), ["TM. UBND", "CHỦ TỊCH", "Trần Văn Lam"]);
    }

    #[test]
    fn cells_and_rules_stand_for_themselves() {
        assert_eq!(read("UBND | CỘNG HÒA |\nTỈNH\n-----\n|", Flow::Joined), ["UBND", "CỘNG HÒA", "TỈNH", "-----"]);
        assert_eq!(read(r"a \| b", Flow::Joined), ["a | b"]);
    }

    #[test]
    fn paragraphs_are_told_by_how_they_look() {
        let text = "“Điều 5. Tên\n1. Một việc của\nSở Lam.\na) Hai;\n2. Ba";
        assert_eq!(read(text, Flow::Guessed), ["“Điều 5. Tên", "1. Một việc của Sở Lam.", "a) Hai;", "2. Ba"]);
    }
}
