//! Rows of `refresh_tokens`. All but `forget_expired` are called under the lock of their account.

use super::col;
use crate::Error;
use kernel::{Id, Instant};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, LockBehavior, LockType, Query};
use store::WriteTxn;

/// Expired tokens that one login clears away: enough to keep up, few enough to stay quick.
const CLEARED: u64 = 100;

/// What a token belongs to.
pub(crate) struct Token {
    pub(crate) account: Id,
    pub(crate) family: Id,
}

fn table() -> Alias {
    Alias::new("refresh_tokens")
}

pub(crate) async fn find<C: ConnectionTrait>(conn: &C, hash: &str) -> Result<Option<Token>, Error> {
    let select = Query::select()
        .columns(["account_id", "family"].map(Alias::new))
        .from(table())
        .and_where(col("token_hash").eq(hash))
        .to_owned();
    let Some(row) = conn.query_one(&select).await? else { return Ok(None) };
    Ok(Some(Token { account: Id(row.try_get_by_index(0)?), family: Id(row.try_get_by_index(1)?) }))
}

pub(crate) async fn insert(txn: &WriteTxn, hash: &str, token: &Token, expires_at: Instant) -> Result<(), Error> {
    let insert = Query::insert()
        .into_table(table())
        .columns(["token_hash", "family", "account_id", "created_at", "expires_at"].map(Alias::new))
        .values_panic([hash.into(), token.family.0.into(), token.account.0.into(), txn.now().0.into(), expires_at.0.into()])
        .to_owned();
    txn.conn().execute(&insert).await?;
    Ok(())
}

/// Uses a token up; `false` when it no longer works.
pub(crate) async fn use_up(txn: &WriteTxn, hash: &str) -> Result<bool, Error> {
    let update = Query::update()
        .table(table())
        .value(Alias::new("used_at"), txn.now().0)
        .and_where(col("token_hash").eq(hash))
        .and_where(col("used_at").is_null())
        .and_where(col("revoked_at").is_null())
        .and_where(col("expires_at").gt(txn.now().0))
        .to_owned();
    Ok(txn.conn().execute(&update).await?.rows_affected() == 1)
}

/// Ends one session.
pub(crate) async fn revoke_family(txn: &WriteTxn, family: Id) -> Result<(), Error> {
    revoke(txn, col("family").eq(family.0)).await
}

/// Ends every session of an account.
pub(crate) async fn revoke_account(txn: &WriteTxn, account: Id) -> Result<(), Error> {
    revoke(txn, col("account_id").eq(account.0)).await
}

async fn revoke(txn: &WriteTxn, whose: Expr) -> Result<(), Error> {
    let update = Query::update()
        .table(table())
        .value(Alias::new("revoked_at"), txn.now().0)
        .and_where(whose)
        .and_where(col("revoked_at").is_null())
        .to_owned();
    txn.conn().execute(&update).await?;
    Ok(())
}

/// Deletes some tokens that have expired, of whatever account. Rows that another transaction holds are
/// passed over, so that this waits for nobody and cannot deadlock.
pub(crate) async fn forget_expired(txn: &WriteTxn) -> Result<(), Error> {
    let expired = Query::select()
        .column(Alias::new("token_hash"))
        .from(table())
        .and_where(col("expires_at").lte(txn.now().0))
        .limit(CLEARED)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    let delete = Query::delete().from_table(table()).and_where(col("token_hash").in_subquery(expired)).to_owned();
    txn.conn().execute(&delete).await?;
    Ok(())
}
