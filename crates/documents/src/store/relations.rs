//! Relations: what was found in an edition, and what editors decide.

use super::a;
use super::meaning::{Cited, claim, release, resolve};
use crate::Error;
use crate::content::Content;
use crate::found::FoundRelation;
use kernel::{Id, Instant, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::collections::HashSet;

/// How many rows one statement inserts: SQLite binds at most 32,766 values.
const ROWS: usize = 200;

/// What an editor decided about a relation that was found before.
struct Decided {
    id: Uuid,
    revision: i64,
    created_at: i64,
    edition: Option<Uuid>,
    relation: String,
    number: Option<String>,
    title: Option<String>,
    standing: String,
    effective_on: Option<String>,
    until_on: Option<String>,
    note: Option<String>,
}

/// Keeps what was found in an edition instead of what was found in it before; what editors decided about the same relation
/// of the document holds on. Then finds those that cite the document.
pub(crate) async fn write(
    txn: &DatabaseTransaction,
    (document, edition): (Id, Id),
    content: &Content,
    found: &[FoundRelation],
    now: Instant,
) -> Result<(), Error> {
    let decided = decided(txn, document).await?;
    let clear =
        Query::delete().from_table(a("document_relations")).and_where(Expr::col(a("edition_id")).eq(edition.0)).to_owned();
    txn.execute(&clear).await?;
    write_all(txn, (document, edition), (content, found, &decided), now).await?;
    release(txn, document, content).await?;
    claim(txn, document, content).await
}

/// The same for a document that is new: nothing was found in it before, nothing decided, and nobody means it yet.
pub(crate) async fn write_first(
    txn: &DatabaseTransaction,
    (document, edition): (Id, Id),
    content: &Content,
    found: &[FoundRelation],
    now: Instant,
) -> Result<(), Error> {
    write_all(txn, (document, edition), (content, found, &[]), now).await?;
    claim(txn, document, content).await
}

async fn write_all(
    txn: &DatabaseTransaction,
    (document, edition): (Id, Id),
    (content, found, decided): (&Content, &[FoundRelation], &[Decided]),
    now: Instant,
) -> Result<(), Error> {
    if found.is_empty() {
        return Ok(());
    }
    let citing_issuer_key = issuer_key(txn, content.issuer_id).await?;
    let by = (citing_issuer_key, content.issued_on.clone());
    let cited: Vec<Cited> = found.iter().map(|one| as_cited(one, by.clone())).collect();
    let targets = resolve(txn, &cited).await?;
    let rows: Vec<(&FoundRelation, &Cited, Option<Id>)> = found
        .iter()
        .zip(&cited)
        .zip(targets)
        .map(|((one, cited), target)| (one, cited, target.filter(|target| *target != document)))
        .collect();
    let mut kept = HashSet::new();
    for chunk in rows.chunks(ROWS) {
        insert(txn, (document, edition), chunk, (decided, &mut kept), now).await?;
    }
    Ok(())
}

fn as_cited(one: &FoundRelation, (citing_issuer_key, citing_issued_on): (Option<String>, Option<String>)) -> Cited {
    Cited {
        number: one.number.clone(),
        title: one.title.clone(),
        issued_on: one.issued_on.clone(),
        issuer_key: one.issuer.as_deref().map(text::name_key),
        citing_issuer_key,
        citing_issued_on,
    }
}

async fn issuer_key(txn: &DatabaseTransaction, issuer: Option<Id>) -> Result<Option<String>, Error> {
    let Some(issuer) = issuer else { return Ok(None) };
    let select = Query::select().column(a("name_key")).from(a("issuers")).and_where(Expr::col(a("id")).eq(issuer.0)).to_owned();
    Ok(txn.query_one(&select).await?.map(|row| row.try_get_by_index(0)).transpose()?)
}

async fn decided(txn: &DatabaseTransaction, document: Id) -> Result<Vec<Decided>, Error> {
    let names = [
        "relation",
        "target_number_lower",
        "target_title_lower",
        "standing",
        "effective_on",
        "until_on",
        "note",
        "id",
        "revision",
        "created_at",
        "edition_id",
    ];
    let select = Query::select()
        .columns(names.map(a))
        .from(a("document_relations"))
        .and_where(Expr::col(a("document_id")).eq(document.0))
        .and_where(Expr::col(a("origin")).eq("found"))
        .and_where(Expr::col(a("standing")).ne("found"))
        .order_by(a("updated_at"), sea_orm::sea_query::Order::Desc)
        .to_owned();
    let read = |row: sea_orm::QueryResult| -> Result<Decided, Error> {
        Ok(Decided {
            relation: row.try_get_by_index(0)?,
            number: row.try_get_by_index(1)?,
            title: row.try_get_by_index(2)?,
            standing: row.try_get_by_index(3)?,
            effective_on: row.try_get_by_index(4)?,
            until_on: row.try_get_by_index(5)?,
            note: row.try_get_by_index(6)?,
            id: row.try_get_by_index(7)?,
            revision: row.try_get_by_index(8)?,
            created_at: row.try_get_by_index(9)?,
            edition: row.try_get_by_index(10)?,
        })
    };
    txn.query_all(&select).await?.into_iter().map(read).collect()
}

async fn insert(
    txn: &DatabaseTransaction,
    (document, edition): (Id, Id),
    rows: &[(&FoundRelation, &Cited, Option<Id>)],
    (decided, kept): (&[Decided], &mut HashSet<Uuid>),
    now: Instant,
) -> Result<(), Error> {
    const COLUMNS: [&str; 23] = [
        "id",
        "revision",
        "document_id",
        "edition_id",
        "relation",
        "target_id",
        "target_number",
        "target_number_lower",
        "target_title",
        "target_title_lower",
        "target_doc_type",
        "target_issuer_key",
        "target_issued_on",
        "whole",
        "provisions",
        "occurrences",
        "effective_on",
        "until_on",
        "target_effective_on",
        "origin",
        "standing",
        "note",
        "created_at",
    ];
    if rows.is_empty() {
        return Ok(());
    }
    let mut insert = Query::insert()
        .into_table(a("document_relations"))
        .columns(COLUMNS.map(a).into_iter().chain([a("updated_at")]))
        .to_owned();
    for (one, cited, target) in rows {
        let before = decided.iter().find(|before| {
            let same = before.number == cited.number_key() && (before.number.is_some() || before.title == cited.title_key());
            same && before.relation == one.relation.as_str()
        });
        let confirmed = before.filter(|before| before.standing == "confirmed");
        let effective_on = confirmed.map_or_else(|| one.effective_on.clone(), |before| before.effective_on.clone());
        let until_on = confirmed.map_or_else(|| one.until_on.clone(), |before| before.until_on.clone());
        // What is read again in the same edition keeps its address.
        let (id, revision, created_at) = before
            .filter(|before| before.edition == Some(edition.0) && kept.insert(before.id))
            .map_or_else(|| (Id::new(now).0, 1, now.0), |before| (before.id, before.revision, before.created_at));
        insert.values_panic([
            id.into(),
            revision.into(),
            document.0.into(),
            edition.0.into(),
            one.relation.as_str().into(),
            target.map(|target| target.0).into(),
            one.number.clone().into(),
            cited.number_key().into(),
            one.title.clone().into(),
            cited.title_key().into(),
            one.doc_type.clone().into(),
            cited.issuer_key.clone().into(),
            one.issued_on.clone().into(),
            one.whole.into(),
            serde_json::to_string(&one.provisions).map_err(store::Error::from)?.into(),
            serde_json::to_string(&one.occurrences).map_err(store::Error::from)?.into(),
            effective_on.into(),
            until_on.into(),
            one.target_effective_on.clone().into(),
            "found".into(),
            before.map_or("found", |before| before.standing.as_str()).into(),
            before.and_then(|before| before.note.clone()).into(),
            created_at.into(),
            now.0.into(),
        ]);
    }
    txn.execute(&insert).await?;
    Ok(())
}
