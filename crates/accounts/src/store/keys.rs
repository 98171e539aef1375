//! Rows of `token_keys`.

use super::col;
use crate::Error;
use sea_orm::sea_query::{Alias, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use store::WriteTxn;

/// A signing key as it is kept.
pub(crate) struct Sealed {
    pub(crate) kid: String,
    pub(crate) bytes: Vec<u8>,
}

fn table() -> Alias {
    Alias::new("token_keys")
}

/// All keys, the newest first.
fn select() -> SelectStatement {
    Query::select()
        .columns(["kid", "sealed_key"].map(Alias::new))
        .from(table())
        .order_by_expr(col("created_at"), Order::Desc)
        .order_by_expr(col("kid"), Order::Desc)
        .to_owned()
}

fn read(row: &QueryResult) -> Result<Sealed, Error> {
    Ok(Sealed { kid: row.try_get_by_index(0)?, bytes: row.try_get_by_index(1)? })
}

pub(crate) async fn newest<C: ConnectionTrait>(conn: &C) -> Result<Option<Sealed>, Error> {
    conn.query_one(select().limit(1)).await?.map(|row| read(&row)).transpose()
}

pub(crate) async fn all<C: ConnectionTrait>(conn: &C) -> Result<Vec<Sealed>, Error> {
    conn.query_all(&select()).await?.iter().map(read).collect()
}

pub(crate) async fn insert(txn: &WriteTxn, key: &Sealed) -> Result<(), Error> {
    let insert = Query::insert()
        .into_table(table())
        .columns(["kid", "sealed_key", "created_at"].map(Alias::new))
        .values_panic([key.kid.as_str().into(), key.bytes.clone().into(), txn.now().0.into()])
        .to_owned();
    txn.conn().execute(&insert).await?;
    Ok(())
}
