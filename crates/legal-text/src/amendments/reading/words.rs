//! The words of a stretch in one line, and the same in lower case.

use crate::citations::plain::Plain;

/// Words that know where they come from.
#[derive(Debug)]
pub(super) struct Words {
    plain: Plain,
    pub text: String,
    /// As long as `text`, byte for byte.
    pub lower: String,
    /// How much of the line stands before them.
    base: usize,
}

impl Words {
    /// The words of a stretch; `None` where lower case would move its letters.
    pub fn of(text: &str, span: (usize, usize)) -> Option<Self> {
        Self::after(text, span, 0)
    }

    /// The words of a stretch after its first `base` bytes as one line.
    pub fn after(text: &str, span: (usize, usize), base: usize) -> Option<Self> {
        let plain = Plain::of(text, span);
        let text = plain.text.get(base..)?.to_owned();
        let lower = crate::lower(&text);
        (lower.len() == text.len()).then_some(Self { plain, text, lower, base })
    }

    /// The place in the source of a byte of the words.
    pub fn source(&self, at: usize) -> usize {
        self.plain.source(self.base + at)
    }

    /// The first byte of the words that comes from a place in the source or after it.
    pub fn at_source(&self, source: usize) -> usize {
        let (mut from, mut to) = (0, self.text.len());
        while from < to {
            let middle = usize::midpoint(from, to);
            if self.source(middle) < source { from = middle + 1 } else { to = middle }
        }
        from
    }
}
