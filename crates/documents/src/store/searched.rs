//! Which documents others act on: their words or their force are not only their own.

use super::a;
use crate::Error;
use crate::documents::TYPE;
use crate::found::Parts;
use kernel::{Id, Revision};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use std::collections::{HashMap, HashSet};
use store::WriteTxn;
use store::outbox::{self, Event};

/// Relations that change words or force of the other document.
const ACTING: [&str; 6] = ["amends", "supplements", "corrects", "repeals", "replaces", "suspends"];

fn acting(from: &'static str, to: &'static str, ids: &[Id]) -> SelectStatement {
    Query::select()
        .distinct()
        .column(a(to))
        .from(a("document_relations"))
        .and_where(Expr::col(a(from)).is_in(ids.iter().map(|id| id.0)))
        .and_where(Expr::col(a("target_id")).is_not_null())
        .cond_where(
            Cond::any().add(Expr::col(a("relation")).is_in(ACTING)).add(Expr::col(a("target_effective_on")).is_not_null()),
        )
        .to_owned()
}

async fn ids<C: ConnectionTrait>(conn: &C, select: &SelectStatement) -> Result<HashSet<Id>, Error> {
    let id = |row: &QueryResult| Ok(Id(row.try_get_by_index::<Uuid>(0)?));
    conn.query_all(select).await?.iter().map(id).collect()
}

/// Those of these documents that others act on, or that editors have entered texts for.
pub(crate) async fn acted_on<C: ConnectionTrait>(conn: &C, documents: &[Id]) -> Result<HashSet<Id>, Error> {
    let mut found = ids(conn, &acting("target_id", "target_id", documents)).await?;
    let entered = Query::select()
        .distinct()
        .column(a("document_id"))
        .from(a("document_texts"))
        .and_where(Expr::col(a("document_id")).is_in(documents.iter().map(|id| id.0)))
        .to_owned();
    found.extend(ids(conn, &entered).await?);
    Ok(found)
}

/// The documents that these act on.
pub(crate) async fn targets<C: ConnectionTrait>(conn: &C, documents: &[Id]) -> Result<HashSet<Id>, Error> {
    ids(conn, &acting("document_id", "target_id", documents)).await
}

/// Tells that what these documents say, or their force, may be another now, though nobody has changed them.
pub(crate) async fn touch(txn: &WriteTxn, documents: impl IntoIterator<Item = Id>) -> Result<(), Error> {
    let documents: Vec<Uuid> = documents.into_iter().map(|id| id.0).collect();
    let select = Query::select()
        .columns(["id", "revision"].map(a))
        .from(a("documents"))
        .and_where(Expr::col(a("id")).is_in(documents))
        .to_owned();
    for row in txn.conn().query_all(&select).await? {
        let (id, revision) = (Id(row.try_get_by_index(0)?), Revision(row.try_get_by_index(1)?));
        outbox::record(txn, Event { resource_type: TYPE, id, action: "updated", revision }).await?;
    }
    Ok(())
}

/// What the live editions of these documents say of provisions with days of their own.
pub(crate) async fn parts<C: ConnectionTrait>(conn: &C, documents: &[Id]) -> Result<HashMap<Id, Parts>, Error> {
    let select = Query::select()
        .columns(["document_id", "first_part_on", "last_part_on", "parts_unread"].map(a))
        .from(a("document_editions"))
        .and_where(Expr::col(a("document_id")).is_in(documents.iter().map(|id| id.0)))
        .and_where(Expr::col(a("live")))
        .to_owned();
    let one = |row: &QueryResult| {
        let parts = Parts { first: row.try_get_by_index(1)?, last: row.try_get_by_index(2)?, unread: row.try_get_by_index(3)? };
        Ok((Id(row.try_get_by_index::<Uuid>(0)?), parts))
    };
    conn.query_all(&select).await?.iter().map(one).collect()
}

/// The ids of published documents after `after`, in the order of ids, at most `limit` of them.
pub(crate) async fn published<C: ConnectionTrait>(conn: &C, after: Option<Id>, limit: u64) -> Result<Vec<Id>, Error> {
    let mut select = Query::select();
    select
        .column(a("document_id"))
        .from(a("document_editions"))
        .and_where(Expr::col(a("live")))
        .order_by(a("document_id"), sea_orm::sea_query::Order::Asc)
        .limit(limit);
    if let Some(after) = after {
        select.and_where(Expr::col(a("document_id")).gt(after.0));
    }
    conn.query_all(&select).await?.iter().map(|row| Ok(Id(row.try_get_by_index::<Uuid>(0)?))).collect()
}
