//! Documents by an address that can be built without searching, and by other names that lead there.

use crate::Error;
use crate::address::eli_path;
use crate::alias::folded;
use crate::aliases;
use crate::documents::Documents;
use crate::store::{a, col, former, issuers};
use kernel::{Id, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Cond, ExprTrait, JoinType, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};

/// The parts of an address, as they were given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EliAddress<'a> {
    /// The code of the issuing authority, or one that it had.
    pub issuer: &'a str,
    /// The folded symbol of the number.
    pub kind: &'a str,
    /// The year of the number, else that of the day of issue.
    pub year: &'a str,
    /// The ordinal of the number.
    pub number: &'a str,
}

/// What an address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addressed {
    /// A published document, with its own address: another where the one given is not the present one.
    Found {
        /// The document.
        id: Id,
        /// Its address.
        address: String,
    },
    /// Several documents have the address.
    Several(Vec<Id>),
    /// The document was published and is withdrawn.
    Withdrawn,
    /// Nothing.
    Unknown,
}

/// An edition with an address.
struct Candidate {
    document: Uuid,
    live: bool,
    /// Less is nearer to what was given.
    distance: (usize, bool),
    address: String,
}

impl Documents {
    /// The document at an address. Former codes of issuing authorities, numbers without their leading zeros and symbols
    /// that are not folded lead to it too.
    pub async fn addressed(&self, given: EliAddress<'_>) -> Result<Addressed, Error> {
        let conn = self.db.reader();
        let code = text::lower(given.issuer);
        let mut bodies: Vec<Id> = issuers::holder(conn, "code", &code).await?.into_iter().collect();
        bodies.extend(former::holders(conn, &code).await?.into_iter().map(|(id, _)| id));
        if bodies.is_empty() {
            return Ok(Addressed::Unknown);
        }
        let number = text::slugify(given.number);
        let ordinal = match number.trim_start_matches('0') {
            "" => "0",
            ordinal => ordinal,
        };
        let mut select = editions();
        select
            .and_where(col("e", "issuer_id").is_in(bodies.iter().map(|id| id.0)))
            .and_where(col("e", "address_type").eq(text::slugify(given.kind)))
            .and_where(col("e", "address_year").eq(given.year))
            .cond_where(
                Cond::any().add(col("e", "address_number").eq(number.as_str())).add(col("e", "address_ordinal").eq(ordinal)),
            );
        let mut found = Vec::new();
        for row in conn.query_all(&select).await? {
            let candidate = read(&row, |issuer, printed| {
                let place = bodies.iter().position(|body| body.0 == issuer).unwrap_or(usize::MAX);
                (place, printed != number)
            })?;
            found.push(candidate);
        }
        Ok(chosen(found))
    }

    /// The document that another name leads to: one that was entered, or a number that only one document has, also without
    /// its tones and `đ`.
    pub async fn by_other_name(&self, name: &str) -> Result<Addressed, Error> {
        let name = folded(name);
        let mut select = editions();
        match aliases::holder(self.db.reader(), &name).await? {
            Some((_, document)) => select.and_where(col("e", "document_id").eq(document.0)),
            None => select.and_where(col("e", "number_lower").eq(name.as_str())).and_where(col("e", "live")),
        };
        match self.nearest(&select).await? {
            Addressed::Unknown => self.by_plain_number(&name).await,
            found => Ok(found),
        }
    }

    /// The document of a number whose symbol was typed without tones and `đ`: `257/2025/nd-cp`.
    async fn by_plain_number(&self, name: &str) -> Result<Addressed, Error> {
        let letters = name.find(|c: char| !c.is_ascii_digit() && c != '/' && c != '-').unwrap_or(name.len());
        let (digits, symbol) = name.split_at(letters);
        // In the order of code points what begins with these digits ends before the next character after the last of them.
        let Some(last) = digits.chars().next_back().and_then(|last| char::from_u32(u32::from(last) + 1)) else {
            return Ok(Addressed::Unknown);
        };
        let end: String = digits.chars().take(digits.len() - 1).chain([last]).collect();
        let mut select = editions();
        select
            .and_where(col("e", "number_lower").gte(digits))
            .and_where(col("e", "number_lower").lt(end))
            .and_where(col("e", "address_type").eq(text::slugify(symbol)))
            .and_where(col("e", "live"));
        self.nearest(&select).await
    }

    async fn nearest(&self, select: &SelectStatement) -> Result<Addressed, Error> {
        let mut found = Vec::new();
        for row in self.db.reader().query_all(select).await? {
            found.push(read(&row, |_, _| (0, false))?);
        }
        Ok(chosen(found))
    }
}

/// The nearest of those that are published; what is withdrawn only where there is none.
fn chosen(mut found: Vec<Candidate>) -> Addressed {
    let has_live = found.iter().any(|candidate| candidate.live);
    found.retain(|candidate| candidate.live || !has_live);
    let Some(nearest) = found.iter().map(|candidate| candidate.distance).min() else { return Addressed::Unknown };
    if !has_live {
        return Addressed::Withdrawn;
    }
    found.retain(|candidate| candidate.distance == nearest);
    let mut ids: Vec<Id> = found.iter().map(|candidate| Id(candidate.document)).collect();
    ids.sort_unstable();
    ids.dedup();
    match (ids.as_slice(), found.pop()) {
        ([id], Some(candidate)) => Addressed::Found { id: *id, address: candidate.address },
        _ => Addressed::Several(ids),
    }
}

/// What is published, or was.
fn editions() -> SelectStatement {
    Query::select()
        .exprs(["document_id", "live", "issuer_id", "address_type", "address_year", "address_number"].map(|name| col("e", name)))
        .expr(col("i", "code"))
        .from_as(a("document_editions"), a("e"))
        .join_as(JoinType::LeftJoin, a("issuers"), a("i"), col("i", "id").equals((a("e"), a("issuer_id"))))
        .cond_where(Cond::any().add(col("e", "live")).add(col("e", "state").eq("withdrawn")))
        .limit(100)
        .to_owned()
}

fn read(row: &QueryResult, distance: impl Fn(Uuid, &str) -> (usize, bool)) -> Result<Candidate, Error> {
    let document: Uuid = row.try_get_by_index(0)?;
    let text = |at: usize| row.try_get_by_index::<Option<String>>(at);
    let parts = (row.try_get_by_index::<Option<Uuid>>(2)?, text(6)?, text(3)?, text(4)?, text(5)?);
    let live = row.try_get_by_index(1)?;
    Ok(match parts {
        (Some(issuer), Some(code), Some(kind), Some(year), Some(number)) => {
            Candidate { document, live, distance: distance(issuer, &number), address: eli_path(&code, &kind, &year, &number) }
        }
        // A document without a number is where its id says.
        _ => Candidate { document, live, distance: (0, false), address: format!("/v1/documents/{document}") },
    })
}
