//! A text of a document that holds from a day.

use crate::store::acts::Other;
use kernel::{Id, Text};
use legal_text::LegalText;
use std::sync::Arc;

/// How a text came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum VersionKind {
    /// As it was issued.
    Original,
    /// Made from the one before it by what amending acts say.
    Consolidated,
    /// Entered by an editor.
    Uploaded,
}

impl VersionKind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Consolidated => "consolidated",
            Self::Uploaded => "uploaded",
        }
    }
}

/// A text of a document that holds from a day, an expression of the work.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub language: String,
    /// The first day; none where it is not known.
    pub from: Option<String>,
    /// The first day on which another holds.
    pub until: Option<String>,
    pub kind: VersionKind,
    pub text: Arc<str>,
    pub read: Arc<LegalText>,
    /// The acts that change the text on the first day.
    pub changed_by: Vec<Other>,
    /// What earlier acts changed too, each at its place in this text.
    pub notes: Vec<ChangeNote>,
    /// What should have been changed by the first day and is not.
    pub open: Vec<Open>,
    /// The text of an editor that this is, or is made from.
    pub upload: Option<Uploaded>,
}

/// A provision that an act has changed.
#[derive(Debug, Clone)]
pub(crate) struct ChangeNote {
    /// The provision, by its id in the text.
    pub eid: String,
    /// `replace insert repeal substitute remove add`.
    pub operation: &'static str,
    /// The act.
    pub act: Other,
    /// The provision of the act that says so.
    pub by: String,
    /// The day from which the change holds.
    pub on: String,
}

/// A change that an act orders and that the text does not have.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    /// The act.
    pub act: Other,
    /// The provision of the act that says so, where it is known.
    pub eid: Option<String>,
    /// The provisions that should be changed, as far as they are known.
    pub provisions: Vec<String>,
    /// The day from which the change holds.
    pub on: String,
    /// Why, as a stable word.
    pub code: &'static str,
    /// Why, for people.
    pub text: Text,
}

/// A text that an editor entered, without its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Uploaded {
    pub id: Id,
    /// What it is taken from: `Văn bản hợp nhất số …`.
    pub basis: Option<String>,
}

impl Version {
    /// About how many bytes it takes in memory.
    pub fn weight(&self) -> usize {
        // A node and its id take some hundred bytes, and there is about one for two hundred bytes of text.
        self.text.len().saturating_mul(4) + 4096
    }

    /// Whether every change that was ordered by its first day is in it.
    pub fn is_complete(&self) -> bool {
        self.open.is_empty()
    }
}
