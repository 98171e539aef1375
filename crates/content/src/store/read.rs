//! From rows to what a reader sees, by projection: a body that is not asked for is not read.

use super::{a, col};
use crate::entry::{AFTER, BEFORE};
use crate::types::ContentType;
use kernel::query::{Projection, State};
use kernel::{Id, Instant, Revision, Row};
use policies::Policies;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{ExprTrait, JoinType, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::Value;
use std::collections::HashMap;
use store::Error;

/// Entries of one type as rows.
pub(crate) struct EntryRows<'a> {
    of: &'a ContentType,
    fields: &'a Projection,
    policies: &'a Policies,
    body: bool,
}

/// Columns that are always read, in this order; the body, where it is asked for, comes last.
const COLUMNS: [&str; 17] = [
    "entry_id",
    "slug",
    "locale",
    "state",
    "author_name",
    "source_name",
    "source_url",
    "link_url",
    "portal_id",
    "outdated",
    "revision",
    "created_at",
    "updated_at",
    "published_at",
    "title",
    "data",
    "id",
];

/// One row, with what a caller may need besides what is sent.
pub(crate) struct Read {
    pub row: Row,
    pub revision: Revision,
}

impl<'a> EntryRows<'a> {
    /// Reads these fields; `id`, `type` and the ids of relations always.
    pub fn new(of: &'a ContentType, fields: &'a Projection, policies: &'a Policies) -> Self {
        let heavy = of.definition.heavy();
        let body = fields.has("sharing") || heavy.iter().any(|name| fields.has(name));
        Self { of, fields, policies, body }
    }

    /// Adds the columns to a SELECT over editions `e`; how many they are.
    pub fn select(&self, select: &mut SelectStatement) -> usize {
        select.exprs(COLUMNS.map(|name| col("e", name)));
        if self.body {
            select
                .join_as(JoinType::LeftJoin, a("entry_bodies"), a("b"), col("b", "edition_id").equals((a("e"), a("id"))))
                .expr(col("b", "data"));
        }
        COLUMNS.len() + usize::from(self.body)
    }

    /// One row as it is sent.
    pub fn read(&self, row: &QueryResult) -> Result<Read, Error> {
        let mut data: Row = serde_json::from_str(&row.try_get_by_index::<String>(15)?)?;
        if self.body
            && let Some(body) = row.try_get_by_index::<Option<String>>(COLUMNS.len())?
        {
            data.extend(serde_json::from_str::<Row>(&body)?);
        }
        let text = |at: usize| row.try_get_by_index::<Option<String>>(at).map(Value::from);
        let id = |at: usize| row.try_get_by_index::<Option<Uuid>>(at).map(|id| Value::from(id.map(|id| id.to_string())));
        let moment = |at: usize| row.try_get_by_index::<Option<i64>>(at).map(|at| Value::from(at.map(|at| Instant(at).print())));
        let locale: String = row.try_get_by_index(2)?;
        let base = |name: &str| -> Result<Value, Error> {
            Ok(match name {
                "id" => id(0)?,
                "type" => self.of.definition.name().into(),
                "slug" => text(1)?,
                "locale" => locale.as_str().into(),
                "state" => text(3)?,
                "author_name" => text(4)?,
                "source_name" => text(5)?,
                "source_url" => text(6)?,
                "source_line" => self.policies.text("source-line", &locale).into(),
                "link_url" => text(7)?,
                "portal_id" => id(8)?,
                "outdated" => row.try_get_by_index::<bool>(9)?.into(),
                "revision" => row.try_get_by_index::<i64>(10)?.into(),
                "created_at" => moment(11)?,
                "updated_at" => moment(12)?,
                "published_at" => moment(13)?,
                _ => Value::Null,
            })
        };
        let mut sent = Row::new();
        for name in BEFORE.into_iter().filter(|name| matches!(*name, "id" | "type") || self.fields.has(name)) {
            sent.insert(name.to_owned(), base(name)?);
        }
        for field in self.of.definition.fields() {
            for name in field.stored_names() {
                // The ids of relations are always there.
                if self.fields.has(name) || (field.target.is_some() && !field.heavy()) {
                    sent.insert(name.clone(), data.get(name).cloned().unwrap_or_default());
                }
            }
        }
        for name in AFTER.into_iter().filter(|name| !matches!(*name, "sharing" | "locales") && self.fields.has(name)) {
            sent.insert(name.to_owned(), base(name)?);
        }
        if self.fields.has("sharing") {
            let mut whole = data;
            for name in AFTER.into_iter().chain(BEFORE).filter(|name| !matches!(*name, "sharing" | "locales")) {
                whole.insert(name.to_owned(), base(name)?);
            }
            sent.insert("sharing".into(), crate::sharing::sharing(&self.of.definition, &whole));
        }
        Ok(Read { row: sent, revision: Revision(row.try_get_by_index(10)?) })
    }
}

/// Adds the languages to rows, one statement for all: those that are published, or those that are written.
pub(crate) async fn add_locales<C: ConnectionTrait>(conn: &C, rows: Vec<&mut Row>, state: State) -> Result<(), Error> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| Id::parse(row.get("id")?.as_str()?)).map(|id| id.0).collect();
    let select = Query::select()
        .exprs([col("e", "entry_id"), col("e", "locale")])
        .from_as(a("entry_editions"), a("e"))
        .and_where(col("e", super::columns::flag(state)))
        .and_where(col("e", "entry_id").is_in(ids))
        .order_by_expr(col("e", "source"), Order::Desc)
        .order_by_expr(col("e", "locale"), Order::Asc)
        .to_owned();
    let mut locales: HashMap<String, Vec<Value>> = HashMap::new();
    for row in conn.query_all(&select).await? {
        let entry = row.try_get_by_index::<Uuid>(0)?.to_string();
        locales.entry(entry).or_default().push(row.try_get_by_index::<String>(1)?.into());
    }
    for row in rows {
        let of = row.get("id").and_then(Value::as_str).and_then(|id| locales.get(id)).cloned().unwrap_or_default();
        row.insert("locales".into(), of.into());
    }
    Ok(())
}

/// The entry that a row read by [`EntryRows`] is of.
pub(crate) fn entry(row: &QueryResult) -> Result<Id, Error> {
    Ok(Id(row.try_get_by_index(0)?))
}
