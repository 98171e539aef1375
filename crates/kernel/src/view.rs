//! One resource as it is looked at and found.

use crate::query::{Projection, State};
use crate::{Locale, Revision, Row};

/// How one resource is looked at.
#[derive(Debug, Clone)]
pub struct View {
    /// Which fields.
    pub fields: Projection,
    /// The published edition (else, for writers, the working copy), or the working copy.
    pub state: State,
    /// Only if it is in this language.
    pub lang: Option<Locale>,
}

/// One resource that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its revision.
    pub revision: Revision,
    /// Its fields.
    pub row: Row,
}
