//! Facts of the installation, kept with its data.

use crate::{Error, WriteTxn};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, LockType, OnConflict, Query};

fn table() -> Alias {
    Alias::new("settings")
}

/// The value of a setting.
pub async fn get<C: ConnectionTrait>(conn: &C, name: &str) -> Result<Option<String>, Error> {
    let select =
        Query::select().column(Alias::new("value")).from(table()).and_where(Expr::col(Alias::new("name")).eq(name)).to_owned();
    Ok(conn.query_one(&select).await?.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Sets a value.
pub async fn set(txn: &WriteTxn, name: &str, value: &str) -> Result<(), Error> {
    insert(txn, [name, value], OnConflict::column(Alias::new("name")).update_column(Alias::new("value")).to_owned()).await
}

/// Sets a value where there is none; waits for another transaction that is setting it.
pub(crate) async fn set_if_missing(txn: &WriteTxn, name: &str, value: &str) -> Result<(), Error> {
    insert(txn, [name, value], OnConflict::column(Alias::new("name")).do_nothing().to_owned()).await
}

/// Keeps a value as it is until the transaction ends.
pub(crate) async fn keep(txn: &WriteTxn, name: &str) -> Result<(), Error> {
    let select = Query::select()
        .column(Alias::new("value"))
        .from(table())
        .and_where(Expr::col(Alias::new("name")).eq(name))
        .lock(LockType::Share)
        .to_owned();
    txn.conn().query_one(&select).await?;
    Ok(())
}

async fn insert(txn: &WriteTxn, row: [&str; 2], on_conflict: OnConflict) -> Result<(), Error> {
    let insert = Query::insert()
        .into_table(table())
        .columns(["name", "value"].map(Alias::new))
        .values_panic(row.map(Into::into))
        .on_conflict(on_conflict)
        .to_owned();
    txn.conn().execute(&insert).await?;
    Ok(())
}
