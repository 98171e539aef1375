//! The letter case of phrases.

/// How the letter case of a phrase differs from that of the instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// Not, or in some inner word: `trung ương` for `Trung ương`.
    Same,
    /// It begins a sentence.
    First,
    /// All letters are capitals.
    Capitals,
    /// In its first letter, and not because a sentence begins.
    Other,
}

impl Case {
    /// The letter case of a printed phrase beside the one that is sought.
    pub fn of(printed: &str, wanted: &str) -> Self {
        let (own, other) = (printed.chars().next(), wanted.chars().next());
        let capitals = crate::layout::is_capitals(printed) && !crate::layout::is_capitals(wanted);
        if capitals && printed.chars().filter(|c| c.is_alphabetic()).count() > 2 {
            Self::Capitals
        } else if own == other {
            Self::Same
        } else if own.is_some_and(char::is_uppercase) {
            Self::First
        } else {
            Self::Other
        }
    }

    /// A phrase in the letter case of the one whose place it takes.
    pub fn take_over(self, phrase: &str) -> String {
        match self {
            Self::Same | Self::Other => phrase.to_owned(),
            Self::Capitals => phrase.to_uppercase(),
            Self::First => {
                let mut letters = phrase.chars();
                letters.next().map(char::to_uppercase).into_iter().flatten().chain(letters).collect()
            }
        }
    }
}
