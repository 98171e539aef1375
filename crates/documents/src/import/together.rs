//! Many texts in few transactions, none of which takes long: others wait to write.

use super::entering::{Entered, enter_text};
use super::{Import, Outcome, Prepared};
use crate::document::State;
use crate::documents::Documents;
use crate::error::Error;
use crate::gazettes::no_writer;
use crate::store::editions;
use kernel::{Call, Fault, Kind};
use std::time::{Duration, Instant};

/// How long a transaction takes in more texts.
const SHORT: Duration = Duration::from_millis(25);

impl Documents {
    /// Enters texts from the front of `batch`, as many as a short transaction takes but at least one, and tells what became
    /// of each of them. A text that fails takes no other with it. An error means that nothing was entered.
    pub async fn enter_some(&self, call: &Call, batch: &[Prepared]) -> Result<Vec<Result<Import, Error>>, Error> {
        let Some(first) = batch.first() else { return Ok(Vec::new()) };
        let begun = Instant::now();
        let txn = self.db.begin(call, self.clock.now()).await?;
        if batch.iter().any(|prepared| prepared.state == State::Published) {
            no_writer(&txn).await?;
        }
        let mut entered = Vec::with_capacity(batch.len());
        for prepared in batch {
            match txn.attempt(enter_text(&txn, prepared)).await? {
                // It came between that others write: it goes alone, once what is here is committed.
                Err(error) if may_pass(&error) => break,
                done => entered.push(done),
            }
            if begun.elapsed() >= SHORT {
                break;
            }
        }
        if entered.is_empty() {
            drop(txn);
            return match self.enter_alone(call, first).await {
                Err(error) if error.kind() == Kind::Unavailable => Err(error),
                alone => Ok(vec![alone]),
            };
        }
        txn.commit(&()).await?;
        let mut imports = Vec::with_capacity(entered.len());
        for (prepared, entered) in batch.iter().zip(entered) {
            imports.push(match entered {
                Ok(entered) => self.told(prepared, entered).await,
                Err(error) => Err(error),
            });
        }
        Ok(imports)
    }

    pub(super) async fn enter_alone(&self, call: &Call, prepared: &Prepared) -> Result<Import, Error> {
        let entered = match self.enter_once(call, prepared).await {
            // Another call entered the same document in the meantime: now it is found.
            Err(Error::DocumentExists { .. }) => self.enter_once(call, prepared).await?,
            entered => entered?,
        };
        self.told(prepared, entered).await
    }

    async fn enter_once(&self, call: &Call, prepared: &Prepared) -> Result<Entered, Error> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        if prepared.state == State::Published {
            no_writer(&txn).await?;
        }
        let entered = enter_text(&txn, prepared).await?;
        txn.commit(&()).await?;
        Ok(entered)
    }

    async fn told(&self, prepared: &Prepared, entered: Entered) -> Result<Import, Error> {
        let Entered { outcome, id, doubt } = entered;
        let mut warnings = prepared.parsed.warnings.clone();
        warnings.extend(doubt.map(str::to_owned));
        let hidden = outcome == Outcome::Unchanged && prepared.state == State::Published;
        if hidden && !editions::shown(self.db.reader(), id).await?.is_some_and(|(_, live)| live) {
            warnings.push("not_published".to_owned());
        }
        let (number, notes) = (prepared.parsed.content.number.clone(), prepared.parsed.notes.clone());
        Ok(Import { outcome, id, number, warnings, notes })
    }
}

/// Whether the same may succeed a moment later, alone.
fn may_pass(error: &Error) -> bool {
    matches!(error, Error::DocumentExists { .. }) || error.kind() == Kind::Unavailable
}
