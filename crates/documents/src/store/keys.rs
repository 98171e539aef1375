//! The keys that documents hold: no two documents hold the same.

use super::{a, col};
use crate::Error;
use crate::content::Content;
use kernel::Id;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

/// The document that holds a key.
pub(crate) async fn holder<C: ConnectionTrait>(conn: &C, key: &str) -> Result<Option<Id>, Error> {
    let select =
        Query::select().column(a("document_id")).from(a("document_keys")).and_where(Expr::col(a("key")).eq(key)).to_owned();
    Ok(conn.query_one(&select).await?.map(|row| row.try_get_by_index(0).map(Id)).transpose()?)
}

/// Gives a new document its keys; `Err(DocumentExists)` when another document holds one.
pub(crate) async fn take_keys(txn: &DatabaseTransaction, document: Id, keys: &[String]) -> Result<(), Error> {
    for key in keys {
        let insert = Query::insert()
            .into_table(a("document_keys"))
            .columns(["key", "document_id"].map(a))
            .values_panic([key.clone().into(), document.0.into()])
            .on_conflict(sea_orm::sea_query::OnConflict::column(a("key")).do_nothing().to_owned())
            .to_owned();
        if txn.execute(&insert).await?.rows_affected() == 0 {
            match holder(txn, key).await? {
                Some(other) if other != document => return Err(Error::DocumentExists { other }),
                _ => {}
            }
        }
    }
    Ok(())
}

/// Makes `keys` the keys of a document, beside those of the files it was made from; `Err(DocumentExists)` when another document holds one.
pub(crate) async fn hold_keys(txn: &DatabaseTransaction, document: Id, keys: &[String]) -> Result<(), Error> {
    let release = Query::delete()
        .from_table(a("document_keys"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a("key")).like("number:%"))
        .and_where(Expr::col(a("key")).is_not_in(keys.iter().cloned()))
        .to_owned();
    txn.execute(&release).await?;
    take_keys(txn, document, keys).await
}

/// Keeps what was told last of a document, instead of what was told before.
pub(crate) async fn hold_line(txn: &DatabaseTransaction, document: Id, key: Option<&str>) -> Result<(), Error> {
    let release = Query::delete()
        .from_table(a("document_keys"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a("key")).like("line:%"))
        .to_owned();
    txn.execute(&release).await?;
    if let Some(key) = key {
        let insert = Query::insert()
            .into_table(a("document_keys"))
            .columns(["key", "document_id"].map(a))
            .values_panic([key.into(), document.0.into()])
            .on_conflict(sea_orm::sea_query::OnConflict::column(a("key")).update_column(a("document_id")).to_owned())
            .to_owned();
        txn.execute(&insert).await?;
    }
    Ok(())
}

/// The live edition's key, which stays held while another number is being prepared.
pub(crate) async fn live_content_key(txn: &DatabaseTransaction, document: Id) -> Result<Option<String>, Error> {
    let select = Query::select()
        .exprs(["number", "issued_on", "issuer_id"].map(|name| col("e", name)))
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "document_id").eq(document.0))
        .and_where(col("e", "live"))
        .to_owned();
    let Some(row) = txn.query_one(&select).await? else { return Ok(None) };
    let content = Content {
        number: row.try_get_by_index(0)?,
        issued_on: row.try_get_by_index(1)?,
        issuer_id: row.try_get_by_index::<Option<Uuid>>(2)?.map(Id),
        ..Content::default()
    };
    Ok(content.key())
}
