//! What the import of administrative units reads of the bodies that are there.

use super::issuers::{StoredIssuer, read_stored, stored};
use super::{a, col};
use crate::Error;
use kernel::Id;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Func, JoinType, Query};
use sea_orm::{ConnectionTrait, QueryResult};
use std::collections::{HashMap, HashSet};

/// Every body, oldest first, without its predecessors.
pub(crate) async fn every_body<C: ConnectionTrait>(conn: &C) -> Result<Vec<StoredIssuer>, Error> {
    let mut bodies = conn.query_all(&stored()).await?.iter().map(read_stored).collect::<Result<Vec<StoredIssuer>, Error>>()?;
    bodies.sort_by_key(|body| body.id);
    Ok(bodies)
}

/// The predecessors of every body.
pub(crate) async fn every_succession<C: ConnectionTrait>(conn: &C) -> Result<HashMap<Id, Vec<Id>>, Error> {
    let select = Query::select().columns(["successor_id", "predecessor_id"].map(a)).from(a("issuer_successions")).to_owned();
    let mut of: HashMap<Id, Vec<Id>> = HashMap::new();
    for row in conn.query_all(&select).await? {
        of.entry(Id(row.try_get_by_index(0)?)).or_default().push(Id(row.try_get_by_index(1)?));
    }
    Ok(of)
}

/// Every former code, and every key of a former name with its place, beside the body that had it.
pub(crate) async fn every_former<C: ConnectionTrait>(conn: &C) -> Result<HashSet<(Id, String)>, Error> {
    let codes = Query::select().columns(["issuer_id", "code"].map(a)).from(a("issuer_former_codes")).to_owned();
    let names = Query::select().columns(["issuer_id", "name_key", "area_name"].map(a)).from(a("issuer_former_names")).to_owned();
    let mut former = HashSet::new();
    for row in conn.query_all(&codes).await? {
        former.insert((Id(row.try_get_by_index(0)?), row.try_get_by_index(1)?));
    }
    for row in conn.query_all(&names).await? {
        let (key, area): (String, String) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        former.insert((Id(row.try_get_by_index(0)?), format!("{key}|{area}")));
    }
    Ok(former)
}

/// How many documents of each body were issued before a day, and how many since.
pub(crate) async fn issued_around<C: ConnectionTrait>(conn: &C, day: &str) -> Result<HashMap<Id, (i64, i64)>, Error> {
    let before = Expr::case(col("e", "issued_on").lt(day), 1).finally(0);
    let select = Query::select()
        .exprs([col("e", "issuer_id"), Func::count(col("e", "issued_on")).into()])
        .expr(Func::coalesce([Func::sum(before).cast_as(a("bigint")), Expr::val(0)]))
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "working"))
        .and_where(col("e", "issuer_id").is_not_null())
        .group_by_col((a("e"), a("issuer_id")))
        .to_owned();
    let read = |row: &QueryResult| {
        let (dated, before): (i64, i64) = (row.try_get_by_index(1)?, row.try_get_by_index(2)?);
        Ok((Id(row.try_get_by_index::<Uuid>(0)?), (before, dated - before)))
    };
    conn.query_all(&select).await?.iter().map(read).collect()
}

/// How many documents were issued when their issuer was not there yet, or no longer.
pub(crate) async fn issued_outside_validity<C: ConnectionTrait>(conn: &C) -> Result<u64, Error> {
    let select = Query::select()
        .expr(Func::count(Expr::val(1)))
        .from_as(a("document_editions"), a("e"))
        .join_as(JoinType::InnerJoin, a("issuers"), a("i"), col("i", "id").equals((a("e"), a("issuer_id"))))
        .and_where(col("e", "working"))
        .cond_where(
            Cond::any()
                .add(col("e", "issued_on").lt(col("i", "valid_from")))
                .add(col("e", "issued_on").gte(col("i", "valid_until"))),
        )
        .to_owned();
    let count = conn.query_one(&select).await?.map(|row| row.try_get_by_index::<i64>(0)).transpose()?;
    Ok(u64::try_from(count.unwrap_or(0)).unwrap_or(0))
}
