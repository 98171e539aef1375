//! An index beside the one that answers, and the moment it takes its place.

use super::Meilisearch;
use super::opening::named;
use crate::Error;
use meilisearch_sdk::client::SwapIndexes;
use serde::Deserialize;
use std::sync::Arc;
use std::sync::atomic::Ordering;

impl Meilisearch {
    /// The index of this name beside the one that answers.
    pub(super) async fn at_side(&self, name: &str) -> Result<Self, Error> {
        let opened = Self::over(self.wire.clone(), self.side(name)?, Arc::clone(&self.settings)).await?;
        Ok(opened.index)
    }

    /// Answers from the index of this name, and removes the one that answered.
    ///
    /// The server is told both before the first is done: asked again after a crash in between, it
    /// would put the old index back.
    pub(super) async fn trade(&self, name: &str) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct There {}
        let side = self.side(name)?;
        match self.wire.get::<There>(&format!("/indexes/{side}")).await {
            Err(Error::Unknown(_)) => return Err(Error::Unknown(name.to_owned())),
            other => other.map(|There {}| ())?,
        }
        let indexes = SwapIndexes { indexes: (self.uid.clone(), side.clone()), rename: None };
        let swapped = self.client.swap_indexes([&indexes]).await;
        let removed = if swapped.is_ok() { Some(self.client.delete_index(&side).await) } else { None };
        self.done(swapped).await?;
        self.is_marked.store(self.has_mark().await?, Ordering::Relaxed);
        match removed {
            Some(removed) => self.done(removed).await,
            None => Ok(()),
        }
    }

    /// The name of an index beside this one on the server.
    fn side(&self, name: &str) -> Result<String, Error> {
        Ok(format!("{}_{}", self.uid, named(name)?))
    }
}
