//! Editions that an older reader has read.

use super::{a, col, contents};
use crate::Error;
use crate::content::Content;
use crate::found::{Findings, READER};
use kernel::{Id, Instant};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};

/// An edition to be read again.
pub(crate) struct Unread {
    pub document: Id,
    pub edition: Id,
    /// Whether anything is asked of it: it is live, or worked on.
    pub present: bool,
    pub updated_at: Instant,
}

/// The first of them.
pub(crate) async fn first<C: ConnectionTrait>(conn: &C, most: u64) -> Result<Vec<Unread>, Error> {
    let select = Query::select()
        .exprs(["document_id", "id", "live", "working", "updated_at"].map(|name| col("e", name)))
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "reader").lt(READER))
        .order_by((a("e"), a("reader")), sea_orm::sea_query::Order::Asc)
        .order_by((a("e"), a("id")), sea_orm::sea_query::Order::Asc)
        .limit(most)
        .to_owned();
    let read = |row: QueryResult| -> Result<Unread, Error> {
        Ok(Unread {
            document: Id(row.try_get_by_index::<Uuid>(0)?),
            edition: Id(row.try_get_by_index::<Uuid>(1)?),
            present: row.try_get_by_index::<bool>(2)? || row.try_get_by_index::<bool>(3)?,
            updated_at: Instant(row.try_get_by_index(4)?),
        })
    };
    conn.query_all(&select).await?.into_iter().map(read).collect()
}

/// What an edition says.
pub(crate) async fn content<C: ConnectionTrait>(conn: &C, edition: Id) -> Result<Option<Content>, Error> {
    let select = contents::select().and_where(col("e", "id").eq(edition.0)).to_owned();
    conn.query_one(&select).await?.map(|row| contents::read(&row)).transpose()
}

/// Takes down that an edition has been read; `false` where somebody has changed it, or read it, since it was found.
pub(crate) async fn done(txn: &DatabaseTransaction, unread: &Unread, found: &Findings) -> Result<bool, Error> {
    let update = Query::update()
        .table(a("document_editions"))
        .value(a("reader"), READER)
        .value(a("first_part_on"), found.parts.first.clone())
        .value(a("last_part_on"), found.parts.last.clone())
        .value(a("parts_unread"), found.parts.unread)
        .and_where(Expr::col(a("id")).eq(unread.edition.0))
        .and_where(Expr::col(a("updated_at")).eq(unread.updated_at.0))
        .and_where(Expr::col(a("reader")).lt(READER))
        .to_owned();
    Ok(txn.execute(&update).await?.rows_affected() == 1)
}
