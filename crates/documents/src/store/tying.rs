//! Which documents the items of gazettes mean that say number and day: the one published document that has them.
//!
//! Who comes later ties: an issue when it is entered, a document when everybody sees it, or sees it no longer. Where several
//! documents have number and day, as those of two communes do, the abstract decides; where that does not, none is meant.

use super::{a, col, harvest};
use crate::Error;
use kernel::{Id, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::WriteTxn;

/// What items and documents are matched by: the number in lower case and the day of issue.
pub(crate) type Name = (String, String);

/// An item that says number and day.
struct Open {
    gazette: Uuid,
    place: i64,
    name: Name,
    title: Option<String>,
    document: Option<Uuid>,
}

/// Documents of a name, with their abstracts.
type Candidates = HashMap<Name, Vec<(Uuid, Option<String>)>>;

/// The name of the published edition of a document.
pub(crate) async fn name_of(txn: &DatabaseTransaction, document: Id) -> Result<Option<Name>, Error> {
    let select = Query::select()
        .exprs(["number_lower", "issued_on"].map(|name| col("e", name)))
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "document_id").eq(document.0))
        .and_where(col("e", "live"))
        .to_owned();
    let Some(row) = txn.query_one(&select).await? else { return Ok(None) };
    let text = |at: usize| row.try_get_by_index::<Option<String>>(at);
    Ok(text(0)?.zip(text(1)?))
}

/// Ties the items of these names, in whatever issue, to the documents that they mean now.
pub(crate) async fn tie(txn: &WriteTxn, names: &BTreeSet<Name>) -> Result<(), Error> {
    if names.is_empty() {
        return Ok(());
    }
    let open = open(txn.conn(), names).await?;
    if open.is_empty() {
        return Ok(());
    }
    let candidates = candidates(txn.conn(), names).await?;
    let told = told(txn.conn(), &candidates).await?;
    let mut touched = Vec::new();
    let mut meant: Vec<Option<Uuid>> = open.iter().map(|item| meant(item, &candidates, &told)).collect();
    leave_doubles(&open, &mut meant, &candidates);
    for (item, document) in open.iter().zip(meant) {
        if item.document != document {
            let update = Query::update()
                .table(a("gazette_items"))
                .value(a("document_id"), document)
                .value(a("found"), document.is_some())
                .and_where(Expr::col(a("gazette_id")).eq(item.gazette))
                .and_where(Expr::col(a("place")).eq(item.place))
                .to_owned();
            txn.conn().execute(&update).await?;
            touched.extend(item.document.into_iter().chain(document).map(Id));
        }
    }
    harvest::touch(txn, &touched).await
}

/// The document that an item means, where it is one.
fn meant(item: &Open, candidates: &Candidates, told: &HashSet<(Uuid, Uuid)>) -> Option<Uuid> {
    let mut left: Vec<_> = candidates.get(&item.name)?.iter().collect();
    left.retain(|(document, _)| !told.contains(&(item.gazette, *document)));
    if left.len() > 1 {
        left.retain(|(_, title)| same_title(&item.title, title));
    }
    match left.as_slice() {
        [(document, _)] => Some(*document),
        _ => None,
    }
}

fn same_title(one: &Option<String>, other: &Option<String>) -> bool {
    let key = |title: &Option<String>| title.as_deref().map(text::name_key);
    one.is_some() && key(one) == key(other)
}

/// A document stands once in an issue: of two items that mean it, the one with its abstract does.
fn leave_doubles(open: &[Open], meant: &mut [Option<Uuid>], candidates: &Candidates) {
    let mut by_document: HashMap<(Uuid, Uuid), Vec<usize>> = HashMap::new();
    for (at, (item, document)) in open.iter().zip(meant.iter()).enumerate() {
        if let Some(document) = document {
            by_document.entry((item.gazette, *document)).or_default().push(at);
        }
    }
    for ((_, document), items) in by_document.into_iter().filter(|(_, items)| items.len() > 1) {
        let agrees = |at: &usize| {
            let item = open.get(*at)?;
            let (_, title) = candidates.get(&item.name)?.iter().find(|(other, _)| *other == document)?;
            same_title(&item.title, title).then_some(*at)
        };
        let agreeing: Vec<usize> = items.iter().filter_map(agrees).collect();
        for at in items.into_iter().filter(|at| agreeing.as_slice() != [*at]) {
            if let Some(document) = meant.get_mut(at) {
                *document = None;
            }
        }
    }
}

fn numbers(names: &BTreeSet<Name>) -> BTreeSet<String> {
    names.iter().map(|(number, _)| number.clone()).collect()
}

async fn open(txn: &DatabaseTransaction, names: &BTreeSet<Name>) -> Result<Vec<Open>, Error> {
    let select = Query::select()
        .columns(["gazette_id", "place", "number_lower", "issued_on", "title", "document_id"].map(a))
        .from(a("gazette_items"))
        .and_where(Expr::col(a("number_lower")).is_in(numbers(names)))
        .and_where(Expr::col(a("issued_on")).is_not_null())
        .and_where(Expr::col(a("document_id")).is_null().or(Expr::col(a("found"))))
        .to_owned();
    let mut open = Vec::new();
    for row in txn.query_all(&select).await? {
        let item = Open {
            gazette: row.try_get_by_index(0)?,
            place: row.try_get_by_index(1)?,
            name: (row.try_get_by_index(2)?, row.try_get_by_index(3)?),
            title: row.try_get_by_index(4)?,
            document: row.try_get_by_index(5)?,
        };
        if names.contains(&item.name) {
            open.push(item);
        }
    }
    Ok(open)
}

async fn candidates(txn: &DatabaseTransaction, names: &BTreeSet<Name>) -> Result<Candidates, Error> {
    let select = Query::select()
        .exprs(["document_id", "title", "number_lower", "issued_on"].map(|name| col("e", name)))
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "live"))
        .and_where(col("e", "number_lower").is_in(numbers(names)))
        .and_where(col("e", "issued_on").is_not_null())
        .to_owned();
    let mut candidates: Candidates = HashMap::new();
    for row in txn.query_all(&select).await? {
        let name: Name = (row.try_get_by_index(2)?, row.try_get_by_index(3)?);
        if names.contains(&name) {
            candidates.entry(name).or_default().push((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
        }
    }
    Ok(candidates)
}

/// In which issues an editor has told which of these documents.
async fn told(txn: &DatabaseTransaction, candidates: &Candidates) -> Result<HashSet<(Uuid, Uuid)>, Error> {
    let documents: Vec<Uuid> = candidates.values().flatten().map(|(document, _)| *document).collect();
    if documents.is_empty() {
        return Ok(HashSet::new());
    }
    let select = Query::select()
        .columns(["gazette_id", "document_id"].map(a))
        .from(a("gazette_items"))
        .and_where(Expr::col(a("document_id")).is_in(documents))
        .and_where(Expr::col(a("found")).not())
        .to_owned();
    let pair = |row: &sea_orm::QueryResult| Ok((row.try_get_by_index(0)?, row.try_get_by_index(1)?));
    txn.query_all(&select).await?.iter().map(pair).collect()
}
