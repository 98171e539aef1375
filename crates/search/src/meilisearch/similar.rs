//! What speaks of the same.

use super::Meilisearch;
use crate::{Error, Hits, Query};

impl Meilisearch {
    pub(super) async fn speak_alike(&self, _query: &Query) -> Result<Hits, Error> {
        Ok(Hits::default())
    }
}
