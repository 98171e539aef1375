//! Editions: which is live, which is worked on, and what is kept of the past.

use super::values::{self, Of};
use super::{a, col};
use crate::{Error, State};
use content_types::Definition;
use kernel::{Id, Instant, Locale, Revision, Row, text};
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Expr, ExprTrait, JoinType, LockType, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QueryResult};
use serde_json::Value;
use store::WriteTxn;
use store::sql::{self, Values};

/// An entry, locked for the rest of a transaction.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub id: Id,
    pub type_id: Id,
    pub revision: Revision,
    /// The language it was written in first.
    pub locale: String,
    pub created_at: Instant,
}

/// What a writer says in an edition besides the fields of its type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Credits {
    pub author_name: Option<String>,
    pub source_name: Option<String>,
    pub source_url: Option<String>,
    pub link_url: Option<String>,
    pub portal_id: Option<Id>,
}

/// One edition with all that is in it.
#[derive(Debug, Clone)]
pub(crate) struct Edition {
    pub id: Id,
    pub entry: Id,
    pub locale: String,
    pub source: bool,
    pub number: i64,
    pub live: bool,
    pub working: bool,
    pub state: State,
    pub slug: String,
    pub credits: Credits,
    pub outdated: bool,
    /// The fields of the type, light and heavy.
    pub data: Row,
    pub contributors: Vec<Id>,
    pub changed_by: Option<Id>,
    pub assignee: Option<Id>,
    pub updated_at: Instant,
    pub published_at: Option<Instant>,
}

/// Loads an entry and locks it.
pub(crate) async fn lock(txn: &WriteTxn, type_id: Id, id: Id) -> Result<Entry, Error> {
    let select = Query::select()
        .columns(["revision", "locale", "created_at"].map(a))
        .from(a("entries"))
        .and_where(Expr::col(a("id")).eq(id.0))
        .and_where(Expr::col(a("type_id")).eq(type_id.0))
        .lock(LockType::Update)
        .to_owned();
    let row = txn.conn().query_one(&select).await?.ok_or_else(Error::not_found)?;
    Ok(Entry {
        id,
        type_id,
        revision: Revision(row.try_get_by_index(0)?),
        locale: row.try_get_by_index(1)?,
        created_at: Instant(row.try_get_by_index(2)?),
    })
}

const COLUMNS: [&str; 22] = [
    "id",
    "entry_id",
    "locale",
    "source",
    "number",
    "live",
    "working",
    "state",
    "slug",
    "author_name",
    "source_name",
    "source_url",
    "link_url",
    "portal_id",
    "outdated",
    "data",
    "contributors",
    "changed_by",
    "assignee_id",
    "updated_at",
    "published_at",
    "title",
];

fn whole() -> SelectStatement {
    Query::select()
        .exprs(COLUMNS.map(|name| col("e", name)))
        .expr(col("b", "data"))
        .from_as(a("entry_editions"), a("e"))
        .join_as(JoinType::LeftJoin, a("entry_bodies"), a("b"), col("b", "edition_id").equals((a("e"), a("id"))))
        .to_owned()
}

fn read(row: &QueryResult) -> Result<Edition, Error> {
    let id = |at: usize| row.try_get_by_index::<Option<Uuid>>(at).map(|id| id.map(Id));
    let json = |at: usize| -> Result<Row, Error> {
        match row.try_get_by_index::<Option<String>>(at)? {
            Some(text) => Ok(serde_json::from_str(&text).map_err(store::Error::from)?),
            None => Ok(Row::new()),
        }
    };
    let mut data = json(15)?;
    data.extend(json(22)?);
    let contributors: Vec<String> = serde_json::from_str(&row.try_get_by_index::<String>(16)?).map_err(store::Error::from)?;
    Ok(Edition {
        id: Id(row.try_get_by_index(0)?),
        entry: Id(row.try_get_by_index(1)?),
        locale: row.try_get_by_index(2)?,
        source: row.try_get_by_index(3)?,
        number: row.try_get_by_index(4)?,
        live: row.try_get_by_index(5)?,
        working: row.try_get_by_index(6)?,
        state: State::parse(&row.try_get_by_index::<String>(7)?).unwrap_or(State::Draft),
        slug: row.try_get_by_index(8)?,
        credits: Credits {
            author_name: row.try_get_by_index(9)?,
            source_name: row.try_get_by_index(10)?,
            source_url: row.try_get_by_index(11)?,
            link_url: row.try_get_by_index(12)?,
            portal_id: id(13)?,
        },
        outdated: row.try_get_by_index(14)?,
        data,
        contributors: contributors.iter().filter_map(|id| Id::parse(id)).collect(),
        changed_by: id(17)?,
        assignee: id(18)?,
        updated_at: Instant(row.try_get_by_index(19)?),
        published_at: row.try_get_by_index::<Option<i64>>(20)?.map(Instant),
    })
}

/// Which edition of an entry is meant.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Which {
    Live,
    Working,
    Number(i64),
    Id(Id),
}

/// One edition of an entry in a language.
pub(crate) async fn one<C: ConnectionTrait>(conn: &C, entry: Id, locale: &str, which: Which) -> Result<Option<Edition>, Error> {
    let mut select = whole();
    select.and_where(col("e", "entry_id").eq(entry.0)).and_where(col("e", "locale").eq(locale));
    match which {
        Which::Live => select.and_where(col("e", "live")),
        Which::Working => select.and_where(col("e", "working")),
        Which::Number(number) => select.and_where(col("e", "number").eq(number)),
        Which::Id(id) => select.and_where(col("e", "id").eq(id.0)),
    };
    conn.query_one(&select).await?.map(|row| read(&row)).transpose()
}

/// The live and working editions of an entry in all languages.
pub(crate) async fn present<C: ConnectionTrait>(conn: &C, entry: Id) -> Result<Vec<Edition>, Error> {
    let mut select = whole();
    select.and_where(col("e", "entry_id").eq(entry.0)).and_where(col("e", "live").or(col("e", "working")));
    conn.query_all(&select).await?.iter().map(read).collect()
}

/// The live editions of some entries of a type in all languages.
pub(crate) async fn live<C: ConnectionTrait>(conn: &C, type_id: Id, ids: &[Id]) -> Result<Vec<Edition>, Error> {
    let mut select = whole();
    select
        .and_where(col("e", "type_id").eq(type_id.0))
        .and_where(col("e", "live"))
        .and_where(col("e", "entry_id").is_in(ids.iter().map(|id| id.0)));
    conn.query_all(&select).await?.iter().map(read).collect()
}

/// Live and working editions of a type after the edition `after`, by id, at most `most` of them.
pub(crate) async fn of_type<C: ConnectionTrait>(
    conn: &C,
    type_id: Id,
    after: Option<Id>,
    most: u64,
) -> Result<Vec<Edition>, Error> {
    let mut select = whole();
    select.and_where(col("e", "type_id").eq(type_id.0)).and_where(col("e", "live").or(col("e", "working")));
    if let Some(after) = after {
        select.and_where(col("e", "id").gt(after.0));
    }
    select.order_by_expr(col("e", "id"), sea_orm::sea_query::Order::Asc).limit(most);
    conn.query_all(&select).await?.iter().map(read).collect()
}

/// The highest number that an edition of an entry in a language has.
pub(crate) async fn last_number<C: ConnectionTrait>(conn: &C, entry: Id, locale: &str) -> Result<i64, Error> {
    let select = Query::select()
        .expr(Expr::col(a("number")).max())
        .from(a("entry_editions"))
        .and_where(Expr::col(a("entry_id")).eq(entry.0))
        .and_where(Expr::col(a("locale")).eq(locale))
        .to_owned();
    let row = conn.query_one(&select).await?;
    Ok(row.map(|row| row.try_get_by_index::<Option<i64>>(0)).transpose()?.flatten().unwrap_or(0))
}

/// Inserts an edition of `entry` with its body and its values.
pub(crate) async fn insert(txn: &WriteTxn, entry: &Entry, definition: &Definition, edition: &Edition) -> Result<(), Error> {
    let (light, heavy) = definition.split(edition.data.clone());
    let json = |row: &Row| serde_json::to_string(row).map_err(store::Error::from);
    let contributors: Vec<String> = edition.contributors.iter().map(Id::to_string).collect();
    let contributors = serde_json::to_string(&contributors).map_err(store::Error::from)?;
    let lower = |text: &Option<String>| text.as_deref().map(text::lower);
    let values: Values = vec![
        ("id", edition.id.0.into()),
        ("entry_id", entry.id.0.into()),
        ("type_id", entry.type_id.0.into()),
        ("locale", edition.locale.as_str().into()),
        ("source", edition.source.into()),
        ("number", edition.number.into()),
        ("live", edition.live.into()),
        ("working", edition.working.into()),
        ("state", edition.state.as_str().into()),
        ("revision", entry.revision.0.into()),
        ("slug", edition.slug.as_str().into()),
        ("title", definition.display_text(&edition.data).into()),
        ("author_name", edition.credits.author_name.clone().into()),
        ("author_name_lower", lower(&edition.credits.author_name).into()),
        ("source_name", edition.credits.source_name.clone().into()),
        ("source_name_lower", lower(&edition.credits.source_name).into()),
        ("source_url", edition.credits.source_url.clone().into()),
        ("link_url", edition.credits.link_url.clone().into()),
        ("portal_id", edition.credits.portal_id.map(|id| id.0).into()),
        ("outdated", edition.outdated.into()),
        ("data", json(&light)?.into()),
        ("contributors", contributors.into()),
        ("changed_by", edition.changed_by.map(|id| id.0).into()),
        ("assignee_id", edition.assignee.map(|id| id.0).into()),
        ("created_at", entry.created_at.0.into()),
        ("updated_at", edition.updated_at.0.into()),
        ("published_at", edition.published_at.map(|at| at.0).into()),
    ];
    sql::insert(txn.conn(), "entry_editions", values).await?;
    if !heavy.is_empty() {
        let body: Values = vec![("edition_id", edition.id.0.into()), ("data", json(&heavy)?.into())];
        sql::insert(txn.conn(), "entry_bodies", body).await?;
    }
    values::write(txn.conn(), &of(entry, edition), (definition, &edition.data), None).await
}

/// Whose values the values of an edition are.
pub(crate) fn of(entry: &Entry, edition: &Edition) -> Of {
    Of {
        edition: edition.id,
        entry: entry.id,
        type_id: entry.type_id,
        locale: edition.locale.clone(),
        source: edition.source,
        live: edition.live,
        working: edition.working,
    }
}

/// Sets the flags of an edition and, where it changes, its state; values of one that has neither flag go.
pub(crate) async fn place(txn: &WriteTxn, edition: &Edition) -> Result<(), Error> {
    let values: Values = vec![
        ("live", edition.live.into()),
        ("working", edition.working.into()),
        ("state", edition.state.as_str().into()),
        ("outdated", edition.outdated.into()),
        ("assignee_id", edition.assignee.map(|id| id.0).into()),
        ("published_at", edition.published_at.map(|at| at.0).into()),
    ];
    sql::update(txn.conn(), "entry_editions", edition.id, values).await?;
    if edition.live || edition.working {
        values::flag(txn.conn(), edition.id, edition.live, edition.working).await
    } else {
        values::clear(txn.conn(), edition.id, None).await
    }
}

/// Takes the flag of the working edition off; what is live stays live, as it is.
pub(crate) async fn put_aside(txn: &WriteTxn, edition: &Edition) -> Result<(), Error> {
    sql::update(txn.conn(), "entry_editions", edition.id, vec![("working", false.into())]).await?;
    if edition.live {
        values::flag(txn.conn(), edition.id, true, false).await
    } else {
        values::clear(txn.conn(), edition.id, None).await
    }
}

/// Moves an entry to its next revision, on itself and on its present editions.
pub(crate) async fn advance(txn: &WriteTxn, entry: &mut Entry) -> Result<(), Error> {
    if !sql::advance(txn.conn(), "entries", (entry.id, entry.revision), Vec::new()).await? {
        return Err(Error::stale());
    }
    entry.revision = entry.revision.next();
    stamp(txn, entry).await
}

/// Stamps the present editions of an entry with its revision: also those that have become present since.
pub(crate) async fn stamp(txn: &WriteTxn, entry: &Entry) -> Result<(), Error> {
    let stamp = Query::update()
        .table(a("entry_editions"))
        .value(a("revision"), entry.revision.0)
        .and_where(Expr::col(a("entry_id")).eq(entry.id.0))
        .and_where(Expr::col(a("live")).or(Expr::col(a("working"))))
        .to_owned();
    txn.conn().execute(&stamp).await?;
    Ok(())
}

/// Inserts the row of a new entry.
pub(crate) async fn insert_entry(txn: &WriteTxn, entry: &Entry, portal: Option<Id>) -> Result<(), Error> {
    let values: Values = vec![
        ("id", entry.id.0.into()),
        ("type_id", entry.type_id.0.into()),
        ("revision", entry.revision.0.into()),
        ("locale", entry.locale.as_str().into()),
        ("portal_id", portal.map(|id| id.0).into()),
        ("created_at", entry.created_at.0.into()),
    ];
    Ok(sql::insert(txn.conn(), "entries", values).await?)
}

impl Edition {
    /// What a writer would send to make this edition.
    pub fn as_input(&self) -> Row {
        let mut row = self.data.clone();
        let mut text = |name: &str, value: &Option<String>| {
            if let Some(value) = value {
                row.insert(name.to_owned(), Value::from(value.as_str()));
            }
        };
        text("author_name", &self.credits.author_name);
        text("source_name", &self.credits.source_name);
        text("source_url", &self.credits.source_url);
        text("link_url", &self.credits.link_url);
        text("portal_id", &self.credits.portal_id.map(|id| id.to_string()));
        text("slug", &Some(self.slug.clone()));
        row
    }
}

impl Credits {
    /// Takes the credits out of a row that a writer sent; the rest are fields of the type.
    pub fn take(row: &mut Row) -> Self {
        let mut text = |name: &str| match row.remove(name) {
            Some(Value::String(text)) => Some(text::one_line(&text)).filter(|text| !text.is_empty()),
            _ => None,
        };
        Self {
            author_name: text("author_name"),
            source_name: text("source_name"),
            source_url: text("source_url"),
            link_url: text("link_url"),
            portal_id: text("portal_id").and_then(|id| Id::parse(&id)),
        }
    }
}

/// The language of an edition: the one that is named, else the one the entry was written in first.
pub(crate) fn language(entry: &Entry, named: Option<&Locale>) -> String {
    named.map_or_else(|| entry.locale.clone(), |locale| locale.as_str().to_owned())
}
