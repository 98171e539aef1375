//! The lines of a text with their exact places, and what of each is text rather than a mark of a conversion.

use std::borrow::Cow;

/// A text whose lines end with `\n`: where some end with `\r` alone, that is put in its place, and every byte stays where it is.
pub(crate) fn ended(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let ends = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let Some(first) = memchr::memchr_iter(b'\r', bytes).find(ends) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(text.get(..first).unwrap_or_default());
    let mut rest = text.get(first..).unwrap_or_default();
    while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + 1..).unwrap_or_default();
        out.push(if rest.starts_with('\n') { '\r' } else { '\n' });
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// One line that is not blank.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// The first byte that is not white space.
    pub start: usize,
    /// The byte after the last that is not white space.
    pub end: usize,
    /// Where the text begins, marks of emphasis, headings and cells left off.
    pub from: usize,
    /// Where it ends, such marks left off; `from` where the line is nothing but marks.
    pub to: usize,
    /// Whether a blank line, or one of marks, stands before it.
    pub gap: bool,
    /// Whether the text is set in bold from its first character.
    pub bold: bool,
    /// Which of the cleaned lines it is, from 1; 0 where it has no marks inside.
    cleaned: u32,
}

impl Line {
    /// Whether the line holds marks only: `|`, `-----`, `**`.
    pub fn is_rule(&self) -> bool {
        self.from >= self.to
    }
}

/// The lines of a text that are not blank.
pub(crate) struct Lines<'t> {
    text: &'t str,
    lines: Vec<Line>,
    /// Lines with marks of emphasis inside them, without these: `Điều 1****4**` is `Điều 14`.
    cleaned: Vec<String>,
}

impl<'t> Lines<'t> {
    pub fn of(text: &'t str) -> Self {
        let mut lines = Vec::with_capacity(text.len() / 48);
        let mut wiped = Vec::new();
        let mut at = 0;
        let mut gap = true;
        for source in text.split('\n') {
            let start = at + (source.len() - source.trim_start().len());
            let end = at + source.trim_end().len();
            at += source.len() + 1;
            if start >= end {
                gap = true;
                continue;
            }
            let (from, to, bold) = bare(text, start, end);
            let mut line = Line { start, end, from, to, gap, bold, cleaned: 0 };
            clean(text, &mut line, &mut wiped);
            lines.push(line);
            gap = from >= to;
        }
        Self { text, lines, cleaned: wiped }
    }

    /// Parts lines at these bytes, which lie inside lines, in order.
    pub fn parted(mut self, at: &[usize]) -> Self {
        if at.is_empty() {
            return self;
        }
        let mut lines = Vec::with_capacity(self.lines.len() + at.len());
        let mut cuts = at.iter().copied().peekable();
        for line in self.lines {
            let mut rest = line;
            while let Some(cut) = cuts.next_if(|cut| *cut < line.end) {
                if cut <= rest.from {
                    continue;
                }
                let head = self.text.get(rest.from..cut).unwrap_or_default();
                let end = rest.from + head.trim_end().len();
                lines.push(Line { end, to: end, ..rest });
                rest = Line { start: cut, from: cut, gap: false, bold: false, ..rest };
            }
            lines.push(rest);
        }
        self.cleaned.clear();
        for line in &mut lines {
            clean(self.text, line, &mut self.cleaned);
        }
        self.lines = lines;
        self
    }

    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn get(&self, at: usize) -> Option<&Line> {
        self.lines.get(at)
    }

    /// The text of a line without its marks; empty where there is no such line.
    pub fn bare(&self, at: usize) -> &str {
        let Some(line) = self.lines.get(at) else { return "" };
        match line.cleaned.checked_sub(1) {
            Some(cleaned) => self.cleaned.get(cleaned as usize).map(String::as_str).unwrap_or_default(),
            None => self.text.get(line.from..line.to).unwrap_or_default(),
        }
    }

    /// The text of a line with the marks inside it, as it is in the source from [`Line::from`] on.
    pub fn printed(&self, at: usize) -> &'t str {
        self.lines.get(at).and_then(|line| self.text.get(line.from..line.to)).unwrap_or_default()
    }

    /// The whole line, its marks among it.
    pub fn whole(&self, at: usize) -> &'t str {
        self.lines.get(at).and_then(|line| self.text.get(line.start..line.end)).unwrap_or_default()
    }

    /// Whether a tab stands before the line.
    pub fn is_indented_by_tab(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| self.text.get(..line.start).is_some_and(|before| before.ends_with('\t')))
    }

    /// The first line that begins at or after `byte`.
    pub fn at_byte(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.start < byte)
    }

    /// The nearest line with text before `at`, page numbers passed over.
    pub fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().take(8).find(|at| self.lines.get(*at).is_some_and(|line| !line.is_rule()) && !self.is_page_number(*at))
    }

    /// The nearest line with text after `at`.
    pub fn after(&self, at: usize) -> Option<usize> {
        (at + 1..self.len()).take(8).find(|at| self.lines.get(*at).is_some_and(|line| !line.is_rule()))
    }

    /// A line of one to three figures after a blank one: the number a page was printed with.
    pub fn is_page_number(&self, at: usize) -> bool {
        let bare = self.bare(at);
        self.lines.get(at).is_some_and(|line| line.gap && !line.bold)
            && (1..=3).contains(&bare.len())
            && bare.bytes().all(|b| b.is_ascii_digit())
            && !self.whole(at).contains('|')
            && self.lines.get(at + 1).is_none_or(|next| next.gap || self.whole(at).len() == bare.len())
    }
}

/// What a conversion puts around text.
fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '#' | '>' | '|' | '\\' | '\u{200b}' | '\u{feff}' | '\u{ad}')
}

/// Marks of emphasis and escapes that may stand inside a word.
fn is_inner_mark(c: char) -> bool {
    matches!(c, '*' | '\\')
}

/// Keeps a line without its inner marks, where it has some.
fn clean(text: &str, line: &mut Line, cleaned: &mut Vec<String>) {
    let inner = text.get(line.from..line.to).unwrap_or_default();
    line.cleaned = 0;
    if inner.bytes().any(|b| matches!(b, b'*' | b'\\')) {
        cleaned.push(without_marks(inner));
        line.cleaned = u32::try_from(cleaned.len()).unwrap_or_default();
    }
}

/// A line without its inner marks. Between a number and the word after it a space takes their place.
fn without_marks(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut last = ' ';
    let mut marked = false;
    for c in inner.chars() {
        if is_inner_mark(c) {
            marked = true;
            continue;
        }
        let ends_number = last.is_ascii_digit() || matches!(last, 'I' | 'V' | 'X');
        if marked && ends_number && c.is_uppercase() && !matches!(c, 'I' | 'V' | 'X') {
            out.push(' ');
        }
        marked = false;
        last = c;
        out.push(c);
    }
    out
}

/// Where the text of a line begins and ends, and whether it is bold.
fn bare(text: &str, start: usize, end: usize) -> (usize, usize, bool) {
    let line = text.get(start..end).unwrap_or_default();
    let inner = line.trim_start_matches(|c: char| is_mark(c) || c.is_whitespace());
    let from = end - inner.len();
    let marks = line.get(..line.len() - inner.len()).unwrap_or_default();
    let inner = inner.trim_end_matches(|c: char| is_mark(c) || c.is_whitespace());
    let is_rule = inner.chars().all(|c| matches!(c, '-' | '–' | '—' | '=' | '~' | '_' | '*' | ' ' | '|' | '.'))
        && inner.len() != 1
        || inner == "*";
    let to = if is_rule { from } else { from + inner.len() };
    (from, to, marks.ends_with("**") || marks.contains('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        assert_eq!(ended("Điều 1\rMột\r\nHai\r\rBa\r"), "Điều 1\nMột\r\nHai\n\nBa\n");
        assert!(matches!(ended("Một\r\nHai\n"), Cow::Borrowed(_)));
    }
}
