//! Events that have their position.

use kernel::{Id, Instant, Revision};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Order, Query};
use sea_orm::{ConnectionTrait, QueryResult};
use store::{Database, Error};

/// A committed change that has its place in the order of all changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its place: 1, 2, 3 … without gaps.
    pub position: i64,
    /// Its own id, the same at every delivery.
    pub id: Id,
    /// The type of the resource (`document`).
    pub resource_type: String,
    /// The resource.
    pub resource_id: Id,
    /// What happened: `created updated published withdrawn deleted`.
    pub action: String,
    /// The revision that the change made.
    pub revision: Revision,
    /// When it happened.
    pub occurred_at: Instant,
}

const COLUMNS: [&str; 7] = ["position", "id", "type", "resource_id", "action", "revision", "occurred_at"];

/// Reads at most `limit` events beyond `position`, in order.
pub async fn events_after(db: &Database, position: i64, limit: u64) -> Result<Vec<Event>, Error> {
    let select = Query::select()
        .columns(COLUMNS.map(Alias::new))
        .from(Alias::new("events"))
        .and_where(Expr::col(Alias::new("position")).gt(position))
        .order_by(Alias::new("position"), Order::Asc)
        .limit(limit)
        .to_owned();
    db.reader().query_all(&select).await?.iter().map(read).collect()
}

/// Reads the position of the newest numbered event; 0 before the first.
pub async fn newest_position(db: &Database) -> Result<i64, Error> {
    let select = Query::select()
        .column(Alias::new("position"))
        .from(Alias::new("leases"))
        .and_where(Expr::col(Alias::new("name")).eq(crate::sequencer::NAME))
        .to_owned();
    Ok(db.reader().query_one(&select).await?.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0))
}

fn read(row: &QueryResult) -> Result<Event, Error> {
    Ok(Event {
        position: row.try_get_by_index(0)?,
        id: Id(row.try_get_by_index(1)?),
        resource_type: row.try_get_by_index(2)?,
        resource_id: Id(row.try_get_by_index(3)?),
        action: row.try_get_by_index(4)?,
        revision: Revision(row.try_get_by_index(5)?),
        occurred_at: Instant(row.try_get_by_index(6)?),
    })
}

/// Which resources changes are about that have one of these actions and that a consumer has not taken yet, at most 1,000.
pub async fn pending(db: &Database, consumer: &str, actions: &[&str]) -> Result<Vec<Id>, Error> {
    let col = |name: &'static str| Expr::col(Alias::new(name));
    let base = || {
        Query::select()
            .column(Alias::new("resource_id"))
            .from(Alias::new("events"))
            .and_where(col("action").is_in(actions.iter().copied()))
            .to_owned()
    };
    // Two statements, each of which goes along an index.
    let unnumbered = base().and_where(col("position").is_null()).limit(1_000).to_owned();
    let numbered = base().and_where(col("position").gt(crate::lease::taken(db, consumer).await?)).limit(1_000).to_owned();
    let mut found = Vec::new();
    for select in [unnumbered, numbered] {
        for row in db.reader().query_all(&select).await? {
            found.push(Id(row.try_get_by_index(0)?));
        }
    }
    Ok(found)
}
