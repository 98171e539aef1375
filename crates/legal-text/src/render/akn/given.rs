//! What a caller knows of an act that its text does not say.

use super::super::Link;
use time::Date;

/// What is written into the metadata besides what the text says.
#[derive(Clone, Copy)]
pub struct Akn<'a> {
    /// The code of the issuing authority in addresses (`song-lam.ubnd`); without one its name is used.
    pub issuer: Option<&'a str>,
    /// Which wording of the act the text is.
    pub wording: Wording,
    /// The days on which other acts have changed it, up to this wording.
    pub amended_on: &'a [Date],
    /// The day of effect, where another is known than the text states.
    pub effective_on: Option<Date>,
    /// The first day on which it no longer holds, where another is known than the text states.
    pub expires_on: Option<Date>,
    /// Where the act was published.
    pub gazette: Option<Gazette<'a>>,
    /// What this act changes, and what changes it.
    pub modifications: &'a [Modification<'a>],
    /// Where citations lead.
    pub link: &'a Link<'a>,
}

impl Default for Akn<'_> {
    fn default() -> Self {
        Self {
            issuer: None,
            wording: Wording::AsIssued,
            amended_on: &[],
            effective_on: None,
            expires_on: None,
            gazette: None,
            modifications: &[],
            link: &|_| None,
        }
    }
}

/// Which wording of an act a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// The wording it was issued in.
    AsIssued,
    /// The wording it has from a day on.
    AsAmended {
        /// The first day.
        from: Date,
    },
}

/// An issue of a gazette (Công báo).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gazette<'a> {
    /// Its name: `Công báo tỉnh Sông Lam`.
    pub name: &'a str,
    /// The number of the issue.
    pub number: Option<&'a str>,
    /// The day of the issue.
    pub date: Date,
}

/// A change that one act makes to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Modification<'a> {
    /// Whether this act makes it or suffers it.
    pub direction: Direction,
    /// What is done.
    pub kind: TextualMod,
    /// The provision that orders it: an id in this act (`#art_1`) or an address.
    pub source: &'a str,
    /// The provision that is changed, in the same way.
    pub destination: &'a str,
    /// The quotation with the new wording, as an id in this act.
    pub new: Option<&'a str>,
}

/// Whether an act changes another or is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It changes another.
    Active,
    /// It is changed.
    Passive,
}

/// What a change does to the text (`TextualMods` of the schema).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextualMod {
    /// Bãi bỏ.
    Repeal,
    /// Sửa đổi, thay thế.
    Substitution,
    /// Bổ sung.
    Insertion,
    /// The act takes the place of the other as a whole.
    Replacement,
    /// Đánh số lại.
    Renumbering,
    /// Tách.
    Split,
    /// Nhập.
    Join,
}

impl TextualMod {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Repeal => "repeal",
            Self::Substitution => "substitution",
            Self::Insertion => "insertion",
            Self::Replacement => "replacement",
            Self::Renumbering => "renumbering",
            Self::Split => "split",
            Self::Join => "join",
        }
    }
}
