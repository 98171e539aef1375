//! Reading a stretch of text character by character.

use super::super::source::Source;
use super::Prose;
use super::boundaries::Boundaries;
use std::ops::Range;

/// Reads a stretch of the source character by character.
pub(super) struct Reader<'r> {
    source: &'r str,
    end: usize,
    /// Where the next character is.
    at: usize,
    holes: &'r [Range<usize>],
    boundaries: Boundaries,
    prose: Prose,
    /// White space has been passed over.
    space: bool,
    /// A mark of emphasis has been passed over since the last character.
    unmarked: bool,
    last: char,
    /// Nothing but white space was on this line so far.
    line_begins: bool,
    /// The line that was looked at for its marks: where it ends, and whether one mark is all it has.
    line: (usize, bool),
}

impl<'r> Reader<'r> {
    pub fn new(source: &'r Source<'_>, range: Range<usize>) -> Self {
        Self {
            source: source.text.get(..range.end).unwrap_or_default(),
            end: range.end,
            at: range.start,
            holes: source.pages(&range),
            boundaries: Boundaries::of(source, &range),
            prose: Prose { text: String::with_capacity(range.len()), marks: Vec::new() },
            space: false,
            unmarked: false,
            last: ' ',
            line_begins: true,
            line: (0, false),
        }
    }

    pub fn run(mut self) -> Prose {
        while let Some(c) = self.source.get(self.at..).and_then(|rest| rest.chars().next()) {
            if let Some(hole) = self.holes.first().filter(|hole| hole.start <= self.at) {
                self.at = hole.end.max(self.at);
                self.holes = self.holes.get(1..).unwrap_or_default();
                self.space = true;
                continue;
            }
            let from = self.at;
            self.at += c.len_utf8();
            self.take(c, from);
        }
        self.boundaries.close(self.end, &mut self.prose);
        self.prose
    }

    fn take(&mut self, c: char, from: usize) {
        match c {
            '\n' => {
                self.space = true;
                self.line_begins = true;
                return;
            }
            '|' => self.space = true,
            '\u{200b}' | '\u{feff}' => {}
            c if c.is_whitespace() => {
                self.space = true;
                return;
            }
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            '\\' => self.escape(from),
            '*' => self.stars(from),
            '#' if self.line_begins => self.heading(from),
            c => {
                self.put(c, from);
                self.run_on();
            }
        }
        self.line_begins = false;
    }

    fn peek(&self) -> Option<char> {
        self.source.get(self.at..).and_then(|rest| rest.chars().next())
    }

    /// A stroke before a mark makes it a character; at the end of a line it is a line break.
    fn escape(&mut self, from: usize) {
        match self.peek() {
            Some(next) if next.is_ascii_punctuation() => {
                self.at += next.len_utf8();
                self.put(next, from);
            }
            Some('\n' | '\r') | None => self.unmarked = true,
            Some(_) => self.put('\\', from),
        }
    }

    /// Stars are marks of emphasis unless they stand for themselves: `(*)`, `2 * 3`, `* Ghi chú`.
    fn stars(&mut self, from: usize) {
        let rest = self.source.get(from..).unwrap_or_default();
        let run = rest.len() - rest.trim_start_matches('*').len();
        let next = rest.get(run..).and_then(|rest| rest.chars().next());
        let before = self.source.get(..from).and_then(|before| before.chars().next_back());
        let note = before == Some('(') && next == Some(')');
        let apart = run == 1
            && next.is_some_and(|c| c == ' ' || c == '\u{a0}')
            && before.is_none_or(char::is_whitespace)
            && self.is_only_star(from);
        self.at = from + run;
        if note || apart {
            for star in 0..run {
                self.put('*', from + star);
            }
        } else {
            self.unmarked = true;
        }
    }

    /// Whether the star at `from` is the only one on its line, and words follow it there.
    fn is_only_star(&mut self, from: usize) -> bool {
        if from >= self.line.0 {
            let before = self.source.get(..from).unwrap_or_default();
            let start = before.rfind('\n').map_or(0, |at| at + 1);
            let rest = self.source.get(from..).unwrap_or_default();
            let end = from + rest.find('\n').unwrap_or(rest.len());
            let line = self.source.get(start..end).unwrap_or_default();
            self.line = (end, line.matches('*').count() == 1 && line.contains(char::is_alphanumeric));
        }
        self.line.1
    }

    /// Signs at the beginning of a line, with a space after them, are the mark of a heading.
    fn heading(&mut self, from: usize) {
        let rest = self.source.get(from..).unwrap_or_default();
        let run = rest.len() - rest.trim_start_matches('#').len();
        if run <= 6 && rest.get(run..).is_some_and(|rest| rest.starts_with([' ', '*'])) {
            self.at = from + run;
        } else {
            self.put('#', from);
        }
    }

    /// Puts a character that stood at `from`.
    fn put(&mut self, c: char, from: usize) {
        // Where marks stood between a number and a word there was a space.
        let glued = self.unmarked
            && !self.space
            && (self.last.is_ascii_digit() || matches!(self.last, 'I' | 'V' | 'X'))
            && c.is_uppercase()
            && !matches!(c, 'I' | 'V' | 'X');
        self.boundaries.close(from, &mut self.prose);
        if (self.space || glued) && !self.prose.is_empty() {
            self.prose.text.push(' ');
        }
        self.boundaries.open(from, &mut self.prose);
        self.prose.text.push(c);
        self.space = false;
        self.unmarked = false;
        self.last = c;
    }

    /// Puts what follows as it is, up to the next thing that needs a look.
    fn run_on(&mut self) {
        let hole = self.holes.first().map_or(self.end, |hole| hole.start);
        let until = hole.min(self.boundaries.next()).min(self.end);
        let rest = self.source.get(self.at..until).unwrap_or_default();
        if let Some(run) = rest.get(..plain(rest.as_bytes())).filter(|run| !run.is_empty()) {
            self.prose.text.push_str(run);
            self.at += run.len();
            self.last = run.chars().next_back().unwrap_or(' ');
        }
    }
}

/// How many bytes a text begins with that are words with single spaces between them, and no marks.
fn plain(bytes: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied().unwrap_or_default();
        at += match byte {
            b'*' | b'\\' | b'#' | b'|' => break,
            b'!'..=b'~' => 1,
            // A space is one only before a word.
            b' ' if next.is_ascii_alphanumeric() || matches!(next, 0xC3..=0xC6) => 1,
            // Letters of two bytes, and those of three with two marks.
            0xC3..=0xC6 => 2,
            0xE1 if matches!(next, 0xBA | 0xBB) => 3,
            _ => break,
        };
    }
    at.min(bytes.len())
}
