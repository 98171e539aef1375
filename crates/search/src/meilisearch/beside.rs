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
    /// would put the old index back. A key for some indexes only cannot follow the exchange itself,
    /// but sees by the day of its making which index answers.
    pub(super) async fn trade(&self, name: &str) -> Result<(), Error> {
        let side = self.side(name)?;
        let made = match self.made(&side).await {
            Err(Error::Unknown(_)) => return Err(Error::Unknown(name.to_owned())),
            made => made?,
        };
        let indexes = SwapIndexes { indexes: (self.uid.clone(), side.clone()), rename: None };
        self.client.swap_indexes([&indexes]).await?;
        self.done(self.client.delete_index(&side).await).await?;
        if self.made(&self.uid).await? != made {
            return Err(Error::Failed("the server did not exchange the indexes".to_owned()));
        }
        self.is_marked.store(self.has_mark().await?, Ordering::Relaxed);
        Ok(())
    }

    /// When an index was made; it keeps that when it is exchanged.
    async fn made(&self, uid: &str) -> Result<String, Error> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Made {
            created_at: String,
        }
        let Made { created_at } = self.wire.get(&format!("/indexes/{uid}")).await?;
        Ok(created_at)
    }

    /// The name of an index beside this one on the server.
    fn side(&self, name: &str) -> Result<String, Error> {
        Ok(format!("{}_{}", self.uid, named(name)?))
    }
}
