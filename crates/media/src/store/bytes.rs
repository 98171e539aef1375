//! Under which name bytes are kept. The row of a hash is the lock between uploads of the same bytes and their removal.

use super::a;
use crate::Error;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use store::StoredFile;

/// Where equal bytes are kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// In this file.
    Here,
    /// In an older one; this one is not needed.
    Elsewhere,
}

/// Says that bytes are needed, and finds out which of two equal files is the one that stays.
pub(crate) async fn keep(txn: &DatabaseTransaction, file: &StoredFile) -> Result<Kept, Error> {
    // An update in place of nothing, so that the row is locked until the end of the transaction.
    let again = OnConflict::column(a("sha256")).update_column(a("size")).to_owned();
    let insert = Query::insert()
        .into_table(a("media_bytes"))
        .columns(["sha256", "name", "size"].map(a))
        .values_panic([file.sha256.clone().into(), file.name.clone().into(), file.size.into()])
        .on_conflict(again)
        .to_owned();
    txn.execute(&insert).await?;
    Ok(if name(txn, &file.sha256).await?.is_some_and(|kept| kept == file.name) { Kept::Here } else { Kept::Elsewhere })
}

/// Says that a media item no longer needs bytes; answers the name of the file when no other does.
pub(crate) async fn release(txn: &DatabaseTransaction, sha256: &str) -> Result<Option<String>, Error> {
    let kept = Query::select()
        .column(a("name"))
        .from(a("media_bytes"))
        .and_where(Expr::col(a("sha256")).eq(sha256))
        .lock(LockType::Update)
        .to_owned();
    let Some(row) = txn.query_one(&kept).await? else { return Ok(None) };
    let needed = Query::select().column(a("sha256")).from(a("media")).and_where(Expr::col(a("sha256")).eq(sha256)).to_owned();
    let delete = Query::delete()
        .from_table(a("media_bytes"))
        .and_where(Expr::col(a("sha256")).eq(sha256))
        .and_where(Expr::exists(needed).not())
        .to_owned();
    let gone = txn.execute(&delete).await?.rows_affected() == 1;
    Ok(if gone { Some(row.try_get_by_index(0)?) } else { None })
}

/// Whether bytes are still kept under this name.
pub(crate) async fn is_kept<C: ConnectionTrait>(conn: &C, sha256: &str, file: &str) -> Result<bool, Error> {
    Ok(name(conn, sha256).await?.is_some_and(|kept| kept == file))
}

async fn name<C: ConnectionTrait>(conn: &C, sha256: &str) -> Result<Option<String>, Error> {
    let select = Query::select().column(a("name")).from(a("media_bytes")).and_where(Expr::col(a("sha256")).eq(sha256)).to_owned();
    Ok(conn.query_one(&select).await?.map(|row| row.try_get_by_index(0)).transpose()?)
}
