//! The case of letters, quickly for those of Vietnamese.

/// Tells whether a letter is upper case.
pub(crate) fn is_upper(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_uppercase(),
        // Capitals and small letters take turns here.
        '\u{1ea0}'..='\u{1ef9}' => u32::from(c).is_multiple_of(2),
        'À'..='Ý' => c != '×',
        'à'..='ý' => false,
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => true,
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => false,
        c => c.is_uppercase(),
    }
}

/// Tells whether a letter is lower case.
pub(crate) fn is_lower(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_lowercase(),
        '\u{1ea0}'..='\u{1ef9}' => !u32::from(c).is_multiple_of(2),
        'À'..='Ý' => false,
        'à'..='ý' => c != '÷',
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => false,
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => true,
        c => c.is_lowercase(),
    }
}

/// Tells whether a character is a letter or a figure.
pub(crate) fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (is_upper(c) || is_lower(c) || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_the_case_the_standard_gives_them() {
        for c in (0..0x2_0000).filter_map(char::from_u32) {
            assert_eq!((is_upper(c), is_lower(c)), (c.is_uppercase(), c.is_lowercase()), "{c}");
            assert_eq!(is_word(c), c.is_alphanumeric(), "{c}");
        }
    }
}
