//! Indexes beside the one that answers, and the moment one of them takes its place.

use super::{Inner, Shared, Tantivy, open};
use crate::Error;
use std::collections::HashMap;
use std::sync::{Arc, MutexGuard, PoisonError, Weak};

impl Shared {
    /// The index of this name beside the one that answers; an empty one where there is none.
    pub(super) fn beside(&self, name: &str) -> Result<Tantivy, Error> {
        let mut held = self.held();
        let inner = match self.of_name(&held, name)? {
            Some(inner) => inner,
            None => Arc::new(open::beside(&self.folder, name, &self.settings)?),
        };
        held.insert(name.to_owned(), Arc::downgrade(&inner));
        Ok(Tantivy::over(&self.folder, Arc::clone(&self.settings), inner))
    }

    /// Answers from the index of this name, and removes those that nobody writes.
    pub(super) fn swap(&self, name: &str) -> Result<(), Error> {
        let mut held = self.held();
        let next = match self.of_name(&held, name)? {
            Some(inner) => inner,
            None => Arc::new(open::named(&self.folder, name, &self.settings)?),
        };
        next.check()?;
        open::point(&self.folder, name)?;
        let before = self.live.write().unwrap_or_else(PoisonError::into_inner).replace(Arc::clone(&next));
        if let Some(before) = before.filter(|before| !Arc::ptr_eq(before, &next)) {
            before.close();
        }
        held.retain(|_, inner| inner.strong_count() > 0);
        let kept: Vec<&str> = held.keys().map(String::as_str).chain([name]).collect();
        open::remove_others(&self.folder, &kept);
        held.remove(name);
        Ok(())
    }

    /// The index of this name, where it answers or somebody holds it.
    fn of_name(&self, held: &HashMap<String, Weak<Inner>>, name: &str) -> Result<Option<Arc<Inner>>, Error> {
        let folder = open::checked(&self.folder, name)?;
        let live = self.live().filter(|live| live.folder == folder);
        Ok(live.or_else(|| held.get(name).and_then(Weak::upgrade)))
    }

    fn held(&self) -> MutexGuard<'_, HashMap<String, Weak<Inner>>> {
        self.beside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
