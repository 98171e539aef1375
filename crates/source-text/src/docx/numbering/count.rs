//! How a number of a list is written.

/// The ways of counting that offices use; others are written as plain numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Counting {
    /// 1, 2, 3
    #[default]
    Decimal,
    /// 01, 02, 03: at least so many digits.
    Padded(usize),
    /// a, b, c … z, aa, bb, as Word goes; Vietnamese letters have no part in it.
    LowerLetter,
    /// A, B, C
    UpperLetter,
    /// i, ii, iii
    LowerRoman,
    /// I, II, III
    UpperRoman,
    /// 1st, 2nd, 3rd
    Ordinal,
    /// - 1 -
    Dashed,
    /// ①, ②, ③
    Circled,
    /// ⑴, ⑵, ⑶
    Parenthesised,
    /// một, hai, ba
    Vietnamese,
    /// Nothing is written.
    None,
    /// The same sign for all.
    Bullet,
}

impl Counting {
    /// The way that `numFmt` names; `format` is that of the way named `custom`: `001, 002, 003, ...`.
    pub(super) fn of(name: &str, format: Option<&str>) -> Self {
        match name {
            "decimalZero" => Self::Padded(2),
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "ordinal" => Self::Ordinal,
            "numberInDash" => Self::Dashed,
            "decimalEnclosedCircle" => Self::Circled,
            "decimalEnclosedParen" => Self::Parenthesised,
            "vietnameseCounting" => Self::Vietnamese,
            "none" => Self::None,
            "bullet" => Self::Bullet,
            "custom" => {
                let digits = format.map_or(1, |format| format.chars().take_while(char::is_ascii_digit).take(6).count());
                Self::Padded(digits)
            }
            _ => Self::Decimal,
        }
    }

    pub(super) fn write(self, number: u32) -> String {
        match self {
            Self::Decimal => number.to_string(),
            Self::Padded(digits) => format!("{number:0digits$}"),
            Self::LowerLetter => letters(number, b'a'),
            Self::UpperLetter => letters(number, b'A'),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperRoman => roman(number),
            Self::Ordinal => ordinal(number),
            Self::Dashed => format!("- {number} -"),
            Self::Circled => enclosed(number, '①'),
            Self::Parenthesised => enclosed(number, '⑴'),
            Self::Vietnamese => vietnamese(number),
            Self::None | Self::Bullet => String::new(),
        }
    }
}

/// a … z, then every letter twice, then three times, up to thirty times, and from the beginning.
fn letters(number: u32, first: u8) -> String {
    const MOST: u32 = 26 * 30;
    let Some(index) = number.checked_sub(1).map(|index| index % MOST) else { return String::new() };
    let letter = u8::try_from(index % 26).map_or(first, |offset| first + offset);
    char::from(letter).to_string().repeat(index as usize / 26 + 1)
}

pub(in crate::docx) fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// Unicode has twenty of each such row.
fn enclosed(number: u32, first: char) -> String {
    let sign = (1..=20).contains(&number).then(|| char::from_u32(u32::from(first) + number - 1)).flatten();
    sign.map_or_else(|| number.to_string(), String::from)
}

fn vietnamese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let digit = |value: u32| DIGITS.get(value as usize).copied().unwrap_or_default();
    let last = |value: u32| match value {
        0 => String::new(),
        5 => " lăm".to_owned(),
        value => format!(" {}", digit(value)),
    };
    match (number / 10, number % 10) {
        (0, unit) => digit(unit).to_owned(),
        (1, unit) => format!("mười{}", last(unit)),
        (tens @ 2..=9, 1) => format!("{} mươi mốt", digit(tens)),
        (tens @ 2..=9, unit) => format!("{} mươi{}", digit(tens), last(unit)),
        _ => number.to_string(),
    }
}
