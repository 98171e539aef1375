//! Generations: what nodes keep in memory carries a mark in the database, so that each sees when
//! another has changed it.

use crate::{Error, WriteTxn, settings};
use kernel::Id;
use sea_orm::ConnectionTrait;

/// Marks what is called `name` as changed, in the transaction of the change.
pub async fn renew(txn: &WriteTxn, name: &str) -> Result<(), Error> {
    settings::set(txn, &setting(name), &Id::new(txn.now()).to_string()).await
}

/// Keeps the mark of what is called `name` until the transaction ends: others may do the same, whoever renews it waits. On
/// SQLite the write transaction has seen to that already. The mark has to be there.
pub async fn keep(txn: &WriteTxn, name: &str) -> Result<(), Error> {
    settings::keep(txn, &setting(name)).await
}

/// The present mark; it is another one after every change.
pub async fn present<C: ConnectionTrait>(conn: &C, name: &str) -> Result<Option<String>, Error> {
    settings::get(conn, &setting(name)).await
}

fn setting(name: &str) -> String {
    format!("generation:{name}")
}
