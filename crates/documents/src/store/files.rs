//! Original files of documents.

use super::a;
use crate::Error;
use kernel::{Id, Instant, Row};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::json;

/// An original file as it was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRecord {
    /// Its id.
    pub id: Id,
    /// Its name as received.
    pub name: String,
    /// Its media type.
    pub media_type: String,
    /// The encoding that was found in it: `utf-8 tcvn3 vni`.
    pub encoding: String,
    /// Bytes.
    pub size: i64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// When it was received.
    pub created_at: Instant,
}

impl FileRecord {
    /// The file as it is listed under `/v1/documents/{id}/files`.
    pub fn to_row(&self) -> Row {
        match json!({
            "id": self.id.to_string(), "type": "file", "name": self.name, "media_type": self.media_type, "encoding": self.encoding,
            "size": self.size, "sha256": self.sha256, "created_at": self.created_at.print(),
        }) {
            serde_json::Value::Object(row) => row,
            _ => Row::new(),
        }
    }
}

const COLUMNS: [&str; 7] = ["id", "name", "media_type", "encoding", "size", "sha256", "created_at"];

fn select(document: Id) -> SelectStatement {
    Query::select()
        .columns(COLUMNS.map(a))
        .from(a("document_files"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .order_by(a("created_at"), Order::Desc)
        .order_by(a("id"), Order::Desc)
        .to_owned()
}

fn read(row: &QueryResult) -> Result<FileRecord, Error> {
    Ok(FileRecord {
        id: Id(row.try_get_by_index::<Uuid>(0)?),
        name: row.try_get_by_index(1)?,
        media_type: row.try_get_by_index(2)?,
        encoding: row.try_get_by_index(3)?,
        size: row.try_get_by_index(4)?,
        sha256: row.try_get_by_index(5)?,
        created_at: Instant(row.try_get_by_index(6)?),
    })
}

/// Who asks for files: everybody sees those of editions that are live or were superseded,
/// not of those that were withdrawn; writers see all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    Public,
    All,
}

fn restrict(mut select: SelectStatement, seen: Seen) -> SelectStatement {
    if seen == Seen::Public {
        let shown = Query::select()
            .column(a("source_file_id"))
            .from(a("document_editions"))
            .and_where(Expr::col((a("document_editions"), a("document_id"))).equals((a("document_files"), a("document_id"))))
            .and_where(Expr::col(a("state")).eq("published"))
            .and_where(Expr::col(a("source_file_id")).is_not_null())
            .to_owned();
        select.and_where(Expr::col(a("id")).in_subquery(shown));
    }
    select
}

/// The files of a document, newest first.
pub(crate) async fn of_document<C: ConnectionTrait>(conn: &C, document: Id, seen: Seen) -> Result<Vec<FileRecord>, Error> {
    conn.query_all(&restrict(select(document), seen)).await?.iter().map(read).collect()
}

/// One file of a document.
pub(crate) async fn one<C: ConnectionTrait>(conn: &C, document: Id, file: Id, seen: Seen) -> Result<Option<FileRecord>, Error> {
    let select = restrict(select(document), seen).and_where(Expr::col((a("document_files"), a("id"))).eq(file.0)).to_owned();
    conn.query_one(&select).await?.as_ref().map(read).transpose()
}

/// The document whose working edition was made from these bytes.
pub(crate) async fn document_of_bytes<C: ConnectionTrait>(conn: &C, sha256: &str) -> Result<Option<Id>, Error> {
    let select = Query::select()
        .column((a("e"), a("document_id")))
        .from_as(a("document_files"), a("f"))
        .join_as(
            sea_orm::sea_query::JoinType::InnerJoin,
            a("document_editions"),
            a("e"),
            Expr::col((a("e"), a("source_file_id"))).equals((a("f"), a("id"))),
        )
        .and_where(Expr::col((a("f"), a("sha256"))).eq(sha256))
        .and_where(Expr::col((a("e"), a("working"))))
        .limit(1)
        .to_owned();
    Ok(conn.query_one(&select).await?.map(|row| row.try_get_by_index(0).map(Id)).transpose()?)
}

/// Keeps the record of a file.
pub(crate) async fn insert<C: ConnectionTrait>(conn: &C, document: Id, file: &FileRecord) -> Result<(), Error> {
    let insert = Query::insert()
        .into_table(a("document_files"))
        .columns(COLUMNS.into_iter().chain(["document_id"]).map(a))
        .values_panic([
            file.id.0.into(),
            file.name.clone().into(),
            file.media_type.clone().into(),
            file.encoding.clone().into(),
            file.size.into(),
            file.sha256.clone().into(),
            file.created_at.0.into(),
            document.0.into(),
        ])
        .to_owned();
    conn.execute(&insert).await?;
    Ok(())
}
