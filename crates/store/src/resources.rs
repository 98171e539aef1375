//! Which resource an id names.

use crate::{Error, WriteTxn};
use kernel::Id;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};

fn table() -> Alias {
    Alias::new("resources")
}

/// Registers a new resource.
pub async fn register(txn: &WriteTxn, id: Id, resource_type: &str) -> Result<(), Error> {
    let insert = Query::insert()
        .into_table(table())
        .columns(["id", "type"].map(Alias::new))
        .values_panic([id.0.into(), resource_type.into()])
        .to_owned();
    txn.conn().execute(&insert).await?;
    Ok(())
}

/// Forgets a resource that was deleted.
pub async fn forget(txn: &WriteTxn, id: Id) -> Result<(), Error> {
    let delete = Query::delete().from_table(table()).and_where(Expr::col(Alias::new("id")).eq(id.0)).to_owned();
    txn.conn().execute(&delete).await?;
    Ok(())
}

/// The type of the resource that `id` names.
pub async fn type_of<C: ConnectionTrait>(conn: &C, id: Id) -> Result<Option<String>, Error> {
    let select =
        Query::select().column(Alias::new("type")).from(table()).and_where(Expr::col(Alias::new("id")).eq(id.0)).to_owned();
    Ok(conn.query_one(&select).await?.map(|row| row.try_get_by_index(0)).transpose()?)
}
