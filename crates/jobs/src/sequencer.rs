//! Numbers committed events.

use crate::lease::{self, Node};
use kernel::Call;
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, CaseStatement, Expr, ExprTrait, Order, Query, SelectStatement};
use std::collections::HashMap;
use store::{Error, WriteTxn};

/// The lease row whose `position` is that of the newest numbered event.
pub(crate) const NAME: &str = "sequencer";
/// How many events one transaction numbers at most, so that it stays short.
const BATCH: usize = 500;

/// Numbers committed events 1, 2, 3 … without gaps.
///
/// Any number of sequencers may run: each works under the lock of one row, and sees everything
/// the one before it has committed.
pub struct Sequencer {
    node: Node,
}

/// An event without a position.
struct Unnumbered {
    id: Uuid,
    resource: Uuid,
    revision: i64,
}

impl Sequencer {
    /// Makes the sequencer of a node.
    pub fn new(node: Node) -> Self {
        Self { node }
    }

    /// Numbers at most 500 events in one transaction and answers how many; 0 when none waits,
    /// which costs one read.
    pub async fn number(&self) -> Result<usize, Error> {
        if self.node.db.reader().query_one(unnumbered().limit(1)).await?.is_none() {
            return Ok(0);
        }
        let now = self.node.clock.now();
        let txn = self.node.db.begin(&Call::operator(), now).await?;
        let newest = lease::locked(&txn, NAME).await?.map_or(0, |lease| lease.position);
        let batch = batch(&txn).await?;
        let Some(last) = batch.last() else { return Ok(0) };
        let places: Vec<(Uuid, i64)> = batch.iter().map(|event| event.id).zip(newest + 1..).collect();
        let position = newest + i64::try_from(batch.len()).unwrap_or(0);
        tracing::trace!(position, last = %last.id, "numbered");
        place(&txn, &places).await?;
        lease::store(&txn, NAME, lease::Lease { holder: Some(self.node.id), until: now, position }).await?;
        txn.commit(&()).await?;
        Ok(places.len())
    }
}

fn unnumbered() -> SelectStatement {
    Query::select()
        .columns(["id", "resource_id", "revision"].map(Alias::new))
        .from(Alias::new("events"))
        .and_where(Expr::col(Alias::new("position")).is_null())
        .to_owned()
}

/// The events to number next. Ids are made by many clocks, so a later revision may have the lower
/// id: where the batch is cut, the earlier revisions beyond the cut are fetched as well.
async fn batch(txn: &WriteTxn) -> Result<Vec<Unnumbered>, Error> {
    let by_id = unnumbered().order_by(Alias::new("id"), Order::Asc).to_owned();
    let mut events = fetch(txn, &by_id.clone().limit(BATCH as u64).to_owned()).await?;
    if let Some(last) = events.last().filter(|_| events.len() == BATCH) {
        let beyond = by_id
            .clone()
            .and_where(Expr::col(Alias::new("id")).gt(last.id))
            .and_where(Expr::col(Alias::new("resource_id")).is_in(events.iter().map(|event| event.resource)))
            .to_owned();
        events.extend(fetch(txn, &beyond).await?);
    }
    in_order(&mut events);
    events.truncate(BATCH);
    Ok(events)
}

/// Sorts by id, and for one resource by revision: an event stands where the lowest id among its
/// own and the later revisions' stands.
fn in_order(events: &mut [Unnumbered]) {
    events.sort_by_key(|event| std::cmp::Reverse((event.revision, event.id)));
    let mut lowest: HashMap<Uuid, Uuid> = HashMap::new();
    let mut places: HashMap<Uuid, Uuid> = HashMap::new();
    for event in events.iter() {
        let lowest = lowest.entry(event.resource).or_insert(event.id);
        *lowest = Ord::min(event.id, *lowest);
        places.insert(event.id, *lowest);
    }
    events.sort_by_key(|event| (places.get(&event.id).copied(), event.revision, event.id));
}

async fn fetch(txn: &WriteTxn, select: &SelectStatement) -> Result<Vec<Unnumbered>, Error> {
    let rows = txn.conn().query_all(select).await?;
    let read = |row: &sea_orm::QueryResult| {
        Ok(Unnumbered { id: row.try_get_by_index(0)?, resource: row.try_get_by_index(1)?, revision: row.try_get_by_index(2)? })
    };
    rows.iter().map(read).collect()
}

/// Gives every event its place; a hundred by one statement, since each is a round trip.
async fn place(txn: &WriteTxn, places: &[(Uuid, i64)]) -> Result<(), Error> {
    let id = || Expr::col(Alias::new("id"));
    for part in places.chunks(100) {
        let place =
            part.iter().fold(CaseStatement::new(), |case, (event, position)| case.case(id().eq(*event), Expr::val(*position)));
        let update = Query::update()
            .table(Alias::new("events"))
            .value(Alias::new("position"), place)
            .and_where(id().is_in(part.iter().map(|(event, _)| *event)))
            .to_owned();
        txn.conn().execute(&update).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn event(id: u128, resource: u128, revision: i64) -> Unnumbered {
        Unnumbered { id: Uuid::from_u128(id), resource: Uuid::from_u128(resource), revision }
    }

    #[test]
    fn revisions_of_one_resource_keep_their_order_whatever_their_ids() {
        let mut events = vec![event(1, 7, 3), event(2, 8, 1), event(3, 7, 1), event(4, 7, 2), event(5, 8, 2)];
        in_order(&mut events);
        let ids: Vec<u128> = events.iter().map(|event| event.id.as_u128()).collect();
        assert_eq!(ids, [3, 4, 1, 2, 5]);
    }
}
