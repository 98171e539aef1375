//! Numbers of parts as values: Roman, figures with letters, the Vietnamese order of letters.

/// The value of a Roman number, as printed in capitals; `None` where it is none. A small L alone is a misprinted one, `Ii` is
/// one from a source that prints headings in small letters.
pub(crate) fn roman(text: &str) -> Option<u32> {
    let text = if text == "l" { "I" } else { text };
    let lowered = text.get(1..).is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| matches!(b, b'i' | b'v' | b'x')));
    if lowered && text.starts_with(['I', 'V', 'X']) {
        return roman(&text.to_uppercase());
    }
    let value = |c| match c {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    if text.is_empty() || text.len() > 8 {
        return None;
    }
    let digits: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let mut total = 0;
    for (at, digit) in digits.iter().enumerate() {
        let subtracts = digits.get(at + 1).is_some_and(|next| next > digit);
        total = if subtracts { total - i64::from(*digit) } else { total + i64::from(*digit) };
    }
    let total = u32::try_from(total).ok()?;
    (printed_roman(total) == text).then_some(total)
}

fn printed_roman(mut value: u32) -> String {
    const STEPS: [(u32, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut out = String::new();
    for (step, printed) in STEPS {
        while value >= step {
            out.push_str(printed);
            value -= step;
        }
    }
    out
}

/// A number that can be compared: figures first, then the letter put after them (`7a`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Num {
    pub figure: u32,
    /// 0 without a letter, else its place in the order of points, from 1.
    pub letter: usize,
}

impl Num {
    pub fn of(figure: u32) -> Self {
        Self { figure, letter: 0 }
    }

    /// Reads `7`, `7a`, `IV`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return roman(text).map(Self::of);
        }
        let figure = text.get(..digits)?.parse().ok()?;
        let mut rest = text.get(digits..)?.chars();
        match (rest.next(), rest.next()) {
            (None, _) => Some(Self::of(figure)),
            (Some(letter), None) => Some(Self { figure, letter: order(letter)? + 1 }),
            _ => None,
        }
    }

    /// Whether `self` may stand right after `last`.
    pub fn follows(self, last: Self) -> bool {
        let next_letter = self.figure == last.figure && self.letter == last.letter + 1;
        let next_figure = self.figure == last.figure + 1 && self.letter == 0;
        next_letter || next_figure
    }
}

/// The letters of points in their Vietnamese order; those that some texts use beside it come where they would in Latin.
const LETTERS: &str = "abcdđefghijklmnopqrstuvwxyz";

/// The place of a letter in the order of points, from 0.
pub(crate) fn order(letter: char) -> Option<usize> {
    LETTERS.chars().position(|c| c == letter)
}

/// Whether point `letter` may stand right after point `last`: in the Vietnamese order, or in the Latin one.
pub(crate) fn letter_follows(letter: usize, last: usize) -> bool {
    let is_vietnamese = |at: usize| LETTERS.chars().nth(at).is_some_and(|c| !matches!(c, 'f' | 'j' | 'w' | 'z'));
    if letter <= last {
        return false;
    }
    // d → e is the Latin order, e → g the Vietnamese.
    let between = (last + 1..letter).filter(|at| is_vietnamese(*at)).count();
    between == 0 || (between == 1 && LETTERS.chars().nth(last + 1) == Some('đ'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn roman_numbers_are_read_as_they_are_written() {
        assert_eq!((roman("IV"), roman("XLII"), roman("IIII"), roman("")), (Some(4), Some(42), None, None));
        assert_eq!((roman("Vii"), roman("Ix"), roman("vi"), roman("Li")), (Some(7), Some(9), None, None));
    }

    #[test]
    fn letters_follow_in_vietnamese_and_in_latin_order() {
        let follows = |a: char, b: char| letter_follows(order(b).unwrap(), order(a).unwrap());
        for (a, b) in [('a', 'b'), ('d', 'đ'), ('đ', 'e'), ('d', 'e'), ('e', 'g'), ('e', 'f'), ('h', 'i'), ('i', 'k'), ('v', 'x')]
        {
            assert!(follows(a, b), "{a} {b}");
        }
        assert!(!follows('a', 'c') && !follows('b', 'a') && !follows('a', 'a'));
    }

    #[test]
    fn inserted_numbers_follow_the_one_they_were_put_after() {
        let num = |text| Num::parse(text).unwrap();
        assert!(num("7a").follows(num("7")) && num("7b").follows(num("7a")) && num("8").follows(num("7b")));
        assert!(!num("9").follows(num("7")));
    }
}
