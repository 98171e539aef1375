//! Other languages (C-35): selected → sent → translated → reviewed → published, and outdated when the
//! original changes. How far a translation is follows from its editions.

use crate::acting::{Acting, named_language};
use crate::store::editions::{self, Edition, Entry, Which};
use crate::types::ContentType;
use crate::writing::{record, step};
use crate::{Entries, Error, State, paths};
use kernel::{Id, Instant, Row, parse_date};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict, Query};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::WriteTxn;
use store::sql::{self, Values, a};

/// JSON Schema of a row of `…/translations`.
pub fn translation_schema() -> Value {
    let text = |about: &str| json!({ "type": ["string", "null"], "description": about });
    let moment = |about: &str| json!({ "type": ["string", "null"], "format": "date-time", "description": about });
    json!({ "type": "object", "required": ["locale", "source", "state", "progress"], "properties": {
        "locale": { "type": "string", "description": "The language." },
        "source": { "type": "boolean", "description": "Whether the entry was written in it first." },
        "state": { "type": "string", "enum": State::names(), "description": "The state of the working edition." },
        "live": { "type": "boolean", "description": "Whether everybody sees an edition in it." },
        "title": text("What titles the working edition."),
        "progress": { "type": ["string", "null"], "enum": ["selected", "sent", "translated", "reviewed", "published", null], "description": "How far a translation is." },
        "outdated": { "type": "boolean", "description": "Whether the original has changed since." },
        "source_version": { "type": ["integer", "null"], "description": "The version of the original it was translated from." },
        "translator": text("Who translates."),
        "due_on": { "type": ["string", "null"], "format": "date", "description": "Until when." },
        "selected_at": moment("When it was selected for translation."),
        "sent_at": moment("When it was sent to its translator."),
        "published_at": moment("When it was first published in this language."),
        "updated_at": moment("When the working edition was written."),
    } })
}

struct Kept {
    translator: Option<String>,
    due_on: Option<String>,
    selected_at: Instant,
    sent_at: Option<Instant>,
    source_number: i64,
}

impl Entries {
    /// The languages of an entry, that it was written in first before the others.
    pub async fn translations(&self, of: &ContentType, id: Id) -> Result<Vec<Row>, Error> {
        let conn = self.db.reader();
        let kept = kept(conn, id).await?;
        let mut by_locale: BTreeMap<(bool, String), (Option<Edition>, bool)> = BTreeMap::new();
        for edition in editions::present(conn, id).await? {
            let slot = by_locale.entry((!edition.source, edition.locale.clone())).or_default();
            slot.1 |= edition.live;
            if edition.working {
                slot.0 = Some(edition);
            }
        }
        let row = |((_, locale), (working, live)): ((bool, String), (Option<Edition>, bool))| {
            let working = working?;
            let kept = kept.get(&locale);
            let moment = |at: Option<Instant>| at.map(|at| at.print());
            let row = json!({
                "locale": locale, "source": working.source, "state": working.state.as_str(), "live": live,
                "title": of.definition.display_text(&working.data),
                "progress": kept.map(|kept| progress(kept, &working, live)),
                "outdated": working.outdated, "source_version": kept.map(|kept| kept.source_number),
                "translator": kept.and_then(|kept| kept.translator.clone()), "due_on": kept.and_then(|kept| kept.due_on.clone()),
                "selected_at": kept.map(|kept| kept.selected_at.print()), "sent_at": moment(kept.and_then(|kept| kept.sent_at)),
                "published_at": moment(working.published_at), "updated_at": working.updated_at.print(),
            });
            match row {
                Value::Object(row) => Some(row),
                _ => None,
            }
        };
        Ok(by_locale.into_iter().filter_map(row).collect())
    }

    /// Selects an entry for translation: a draft in another language that begins as a copy of the original.
    pub(crate) async fn translate(
        &self,
        txn: &WriteTxn,
        of: &ContentType,
        entry: &mut Entry,
        acting: &Acting,
    ) -> Result<String, Error> {
        let locale = named_language(acting)?;
        let locale = locale.as_str();
        if editions::one(txn.conn(), entry.id, locale, Which::Working).await?.is_some() {
            return Err(Error::TranslationExists(locale.to_owned()));
        }
        let original = match editions::one(txn.conn(), entry.id, &entry.locale, Which::Live).await? {
            Some(live) => live,
            None => editions::one(txn.conn(), entry.id, &entry.locale, Which::Working).await?.ok_or_else(Error::not_found)?,
        };
        let now = txn.now();
        let author = txn.call().actor.account();
        editions::advance(txn, entry).await?;
        // What nobody has approved yet keeps its writers: a translation is no way around the four eyes.
        let approved = matches!(original.state, State::Approved | State::Published | State::Withdrawn | State::TakenDown);
        let mut contributors = if approved { Vec::new() } else { original.contributors.clone() };
        contributors.extend(author.filter(|author| !contributors.contains(author)));
        let edition = Edition {
            id: Id::new(now),
            locale: locale.to_owned(),
            source: false,
            number: 1,
            live: false,
            working: true,
            state: State::Draft,
            slug: String::new(),
            outdated: false,
            contributors,
            changed_by: author,
            assignee: None,
            updated_at: now,
            published_at: None,
            ..original.clone()
        };
        let slug = paths::hold(txn, of, &edition, None).await?;
        let edition = Edition { slug, ..edition };
        editions::insert(txn, entry, &of.definition, &edition).await?;
        let values: Values = vec![
            ("entry_id", entry.id.0.into()),
            ("locale", locale.into()),
            ("translator", acting.text("translator").into()),
            ("due_on", due_on(acting)?.into()),
            ("selected_by", author.map(|id| id.0).into()),
            ("selected_at", now.0.into()),
            ("source_number", original.number.into()),
        ];
        sql::insert(txn.conn(), "entry_translations", values).await?;
        let details = json!({ "from_version": original.number, "translator": acting.text("translator") });
        step(txn, &edition, ("translate", None, acting.comment.as_deref()), details).await?;
        record(txn, of, entry, ("updated", acting.comment.as_deref())).await?;
        Ok(locale.to_owned())
    }

    /// Sends a translation to its translator.
    pub(crate) async fn send(
        &self,
        txn: &WriteTxn,
        of: &ContentType,
        (entry, edition): (&mut Entry, &Edition),
        acting: &Acting,
    ) -> Result<(), Error> {
        if edition.source || edition.state != State::Draft {
            return Err(Error::WrongState { action: "send", state: edition.state.as_str() });
        }
        let mut update = Query::update();
        update
            .table(a("entry_translations"))
            .value(a("sent_at"), txn.now().0)
            .and_where(Expr::col(a("entry_id")).eq(entry.id.0))
            .and_where(Expr::col(a("locale")).eq(edition.locale.as_str()));
        if let Some(translator) = acting.text("translator") {
            update.value(a("translator"), translator);
        }
        if let Some(due_on) = due_on(acting)? {
            update.value(a("due_on"), due_on);
        }
        txn.conn().execute(&update).await?;
        editions::advance(txn, entry).await?;
        let details = json!({ "translator": acting.text("translator"), "due_on": acting.text("due_on") });
        step(txn, edition, ("send", Some(edition.state), acting.comment.as_deref()), details).await?;
        record(txn, of, entry, ("updated", acting.comment.as_deref())).await
    }
}

fn due_on(acting: &Acting) -> Result<Option<String>, Error> {
    let Some(day) = acting.text("due_on") else { return Ok(None) };
    let known = parse_date(&day).map(kernel::print_date);
    let wrong = || {
        Error::field("/due_on", "invalid_date", ("không phải là một ngày dạng YYYY-MM-DD", "not a day of the form YYYY-MM-DD"))
    };
    known.map(Some).ok_or_else(wrong)
}

/// How far a translation is.
fn progress(kept: &Kept, working: &Edition, live: bool) -> &'static str {
    match working.state {
        State::Published | State::Withdrawn | State::TakenDown => "published",
        State::Approved => "reviewed",
        State::Submitted | State::InReview => "translated",
        State::Draft if live => "published",
        State::Draft if kept.sent_at.is_some() => "sent",
        State::Draft => "selected",
    }
}

async fn kept<C: ConnectionTrait>(conn: &C, id: Id) -> Result<BTreeMap<String, Kept>, Error> {
    let select = Query::select()
        .columns(["locale", "translator", "due_on", "selected_at", "sent_at", "source_number"].map(a))
        .from(a("entry_translations"))
        .and_where(Expr::col(a("entry_id")).eq(id.0))
        .to_owned();
    let mut kept = BTreeMap::new();
    for row in conn.query_all(&select).await? {
        let one = Kept {
            translator: row.try_get_by_index(1)?,
            due_on: row.try_get_by_index(2)?,
            selected_at: Instant(row.try_get_by_index(3)?),
            sent_at: row.try_get_by_index::<Option<i64>>(4)?.map(Instant),
            source_number: row.try_get_by_index(5)?,
        };
        kept.insert(row.try_get_by_index(0)?, one);
    }
    Ok(kept)
}

/// A translation was written: it is one of the original as it is published now.
pub(crate) async fn translated_now(txn: &WriteTxn, entry: &Entry, locale: &str) -> Result<(), Error> {
    let live = editions::one(txn.conn(), entry.id, &entry.locale, Which::Live).await?;
    let Some(original) = live else { return Ok(()) };
    let insert = Query::insert()
        .into_table(a("entry_translations"))
        .columns(["entry_id", "locale", "selected_at", "source_number"].map(a))
        .values_panic([entry.id.0.into(), locale.into(), txn.now().0.into(), original.number.into()])
        .on_conflict(OnConflict::columns(["entry_id", "locale"].map(a)).update_column(a("source_number")).to_owned())
        .to_owned();
    txn.conn().execute(&insert).await?;
    Ok(())
}
