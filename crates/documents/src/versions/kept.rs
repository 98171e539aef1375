//! Histories that are kept in memory, each under a key that everything it is made of goes into.

use super::History;
use kernel::{Id, Revision};
use moka::future::Cache;
use std::fmt::{Debug, Write};
use std::sync::Arc;

/// What the kept histories may take in memory, in bytes.
const MOST: u64 = 96 << 20;

/// What a history is made of, as it is gathered.
pub(crate) struct Kept(String);

/// What a history is made of, in short.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key(String);

/// Kept histories.
pub(crate) type Histories = Cache<Key, Arc<History>>;

impl Kept {
    pub fn of(id: Id, revision: Revision, language: &str) -> Self {
        Self(format!("{id} {} {language}", revision.0))
    }

    /// Adds something that the history is made of.
    pub fn add(&mut self, part: &impl Debug) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "\n{part:?}");
    }

    pub fn key(self) -> Key {
        Key(store::sha256_hex(self.0.as_bytes()))
    }
}

/// An empty cache.
pub(crate) fn histories() -> Histories {
    Cache::builder()
        .max_capacity(MOST)
        .weigher(|_, history: &Arc<History>| u32::try_from(history.weight()).unwrap_or(u32::MAX))
        .build()
}
