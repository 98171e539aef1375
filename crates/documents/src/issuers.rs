//! The verbs on issuing authorities.

mod history;
mod named;

pub(crate) use named::{Context, Resolved, find, find_or_make};

use crate::Error;
use crate::documents::invalid;
use crate::issuer::{IssuerContent, IssuerInput};
use crate::policy::require;
use crate::store::former::{self, FormerName};
use crate::store::issuers::{self as rows, ISSUERS, Made, StoredIssuer};
use crate::store::{harvest, relatives, successions};
use kernel::query::{ListQuery, Projection};
use kernel::{Call, Clock, Found, Id, Page, Permission, Revision, Row, merge_patch, text};
use sea_orm::Condition;
use sea_orm::sea_query::ExprTrait;
use serde_json::Value;
use store::outbox::{self, Event};
use store::{Database, Refusal, WriteTxn, generation};

const TYPE: &str = "issuer";

/// Issuing authorities.
#[derive(Clone)]
pub struct Issuers {
    pub(crate) db: Database,
    pub(crate) clock: Clock,
}

/// A body that has a code, or had it before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    /// The body.
    pub id: Id,
    /// Its present code.
    pub code: String,
    /// Whether the code asked for is one it no longer has.
    pub is_former: bool,
}

impl Issuers {
    /// Issuing authorities over a database.
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock }
    }

    /// One page of issuing authorities; everybody sees them.
    pub async fn list(&self, query: &ListQuery) -> Result<Page<Row>, Error> {
        let query = ListQuery { fields: with_relation(&query.fields), ..query.clone() };
        let mut page = ISSUERS.list(self.db.reader(), &query, Condition::all()).await?;
        let mut rows: Vec<&mut Row> = page.items.iter_mut().map(|(_, row)| row).collect();
        relatives::fill(self.db.reader(), &mut rows, &query.fields).await?;
        Ok(page)
    }

    /// Issuing authorities by id with three statements at most, in no particular order.
    pub async fn get_many(&self, ids: &[Id], fields: &Projection) -> Result<Vec<Found>, Error> {
        let fields = with_relation(fields);
        let mut found = ISSUERS.get_many(self.db.reader(), ids, &fields, Condition::all()).await?;
        let mut rows: Vec<&mut Row> = found.iter_mut().map(|found| &mut found.row).collect();
        relatives::fill(self.db.reader(), &mut rows, &fields).await?;
        Ok(found)
    }

    /// The bodies that a code in an address may mean: first the one that has it, then those that had it before, of which
    /// the one that ended last comes first. Several, where a body took the code of one that it followed.
    pub async fn by_code(&self, code: &str) -> Result<Vec<Coded>, Error> {
        let conn = self.db.reader();
        let present = rows::holder(conn, "code", code).await?;
        let mut coded: Vec<Coded> = present.map(|id| Coded { id, code: code.to_owned(), is_former: false }).into_iter().collect();
        let former = former::holders(conn, code).await?;
        coded.extend(former.into_iter().map(|(id, code)| Coded { id, code, is_former: true }));
        Ok(coded)
    }

    /// Enters an issuing authority.
    pub async fn create(&self, call: &Call, input: IssuerInput) -> Result<Found, Error> {
        require(&call.actor, Permission::IssuersWrite)?;
        let content = IssuerContent::parse(input)?.proposed();
        let txn = self.db.begin(call, self.clock.now()).await?;
        one_writer(&txn).await?;
        history::check(&txn, None, &content).await?;
        must_be_free(&txn, None, &content).await?;
        match make(&txn, &content).await? {
            Made::New(id) => finish(txn, id).await,
            Made::Existing(other) => Err(Error::IssuerExists { field: "name", other }),
        }
    }

    /// Changes an issuing authority by a merge patch; a list of predecessors replaces the one that is there.
    pub async fn revise(&self, call: &Call, id: Id, seen: Revision, patch: Row) -> Result<Found, Error> {
        require(&call.actor, Permission::IssuersWrite)?;
        match self.revise_once(call, id, seen, patch.clone()).await {
            // Another call took the name, slug or code in the meantime: now it can be named.
            Err(Error::Refused(Refusal::Store(error))) if error.is_unique_violation() => {
                self.revise_once(call, id, seen, patch).await
            }
            done => done,
        }
    }

    async fn revise_once(&self, call: &Call, id: Id, seen: Revision, patch: Row) -> Result<Found, Error> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        one_writer(&txn).await?;
        let stored = load(&txn, id, seen).await?;
        let content = patched(&stored.content, patch)?;
        if content != stored.content {
            history::check(&txn, Some(id), &content).await?;
            must_be_free(&txn, Some(&stored), &content).await?;
            save(&txn, &stored, &content).await?;
        }
        finish(txn, id).await
    }

    /// Removes an issuing authority to which no document and no other body refers.
    pub async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        require(&call.actor, Permission::IssuersDelete)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        one_writer(&txn).await?;
        let stored = load(&txn, id, seen).await?;
        if rows::in_use(txn.conn(), id).await? {
            return Err(Error::IssuerInUse);
        }
        store::sql::delete(txn.conn(), "issuers", id).await?;
        store::resources::forget(&txn, id).await?;
        record(&txn, id, "deleted", stored.revision.next()).await?;
        let before: Vec<Id> = stored.content.predecessors.iter().map(|told| told.issuer).collect();
        touch(&txn, &before).await?;
        Ok(txn.commit(&()).await?)
    }
}

/// A sparse answer keeps the ids of relations.
fn with_relation(fields: &Projection) -> Projection {
    let mut fields = fields.clone();
    fields.0.push("parent_id".into());
    fields
}

/// Lets one writer of bodies at a time go on: whether a name is free, and whether a succession leads in a circle, is told
/// by other rows than those that are written. On SQLite the write transaction has seen to that already.
pub(crate) async fn one_writer(txn: &WriteTxn) -> Result<(), Error> {
    Ok(generation::renew(txn, "issuers").await?)
}

/// Makes an authority with its predecessors, or finds the one that another call made in the meantime.
pub(crate) async fn make(txn: &WriteTxn, content: &IssuerContent) -> Result<Made, Error> {
    let made = rows::insert(txn.conn(), content, txn.now()).await?;
    if let Made::New(id) = made {
        store::resources::register(txn, id, TYPE).await?;
        record(txn, id, "created", Revision::FIRST).await?;
        successions::replace(txn.conn(), id, &content.predecessors).await?;
        let before: Vec<Id> = content.predecessors.iter().map(|told| told.issuer).collect();
        touch(txn, &before).await?;
    }
    Ok(made)
}

/// The content with a merge patch applied, as a writer would have sent it whole.
fn patched(content: &IssuerContent, patch: Row) -> Result<IssuerContent, Error> {
    let mut target = match serde_json::to_value(content.as_input()) {
        Ok(Value::Object(target)) => target,
        Ok(_) | Err(_) => Row::new(),
    };
    target.retain(|_, value: &mut Value| *value != Value::Null);
    merge_patch(&mut target, patch);
    let input: IssuerInput = serde_json::from_value(Value::Object(target)).map_err(|_| invalid("", "invalid_patch"))?;
    let told = IssuerContent::parse(input)?;
    Ok(IssuerContent { slug: told.slug.or(content.slug.clone()), code: told.code.or(content.code.clone()), ..told })
}

/// Saves changed content; how the body was called until now stays known.
pub(crate) async fn save(txn: &WriteTxn, stored: &StoredIssuer, content: &IssuerContent) -> Result<(), Error> {
    let (id, old) = (stored.id, &stored.content);
    if !rows::update(txn.conn(), (id, stored.revision), content, txn.now()).await? {
        return Err(Error::Refused(Refusal::Stale));
    }
    let renamed = text::name_key(&old.name) != text::name_key(&content.name);
    if renamed || (old.area_name.is_some() && old.area_name != content.area_name) {
        let name = FormerName { name: old.name.clone(), area_name: old.area_name.clone(), until: None };
        former::keep_name(txn.conn(), id, &name).await?;
    }
    if let (Some(code), Some(present)) = (&old.code, &content.code)
        && code != present
    {
        former::keep_code(txn.conn(), id, (code, present)).await?;
    }
    if old.predecessors != content.predecessors {
        successions::replace(txn.conn(), id, &content.predecessors).await?;
    }
    if old.name != content.name || old.code != content.code {
        harvest::touch_issued_by(txn, id).await?;
    }
    record(txn, id, "updated", stored.revision.next()).await?;
    let of = |told: &IssuerContent, other: &IssuerContent| {
        let changed = told.predecessors.iter().filter(|told| !other.predecessors.contains(told));
        changed.map(|told| told.issuer).collect::<Vec<_>>()
    };
    let mut changed = [of(old, content), of(content, old)].concat();
    changed.sort_unstable();
    changed.dedup();
    touch(txn, &changed).await
}

/// Moves bodies on whose successors have changed.
pub(crate) async fn touch(txn: &WriteTxn, ids: &[Id]) -> Result<(), Error> {
    for (id, revision) in rows::touch(txn.conn(), ids, txn.now()).await? {
        record(txn, id, "updated", revision).await?;
    }
    Ok(())
}

async fn load(txn: &WriteTxn, id: Id, seen: Revision) -> Result<StoredIssuer, Error> {
    let stored = rows::locked(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    if stored.revision != seen {
        return Err(Error::Refused(Refusal::Stale));
    }
    let predecessors = successions::of(txn.conn(), id).await?;
    Ok(StoredIssuer { content: IssuerContent { predecessors, ..stored.content }, ..stored })
}

/// Refuses a name that a body has which exists at the same time and is not told apart from this one, a slug that is
/// taken, and a code that another body has, or had without being followed by this one.
async fn must_be_free(txn: &WriteTxn, stored: Option<&StoredIssuer>, content: &IssuerContent) -> Result<(), Error> {
    let conn = txn.conn();
    let id = stored.map(|stored| stored.id);
    let same_name = store::sql::col("i", "name_key").eq(text::name_key(&content.name));
    for other in rows::found(conn, same_name).await? {
        if Some(other.id) != id && history::may_be_one(content, &other.content) {
            return Err(Error::IssuerExists { field: "name", other: other.id });
        }
    }
    let old = stored.map(|stored| &stored.content);
    if let Some(slug) = content.slug.as_ref().filter(|slug| old.is_none_or(|old| old.slug.as_ref() != Some(*slug)))
        && let Some(other) = rows::holder(conn, "slug", slug).await?
    {
        return Err(Error::IssuerExists { field: "slug", other });
    }
    match content.code.as_ref().filter(|code| old.is_none_or(|old| old.code.as_ref() != Some(*code))) {
        Some(code) => code_must_be_free(txn, id, (code, content)).await,
        None => Ok(()),
    }
}

async fn code_must_be_free(txn: &WriteTxn, id: Option<Id>, told: (&str, &IssuerContent)) -> Result<(), Error> {
    let (conn, (code, content)) = (txn.conn(), told);
    if let Some(other) = rows::holder(conn, "code", code).await? {
        return Err(Error::IssuerExists { field: "code", other });
    }
    let had_it = former::holders(conn, code).await?.into_iter().map(|(other, _)| other);
    let had_it: Vec<Id> = had_it.filter(|other| Some(*other) != id).collect();
    if had_it.is_empty() {
        return Ok(());
    }
    let followed = history::followed_by(conn, content).await?;
    match had_it.into_iter().find(|other| !followed.contains(other)) {
        Some(other) => Err(Error::IssuerExists { field: "code", other }),
        None => Ok(()),
    }
}

pub(crate) async fn record(txn: &WriteTxn, id: Id, action: &'static str, revision: Revision) -> Result<(), Error> {
    Ok(outbox::record(txn, Event { resource_type: TYPE, id, action, revision }).await?)
}

async fn finish(txn: WriteTxn, id: Id) -> Result<Found, Error> {
    let mut found = ISSUERS.whole(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    let all = Projection(relatives::FAR_FIELDS.map(Into::into).to_vec());
    relatives::fill(txn.conn(), &mut [&mut found.row], &all).await?;
    txn.commit(&found.row).await?;
    Ok(found)
}
