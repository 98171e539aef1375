//! Takes deliveries that are due, so that of several nodes one sends each.

use crate::delivery::{PING, TABLE};
use crate::secret::Secret;
use crate::{Error, Webhooks};
use kernel::{Call, Id, Instant};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, JoinType, LockBehavior, LockType, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use std::collections::HashMap;
use store::sql::{self, a, col};

/// How long a delivery is one node's, in seconds: longer than an attempt can take.
const HELD: i64 = 60;
/// How many of one webhook are sent at once, so that a slow receiver does not keep the others waiting.
const OF_ONE: usize = 4;
/// How many that are due are looked at.
const LOOKED_AT: u64 = 64;

/// A delivery that this node sends now.
pub(crate) struct Taken {
    pub(crate) id: Id,
    pub(crate) webhook: Id,
    pub(crate) url: String,
    pub(crate) payload: String,
    /// Which attempt this is, from 1.
    pub(crate) attempt: i64,
    pub(crate) is_ping: bool,
    /// What signs: the present secret, and for a while the former one.
    pub(crate) secrets: Vec<Secret>,
}

impl Webhooks {
    /// Takes at most so many deliveries that are due; `under_way` says how many of each webhook this node sends already.
    pub(crate) async fn take(&self, room: usize, under_way: &HashMap<Id, usize>) -> Result<Vec<Taken>, Error> {
        let now = self.clock.now();
        let busy: Vec<Uuid> = under_way.iter().filter(|(_, count)| **count >= OF_ONE).map(|(id, _)| id.0).collect();
        // A look without a lock first: most of the time nothing is due.
        let looked = due(now, &busy).expr(Expr::val(1)).limit(1).to_owned();
        if self.db.reader().query_one(&looked).await?.is_none() {
            return Ok(Vec::new());
        }
        let txn = self.db.begin(&Call::operator(), now).await?;
        let select = due(now, &busy)
            .columns(["id", "webhook_id", "payload", "attempts", "action"].map(|name| (a("d"), a(name))))
            .columns(["url", "secret", "former_secret", "former_until"].map(|name| (a("w"), a(name))))
            .order_by((a("d"), a("next_attempt_at")), Order::Asc)
            .order_by((a("d"), a("event_position")), Order::Asc)
            .order_by((a("d"), a("id")), Order::Asc)
            .limit(LOOKED_AT)
            .lock_with_tables_behavior(LockType::Update, [a("d")], LockBehavior::SkipLocked)
            .to_owned();
        let mut counts = under_way.clone();
        let mut taken = Vec::new();
        for row in txn.conn().query_all(&select).await? {
            let webhook = Id(row.try_get_by_index(1)?);
            let count = counts.entry(webhook).or_default();
            if taken.len() >= room || *count >= OF_ONE {
                continue;
            }
            *count += 1;
            let one = self.read(&row, webhook, now)?;
            let held = vec![("attempts", one.attempt.into()), ("held_until", now.plus_seconds(HELD).0.into())];
            sql::update(txn.conn(), TABLE, one.id, held).await?;
            taken.push(one);
        }
        txn.commit(&()).await?;
        Ok(taken)
    }

    fn read(&self, row: &QueryResult, webhook: Id, now: Instant) -> Result<Taken, Error> {
        let mut secrets = vec![self.sealer.open(webhook, &row.try_get_by_index::<Vec<u8>>(6)?)?];
        let former_until = row.try_get_by_index::<Option<i64>>(8)?;
        if let (Some(former), Some(until)) = (row.try_get_by_index::<Option<Vec<u8>>>(7)?, former_until)
            && now < Instant(until)
        {
            secrets.push(self.sealer.open(webhook, &former)?);
        }
        Ok(Taken {
            id: Id(row.try_get_by_index(0)?),
            webhook,
            url: row.try_get_by_index(5)?,
            payload: row.try_get_by_index(2)?,
            attempt: row.try_get_by_index::<i64>(3)? + 1,
            is_ping: row.try_get_by_index::<String>(4)? == PING,
            secrets,
        })
    }
}

/// Deliveries that are due: those of webhooks that send, and tests.
fn due(now: Instant, busy: &[Uuid]) -> SelectStatement {
    let mut select = Query::select();
    select
        .from_as(a(TABLE), a("d"))
        .join_as(
            JoinType::InnerJoin,
            a(crate::webhook::TABLE.name),
            Alias::new("w"),
            col("w", "id").equals((a("d"), a("webhook_id"))),
        )
        .and_where(col("d", "state").eq("pending"))
        .and_where(col("d", "next_attempt_at").lte(now.0))
        .cond_where(Condition::any().add(col("d", "held_until").is_null()).add(col("d", "held_until").lte(now.0)))
        .cond_where(Condition::any().add(col("w", "state").eq("active")).add(col("d", "action").eq(PING)));
    if !busy.is_empty() {
        select.and_where(col("d", "webhook_id").is_not_in(busy.iter().copied()));
    }
    select
}
