//! Capitals that TCVN3 has no bytes for.
//!
//! TCVN3 has `Ă Â Ê Ô Ơ Ư Đ` but no capital with a tone: a heading was typed with the small letters
//! in a font of capitals, so that its bytes read `CộNG HòA Xã HộI`. A word whose letters are
//! capitals, but for those that cannot be, was meant in capitals; a word that leaves it open (`Và`)
//! follows its neighbours on the line.

use unicode_normalization::UnicodeNormalization;

/// What the letters of a word tell of its case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    /// Capitals wherever there can be some, at least two.
    Capitals,
    /// A small letter that has a capital.
    Small,
    /// It may be either: one capital, and letters that have none.
    Open,
    /// It may be either: only letters that have no capital.
    Bare,
}

/// Gives the words that were meant in capitals the capitals that TCVN3 could not write.
pub(super) fn restore(text: &str) -> String {
    let mut restored = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        line_into(line, &mut restored);
    }
    restored
}

fn line_into(line: &str, restored: &mut String) {
    let pieces: Vec<(&str, Option<Case>)> = pieces(line).map(|piece| (piece, case(piece))).collect();
    let has_small = pieces.iter().any(|(_, case)| *case == Some(Case::Small));
    for (at, &(piece, case)) in pieces.iter().enumerate() {
        let beside = |found: Option<Case>| found.unwrap_or(Case::Open);
        let before = beside(neighbour(pieces.get(..at).unwrap_or_default().iter().rev()));
        let after = beside(neighbour(pieces.get(at + 1..).unwrap_or_default().iter()));
        let in_capitals = match case {
            None | Some(Case::Small) => false,
            Some(Case::Capitals) => true,
            // A bare word stands in a sentence more often than in a heading.
            Some(Case::Bare) if has_small => false,
            Some(Case::Open | Case::Bare) => [before, after].contains(&Case::Capitals) && ![before, after].contains(&Case::Small),
        };
        if in_capitals {
            restored.extend(piece.chars().flat_map(char::to_uppercase));
        } else {
            restored.push_str(piece);
        }
    }
}

/// The nearest word that tells its case, as long as nothing but white space and open words lie between.
fn neighbour<'a>(pieces: impl Iterator<Item = &'a (&'a str, Option<Case>)>) -> Option<Case> {
    for (piece, case) in pieces {
        match case {
            Some(case @ (Case::Capitals | Case::Small)) => return Some(*case),
            Some(Case::Open | Case::Bare) => {}
            None if piece.trim().is_empty() => {}
            None => return None,
        }
    }
    None
}

/// Words and what lies between them, in turn, nothing left out.
fn pieces(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let is_word = first.is_alphabetic();
        let end = rest.find(|c: char| c.is_alphabetic() != is_word).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at_checked(end)?;
        rest = tail;
        Some(piece)
    })
}

fn case(word: &str) -> Option<Case> {
    if !word.starts_with(char::is_alphabetic) {
        return None;
    }
    let small = |c: &char| c.is_lowercase() && has_capital(*c);
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    Some(match (word.chars().any(|c| small(&c)), capitals) {
        (true, _) => Case::Small,
        (false, 0) => Case::Bare,
        (false, 1) => Case::Open,
        (false, _) => Case::Capitals,
    })
}

/// Whether TCVN3 can write the capital of a small letter: not where it has a tone.
fn has_capital(c: char) -> bool {
    !c.nfd().any(|mark| matches!(mark, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_get_their_capitals_back_and_sentences_stay() {
        for (read, meant) in [
            ("CộNG HòA Xã HộI CHủ NGHĩA VIệT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("CUNG CấP Và Sử DụNG THÔNG TIN\nCHốNG ỷ LạI", "CUNG CẤP VÀ SỬ DỤNG THÔNG TIN\nCHỐNG Ỷ LẠI"),
            ("UBND xã Hà Giang và HĐND ở đó", "UBND xã Hà Giang và HĐND ở đó"),
            ("UBND, ở HĐND xã", "UBND, ở HĐND xã"),
            ("Bà Hà Và Ý", "Bà Hà Và Ý"),
            ("Số: 43/2020/QĐ-UBND, ngày 02", "Số: 43/2020/QĐ-UBND, ngày 02"),
            ("- ở Hà Nội", "- ở Hà Nội"),
        ] {
            assert_eq!(restore(read), meant);
        }
    }
}
