//! What can go wrong, told as facts: a kind, a stable code, and a sentence in two languages.

/// A language in which a fault is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

/// One sentence in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Text {
    /// A sentence in Vietnamese and English.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }

    /// The sentence in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

/// The nature of a fault; a protocol maps it to its own statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The request cannot be read: syntax, unknown parameter, bad cursor.
    Malformed,
    /// Nobody is logged in, or the credential does not verify.
    Unauthenticated,
    /// The caller sees it but may not do it.
    Forbidden,
    /// It does not exist for the caller.
    NotFound,
    /// It was there and is not any more.
    Gone,
    /// It stands against what is there.
    Conflict,
    /// The caller has not seen the present revision.
    Stale,
    /// The caller did not say which revision he has seen.
    RevisionNeeded,
    /// More than the limit.
    TooLarge,
    /// A form of content that is not understood.
    UnsupportedMedia,
    /// The content breaks a rule.
    Invalid,
    /// Too many requests; seconds to wait.
    TooMany(u64),
    /// Something needed is away for now.
    Unavailable,
    /// A fault of ours.
    Internal,
}

/// A fault of one field of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// JSON pointer to the field (`/issued_on`).
    pub pointer: String,
    /// Stable code of the rule (`invalid_date`).
    pub code: &'static str,
    /// What is wrong, in both languages.
    pub text: Text,
}

impl FieldFault {
    /// A fault at `pointer`.
    pub fn new(pointer: impl Into<String>, code: &'static str, text: Text) -> Self {
        Self { pointer: pointer.into(), code, text }
    }
}

/// An error that a protocol can tell its caller.
pub trait Fault: std::error::Error {
    /// Its nature.
    fn kind(&self) -> Kind;
    /// Its stable code, listed in the catalogue of problems.
    fn code(&self) -> &'static str;
    /// One sentence for the caller; never SQL, a path or another's data.
    fn text(&self) -> Text;
    /// The fields it concerns.
    fn fields(&self) -> Vec<FieldFault> {
        Vec::new()
    }
}
