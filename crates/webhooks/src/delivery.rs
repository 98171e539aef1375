//! What was sent, or is to be.

use crate::{Error, Webhooks, policy};
use kernel::{Actor, Id, Instant, Row};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, QueryResult};
use serde::Serialize;
use serde_json::{Value, json};
use store::sql::a;
use utoipa::ToSchema;

/// The table of deliveries.
pub(crate) const TABLE: &str = "webhook_deliveries";
/// The action, and the type, of a message that tells of nothing.
pub(crate) const PING: &str = "ping";
/// How many are told at most.
const TOLD: u64 = 200;

/// A message of a webhook: what it tells, and whether it has arrived.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookDelivery {
    /// Its id, the `webhook-id` of the message: the same at every attempt.
    #[schema(format = "uuid")]
    pub id: String,
    /// The type of the resource it tells of.
    pub resource_type: String,
    /// That resource.
    #[schema(format = "uuid")]
    pub resource_id: String,
    /// What happened: `published`, `updated`, `withdrawn` or `deleted`; `ping` of a test.
    pub action: String,
    /// The event; null of a test.
    #[schema(format = "uuid")]
    pub event_id: Option<String>,
    /// The place of the event among all; null of a test.
    pub event_position: Option<i64>,
    /// The message as it is sent.
    #[schema(value_type = Value)]
    pub payload: Value,
    /// `pending`, `delivered`, or `failed` after the last attempt.
    pub state: String,
    /// How often it was sent.
    pub attempts: i64,
    /// When it is sent next.
    #[schema(format = "date-time")]
    pub next_attempt_at: Option<String>,
    /// The status that the receiver answered last.
    pub status_code: Option<i64>,
    /// Why there was no status: `timeout`, `unknown-name`, `refused-address` (it leads where messages may not go),
    /// `no-connection` or `broken-off`.
    pub error: Option<String>,
    /// When it was made.
    #[schema(format = "date-time")]
    pub created_at: String,
    /// When it arrived.
    #[schema(format = "date-time")]
    pub delivered_at: Option<String>,
}

const COLUMNS: [&str; 14] = [
    "id",
    "resource_type",
    "resource_id",
    "action",
    "event_id",
    "event_position",
    "payload",
    "state",
    "attempts",
    "next_attempt_at",
    "status_code",
    "error",
    "created_at",
    "delivered_at",
];

impl Webhooks {
    /// The newest deliveries of a webhook, at most 200; `None` where the caller sees no such webhook.
    pub async fn deliveries(&self, actor: &Actor, id: Id) -> Result<Option<Vec<Row>>, Error> {
        policy::may_manage(actor)?;
        let fields = kernel::query::Projection(Vec::new());
        let seen = crate::webhook::TABLE.get_many(self.db.reader(), &[id], &fields, policy::seen(actor)).await?;
        if seen.is_empty() {
            return Ok(None);
        }
        let select = Query::select()
            .columns(COLUMNS.map(a))
            .from(a(TABLE))
            .and_where(Expr::col(a("webhook_id")).eq(id.0))
            .order_by(a("created_at"), Order::Desc)
            .order_by(a("event_position"), Order::Desc)
            .order_by(a("id"), Order::Desc)
            .limit(TOLD)
            .to_owned();
        let rows = self.db.reader().query_all(&select).await?;
        Ok(Some(rows.iter().map(read).collect::<Result<_, _>>()?))
    }
}

fn read(row: &QueryResult) -> Result<Row, Error> {
    let id = |at: usize| row.try_get_by_index::<Uuid>(at).map(|id| id.to_string());
    let text = |at: usize| row.try_get_by_index::<Option<String>>(at);
    let whole = |at: usize| row.try_get_by_index::<Option<i64>>(at);
    let instant = |at: usize| whole(at).map(|at| at.map(|at| Instant(at).print()));
    let payload: Value = serde_json::from_str(&row.try_get_by_index::<String>(6)?)?;
    let position = whole(5)?;
    let told = json!({
        "id": id(0)?, "resource_type": text(1)?, "resource_id": id(2)?, "action": text(3)?,
        "event_id": position.map(|_| id(4)).transpose()?, "event_position": position, "payload": payload,
        "state": text(7)?, "attempts": whole(8)?, "next_attempt_at": instant(9)?, "status_code": whole(10)?,
        "error": text(11)?, "created_at": instant(12)?, "delivered_at": instant(13)?,
    });
    Ok(match told {
        Value::Object(row) => row,
        _ => Row::new(),
    })
}
