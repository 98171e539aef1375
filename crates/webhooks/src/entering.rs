//! Makes deliveries of what happened.

use crate::delivery::TABLE;
use crate::{Error, Webhooks};
use kernel::{Call, Id, Instant};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Order, Query};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Map, Value, json};
use std::collections::{HashMap, HashSet};
use store::WriteTxn;
use store::sql::a;

/// The table of what webhooks have told of.
const TOLD: &str = "webhook_told";

/// What happened to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// Everybody sees it, or sees it anew.
    Published,
    /// Nobody sees it any more.
    Withdrawn,
    /// It is not there any more.
    Deleted,
}

/// What can be told of a resource that everybody sees.
#[derive(Debug, Clone, Default)]
pub struct About {
    /// Its number.
    pub number: Option<Value>,
    /// Its title.
    pub title: Option<Value>,
}

/// Something that happened, as one webhook may tell it.
#[derive(Debug, Clone)]
pub struct Change {
    /// The webhook.
    pub webhook: Id,
    /// The event.
    pub event: Id,
    /// Its place among all.
    pub position: i64,
    /// When it was.
    pub at: Instant,
    /// The type of the resource.
    pub resource_type: String,
    /// The resource.
    pub resource: Id,
    /// Where the resource is read.
    pub url: String,
    /// What happened.
    pub happened: Happened,
    /// Whether the search finds it.
    pub is_found: bool,
    /// What can be told of it; none where nobody sees it now.
    pub about: Option<About>,
}

impl Change {
    /// What is told of it: nothing where the search never found it. `is_told` says whether the webhook has told of the
    /// resource before.
    fn action(&self, is_told: bool) -> Option<&'static str> {
        match self.happened {
            // What is gone meanwhile has an event of its own that says so.
            Happened::Published if self.about.is_none() => None,
            Happened::Published if is_told => Some("updated"),
            Happened::Published => self.is_found.then_some("published"),
            Happened::Withdrawn => (is_told || self.is_found).then_some("withdrawn"),
            Happened::Deleted => (is_told || self.is_found).then_some("deleted"),
        }
    }

    fn payload(&self, action: &str) -> String {
        let mut data = Map::new();
        data.insert("id".to_owned(), self.resource.to_string().into());
        data.insert("type".to_owned(), self.resource_type.clone().into());
        data.insert("url".to_owned(), self.url.clone().into());
        // What is gone is not named.
        if let (Happened::Published, Some(about)) = (self.happened, &self.about) {
            for (name, value) in [("number", &about.number), ("title", &about.title)] {
                if let Some(value) = value.as_ref().filter(|value| !value.is_null()) {
                    data.insert(name.to_owned(), value.clone());
                }
            }
        }
        let kind = format!("{}.{action}", self.resource_type);
        json!({ "type": kind, "timestamp": self.at.print(), "data": data }).to_string()
    }
}

/// A message that is to be sent.
pub(crate) struct Message<'a> {
    pub(crate) id: Id,
    pub(crate) webhook: Id,
    /// The event and its place; of a test the message itself.
    pub(crate) event: (Id, Option<i64>),
    pub(crate) resource: (&'a str, Id),
    pub(crate) action: &'a str,
    pub(crate) payload: String,
}

impl Webhooks {
    /// Makes the deliveries of what happened, in its order and in one transaction; how many are new. What is entered again
    /// makes none.
    pub async fn enter(&self, changes: &[Change]) -> Result<u64, Error> {
        if changes.is_empty() {
            return Ok(0);
        }
        let txn = self.db.begin(&Call::operator(), self.clock.now()).await?;
        let until = until(&txn, changes).await?;
        let mut told = told(&txn, changes).await?;
        let mut entered = 0;
        let is_new = |change: &&Change| until.get(&change.webhook).is_some_and(|until| change.position > *until);
        for change in changes.iter().filter(is_new) {
            let pair = (change.webhook, change.resource);
            let Some(action) = change.action(told.contains(&pair)) else { continue };
            let message = Message {
                id: Id::new(txn.now()),
                webhook: change.webhook,
                event: (change.event, Some(change.position)),
                resource: (&change.resource_type, change.resource),
                action,
                payload: change.payload(action),
            };
            insert(&txn, &message).await?;
            entered += 1;
            if change.happened == Happened::Published {
                if told.insert(pair) {
                    remember(&txn, pair).await?;
                }
            } else if told.remove(&pair) {
                forget(&txn, pair).await?;
            }
        }
        advance(&txn, changes).await?;
        txn.commit(&()).await?;
        Ok(entered)
    }
}

/// The webhooks that are still there, each with the place of the last event it has told of. They are this transaction's until
/// it ends: whoever has the same events waits, and then finds them told.
async fn until(txn: &WriteTxn, changes: &[Change]) -> Result<HashMap<Id, i64>, Error> {
    let ids: HashSet<Uuid> = changes.iter().map(|change| change.webhook.0).collect();
    let select = Query::select()
        .columns(["id", "told_until"].map(a))
        .from(a(crate::webhook::TABLE.name))
        .and_where(Expr::col(a("id")).is_in(ids))
        .order_by(a("id"), Order::Asc)
        .lock_exclusive()
        .to_owned();
    let rows = txn.conn().query_all(&select).await?;
    Ok(rows.iter().map(|row| Ok((Id(row.try_get_by_index(0)?), row.try_get_by_index(1)?))).collect::<Result<_, DbErr>>()?)
}

/// Keeps how far the webhooks have told.
async fn advance(txn: &WriteTxn, changes: &[Change]) -> Result<(), Error> {
    let ids: HashSet<Uuid> = changes.iter().map(|change| change.webhook.0).collect();
    let last = changes.iter().map(|change| change.position).max().unwrap_or(0);
    let update = Query::update()
        .table(a(crate::webhook::TABLE.name))
        .value(a("told_until"), last)
        .and_where(Expr::col(a("id")).is_in(ids))
        .and_where(Expr::col(a("told_until")).lt(last))
        .to_owned();
    txn.conn().execute(&update).await?;
    Ok(())
}

/// What of these changes the webhooks have told of already.
async fn told(txn: &WriteTxn, changes: &[Change]) -> Result<HashSet<(Id, Id)>, Error> {
    let resources: HashSet<Uuid> = changes.iter().map(|change| change.resource.0).collect();
    let webhooks: HashSet<Uuid> = changes.iter().map(|change| change.webhook.0).collect();
    let select = Query::select()
        .columns(["webhook_id", "resource_id"].map(a))
        .from(a(TOLD))
        .and_where(Expr::col(a("webhook_id")).is_in(webhooks))
        .and_where(Expr::col(a("resource_id")).is_in(resources))
        .to_owned();
    let mut told = HashSet::new();
    for row in txn.conn().query_all(&select).await? {
        told.insert((Id(row.try_get_by_index(0)?), Id(row.try_get_by_index(1)?)));
    }
    Ok(told)
}

async fn remember(txn: &WriteTxn, (webhook, resource): (Id, Id)) -> Result<(), Error> {
    let insert = Query::insert()
        .into_table(a(TOLD))
        .columns(["webhook_id", "resource_id"].map(a))
        .values_panic([webhook.0.into(), resource.0.into()])
        .on_conflict(OnConflict::columns(["webhook_id", "resource_id"].map(a)).do_nothing().to_owned())
        .to_owned();
    txn.conn().execute(&insert).await?;
    Ok(())
}

async fn forget(txn: &WriteTxn, (webhook, resource): (Id, Id)) -> Result<(), Error> {
    let delete = Query::delete()
        .from_table(a(TOLD))
        .and_where(Expr::col(a("webhook_id")).eq(webhook.0))
        .and_where(Expr::col(a("resource_id")).eq(resource.0))
        .to_owned();
    txn.conn().execute(&delete).await?;
    Ok(())
}

/// Inserts a message that is to be sent at once.
pub(crate) async fn insert(txn: &WriteTxn, message: &Message<'_>) -> Result<(), Error> {
    let columns = [
        "id",
        "webhook_id",
        "event_id",
        "event_position",
        "resource_type",
        "resource_id",
        "action",
        "payload",
        "state",
        "attempts",
        "next_attempt_at",
        "created_at",
    ];
    let insert = Query::insert()
        .into_table(a(TABLE))
        .columns(columns.map(a))
        .values_panic([
            message.id.0.into(),
            message.webhook.0.into(),
            message.event.0.0.into(),
            message.event.1.into(),
            message.resource.0.into(),
            message.resource.1.0.into(),
            message.action.into(),
            message.payload.as_str().into(),
            "pending".into(),
            0_i64.into(),
            txn.now().0.into(),
            txn.now().0.into(),
        ])
        .to_owned();
    txn.conn().execute(&insert).await?;
    Ok(())
}
