//! What can be done with a webhook besides changing it.

use crate::delivery;
use crate::entering::{Message, insert};
use crate::secret::Secret;
use crate::webhook::TYPE;
use crate::webhooks::{shown_with, whole};
use crate::{Error, Webhooks};
use kernel::{Call, Found, Id, Instant, Revision, Text};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde_json::{Value, json};
use store::sql::a;
use store::{Refusal, WriteTxn};

/// How long a former secret signs beside the present one, in seconds: receivers change it meanwhile.
const BOTH: i64 = 24 * 60 * 60;

/// An action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Nothing is sent any more, and what happens meanwhile is not told.
    Pause,
    /// It goes on, with what has waited and what happens from now on.
    Resume,
    /// Another secret signs; the former one does too for a day.
    Rotate,
    /// A message `ping` is sent, once.
    Test,
    /// A delivery is sent again, or every one that failed.
    Replay(Option<Id>),
}

impl Action {
    /// The names of all actions.
    pub const NAMES: [&str; 5] = ["pause", "resume", "rotate", "test", "replay"];

    /// The action of this name; `delivery` is the one that is meant where it replays.
    pub fn parse(name: &str, delivery: Option<Id>) -> Option<Self> {
        Some(match name {
            "pause" => Self::Pause,
            "resume" => Self::Resume,
            "rotate" => Self::Rotate,
            "test" => Self::Test,
            "replay" => Self::Replay(delivery),
            _ => return None,
        })
    }
}

impl Webhooks {
    /// Does something with a webhook that the caller has seen.
    pub async fn act(&self, call: &Call, (id, seen): (Id, Revision), action: Action) -> Result<Found, Error> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        let present = self.mine(&txn, id).await?;
        if present.revision != seen {
            return Err(Refusal::Stale.into());
        }
        let is_active = present.row.get("state").and_then(Value::as_str) == Some("active");
        let mut secret = None;
        match action {
            Action::Pause => {
                let paused = vec![("state", "paused".into()), ("reason", "asked".into())];
                self.advance(&txn, (id, seen), paused).await?;
            }
            // What has happened and waits to be told is not lost by being resumed twice.
            Action::Resume if is_active => {}
            Action::Resume => {
                let resumed = vec![
                    ("state", "active".into()),
                    ("reason", None::<String>.into()),
                    ("failing_since", None::<i64>.into()),
                    ("follows_since", txn.now().0.into()),
                ];
                self.advance(&txn, (id, seen), resumed).await?;
            }
            Action::Rotate => {
                let fresh = Secret::fresh();
                let rotated = vec![
                    ("former_secret", Expr::col(a("secret"))),
                    ("former_until", txn.now().plus_seconds(BOTH).0.into()),
                    ("secret", self.sealer.seal(id, &fresh)?.into()),
                ];
                self.advance(&txn, (id, seen), rotated).await?;
                secret = Some(fresh);
            }
            Action::Test => ping(&txn, id).await?,
            Action::Replay(delivery) => replay(&txn, id, delivery).await?,
        }
        let found = whole(&txn, id).await?;
        txn.commit(&found.row).await?;
        Ok(match secret {
            Some(secret) => shown_with(found, &secret),
            None => found,
        })
    }
}

/// A message that tells of nothing: it shows whether the receiver is there.
async fn ping(txn: &WriteTxn, webhook: Id) -> Result<(), Error> {
    let waits = Query::select()
        .expr(Expr::val(1))
        .from(a(delivery::TABLE))
        .and_where(Expr::col(a("webhook_id")).eq(webhook.0))
        .and_where(Expr::col(a("state")).eq("pending"))
        .and_where(Expr::col(a("action")).eq(delivery::PING))
        .limit(1)
        .to_owned();
    // One that waits is as good as two.
    if txn.conn().query_one(&waits).await?.is_some() {
        return Ok(());
    }
    let id = Id::new(txn.now());
    let url = format!("/v1/webhooks/{webhook}");
    let payload = json!({
        "type": delivery::PING, "timestamp": txn.now().print(),
        "data": { "id": webhook.to_string(), "type": TYPE, "url": url },
    });
    let message = Message {
        id,
        webhook,
        event: (id, None),
        resource: (TYPE, webhook),
        action: delivery::PING,
        payload: payload.to_string(),
    };
    insert(txn, &message).await
}

/// Sends deliveries again: as new as they were, under the same ids.
async fn replay(txn: &WriteTxn, webhook: Id, delivery: Option<Id>) -> Result<(), Error> {
    let mut update = Query::update();
    update
        .table(a(delivery::TABLE))
        .values([
            (a("state"), "pending".into()),
            (a("attempts"), 0_i64.into()),
            (a("next_attempt_at"), txn.now().0.into()),
            (a("delivered_at"), None::<i64>.into()),
        ])
        .and_where(Expr::col(a("webhook_id")).eq(webhook.0));
    match delivery {
        Some(delivery) => update.and_where(Expr::col(a("id")).eq(delivery.0)),
        None => update.and_where(Expr::col(a("state")).eq("failed")),
    };
    let replayed = txn.conn().execute(&update).await?.rows_affected();
    if replayed == 0 && delivery.is_some() {
        let text = Text::new("webhook không có lần gửi này", "the webhook has no such delivery");
        return Err(Refusal::field("/delivery_id", "unknown_delivery", text).into());
    }
    Ok(())
}

/// Seconds from the first attempt that failed until a webhook stops: five days.
pub(crate) const PATIENCE: i64 = 5 * 24 * 60 * 60;

/// Whether nothing has arrived for so long that it is time to stop.
pub(crate) fn is_hopeless(failing_since: Instant, now: Instant) -> bool {
    now >= failing_since.plus_seconds(PATIENCE)
}
