//! `Idempotency-Key`: a key is reserved before the change and completed inside its transaction.

use crate::{Database, Error};
use kernel::{Call, Claim, Id, Instant};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

/// How long a first result is kept, in seconds.
const KEPT: i64 = 24 * 3600;
/// How long a reservation outlives a process that died while it held it, in seconds.
const HELD: i64 = 60;

/// What became of an attempt to reserve a key.
#[derive(Debug)]
pub enum Reservation {
    /// Nobody used the key: go on, and complete the claim with the change.
    Fresh(Claim),
    /// The same request was answered before; its result.
    Done(serde_json::Value),
    /// The same request is running.
    Running,
    /// The key was used for another body.
    OtherBody,
}

fn table() -> Alias {
    Alias::new("idempotency_claims")
}

fn col(name: &'static str) -> Expr {
    Expr::col(Alias::new(name))
}

/// Reserves `key` (a hash of caller, method, path and key) for a request whose body hashes to `body_hash`.
pub async fn reserve(db: &Database, key: String, body_hash: &str, now: Instant) -> Result<Reservation, Error> {
    let holder = Id::new(now);
    let txn = db.begin(&Call::operator(), now).await?;
    let expired = Query::delete()
        .from_table(table())
        .cond_where(col("expires_at").lt(now.0).or(col("result").is_null().and(col("held_until").lt(now.0))))
        .to_owned();
    txn.conn().execute(&expired).await?;
    let insert = Query::insert()
        .into_table(table())
        .columns(["key", "body_hash", "holder", "held_until", "expires_at"].map(Alias::new))
        .values_panic([
            key.clone().into(),
            body_hash.into(),
            holder.0.into(),
            now.plus_seconds(HELD).0.into(),
            now.plus_seconds(KEPT).0.into(),
        ])
        .on_conflict(OnConflict::column(Alias::new("key")).do_nothing().to_owned())
        .to_owned();
    let inserted = txn.conn().execute(&insert).await?.rows_affected() == 1;
    let reservation = if inserted {
        Reservation::Fresh(Claim { key, holder })
    } else {
        let select = Query::select()
            .columns(["body_hash", "result"].map(Alias::new))
            .from(table())
            .and_where(col("key").eq(key))
            .to_owned();
        match txn.conn().query_one(&select).await? {
            Some(row) if row.try_get_by_index::<String>(0)? != body_hash => Reservation::OtherBody,
            Some(row) => match row.try_get_by_index::<Option<String>>(1)? {
                Some(result) => Reservation::Done(serde_json::from_str(&result)?),
                None => Reservation::Running,
            },
            None => Reservation::Running,
        }
    };
    txn.commit(&()).await?;
    Ok(reservation)
}

/// Gives a key back whose change did not happen, so that the caller may try again.
pub async fn release(db: &Database, claim: &Claim, now: Instant) -> Result<(), Error> {
    let txn = db.begin(&Call::operator(), now).await?;
    let delete = Query::delete()
        .from_table(table())
        .and_where(col("key").eq(claim.key.as_str()))
        .and_where(col("holder").eq(claim.holder.0))
        .and_where(col("result").is_null())
        .to_owned();
    txn.conn().execute(&delete).await?;
    txn.commit(&()).await
}

pub(crate) async fn complete(txn: &DatabaseTransaction, claim: &Claim, result: &str) -> Result<(), Error> {
    let update = Query::update()
        .table(table())
        .value(Alias::new("result"), result)
        .and_where(col("key").eq(claim.key.as_str()))
        .and_where(col("holder").eq(claim.holder.0))
        .to_owned();
    match txn.execute(&update).await?.rows_affected() {
        1 => Ok(()),
        _ => Err(Error::ClaimLost),
    }
}
