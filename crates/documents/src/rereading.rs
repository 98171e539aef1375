//! What an older reader has read is read again: a better reader helps documents that were there before it.

use crate::documents::read_through;
use crate::found::Findings;
use crate::store::{harvest, relations, searched, unread};
use crate::{Documents, Error};
use kernel::Call;

/// How many editions are read at a time: a writer waits for none longer than for one.
const AT_ONCE: u64 = 20;

impl Documents {
    /// Reads some of the editions again that an older reader has read; how many. What editors have decided holds on.
    pub async fn read_again(&self) -> Result<usize, Error> {
        let found = unread::first(self.db.reader(), AT_ONCE).await?;
        for edition in &found {
            self.read_one_again(edition).await?;
        }
        Ok(found.len())
    }

    async fn read_one_again(&self, edition: &unread::Unread) -> Result<(), Error> {
        let content = if edition.present { unread::content(self.db.reader(), edition.edition).await? } else { None };
        let found = match &content {
            Some(content) => read_through(content).await,
            None => Findings::default(),
        };
        let txn = self.db.begin(&Call::operator(), self.clock.now()).await?;
        if !unread::done(txn.conn(), edition, &found).await? {
            return Ok(());
        }
        let acted_on = searched::targets(txn.conn(), &[edition.document]).await?;
        if let Some(content) = &content {
            relations::write(txn.conn(), (edition.document, edition.edition), content, &found.relations, txn.now()).await?;
            harvest::touch(&txn, &[edition.document]).await?;
            searched::touch(&txn, acted_on.into_iter().chain([edition.document])).await?;
        }
        Ok(txn.commit(&()).await?)
    }
}
