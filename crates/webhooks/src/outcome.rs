//! What becomes of a delivery after an attempt.

use crate::acting::is_hopeless;
use crate::delivery::TABLE;
use crate::taking::Taken;
use crate::webhooks::whole;
use crate::{Error, Webhooks};
use kernel::{Call, Id, Instant};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde_json::Value;
use store::WriteTxn;
use store::sql::{self, a};

/// Seconds from one attempt to the next, as Standard Webhooks recommends; after the last the delivery has failed.
const WAITS: [i64; 7] = [5, 5 * 60, 30 * 60, 2 * 60 * 60, 5 * 60 * 60, 10 * 60 * 60, 10 * 60 * 60];

/// What an attempt came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The receiver answered with this status.
    Answered(u16),
    /// It did not, for this reason.
    Failed(&'static str),
}

impl Outcome {
    fn has_arrived(self) -> bool {
        matches!(self, Self::Answered(200..=299))
    }

    /// Whether the receiver wants nothing any more.
    fn is_gone(self) -> bool {
        self == Self::Answered(410)
    }
}

/// When it is sent again after so many attempts; never after the last.
fn next(attempt: i64, now: Instant) -> Option<Instant> {
    let wait = WAITS.get(usize::try_from(attempt - 1).ok()?)?;
    Some(now.plus_seconds(*wait))
}

impl Webhooks {
    /// Keeps what an attempt came to. An attempt that was overtaken, as by a replay, changes nothing of the delivery.
    pub(crate) async fn conclude(&self, taken: &Taken, outcome: Outcome) -> Result<(), Error> {
        let txn = self.db.begin(&Call::operator(), self.clock.now()).await?;
        let Some(failing_since) = locked(&txn, taken.webhook).await? else { return Ok(()) };
        let now = txn.now();
        let again = if outcome.is_gone() || taken.is_ping { None } else { next(taken.attempt, now) };
        let state = match again {
            _ if outcome.has_arrived() => "delivered",
            Some(_) => "pending",
            None => "failed",
        };
        let again = again.filter(|_| state == "pending");
        let (status, error) = match outcome {
            Outcome::Answered(status) => (Some(i64::from(status)), None),
            Outcome::Failed(error) => (None, Some(error)),
        };
        let update = Query::update()
            .table(a(TABLE))
            .values([
                (a("state"), state.into()),
                (a("next_attempt_at"), again.map(|at| at.0).into()),
                (a("held_until"), None::<i64>.into()),
                (a("status_code"), status.into()),
                (a("error"), error.into()),
                (a("delivered_at"), outcome.has_arrived().then_some(now.0).into()),
            ])
            .and_where(Expr::col(a("id")).eq(taken.id.0))
            .and_where(Expr::col(a("attempts")).eq(taken.attempt))
            .and_where(Expr::col(a("state")).eq("pending"))
            .to_owned();
        txn.conn().execute(&update).await?;
        self.judge(&txn, (taken, outcome), failing_since).await?;
        Ok(txn.commit(&()).await?)
    }

    /// What the attempt says of the webhook.
    async fn judge(&self, txn: &WriteTxn, (taken, outcome): (&Taken, Outcome), since: Option<Instant>) -> Result<(), Error> {
        let remember = async |since: Option<Instant>| {
            let values = vec![("failing_since", since.map(|at| at.0).into())];
            sql::update(txn.conn(), crate::webhook::TABLE.name, taken.webhook, values).await
        };
        let stop = match since {
            _ if outcome.is_gone() => Some(("paused", "gone")),
            _ if outcome.has_arrived() => {
                if since.is_some() {
                    remember(None).await?;
                }
                None
            }
            _ if taken.is_ping => None,
            None => {
                remember(Some(txn.now())).await?;
                None
            }
            Some(since) => is_hopeless(since, txn.now()).then_some(("failing", "unreachable")),
        };
        let Some(stop) = stop else { return Ok(()) };
        let found = whole(txn, taken.webhook).await?;
        if found.row.get("state").and_then(Value::as_str) == Some("active") {
            self.stop(txn, (taken.webhook, found.revision), stop).await?;
        }
        Ok(())
    }
}

/// Since when nothing has arrived at a webhook, whose row is locked; `None` where it is gone.
async fn locked(txn: &WriteTxn, webhook: Id) -> Result<Option<Option<Instant>>, Error> {
    let select = Query::select()
        .column(a("failing_since"))
        .from(a(crate::webhook::TABLE.name))
        .and_where(Expr::col(a("id")).eq(webhook.0))
        .lock_exclusive()
        .to_owned();
    let row = txn.conn().query_one(&select).await?;
    Ok(row.map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?.map(|since| since.map(Instant)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_eight_attempts_in_some_28_hours() {
        let begin = testkit::now();
        let mut at = begin;
        for attempt in 1..=7 {
            at = next(attempt, at).unwrap_or(begin);
        }
        assert_eq!((at.seconds() - begin.seconds()) / 3600, 27);
        assert_eq!(next(8, at), None);
        assert_eq!(next(0, at), None);
    }
}
