//! What was entered before, told without reading it again.

use super::told::Told;
use super::{Import, Outcome, Source};
use crate::document::State;
use crate::documents::Documents;
use crate::error::Error;
use crate::store::{editions, files, keys};

/// Bytes that are hashed where they are; longer ones away from where others wait.
const SHORT: usize = 256 * 1024;

impl Documents {
    /// What became of these bytes when they were entered before.
    pub(super) async fn known_bytes(&self, source: &Source) -> Result<Option<Import>, Error> {
        let sha256 = if source.bytes.len() > SHORT {
            let bytes = source.bytes.clone();
            tokio::task::spawn_blocking(move || store::sha256_hex(&bytes)).await.map_err(|_| Error::Unreadable)?
        } else {
            store::sha256_hex(&source.bytes)
        };
        let known = files::document_of_bytes(self.db.reader(), &sha256).await?;
        self.known(known, source.state).await
    }

    /// What became of the same fields when they were entered before.
    pub(super) async fn known_line(&self, told: &Told, state: State) -> Result<Option<Import>, Error> {
        let known = keys::holder(self.db.reader(), &line_key(told)).await?;
        self.known(known, state).await
    }

    async fn known(&self, document: Option<kernel::Id>, state: State) -> Result<Option<Import>, Error> {
        let Some(id) = document else { return Ok(None) };
        let Some((number, live)) = editions::shown(self.db.reader(), id).await? else { return Ok(None) };
        let hidden = state == State::Published && !live;
        let warnings = hidden.then(|| "not_published".to_owned()).into_iter().collect();
        Ok(Some(Import { outcome: Outcome::Unchanged, id, number, warnings, notes: Vec::new() }))
    }
}

/// The key that a document holds as long as what was told last is what was entered last.
pub(super) fn line_key(told: &Told) -> String {
    format!("line:{}", told.sha256)
}
