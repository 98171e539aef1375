//! Rows of issuing authorities.

use super::{a, col};
use crate::Error;
use crate::issuer::{IssuerContent, propose_code};
use kernel::{Id, Instant, Revision, Slug, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, OnConflict, Query, SelectStatement, SimpleExpr};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use store::sql::Values;
use store::{Refusal, Shape, Table, TableField, sql};

/// Issuing authorities as they are read and asked for.
pub(crate) const ISSUERS: Table = Table {
    name: "issuers",
    resource: "issuer",
    fields: &[
        TableField::new("name", Shape::Text),
        TableField::new("slug", Shape::Text),
        TableField::new("code", Shape::Text),
        TableField::new("short_name", Shape::Text).nullable(),
        TableField::new("kind", Shape::Text).nullable(),
        TableField::new("level", Shape::Text).nullable(),
        TableField::new("area_code", Shape::Text).nullable(),
        TableField::new("area_name", Shape::Text).nullable(),
        TableField::new("parent_id", Shape::Id).nullable(),
        TableField::new("valid_from", Shape::Date).nullable(),
        TableField::new("valid_until", Shape::Date).nullable(),
        TableField::new("revision", Shape::Whole).unasked(),
        TableField::new("created_at", Shape::Instant),
        TableField::new("updated_at", Shape::Instant),
    ],
    lowered: &["name", "short_name", "area_name"],
};

/// The fields by which issuing authorities can be filtered and sorted.
pub fn issuer_fields() -> Vec<kernel::query::Field> {
    ISSUERS.asked()
}

/// An issuing authority as stored; its slug and code are there.
#[derive(Debug, Clone)]
pub(crate) struct StoredIssuer {
    pub id: Id,
    pub revision: Revision,
    pub content: IssuerContent,
}

/// The columns of [`StoredIssuer`], predecessors apart.
const STORED: [&str; 13] = [
    "id",
    "revision",
    "name",
    "slug",
    "code",
    "short_name",
    "kind",
    "level",
    "area_code",
    "area_name",
    "parent_id",
    "valid_from",
    "valid_until",
];

/// A SELECT of authorities as they are stored.
pub(crate) fn stored() -> SelectStatement {
    Query::select().exprs(STORED.map(|name| col("i", name))).from_as(a("issuers"), a("i")).to_owned()
}

/// One row of [`stored`], without its predecessors.
pub(crate) fn read_stored(row: &QueryResult) -> Result<StoredIssuer, Error> {
    Ok(StoredIssuer {
        id: Id(row.try_get_by_index(0)?),
        revision: Revision(row.try_get_by_index(1)?),
        content: IssuerContent {
            name: row.try_get_by_index(2)?,
            slug: row.try_get_by_index(3)?,
            code: row.try_get_by_index(4)?,
            short_name: row.try_get_by_index(5)?,
            kind: row.try_get_by_index(6)?,
            level: row.try_get_by_index(7)?,
            area_code: row.try_get_by_index(8)?,
            area_name: row.try_get_by_index(9)?,
            parent_id: row.try_get_by_index::<Option<Uuid>>(10)?.map(Id),
            valid_from: row.try_get_by_index(11)?,
            valid_until: row.try_get_by_index(12)?,
            predecessors: Vec::new(),
        },
    })
}

/// Loads an authority, without its predecessors, and locks it for the rest of the transaction.
pub(crate) async fn locked(txn: &DatabaseTransaction, id: Id) -> Result<Option<StoredIssuer>, Error> {
    let select = stored().and_where(col("i", "id").eq(id.0)).lock(LockType::Update).to_owned();
    txn.query_one(&select).await?.map(|row| read_stored(&row)).transpose()
}

/// The authorities of which this holds, without their predecessors.
pub(crate) async fn found<C: ConnectionTrait>(conn: &C, holds: Expr) -> Result<Vec<StoredIssuer>, Error> {
    conn.query_all(stored().and_where(holds)).await?.iter().map(read_stored).collect()
}

/// The authority of this id; it stays until the transaction ends, and only its removal waits for that.
pub(crate) async fn kept(txn: &DatabaseTransaction, id: Id) -> Result<Option<Id>, Error> {
    let select = Query::select()
        .column(a("id"))
        .from(a("issuers"))
        .and_where(Expr::col(a("id")).eq(id.0))
        .lock(LockType::KeyShare)
        .to_owned();
    Ok(txn.query_one(&select).await?.map(|row| row.try_get_by_index::<Uuid>(0).map(Id)).transpose()?)
}

/// The authority whose `field` has this value.
pub(crate) async fn holder<C: ConnectionTrait>(conn: &C, field: &'static str, value: &str) -> Result<Option<Id>, Error> {
    let select = Query::select().column(a("id")).from(a("issuers")).and_where(Expr::col(a(field)).eq(value)).to_owned();
    Ok(conn.query_one(&select).await?.map(|row| row.try_get_by_index::<Uuid>(0).map(Id)).transpose()?)
}

/// What makes two bodies the same body whatever else is told: name, place and beginning. Of those that are made at once
/// under one name this lets one through.
pub(crate) fn identity(content: &IssuerContent) -> String {
    let told = [
        content.area_code.clone(),
        content.area_name.as_deref().map(text::name_key),
        content.parent_id.map(|id| id.to_string()),
        content.valid_from.clone(),
    ];
    let name = text::name_key(&content.name);
    if told.iter().all(Option::is_none) {
        return name;
    }
    told.into_iter().fold(name, |identity, part| format!("{identity}|{}", part.unwrap_or_default()))
}

/// The columns that hold the content, slug and code apart.
pub(crate) fn content_values(content: &IssuerContent) -> Values {
    let lower = |text: &Option<String>| SimpleExpr::from(text.as_deref().map(text::lower));
    vec![
        ("identity", identity(content).into()),
        ("name", content.name.clone().into()),
        ("name_lower", text::lower(&content.name).into()),
        ("name_key", text::name_key(&content.name).into()),
        ("short_name", content.short_name.clone().into()),
        ("short_name_lower", lower(&content.short_name)),
        ("kind", content.kind.clone().into()),
        ("level", content.level.clone().into()),
        ("area_code", content.area_code.clone().into()),
        ("area_name", content.area_name.clone().into()),
        ("area_name_lower", lower(&content.area_name)),
        ("parent_id", content.parent_id.map(|id| id.0).into()),
        ("valid_from", content.valid_from.clone().into()),
        ("valid_until", content.valid_until.clone().into()),
    ]
}

/// The columns of a new authority.
pub(crate) fn new_values(id: Id, content: &IssuerContent, (slug, code): (String, String), now: Instant) -> Values {
    let mut values = content_values(content);
    values.extend([
        ("id", id.0.into()),
        ("revision", Revision::FIRST.0.into()),
        ("slug", slug.into()),
        ("code", code.into()),
        ("created_at", now.0.into()),
        ("updated_at", now.0.into()),
    ]);
    values
}

/// What became of an attempt to make an authority.
pub(crate) enum Made {
    New(Id),
    /// Another call made the same one in the meantime.
    Existing(Id),
}

/// Makes an authority. Slug and code that are not given are made of the name, with a number
/// behind them while they are taken; those that are given must be free.
pub(crate) async fn insert(txn: &DatabaseTransaction, content: &IssuerContent, now: Instant) -> Result<Made, Error> {
    let slug = Slug::of(&content.name).map_or_else(|| "issuer".to_owned(), |slug| slug.as_str().to_owned());
    let code = propose_code(&content.name);
    for attempt in 1..=1000 {
        for (field, given) in [("slug", &content.slug), ("code", &content.code)] {
            if let Some(value) = given
                && let Some(other) = holder(txn, field, value).await?
            {
                return Err(Error::IssuerExists { field, other });
            }
        }
        let suffixed = |made: &str| if attempt == 1 { made.to_owned() } else { format!("{made}-{attempt}") };
        let code = content.code.clone().unwrap_or_else(|| suffixed(&code));
        if content.code.is_none() && !super::former::holders(txn, &code).await?.is_empty() {
            // An address that leads to another body is not proposed.
            continue;
        }
        let id = Id::new(now);
        let slug = content.slug.clone().unwrap_or_else(|| suffixed(&slug));
        let (names, values): (Vec<_>, Vec<_>) = new_values(id, content, (slug, code), now).into_iter().unzip();
        let insert = Query::insert()
            .into_table(a("issuers"))
            .columns(names.into_iter().map(a))
            .values_panic(values)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .to_owned();
        if txn.execute(&insert).await?.rows_affected() == 1 {
            return Ok(Made::New(id));
        }
        if let Some(other) = holder(txn, "identity", &identity(content)).await? {
            return Ok(Made::Existing(other));
        }
    }
    Err(Error::Refused(Refusal::Stale))
}

/// Changes an authority that is at `seen`; `false` when it is no longer there.
pub(crate) async fn update(
    txn: &DatabaseTransaction,
    (id, seen): (Id, Revision),
    content: &IssuerContent,
    now: Instant,
) -> Result<bool, Error> {
    let mut values = content_values(content);
    values.extend([("slug", content.slug.clone().into()), ("code", content.code.clone().into()), ("updated_at", now.0.into())]);
    Ok(sql::advance(txn, "issuers", (id, seen), values).await?)
}

/// Moves authorities to their next revision, for what is read of them has changed, and answers it.
pub(crate) async fn touch(txn: &DatabaseTransaction, ids: &[Id], now: Instant) -> Result<Vec<(Id, Revision)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let these = || Expr::col(a("id")).is_in(ids.iter().map(|id| id.0));
    let update = Query::update()
        .table(a("issuers"))
        .value(a("revision"), Expr::col(a("revision")).add(1))
        .value(a("updated_at"), now.0)
        .and_where(these())
        .to_owned();
    txn.execute(&update).await?;
    let select = Query::select().columns(["id", "revision"].map(a)).from(a("issuers")).and_where(these()).to_owned();
    let at = |row: &QueryResult| Ok((Id(row.try_get_by_index(0)?), Revision(row.try_get_by_index(1)?)));
    txn.query_all(&select).await?.iter().map(at).collect()
}

/// Whether any edition, past ones included, or an issue of the gazette names the authority, or another body its parent or
/// predecessor.
pub(crate) async fn in_use<C: ConnectionTrait>(conn: &C, id: Id) -> Result<bool, Error> {
    for (table, column) in [
        ("document_editions", "issuer_id"),
        ("gazettes", "issuer_id"),
        ("issuers", "parent_id"),
        ("issuer_successions", "predecessor_id"),
    ] {
        let select =
            Query::select().expr(Expr::val(1)).from(a(table)).and_where(Expr::col(a(column)).eq(id.0)).limit(1).to_owned();
        if conn.query_one(&select).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
