//! What stands in issues of the official gazette, with the documents that it names.

use super::gazettes::issuer;
use super::{a, col};
use crate::Error;
use crate::gazette::{GazetteItem, Item};
use crate::policy::Sees;
use kernel::{Id, Row, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Cond, Expr, ExprTrait, JoinType, LockType, Order, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction, QueryResult};
use std::collections::BTreeSet;

/// How many rows one statement inserts.
const ROWS: usize = 200;

/// An item with the published edition of its document, where there is one.
pub(crate) struct Line {
    pub item: Item,
    live: Option<Live>,
}

struct Live {
    document: Id,
    number: Option<String>,
    title: Option<String>,
    issued_on: Option<String>,
    address: Option<String>,
}

impl Line {
    /// The item as a caller sees it; none where he sees nothing of it.
    pub fn shown(&self, sees: Sees) -> Option<GazetteItem> {
        let (item, live) = (&self.item, self.live.as_ref());
        let document_id = match sees {
            Sees::Published => live.map(|live| live.document),
            Sees::Drafts => item.document_id,
        };
        let shown = GazetteItem {
            document_id: document_id.map(|id| id.to_string()),
            number: item.number.clone().or_else(|| live?.number.clone()),
            title: item.title.clone().or_else(|| live?.title.clone()),
            issued_on: item.issued_on.clone().or_else(|| live?.issued_on.clone()),
            pages: item.pages.clone(),
            address: live.and_then(|live| live.address.clone()),
        };
        (shown.document_id.is_some() || shown.number.is_some() || shown.title.is_some()).then_some(shown)
    }
}

/// The items of these issues in their order.
pub(crate) async fn of<C: ConnectionTrait>(conn: &C, gazettes: &[Id]) -> Result<Vec<(Id, Line)>, Error> {
    if gazettes.is_empty() {
        return Ok(Vec::new());
    }
    let live = Cond::all().add(col("t", "document_id").equals((a("x"), a("document_id")))).add(col("t", "live"));
    let select = Query::select()
        .exprs(["gazette_id", "document_id", "found", "number", "title", "issued_on", "pages"].map(|name| col("x", name)))
        .exprs(["document_id", "number", "title", "issued_on"].map(|name| col("t", name)))
        .exprs([col("i", "code"), col("t", "address_type"), col("t", "address_year"), col("t", "address_number")])
        .from_as(a("gazette_items"), a("x"))
        .join_as(JoinType::LeftJoin, a("document_editions"), a("t"), live)
        .join_as(JoinType::LeftJoin, a("issuers"), a("i"), col("i", "id").equals((a("t"), a("issuer_id"))))
        .and_where(col("x", "gazette_id").is_in(gazettes.iter().map(|id| id.0)))
        .order_by_expr(col("x", "gazette_id"), Order::Asc)
        .order_by_expr(col("x", "place"), Order::Asc)
        .to_owned();
    conn.query_all(&select).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<(Id, Line), Error> {
    let text = |at: usize| row.try_get_by_index::<Option<String>>(at);
    let item = Item {
        document_id: row.try_get_by_index::<Option<Uuid>>(1)?.map(Id),
        found: row.try_get_by_index(2)?,
        number: text(3)?,
        title: text(4)?,
        issued_on: text(5)?,
        pages: text(6)?,
    };
    let live = match row.try_get_by_index::<Option<Uuid>>(7)? {
        Some(document) => Some(Live {
            document: Id(document),
            number: text(8)?,
            title: text(9)?,
            issued_on: text(10)?,
            address: address(row, 11)?,
        }),
        None => None,
    };
    Ok((Id(row.try_get_by_index(0)?), Line { item, live }))
}

/// An address under `/eli`, from the code of the issuer, and type, year and number.
pub(crate) fn address(row: &QueryResult, at: usize) -> Result<Option<String>, Error> {
    let text = |at: usize| row.try_get_by_index::<Option<String>>(at);
    Ok(match (text(at)?, text(at + 1)?, text(at + 2)?, text(at + 3)?) {
        (Some(code), Some(kind), Some(year), Some(number)) => Some(crate::eli_path(&code, &kind, &year, &number)),
        _ => None,
    })
}

/// Gives an issue these items instead of those it had.
pub(crate) async fn replace(txn: &DatabaseTransaction, gazette: Id, items: &[Item]) -> Result<(), Error> {
    let clear = Query::delete().from_table(a("gazette_items")).and_where(Expr::col(a("gazette_id")).eq(gazette.0)).to_owned();
    txn.execute(&clear).await?;
    let placed: Vec<(i64, &Item)> = (1..).zip(items).collect();
    for chunk in placed.chunks(ROWS) {
        let columns = ["gazette_id", "place", "document_id", "found", "number", "number_lower", "title", "issued_on", "pages"];
        let mut insert = Query::insert().into_table(a("gazette_items")).columns(columns.map(a)).to_owned();
        for (place, item) in chunk {
            insert.values_panic([
                gazette.0.into(),
                (*place).into(),
                item.document_id.map(|id| id.0).into(),
                item.found.into(),
                item.number.clone().into(),
                item.number.as_deref().map(text::lower).into(),
                item.title.clone().into(),
                item.issued_on.clone().into(),
                item.pages.clone().into(),
            ]);
        }
        txn.execute(&insert).await?;
    }
    Ok(())
}

/// Which of these documents there are; they stay until the transaction ends.
pub(crate) async fn known_documents(txn: &DatabaseTransaction, ids: &[Id]) -> Result<BTreeSet<Id>, Error> {
    if ids.is_empty() {
        return Ok(BTreeSet::new());
    }
    let select = Query::select()
        .column(a("id"))
        .from(a("documents"))
        .and_where(Expr::col(a("id")).is_in(ids.iter().map(|id| id.0)))
        .order_by(a("id"), Order::Asc)
        .lock(LockType::KeyShare)
        .to_owned();
    txn.query_all(&select).await?.iter().map(|row| Ok(Id(row.try_get_by_index(0)?))).collect()
}

/// Takes a document that is about to be removed out of the issues that say nothing of it but its id.
pub(crate) async fn drop_bare(txn: &DatabaseTransaction, document: Id) -> Result<(), Error> {
    let delete = Query::delete()
        .from_table(a("gazette_items"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a("number")).is_null())
        .and_where(Expr::col(a("title")).is_null())
        .to_owned();
    txn.execute(&delete).await?;
    Ok(())
}

/// The issues in which a document stands, from the first on.
pub(crate) async fn issues<C: ConnectionTrait>(conn: &C, document: Id) -> Result<Vec<Row>, Error> {
    let select = Query::select()
        .exprs([col("g", "id"), col("g", "number"), col("g", "issued_on"), col("g", "title"), col("x", "pages")])
        .exprs(["id", "name", "slug", "code"].map(|name| col("i", name)))
        .from_as(a("gazette_items"), a("x"))
        .join_as(JoinType::InnerJoin, a("gazettes"), a("g"), col("g", "id").equals((a("x"), a("gazette_id"))))
        .join_as(JoinType::LeftJoin, a("issuers"), a("i"), col("i", "id").equals((a("g"), a("issuer_id"))))
        .and_where(col("x", "document_id").eq(document.0))
        .order_by_expr(col("g", "issued_on"), Order::Asc)
        .order_by_expr(col("g", "id"), Order::Asc)
        .to_owned();
    let read = |row: &QueryResult| -> Result<Row, Error> {
        let text = |at: usize| row.try_get_by_index::<Option<String>>(at);
        let mut sent = Row::new();
        sent.insert("id".to_owned(), row.try_get_by_index::<Uuid>(0)?.to_string().into());
        sent.insert("type".to_owned(), "gazette".into());
        for (at, name) in [(1, "number"), (2, "issued_on"), (3, "title")] {
            sent.insert(name.to_owned(), text(at)?.into());
        }
        sent.insert("issuer".to_owned(), issuer(row, 5)?);
        sent.insert("pages".to_owned(), text(4)?.into());
        Ok(sent)
    };
    conn.query_all(&select).await?.iter().map(read).collect()
}
