//! A paragraph as it is read: in one line, without what conversions have put into it.

mod boundaries;
mod reader;

use super::source::{Mark, Source};
use reader::Reader;
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
        Reader::new(source, range).run()
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
