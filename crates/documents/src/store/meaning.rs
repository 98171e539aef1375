//! Which documents are meant by what texts cite.

use super::{a, col};
use crate::Error;
use crate::content::Content;
use kernel::{Id, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use std::collections::HashMap;

/// An act that something is done to, as it is cited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Cited {
    pub number: Option<String>,
    pub title: Option<String>,
    pub issued_on: Option<String>,
    /// The key of the name of its issuer, where the text says so.
    pub issuer_key: Option<String>,
    /// The same of the document that cites.
    pub citing_issuer_key: Option<String>,
    /// The day on which that was issued: it knows nothing of later ones.
    pub citing_issued_on: Option<String>,
}

impl Cited {
    pub(super) fn number_key(&self) -> Option<String> {
        self.number.as_deref().map(text::lower)
    }

    pub(super) fn title_key(&self) -> Option<String> {
        self.title.as_deref().map(text::lower)
    }
}

/// A document that may be meant.
#[derive(Debug)]
struct Candidate {
    document: Uuid,
    issued_on: Option<String>,
    issuer_key: Option<String>,
}

/// Numbers of local bodies repeat from one province and commune to the other.
fn is_local(number: &str) -> bool {
    let upper = number.to_uppercase();
    upper.contains("UBND") || upper.contains("HĐND")
}

/// The document that is meant, where it is one.
fn meant(cited: &Cited, candidates: &[Candidate]) -> Option<Id> {
    let same_day = |one: &&Candidate| cited.issued_on.is_none() || one.issued_on.is_none() || one.issued_on == cited.issued_on;
    let there = |one: &&Candidate| {
        let days = cited.citing_issued_on.as_deref().zip(one.issued_on.as_deref());
        days.is_none_or(|(citing, issued)| issued <= citing)
    };
    let mut left: Vec<&Candidate> = candidates.iter().filter(same_day).filter(there).collect();
    // What follows the name of an authority in a sentence may have been taken for a part of it.
    let is = |one: &Candidate, key: &str| {
        let own = one.issuer_key.as_deref().filter(|own| !own.is_empty());
        own.is_some_and(|own| key.strip_prefix(own).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
    };
    let by_issuer = |left: &[&Candidate], key: &str| left.iter().any(|one| is(one, key));
    let local = cited.number.as_deref().is_some_and(is_local);
    let issuer = cited.issuer_key.as_deref().or_else(|| cited.citing_issuer_key.as_deref().filter(|_| local));
    if let Some(key) = issuer {
        if by_issuer(&left, key) {
            left.retain(|one| is(one, key));
        } else if local {
            // A document of another province that bears the same number.
            left.retain(|one| one.issuer_key.is_none());
        }
    }
    left.sort_by_key(|one| one.document);
    left.dedup_by_key(|one| one.document);
    match left.as_slice() {
        [one] => Some(Id(one.document)),
        _ => None,
    }
}

/// Finds the documents that are meant, with two statements at most.
pub(super) async fn resolve(conn: &DatabaseTransaction, cited: &[Cited]) -> Result<Vec<Option<Id>>, Error> {
    let mut numbers: Vec<String> = cited.iter().filter_map(Cited::number_key).collect();
    let mut titles: Vec<String> = cited.iter().filter(|one| one.number.is_none()).filter_map(Cited::title_key).collect();
    for keys in [&mut numbers, &mut titles] {
        keys.sort_unstable();
        keys.dedup();
    }
    let by_number = candidates(conn, By::Number, numbers).await?;
    let by_title = candidates(conn, By::Title, titles).await?;
    let none: &[Candidate] = &[];
    Ok(cited
        .iter()
        .map(|one| {
            let found = match (one.number_key(), one.title_key()) {
                (Some(number), _) => by_number.get(&number),
                (None, Some(title)) => by_title.get(&title),
                (None, None) => None,
            };
            meant(one, found.map_or(none, Vec::as_slice))
        })
        .collect())
}

/// What documents are found by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Number,
    Title,
}

impl By {
    fn column(self) -> &'static str {
        match self {
            Self::Number => "number_lower",
            Self::Title => "title_lower",
        }
    }

    /// The beginnings of titles are kept in order, as the index `document_editions_title` has it.
    fn restrict(self, select: &mut SelectStatement, keys: Vec<String>) {
        if self == Self::Title {
            let mut beginnings: Vec<String> = keys.iter().map(|title| title.chars().take(200).collect()).collect();
            beginnings.dedup();
            select.and_where(Expr::cust("substr(e.title_lower, 1, 200)").is_in(beginnings));
        }
        select.and_where(col("e", self.column()).is_in(keys));
    }
}

async fn candidates(conn: &DatabaseTransaction, by: By, keys: Vec<String>) -> Result<HashMap<String, Vec<Candidate>>, Error> {
    let mut found: HashMap<String, Vec<Candidate>> = HashMap::new();
    if keys.is_empty() {
        return Ok(found);
    }
    let mut select = Query::select()
        .exprs([col("e", by.column()), col("e", "document_id"), col("e", "issued_on"), col("i", "name_key")])
        .from_as(a("document_editions"), a("e"))
        .join_as(JoinType::LeftJoin, a("issuers"), a("i"), col("i", "id").equals((a("e"), a("issuer_id"))))
        .and_where(col("e", "live").or(col("e", "working")))
        .to_owned();
    by.restrict(&mut select, keys);
    for row in conn.query_all(&select).await? {
        let candidate = Candidate {
            document: row.try_get_by_index(1)?,
            issued_on: row.try_get_by_index(2)?,
            issuer_key: row.try_get_by_index(3)?,
        };
        found.entry(row.try_get_by_index(0)?).or_default().push(candidate);
    }
    Ok(found)
}

/// A document that has another number now is no longer what its old number meant.
pub(super) async fn release(txn: &DatabaseTransaction, document: Id, content: &Content) -> Result<(), Error> {
    let number = content.number.as_deref().map(text::lower);
    let other = match number {
        Some(number) => Expr::col(a("target_number_lower")).ne(number),
        None => Expr::col(a("target_number_lower")).is_not_null(),
    };
    let live = Query::select()
        .expr(Expr::val(1))
        .from_as(a("document_editions"), a("e"))
        .and_where(col("e", "document_id").eq(document.0))
        .and_where(col("e", "live"))
        .and_where(col("e", "number_lower").equals((a("document_relations"), a("target_number_lower"))))
        .to_owned();
    let update = Query::update()
        .table(a("document_relations"))
        .value(a("target_id"), Option::<Uuid>::None)
        .and_where(Expr::col(a("target_id")).eq(document.0))
        .and_where(Expr::col(a("origin")).eq("found"))
        .and_where(other)
        .and_where(Expr::exists(live).not())
        .to_owned();
    txn.execute(&update).await?;
    Ok(())
}

/// Gives the document to those relations that mean it and had nobody to mean before.
pub(super) async fn claim(txn: &DatabaseTransaction, document: Id, content: &Content) -> Result<(), Error> {
    let mut open: Vec<(Uuid, Cited)> = Vec::new();
    // One by one: each is found by an index of its own.
    if let Some(number) = content.number.as_deref().map(text::lower) {
        open.append(&mut unclaimed(txn, document, col("r", "target_number_lower").eq(number)).await?);
    }
    if let Some(title) = content.title.as_deref().map(text::lower) {
        let named = col("r", "target_number_lower").is_null().and(col("r", "target_title_lower").eq(title));
        open.append(&mut unclaimed(txn, document, named).await?);
    }
    if open.is_empty() {
        return Ok(());
    }
    let cited: Vec<Cited> = open.iter().map(|(_, cited)| cited.clone()).collect();
    let targets = resolve(txn, &cited).await?;
    let mine: Vec<Uuid> =
        open.iter().zip(targets).filter(|(_, target)| *target == Some(document)).map(|((id, _), _)| *id).collect();
    for ids in mine.chunks(1000) {
        let update = Query::update()
            .table(a("document_relations"))
            .value(a("target_id"), document.0)
            .and_where(Expr::col(a("id")).is_in(ids.iter().copied()))
            .to_owned();
        txn.execute(&update).await?;
    }
    Ok(())
}

/// Relations of other documents that mean nobody yet.
async fn unclaimed(txn: &DatabaseTransaction, document: Id, which: Expr) -> Result<Vec<(Uuid, Cited)>, Error> {
    let select = Query::select()
        .exprs(["id", "target_number", "target_title", "target_issued_on", "target_issuer_key"].map(|name| col("r", name)))
        .exprs([col("i", "name_key"), col("s", "issued_on")])
        .from_as(a("document_relations"), a("r"))
        .join_as(JoinType::LeftJoin, a("document_editions"), a("s"), col("s", "id").equals((a("r"), a("edition_id"))))
        .join_as(JoinType::LeftJoin, a("issuers"), a("i"), col("i", "id").equals((a("s"), a("issuer_id"))))
        .and_where(col("r", "target_id").is_null())
        .and_where(col("r", "document_id").ne(document.0))
        .and_where(which)
        .to_owned();
    let read = |row: sea_orm::QueryResult| -> Result<(Uuid, Cited), Error> {
        let cited = Cited {
            number: row.try_get_by_index(1)?,
            title: row.try_get_by_index(2)?,
            issued_on: row.try_get_by_index(3)?,
            issuer_key: row.try_get_by_index(4)?,
            citing_issuer_key: row.try_get_by_index(5)?,
            citing_issued_on: row.try_get_by_index(6)?,
        };
        Ok((row.try_get_by_index(0)?, cited))
    };
    txn.query_all(&select).await?.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(id: u128, day: &str, issuer: &str) -> Candidate {
        Candidate { document: Uuid::from_u128(id), issued_on: Some(day.into()), issuer_key: Some(issuer.into()) }
    }

    #[test]
    fn a_number_that_repeats_means_the_one_of_that_day_and_issuer() {
        let candidates =
            [candidate(1, "2020-12-02", "lam"), candidate(2, "2020-12-02", "son"), candidate(3, "2019-01-01", "lam")];
        let cited = |issued_on: Option<&str>, issuer: Option<&str>, citing: Option<&str>| Cited {
            number: Some("43/2020/QĐ-UBND".into()),
            issued_on: issued_on.map(Into::into),
            issuer_key: issuer.map(Into::into),
            citing_issuer_key: citing.map(Into::into),
            ..Cited::default()
        };
        let id = |one: Option<Id>| one.map(|id| id.0.as_u128());
        assert_eq!(id(meant(&cited(Some("2020-12-02"), Some("son"), Some("lam")), &candidates)), Some(2));
        assert_eq!(id(meant(&cited(Some("2020-12-02"), None, Some("lam")), &candidates)), Some(1));
        assert_eq!(id(meant(&cited(None, None, Some("lam")), &candidates)), None);
        assert_eq!(id(meant(&cited(Some("2020-12-02"), None, Some("khac")), &candidates)), None);
        let later = Cited { citing_issued_on: Some("2020-06-01".into()), ..cited(None, Some("son"), Some("lam")) };
        assert_eq!(id(meant(&later, &candidates)), None, "a document that was not there yet");
        let swallowed = cited(Some("2020-12-02"), Some("son thong qua bang gia"), Some("lam"));
        assert_eq!(id(meant(&swallowed, &candidates)), Some(2));
        let central = [candidate(4, "2011-06-13", "chinh phu")];
        let decree = Cited { number: Some("43/2011/NĐ-CP".into()), citing_issuer_key: Some("lam".into()), ..Cited::default() };
        assert_eq!(id(meant(&decree, &central)), Some(4));
    }
}
