//! What a line may open: the word or number it begins with.

use crate::node::Kind;

/// What a line begins with, if it opens a part of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Marker<'t> {
    pub sort: Sort,
    /// The number as printed.
    pub num: &'t str,
    /// What follows the number and its mark, on the same line.
    pub rest: &'t str,
    /// Whether a full stop, colon or bracket closes the number, or nothing follows it.
    pub closed: bool,
    /// Whether the word stands alone on its line and the number on the next.
    pub broken: bool,
}

/// The sorts of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A word and a number: Phần, Chương, Mục, Tiểu mục, Điều.
    Worded(Kind),
    /// `A.`
    Capital,
    /// `IV.`
    Roman,
    /// `3.`
    Figure,
    /// `3.1.`, `3.1.2`
    Decimal,
    /// `đ)`
    Letter,
    /// `a.1)`, `a1)`
    Compound,
    /// `ii)`
    SmallRoman,
    /// `-`, `+`, `•`
    Bullet,
}

/// As printed, and as machines that read scans write it.
const WORDS: [(&str, Kind); 17] = [
    ("Điều", Kind::Article),
    ("ĐIỀU", Kind::Article),
    ("Ðiều", Kind::Article),
    ("ÐIỀU", Kind::Article),
    ("Điêu", Kind::Article),
    ("Điền", Kind::Article),
    ("Chương", Kind::Chapter),
    ("CHƯƠNG", Kind::Chapter),
    ("Mục", Kind::Section),
    ("MỤC", Kind::Section),
    ("Tiểu mục", Kind::Subsection),
    ("TIỂU MỤC", Kind::Subsection),
    ("Tiểu Mục", Kind::Subsection),
    ("Phần", Kind::Part),
    ("PHẦN", Kind::Part),
    ("điều", Kind::Article),
    ("chương", Kind::Chapter),
];

const ORDINALS: [(&str, &str); 24] = [
    ("nhất", "1"),
    ("hai", "2"),
    ("ba", "3"),
    ("tư", "4"),
    ("bốn", "4"),
    ("năm", "5"),
    ("sáu", "6"),
    ("bảy", "7"),
    ("bẩy", "7"),
    ("tám", "8"),
    ("chín", "9"),
    ("mười", "10"),
    ("NHẤT", "1"),
    ("HAI", "2"),
    ("BA", "3"),
    ("TƯ", "4"),
    ("BỐN", "4"),
    ("NĂM", "5"),
    ("SÁU", "6"),
    ("BẢY", "7"),
    ("BẨY", "7"),
    ("TÁM", "8"),
    ("CHÍN", "9"),
    ("MƯỜI", "10"),
];

/// Reads the mark at the beginning of `line`; `next` is the line after it, for a word that a line
/// break has parted from its number.
pub(crate) fn marker<'t>(line: &'t str, next: &'t str) -> Option<Marker<'t>> {
    let first = line.chars().next()?;
    match first {
        '0'..='9' => figure(line),
        '-' | '–' | '—' | '+' | '•' | '·' | '▪' | '●' | '\u{f0b7}' | '\u{f02d}' => bullet(line, first),
        '(' => letter(line.strip_prefix('(')?).filter(|found| line.contains(')') && !found.rest.is_empty()),
        _ => worded(line, next).or_else(|| capital_or_roman(line)).or_else(|| letter(line)),
    }
}

fn skip_marks(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '\u{a0}'))
}

fn worded<'t>(line: &'t str, next: &'t str) -> Option<Marker<'t>> {
    let (word, kind) = WORDS.iter().find(|(word, _)| line.starts_with(word))?;
    let after = line.get(word.len()..)?;
    let tail = skip_marks(after);
    if tail.is_empty() {
        // `Điều` / `5. Tên điều`
        let number = read_number(next, *kind)?;
        let closed = number.closed || number.rest.is_empty();
        return (closed || *kind != Kind::Article).then_some(Marker { broken: true, ..number });
    }
    if after.chars().next().is_some_and(char::is_alphabetic) {
        return None;
    }
    // `Mục.2. TÊN`
    read_number(tail.strip_prefix('.').unwrap_or(tail), *kind)
}

/// Reads the number after a word: figures with a letter, Roman, an ordinal in words, or one letter.
fn read_number<'t>(tail: &'t str, kind: Kind) -> Option<Marker<'t>> {
    let tail = skip_marks(tail);
    let sort = Sort::Worded(kind);
    if kind == Kind::Part {
        let ordinal = tail.strip_prefix("thứ").or_else(|| tail.strip_prefix("THỨ")).map(skip_marks).unwrap_or(tail);
        if let Some((word, num)) = ORDINALS
            .iter()
            .find(|(word, _)| ordinal.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)))
        {
            let rest = ordinal.get(word.len()..)?;
            let (rest, closed) = after_number(rest);
            return Some(Marker { sort, num, rest, closed: closed || rest.is_empty(), broken: false });
        }
    }
    let length = number_length(tail, kind)?;
    let num = tail.get(..length)?;
    let (rest, closed) = after_number(tail.get(length..)?);
    Some(Marker { sort, num, rest, closed: closed || rest.is_empty(), broken: false })
}

fn number_length(tail: &str, kind: Kind) -> Option<usize> {
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=4).contains(&digits) {
        let rest = tail.get(digits..)?;
        let mut letters = rest.chars();
        let suffix = letters.next().filter(|c| c.is_lowercase() && !letters.next().is_some_and(char::is_alphanumeric));
        return Some(digits + suffix.map_or(0, char::len_utf8));
    }
    if kind == Kind::Article {
        return None;
    }
    let roman = tail.bytes().take_while(|b| matches!(b, b'I' | b'V' | b'X' | b'L' | b'C')).count();
    let ends = |length: usize| tail.get(length..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    if roman > 0 && ends(roman) && crate::structure::number::roman(tail.get(..roman)?).is_some() {
        return Some(roman);
    }
    // A small L where a Roman one was meant.
    let letter = tail.chars().next().filter(|c| c.is_uppercase() || *c == 'l')?;
    ends(letter.len_utf8()).then_some(letter.len_utf8())
}

/// Passes over the mark after a number: `.`, `:`, `-`, and marks of emphasis around it.
fn after_number(rest: &str) -> (&str, bool) {
    let rest = skip_marks(rest);
    let mut closed = false;
    let mut rest = rest;
    while let Some(after) = rest.strip_prefix(['.', ':', ')', '/']) {
        closed = true;
        rest = skip_marks(after);
    }
    if let Some(after) = rest.strip_prefix(['-', '–']) {
        closed = true;
        rest = skip_marks(after);
    }
    (rest, closed)
}

fn bullet(line: &str, mark: char) -> Option<Marker<'_>> {
    let num = line.get(..mark.len_utf8())?;
    let rest = skip_marks(line.get(mark.len_utf8()..)?);
    // A rule, or a negative figure.
    let is_text = rest.is_empty()
        || rest
            .chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '“' | '(' | '‘' | '[' | '<' | '≥' | '≤' | '.' | '…'));
    is_text.then_some(Marker { sort: Sort::Bullet, num, rest, closed: true, broken: false })
}

fn figure(line: &str) -> Option<Marker<'_>> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 3 {
        return None;
    }
    let tail = line.get(digits..)?;
    let suffix = tail.chars().next().filter(|c| c.is_lowercase()).filter(|c| {
        let after = tail.get(c.len_utf8()..).unwrap_or_default();
        after.starts_with('.') || after.starts_with(')')
    });
    let length = digits + suffix.map_or(0, char::len_utf8);
    let num = line.get(..length)?;
    let tail = skip_marks(line.get(length..)?);
    let mut marks = tail.chars();
    let mark = marks.next()?;
    let after = marks.as_str();
    if mark == ',' {
        // `5, Báo cáo`: a full stop that a machine has read as a comma.
        let rest = after.strip_prefix(' ').filter(|rest| rest.starts_with(char::is_uppercase) && !rest.starts_with("Điều"))?;
        return Some(Marker { sort: Sort::Figure, num, rest, closed: false, broken: false });
    }
    if !matches!(mark, '.' | ')' | '/') {
        return None;
    }
    if mark == '.' && after.starts_with(|c: char| c.is_ascii_digit()) && suffix.is_none() {
        return decimal(line);
    }
    if after.starts_with(|c: char| c.is_ascii_digit())
        || (mark == '/' && !after.starts_with([' ', '\u{a0}']) && !after.is_empty())
    {
        return None;
    }
    Some(Marker { sort: Sort::Figure, num, rest: skip_marks(after), closed: true, broken: false })
}

/// `1.1.`, `2.3.1 `: figures joined by points, each of at most two.
fn decimal(line: &str) -> Option<Marker<'_>> {
    let mut parts = 0;
    let mut at = 0;
    loop {
        let rest = line.get(at..)?;
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=2).contains(&digits) {
            break;
        }
        parts += 1;
        at += digits;
        match line.get(at..)?.strip_prefix('.') {
            Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => at += 1,
            _ => break,
        }
    }
    let num = line.get(..at)?;
    let tail = line.get(at..)?;
    let (after, closed) = match tail.strip_prefix(['.', ')']) {
        Some(after) => (after, true),
        None => (tail, false),
    };
    let rest = skip_marks(after);
    let apart = closed || tail.starts_with(char::is_whitespace) || tail.is_empty();
    let is_text = rest.is_empty() || rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '"' | '“' | '(' | '*'));
    ((2..=4).contains(&parts) && apart && is_text).then_some(Marker { sort: Sort::Decimal, num, rest, closed, broken: false })
}

/// `A.`, `IV.`; a letter that is also a Roman number is told apart by what came before it.
fn capital_or_roman(line: &str) -> Option<Marker<'_>> {
    let letters = line.bytes().take_while(u8::is_ascii_uppercase).count();
    if letters == 0 || letters > 6 {
        return capital_dyet(line);
    }
    let letters = if letters == 1 { lowered_roman(line).unwrap_or(letters) } else { letters };
    let num = line.get(..letters)?;
    let tail = skip_marks(line.get(letters..)?);
    let mut marks = tail.chars();
    let mark = marks.next()?;
    if !matches!(mark, '.' | ')' | '/' | '-' | '–') {
        return None;
    }
    let after = marks.as_str();
    let spaced = after.is_empty() || after.starts_with(|c: char| c.is_whitespace() || c == '*');
    let rest = skip_marks(after);
    // `T.M.`, `A.B`, `I-1`: no mark of a list. `I.Tên` is one.
    if !(spaced || mark == '.' && rest.chars().take(2).filter(|c| c.is_alphabetic()).count() == 2) {
        return None;
    }
    let is_roman = crate::structure::number::roman(num).is_some();
    let sort = if is_roman && !(letters == 1 && matches!(num, "C" | "D" | "L" | "M")) {
        Sort::Roman
    } else if letters == 1 {
        Sort::Capital
    } else {
        return None;
    };
    Some(Marker { sort, num, rest, closed: true, broken: false })
}

/// How long a Roman number is whose heading the source prints in small letters: `Ii. tổ chức thực hiện`.
fn lowered_roman(line: &str) -> Option<usize> {
    let length = 1 + line.bytes().skip(1).take_while(|b| matches!(b, b'i' | b'v' | b'x')).count();
    let is_one = length > 1 && crate::structure::number::roman(line.get(..length)?).is_some();
    (is_one && line.get(length..)?.starts_with(". ")).then_some(length)
}

fn capital_dyet(line: &str) -> Option<Marker<'_>> {
    let after = line.strip_prefix('Đ')?.strip_prefix(['.', ')'])?;
    let num = line.get(..'Đ'.len_utf8())?;
    after.starts_with(char::is_whitespace).then(|| Marker {
        sort: Sort::Capital,
        num,
        rest: skip_marks(after),
        closed: true,
        broken: false,
    })
}

/// `a)`, `đ)`, `a.`, `a.1)`, `a1)`, `ii)`.
fn letter(line: &str) -> Option<Marker<'_>> {
    let mut chars = line.chars();
    let first = chars.next().filter(|c| c.is_lowercase() && c.is_alphabetic())?;
    let tail = chars.as_str();
    let small = line.bytes().take_while(|b| matches!(b, b'i' | b'v' | b'x')).count();
    if small > 1 {
        let rest = skip_marks(line.get(small..)?).strip_prefix(')')?;
        return Some(Marker {
            sort: Sort::SmallRoman,
            num: line.get(..small)?,
            rest: skip_marks(rest),
            closed: true,
            broken: false,
        });
    }
    let digits_at = tail.strip_prefix('.').unwrap_or(tail);
    let digits = digits_at.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=2).contains(&digits) {
        let after = digits_at.get(digits..)?;
        let rest = after.strip_prefix([')', '.'])?;
        let length = line.len() - after.len();
        return Some(Marker {
            sort: Sort::Compound,
            num: line.get(..length)?,
            rest: skip_marks(rest),
            closed: true,
            broken: false,
        });
    }
    let tail = skip_marks(tail);
    let mut marks = tail.chars();
    let mark = marks.next()?;
    let rest = skip_marks(marks.as_str());
    let opens = match mark {
        ')' => true,
        '.' => marks.as_str().starts_with(char::is_whitespace) || marks.as_str().is_empty() || marks.as_str().starts_with('*'),
        '/' => marks.as_str().starts_with(char::is_whitespace),
        // `a, Nhóm khoáng sản:`
        ',' => marks.as_str().starts_with(' ') && rest.starts_with(char::is_uppercase) && !rest.starts_with("Điều"),
        _ => false,
    };
    opens.then(|| Marker {
        sort: Sort::Letter,
        num: line.get(..first.len_utf8()).unwrap_or_default(),
        rest,
        closed: mark == ')',
        broken: false,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn read(line: &str) -> Option<(Sort, &str, &str)> {
        marker(line, "").map(|found| (found.sort, found.num, found.rest))
    }

    #[test]
    fn words_with_numbers_open_parts() {
        assert_eq!(read("Điều 9. Thông tin"), Some((Sort::Worded(Kind::Article), "9", "Thông tin")));
        assert_eq!(read("ĐIỀU 7a: Tên"), Some((Sort::Worded(Kind::Article), "7a", "Tên")));
        assert_eq!(read("Điều 1.** Ban hành"), Some((Sort::Worded(Kind::Article), "1", "Ban hành")));
        assert_eq!(read("Chương II QUY ĐỊNH"), Some((Sort::Worded(Kind::Chapter), "II", "QUY ĐỊNH")));
        assert_eq!(read("Phần thứ hai"), Some((Sort::Worded(Kind::Part), "2", "")));
        assert_eq!(read("Tiểu mục 2. TÊN"), Some((Sort::Worded(Kind::Subsection), "2", "TÊN")));
        assert!(marker("Điều", "5. Tên").unwrap().broken);
        assert_eq!(read("Điều lệ trường"), None);
    }

    #[test]
    fn figures_and_letters_open_clauses_and_points() {
        assert_eq!(read("1. Phạm vi"), Some((Sort::Figure, "1", "Phạm vi")));
        assert_eq!(read("3a. Thêm"), Some((Sort::Figure, "3a", "Thêm")));
        assert_eq!(read("1.Phạm vi"), Some((Sort::Figure, "1", "Phạm vi")));
        assert_eq!(read("1.500.000 đồng"), None);
        assert_eq!(read("1.1. Tên"), Some((Sort::Decimal, "1.1", "Tên")));
        assert_eq!(read("đ) Tên"), Some((Sort::Letter, "đ", "Tên")));
        assert_eq!(read("a.1) Tên"), Some((Sort::Compound, "a.1", "Tên")));
        assert_eq!(read("ii) Tên"), Some((Sort::SmallRoman, "ii", "Tên")));
        assert_eq!(read("- Tên"), Some((Sort::Bullet, "-", "Tên")));
        assert_eq!(read("IV. TÊN"), Some((Sort::Roman, "IV", "TÊN")));
        assert_eq!(read("Iv. tên"), Some((Sort::Roman, "Iv", "tên")));
        assert_eq!(read("Vi mạch"), None);
        assert_eq!(read("b, Tên"), Some((Sort::Letter, "b", "Tên")));
        assert_eq!(read("b, c khoản 1"), None);
        assert_eq!(read("B. TÊN"), Some((Sort::Capital, "B", "TÊN")));
        assert_eq!(read("12/2020 là"), None);
        assert_eq!(read("TM. ỦY BAN"), None);
    }
}
