//! Relations as rows of a list, and as an editor changes them.

use super::{a, col};
use crate::Error;
use kernel::query::{Field, FieldKind, Projection, State};
use kernel::{Id, Instant, Revision, Row, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, Cond, Expr, ExprTrait, JoinType, LockType, Query, SelectStatement, SimpleExpr};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use serde_json::Value;
use store::Column;

/// A relation as an editor sees it stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    pub document_id: Id,
    pub relation: &'static str,
    pub target_id: Option<Id>,
    pub target_number: Option<String>,
    pub target_title: Option<String>,
    pub target_issued_on: Option<String>,
    pub whole: bool,
    pub provisions: Vec<String>,
    pub effective_on: Option<String>,
    pub until_on: Option<String>,
    pub standing: String,
    pub note: Option<String>,
}

/// One that is about to be changed.
pub(crate) struct Locked {
    pub revision: Revision,
    pub origin: String,
    pub stored: Stored,
}

/// How a field is read.
#[derive(Clone, Copy)]
enum Shape {
    Id,
    Text,
    Flag,
    Json,
    Number,
    Instant,
}

const FIELDS: [(&str, Shape); 18] = [
    ("document_id", Shape::Id),
    ("relation", Shape::Text),
    ("target_id", Shape::Id),
    ("target_number", Shape::Text),
    ("target_title", Shape::Text),
    ("target_doc_type", Shape::Text),
    ("target_issued_on", Shape::Text),
    ("whole", Shape::Flag),
    ("provisions", Shape::Json),
    ("occurrences", Shape::Json),
    ("effective_on", Shape::Text),
    ("until_on", Shape::Text),
    ("origin", Shape::Text),
    ("standing", Shape::Text),
    ("note", Shape::Text),
    ("revision", Shape::Number),
    ("created_at", Shape::Instant),
    ("updated_at", Shape::Instant),
];

/// The fields by which relations can be filtered and sorted.
pub fn relation_fields() -> Vec<Field> {
    use FieldKind::{Boolean, Date, Id, Instant, Text};
    let field = |name: &'static str, kind, nullable, sortable| Field { name: name.into(), kind, nullable, sortable };
    vec![
        field("id", Id, false, false),
        field("document_id", Id, false, false),
        field("relation", Text, false, true),
        field("target_id", Id, true, false),
        field("target_number", Text, true, true),
        field("target_doc_type", Text, true, false),
        field("target_issued_on", Date, true, true),
        field("whole", Boolean, false, false),
        field("effective_on", Date, true, true),
        field("origin", Text, false, false),
        field("standing", Text, false, false),
        field("created_at", Instant, false, true),
        field("updated_at", Instant, false, true),
    ]
}

pub(crate) fn relation_columns() -> Vec<Column> {
    let column = |field: Field| {
        let expr = match field.name.as_ref() {
            "target_id" => col("t", "document_id"),
            name => Expr::col((a("r"), Alias::new(name))),
        };
        let lower = if field.name == "target_number" { col("r", "target_number_lower") } else { expr.clone() };
        Column { lower, ..Column::plain(field, expr) }
    };
    relation_fields().into_iter().map(column).collect()
}

/// Relations by projection.
pub(crate) struct RelationRows {
    fields: Vec<(&'static str, Shape)>,
    select: SelectStatement,
}

impl RelationRows {
    /// `s` is the edition of the acting document that counts; `t` the target, as far as it is seen.
    pub fn new(fields: &Projection, state: State) -> Self {
        let read: Vec<_> =
            FIELDS.into_iter().filter(|(name, _)| matches!(*name, "document_id" | "target_id") || fields.has(name)).collect();
        let flag = if state == State::Draft { "working" } else { "live" };
        let acting = Cond::all().add(col("s", "document_id").equals((a("r"), a("document_id")))).add(col("s", flag));
        let target = Cond::all().add(col("t", "document_id").equals((a("r"), a("target_id")))).add(col("t", flag));
        let mut select = Query::select();
        select
            .expr(col("r", "id"))
            .from_as(a("document_relations"), a("r"))
            .join_as(JoinType::InnerJoin, a("document_editions"), a("s"), acting)
            .join_as(JoinType::LeftJoin, a("document_editions"), a("t"), target)
            .and_where(col("r", "edition_id").is_null().or(col("r", "edition_id").equals((a("s"), a("id")))));
        if state == State::Published {
            select.and_where(col("r", "standing").ne("rejected"));
        }
        for (name, _) in &read {
            select.expr(if *name == "target_id" { col("t", "document_id") } else { col("r", name) });
        }
        Self { fields: read, select }
    }

    /// The SELECT and how many columns it projects.
    pub fn select(&self) -> (SelectStatement, usize) {
        (self.select.clone(), self.fields.len() + 1)
    }

    /// One row as it is sent.
    pub fn read(&self, row: &QueryResult) -> Result<Row, store::Error> {
        let mut sent = Row::with_capacity(self.fields.len() + 2);
        sent.insert("id".to_owned(), row.try_get_by_index::<Uuid>(0)?.to_string().into());
        sent.insert("type".to_owned(), "relation".into());
        for (at, (name, shape)) in self.fields.iter().enumerate() {
            let at = at + 1;
            let value = match shape {
                Shape::Id => row.try_get_by_index::<Option<Uuid>>(at)?.map(|id| id.to_string()).into(),
                Shape::Text => row.try_get_by_index::<Option<String>>(at)?.into(),
                Shape::Flag => row.try_get_by_index::<bool>(at)?.into(),
                Shape::Json => serde_json::from_str::<Value>(&row.try_get_by_index::<String>(at)?)?,
                Shape::Number => row.try_get_by_index::<i64>(at)?.into(),
                Shape::Instant => Instant(row.try_get_by_index(at)?).print().into(),
            };
            sent.insert((*name).to_owned(), value);
        }
        Ok(sent)
    }
}

/// The names of all fields of a relation.
pub(crate) fn every_field() -> Vec<kernel::query::Name> {
    FIELDS.iter().map(|(name, _)| (*name).into()).collect()
}

fn values(stored: &Stored) -> Result<Vec<(&'static str, SimpleExpr)>, Error> {
    let lower = |value: &Option<String>| SimpleExpr::from(value.as_deref().map(text::lower));
    Ok(vec![
        ("document_id", stored.document_id.0.into()),
        ("relation", stored.relation.into()),
        ("target_id", stored.target_id.map(|id| id.0).into()),
        ("target_number", stored.target_number.clone().into()),
        ("target_number_lower", lower(&stored.target_number)),
        ("target_title", stored.target_title.clone().into()),
        ("target_title_lower", lower(&stored.target_title)),
        ("target_issued_on", stored.target_issued_on.clone().into()),
        ("whole", stored.whole.into()),
        ("provisions", serde_json::to_string(&stored.provisions).map_err(store::Error::from)?.into()),
        ("effective_on", stored.effective_on.clone().into()),
        ("until_on", stored.until_on.clone().into()),
        ("standing", stored.standing.clone().into()),
        ("note", stored.note.clone().into()),
    ])
}

/// Enters what an editor tells.
pub(crate) async fn insert(txn: &DatabaseTransaction, id: Id, stored: &Stored, now: Instant) -> Result<(), Error> {
    let mut all = values(stored)?;
    all.extend([
        ("id", id.0.into()),
        ("revision", Revision::FIRST.0.into()),
        ("occurrences", "[]".into()),
        ("origin", "editor".into()),
        ("created_at", now.0.into()),
        ("updated_at", now.0.into()),
    ]);
    let (names, values): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let insert =
        Query::insert().into_table(a("document_relations")).columns(names.into_iter().map(a)).values_panic(values).to_owned();
    txn.execute(&insert).await?;
    Ok(())
}

/// Changes one; the caller holds its lock.
pub(crate) async fn update(
    txn: &DatabaseTransaction,
    (id, seen): (Id, Revision),
    stored: &Stored,
    now: Instant,
) -> Result<(), Error> {
    let update = Query::update()
        .table(a("document_relations"))
        .values(values(stored)?.into_iter().map(|(name, value)| (a(name), value)))
        .value(a("revision"), seen.next().0)
        .value(a("updated_at"), now.0)
        .and_where(Expr::col(a("id")).eq(id.0))
        .to_owned();
    txn.execute(&update).await?;
    Ok(())
}

/// Loads one and locks it for the rest of the transaction.
pub(crate) async fn locked(txn: &DatabaseTransaction, id: Id) -> Result<Option<Locked>, Error> {
    let names = [
        "revision",
        "origin",
        "document_id",
        "relation",
        "target_id",
        "target_number",
        "target_title",
        "target_issued_on",
        "whole",
        "provisions",
        "effective_on",
        "until_on",
        "standing",
        "note",
    ];
    let select = Query::select()
        .columns(names.map(a))
        .from(a("document_relations"))
        .and_where(Expr::col(a("id")).eq(id.0))
        .lock(LockType::Update)
        .to_owned();
    let Some(row) = txn.query_one(&select).await? else { return Ok(None) };
    let relation: String = row.try_get_by_index(3)?;
    let stored = Stored {
        document_id: Id(row.try_get_by_index(2)?),
        relation: legal_text::Relation::parse(&relation).unwrap_or(legal_text::Relation::RefersTo).as_str(),
        target_id: row.try_get_by_index::<Option<Uuid>>(4)?.map(Id),
        target_number: row.try_get_by_index(5)?,
        target_title: row.try_get_by_index(6)?,
        target_issued_on: row.try_get_by_index(7)?,
        whole: row.try_get_by_index(8)?,
        provisions: serde_json::from_str(&row.try_get_by_index::<String>(9)?).map_err(store::Error::from)?,
        effective_on: row.try_get_by_index(10)?,
        until_on: row.try_get_by_index(11)?,
        standing: row.try_get_by_index(12)?,
        note: row.try_get_by_index(13)?,
    };
    Ok(Some(Locked { revision: Revision(row.try_get_by_index(0)?), origin: row.try_get_by_index(1)?, stored }))
}
