//! Issues of the official gazette as rows of a list, and as they are changed.

use super::gazette_items::{self, Line};
use super::{a, col};
use crate::Error;
use crate::gazette::GazetteContent;
use crate::policy::Sees;
use kernel::query::{Field, FieldKind, Projection};
use kernel::{Id, Instant, Revision, Row, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, Cond, Expr, ExprTrait, JoinType, LockType, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use serde_json::{Value, json};
use std::collections::HashMap;
use store::sql::{self, Values};
use store::{Column, Refusal};

/// How a field is read.
#[derive(Clone, Copy)]
enum Shape {
    Id,
    Text,
    Number,
    Instant,
    Issuer,
}

const FIELDS: [(&str, Shape); 8] = [
    ("number", Shape::Text),
    ("issued_on", Shape::Text),
    ("title", Shape::Text),
    ("issuer_id", Shape::Id),
    ("issuer", Shape::Issuer),
    ("revision", Shape::Number),
    ("created_at", Shape::Instant),
    ("updated_at", Shape::Instant),
];

/// The fields by which issues can be filtered and sorted.
pub fn gazette_fields() -> Vec<Field> {
    use FieldKind::{Date, Id, Instant, Text};
    let field = |name: &'static str, kind, nullable, sortable| Field { name: name.into(), kind, nullable, sortable };
    vec![
        field("id", Id, false, false),
        field("number", Text, false, true),
        field("issued_on", Date, false, true),
        field("title", Text, true, true),
        field("issuer_id", Id, true, false),
        field("document_id", Id, true, false),
        field("created_at", Instant, false, true),
        field("updated_at", Instant, false, true),
    ]
}

/// The same as SQL: strangers ask only by documents that are published.
pub(crate) fn gazette_columns(sees: Sees) -> Vec<Column> {
    let column = |field: Field| {
        let lower = match field.name.as_ref() {
            "document_id" => return standing(field, sees),
            "number" => Some(col("g", "number_lower")),
            "title" => Some(col("g", "title_lower")),
            _ => None,
        };
        let expr = Expr::col((a("g"), Alias::new(field.name.as_ref())));
        Column { lower: lower.unwrap_or_else(|| expr.clone()), ..Column::plain(field, expr) }
    };
    gazette_fields().into_iter().map(column).collect()
}

/// The documents that stand in an issue.
fn standing(field: Field, sees: Sees) -> Column {
    let mut items = Query::select();
    items
        .expr(Expr::val(1))
        .from_as(a("gazette_items"), a("x"))
        .and_where(col("x", "gazette_id").equals((a("g"), a("id"))))
        .and_where(col("x", "document_id").is_not_null());
    if sees == Sees::Published {
        let live = Cond::all().add(col("t", "document_id").equals((a("x"), a("document_id")))).add(col("t", "live"));
        items.join_as(JoinType::InnerJoin, a("document_editions"), a("t"), live);
    }
    Column { among: Some(items), ..Column::plain(field, col("x", "document_id")) }
}

/// Issues by projection.
pub(crate) struct GazetteRows {
    shapes: Vec<(&'static str, Shape, usize)>,
    width: usize,
    select: SelectStatement,
}

impl GazetteRows {
    /// Reads these fields (`id`, `type` and `issuer_id` always), items apart.
    pub fn new(fields: &Projection) -> Self {
        let mut select = Query::select();
        select.expr(col("g", "id")).from_as(a("gazettes"), a("g"));
        let (mut shapes, mut width) = (Vec::with_capacity(FIELDS.len()), 1);
        for (name, shape) in FIELDS.into_iter().filter(|(name, _)| *name == "issuer_id" || fields.has(name)) {
            shapes.push((name, shape, width));
            if let Shape::Issuer = shape {
                let issuer = col("i", "id").equals((a("g"), a("issuer_id")));
                select.join_as(JoinType::LeftJoin, a("issuers"), a("i"), issuer);
                select.exprs(["id", "name", "slug", "code"].map(|name| col("i", name)));
                width += 4;
            } else {
                select.expr(col("g", name));
                width += 1;
            }
        }
        Self { shapes, width, select }
    }

    /// The SELECT and how many columns it projects.
    pub fn select(&self) -> (SelectStatement, usize) {
        (self.select.clone(), self.width)
    }

    /// One row as it is sent, without its items.
    pub fn read(&self, row: &QueryResult) -> Result<Row, store::Error> {
        let mut sent = Row::with_capacity(self.shapes.len() + 3);
        sent.insert("id".to_owned(), row.try_get_by_index::<Uuid>(0)?.to_string().into());
        sent.insert("type".to_owned(), "gazette".into());
        for &(name, shape, at) in &self.shapes {
            let value = match shape {
                Shape::Id => row.try_get_by_index::<Option<Uuid>>(at)?.map(|id| id.to_string()).into(),
                Shape::Text => row.try_get_by_index::<Option<String>>(at)?.into(),
                Shape::Number => row.try_get_by_index::<i64>(at)?.into(),
                Shape::Instant => Instant(row.try_get_by_index(at)?).print().into(),
                Shape::Issuer => issuer(row, at)?,
            };
            sent.insert(name.to_owned(), value);
        }
        Ok(sent)
    }
}

/// An issuing authority in short, from four columns.
pub(crate) fn issuer(row: &QueryResult, at: usize) -> Result<Value, store::Error> {
    Ok(match row.try_get_by_index::<Option<Uuid>>(at)? {
        Some(id) => json!({
            "id": id.to_string(),
            "name": row.try_get_by_index::<String>(at + 1)?,
            "slug": row.try_get_by_index::<String>(at + 2)?,
            "code": row.try_get_by_index::<String>(at + 3)?,
        }),
        None => Value::Null,
    })
}

/// Adds the items to rows, as far as the caller sees them, with one statement.
pub(crate) async fn fill<C: ConnectionTrait>(conn: &C, rows: &mut [&mut Row], sees: Sees) -> Result<(), Error> {
    let ids: Vec<Id> = rows.iter().filter_map(|row| Id::parse(row.get("id")?.as_str()?)).collect();
    let mut items: HashMap<Id, Vec<Value>> = HashMap::with_capacity(ids.len());
    for (gazette, line) in gazette_items::of(conn, &ids).await? {
        if let Some(shown) = line.shown(sees) {
            items.entry(gazette).or_default().push(serde_json::to_value(shown).map_err(store::Error::from)?);
        }
    }
    for row in rows {
        let id = row.get("id").and_then(|id| Id::parse(id.as_str()?));
        row.insert("items".to_owned(), id.and_then(|id| items.remove(&id)).unwrap_or_default().into());
    }
    Ok(())
}

/// An issue that is about to be changed.
pub(crate) struct Stored {
    pub id: Id,
    pub revision: Revision,
    pub content: GazetteContent,
    /// Its items with the documents that they name.
    pub lines: Vec<Line>,
}

/// Loads an issue and locks it for the rest of the transaction.
pub(crate) async fn locked(txn: &DatabaseTransaction, id: Id) -> Result<Option<Stored>, Error> {
    let select = Query::select()
        .columns(["revision", "number", "issued_on", "title", "issuer_id"].map(a))
        .from(a("gazettes"))
        .and_where(Expr::col(a("id")).eq(id.0))
        .lock(LockType::Update)
        .to_owned();
    let Some(row) = txn.query_one(&select).await? else { return Ok(None) };
    let lines: Vec<Line> = gazette_items::of(txn, &[id]).await?.into_iter().map(|(_, line)| line).collect();
    let content = GazetteContent {
        number: row.try_get_by_index(1)?,
        issued_on: row.try_get_by_index(2)?,
        title: row.try_get_by_index(3)?,
        issuer_id: row.try_get_by_index::<Option<Uuid>>(4)?.map(Id),
        items: lines.iter().map(|line| line.item.clone()).collect(),
    };
    Ok(Some(Stored { id, revision: Revision(row.try_get_by_index(0)?), content, lines }))
}

/// Another issue of the same publisher, number and day.
pub(crate) async fn same(txn: &DatabaseTransaction, content: &GazetteContent, id: Option<Id>) -> Result<Option<Id>, Error> {
    let mut select = Query::select();
    select
        .column(a("id"))
        .from(a("gazettes"))
        .and_where(Expr::col(a("issuer_key")).eq(issuer_key(content)))
        .and_where(Expr::col(a("number_lower")).eq(text::lower(&content.number)))
        .and_where(Expr::col(a("issued_on")).eq(content.issued_on.as_str()));
    if let Some(id) = id {
        select.and_where(Expr::col(a("id")).ne(id.0));
    }
    Ok(txn.query_one(&select).await?.map(|row| row.try_get_by_index(0).map(Id)).transpose()?)
}

/// A publisher that is not told counts as one.
fn issuer_key(content: &GazetteContent) -> String {
    content.issuer_id.map(|id| id.to_string()).unwrap_or_default()
}

fn values(content: &GazetteContent, now: Instant) -> Values {
    vec![
        ("number", content.number.clone().into()),
        ("number_lower", text::lower(&content.number).into()),
        ("issued_on", content.issued_on.clone().into()),
        ("issuer_id", content.issuer_id.map(|id| id.0).into()),
        ("issuer_key", issuer_key(content).into()),
        ("title", content.title.clone().into()),
        ("title_lower", content.title.as_deref().map(text::lower).into()),
        ("updated_at", now.0.into()),
    ]
}

/// Enters an issue with its items.
pub(crate) async fn insert(txn: &DatabaseTransaction, id: Id, content: &GazetteContent, now: Instant) -> Result<(), Error> {
    let mut all = values(content, now);
    all.extend([("id", id.0.into()), ("revision", Revision::FIRST.0.into()), ("created_at", now.0.into())]);
    sql::insert(txn, "gazettes", all).await?;
    gazette_items::replace(txn, id, &content.items).await
}

/// Changes an issue; the caller holds its lock.
pub(crate) async fn update(
    txn: &DatabaseTransaction,
    stored: &Stored,
    content: &GazetteContent,
    now: Instant,
) -> Result<(), Error> {
    if !sql::advance(txn, "gazettes", (stored.id, stored.revision), values(content, now)).await? {
        return Err(Error::Refused(Refusal::Stale));
    }
    if content.items != stored.content.items {
        gazette_items::replace(txn, stored.id, &content.items).await?;
    }
    Ok(())
}

/// The names of all fields of an issue, items apart.
pub(crate) fn every_field() -> Vec<kernel::query::Name> {
    FIELDS.iter().map(|(name, _)| (*name).into()).collect()
}
