//! The few words in which subjects write their statements.

use crate::Error;
use kernel::{Id, Revision};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SimpleExpr};

/// A name in the database.
pub fn a(name: &str) -> Alias {
    Alias::new(name)
}

/// A column of a table or alias.
pub fn col(table: &str, name: &str) -> Expr {
    Expr::col((Alias::new(table), Alias::new(name)))
}

/// Column names with their values.
pub type Values = Vec<(&'static str, SimpleExpr)>;

/// Inserts one row.
pub async fn insert<C: ConnectionTrait>(conn: &C, table: &str, values: Values) -> Result<(), Error> {
    let (names, values): (Vec<_>, Vec<_>) = values.into_iter().unzip();
    let insert = Query::insert().into_table(a(table)).columns(names.into_iter().map(a)).values_panic(values).to_owned();
    conn.execute(&insert).await?;
    Ok(())
}

/// Changes the row of this id; how many there were.
pub async fn update<C: ConnectionTrait>(conn: &C, table: &str, id: Id, values: Values) -> Result<u64, Error> {
    let update = Query::update()
        .table(a(table))
        .values(values.into_iter().map(|(name, value)| (a(name), value)))
        .and_where(Expr::col(a("id")).eq(id.0))
        .to_owned();
    Ok(conn.execute(&update).await?.rows_affected())
}

/// Changes the row of this id if it is at the revision `seen`, and moves it to the next; whether it was.
pub async fn advance<C: ConnectionTrait>(
    conn: &C,
    table: &str,
    (id, seen): (Id, Revision),
    mut values: Values,
) -> Result<bool, Error> {
    values.push(("revision", seen.next().0.into()));
    let update = Query::update()
        .table(a(table))
        .values(values.into_iter().map(|(name, value)| (a(name), value)))
        .and_where(Expr::col(a("id")).eq(id.0))
        .and_where(Expr::col(a("revision")).eq(seen.0))
        .to_owned();
    Ok(conn.execute(&update).await?.rows_affected() == 1)
}

/// Removes the row of this id.
pub async fn delete<C: ConnectionTrait>(conn: &C, table: &str, id: Id) -> Result<(), Error> {
    let delete = Query::delete().from_table(a(table)).and_where(Expr::col(a("id")).eq(id.0)).to_owned();
    conn.execute(&delete).await?;
    Ok(())
}
