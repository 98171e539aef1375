//! One resource as it is looked at and found.

use crate::query::{Projection, State};
use crate::{Locale, Revision, Row};
use time::Date;

/// How one resource is looked at.
#[derive(Debug, Clone)]
pub struct View {
    /// Which fields.
    pub fields: Projection,
    /// The published edition (else, for writers, the working copy), or the working copy.
    pub state: State,
    /// In which language.
    pub lang: Language,
    /// As of which day, for what is computed for one; today where none is asked for.
    pub as_of: Option<Date>,
}

/// The language that a reader wants.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// The one it was written in first.
    #[default]
    Source,
    /// This one, or nothing.
    Only(Locale),
    /// This one, else the one it was written in first: for what others refer to.
    Rather(Locale),
}

impl Language {
    /// The language that is asked for, if one is.
    pub fn asked(&self) -> Option<&Locale> {
        match self {
            Self::Source => None,
            Self::Only(locale) | Self::Rather(locale) => Some(locale),
        }
    }

    /// The same wish, for what is referred to.
    pub fn for_relations(&self) -> Self {
        self.asked().cloned().map_or(Self::Source, Self::Rather)
    }
}

impl From<Option<Locale>> for Language {
    fn from(asked: Option<Locale>) -> Self {
        asked.map_or(Self::Source, Self::Only)
    }
}

/// One resource that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its revision.
    pub revision: Revision,
    /// Its fields.
    pub row: Row,
}
