//! The words of documents: as others issued them, and as editors entered them for a day or in another language.

use super::{a, col};
use crate::Error;
use crate::versions::{Upload, Uploaded};
use kernel::{Id, Instant};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Func, JoinType, Order, Query};
use std::collections::HashMap;
use std::sync::Arc;

/// The published editions of these documents, by document.
pub(crate) async fn live_editions<C: ConnectionTrait>(conn: &C, documents: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>, Error> {
    if documents.is_empty() {
        return Ok(Vec::new());
    }
    let select = Query::select()
        .exprs([col("e", "document_id"), col("e", "id")])
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "document_id").is_in(documents.iter().copied()))
        .and_where(col("e", "live"))
        .order_by_expr(col("e", "document_id"), Order::Asc)
        .to_owned();
    let pair = |row: &sea_orm::QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
    conn.query_all(&select).await?.iter().map(pair).collect()
}

/// The words of the published editions of these documents, by document.
pub(crate) async fn live_texts<C: ConnectionTrait>(conn: &C, documents: &[Uuid]) -> Result<HashMap<Uuid, Arc<str>>, Error> {
    if documents.is_empty() {
        return Ok(HashMap::new());
    }
    let select = Query::select()
        .exprs([col("e", "document_id"), col("b", "body_text")])
        .from_as(a("document_editions"), a("e"))
        .join_as(JoinType::InnerJoin, a("document_bodies"), a("b"), col("b", "edition_id").equals((a("e"), a("id"))))
        .and_where(col("e", "document_id").is_in(documents.iter().copied()))
        .and_where(col("e", "live"))
        .to_owned();
    let mut texts = HashMap::new();
    for row in conn.query_all(&select).await? {
        texts.insert(row.try_get_by_index(0)?, row.try_get_by_index::<String>(1)?.into());
    }
    Ok(texts)
}

/// How many bytes the texts of a document have: of its editions that are read or worked on, and of those that editors
/// entered.
pub(crate) async fn size<C: ConnectionTrait>(conn: &C, document: Id) -> Result<u64, Error> {
    let bytes = |text: Expr| Func::cust(a("octet_length")).arg(text).cast_as("bigint");
    let own = Query::select()
        .expr(bytes(col("b", "body_text")))
        .from_as(a("document_editions"), a("e"))
        .join_as(JoinType::InnerJoin, a("document_bodies"), a("b"), col("b", "edition_id").equals((a("e"), a("id"))))
        .and_where(col("e", "document_id").eq(document.0))
        .cond_where(Cond::any().add(col("e", "live")).add(col("e", "working")))
        .to_owned();
    let entered = Query::select()
        .expr(bytes(Expr::col(a("body_text"))))
        .from(a("document_texts"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .to_owned();
    let mut size = 0_u64;
    for row in conn.query_all(&own).await?.into_iter().chain(conn.query_all(&entered).await?) {
        size =
            size.saturating_add(u64::try_from(row.try_get_by_index::<Option<i64>>(0)?.unwrap_or_default()).unwrap_or_default());
    }
    Ok(size)
}

/// A text that an editor entered, without its words.
pub(crate) struct Entered {
    pub id: Uuid,
    pub language: String,
    pub from: String,
    pub updated_at: Instant,
}

/// The texts that editors entered for a document, in the order of their days.
pub(crate) async fn entered<C: ConnectionTrait>(conn: &C, document: Id) -> Result<Vec<Entered>, Error> {
    let select = Query::select()
        .columns(["id", "language", "valid_from", "updated_at"].map(a))
        .from(a("document_texts"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .order_by(a("valid_from"), Order::Asc)
        .to_owned();
    let one = |row: &sea_orm::QueryResult| {
        Ok(Entered {
            id: row.try_get_by_index(0)?,
            language: row.try_get_by_index(1)?,
            from: row.try_get_by_index(2)?,
            updated_at: Instant(row.try_get_by_index(3)?),
        })
    };
    conn.query_all(&select).await?.iter().map(one).collect()
}

/// The same with their words, those of one language.
pub(crate) async fn uploads<C: ConnectionTrait>(conn: &C, document: Id, language: &str) -> Result<Vec<Upload>, Error> {
    let select = Query::select()
        .columns(["id", "valid_from", "basis", "body_text"].map(a))
        .from(a("document_texts"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a("language")).eq(language))
        .order_by(a("valid_from"), Order::Asc)
        .to_owned();
    let one = |row: &sea_orm::QueryResult| {
        Ok(Upload {
            told: Uploaded { id: Id(row.try_get_by_index(0)?), basis: row.try_get_by_index(2)? },
            from: row.try_get_by_index(1)?,
            text: row.try_get_by_index(3)?,
        })
    };
    conn.query_all(&select).await?.iter().map(one).collect()
}
