//! Generations: what nodes keep in memory carries a mark in the database, so that each sees when
//! another has changed it.

use crate::{Error, WriteTxn, settings};
use kernel::Id;
use sea_orm::ConnectionTrait;

/// Marks what is called `name` as changed, in the transaction of the change.
pub async fn renew(txn: &WriteTxn, name: &str) -> Result<(), Error> {
    settings::set(txn, &setting(name), &Id::new(txn.now()).to_string()).await
}

/// The present mark; it is another one after every change.
pub async fn present<C: ConnectionTrait>(conn: &C, name: &str) -> Result<Option<String>, Error> {
    settings::get(conn, &setting(name)).await
}

fn setting(name: &str) -> String {
    format!("generation:{name}")
}
