//! Rows of media items.

use super::{a, col};
use crate::content::Content;
use crate::formats::Format;
use crate::inspect::Finding;
use crate::library::MediaFile;
use crate::{Error, Visibility};
use kernel::{Id, Instant, Revision, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, LockType, Query, SelectStatement, SimpleExpr};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use store::StoredFile;

/// A media item as stored.
pub(crate) struct Stored {
    pub revision: Revision,
    pub format: &'static Format,
    pub sha256: String,
    pub content: Content,
}

/// The columns that writers change, with their values.
fn columns(content: &Content, format: &Format) -> Result<Vec<(&'static str, SimpleExpr)>, Error> {
    let lowered = |told: &Option<String>| told.as_deref().map(text::lower);
    let file_name = content.file_name.clone().unwrap_or_default();
    Ok(vec![
        ("file_name_lower", text::lower(&file_name).into()),
        ("file_name", file_name.into()),
        ("title", content.title.clone().into()),
        ("title_lower", lowered(&content.title).into()),
        ("alt", serde_json::to_string(&content.alt).map_err(store::Error::from)?.into()),
        ("alt_missing", content.alt_missing(format.kind).into()),
        ("caption", serde_json::to_string(&content.caption).map_err(store::Error::from)?.into()),
        ("transcript", content.transcript.clone().into()),
        ("captions_id", content.captions_id.map(|id| id.0).into()),
        ("licence", content.licence.clone().into()),
        ("credit", content.credit.clone().into()),
        ("language", content.language.clone().into()),
        ("visibility", content.visibility.as_str().into()),
    ])
}

/// Who uploads what, and when.
pub(crate) struct Placing {
    pub id: Id,
    pub uploaded_by: Option<Id>,
    pub now: Instant,
}

/// Enters a media item.
pub(crate) async fn insert(
    txn: &DatabaseTransaction,
    placing: &Placing,
    (finding, file): (&Finding, &StoredFile),
    content: &Content,
) -> Result<(), Error> {
    let pixels = |side: Option<u32>| side.map(i64::from);
    let mut values = columns(content, finding.format)?;
    values.extend([
        ("id", placing.id.0.into()),
        ("revision", Revision::FIRST.0.into()),
        ("kind", finding.format.kind.as_str().into()),
        ("media_type", finding.format.media_type.into()),
        ("size", file.size.into()),
        ("sha256", file.sha256.clone().into()),
        ("width", pixels(finding.pixels.map(|(width, _)| width)).into()),
        ("height", pixels(finding.pixels.map(|(_, height)| height)).into()),
        ("uploaded_by", placing.uploaded_by.map(|id| id.0).into()),
        ("created_at", placing.now.0.into()),
        ("updated_at", placing.now.0.into()),
    ]);
    let (names, values): (Vec<_>, Vec<_>) = values.into_iter().unzip();
    let insert = Query::insert().into_table(a("media")).columns(names.into_iter().map(a)).values_panic(values).to_owned();
    txn.execute(&insert).await?;
    Ok(())
}

/// Changes what is told about a media item.
pub(crate) async fn update(txn: &DatabaseTransaction, id: Id, stored: &Stored, now: Instant) -> Result<(), Error> {
    let mut update = Query::update();
    update.table(a("media")).and_where(Expr::col(a("id")).eq(id.0));
    for (name, value) in columns(&stored.content, stored.format)? {
        update.value(a(name), value);
    }
    update.value(a("revision"), stored.revision.next().0).value(a("updated_at"), now.0);
    txn.execute(&update).await?;
    Ok(())
}

/// Loads a media item and locks it for the rest of the transaction.
pub(crate) async fn locked(txn: &DatabaseTransaction, id: Id) -> Result<Option<Stored>, Error> {
    let names = [
        "revision",
        "media_type",
        "sha256",
        "file_name",
        "title",
        "alt",
        "caption",
        "transcript",
        "captions_id",
        "licence",
        "credit",
        "language",
        "visibility",
    ];
    let select = Query::select()
        .exprs(names.map(|name| Expr::col(a(name))))
        .from(a("media"))
        .and_where(Expr::col(a("id")).eq(id.0))
        .lock(LockType::Update)
        .to_owned();
    let Some(row) = txn.query_one(&select).await? else { return Ok(None) };
    let json = |at: usize| -> Result<_, Error> {
        Ok(serde_json::from_str(&row.try_get_by_index::<String>(at)?).map_err(store::Error::from)?)
    };
    let visibility: String = row.try_get_by_index(12)?;
    Ok(Some(Stored {
        revision: Revision(row.try_get_by_index(0)?),
        format: format(&row, 1)?,
        sha256: row.try_get_by_index(2)?,
        content: Content {
            file_name: row.try_get_by_index(3)?,
            title: row.try_get_by_index(4)?,
            alt: json(5)?,
            caption: json(6)?,
            transcript: row.try_get_by_index(7)?,
            captions_id: row.try_get_by_index::<Option<Uuid>>(8)?.map(Id),
            licence: row.try_get_by_index(9)?,
            credit: row.try_get_by_index(10)?,
            language: row.try_get_by_index(11)?,
            visibility: Visibility::parse(&visibility).unwrap_or(Visibility::Internal),
        },
    }))
}

/// A media type that is no longer on the list belongs to a file of a newer or older release.
fn format(row: &QueryResult, at: usize) -> Result<&'static Format, Error> {
    Format::of(&row.try_get_by_index::<String>(at)?).ok_or(Error::Unsupported(crate::error::Refused::Unknown))
}

/// Whether another media item names this one as its captions.
pub(crate) async fn is_named_as_captions<C: ConnectionTrait>(conn: &C, id: Id) -> Result<bool, Error> {
    let select =
        Query::select().expr(Expr::val(1)).from(a("media")).and_where(Expr::col(a("captions_id")).eq(id.0)).limit(1).to_owned();
    Ok(conn.query_one(&select).await?.is_some())
}

/// The media type of what is named as captions; it stays until the transaction ends.
pub(crate) async fn captions(txn: &DatabaseTransaction, id: Id) -> Result<Option<String>, Error> {
    let select = Query::select()
        .column(a("media_type"))
        .from(a("media"))
        .and_where(Expr::col(a("id")).eq(id.0))
        .lock(LockType::KeyShare)
        .to_owned();
    Ok(txn.query_one(&select).await?.map(|row| row.try_get_by_index(0)).transpose()?)
}

/// Removes a media item.
pub(crate) async fn delete(txn: &DatabaseTransaction, id: Id) -> Result<(), Error> {
    let delete = Query::delete().from_table(a("media")).and_where(Expr::col(a("id")).eq(id.0)).to_owned();
    txn.execute(&delete).await?;
    Ok(())
}

/// The file of a media item that `restrict` lets the caller see.
pub(crate) async fn open<C: ConnectionTrait>(
    conn: &C,
    id: Id,
    restrict: impl FnOnce(&mut SelectStatement),
) -> Result<Option<MediaFile>, Error> {
    let mut select = Query::select();
    select
        .exprs(["media_type", "file_name", "size", "sha256", "width", "height", "visibility", "updated_at"].map(col))
        .expr(Expr::col((a("media_bytes"), a("name"))))
        .from(a("media"))
        .join(JoinType::InnerJoin, a("media_bytes"), col("sha256").equals((a("media_bytes"), a("sha256"))))
        .and_where(col("id").eq(id.0));
    restrict(&mut select);
    let Some(row) = conn.query_one(&select).await? else { return Ok(None) };
    let size: i64 = row.try_get_by_index(2)?;
    let pixels = |at| -> Result<Option<u32>, Error> {
        Ok(row.try_get_by_index::<Option<i64>>(at)?.and_then(|side| u32::try_from(side).ok()))
    };
    let visibility: String = row.try_get_by_index(6)?;
    Ok(Some(MediaFile {
        id,
        format: format(&row, 0)?,
        file_name: row.try_get_by_index(1)?,
        size: u64::try_from(size).unwrap_or(0),
        sha256: row.try_get_by_index(3)?,
        width: pixels(4)?,
        height: pixels(5)?,
        visibility: Visibility::parse(&visibility).unwrap_or(Visibility::Internal),
        updated_at: Instant(row.try_get_by_index(7)?),
        name: row.try_get_by_index(8)?,
    }))
}
