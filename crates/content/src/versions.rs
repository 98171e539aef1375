//! The versions of an entry: every save, compared and restored (C-37).

use crate::acting::Acting;
use crate::store::editions::{self, Edition, Entry, Which};
use crate::store::{a, col, steps};
use crate::types::ContentType;
use crate::writing::{Written, record, step};
use crate::{Entries, Error, State};
use kernel::{Id, Instant, Locale, Row};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{ExprTrait, Order, Query};
use serde_json::{Value, json};
use store::WriteTxn;

/// JSON Schema of a row of `…/versions`.
pub fn version_schema() -> Value {
    json!({ "type": "object", "required": ["version", "locale", "state"], "properties": {
        "id": { "type": "string", "format": "uuid", "description": "The id of the edition." },
        "version": { "type": "integer", "description": "Its number within its language." },
        "locale": { "type": "string", "description": "The language." },
        "state": { "type": "string", "enum": State::names(), "description": "The last state it was in." },
        "live": { "type": "boolean", "description": "Whether everybody sees it." },
        "working": { "type": "boolean", "description": "Whether it is the working copy." },
        "title": { "type": "string", "description": "What titles it." },
        "slug": { "type": "string", "description": "Its address." },
        "changed_by": { "type": ["string", "null"], "format": "uuid", "description": "Who wrote it." },
        "assignee_id": { "type": ["string", "null"], "format": "uuid", "description": "Who is to deal with it." },
        "updated_at": { "type": "string", "format": "date-time", "description": "When it was written." },
    } })
}

impl Entries {
    /// The versions of an entry in a language, newest first.
    pub async fn versions(&self, id: Id, lang: Option<&Locale>) -> Result<Vec<Row>, Error> {
        let names =
            ["id", "number", "locale", "state", "live", "working", "title", "slug", "changed_by", "assignee_id", "updated_at"];
        let mut select = Query::select();
        select
            .exprs(names.map(|name| col("e", name)))
            .from_as(a("entry_editions"), a("e"))
            .and_where(col("e", "entry_id").eq(id.0));
        match lang {
            Some(lang) => select.and_where(col("e", "locale").eq(lang.as_str())),
            None => select.and_where(col("e", "source")),
        };
        select.order_by_expr(col("e", "number"), Order::Desc).limit(1000);
        let mut versions = Vec::new();
        for row in self.db.reader().query_all(&select).await? {
            let id = |at: usize| row.try_get_by_index::<Option<Uuid>>(at).map(|id| id.map(|id| id.to_string()));
            let version = json!({
                "id": id(0)?, "version": row.try_get_by_index::<i64>(1)?, "locale": row.try_get_by_index::<String>(2)?,
                "state": row.try_get_by_index::<String>(3)?, "live": row.try_get_by_index::<bool>(4)?,
                "working": row.try_get_by_index::<bool>(5)?, "title": row.try_get_by_index::<String>(6)?,
                "slug": row.try_get_by_index::<String>(7)?, "changed_by": id(8)?, "assignee_id": id(9)?,
                "updated_at": Instant(row.try_get_by_index(10)?).print(),
            });
            if let Value::Object(version) = version {
                versions.push(version);
            }
        }
        Ok(versions)
    }

    /// One version with all that is in it.
    pub async fn version(&self, of: &ContentType, id: Id, (lang, number): (Option<&Locale>, i64)) -> Result<Option<Row>, Error> {
        let Some(locale) = self.language_of(of, id, lang).await? else { return Ok(None) };
        let edition = editions::one(self.db.reader(), id, &locale, Which::Number(number)).await?;
        Ok(edition.map(|edition| whole(&edition)))
    }

    /// What differs between two versions, field by field.
    pub async fn compare(
        &self,
        of: &ContentType,
        id: Id,
        (lang, from, to): (Option<&Locale>, i64, i64),
    ) -> Result<Option<Row>, Error> {
        let (old, new) = (self.version(of, id, (lang, from)).await?, self.version(of, id, (lang, to)).await?);
        let (Some(old), Some(new)) = (old, new) else { return Ok(None) };
        let companions: Vec<&str> = of
            .definition
            .fields()
            .iter()
            .flat_map(|field| field.stored_names().iter().filter(|name| **name != field.name))
            .map(String::as_str)
            .collect();
        let about = ["version", "id", "updated_at", "state", "changed_by", "live", "working", "locale"];
        let mut names: Vec<&String> = old.keys().chain(new.keys().filter(|name| !old.contains_key(*name))).collect();
        names.retain(|name| !companions.contains(&name.as_str()) && !about.contains(&name.as_str()));
        let changes = names.into_iter().filter(|name| old.get(*name) != new.get(*name)).map(|name| {
            let change = match (old.get(name).filter(|v| !v.is_null()), new.get(name).filter(|v| !v.is_null())) {
                (None, _) => "added",
                (_, None) => "removed",
                _ => "changed",
            };
            json!({ "field": name, "change": change, "from": old.get(name), "to": new.get(name) })
        });
        let changes: Vec<Value> = changes.collect();
        match json!({ "from": from, "to": to, "locale": new.get("locale"), "changes": changes }) {
            Value::Object(compared) => Ok(Some(compared)),
            _ => Ok(None),
        }
    }

    /// The steps that an entry took in the workflow.
    pub async fn steps(&self, id: Id, lang: Option<&Locale>) -> Result<Vec<Row>, Error> {
        steps::of_entry(self.db.reader(), id, lang.map(Locale::as_str)).await
    }

    /// Makes an earlier version the working copy again: a draft, to be approved like any other.
    pub(crate) async fn restore(
        &self,
        txn: &WriteTxn,
        of: &ContentType,
        (entry, working): (&mut Entry, &Edition),
        acting: &Acting,
    ) -> Result<(), Error> {
        let number = acting.with.get("version").and_then(Value::as_i64);
        let number =
            number.ok_or_else(|| Error::field("/version", "required", ("cần số phiên bản", "a version is asked for")))?;
        let old = editions::one(txn.conn(), entry.id, &working.locale, Which::Number(number)).await?;
        let old = old
            .ok_or_else(|| Error::field("/version", "unknown_version", ("không có phiên bản này", "there is no such version")))?;
        // Of a translation, what all languages share stays as it is now; a definition may have changed since.
        let mut row = old.as_input();
        if !working.source {
            row.retain(|name, _| of.definition.field(name).is_none_or(|field| field.localizable));
            row.extend(of.definition.shared(&working.data));
        }
        row.insert("slug".into(), working.slug.as_str().into());
        let written = Written::parse(of, row)?;
        // What nobody has approved keeps its writers.
        let mut from = working.clone();
        if matches!(old.state, State::Draft | State::Submitted | State::InReview) {
            if matches!(from.state, State::Published | State::Withdrawn | State::TakenDown) {
                from.contributors.clear();
                from.state = State::Draft;
            }
            from.contributors.extend(old.contributors.iter().filter(|by| !working.contributors.contains(by)).copied());
        }
        let made = self.save(txn, of, (entry, &from), written).await?;
        step(txn, &made, ("restore", Some(working.state), acting.comment.as_deref()), json!({ "version": number })).await?;
        record(txn, of, entry, ("updated", acting.comment.as_deref())).await
    }

    async fn language_of(&self, of: &ContentType, id: Id, lang: Option<&Locale>) -> Result<Option<String>, Error> {
        let select = Query::select()
            .column(a("locale"))
            .from(a("entries"))
            .and_where(sea_orm::sea_query::Expr::col(a("id")).eq(id.0))
            .and_where(sea_orm::sea_query::Expr::col(a("type_id")).eq(of.id.0))
            .to_owned();
        let Some(row) = self.db.reader().query_one(&select).await? else { return Ok(None) };
        Ok(Some(lang.map_or_else(|| row.try_get_by_index::<String>(0), |lang| Ok(lang.as_str().to_owned()))?))
    }
}

fn whole(edition: &Edition) -> Row {
    let mut row = Row::new();
    row.insert("version".into(), edition.number.into());
    row.insert("id".into(), edition.id.to_string().into());
    row.insert("locale".into(), edition.locale.as_str().into());
    row.insert("state".into(), edition.state.as_str().into());
    row.insert("live".into(), edition.live.into());
    row.insert("working".into(), edition.working.into());
    row.insert("changed_by".into(), edition.changed_by.map(|id| id.to_string()).into());
    row.insert("updated_at".into(), edition.updated_at.print().into());
    row.extend(edition.as_input());
    row
}
