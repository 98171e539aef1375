//! Layers that are turned off when the file is opened.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, ObjectIdentifier};
use std::collections::HashSet;

/// Which optional content is not shown.
#[derive(Debug, Default)]
pub(super) struct Layers {
    off: HashSet<ObjectIdentifier>,
}

impl Layers {
    pub(super) fn of(pdf: &Pdf) -> Self {
        let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        let setting = root.and_then(|root| root.get::<Dict<'_>>("OCProperties")?.get::<Dict<'_>>("D"));
        let off = setting.and_then(|setting| setting.get::<Array<'_>>("OFF"));
        let references = off.iter().flat_map(Array::raw_iter).filter_map(|one| match one {
            MaybeRef::Ref(reference) => Some(ObjectIdentifier::from(reference)),
            MaybeRef::NotRef(_) => None,
        });
        Self { off: references.collect() }
    }

    /// Whether the layer that `key` of a dictionary refers to is off.
    pub(super) fn hide(&self, dictionary: &Dict<'_>, key: &[u8]) -> bool {
        dictionary.get_ref(key).is_some_and(|reference| self.off.contains(&reference.into()))
    }
}
