//! A character where it stands on the page.

use hayro_cmap::BfString;

/// One character, or several that are drawn as one. Lengths are points; `u` runs along the line of writing and `v` across
/// it, downwards.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    /// Nothing where the font does not tell.
    pub(super) text: Option<BfString>,
    /// Where it begins.
    pub(super) from: f64,
    /// Where the next one begins.
    pub(super) to: f64,
    /// Its base line.
    pub(super) v: f64,
    /// The size of its letters.
    pub(super) size: f64,
    /// Where the line of writing points to, in degrees; 0 is to the right.
    pub(super) direction: i16,
}

impl Glyph {
    /// Whether nothing is seen of it.
    pub(super) fn is_space(&self) -> bool {
        match &self.text {
            None => false,
            Some(BfString::Char(c)) => c.is_whitespace() || *c == '\0',
            Some(BfString::String(text)) => text.trim().is_empty(),
        }
    }

    /// Whether it is a mark that belongs to the letter before it.
    pub(super) fn is_mark(&self) -> bool {
        matches!(self.text, Some(BfString::Char('\u{300}'..='\u{36f}')))
    }

    /// How many dots it is.
    pub(super) fn dots(&self) -> usize {
        match &self.text {
            Some(BfString::Char('.' | '_')) => 1,
            Some(BfString::Char('…')) => 3,
            _ => 0,
        }
    }

    /// Adds its characters to a text.
    pub(super) fn write(&self, text: &mut String) {
        match &self.text {
            None => text.push('\u{fffd}'),
            Some(BfString::Char(c)) => push(text, *c),
            Some(BfString::String(all)) => all.chars().for_each(|c| push(text, c)),
        }
    }

    /// Whether both are the same character, drawn twice to look bold.
    pub(super) fn doubles(&self, other: &Self) -> bool {
        let near = self.size.max(other.size) * 0.12;
        self.direction == other.direction
            && (self.from - other.from).abs() < near
            && (self.v - other.v).abs() < near
            && !self.is_space()
            && self.same_text(other)
    }

    fn same_text(&self, other: &Self) -> bool {
        match (&self.text, &other.text) {
            (Some(BfString::Char(one)), Some(BfString::Char(two))) => one == two,
            (Some(BfString::String(one)), Some(BfString::String(two))) => one == two,
            _ => false,
        }
    }
}

fn push(text: &mut String, c: char) {
    match c {
        '\u{ad}' => {}
        c if c.is_whitespace() || c == '\0' => text.push(' '),
        c if c.is_control() => text.push('\u{fffd}'),
        c => text.push(c),
    }
}
