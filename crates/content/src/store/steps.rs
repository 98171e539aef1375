//! The record of the workflow: who did what when (C-30).

use super::{a, col};
use crate::{Error, State};
use kernel::{Id, Instant, Row};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{ExprTrait, Order, Query};
use serde_json::{Value, json};
use store::WriteTxn;
use store::sql::{self, Values};

/// JSON Schema of a row of `…/steps`.
pub fn step_schema() -> Value {
    json!({ "type": "object", "required": ["id", "action", "to_state"], "properties": {
        "id": { "type": "string", "format": "uuid", "description": "Its id." },
        "locale": { "type": "string", "description": "The language of the edition." },
        "version": { "type": "integer", "description": "The version it was done with." },
        "action": { "type": "string", "description": "What was done." },
        "from_state": { "type": ["string", "null"], "description": "The state before." },
        "to_state": { "type": "string", "description": "The state after." },
        "actor_id": { "type": ["string", "null"], "format": "uuid", "description": "Who did it; null for the server itself." },
        "comment": { "type": ["string", "null"], "description": "What was said about it." },
        "details": { "type": "object", "description": "What the action took besides." },
        "occurred_at": { "type": "string", "format": "date-time", "description": "When." },
    } })
}

/// A step of the workflow.
pub(crate) struct Step<'a> {
    pub entry: Id,
    pub edition: Id,
    pub locale: &'a str,
    pub number: i64,
    pub action: &'a str,
    pub from: Option<State>,
    pub to: State,
    pub comment: Option<&'a str>,
    pub details: Value,
}

/// Writes a step into the record, in the transaction of the change.
pub(crate) async fn record(txn: &WriteTxn, step: Step<'_>) -> Result<(), Error> {
    let values: Values = vec![
        ("id", Id::new(txn.now()).0.into()),
        ("entry_id", step.entry.0.into()),
        ("edition_id", step.edition.0.into()),
        ("locale", step.locale.into()),
        ("number", step.number.into()),
        ("action", step.action.into()),
        ("from_state", step.from.map(State::as_str).into()),
        ("to_state", step.to.as_str().into()),
        ("actor_id", txn.call().actor.account().map(|id| id.0).into()),
        ("comment", step.comment.into()),
        ("details", step.details.to_string().into()),
        ("occurred_at", txn.now().0.into()),
    ];
    Ok(sql::insert(txn.conn(), "entry_steps", values).await?)
}

/// The last steps of an entry, oldest first; of one language, or of all.
pub(crate) async fn of_entry<C: ConnectionTrait>(conn: &C, entry: Id, locale: Option<&str>) -> Result<Vec<Row>, Error> {
    let names = ["id", "locale", "number", "action", "from_state", "to_state", "actor_id", "comment", "details", "occurred_at"];
    let mut select = Query::select();
    select.exprs(names.map(|name| col("s", name))).from_as(a("entry_steps"), a("s")).and_where(col("s", "entry_id").eq(entry.0));
    if let Some(locale) = locale {
        select.and_where(col("s", "locale").eq(locale));
    }
    select.order_by_expr(col("s", "occurred_at"), Order::Desc).order_by_expr(col("s", "id"), Order::Desc).limit(1000);
    let mut steps = Vec::new();
    for row in conn.query_all(&select).await? {
        let details: Value = serde_json::from_str(&row.try_get_by_index::<String>(8)?).map_err(store::Error::from)?;
        let step = json!({
            "id": row.try_get_by_index::<Uuid>(0)?.to_string(),
            "locale": row.try_get_by_index::<String>(1)?,
            "version": row.try_get_by_index::<i64>(2)?,
            "action": row.try_get_by_index::<String>(3)?,
            "from_state": row.try_get_by_index::<Option<String>>(4)?,
            "to_state": row.try_get_by_index::<String>(5)?,
            "actor_id": row.try_get_by_index::<Option<Uuid>>(6)?.map(|id| id.to_string()),
            "comment": row.try_get_by_index::<Option<String>>(7)?,
            "details": details,
            "occurred_at": Instant(row.try_get_by_index(9)?).print(),
        });
        if let Value::Object(step) = step {
            steps.push(step);
        }
    }
    steps.reverse();
    Ok(steps)
}
