//! Reading entries.

use crate::policy::{may_read, sees_drafts};
use crate::store::columns::{self, flag};
use crate::store::read::{self as rows, EntryRows};
use crate::store::{a, col, values};
use crate::types::ContentType;
use crate::{ContentTypes, Error};
use kernel::query::{ListQuery, Projection, State};
use kernel::{Actor, Clock, Found, Id, Language, Locale, Page, Revision, Row, View};
use policies::Policies;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{ExprTrait, Order, Query};
use serde_json::Value;
use std::collections::BTreeMap;
use store::{Database, Listing, WriteTxn};

/// An entry that a caller changes, and the edition of it that is meant.
#[derive(Debug, Clone)]
pub struct Target {
    /// Which entry.
    pub id: Id,
    /// The revision that the caller has seen.
    pub seen: Revision,
    /// The language; none for the one it was written in first.
    pub lang: Option<Locale>,
}

/// The entries of all content types.
#[derive(Clone)]
pub struct Entries {
    pub(crate) db: Database,
    pub(crate) clock: Clock,
    pub(crate) types: ContentTypes,
    pub(crate) policies: Policies,
}

/// What full-text search is to know of an entry: its live editions in all languages.
pub struct Indexed {
    /// The entry.
    pub id: Id,
    /// What titles it, in the language it was written in first where that is published.
    pub title: String,
    /// Its searchable text by language, that it was written in first before the others.
    pub texts: Vec<String>,
    /// The day it was first published.
    pub date: Option<String>,
    /// The portal it belongs to; none for the main one.
    pub portal: Option<Id>,
    /// The languages it is published in, and its fields that lists are filtered by as text.
    pub facets: BTreeMap<String, Vec<String>>,
}

impl Entries {
    /// Entries over a database.
    pub fn new(db: Database, clock: Clock, types: ContentTypes, policies: Policies) -> Self {
        Self { db, clock, types, policies }
    }

    /// A type as it is in the database now; `None` where it is no longer in use.
    pub async fn present_type(&self, of: &ContentType) -> Result<Option<std::sync::Arc<ContentType>>, Error> {
        self.types.reload().await?;
        Ok(self.types.named(of.definition.name()).filter(|known| known.id == of.id))
    }

    /// One page of entries of a type: the live editions, or the working ones for those who write.
    pub async fn list(&self, of: &ContentType, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        may_read(actor, query.state)?;
        let reader = EntryRows::new(of, &query.fields, &self.policies);
        let mut select = Query::select();
        select.from_as(a("entry_editions"), a("e"));
        let width = reader.select(&mut select);
        select.and_where(col("e", "type_id").eq(of.id.0)).and_where(col("e", flag(query.state)));
        match &query.lang {
            Some(lang) => select.and_where(col("e", "locale").eq(lang.as_str())),
            None => select.and_where(col("e", "source")),
        };
        let asked = columns::join(&mut select, &of.definition, of.id, query);
        let listing = Listing { select, width, columns: &asked.columns, id: asked.id };
        let mut page = store::list(self.db.reader(), listing, query, |row| Ok(reader.read(row)?.row)).await?;
        if query.fields.has("locales") {
            rows::add_locales(self.db.reader(), page.items.iter_mut().map(|(_, row)| row).collect(), query.state).await?;
        }
        Ok(page)
    }

    /// Several entries by id with one statement, in no particular order.
    pub async fn get_many(&self, of: &ContentType, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        may_read(actor, view.state)?;
        let drafts_too = view.state == State::Published && sees_drafts(actor);
        let mut select = Query::select();
        select.from_as(a("entry_editions"), a("e")).and_where(col("e", "type_id").eq(of.id.0));
        select.and_where(match ids {
            [id] => col("e", "entry_id").eq(id.0),
            ids => col("e", "entry_id").is_in(ids.iter().map(|id| id.0)),
        });
        select.and_where(match view.state {
            State::Draft => col("e", "working"),
            State::Published if drafts_too => col("e", "live").or(col("e", "working")),
            State::Published => col("e", "live"),
        });
        match &view.lang {
            Language::Source => select.and_where(col("e", "source")),
            Language::Only(lang) => select.and_where(col("e", "locale").eq(lang.as_str())),
            Language::Rather(lang) => select.and_where(col("e", "locale").eq(lang.as_str()).or(col("e", "source"))),
        };
        let reader = EntryRows::new(of, &view.fields, &self.policies);
        reader.select(&mut select);
        if drafts_too {
            // The live edition first; the working one stands in only where there is none.
            select.order_by_expr(col("e", "live"), Order::Desc);
        }
        if let Language::Rather(lang) = &view.lang {
            select.order_by_expr(col("e", "locale").eq(lang.as_str()), Order::Desc);
        }
        let mut found: Vec<(Id, Found)> = Vec::with_capacity(ids.len());
        for row in self.db.reader().query_all(&select).await? {
            let id = rows::entry(&row)?;
            if !found.iter().any(|(known, _)| *known == id) {
                let read = reader.read(&row)?;
                found.push((id, Found { revision: read.revision, row: read.row }));
            }
        }
        let mut found: Vec<Found> = found.into_iter().map(|(_, found)| found).collect();
        if view.fields.has("locales") {
            let rows = found.iter_mut().map(|found| &mut found.row).collect();
            rows::add_locales(self.db.reader(), rows, view.state).await?;
        }
        Ok(found)
    }

    /// What search is to know of those of these entries that are published.
    pub async fn indexed(&self, of: &ContentType, ids: &[Id]) -> Result<Vec<Indexed>, Error> {
        let mut all: Vec<Indexed> = Vec::with_capacity(ids.len());
        let mut editions = crate::store::editions::live(self.db.reader(), of.id, ids).await?;
        // The language it was written in first comes first.
        editions.sort_by_key(|edition| (edition.entry, !edition.source, edition.locale.clone()));
        for edition in editions {
            let text = of.definition.search_text(&edition.data);
            match all.last_mut().filter(|last| last.id == edition.entry) {
                Some(known) => {
                    known.texts.push(text);
                    known.facets.entry("language".to_owned()).or_default().push(edition.locale);
                }
                None => {
                    let mut facets = of.definition.facets(&edition.data);
                    facets.insert("language".to_owned(), vec![edition.locale]);
                    all.push(Indexed {
                        id: edition.entry,
                        title: of.definition.display_text(&edition.data),
                        texts: vec![text],
                        date: edition.published_at.map(|at| kernel::print_date(at.day())),
                        portal: edition.credits.portal_id,
                        facets,
                    });
                }
            }
        }
        Ok(all)
    }

    /// The ids of entries that are published in some language, after `after`, at most 500 of them.
    pub async fn published_ids(&self, of: &ContentType, after: Option<Id>) -> Result<Vec<Id>, Error> {
        let mut select = Query::select();
        select
            .distinct()
            .expr(col("e", "entry_id"))
            .from_as(a("entry_editions"), a("e"))
            .and_where(col("e", "type_id").eq(of.id.0))
            .and_where(col("e", "live"));
        if let Some(after) = after {
            select.and_where(col("e", "entry_id").gt(after.0));
        }
        select.order_by_expr(col("e", "entry_id"), Order::Asc).limit(500);
        self.db.reader().query_all(&select).await?.iter().map(|row| Ok(Id(row.try_get_by_index(0)?))).collect()
    }

    /// Whether entries, live or being worked on, refer to a resource; some of them with their types.
    pub async fn referring(&self, id: Id) -> Result<Vec<(Id, String)>, Error> {
        values::referring(self.db.reader(), id, 10).await
    }

    /// Reads the working edition back inside the transaction, commits, and answers it.
    pub(crate) async fn finish(&self, txn: WriteTxn, of: &ContentType, id: Id, locale: &str) -> Result<Found, Error> {
        let schema = crate::entry_schema(&of.definition);
        let names =
            schema.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(name, _)| name.clone().into());
        let fields = Projection(names.collect());
        let reader = EntryRows::new(of, &fields, &self.policies);
        let mut select = Query::select();
        select
            .from_as(a("entry_editions"), a("e"))
            .and_where(col("e", "entry_id").eq(id.0))
            .and_where(col("e", "locale").eq(locale))
            .and_where(col("e", "working"));
        reader.select(&mut select);
        let row = txn.conn().query_one(&select).await?.ok_or_else(Error::not_found)?;
        let read = reader.read(&row)?;
        let mut found = Found { revision: read.revision, row: read.row };
        rows::add_locales(txn.conn(), vec![&mut found.row], State::Draft).await?;
        txn.commit(&found.row).await?;
        Ok(found)
    }
}
