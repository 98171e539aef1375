//! A resource that is one table: rows read by projection, filtered and sorted by its columns.

use crate::{Column, Error, Listing, list};
use kernel::query::{Field, FieldKind, ListQuery, Projection};
use kernel::{Found, Id, Instant, Page, Revision, Row};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, Condition, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::Value;

/// What a column holds, and so how it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An id.
    Id,
    /// Text.
    Text,
    /// A plain date.
    Date,
    /// A whole number.
    Whole,
    /// True or false.
    Flag,
    /// A moment.
    Instant,
    /// Any JSON.
    Json,
}

/// One field of a [`Table`]: the column of the same name.
#[derive(Debug, Clone, Copy)]
pub struct TableField {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether it can be missing.
    pub nullable: bool,
    /// Whether lists can be asked by it.
    pub asked: bool,
}

impl TableField {
    /// A field that is always there and that lists can be asked by.
    pub const fn new(name: &'static str, shape: Shape) -> Self {
        Self { name, shape, nullable: false, asked: true }
    }

    /// The same, but it can be missing.
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// The same, but lists cannot be asked by it.
    pub const fn unasked(self) -> Self {
        Self { asked: false, ..self }
    }

    fn kind(&self) -> Option<FieldKind> {
        Some(match self.shape {
            Shape::Id => FieldKind::Id,
            Shape::Text => FieldKind::Text,
            Shape::Date => FieldKind::Date,
            Shape::Whole => FieldKind::Integer,
            Shape::Flag => FieldKind::Boolean,
            Shape::Instant => FieldKind::Instant,
            Shape::Json => return None,
        })
    }
}

/// A table with the columns `id` and `revision` and those of its fields.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name in the database.
    pub name: &'static str,
    /// The `type` of its rows.
    pub resource: &'static str,
    /// Its fields besides `id` and `type`, in the order in which they are sent.
    pub fields: &'static [TableField],
    /// Columns that have a lower-cased copy, `<name>_lower`.
    pub lowered: &'static [&'static str],
}

impl Table {
    /// What lists can be asked by.
    pub fn asked(&self) -> Vec<Field> {
        let id = Field { name: "id".into(), kind: FieldKind::Id, nullable: false, sortable: false };
        let field = |field: &TableField| {
            let kind = field.kind().filter(|_| field.asked)?;
            let sortable = !matches!(field.shape, Shape::Id);
            Some(Field { name: field.name.into(), kind, nullable: field.nullable, sortable })
        };
        std::iter::once(id).chain(self.fields.iter().filter_map(field)).collect()
    }

    fn columns(&self) -> Vec<Column> {
        let column = |field: Field| {
            let plain = Expr::col(Alias::new(field.name.as_ref()));
            let lower = match self.lowered.contains(&field.name.as_ref()) {
                true => Expr::col(Alias::new(format!("{}_lower", field.name))),
                false => plain.clone(),
            };
            Column { lower, ..Column::plain(field, plain) }
        };
        self.asked().into_iter().map(column).collect()
    }

    fn projected(&self, fields: &Projection) -> (SelectStatement, Vec<&'static TableField>) {
        let read: Vec<&TableField> = self.fields.iter().filter(|field| fields.has(field.name)).collect();
        let mut select = Query::select();
        select.from(Alias::new(self.name)).columns(["id", "revision"].map(Alias::new));
        select.columns(read.iter().map(|field| Alias::new(field.name)));
        (select, read)
    }

    /// One page of the rows that `seen` lets through.
    pub async fn list<C: ConnectionTrait>(&self, conn: &C, query: &ListQuery, seen: Condition) -> Result<Page<Row>, Error> {
        let (mut select, read) = self.projected(&query.fields);
        select.cond_where(seen);
        let listing = Listing { select, width: read.len() + 2, columns: &self.columns(), id: Expr::col(Alias::new("id")) };
        list(conn, listing, query, |row| Ok(self.read(row, &read)?.row)).await
    }

    /// Those of these rows that `seen` lets through, in no particular order.
    pub async fn get_many<C: ConnectionTrait>(
        &self,
        conn: &C,
        ids: &[Id],
        fields: &Projection,
        seen: Condition,
    ) -> Result<Vec<Found>, Error> {
        let (mut select, read) = self.projected(fields);
        select.cond_where(seen).and_where(Expr::col(Alias::new("id")).is_in(ids.iter().map(|id| id.0)));
        conn.query_all(&select).await?.iter().map(|row| self.read(row, &read)).collect()
    }

    /// One row with all its fields.
    pub async fn whole<C: ConnectionTrait>(&self, conn: &C, id: Id) -> Result<Option<Found>, Error> {
        let all = Projection(self.fields.iter().map(|field| field.name.into()).collect());
        Ok(self.get_many(conn, &[id], &all, Condition::all()).await?.pop())
    }

    fn read(&self, row: &QueryResult, fields: &[&TableField]) -> Result<Found, Error> {
        let mut sent = Row::with_capacity(fields.len() + 2);
        sent.insert("id".to_owned(), row.try_get_by_index::<Uuid>(0)?.to_string().into());
        sent.insert("type".to_owned(), self.resource.into());
        for (at, field) in fields.iter().enumerate() {
            let at = at + 2;
            let value = match field.shape {
                Shape::Id => row.try_get_by_index::<Option<Uuid>>(at)?.map(|id| id.to_string()).into(),
                Shape::Text | Shape::Date => row.try_get_by_index::<Option<String>>(at)?.into(),
                Shape::Whole => row.try_get_by_index::<Option<i64>>(at)?.into(),
                Shape::Flag => row.try_get_by_index::<Option<bool>>(at)?.into(),
                Shape::Instant => row.try_get_by_index::<Option<i64>>(at)?.map(|at| Instant(at).print()).into(),
                Shape::Json => match row.try_get_by_index::<Option<String>>(at)? {
                    Some(json) => serde_json::from_str(&json)?,
                    None => Value::Null,
                },
            };
            sent.insert(field.name.to_owned(), value);
        }
        Ok(Found { revision: Revision(row.try_get_by_index(1)?), row: sent })
    }
}
