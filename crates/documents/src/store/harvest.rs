//! Rows of what harvesters are told.

use super::gazette_items::address;
use super::{a, col};
use crate::Error;
use crate::content::Content;
use crate::harvest::{HarvestQuery, HarvestSet, Harvested, RelatedAct, Wanted};
use kernel::{Id, Instant};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, JoinType, OnConflict, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use std::collections::HashMap;
use store::WriteTxn;

/// Takes down what everybody sees of a document now: that it has changed, or that it is gone.
pub(crate) async fn mark(txn: &WriteTxn, document: Id) -> Result<(), Error> {
    let body = Query::select()
        .expr(Expr::val(1))
        .from_as(a("document_bodies"), a("b"))
        .and_where(col("b", "edition_id").equals((a("e"), a("id"))))
        .to_owned();
    let live = Query::select()
        .exprs([col("e", "issuer_id"), col("e", "doc_type"), Expr::exists(body)])
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "document_id").eq(document.0))
        .and_where(col("e", "live"))
        .to_owned();
    let Some(row) = txn.conn().query_one(&live).await? else {
        let update = Query::update()
            .table(a("document_harvest"))
            .value(a("gone"), true)
            .value(a("changed_at"), txn.now().0)
            .and_where(Expr::col(a("document_id")).eq(document.0))
            .and_where(Expr::col(a("gone")).not())
            .to_owned();
        txn.conn().execute(&update).await?;
        return Ok(());
    };
    let told = Told { has_text: row.try_get_by_index(2)?, issuer: row.try_get_by_index(0)?, doc_type: row.try_get_by_index(1)? };
    keep(txn, document, told).await
}

/// Takes down a new document that everybody sees.
pub(crate) async fn enter(txn: &WriteTxn, document: Id, content: &Content) -> Result<(), Error> {
    let told = Told {
        has_text: content.body_text.is_some(),
        issuer: content.issuer_id.map(|id| id.0),
        doc_type: content.doc_type.clone(),
    };
    keep(txn, document, told).await
}

/// What the list tells of a document.
struct Told {
    has_text: bool,
    issuer: Option<Uuid>,
    doc_type: Option<String>,
}

async fn keep(txn: &WriteTxn, document: Id, told: Told) -> Result<(), Error> {
    let columns = ["changed_at", "gone", "has_text", "issuer_id", "doc_type"].map(a);
    let insert = Query::insert()
        .into_table(a("document_harvest"))
        .columns([a("document_id")].into_iter().chain(columns.clone()))
        .values_panic([
            document.0.into(),
            txn.now().0.into(),
            false.into(),
            told.has_text.into(),
            told.issuer.into(),
            told.doc_type.into(),
        ])
        .on_conflict(OnConflict::column(a("document_id")).update_columns(columns).to_owned())
        .to_owned();
    txn.conn().execute(&insert).await?;
    Ok(())
}

/// Takes down that something is told otherwise of those of these documents that everybody sees.
pub(crate) async fn touch(txn: &WriteTxn, documents: &[Id]) -> Result<(), Error> {
    if documents.is_empty() {
        return Ok(());
    }
    changed(txn, Expr::col(a("document_id")).is_in(documents.iter().map(|id| id.0))).await
}

/// The same of all documents of an authority.
pub(crate) async fn touch_issued_by(txn: &WriteTxn, issuer: Id) -> Result<(), Error> {
    changed(txn, Expr::col(a("issuer_id")).eq(issuer.0)).await
}

async fn changed(txn: &WriteTxn, which: Expr) -> Result<(), Error> {
    let update = Query::update()
        .table(a("document_harvest"))
        .value(a("changed_at"), txn.now().0)
        .and_where(which)
        .and_where(Expr::col(a("gone")).not())
        .to_owned();
    txn.conn().execute(&update).await?;
    Ok(())
}

fn list() -> SelectStatement {
    Query::select()
        .exprs(["document_id", "changed_at", "gone", "has_text", "doc_type"].map(|name| col("h", name)))
        .expr(col("i", "code"))
        .from_as(a("document_harvest"), a("h"))
        .join_as(JoinType::LeftJoin, a("issuers"), a("i"), col("i", "id").equals((a("h"), a("issuer_id"))))
        .to_owned()
}

fn read(row: &QueryResult) -> Result<Harvested, Error> {
    Ok(Harvested {
        id: Id(row.try_get_by_index(0)?),
        changed_at: Instant(row.try_get_by_index(1)?),
        gone: row.try_get_by_index(2)?,
        has_text: row.try_get_by_index(3)?,
        doc_type: row.try_get_by_index(4)?,
        issuer_code: row.try_get_by_index(5)?,
    })
}

/// One row more than is asked for, where there is one.
pub(crate) async fn page<C: ConnectionTrait>(conn: &C, query: &HarvestQuery) -> Result<Vec<Harvested>, Error> {
    let mut select = list();
    let at = || col("h", "changed_at");
    if let Some(from) = query.from {
        select.and_where(at().gte(from.0));
    }
    if let Some(before) = query.before {
        select.and_where(at().lt(before.0));
    }
    if let Some((changed_at, id)) = query.after {
        // The first condition is the one that an index can seek to.
        let behind = at().gt(changed_at.0).or(col("h", "document_id").gt(id.0));
        select.and_where(at().gte(changed_at.0)).and_where(behind);
    }
    match &query.set {
        HarvestSet::All => {}
        HarvestSet::Issued => {
            select.and_where(col("h", "issuer_id").is_not_null());
        }
        HarvestSet::IssuedBy(code) => {
            let issuer =
                Query::select().column(a("id")).from(a("issuers")).and_where(Expr::col(a("code")).eq(code.as_str())).to_owned();
            select.and_where(col("h", "issuer_id").eq(Expr::SubQuery(None, Box::new(issuer.into()))));
        }
        HarvestSet::Typed => {
            select.and_where(col("h", "doc_type").is_not_null());
        }
        HarvestSet::OfType(slug) => {
            select.and_where(col("h", "doc_type").eq(slug.as_str()));
        }
    }
    if query.wanted == Wanted::Text {
        select.and_where(col("h", "has_text"));
    }
    select.order_by_expr(at(), Order::Asc).order_by_expr(col("h", "document_id"), Order::Asc).limit(query.size.saturating_add(1));
    conn.query_all(&select).await?.iter().map(read).collect()
}

pub(crate) async fn one<C: ConnectionTrait>(conn: &C, id: Id) -> Result<Option<Harvested>, Error> {
    let select = list().and_where(col("h", "document_id").eq(id.0)).to_owned();
    conn.query_one(&select).await?.as_ref().map(read).transpose()
}

pub(crate) async fn span<C: ConnectionTrait>(conn: &C) -> Result<Option<(Instant, Instant)>, Error> {
    let end = |order: Order| {
        Query::select().column(a("changed_at")).from(a("document_harvest")).order_by(a("changed_at"), order).limit(1).to_owned()
    };
    let at = |row: Option<QueryResult>| row.map(|row| row.try_get_by_index(0).map(Instant)).transpose();
    let first = at(conn.query_one(&end(Order::Asc)).await?)?;
    let last = at(conn.query_one(&end(Order::Desc)).await?)?;
    Ok(first.zip(last))
}

pub(crate) async fn issuers<C: ConnectionTrait>(
    conn: &C,
    after: Option<&str>,
    size: u64,
) -> Result<Vec<(String, String)>, Error> {
    let known = Query::select()
        .expr(Expr::val(1))
        .from_as(a("document_harvest"), a("h"))
        .and_where(col("h", "issuer_id").equals((a("i"), a("id"))))
        .to_owned();
    let mut select = Query::select();
    select
        .exprs([col("i", "code"), col("i", "name")])
        .from_as(a("issuers"), a("i"))
        .and_where(Expr::exists(known))
        .order_by_expr(col("i", "code"), Order::Asc)
        .limit(size);
    if let Some(after) = after {
        select.and_where(col("i", "code").gt(after));
    }
    conn.query_all(&select).await?.iter().map(|row| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?))).collect()
}

pub(crate) async fn doc_types<C: ConnectionTrait>(conn: &C) -> Result<Vec<String>, Error> {
    let select = Query::select()
        .distinct()
        .column(a("doc_type"))
        .from(a("document_harvest"))
        .and_where(Expr::col(a("doc_type")).is_not_null())
        .order_by(a("doc_type"), Order::Asc)
        .to_owned();
    conn.query_all(&select).await?.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// What the published editions of these documents do to others, or refer to, each act once for a document.
pub(crate) async fn related<C: ConnectionTrait>(conn: &C, documents: &[Id]) -> Result<HashMap<Id, Vec<RelatedAct>>, Error> {
    let live =
        |of: &'static str, id: &'static str| Cond::all().add(col(of, "document_id").equals((a("r"), a(id)))).add(col(of, "live"));
    let select = Query::select()
        .exprs([col("r", "document_id"), col("o", "document_id"), col("r", "target_number"), col("r", "target_title")])
        .exprs([col("i", "code"), col("o", "address_type"), col("o", "address_year"), col("o", "address_number")])
        .from_as(a("document_relations"), a("r"))
        .join_as(JoinType::InnerJoin, a("document_editions"), a("s"), live("s", "document_id"))
        .join_as(JoinType::LeftJoin, a("document_editions"), a("o"), live("o", "target_id"))
        .join_as(JoinType::LeftJoin, a("issuers"), a("i"), col("i", "id").equals((a("o"), a("issuer_id"))))
        .and_where(col("r", "document_id").is_in(documents.iter().map(|id| id.0)))
        .and_where(col("r", "standing").ne("rejected"))
        .and_where(col("r", "edition_id").is_null().or(col("r", "edition_id").equals((a("s"), a("id")))))
        .order_by_expr(col("r", "id"), Order::Asc)
        .to_owned();
    let mut related: HashMap<Id, Vec<RelatedAct>> = HashMap::new();
    for row in conn.query_all(&select).await? {
        let act = RelatedAct {
            document: row.try_get_by_index::<Option<Uuid>>(1)?.map(Id),
            number: row.try_get_by_index(2)?,
            title: row.try_get_by_index(3)?,
            address: address(&row, 4)?,
        };
        let acts = related.entry(Id(row.try_get_by_index(0)?)).or_default();
        if !acts.contains(&act) {
            acts.push(act);
        }
    }
    Ok(related)
}
