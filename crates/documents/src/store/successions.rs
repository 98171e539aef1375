//! Rows that say which body followed which.

use super::a;
use crate::Error;
use crate::issuer::{Change, Extent, Predecessor};
use kernel::Id;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use store::sql::{self, Values, col};

const COLUMNS: [&str; 5] = ["predecessor_id", "day", "change", "extent", "basis"];

fn read(row: &QueryResult) -> Result<Predecessor, Error> {
    Ok(Predecessor {
        issuer: Id(row.try_get_by_index(0)?),
        on: row.try_get_by_index(1)?,
        change: Change::parse(&row.try_get_by_index::<String>(2)?).unwrap_or(Change::Succeeded),
        extent: Extent::parse(&row.try_get_by_index::<String>(3)?).unwrap_or(Extent::Whole),
        basis: row.try_get_by_index(4)?,
    })
}

/// The predecessors of a body in the order in which they were told.
pub(crate) async fn of<C: ConnectionTrait>(conn: &C, successor: Id) -> Result<Vec<Predecessor>, Error> {
    let select = Query::select()
        .columns(COLUMNS.map(a))
        .from(a("issuer_successions"))
        .and_where(Expr::col(a("successor_id")).eq(successor.0))
        .order_by(a("place"), sea_orm::Order::Asc)
        .to_owned();
    conn.query_all(&select).await?.iter().map(read).collect()
}

/// Day, and life of the successor, of every succession in which a body is the predecessor.
pub(crate) async fn followed<C: ConnectionTrait>(conn: &C, predecessor: Id) -> Result<Vec<[Option<String>; 3]>, Error> {
    let select = Query::select()
        .exprs([col("s", "day"), col("i", "valid_from"), col("i", "valid_until")])
        .from_as(a("issuer_successions"), a("s"))
        .join_as(JoinType::InnerJoin, a("issuers"), a("i"), col("i", "id").equals((a("s"), a("successor_id"))))
        .and_where(col("s", "predecessor_id").eq(predecessor.0))
        .to_owned();
    let rows = conn.query_all(&select).await?;
    let days = |row: &QueryResult| Ok([row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?]);
    rows.iter().map(days).collect()
}

/// The columns of a succession.
pub(crate) fn values(successor: Id, place: usize, told: &Predecessor) -> Values {
    vec![
        ("successor_id", successor.0.into()),
        ("predecessor_id", told.issuer.0.into()),
        ("place", i64::try_from(place).unwrap_or(i64::MAX).into()),
        ("day", told.on.clone().into()),
        ("change", told.change.as_str().into()),
        ("extent", told.extent.as_str().into()),
        ("basis", told.basis.clone().into()),
    ]
}

/// Makes these the predecessors of a body, in this order.
pub(crate) async fn replace(txn: &DatabaseTransaction, successor: Id, predecessors: &[Predecessor]) -> Result<(), Error> {
    let delete =
        Query::delete().from_table(a("issuer_successions")).and_where(Expr::col(a("successor_id")).eq(successor.0)).to_owned();
    txn.execute(&delete).await?;
    for (place, told) in predecessors.iter().enumerate() {
        sql::insert(txn, "issuer_successions", values(successor, place, told)).await?;
    }
    Ok(())
}
