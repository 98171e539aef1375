//! Rows of issuing authorities.

use super::{a, col};
use crate::Error;
use crate::issuer::{IssuerContent, propose_code};
use kernel::{Id, Instant, Revision, Slug, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use store::Refusal;

/// An issuing authority as stored.
#[derive(Debug, Clone)]
pub(crate) struct StoredIssuer {
    pub revision: Revision,
    pub name: String,
    pub slug: String,
    pub code: String,
}

/// Loads an authority and locks it for the rest of the transaction.
pub(crate) async fn locked(txn: &DatabaseTransaction, id: Id) -> Result<Option<StoredIssuer>, Error> {
    let select = Query::select()
        .exprs(["revision", "name", "slug", "code"].map(|name| Expr::col(a(name))))
        .from(a("issuers"))
        .and_where(Expr::col(a("id")).eq(id.0))
        .lock(LockType::Update)
        .to_owned();
    let Some(row) = txn.query_one(&select).await? else { return Ok(None) };
    Ok(Some(StoredIssuer {
        revision: Revision(row.try_get_by_index(0)?),
        name: row.try_get_by_index(1)?,
        slug: row.try_get_by_index(2)?,
        code: row.try_get_by_index(3)?,
    }))
}

/// The authority of which this holds; it stays until the transaction ends, and only its removal waits for that.
pub(crate) async fn kept(txn: &DatabaseTransaction, holds: Expr) -> Result<Option<Id>, Error> {
    let select = Query::select().column(a("id")).from(a("issuers")).and_where(holds).lock(LockType::KeyShare).to_owned();
    Ok(txn.query_one(&select).await?.map(|row| row.try_get_by_index::<Uuid>(0).map(Id)).transpose()?)
}

/// The authority whose `field` has this value.
pub(crate) async fn holder<C: ConnectionTrait>(conn: &C, field: &'static str, value: &str) -> Result<Option<Id>, Error> {
    let select = Query::select().column(a("id")).from(a("issuers")).and_where(Expr::col(a(field)).eq(value)).to_owned();
    Ok(conn.query_one(&select).await?.map(|row| row.try_get_by_index::<Uuid>(0).map(Id)).transpose()?)
}

/// What became of an attempt to make an authority.
pub(crate) enum Made {
    New(Id),
    /// Another call made one of that name in the meantime.
    Existing(Id),
}

/// Makes an authority. Slug and code that are not given are made of the name, with a number
/// behind them while they are taken; those that are given must be free.
pub(crate) async fn insert(txn: &DatabaseTransaction, content: &IssuerContent, now: Instant) -> Result<Made, Error> {
    let name_key = text::name_key(&content.name);
    let slug = Slug::of(&content.name).map_or_else(|| "issuer".to_owned(), |slug| slug.as_str().to_owned());
    let code = propose_code(&content.name);
    for attempt in 1.. {
        for (field, given) in [("slug", &content.slug), ("code", &content.code)] {
            if let Some(value) = given
                && let Some(other) = holder(txn, field, value).await?
            {
                return Err(Error::IssuerExists { field, other });
            }
        }
        let suffixed = |made: &str| if attempt == 1 { made.to_owned() } else { format!("{made}-{attempt}") };
        let id = Id::new(now);
        let insert = Query::insert()
            .into_table(a("issuers"))
            .columns(["id", "revision", "name", "name_lower", "name_key", "slug", "code", "created_at", "updated_at"].map(a))
            .values_panic([
                id.0.into(),
                Revision::FIRST.0.into(),
                content.name.clone().into(),
                text::lower(&content.name).into(),
                name_key.clone().into(),
                content.slug.clone().unwrap_or_else(|| suffixed(&slug)).into(),
                content.code.clone().unwrap_or_else(|| suffixed(&code)).into(),
                now.0.into(),
                now.0.into(),
            ])
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .to_owned();
        if txn.execute(&insert).await?.rows_affected() == 1 {
            return Ok(Made::New(id));
        }
        if let Some(other) = holder(txn, "name_key", &name_key).await? {
            return Ok(Made::Existing(other));
        }
        if attempt > 1000 {
            break;
        }
    }
    Err(Error::Refused(Refusal::Stale))
}

/// Changes an authority at `seen`; `false` when it is no longer there.
pub(crate) async fn update(txn: &DatabaseTransaction, id: Id, stored: &StoredIssuer, now: Instant) -> Result<bool, Error> {
    let update = Query::update()
        .table(a("issuers"))
        .values([
            (a("revision"), stored.revision.next().0.into()),
            (a("name"), stored.name.clone().into()),
            (a("name_lower"), text::lower(&stored.name).into()),
            (a("name_key"), text::name_key(&stored.name).into()),
            (a("slug"), stored.slug.clone().into()),
            (a("code"), stored.code.clone().into()),
            (a("updated_at"), now.0.into()),
        ])
        .and_where(Expr::col(a("id")).eq(id.0))
        .and_where(Expr::col(a("revision")).eq(stored.revision.0))
        .to_owned();
    Ok(txn.execute(&update).await?.rows_affected() == 1)
}

/// Whether any edition, past ones included, names the authority.
pub(crate) async fn in_use<C: ConnectionTrait>(conn: &C, id: Id) -> Result<bool, Error> {
    let select = Query::select()
        .expr(Expr::val(1))
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "issuer_id").eq(id.0))
        .limit(1)
        .to_owned();
    Ok(conn.query_one(&select).await?.is_some())
}

/// Removes an authority.
pub(crate) async fn delete(txn: &DatabaseTransaction, id: Id) -> Result<(), Error> {
    let delete = Query::delete().from_table(a("issuers")).and_where(Expr::col(a("id")).eq(id.0)).to_owned();
    txn.execute(&delete).await?;
    Ok(())
}
