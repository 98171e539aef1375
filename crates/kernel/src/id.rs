//! Identifiers: UUIDv7, so that ids made later sort later.

use crate::Instant;
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// The id of a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(pub Uuid);

impl Id {
    /// Makes a new id that carries the moment `now`.
    pub fn new(now: Instant) -> Self {
        let seconds = u64::try_from(now.seconds()).unwrap_or(0);
        let nanos = u32::try_from(now.0.rem_euclid(1_000_000) * 1000).unwrap_or(0);
        Self(Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos)))
    }

    /// The id that a name always has (UUIDv5): for what is entered by the server itself, once.
    pub fn of_name(name: &str) -> Self {
        Self(Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()))
    }

    /// Reads the hyphenated form (36 characters, either case).
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 36 {
            return None;
        }
        Uuid::try_parse(text).ok().map(Self)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
