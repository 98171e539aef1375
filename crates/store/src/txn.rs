//! The transaction of one change.

use crate::{Error, idempotency};
use kernel::{Call, Instant};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde::Serialize;

/// An open write transaction: dropped, it changes nothing.
pub struct WriteTxn {
    txn: DatabaseTransaction,
    call: Call,
    now: Instant,
}

impl WriteTxn {
    pub(crate) fn new(txn: DatabaseTransaction, call: Call, now: Instant) -> Self {
        Self { txn, call, now }
    }

    /// The connection inside the transaction.
    pub fn conn(&self) -> &DatabaseTransaction {
        &self.txn
    }

    /// The call that changes something.
    pub fn call(&self) -> &Call {
        &self.call
    }

    /// The moment of the change.
    pub fn now(&self) -> Instant {
        self.now
    }

    /// Does a part of the change: where it fails, what it did is undone, and the rest of the change stays.
    pub async fn attempt<T, E>(&self, part: impl Future<Output = Result<T, E>>) -> Result<Result<T, E>, Error> {
        self.txn.execute_unprepared("SAVEPOINT attempt").await?;
        let done = part.await;
        if done.is_err() {
            self.txn.execute_unprepared("ROLLBACK TO SAVEPOINT attempt").await?;
        }
        self.txn.execute_unprepared("RELEASE SAVEPOINT attempt").await?;
        Ok(done)
    }

    /// Commits. `result` becomes the answer to every repetition under the same idempotency key.
    pub async fn commit(self, result: &impl Serialize) -> Result<(), Error> {
        if let Some(claim) = &self.call.claim {
            idempotency::complete(&self.txn, claim, &serde_json::to_string(result)?).await?;
        }
        Ok(self.txn.commit().await?)
    }
}
