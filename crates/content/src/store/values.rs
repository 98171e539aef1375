//! `entry_values`: what lists filter and sort by, and every reference, of live and working editions.

use super::{a, col};
use crate::Error;
use content_types::{Definition, FieldDef, Value};
use kernel::{Id, Row, text};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SimpleExpr};
use std::collections::BTreeSet;

/// The longest text that is indexed, in characters: PostgreSQL limits rows of an index, and no filter
/// takes a longer one.
const LONGEST: usize = 500;

/// Which edition the values belong to.
#[derive(Debug, Clone)]
pub(crate) struct Of {
    pub edition: Id,
    pub entry: Id,
    pub type_id: Id,
    pub locale: String,
    pub source: bool,
    pub live: bool,
    pub working: bool,
}

const COLUMNS: [&str; 13] = [
    "edition_id",
    "entry_id",
    "type_id",
    "locale",
    "source",
    "live",
    "working",
    "field",
    "text",
    "lower",
    "number",
    "whole",
    "ref",
];

/// Writes the values of an edition; of all fields, or of some.
pub(crate) async fn write<C: ConnectionTrait>(
    conn: &C,
    of: &Of,
    (definition, data): (&Definition, &Row),
    only: Option<&[String]>,
) -> Result<(), Error> {
    let wanted = |name: &str| only.is_none_or(|only| only.iter().any(|field| field == name));
    let mut rows: Vec<(String, [SimpleExpr; 5])> = Vec::new();
    let mut there: BTreeSet<String> = BTreeSet::new();
    for value in definition.values(data).into_iter().filter(|value| wanted(&value.field)) {
        there.insert(value.field.clone());
        rows.push((value.field, columns(&value.value)));
    }
    for field in definition.fields().iter().filter(|field| always(field) && wanted(&field.name)) {
        if !there.contains(&field.name) {
            rows.push((field.name.clone(), nothing()));
        }
    }
    // References are kept whether lists can be asked by them or not: what is used is not deleted.
    let mut referred: BTreeSet<(String, Id)> = BTreeSet::new();
    for reference in definition.references(data) {
        let indexed = definition.field(&reference.field).is_some_and(|field| field.filterable);
        if wanted(&reference.field) && !indexed && referred.insert((reference.field.clone(), reference.id)) {
            rows.push((reference.field, columns(&Value::Id(reference.id))));
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert();
    insert.into_table(a("entry_values")).columns(COLUMNS.map(a));
    for (field, [text, lower, number, whole, reference]) in rows {
        insert.values_panic([
            of.edition.0.into(),
            of.entry.0.into(),
            of.type_id.0.into(),
            of.locale.as_str().into(),
            of.source.into(),
            of.live.into(),
            of.working.into(),
            field.into(),
            text,
            lower,
            number,
            whole,
            reference,
        ]);
    }
    conn.execute(&insert).await?;
    Ok(())
}

/// Whether a field has a row even where its value is missing.
fn always(field: &FieldDef) -> bool {
    field.sortable && !field.many
}

fn nothing() -> [SimpleExpr; 5] {
    [None::<String>.into(), None::<String>.into(), None::<f64>.into(), None::<i64>.into(), None::<sea_orm::prelude::Uuid>.into()]
}

fn columns(value: &Value) -> [SimpleExpr; 5] {
    let [mut text, mut lower, mut number, mut whole, mut reference] = nothing();
    match value {
        Value::Text(given) => {
            let given: String = given.chars().take(LONGEST).collect();
            lower = text::lower(&given).into();
            text = given.into();
        }
        Value::Number(given) => number = (*given).into(),
        Value::Whole(given) => whole = (*given).into(),
        Value::Flag(given) => whole = i64::from(*given).into(),
        Value::Id(given) => reference = given.0.into(),
    }
    [text, lower, number, whole, reference]
}

/// Removes the values of an edition; of all fields, or of some.
pub(crate) async fn clear<C: ConnectionTrait>(conn: &C, edition: Id, only: Option<&[String]>) -> Result<(), Error> {
    let mut delete = Query::delete();
    delete.from_table(a("entry_values")).and_where(Expr::col(a("edition_id")).eq(edition.0));
    if let Some(only) = only {
        delete.and_where(Expr::col(a("field")).is_in(only.iter().map(String::as_str)));
    }
    conn.execute(&delete).await?;
    Ok(())
}

/// Sets the flags of an edition's values as its own are.
pub(crate) async fn flag<C: ConnectionTrait>(conn: &C, edition: Id, live: bool, working: bool) -> Result<(), Error> {
    let update = Query::update()
        .table(a("entry_values"))
        .value(a("live"), live)
        .value(a("working"), working)
        .and_where(Expr::col(a("edition_id")).eq(edition.0))
        .to_owned();
    conn.execute(&update).await?;
    Ok(())
}

/// The entries whose live or working editions refer to `id`, with their types; at most `most` of them.
pub(crate) async fn referring<C: ConnectionTrait>(conn: &C, id: Id, most: u64) -> Result<Vec<(Id, String)>, Error> {
    let select = Query::select()
        .distinct()
        .expr(col("v", "entry_id"))
        .expr(col("r", "type"))
        .from_as(a("entry_values"), a("v"))
        .join_as(JoinType::InnerJoin, a("resources"), a("r"), col("v", "entry_id").eq(col("r", "id")))
        .and_where(col("v", "ref").eq(id.0))
        .limit(most)
        .to_owned();
    let rows = conn.query_all(&select).await?;
    rows.iter().map(|row| Ok((Id(row.try_get_by_index(0)?), row.try_get_by_index(1)?))).collect()
}
