//! The columns of one cell: rules (`-----`) and wide gaps part them, except the gaps left for a number or a date to be
//! stamped on.

use crate::letters::{is_lower, is_upper, is_word};

/// How many spaces part two columns.
const WIDE: usize = 4;
/// How many marks make a rule.
const RULE: usize = 3;
/// How many capitals in a row make small letters after them a new line.
const CAPITALS: usize = 3;

/// One column, or a line of it that a conversion has glued to the one above.
#[derive(Debug)]
pub(super) struct Column {
    pub text: String,
    /// The byte of the line it begins at.
    pub at: usize,
    pub glued: bool,
}

/// Appends the columns of a cell that hold a letter or a figure; `base` is the byte of the line the cell begins at.
pub(super) fn columns(cell: &str, base: usize, out: &mut Vec<Column>) {
    let text = cell.trim_ascii();
    if is_plain(text) {
        if text.chars().any(is_word) {
            let at = base + cell.len() - cell.trim_ascii_start().len();
            out.push(Column { text: text.to_owned(), at, glued: false });
        }
        return;
    }
    cut(cell, base, out);
}

/// Whether there is nothing in a text to part or to leave out; most lines are so.
fn is_plain(text: &str) -> bool {
    let mut last = b' ';
    let mut before = b' ';
    let mut capitals = 0;
    for b in text.bytes() {
        let special = matches!(b, b'*' | b'\\' | b'_' | b'#' | b'>' | b'\t' | b'\r' | b'\n' | 0xc2 | 0xef)
            || b == b' ' && last == b' '
            || last == 0xc3 && matches!(b, 0x90 | 0xb0)
            || last == 0x80 && b == 0x8b && before == 0xe2
            || b == b'-' && last == b'-' && before == b'-'
            || b == b'/' && last == b' ';
        if special {
            return false;
        }
        // Small letters after capitals, and capitals after small letters, may have been glued together.
        match case(before, last, b) {
            Some(true) => {
                if last == b'c' {
                    return false;
                }
                capitals += 1;
            }
            Some(false) if capitals >= CAPITALS => return false,
            Some(false) => capitals = 0,
            None if b.is_ascii() => capitals = 0,
            None => {}
        }
        before = last;
        last = b;
    }
    true
}

/// Whether a letter that ends with the last of three bytes is a capital.
fn case(before: u8, last: u8, b: u8) -> Option<bool> {
    match (before, last, b) {
        (_, _, b'A'..=b'Z') => Some(true),
        (_, _, b'a'..=b'z') => Some(false),
        (_, 0xc3, 0x80..=0xbf) => Some(b < 0xa0),
        (_, 0xc4 | 0xc5, 0x80..=0xbf) => Some(b.is_multiple_of(2)),
        (_, 0xc6, 0xa0 | 0xaf) => Some(true),
        (_, 0xc6, 0xa1 | 0xb0) => Some(false),
        (0xe1, 0xba | 0xbb, 0x80..=0xbf) => Some(b.is_multiple_of(2)),
        _ => None,
    }
}

fn cut(cell: &str, base: usize, out: &mut Vec<Column>) {
    let mut cutter = Cutter::of(cell, base, out);
    let mut characters = cell.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            ' ' | '\n' | '\r' | '\t' | '\u{a0}' => cutter.gap(at),
            '*' | '\\' | '\u{200b}' | '\u{feff}' | '\u{ad}' => cutter.flush(at),
            '#' | '>' if !cutter.opened => {}
            '-' | '_' => {
                let (marks, bytes) = run_of(c, cell.get(at..).unwrap_or_default());
                if marks < RULE {
                    cutter.letter(at, c);
                    continue;
                }
                cutter.rule(at, c);
                while characters.offset() < at + bytes && characters.next().is_some() {}
            }
            'Ð' => cutter.replaced(at, 'Đ'),
            'ð' => cutter.replaced(at, 'đ'),
            c if !c.is_ascii() && c.is_whitespace() => cutter.gap(at),
            c => cutter.letter(at, c),
        }
    }
    cutter.flush(cell.len());
    cutter.close();
}

/// How many marks of a rule a text begins with, and their bytes; escapes may stand between them.
fn run_of(mark: char, text: &str) -> (usize, usize) {
    let mut marks = 0;
    for (at, b) in text.bytes().enumerate() {
        if char::from(b) == mark {
            marks += 1;
        } else if b != b'\\' && b != b'*' {
            return (marks, at);
        }
    }
    (marks, text.len())
}

struct Cutter<'c, 'o> {
    cell: &'c str,
    base: usize,
    out: &'o mut Vec<Column>,
    /// How many columns there were before this cell.
    first: usize,
    part: String,
    /// Where the part begins.
    part_at: usize,
    glued: bool,
    /// Where the text begins that is not yet in `part`.
    run: Option<usize>,
    /// White space since the last character, and where it begins.
    gap: usize,
    gap_at: usize,
    /// The last character and its place; how many capitals end with it.
    last: (usize, char),
    capitals: usize,
    opened: bool,
}

impl<'c, 'o> Cutter<'c, 'o> {
    fn of(cell: &'c str, base: usize, out: &'o mut Vec<Column>) -> Self {
        let first = out.len();
        Self {
            cell,
            base,
            out,
            first,
            part: String::new(),
            part_at: 0,
            glued: false,
            run: None,
            gap: 0,
            gap_at: 0,
            last: (0, ' '),
            capitals: 0,
            opened: false,
        }
    }

    fn gap(&mut self, at: usize) {
        if self.gap == 0 {
            self.gap_at = at;
        }
        self.gap += 1;
    }

    /// Takes over the text up to a place; white space that is still open stays open.
    fn flush(&mut self, at: usize) {
        let end = if self.gap > 0 { self.gap_at } else { at };
        if let Some(run) = self.run.take() {
            self.part.push_str(self.cell.get(run..end).unwrap_or_default());
        }
    }

    fn letter(&mut self, at: usize, c: char) {
        self.opened = true;
        if self.gap > 0 {
            self.end_gap(at);
        } else if self.capitals >= CAPITALS && is_lower(c) {
            self.part_before_capital(c);
        } else if self.last.1 == 'c' && is_upper(c) && self.cell.get(..at).is_some_and(|text| text.ends_with("phúc")) {
            self.flush(at);
            self.close();
            self.glued = true;
        }
        self.reopen(c);
        if self.run.is_none() && self.part.is_empty() {
            self.part_at = at;
        }
        self.run.get_or_insert(at);
        self.capitals = if is_upper(c) { self.capitals + 1 } else { 0 };
        self.last = (at, c);
    }

    /// One space goes on; a wide gap parts columns unless something is to be filled in.
    fn end_gap(&mut self, at: usize) {
        let single = self.cell.get(self.gap_at..at) == Some(" ") && self.run.is_some();
        let width = self.gap;
        self.capitals = 0;
        if single {
            self.gap = 0;
            return;
        }
        self.flush(at);
        self.gap = 0;
        if width < WIDE || leaves_room(&self.part) {
            self.space();
        } else {
            self.close();
        }
    }

    fn space(&mut self) {
        if !self.part.is_empty() && !self.part.ends_with(' ') {
            self.part.push(' ');
        }
    }

    /// `/2031/QĐ-UBND` after a wide gap belongs to the `Số:` before it.
    fn reopen(&mut self, c: char) {
        if c == '/'
            && self.run.is_none()
            && self.part.is_empty()
            && self.out.len() > self.first
            && let Some(last) = self.out.pop()
        {
            self.part = last.text;
            self.part_at = last.at.saturating_sub(self.base);
            self.glued = last.glued;
            self.space();
        }
    }

    fn replaced(&mut self, at: usize, letter: char) {
        self.letter(at, letter);
        // The text up to the letter, then the one it stands for.
        self.flush(at);
        self.part.push(letter);
    }

    fn rule(&mut self, at: usize, mark: char) {
        self.flush(at);
        if mark == '_' && leaves_room(&self.part) {
            self.space();
        } else {
            self.close();
        }
        self.gap = 0;
        self.capitals = 0;
    }

    /// `NAMĐộc lập` is two lines without the break between them, and so is `Hạnh phúcSông Lam`.
    fn part_before_capital(&mut self, c: char) {
        let (at, capital) = self.last;
        if !opens_syllable(capital, c) {
            return;
        }
        if self.run.is_some_and(|run| run <= at) {
            self.flush(at);
        } else {
            self.part.pop();
        }
        self.close();
        self.glued = true;
        self.run = Some(at);
        self.part_at = at;
    }

    fn close(&mut self) {
        let text = self.part.trim_end_matches(' ');
        if text.chars().any(is_word) {
            self.part.truncate(text.len());
            let text = std::mem::take(&mut self.part);
            self.out.push(Column { text, at: self.base + self.part_at, glued: std::mem::take(&mut self.glued) });
        } else {
            self.part.clear();
        }
        self.capitals = 0;
    }
}

/// Whether a syllable may begin with these letters.
fn opens_syllable(capital: char, next: char) -> bool {
    let vowel = |c: char| kernel::text::fold_char(c).any(|c| "aeiouy".contains(c));
    vowel(next) && !vowel(capital)
        || matches!((capital, next), ('C' | 'G' | 'K' | 'N' | 'P' | 'T', 'h') | ('N', 'g') | ('T', 'r'))
        || capital != 'I' && vowel(capital) && matches!(next, 'n' | 'm' | 'p' | 'c' | 't' | 'i' | 'y' | 'u' | 'o')
}

/// Text after which a gap is a blank to fill in, not a new column.
fn leaves_room(text: &str) -> bool {
    let from = text.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
    let lower = text.get(from..).unwrap_or_default().trim_end().to_lowercase();
    [":", "số", "ngày", "tháng", "năm", "/", "-", ","].iter().any(|end| lower.ends_with(end))
}
