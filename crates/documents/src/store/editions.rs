//! Editions: which is live, which is worked on, and what is kept of the past.

use super::{a, col, contents, relations};
use crate::Error;
use crate::content::Content;
use crate::document::State;
use crate::found::{Findings, Parts};
use kernel::{Id, Instant, Revision};
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};

/// The working edition of a document, with what a change needs to know around it.
#[derive(Debug, Clone)]
pub(crate) struct Working {
    pub edition: Id,
    pub document: Id,
    pub revision: Revision,
    pub state: State,
    pub content: Content,
    pub created_at: Instant,
    pub published_at: Option<Instant>,
    /// Whether an edition is live: this one, or an older one.
    pub has_live: bool,
}

/// Content with what was read out of its text.
#[derive(Clone, Copy)]
pub(crate) struct Written<'a> {
    pub content: &'a Content,
    pub found: &'a Findings,
}

/// Loads the working edition and locks its document for the rest of the transaction.
pub(crate) async fn working(txn: &DatabaseTransaction, document: Id) -> Result<Option<Working>, Error> {
    let lock = Query::select()
        .exprs(["revision", "created_at", "published_at"].map(|name| Expr::col(a(name))))
        .from(a("documents"))
        .and_where(Expr::col(a("id")).eq(document.0))
        .lock(LockType::Update)
        .to_owned();
    let Some(locked) = txn.query_one(&lock).await? else { return Ok(None) };
    let select = contents::select()
        .exprs(["id", "state"].map(|name| col("e", name)))
        .and_where(col("e", "document_id").eq(document.0))
        .and_where(col("e", "working"))
        .to_owned();
    let Some(row) = txn.query_one(&select).await? else { return Ok(None) };
    let live = Query::select()
        .expr(Expr::val(1))
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "document_id").eq(document.0))
        .and_where(col("e", "live"))
        .to_owned();
    let has_live = txn.query_one(&live).await?.is_some();
    let content = contents::read(&row)?;
    let state = match row.try_get_by_index::<String>(contents::WIDTH + 1)?.as_str() {
        "published" => State::Published,
        "withdrawn" => State::Withdrawn,
        _ => State::Draft,
    };
    Ok(Some(Working {
        edition: Id(row.try_get_by_index(contents::WIDTH)?),
        document,
        revision: Revision(locked.try_get_by_index(0)?),
        state,
        content,
        created_at: Instant(locked.try_get_by_index(1)?),
        published_at: locked.try_get_by_index::<Option<i64>>(2)?.map(Instant),
        has_live,
    }))
}

/// Inserts the row of a new document.
pub(crate) async fn insert_document(txn: &DatabaseTransaction, placing: &Placing) -> Result<(), Error> {
    let insert = Query::insert()
        .into_table(a("documents"))
        .columns(["id", "revision", "created_at", "published_at"].map(a))
        .values_panic([
            placing.document.0.into(),
            placing.revision.0.into(),
            placing.created_at.0.into(),
            placing.published_at.map(|at| at.0).into(),
        ])
        .to_owned();
    txn.execute(&insert).await?;
    Ok(())
}

/// What is set around the content of an edition.
pub(crate) struct Placing {
    pub document: Id,
    pub revision: Revision,
    pub state: State,
    pub created_at: Instant,
    pub published_at: Option<Instant>,
}

/// Inserts `content` as the working edition (and the live one, when its state is published).
/// Whichever editions stood there before must have been put aside.
pub(crate) async fn insert(
    txn: &DatabaseTransaction,
    placing: &Placing,
    written: Written<'_>,
    now: Instant,
) -> Result<Id, Error> {
    let id = insert_row(txn, placing, written, now).await?;
    relations::write(txn, (placing.document, id), written.content, &written.found.relations, now).await?;
    Ok(id)
}

/// Inserts a new document with its first edition.
pub(crate) async fn insert_first(
    txn: &DatabaseTransaction,
    placing: &Placing,
    written: Written<'_>,
    now: Instant,
) -> Result<Id, Error> {
    let id = insert_row(txn, placing, written, now).await?;
    relations::write_first(txn, (placing.document, id), written.content, &written.found.relations, now).await?;
    Ok(id)
}

async fn insert_row(
    txn: &DatabaseTransaction,
    placing: &Placing,
    Written { content, found }: Written<'_>,
    now: Instant,
) -> Result<Id, Error> {
    let id = Id::new(now);
    let mut values = contents::values(content, found)?;
    values.extend([
        ("id", id.0.into()),
        ("document_id", placing.document.0.into()),
        ("revision", placing.revision.0.into()),
        ("live", (placing.state == State::Published).into()),
        ("working", true.into()),
        ("state", placing.state.as_str().into()),
        ("created_at", placing.created_at.0.into()),
        ("updated_at", now.0.into()),
        ("published_at", placing.published_at.map(|at| at.0).into()),
    ]);
    let (names, values): (Vec<_>, Vec<_>) = values.into_iter().unzip();
    let insert =
        Query::insert().into_table(a("document_editions")).columns(names.into_iter().map(a)).values_panic(values).to_owned();
    txn.execute(&insert).await?;
    write_body(txn, id, content.body_text.as_deref()).await?;
    Ok(id)
}

/// Overwrites the content of an edition that nobody but writers has seen.
pub(crate) async fn overwrite(
    txn: &DatabaseTransaction,
    (document, edition): (Id, Id),
    written: Written<'_>,
    now: Instant,
) -> Result<(), Error> {
    let Written { content, found } = written;
    let update = Query::update()
        .table(a("document_editions"))
        .values(contents::values(content, found)?.into_iter().map(|(name, value)| (a(name), value)))
        .value(a("updated_at"), now.0)
        .and_where(Expr::col(a("id")).eq(edition.0))
        .to_owned();
    txn.execute(&update).await?;
    let clear = Query::delete().from_table(a("document_bodies")).and_where(Expr::col(a("edition_id")).eq(edition.0)).to_owned();
    txn.execute(&clear).await?;
    write_body(txn, edition, content.body_text.as_deref()).await?;
    relations::write(txn, (document, edition), content, &found.relations, now).await
}

async fn write_body(txn: &DatabaseTransaction, edition: Id, body: Option<&str>) -> Result<(), Error> {
    if let Some(body) = body {
        let insert = Query::insert()
            .into_table(a("document_bodies"))
            .columns(["edition_id", "body_text"].map(a))
            .values_panic([edition.0.into(), body.into()])
            .to_owned();
        txn.execute(&insert).await?;
    }
    Ok(())
}

/// Which of a document's editions are put aside.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PutAside {
    /// The live one is no longer live.
    Live,
    /// The working one is no longer worked on (it stays live if it is).
    Working,
}

/// Clears a flag of a document's editions.
pub(crate) async fn put_aside(txn: &DatabaseTransaction, document: Id, which: PutAside) -> Result<(), Error> {
    let flag = match which {
        PutAside::Live => "live",
        PutAside::Working => "working",
    };
    let update = Query::update()
        .table(a("document_editions"))
        .value(a(flag), false)
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a(flag)))
        .to_owned();
    txn.execute(&update).await?;
    Ok(())
}

/// Sets state and liveness of an edition.
pub(crate) async fn place(txn: &DatabaseTransaction, edition: Id, state: State, now: Instant) -> Result<(), Error> {
    let update = Query::update()
        .table(a("document_editions"))
        .value(a("live"), state == State::Published)
        .value(a("state"), state.as_str())
        .value(a("updated_at"), now.0)
        .and_where(Expr::col(a("id")).eq(edition.0))
        .to_owned();
    txn.execute(&update).await?;
    Ok(())
}

/// The edition that everybody sees.
pub(crate) async fn live_edition(txn: &DatabaseTransaction, document: Id) -> Result<Option<Id>, Error> {
    let select = Query::select()
        .column(a("id"))
        .from(a("document_editions"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a("live")))
        .to_owned();
    Ok(txn.query_one(&select).await?.map(|row| row.try_get_by_index(0).map(Id)).transpose()?)
}

/// Moves the document to its next revision; `false` when it is no longer at `seen`.
pub(crate) async fn advance(txn: &DatabaseTransaction, document: Id, seen: Revision) -> Result<bool, Error> {
    let next = seen.next().0;
    let update = Query::update()
        .table(a("documents"))
        .value(a("revision"), next)
        .and_where(Expr::col(a("id")).eq(document.0))
        .and_where(Expr::col(a("revision")).eq(seen.0))
        .to_owned();
    if txn.execute(&update).await?.rows_affected() != 1 {
        return Ok(false);
    }
    let stamp = Query::update()
        .table(a("document_editions"))
        .value(a("revision"), next)
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a("live")).or(Expr::col(a("working"))))
        .to_owned();
    txn.execute(&stamp).await?;
    Ok(true)
}

/// Remembers when the document was first published, on the document and on its present editions.
pub(crate) async fn stamp_first_publication(txn: &DatabaseTransaction, document: Id, now: Instant) -> Result<(), Error> {
    for (table, id) in [("documents", "id"), ("document_editions", "document_id")] {
        let update = Query::update()
            .table(a(table))
            .value(a("published_at"), now.0)
            .and_where(Expr::col(a(id)).eq(document.0))
            .and_where(Expr::col(a("published_at")).is_null())
            .to_owned();
        txn.execute(&update).await?;
    }
    Ok(())
}

/// Removes a document with all that hangs on it.
pub(crate) async fn delete(txn: &DatabaseTransaction, document: Id) -> Result<(), Error> {
    let delete = Query::delete().from_table(a("documents")).and_where(Expr::col(a("id")).eq(document.0)).to_owned();
    txn.execute(&delete).await?;
    Ok(())
}

/// What the text says of provisions that take effect on days of their own.
pub(crate) async fn parts<C: ConnectionTrait>(conn: &C, document: Id, state: kernel::query::State) -> Result<Parts, Error> {
    let flag = if state == kernel::query::State::Draft { "working" } else { "live" };
    let select = Query::select()
        .columns(["first_part_on", "last_part_on", "parts_unread"].map(a))
        .from(a("document_editions"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a(flag)))
        .to_owned();
    let Some(row) = conn.query_one(&select).await? else { return Ok(Parts::default()) };
    Ok(Parts { first: row.try_get_by_index(0)?, last: row.try_get_by_index(1)?, unread: row.try_get_by_index(2)? })
}

/// The number of the working edition of a document, and whether everybody sees the document.
pub(crate) async fn shown<C: ConnectionTrait>(conn: &C, document: Id) -> Result<Option<(Option<String>, bool)>, Error> {
    let live = Query::select()
        .expr(Expr::val(1))
        .from_as(a("document_editions"), a("l"))
        .and_where(col("l", "document_id").eq(document.0))
        .and_where(col("l", "live"))
        .to_owned();
    let select = Query::select()
        .exprs([col("e", "number"), Expr::exists(live)])
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "document_id").eq(document.0))
        .and_where(col("e", "working"))
        .to_owned();
    let Some(row) = conn.query_one(&select).await? else { return Ok(None) };
    Ok(Some((row.try_get_by_index(0)?, row.try_get_by_index(1)?)))
}
