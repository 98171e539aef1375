//! The outbox: every change leaves an event in its own transaction, without a position.

use crate::{Error, WriteTxn};
use kernel::{Id, Revision};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Query};

/// What happened to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event<'a> {
    /// The type of the resource (`document`).
    pub resource_type: &'a str,
    /// The resource.
    pub id: Id,
    /// What happened: `created updated published withdrawn deleted`.
    pub action: &'static str,
    /// The revision that the change made.
    pub revision: Revision,
}

/// Records `event` in the transaction of the change.
pub async fn record(txn: &WriteTxn, event: Event<'_>) -> Result<(), Error> {
    record_with_comment(txn, event, None).await
}

/// Records `event` with what the caller said about it.
pub async fn record_with_comment(txn: &WriteTxn, event: Event<'_>, comment: Option<&str>) -> Result<(), Error> {
    let insert = Query::insert()
        .into_table(Alias::new("events"))
        .columns(
            ["id", "type", "resource_id", "action", "revision", "actor", "request_id", "occurred_at", "comment"].map(Alias::new),
        )
        .values_panic([
            Id::new(txn.now()).0.into(),
            event.resource_type.into(),
            event.id.0.into(),
            event.action.into(),
            event.revision.0.into(),
            txn.call().actor.account().map(|id| id.0).into(),
            txn.call().request_id.map(|id| id.0).into(),
            txn.now().0.into(),
            comment.into(),
        ])
        .to_owned();
    txn.conn().execute(&insert).await?;
    Ok(())
}
