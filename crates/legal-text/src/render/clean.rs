//! A paragraph as it is read: in one line, without what conversions have put into it.

use super::source::{Mark, Source};
use std::ops::Range;

/// A paragraph, and what is marked in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Prose {
    pub text: String,
    /// Bytes of [`Prose::text`], outer marks before those inside them.
    pub marks: Vec<(Range<usize>, Mark)>,
}

/// A step through a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'p> {
    Text(&'p str),
    Open(Mark),
    Close(Mark),
}

impl Prose {
    /// Reads the bytes of a text.
    pub fn of(source: &Source<'_>, range: Range<usize>) -> Self {
        let mut reader = Reader::new(source, range);
        reader.run();
        reader.prose
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether it is a line drawn with characters.
    pub fn is_rule(&self) -> bool {
        self.text.len() > 2 && self.text.chars().all(|c| matches!(c, '-' | '–' | '—' | '_' | '=' | '~' | ' '))
    }

    /// Parts it before the byte at `at`; white space between the parts is left off.
    pub fn split(self, at: usize) -> (Self, Self) {
        let Some((first, second)) = self.text.split_at_checked(at) else { return (self, Self::default()) };
        let rest = second.trim_start();
        let from = self.text.len() - rest.len();
        let head = first.trim_end();
        let marks = |part: Range<usize>| {
            let inside = move |(range, mark): &(Range<usize>, Mark)| {
                let (start, end) = (range.start.max(part.start), range.end.min(part.end));
                (start < end).then(|| (start - part.start..end - part.start, *mark))
            };
            self.marks.iter().filter_map(inside).collect()
        };
        let before = Self { text: head.to_owned(), marks: marks(0..head.len()) };
        let after = Self { text: rest.to_owned(), marks: marks(from..self.text.len()) };
        (before, after)
    }

    /// Walks through text and marks; marks are closed in the reverse of the order they were opened in.
    pub fn steps<'p>(&'p self, mut take: impl FnMut(Step<'p>)) {
        let mut at = 0;
        let mut open: Vec<&(Range<usize>, Mark)> = Vec::new();
        let text = |from: usize, to: usize, take: &mut dyn FnMut(Step<'p>)| {
            if let Some(run) = self.text.get(from..to).filter(|run| !run.is_empty()) {
                take(Step::Text(run));
            }
        };
        for marked in &self.marks {
            while let Some((range, mark)) = open.pop_if(|(range, _)| range.end <= marked.0.start) {
                text(at, range.end, &mut take);
                at = range.end;
                take(Step::Close(*mark));
            }
            text(at, marked.0.start, &mut take);
            at = marked.0.start;
            take(Step::Open(marked.1));
            open.push(marked);
        }
        while let Some((range, mark)) = open.pop() {
            text(at, range.end, &mut take);
            at = range.end;
            take(Step::Close(*mark));
        }
        text(at, self.text.len(), &mut take);
    }
}

/// Reads a stretch of the source character by character.
struct Reader<'r> {
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
    fn new(source: &'r Source<'_>, range: Range<usize>) -> Self {
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

    fn run(&mut self) {
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
            c => self.put(c, from),
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
}

/// The marks that are still to begin and those that have begun, of which the innermost comes last.
struct Boundaries {
    coming: std::vec::IntoIter<super::source::Marked>,
    /// Where a mark ends in the source, and which of [`Prose::marks`] it is.
    open: Vec<(usize, usize)>,
}

impl Boundaries {
    fn of(source: &Source<'_>, range: &Range<usize>) -> Self {
        Self { coming: source.marks(range).into_iter(), open: Vec::new() }
    }

    /// Begins the marks that begin at or before `at`.
    fn open(&mut self, at: usize, prose: &mut Prose) {
        while let Some(marked) = self.coming.as_slice().first().filter(|marked| marked.at.start <= at) {
            if marked.at.end > at {
                let here = prose.text.len();
                self.open.push((marked.at.end, prose.marks.len()));
                prose.marks.push((here..here, marked.mark));
            }
            self.coming.next();
        }
    }

    /// Ends the marks that end at or before `at`.
    fn close(&mut self, at: usize, prose: &mut Prose) {
        while let Some((_, index)) = self.open.pop_if(|(end, _)| *end <= at) {
            let here = prose.text.len();
            if let Some((range, _)) = prose.marks.get_mut(index) {
                range.end = here;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::parse::parse;

    fn read(text: &str) -> String {
        let parsed = parse("");
        let source = Source::plain(text, &parsed);
        Prose::of(&source, 0..text.len()).text
    }

    #[test]
    fn lines_are_joined_and_marks_left_off() {
        assert_eq!(read("  **Điều 1****4**. *Tên\nđiều* \n| x |"), "Điều 14. Tên điều x");
        assert_eq!(read("**Điều 54**Hiệu lực"), "Điều 54 Hiệu lực");
        assert_eq!(read("## Chương I\n#1 C#"), "Chương I #1 C#");
        assert_eq!(read("a\u{a0}\u{200b}b\u{7}\u{ffff}"), "a b");
    }

    #[test]
    fn characters_that_stand_for_themselves_stay() {
        assert_eq!(read("(*) Ghi chú (**)"), "(*) Ghi chú (**)");
        assert_eq!(read("* Ghi chú: x"), "* Ghi chú: x");
        assert_eq!(read("* *\n** **"), "");
        assert_eq!(read(r"1\. a \* b \| c C:\Dir \"), r"1. a * b | c C:\Dir");
        assert_eq!(read("Thuế = Giá * Số"), "Thuế = Giá * Số");
    }

    #[test]
    fn marks_keep_their_places() {
        let text = "Căn cứ Nghị định số\n5/2030/NĐ-CP ngày 01/02/2030;";
        let parsed = parse(text);
        let source = Source::of(text, &parsed, &|_| Some("/a".to_owned()));
        let prose = Prose::of(&source, 0..text.len());
        let (range, _) = prose.marks[0].clone();
        assert_eq!(&prose.text[range], "Nghị định số 5/2030/NĐ-CP ngày 01/02/2030");
        let (head, tail) = prose.split("Căn cứ Nghị định ".len());
        assert_eq!(&head.text[head.marks[0].0.clone()], "Nghị định");
        assert_eq!(&tail.text[tail.marks[0].0.clone()], "số 5/2030/NĐ-CP ngày 01/02/2030");
        let mut steps = String::new();
        tail.steps(|step| match step {
            Step::Text(text) => steps.push_str(text),
            Step::Open(_) => steps.push('['),
            Step::Close(_) => steps.push(']'),
        });
        assert_eq!(steps, "[số 5/2030/NĐ-CP ngày 01/02/2030];");
    }
}
