//! Lease rows: who works for a name, until when, and how far it has come.

use crate::event::newest_position;
use kernel::{Call, Clock, Id, Instant};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use store::{Database, Error, WriteTxn};

/// How long a lease is held without being renewed, in seconds.
const HELD: i64 = 10;
/// A lease that ends within this many seconds is renewed before a batch is begun.
const RENEWED_WITHIN: i64 = 5;

/// A process that numbers and delivers events.
#[derive(Clone)]
pub struct Node {
    /// The database.
    pub db: Database,
    /// Its clock; the clocks of all nodes agree within a few seconds.
    pub clock: Clock,
    /// The name under which it holds leases. A process that starts again under the same id goes
    /// on at once; under another it waits until the old leases end (ten seconds). Two processes
    /// that run at the same time never share one.
    pub id: Id,
}

/// One row of `leases`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lease {
    pub(crate) holder: Option<Id>,
    pub(crate) until: Instant,
    pub(crate) position: i64,
}

/// What became of a lease that was to be extended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hold {
    Kept,
    Lost,
}

fn table() -> Alias {
    Alias::new("leases")
}

fn col(name: &'static str) -> Expr {
    Expr::col(Alias::new(name))
}

fn row_of(name: &str) -> SelectStatement {
    Query::select()
        .columns(["holder", "until", "position"].map(Alias::new))
        .from(table())
        .and_where(col("name").eq(name))
        .to_owned()
}

fn read(row: &QueryResult) -> Result<Lease, Error> {
    Ok(Lease {
        holder: row.try_get_by_index::<Option<Uuid>>(0)?.map(Id),
        until: Instant(row.try_get_by_index(1)?),
        position: row.try_get_by_index(2)?,
    })
}

async fn seen(db: &Database, name: &str) -> Result<Option<Lease>, Error> {
    db.reader().query_one(&row_of(name)).await?.as_ref().map(read).transpose()
}

/// Reads a lease and locks its row until the transaction ends.
pub(crate) async fn locked(txn: &WriteTxn, name: &str) -> Result<Option<Lease>, Error> {
    txn.conn().query_one(row_of(name).lock_exclusive()).await?.as_ref().map(read).transpose()
}

/// Writes a lease whose row exists.
pub(crate) async fn store(txn: &WriteTxn, name: &str, lease: Lease) -> Result<(), Error> {
    let update = Query::update()
        .table(table())
        .value(Alias::new("holder"), lease.holder.map(|id| id.0))
        .value(Alias::new("until"), lease.until.0)
        .value(Alias::new("position"), lease.position)
        .and_where(col("name").eq(name))
        .to_owned();
    txn.conn().execute(&update).await?;
    Ok(())
}

/// How many numbered events a consumer has yet to take.
pub async fn lag(db: &Database, consumer: &str) -> Result<u64, Error> {
    Ok(u64::try_from(newest_position(db).await? - taken(db, consumer).await?).unwrap_or(0))
}

/// The last event that a consumer has taken; 0 before the first.
pub async fn taken(db: &Database, consumer: &str) -> Result<i64, Error> {
    Ok(seen(db, consumer).await?.map_or(0, |lease| lease.position))
}

/// Sets a consumer's cursor back to the beginning, so that every event is delivered to it again.
///
/// A node that is delivering to it at the moment loses its lease and cannot move the cursor.
pub async fn rewind(db: &Database, consumer: &str, now: Instant) -> Result<(), Error> {
    let txn = db.begin(&Call::operator(), now).await?;
    locked_or_made(&txn, consumer).await?;
    store(&txn, consumer, Lease { holder: None, until: now, position: 0 }).await?;
    txn.commit(&()).await
}

async fn locked_or_made(txn: &WriteTxn, name: &str) -> Result<Lease, Error> {
    if let Some(lease) = locked(txn, name).await? {
        return Ok(lease);
    }
    let insert = Query::insert()
        .into_table(table())
        .columns(["name", "until", "position"].map(Alias::new))
        .values_panic([name.into(), 0_i64.into(), 0_i64.into()])
        .on_conflict(OnConflict::column(Alias::new("name")).do_nothing().to_owned())
        .to_owned();
    txn.conn().execute(&insert).await?;
    // Another node may have made it in between.
    let made = Lease { holder: None, until: Instant(0), position: 0 };
    Ok(locked(txn, name).await?.unwrap_or(made))
}

/// A consumer's lease as one node sees it.
pub(crate) struct Cursor {
    pub(crate) node: Node,
    pub(crate) name: &'static str,
}

impl Cursor {
    /// Answers the position to go on from: `None` when nothing is new or another node works.
    pub(crate) async fn next(&self) -> Result<Option<i64>, Error> {
        let lease = seen(&self.node.db, self.name).await?;
        if newest_position(&self.node.db).await? <= lease.map_or(0, |lease| lease.position) {
            return Ok(None);
        }
        let now = self.node.clock.now();
        match lease {
            Some(lease) if lease.holder == Some(self.node.id) && lease.until > now.plus_seconds(RENEWED_WITHIN) => {
                Ok(Some(lease.position))
            }
            Some(lease) if self.is_elsewhere(lease, now) => Ok(None),
            _ => self.take().await,
        }
    }

    fn is_elsewhere(&self, lease: Lease, now: Instant) -> bool {
        lease.holder.is_some_and(|holder| holder != self.node.id) && lease.until > now
    }

    async fn take(&self) -> Result<Option<i64>, Error> {
        let now = self.node.clock.now();
        let txn = self.node.db.begin(&Call::operator(), now).await?;
        let lease = locked_or_made(&txn, self.name).await?;
        if self.is_elsewhere(lease, now) {
            return Ok(None);
        }
        let taken = Lease { holder: Some(self.node.id), until: now.plus_seconds(HELD), ..lease };
        store(&txn, self.name, taken).await?;
        txn.commit(&()).await?;
        Ok(Some(lease.position))
    }

    /// Moves the cursor and holds the lease for another while.
    pub(crate) async fn advance(&self, position: i64) -> Result<Hold, Error> {
        self.change(|lease, now| Lease { until: now.plus_seconds(HELD), position, ..lease }).await
    }

    /// Holds the lease for another while.
    pub(crate) async fn renew(&self) -> Result<Hold, Error> {
        self.change(|lease, now| Lease { until: now.plus_seconds(HELD), ..lease }).await
    }

    /// Gives the lease back, so that another node need not wait for its end.
    pub(crate) async fn release(&self) -> Result<(), Error> {
        let is_held = seen(&self.node.db, self.name).await?.is_some_and(|lease| lease.holder == Some(self.node.id));
        if is_held {
            self.change(|lease, now| Lease { holder: None, until: now, ..lease }).await?;
        }
        Ok(())
    }

    async fn change(&self, change: impl Fn(Lease, Instant) -> Lease) -> Result<Hold, Error> {
        let now = self.node.clock.now();
        let txn = self.node.db.begin(&Call::operator(), now).await?;
        match locked(&txn, self.name).await? {
            Some(lease) if lease.holder == Some(self.node.id) => {
                store(&txn, self.name, change(lease, now)).await?;
                txn.commit(&()).await?;
                Ok(Hold::Kept)
            }
            _ => Ok(Hold::Lost),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, Ordering};

    #[tokio::test]
    async fn a_lease_is_one_nodes_until_it_ends_or_is_given_back() {
        testkit::on_both(async |test| {
            let time = Arc::new(AtomicI64::new(testkit::now().0));
            let clock = Clock::Fixed(Arc::clone(&time));
            let cursor = || {
                let node = Node { db: test.db.clone(), clock: clock.clone(), id: Id::new(clock.now()) };
                Cursor { node, name: "search" }
            };
            let (one, other) = (cursor(), cursor());
            assert_eq!(one.next().await.unwrap(), None, "nothing is new");
            let txn = test.db.begin(&Call::operator(), testkit::now()).await.unwrap();
            super::store(&txn, "sequencer", Lease { holder: None, until: Instant(0), position: 9 }).await.unwrap();
            txn.commit(&()).await.unwrap();

            assert_eq!(one.next().await.unwrap(), Some(0));
            assert_eq!(other.next().await.unwrap(), None);
            assert_eq!(one.advance(4).await.unwrap(), Hold::Kept);
            assert_eq!(one.next().await.unwrap(), Some(4));

            time.fetch_add(11_000_000, Ordering::SeqCst);
            assert_eq!(other.next().await.unwrap(), Some(4));
            assert_eq!(one.advance(9).await.unwrap(), Hold::Lost);
            assert_eq!(one.renew().await.unwrap(), Hold::Lost);
            one.release().await.unwrap();
            assert_eq!(one.next().await.unwrap(), None, "what is not held cannot be given back");

            other.release().await.unwrap();
            assert_eq!(one.next().await.unwrap(), Some(4));
            rewind(&test.db, "search", clock.now()).await.unwrap();
            assert_eq!(one.advance(9).await.unwrap(), Hold::Lost);
            assert_eq!(lag(&test.db, "search").await.unwrap(), 9);
        })
        .await;
    }
}
