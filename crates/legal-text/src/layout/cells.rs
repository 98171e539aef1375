//! The columns of one cell: rules (`-----`) and wide gaps part them, except the gaps left for a number or a date to be
//! stamped on.

/// How many spaces part two columns.
const WIDE: usize = 4;
/// How many marks make a rule.
const RULE: usize = 3;

/// One column, or a line of it that a conversion has glued to the one above.
#[derive(Debug)]
pub(super) struct Column {
    pub text: String,
    pub glued: bool,
}

/// Appends the columns of a cell that hold a letter or a figure.
pub(super) fn columns(cell: &str, out: &mut Vec<Column>) {
    let mut cutter = Cutter {
        first: out.len(),
        out,
        part: String::new(),
        glued: false,
        gap: 0,
        rule: 0,
        rule_gap: 0,
        mark: '-',
        capitals: 0,
        opened: false,
    };
    for c in cell.chars() {
        match c {
            '*' | '\\' | '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
            '#' | '>' if !cutter.opened => {}
            '-' | '_' => cutter.mark(c),
            'Ð' => cutter.letter('Đ'),
            'ð' => cutter.letter('đ'),
            c if c.is_whitespace() => cutter.gap += 1,
            c => cutter.letter(c),
        }
    }
    cutter.end();
}

struct Cutter<'o> {
    out: &'o mut Vec<Column>,
    /// How many columns there were before this cell.
    first: usize,
    part: String,
    glued: bool,
    /// White space since the last character.
    gap: usize,
    /// Marks of a rule since the last character, and the white space before them.
    rule: usize,
    rule_gap: usize,
    mark: char,
    /// How many capitals the part ends with.
    capitals: usize,
    opened: bool,
}

impl Cutter<'_> {
    fn mark(&mut self, mark: char) {
        if self.rule > 0 && (self.gap > 0 || mark != self.mark) {
            self.end_rule();
        }
        if self.rule == 0 {
            self.rule_gap = std::mem::take(&mut self.gap);
            self.mark = mark;
        }
        self.rule += 1;
    }

    /// Marks that make no rule are text.
    fn end_rule(&mut self) {
        let count = std::mem::take(&mut self.rule);
        if count == 0 {
            return;
        }
        if count >= RULE {
            let stamped = self.mark == '_' && leaves_room(&self.part);
            if stamped {
                self.gap = 1;
            } else {
                self.close();
            }
            return;
        }
        let after = std::mem::replace(&mut self.gap, self.rule_gap);
        for _ in 0..count {
            self.put(self.mark);
        }
        self.gap = after;
    }

    fn letter(&mut self, c: char) {
        self.end_rule();
        if self.gap == 0 {
            self.part_glued(c);
        }
        self.put(c);
        self.capitals = if c.is_uppercase() { self.capitals + 1 } else { 0 };
    }

    fn put(&mut self, c: char) {
        self.opened = true;
        if self.gap > 0 && !self.part.is_empty() {
            if self.gap < WIDE || leaves_room(&self.part) {
                self.part.push(' ');
            } else {
                self.close();
            }
            self.capitals = 0;
        }
        self.gap = 0;
        if c == '/' && self.part.is_empty() && self.out.len() > self.first
            && let Some(last) = self.out.pop()
        {
            self.part = last.text;
            self.glued = last.glued;
            self.part.push(' ');
        }
        self.part.push(c);
    }

    /// `NAMĐộc lập` is two lines without the break between them, and so is `Hạnh phúcSông Lam`.
    fn part_glued(&mut self, c: char) {
        if c.is_lowercase() && self.capitals >= 3 {
            let Some(capital) = self.part.chars().next_back().filter(|capital| opens_syllable(*capital, c)) else { return };
            self.part.pop();
            self.close();
            self.glued = true;
            self.part.push(capital);
        } else if c.is_uppercase() && self.part.ends_with("phúc") {
            self.close();
            self.glued = true;
        }
    }

    fn close(&mut self) {
        if self.part.chars().any(char::is_alphanumeric) {
            self.out.push(Column { text: std::mem::take(&mut self.part), glued: std::mem::take(&mut self.glued) });
        } else {
            self.part.clear();
        }
        self.capitals = 0;
    }

    fn end(mut self) {
        self.end_rule();
        self.close();
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
    let tail: String = text.chars().rev().take(6).collect::<Vec<_>>().into_iter().rev().collect();
    let lower = tail.to_lowercase();
    [":", "số", "ngày", "tháng", "năm", "/", "-", ","].iter().any(|end| lower.ends_with(end))
}
