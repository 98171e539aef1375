//! What is read of a body besides its own row: those before and after it, and how it was called.

use super::a;
use crate::Error;
use kernel::query::Projection;
use kernel::{Id, Row};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, UnionType};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::{Value, json};
use std::collections::HashMap;
use store::sql::col;

/// Fields of a body that lie in other tables.
pub(crate) const FAR_FIELDS: [&str; 4] = ["predecessors", "successors", "former_names", "former_codes"];

/// Adds to rows of bodies those of their far fields that are asked for, with two statements at most.
pub(crate) async fn fill<C: ConnectionTrait>(conn: &C, rows: &mut [&mut Row], fields: &Projection) -> Result<(), Error> {
    let asked = |names: [&'static str; 2]| names.into_iter().filter(|name| fields.has(name)).collect::<Vec<_>>();
    let (around, formerly) = (asked(["predecessors", "successors"]), asked(["former_names", "former_codes"]));
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| Some(Id::parse(row.get("id")?.as_str()?)?.0)).collect();
    let mut found: HashMap<(Uuid, &'static str), Vec<Value>> = HashMap::new();
    if !ids.is_empty() && !around.is_empty() {
        successions(conn, &ids, &mut found).await?;
    }
    if !ids.is_empty() && !formerly.is_empty() {
        former(conn, &ids, &mut found).await?;
    }
    for row in rows {
        let Some(id) = row.get("id").and_then(Value::as_str).and_then(Id::parse) else { continue };
        for &name in around.iter().chain(&formerly) {
            row.insert(name.to_owned(), found.remove(&(id.0, name)).unwrap_or_default().into());
        }
    }
    Ok(())
}

type Far = HashMap<(Uuid, &'static str), Vec<Value>>;

/// Both sides of every succession of these bodies.
async fn successions<C: ConnectionTrait>(conn: &C, ids: &[Uuid], found: &mut Far) -> Result<(), Error> {
    let side = |of: &'static str, other: &'static str| {
        Query::select()
            .exprs([col("s", of), Expr::val(of), col("s", "day"), col("s", "place")])
            .exprs(["id", "name", "code"].map(|name| col("i", name)))
            .exprs(["change", "extent", "basis"].map(|name| col("s", name)))
            .from_as(a("issuer_successions"), a("s"))
            .join_as(JoinType::InnerJoin, a("issuers"), a("i"), col("i", "id").equals((a("s"), a(other))))
            .and_where(col("s", of).is_in(ids.iter().copied()))
            .to_owned()
    };
    let both = side("successor_id", "predecessor_id").union(UnionType::All, side("predecessor_id", "successor_id")).to_owned();
    let mut lines = Vec::new();
    for row in conn.query_all(&both).await? {
        lines.push(Line::read(&row)?);
    }
    lines.sort_by(|one, two| one.order().cmp(&two.order()));
    for line in lines {
        found.entry((line.of, line.field)).or_default().push(line.sent);
    }
    Ok(())
}

/// One side of a succession.
struct Line {
    of: Uuid,
    field: &'static str,
    day: Option<String>,
    place: i64,
    name: String,
    sent: Value,
}

impl Line {
    fn read(row: &QueryResult) -> Result<Self, Error> {
        let is_successor = row.try_get_by_index::<String>(1)? == "successor_id";
        let (day, name): (Option<String>, String) = (row.try_get_by_index(2)?, row.try_get_by_index(5)?);
        let sent = json!({
            "issuer_id": row.try_get_by_index::<Uuid>(4)?.to_string(),
            "name": name,
            "code": row.try_get_by_index::<String>(6)?,
            "on": day,
            "change": row.try_get_by_index::<String>(7)?,
            "extent": row.try_get_by_index::<String>(8)?,
            "basis": row.try_get_by_index::<Option<String>>(9)?,
        });
        let field = if is_successor { "predecessors" } else { "successors" };
        let place = if is_successor { row.try_get_by_index(3)? } else { 0 };
        Ok(Self { of: row.try_get_by_index(0)?, field, day, place, name, sent })
    }

    /// Predecessors as they were told, successors by day and name.
    fn order(&self) -> (i64, bool, Option<&str>, &str) {
        match self.field {
            "predecessors" => (self.place, false, None, ""),
            _ => (0, self.day.is_none(), self.day.as_deref(), &self.name),
        }
    }
}

/// Former names and codes of these bodies. The present name in a former place is no former name.
async fn former<C: ConnectionTrait>(conn: &C, ids: &[Uuid], found: &mut Far) -> Result<(), Error> {
    let of = |table: &'static str, column: &'static str| {
        Query::select()
            .exprs([col("f", "issuer_id"), Expr::val(column), col("f", column)])
            .from_as(a(table), a("f"))
            .and_where(col("f", "issuer_id").is_in(ids.iter().copied()))
            .to_owned()
    };
    let names = of("issuer_former_names", "name")
        .join_as(JoinType::InnerJoin, a("issuers"), a("i"), col("i", "id").equals((a("f"), a("issuer_id"))))
        .and_where(col("f", "name_key").ne(col("i", "name_key")))
        .to_owned();
    let both = names.clone().union(UnionType::All, of("issuer_former_codes", "code")).to_owned();
    let mut lines: Vec<(Uuid, String, String)> = Vec::new();
    for row in conn.query_all(&both).await? {
        lines.push((row.try_get_by_index(0)?, row.try_get_by_index(1)?, row.try_get_by_index(2)?));
    }
    lines.sort_unstable();
    lines.dedup();
    for (id, column, value) in lines {
        let field = if column == "name" { "former_names" } else { "former_codes" };
        found.entry((id, field)).or_default().push(value.into());
    }
    Ok(())
}
