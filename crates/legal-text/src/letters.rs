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

/// Writes a text in small letters in which every byte has the place it had: a letter whose small form takes another
/// number of bytes stays as it is (none of Vietnamese does).
pub(crate) fn lower(text: &str) -> String {
    let mut small = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_ascii()) {
        if let Some(letter) = small_letter(c) {
            small.push_str(text.get(copied..at).unwrap_or_default());
            small.push(letter);
            copied = at + c.len_utf8();
        }
    }
    small.push_str(text.get(copied..).unwrap_or_default());
    small.make_ascii_lowercase();
    small
}

/// The small form of a letter outside ASCII that has one of as many bytes.
fn small_letter(c: char) -> Option<char> {
    let is_known_small = match c {
        '\u{1ea0}'..='\u{1ef9}' => !u32::from(c).is_multiple_of(2),
        'à'..='ý' => true,
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' | '–' | '“' | '”' | '…' => true,
        _ => false,
    };
    if is_known_small {
        return None;
    }
    let mut forms = c.to_lowercase();
    match (forms.next(), forms.next()) {
        (Some(letter), None) if letter != c && letter.len_utf8() == c.len_utf8() => Some(letter),
        _ => None,
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

    #[test]
    fn small_letters_stand_where_the_capitals_stood() {
        for c in (0..0x2_0000).filter_map(char::from_u32) {
            let text = c.to_string();
            let (small, standard) = (lower(&text), text.to_lowercase());
            assert_eq!(small.len(), text.len(), "{c}");
            assert!(small == standard || small == text && standard.len() != text.len(), "{c}: {small} {standard}");
        }
        assert_eq!(lower("QUYẾT ĐỊNH số 5/QĐ-UBND"), "quyết định số 5/qđ-ubnd");
    }
}
