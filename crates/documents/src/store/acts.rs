//! What a document does to others and what they do to it, as readers see it.

use super::{a, col, effective_on};
use crate::Error;
use crate::validity::Acted;
use kernel::Id;
use kernel::query::State;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Alias, Cond, Expr, ExprTrait, Func, JoinType, Order, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::{Value, json};

/// Which way a relation goes from the document that is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Outgoing,
    Incoming,
}

impl Direction {
    fn as_str(self) -> &'static str {
        match self {
            Self::Outgoing => "outgoing",
            Self::Incoming => "incoming",
        }
    }
}

/// A relation as it stands beside a document.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub id: Uuid,
    pub direction: Direction,
    pub relation: String,
    pub whole: bool,
    pub provisions: Vec<String>,
    pub occurrences: Value,
    /// The day it takes effect: its own, else that of the acting document.
    pub on: Option<String>,
    pub until: Option<String>,
    /// The day of effect that it gives the other act, and the day on which the acting one was issued.
    pub target_effective_on: Option<String>,
    pub issued_on: Option<String>,
    pub origin: String,
    pub standing: String,
    /// The document at the other end, where it is here and seen.
    pub other: Option<Other>,
    /// How the acting document cites the other.
    pub cited: Value,
}

/// The document at the other end of a relation.
#[derive(Debug, Clone)]
pub(crate) struct Other {
    pub id: Uuid,
    pub number: Option<String>,
    pub title: Option<String>,
    pub doc_type: Option<String>,
    pub issued_on: Option<String>,
    pub address: Option<String>,
}

const OWN: [&str; 13] = [
    "id",
    "relation",
    "whole",
    "provisions",
    "occurrences",
    "until_on",
    "origin",
    "standing",
    "target_number",
    "target_title",
    "target_doc_type",
    "target_issued_on",
    "effective_on",
];
const OTHER: [&str; 8] =
    ["document_id", "number", "title", "doc_type", "issued_on", "address_type", "address_year", "address_number"];

/// What the edition that `state` names does to others.
pub(crate) async fn outgoing<C: ConnectionTrait>(conn: &C, document: Id, state: State) -> Result<Vec<Act>, Error> {
    let mut select = base(state, "o", JoinType::LeftJoin, Expr::col((a("r"), a("target_id"))));
    select.and_where(col("r", "document_id").eq(document.0));
    read_all(conn, select, Direction::Outgoing).await
}

/// What others that are published do to a document.
pub(crate) async fn incoming<C: ConnectionTrait>(conn: &C, document: Id) -> Result<Vec<Act>, Error> {
    let mut select = base(State::Published, "o", JoinType::InnerJoin, Expr::col((a("r"), a("document_id"))));
    select.and_where(col("r", "target_id").eq(document.0));
    read_all(conn, select, Direction::Incoming).await
}

/// `s` is the edition of the acting document that counts, `o` the live edition of the document at the other end.
fn base(state: State, other: &'static str, join: JoinType, other_id: Expr) -> SelectStatement {
    let flag = if state == State::Draft { "working" } else { "live" };
    let acting = Cond::all().add(col("s", "document_id").equals((a("r"), a("document_id")))).add(col("s", flag));
    let seen = Cond::all().add(col(other, "document_id").eq(other_id)).add(col(other, "live"));
    let mut select = Query::select();
    select
        .exprs(OWN.map(|name| Expr::col((a("r"), Alias::new(name)))))
        .expr(effective_on("s"))
        .exprs([col("r", "target_effective_on"), col("s", "issued_on")])
        .exprs(OTHER.map(|name| Expr::col((a(other), Alias::new(name)))))
        .expr(col("i", "code"))
        .from_as(a("document_relations"), a("r"))
        .join_as(JoinType::InnerJoin, a("document_editions"), a("s"), acting)
        .join_as(join, a("document_editions"), a(other), seen)
        .join_as(JoinType::LeftJoin, a("issuers"), a("i"), col("i", "id").equals((a(other), a("issuer_id"))))
        .and_where(col("r", "edition_id").is_null().or(col("r", "edition_id").equals((a("s"), a("id")))))
        .order_by_expr(Func::coalesce([col("r", "effective_on"), effective_on("s")]).into(), Order::Asc)
        .order_by_expr(col("r", "id"), Order::Asc);
    if state == State::Published {
        select.and_where(col("r", "standing").ne("rejected"));
    }
    select
}

async fn read_all<C: ConnectionTrait>(conn: &C, select: SelectStatement, direction: Direction) -> Result<Vec<Act>, Error> {
    conn.query_all(&select).await?.iter().map(|row| read(row, direction)).collect()
}

fn read(row: &QueryResult, direction: Direction) -> Result<Act, Error> {
    let text = |at: usize| row.try_get_by_index::<Option<String>>(at);
    let json_at = |at: usize| -> Result<Value, Error> {
        Ok(serde_json::from_str(&row.try_get_by_index::<String>(at)?).map_err(store::Error::from)?)
    };
    let provisions = json_at(3)?;
    let other = match row.try_get_by_index::<Option<Uuid>>(16)? {
        Some(id) => {
            let parts = (text(24)?, text(21)?, text(22)?, text(23)?);
            let address = match &parts {
                (Some(code), Some(kind), Some(year), Some(number)) => Some(crate::eli_path(code, kind, year, number)),
                _ => None,
            };
            Some(Other { id, number: text(17)?, title: text(18)?, doc_type: text(19)?, issued_on: text(20)?, address })
        }
        None => None,
    };
    Ok(Act {
        id: row.try_get_by_index(0)?,
        direction,
        relation: row.try_get_by_index(1)?,
        whole: row.try_get_by_index(2)?,
        provisions: serde_json::from_value(provisions).map_err(store::Error::from)?,
        occurrences: json_at(4)?,
        until: text(5)?,
        target_effective_on: text(14)?,
        issued_on: text(15)?,
        origin: row.try_get_by_index(6)?,
        standing: row.try_get_by_index(7)?,
        cited: json!({ "number": text(8)?, "title": text(9)?, "doc_type": text(10)?, "issued_on": text(11)? }),
        on: match text(12)? {
            Some(on) => Some(on),
            None => text(13)?,
        },
        other,
    })
}

impl Act {
    /// As it is sent.
    pub fn to_row(&self) -> kernel::Row {
        let document = self.other.as_ref().map(|other| {
            json!({
                "id": other.id.to_string(), "type": "document", "number": other.number, "title": other.title,
                "doc_type": other.doc_type, "issued_on": other.issued_on, "address": other.address,
            })
        });
        let row = json!({
            "id": self.id.to_string(), "type": "relation", "direction": self.direction.as_str(), "relation": self.relation,
            "document_id": self.other.as_ref().map(|other| other.id.to_string()), "document": document, "cited": self.cited,
            "whole": self.whole, "provisions": self.provisions, "occurrences": self.occurrences, "effective_on": self.on,
            "until_on": self.until, "origin": self.origin, "standing": self.standing,
        });
        match row {
            Value::Object(row) => row,
            _ => kernel::Row::new(),
        }
    }

    /// Whether it holds on a day: what changes another act from its day of effect on, what mentions one from the day of
    /// issue on, until it ends. `own` is the day of issue of the document that is looked at.
    pub fn holds(&self, own: Option<&str>, day: &str) -> bool {
        let other = self.other.as_ref().and_then(|other| other.issued_on.as_deref());
        let issued = if self.direction == Direction::Outgoing { own } else { other };
        let mentions = matches!(self.relation.as_str(), "based-on" | "refers-to" | "guides");
        let from = if mentions { issued } else { self.on.as_deref() };
        from.is_some_and(|from| from <= day) && self.until.as_deref().is_none_or(|until| day < until)
    }

    /// As validity sees it; none where the acting document is not seen.
    pub fn acted(&self) -> Option<Acted> {
        let other = self.other.as_ref()?;
        let eids =
            self.occurrences.as_array().into_iter().flatten().filter_map(|one| one.get("eid")?.as_str().map(str::to_owned));
        let mut eids: Vec<String> = eids.collect();
        eids.dedup();
        Some(Acted {
            relation_id: self.id.to_string(),
            relation: self.relation.clone(),
            whole: self.whole,
            provisions: self.provisions.clone(),
            eids,
            on: self.on.clone(),
            until: self.until.clone(),
            standing: self.standing.clone(),
            target_effective_on: self.target_effective_on.clone(),
            issued_on: self.issued_on.clone(),
            document_id: other.id.to_string(),
            number: other.number.clone(),
            title: other.title.clone(),
        })
    }
}
