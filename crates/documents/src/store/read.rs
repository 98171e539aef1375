//! From rows to what a reader sees, by projection: a column that is not asked for is not read.

use super::gazetted;
use super::schema::{a, col, status_on};
use crate::content::LegalBase;
use kernel::query::{Projection, State};
use kernel::{Id, Instant, Row};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::{Value, json};
use std::collections::HashMap;
use store::Error;
use time::Date;

/// How a field is read from its columns.
#[derive(Clone, Copy)]
enum Shape {
    Type,
    Text,
    Id,
    Number,
    Instant,
    Json,
    Issuer,
}

/// Documents as rows.
pub(crate) struct DocumentRows {
    shapes: Vec<(&'static str, Shape, usize)>,
    width: usize,
    select: SelectStatement,
}

/// Every field of a document in the order in which it is sent.
const FIELDS: [(&str, Shape); 26] = [
    ("id", Shape::Id),
    ("type", Shape::Type),
    ("number", Shape::Text),
    ("doc_type", Shape::Text),
    ("title", Shape::Text),
    ("issuer_id", Shape::Id),
    ("issuer", Shape::Issuer),
    ("place", Shape::Text),
    ("issued_on", Shape::Text),
    ("effective_on", Shape::Text),
    ("expires_on", Shape::Text),
    ("status", Shape::Text),
    ("state", Shape::Text),
    ("signer_name", Shape::Text),
    ("signer_title", Shape::Text),
    ("signer_capacity", Shape::Text),
    ("gazette_number", Shape::Text),
    ("gazette_date", Shape::Text),
    ("language", Shape::Text),
    ("legal_bases", Shape::Json),
    ("body_text", Shape::Text),
    ("source_file_id", Shape::Id),
    ("revision", Shape::Number),
    ("created_at", Shape::Instant),
    ("updated_at", Shape::Instant),
    ("published_at", Shape::Instant),
];

impl DocumentRows {
    /// Reads these fields (`id`, `type` and `issuer_id` always) of the edition that `state` names.
    pub fn new(fields: &Projection, state: State, day: Date) -> Self {
        let mut select = Query::select();
        select.from_as(a("document_editions"), a("e"));
        select.and_where(match state {
            State::Published => col("e", "live"),
            State::Draft => col("e", "working"),
        });
        Self::of(select, fields, day)
    }

    /// Reads these fields from a SELECT over editions.
    pub fn of(mut select: SelectStatement, fields: &Projection, day: Date) -> Self {
        let mut shapes = Vec::with_capacity(FIELDS.len());
        let mut width = 0;
        for (name, shape) in FIELDS {
            if !(matches!(name, "id" | "type" | "issuer_id") || fields.has(name)) {
                continue;
            }
            shapes.push((name, shape, width));
            match (name, shape) {
                (_, Shape::Type) => continue,
                ("id", _) => select.expr(col("e", "document_id")),
                ("status", _) => select.expr(status_on(day)),
                ("gazette_number", _) => select.expr(gazetted::number()),
                ("gazette_date", _) => select.expr(gazetted::date()),
                ("body_text", _) => select
                    .join_as(JoinType::LeftJoin, a("document_bodies"), a("b"), col("b", "edition_id").equals((a("e"), a("id"))))
                    .expr(col("b", "body_text")),
                (_, Shape::Issuer) => {
                    width += 3;
                    select
                        .join_as(JoinType::LeftJoin, a("issuers"), a("i"), col("i", "id").equals((a("e"), a("issuer_id"))))
                        .exprs(["id", "name", "slug", "code"].map(|name| col("i", name)))
                }
                (name, _) => select.expr(Expr::col((a("e"), sea_orm::sea_query::Alias::new(name)))),
            };
            width += 1;
        }
        Self { shapes, width, select }
    }

    /// The SELECT and how many columns it projects.
    pub fn select(&self) -> (SelectStatement, usize) {
        (self.select.clone(), self.width)
    }

    /// One row as it is sent.
    pub fn read(&self, row: &QueryResult) -> Result<Row, Error> {
        let mut sent = Row::with_capacity(self.shapes.len());
        for &(name, shape, at) in &self.shapes {
            let value = match shape {
                Shape::Type => Value::from("document"),
                Shape::Text => row.try_get_by_index::<Option<String>>(at)?.into(),
                Shape::Id => row.try_get_by_index::<Option<Uuid>>(at)?.map(|id| id.to_string()).into(),
                Shape::Number => row.try_get_by_index::<Option<i64>>(at)?.into(),
                Shape::Instant => row.try_get_by_index::<Option<i64>>(at)?.map(|at| Instant(at).print()).into(),
                Shape::Json => serde_json::from_str(&row.try_get_by_index::<String>(at)?)?,
                Shape::Issuer => match row.try_get_by_index::<Option<Uuid>>(at)? {
                    Some(id) => json!({
                        "id": id.to_string(),
                        "name": row.try_get_by_index::<String>(at + 1)?,
                        "slug": row.try_get_by_index::<String>(at + 2)?,
                        "code": row.try_get_by_index::<String>(at + 3)?,
                    }),
                    None => Value::Null,
                },
            };
            sent.insert(name.to_owned(), value);
        }
        Ok(sent)
    }
}

/// Fills `document_id` of the legal bases of `rows` with one statement: the document that alone
/// has that number (and date, where the basis states one) among the editions that `state` names.
pub(crate) async fn resolve_bases<C: ConnectionTrait>(conn: &C, rows: &mut [&mut Row], state: State) -> Result<(), Error> {
    let mut bases: Vec<&mut Value> =
        rows.iter_mut().filter_map(|row| row.get_mut("legal_bases")).filter_map(Value::as_array_mut).flatten().collect();
    let mut numbers: Vec<String> = bases.iter().filter_map(|base| base.get("number")?.as_str().map(str::to_owned)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        return Ok(());
    }
    let select = Query::select()
        .exprs(["number", "issued_on", "document_id"].map(|name| col("e", name)))
        .from_as(a("document_editions"), a("e"))
        .and_where(if state == State::Draft { col("e", "working") } else { col("e", "live") })
        .and_where(col("e", "number").is_in(numbers))
        .to_owned();
    let mut known: HashMap<String, Vec<(Option<String>, Uuid)>> = HashMap::new();
    for row in conn.query_all(&select).await? {
        let at = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        known.entry(row.try_get_by_index(0)?).or_default().push(at);
    }
    for value in &mut bases {
        let Ok(mut base) = serde_json::from_value::<LegalBase>(value.clone()) else { continue };
        let candidates = base.number.as_ref().and_then(|number| known.get(number)).map(Vec::as_slice).unwrap_or_default();
        let same_day = |day: &Option<String>| base.issued_on.is_none() || day.is_none() || *day == base.issued_on;
        let mut matching = candidates.iter().filter(|(day, _)| same_day(day));
        if let (Some((_, id)), None) = (matching.next(), matching.next()) {
            base.document_id = Some(Id(*id).to_string());
            **value = serde_json::to_value(base)?;
        }
    }
    Ok(())
}

/// The names of all fields of a document.
pub fn every_document_field() -> Vec<kernel::query::Name> {
    FIELDS.iter().map(|(name, _)| (*name).into()).collect()
}
