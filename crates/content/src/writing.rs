//! Writing entries: entering, changing and removing them. Every save is an edition of its own.

use crate::entries::Target;
use crate::store::editions::{self, Credits, Edition, Entry, Which};
use crate::store::steps::{self, Step};
use crate::types::ContentType;
use crate::{Entries, Error, State, paths};
use content_types::Target as RelationTarget;
use kernel::{Call, FieldFault, Found, Id, Locale, Permission, Revision, Row, Text, merge_patch};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use serde_json::{Value, json};
use std::collections::HashMap;
use store::outbox::{self, Event};
use store::sql::a;
use store::{Refusal, WriteTxn};

/// What a writer says: the fields of the type, checked, and what is around them.
pub(crate) struct Written {
    pub data: Row,
    pub credits: Credits,
    /// The slug that is asked for.
    pub slug: Option<String>,
}

impl Written {
    /// Checks what a writer sent, its language taken out before.
    pub fn parse(of: &ContentType, mut row: Row) -> Result<Self, Error> {
        let slug = match row.remove("slug") {
            Some(Value::String(slug)) => Some(slug),
            _ => None,
        };
        let credits = Credits::take(&mut row);
        row.retain(|name, _| !crate::entry::WRITTEN.contains(&name.as_str()));
        let data = of.definition.check(row).map_err(Error::invalid)?;
        let display = of.definition.display();
        if data.get(display).is_some_and(Value::is_string) && of.definition.display_text(&data).is_empty() {
            return Err(Error::field(format!("/{display}"), "blank", ("không được để trống", "must not be blank")));
        }
        Ok(Self { data, credits, slug })
    }
}

impl Entries {
    /// Enters an entry as a draft.
    pub async fn create(&self, of: &ContentType, call: &Call, input: Row) -> Result<Found, Error> {
        Refusal::unless(&call.actor, Permission::ContentWrite)?;
        let (locale, written) = self.read_new(of, input)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        crate::types::unchanged(&txn, of).await?;
        let id = Id::new(txn.now());
        self.enter(&txn, of, id, (&locale, written)).await?;
        self.finish(txn, of, id, locale.as_str()).await
    }

    /// Enters an entry under an id that the caller has made. The same again is answered with what is
    /// there; whether it is new.
    pub async fn put(&self, of: &ContentType, call: &Call, id: Id, input: Row) -> Result<(Found, bool), Error> {
        Refusal::unless(&call.actor, Permission::ContentWrite)?;
        let (locale, written) = self.read_new(of, input)?;
        if id.0.is_nil() {
            return Err(Error::field("/id", "invalid_id", ("không được là UUID rỗng", "must not be the nil UUID")));
        }
        let txn = self.db.begin(call, self.clock.now()).await?;
        crate::types::unchanged(&txn, of).await?;
        let known = store::resources::type_of(txn.conn(), id).await?;
        if known.is_some() {
            let there = editions::one(txn.conn(), id, locale.as_str(), Which::Working).await?;
            let same = |edition: &Edition| {
                edition.data == written.data
                    && edition.credits == written.credits
                    && written.slug.as_ref().is_none_or(|slug| *slug == edition.slug)
            };
            if known.as_deref() == Some(of.definition.name()) && there.as_ref().is_some_and(same) {
                return Ok((self.finish(txn, of, id, locale.as_str()).await?, false));
            }
            return Err(Error::IdTaken);
        }
        self.enter(&txn, of, id, (&locale, written)).await?;
        Ok((self.finish(txn, of, id, locale.as_str()).await?, true))
    }

    fn read_new(&self, of: &ContentType, mut input: Row) -> Result<(Locale, Written), Error> {
        let locale = match input.remove("locale") {
            Some(Value::String(tag)) => Locale::parse(&tag)
                .ok_or_else(|| Error::field("/locale", "invalid_locale", ("không phải mã ngôn ngữ", "not a language tag")))?,
            _ => Locale::default(),
        };
        Ok((locale, Written::parse(of, input)?))
    }

    /// Puts a new entry into the collection.
    async fn enter(&self, txn: &WriteTxn, of: &ContentType, id: Id, (locale, written): (&Locale, Written)) -> Result<(), Error> {
        check_references(txn, of, &written).await?;
        let now = txn.now();
        let entry = Entry { id, type_id: of.id, revision: Revision::FIRST, locale: locale.as_str().to_owned(), created_at: now };
        match store::resources::register(txn, id, of.definition.name()).await {
            Err(error) if error.is_unique_violation() => return Err(Error::IdTaken),
            registered => registered?,
        }
        editions::insert_entry(txn, &entry, written.credits.portal_id).await?;
        let edition = Edition {
            id: Id::new(now),
            entry: id,
            locale: entry.locale.clone(),
            source: true,
            number: 1,
            live: false,
            working: true,
            state: State::Draft,
            slug: String::new(),
            credits: written.credits,
            outdated: false,
            data: written.data,
            contributors: txn.call().actor.account().into_iter().collect(),
            changed_by: txn.call().actor.account(),
            assignee: None,
            updated_at: now,
            published_at: None,
        };
        let slug = paths::hold(txn, of, &edition, written.slug).await?;
        let edition = Edition { slug, ..edition };
        editions::insert(txn, &entry, &of.definition, &edition).await?;
        step(txn, &edition, ("create", None, None), json!({})).await?;
        record(txn, of, &entry, ("created", None)).await
    }

    /// Changes the working edition of a language by a merge patch; what is published stays as it is until
    /// the change is published too.
    pub async fn revise(&self, of: &ContentType, call: &Call, target: Target, mut patch: Row) -> Result<Found, Error> {
        Refusal::unless(&call.actor, Permission::ContentWrite)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        crate::types::unchanged(&txn, of).await?;
        let mut entry = editions::lock(&txn, of.id, target.id).await?;
        let working = working(&txn, &entry, &target).await?;
        if let Some(locale) = patch.remove("locale").filter(|locale| *locale != *working.locale) {
            let _ = locale;
            let text = ("ngôn ngữ không đổi được; hãy tạo bản dịch", "the language cannot be changed; make a translation");
            return Err(Error::field("/locale", "immutable", text));
        }
        self.only_localizable(of, &working, &patch)?;
        let slug_given = patch.get("slug").is_some_and(Value::is_string);
        let slug_removed = patch.get("slug").is_some_and(Value::is_null);
        let mut row = working.as_input();
        merge_patch(&mut row, patch);
        let mut written = Written::parse(of, row)?;
        // An address that was made from the title follows it until it is published.
        let follows =
            working.published_at.is_none() && paths::made_from(&of.definition.display_text(&working.data), &working.slug);
        let renamed = of.definition.display_text(&working.data) != of.definition.display_text(&written.data);
        if slug_removed || (!slug_given && follows && renamed) {
            written.slug = None;
        }
        let same = written.data == working.data && written.credits == working.credits;
        if same && written.slug.as_deref() == Some(&working.slug) && working.outdated {
            // Looked at and found still right: a translation of the present original.
            editions::advance(&txn, &mut entry).await?;
            editions::place(&txn, &Edition { outdated: false, ..working.clone() }).await?;
            crate::translations::translated_now(&txn, &entry, &working.locale).await?;
            record(&txn, of, &entry, ("updated", None)).await?;
        } else if written.data != working.data
            || written.credits != working.credits
            || written.slug.as_deref() != Some(&working.slug)
        {
            self.save(&txn, of, (&mut entry, &working), written).await?;
            record(&txn, of, &entry, ("updated", None)).await?;
        }
        self.finish(txn, of, target.id, &working.locale).await
    }

    /// In a translation only what is translated can be written; the rest is shared by all languages.
    fn only_localizable(&self, of: &ContentType, working: &Edition, patch: &Row) -> Result<(), Error> {
        if working.source {
            return Ok(());
        }
        let shared = |name: &&String| {
            of.definition.field(name).is_some_and(|field| !field.localizable) && working.data.get(*name) != patch.get(*name)
        };
        let fault = |name: &String| {
            let text = Text::new(
                "dùng chung cho mọi ngôn ngữ; hãy sửa ở bản ngôn ngữ gốc",
                "is shared by all languages; change it in the language the entry was written in first",
            );
            FieldFault::new(format!("/{name}"), "shared_field", text)
        };
        let faults: Vec<FieldFault> = patch.keys().filter(shared).map(fault).collect();
        if faults.is_empty() { Ok(()) } else { Err(Error::invalid(faults)) }
    }

    /// Saves what was written as a new working edition, a draft.
    pub(crate) async fn save(
        &self,
        txn: &WriteTxn,
        of: &ContentType,
        (entry, working): (&mut Entry, &Edition),
        written: Written,
    ) -> Result<Edition, Error> {
        check_references(txn, of, &written).await?;
        let now = txn.now();
        let author = txn.call().actor.account();
        // What was published has been approved: whoever changes it now is the first to write this one.
        let published = matches!(working.state, State::Published | State::Withdrawn | State::TakenDown);
        let mut contributors = if published { Vec::new() } else { working.contributors.clone() };
        contributors.extend(author.filter(|author| !contributors.contains(author)));
        editions::advance(txn, entry).await?;
        editions::put_aside(txn, working).await?;
        let edition = Edition {
            id: Id::new(now),
            number: editions::last_number(txn.conn(), entry.id, &working.locale).await? + 1,
            live: false,
            working: true,
            state: State::Draft,
            credits: written.credits,
            data: written.data,
            contributors,
            changed_by: author,
            updated_at: now,
            slug: written.slug.clone().unwrap_or_default(),
            // A translation that is written anew is one of the present original.
            outdated: false,
            ..working.clone()
        };
        let slug = paths::hold(txn, of, &edition, written.slug).await?;
        let edition = Edition { slug, ..edition };
        editions::insert(txn, entry, &of.definition, &edition).await?;
        if !edition.source {
            crate::translations::translated_now(txn, entry, &edition.locale).await?;
        }
        Ok(edition)
    }

    /// Removes an entry that was never published in any language; with a language named that is not the
    /// one it was written in first, the translation alone.
    pub async fn delete(&self, of: &ContentType, call: &Call, target: Target) -> Result<(), Error> {
        Refusal::unless(&call.actor, Permission::ContentWrite)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        crate::types::unchanged(&txn, of).await?;
        let entry = editions::lock(&txn, of.id, target.id).await?;
        if entry.revision != target.seen {
            return Err(Error::stale());
        }
        let published = Query::select()
            .expr(Expr::val(1))
            .from(a("entry_editions"))
            .and_where(Expr::col(a("entry_id")).eq(target.id.0))
            .and_where(Expr::col(a("published_at")).is_not_null())
            .limit(1)
            .to_owned();
        let locale = editions::language(&entry, target.lang.as_ref());
        if locale != entry.locale {
            return self.delete_translation(txn, of, (entry, &locale)).await;
        }
        if txn.conn().query_one(&published).await?.is_some() {
            return Err(Error::WasPublished);
        }
        paths::forget(&txn, target.id).await?;
        store::sql::delete(txn.conn(), "entries", target.id).await?;
        store::resources::forget(&txn, target.id).await?;
        let entry = Entry { revision: entry.revision.next(), ..entry };
        record(&txn, of, &entry, ("deleted", None)).await?;
        Ok(txn.commit(&()).await?)
    }
}

impl Entries {
    /// Removes a translation that was never published.
    async fn delete_translation(&self, txn: WriteTxn, of: &ContentType, (mut entry, locale): (Entry, &str)) -> Result<(), Error> {
        let mut published = Query::select();
        published
            .expr(Expr::val(1))
            .from(a("entry_editions"))
            .and_where(Expr::col(a("entry_id")).eq(entry.id.0))
            .and_where(Expr::col(a("locale")).eq(locale))
            .and_where(Expr::col(a("published_at")).is_not_null())
            .limit(1);
        if txn.conn().query_one(&published).await?.is_some() {
            return Err(Error::WasPublished);
        }
        crate::schedules::cancel_language(&txn, entry.id, locale).await?;
        for table in ["paths", "entry_translations", "entry_editions"] {
            let delete = Query::delete()
                .from_table(a(table))
                .and_where(Expr::col(a("entry_id")).eq(entry.id.0))
                .and_where(Expr::col(a("locale")).eq(locale))
                .to_owned();
            txn.conn().execute(&delete).await?;
        }
        editions::advance(&txn, &mut entry).await?;
        record(&txn, of, &entry, ("updated", None)).await?;
        Ok(txn.commit(&()).await?)
    }
}

/// The working edition of the language that is meant; the caller must have seen the present revision.
pub(crate) async fn working(txn: &WriteTxn, entry: &Entry, target: &Target) -> Result<Edition, Error> {
    if entry.revision != target.seen {
        return Err(Error::stale());
    }
    let locale = editions::language(entry, target.lang.as_ref());
    editions::one(txn.conn(), entry.id, &locale, Which::Working).await?.ok_or_else(Error::not_found)
}

/// Records what happened to an entry.
pub(crate) async fn record(
    txn: &WriteTxn,
    of: &ContentType,
    entry: &Entry,
    (action, comment): (&'static str, Option<&str>),
) -> Result<(), Error> {
    let event = Event { resource_type: of.definition.name(), id: entry.id, action, revision: entry.revision };
    Ok(outbox::record_with_comment(txn, event, comment).await?)
}

/// Writes a step of an edition into the record.
pub(crate) async fn step(
    txn: &WriteTxn,
    edition: &Edition,
    (action, from, comment): (&str, Option<State>, Option<&str>),
    details: Value,
) -> Result<(), Error> {
    let (entry, number, locale) = (edition.entry, edition.number, edition.locale.as_str());
    let step = Step { entry, edition: edition.id, locale, number, action, from, to: edition.state, comment, details };
    steps::record(txn, step).await
}

/// Refuses ids that name nothing, or something of another type; one statement for all.
async fn check_references(txn: &WriteTxn, of: &ContentType, written: &Written) -> Result<(), Error> {
    let mut wanted: Vec<(String, &str, Id)> = Vec::new();
    let references = of.definition.references(&written.data);
    for reference in &references {
        let target = match &reference.target {
            RelationTarget::Type(name) => name.as_str(),
            RelationTarget::Media(_) => "media",
        };
        wanted.push((reference.pointer.clone(), target, reference.id));
    }
    wanted.extend(written.credits.portal_id.map(|portal| ("/portal_id".to_owned(), "portal", portal)));
    if wanted.is_empty() {
        return Ok(());
    }
    let select = Query::select()
        .columns(["id", "type"].map(a))
        .from(a("resources"))
        .and_where(Expr::col(a("id")).is_in(wanted.iter().map(|(_, _, id)| id.0)))
        .to_owned();
    let mut known: HashMap<Id, String> = HashMap::new();
    for row in txn.conn().query_all(&select).await? {
        known.insert(Id(row.try_get_by_index(0)?), row.try_get_by_index(1)?);
    }
    let unknown = wanted.into_iter().filter(|(_, target, id)| known.get(id).is_none_or(|kind| kind != target));
    let fault = |(pointer, target, _): (String, &str, Id)| {
        let text = Text::new(format!("không có {target} với mã này"), format!("there is no {target} with this id"));
        FieldFault::new(pointer, "unknown_reference", text)
    };
    let faults: Vec<FieldFault> = unknown.map(fault).collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::invalid(faults)) }
}
