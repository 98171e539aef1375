//! Facts of the installation, kept with its data.

use crate::{Error, WriteTxn};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict, Query};

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
    let upsert = Query::insert()
        .into_table(table())
        .columns(["name", "value"].map(Alias::new))
        .values_panic([name.into(), value.into()])
        .on_conflict(OnConflict::column(Alias::new("name")).update_column(Alias::new("value")).to_owned())
        .to_owned();
    txn.conn().execute(&upsert).await?;
    Ok(())
}
