//! Original files of documents.

use super::a;
use crate::Error;
use crate::files::DocumentFile;
use kernel::{Id, Instant, Row};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use serde::Serialize;
use serde::de::DeserializeOwned;
use source_text::pdf::Signature;

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
    /// How many pages it has, where it has pages.
    pub pages: Option<i64>,
    /// The pages that are pictures of text, from 1.
    pub scanned_pages: Vec<usize>,
    /// The evidence of the digital signatures in it.
    pub signatures: Vec<Signature>,
    /// When it was received.
    pub created_at: Instant,
}

impl FileRecord {
    /// The file of a document as it is listed.
    pub fn to_row(&self, document: Id) -> Row {
        let told = DocumentFile {
            id: self.id.to_string(),
            r#type: "file",
            name: &self.name,
            media_type: &self.media_type,
            encoding: &self.encoding,
            size: self.size,
            sha256: &self.sha256,
            url: format!("/v1/documents/{document}/files/{}", self.id),
            pages: self.pages,
            scanned_pages: &self.scanned_pages,
            signatures: &self.signatures,
            created_at: self.created_at.print(),
        };
        match serde_json::to_value(told) {
            Ok(serde_json::Value::Object(row)) => row,
            Ok(_) | Err(_) => Row::new(),
        }
    }
}

const COLUMNS: [&str; 10] =
    ["id", "name", "media_type", "encoding", "size", "sha256", "created_at", "pages", "scanned_pages", "signatures"];

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
        pages: row.try_get_by_index(7)?,
        scanned_pages: list(row.try_get_by_index(8)?)?,
        signatures: list(row.try_get_by_index(9)?)?,
    })
}

/// A list as it is kept; none where it is empty.
fn list<T: DeserializeOwned>(kept: Option<String>) -> Result<Vec<T>, Error> {
    Ok(kept.map(|kept| serde_json::from_str(&kept)).transpose().map_err(store::Error::from)?.unwrap_or_default())
}

fn kept<T: Serialize>(list: &[T]) -> Result<Option<String>, Error> {
    Ok((!list.is_empty()).then(|| serde_json::to_string(list)).transpose().map_err(store::Error::from)?)
}

/// Who asks for files: everybody sees those of editions that are live or were superseded, not of those that were
/// withdrawn, and attached ones that are shown; writers see all.
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
        select.and_where(Expr::col(a("id")).in_subquery(shown).or(Expr::col(a("shown"))));
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
        // The file is one of the document: by that it is found.
        .and_where(Expr::col((a("e"), a("document_id"))).equals((a("f"), a("document_id"))))
        .and_where(Expr::col((a("e"), a("working"))))
        .limit(1)
        .to_owned();
    Ok(conn.query_one(&select).await?.map(|row| row.try_get_by_index(0).map(Id)).transpose()?)
}

/// The file of a document with these bytes.
pub(crate) async fn of_bytes<C: ConnectionTrait>(conn: &C, document: Id, sha256: &str) -> Result<Option<FileRecord>, Error> {
    let select = select(document).and_where(Expr::col(a("sha256")).eq(sha256)).limit(1).to_owned();
    conn.query_one(&select).await?.as_ref().map(read).transpose()
}

/// How a file belongs to its document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// Whether the text of an edition was read from it.
    pub is_source: bool,
    /// Whether everybody sees it beside the document.
    pub shown: bool,
}

/// How a file of a document belongs to it.
pub(crate) async fn place<C: ConnectionTrait>(conn: &C, document: Id, file: Id) -> Result<Option<Place>, Error> {
    let sources = Query::select()
        .expr(Expr::val(1))
        .from(a("document_editions"))
        .and_where(Expr::col((a("document_editions"), a("source_file_id"))).equals((a("document_files"), a("id"))))
        .to_owned();
    let select = Query::select()
        .column(a("shown"))
        .expr(Expr::exists(sources))
        .from(a("document_files"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a("id")).eq(file.0))
        .to_owned();
    let Some(row) = conn.query_one(&select).await? else { return Ok(None) };
    Ok(Some(Place { shown: row.try_get_by_index(0)?, is_source: row.try_get_by_index(1)? }))
}

/// Shows a file to everybody who sees its document.
pub(crate) async fn show<C: ConnectionTrait>(conn: &C, file: Id) -> Result<(), Error> {
    show_where(conn, Expr::col(a("id")).eq(file.0)).await
}

/// Shows every file that was attached to a document.
pub(crate) async fn show_all<C: ConnectionTrait>(conn: &C, document: Id) -> Result<(), Error> {
    show_where(conn, Expr::col(a("document_id")).eq(document.0).and(Expr::col(a("attached")))).await
}

async fn show_where<C: ConnectionTrait>(conn: &C, which: Expr) -> Result<(), Error> {
    let update = Query::update().table(a("document_files")).value(a("shown"), true).and_where(which).to_owned();
    conn.execute(&update).await?;
    Ok(())
}

pub(crate) async fn remove<C: ConnectionTrait>(conn: &C, file: Id) -> Result<(), Error> {
    let delete = Query::delete().from_table(a("document_files")).and_where(Expr::col(a("id")).eq(file.0)).to_owned();
    conn.execute(&delete).await?;
    Ok(())
}

/// How a file comes to its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum As {
    /// An edition's text is read from it.
    Source,
    /// It stands beside the text; whether everybody sees it at once.
    Attached { shown: bool },
}

/// Keeps the record of a file.
pub(crate) async fn insert<C: ConnectionTrait>(conn: &C, document: Id, file: &FileRecord, as_what: As) -> Result<(), Error> {
    let insert = Query::insert()
        .into_table(a("document_files"))
        .columns(COLUMNS.into_iter().chain(["document_id", "attached", "shown"]).map(a))
        .values_panic([
            file.id.0.into(),
            file.name.clone().into(),
            file.media_type.clone().into(),
            file.encoding.clone().into(),
            file.size.into(),
            file.sha256.clone().into(),
            file.created_at.0.into(),
            file.pages.into(),
            kept(&file.scanned_pages)?.into(),
            kept(&file.signatures)?.into(),
            document.0.into(),
            (as_what != As::Source).into(),
            (as_what == As::Attached { shown: true }).into(),
        ])
        .to_owned();
    conn.execute(&insert).await?;
    Ok(())
}
