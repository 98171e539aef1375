//! Content types as data: added, extended and retired while the server runs (C-19).

mod entries;
mod rows;
mod sent;

pub(crate) use rows::unchanged;

use self::entries::{breaking, count, editions_of, fill, retitle};
use self::rows::{Origin, TABLE, insert, load, lock, record, version};
use self::sent::{SENT, flat, sent, stored};
use crate::Error;
use arc_swap::ArcSwap;
use content_types::{Definition, compare};
use kernel::query::{Field, ListQuery, Projection};
use kernel::{Call, Clock, Found, Id, Page, Permission, Revision, Row, View, merge_patch};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, Query};
use serde_json::Value;
use std::sync::Arc;
use store::sql::{self, Values, a};
use store::{Database, Refusal, WriteTxn, generation};

/// What is marked as changed when a type is.
const GENERATION: &str = "content-types";
/// The names of the types that came with the server, kept so that none comes twice.
const SEEDED: &str = "seeded content types";
/// Editions up to which a field made filterable is indexed at once; of more it is done by a task.
const AT_ONCE: u64 = 500;
/// The fields by which content types can be filtered and sorted.
pub fn content_type_fields() -> Vec<Field> {
    TABLE.asked()
}

/// A content type as it is kept in memory.
pub struct ContentType {
    /// Its id.
    pub id: Id,
    /// Its revision.
    pub revision: Revision,
    /// What it is.
    pub definition: Definition,
    /// Fields whose values are still being indexed: not yet to be asked by.
    pub pending: Vec<String>,
}

/// Whether all these definitions, the new one last, can be served together.
pub type Trial<'a> = &'a (dyn Fn(&[&Definition]) -> Result<(), Error> + Send + Sync);

/// The content types of an installation.
#[derive(Clone)]
pub struct ContentTypes {
    pub(crate) db: Database,
    pub(crate) clock: Clock,
    known: Arc<ArcSwap<Vec<Arc<ContentType>>>>,
}

impl ContentTypes {
    /// The content types in a database; none is known before [`ContentTypes::reload`].
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock, known: Arc::default() }
    }

    /// Reads all types in use into memory.
    pub async fn reload(&self) -> Result<(), Error> {
        let types = load(self.db.reader()).await?;
        self.known.store(Arc::new(types.into_iter().map(Arc::new).collect()));
        Ok(())
    }

    /// The mark that every change of a type renews.
    pub async fn generation(&self) -> Result<Option<String>, Error> {
        Ok(generation::present(self.db.reader(), GENERATION).await?)
    }

    /// The types in use, by name.
    pub fn all(&self) -> Vec<Arc<ContentType>> {
        self.known.load().as_ref().clone()
    }

    /// The type in use of this name.
    pub fn named(&self, name: &str) -> Option<Arc<ContentType>> {
        self.known.load().iter().find(|known| known.definition.name() == name).cloned()
    }

    /// The id of a type by its name, or by its id as text.
    pub async fn find(&self, key: &str) -> Result<Option<Id>, Error> {
        if let Some(id) = Id::parse(key) {
            return Ok(Some(id));
        }
        let select = Query::select().column(a("id")).from(a(TABLE.name)).and_where(Expr::col(a("name")).eq(key)).to_owned();
        Ok(self.db.reader().query_one(&select).await?.map(|row| row.try_get_by_index(0).map(Id)).transpose()?)
    }

    /// One page of types.
    pub async fn list(&self, query: &ListQuery) -> Result<Page<Row>, Error> {
        let asked = query.fields.clone();
        let query = ListQuery { fields: stored(&asked), ..query.clone() };
        let page = TABLE.list(self.db.reader(), &query, Condition::all()).await?;
        let items = page.items.into_iter().map(|(at, row)| (at, sent(row, &asked))).collect();
        Ok(Page { items, ..page })
    }

    /// Several types by id.
    pub async fn get_many(&self, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        let found = TABLE.get_many(self.db.reader(), ids, &stored(&view.fields), Condition::all()).await?;
        Ok(found.into_iter().map(|found| Found { row: sent(found.row, &view.fields), ..found }).collect())
    }

    /// Adds a type; served by this node once it is committed.
    pub async fn create(&self, call: &Call, mut input: Row, trial: Trial<'_>) -> Result<Found, Error> {
        Refusal::unless(&call.actor, Permission::ContentTypesManage)?;
        if input.remove("dry_run").is_some_and(|dry| dry == true) {
            return Err(Error::field("/dry_run", "invalid", ("chỉ dùng khi sửa (PATCH)", "is for changes (PATCH)")));
        }
        let definition = parse(input)?;
        let txn = self.begin(call).await?;
        let present = load(txn.conn()).await?;
        tried(&present, &definition, trial)?;
        let id = Id::new(txn.now());
        insert(&txn, id, &definition, Origin::Operator).await?;
        self.finish(txn, id, "created").await
    }

    /// Adds the types that come with the server, where they are not there yet; how many were added.
    pub async fn seed(&self, call: &Call, definitions: &[Value]) -> Result<usize, Error> {
        let txn = self.begin(call).await?;
        let select = Query::select().column(a("name")).from(a(TABLE.name)).to_owned();
        // What an operator has removed does not come back.
        let seeded = store::settings::get(txn.conn(), SEEDED).await?.unwrap_or_default();
        let mut known: Vec<String> = seeded.split(' ').map(str::to_owned).collect();
        for row in txn.conn().query_all(&select).await? {
            known.push(row.try_get_by_index(0)?);
        }
        let mut seeded = seeded;
        let mut added = 0;
        for value in definitions {
            let definition = Definition::parse(value).map_err(Error::invalid)?;
            if !known.iter().any(|name| name == definition.name()) {
                let id = Id::new(txn.now());
                insert(&txn, id, &definition, Origin::BuiltIn).await?;
                record(&txn, id, "created", Revision::FIRST).await?;
                seeded.push(' ');
                seeded.push_str(definition.name());
                added += 1;
            }
        }
        store::settings::set(&txn, SEEDED, seeded.trim()).await?;
        txn.commit(&()).await?;
        self.reload().await?;
        Ok(added)
    }

    /// Changes a type by a merge patch of its definition. Refused with every fault where present entries
    /// would break; with `dry_run` nothing is changed either way.
    pub async fn revise(
        &self,
        call: &Call,
        (id, seen): (Id, Revision),
        mut patch: Row,
        trial: Trial<'_>,
    ) -> Result<Found, Error> {
        Refusal::unless(&call.actor, Permission::ContentTypesManage)?;
        let dry = patch.remove("dry_run").is_some_and(|dry| dry == true);
        let txn = self.begin(call).await?;
        lock(&txn, id).await?;
        let found = TABLE.whole(txn.conn(), id).await?.ok_or_else(Error::not_found)?;
        if found.revision != seen {
            return Err(Error::stale());
        }
        let old = found.row.get("definition").cloned().unwrap_or_default();
        let old = Definition::parse(&old).map_err(Error::invalid)?;
        let Value::Object(mut target) = old.to_json() else { return Err(Error::not_found()) };
        merge_patch(&mut target, patch);
        let new = parse(target)?;
        if new.name() != old.name() {
            return Err(Error::field(
                "/name",
                "immutable",
                ("tên của kiểu nội dung không đổi được", "the name of a type cannot be changed"),
            ));
        }
        let present = load(txn.conn()).await?;
        tried(&present, &new, trial)?;
        let changes = compare(&old, &new);
        if changes.stricter || !changes.removed.is_empty() {
            let faults = breaking(txn.conn(), id, (&old, &new)).await?;
            if !faults.is_empty() {
                return Err(Error::TypeBreaksEntries(faults));
            }
        }
        if dry {
            let shown = Found { row: flat(found.row, &new), ..found };
            // Dropping the transaction leaves everything as it is.
            return Ok(shown);
        }
        if new.display() != old.display() {
            retitle(txn.conn(), id, &new).await?;
        }
        let mut pending: Vec<String> = changes.newly_indexed;
        if !pending.is_empty() && editions_of(txn.conn(), id).await? <= AT_ONCE {
            let mut after = None;
            while let Some(last) = fill(txn.conn(), (id, &new), &pending, after).await? {
                after = Some(last);
            }
            pending.clear();
        } else if let Some(Value::Array(older)) = found.row.get("pending") {
            pending.extend(older.iter().filter_map(Value::as_str).map(str::to_owned));
        }
        let values: Values = vec![
            ("plural", new.plural().into()),
            ("definition", new.to_json().to_string().into()),
            ("pending", Value::from(pending).to_string().into()),
            ("updated_at", txn.now().0.into()),
        ];
        if !sql::advance(txn.conn(), TABLE.name, (id, seen), values).await? {
            return Err(Error::stale());
        }
        version(&txn, id, seen.next(), &new).await?;
        self.finish(txn, id, "updated").await
    }

    /// Removes a type that has no entries; one whose entries are all withdrawn is retired: no longer
    /// served, its entries kept (C-37).
    pub async fn retire(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        Refusal::unless(&call.actor, Permission::ContentTypesManage)?;
        let txn = self.begin(call).await?;
        lock(&txn, id).await?;
        let found = TABLE.whole(txn.conn(), id).await?.ok_or_else(Error::not_found)?;
        if found.revision != seen {
            return Err(Error::stale());
        }
        let in_use = count(txn.conn(), id, Some(&["withdrawn", "taken-down"])).await?;
        if in_use > 0 {
            return Err(Error::TypeInUse(in_use));
        }
        if count(txn.conn(), id, None).await? == 0 {
            sql::delete(txn.conn(), TABLE.name, id).await?;
            store::resources::forget(&txn, id).await?;
        } else {
            let values: Values = vec![("state", "retired".into()), ("updated_at", txn.now().0.into())];
            sql::advance(txn.conn(), TABLE.name, (id, seen), values).await?;
        }
        record(&txn, id, "deleted", seen.next()).await?;
        txn.commit(&()).await?;
        self.reload().await
    }

    /// Every definition that a type has had, newest first.
    pub async fn versions(&self, id: Id) -> Result<Vec<Row>, Error> {
        let select = Query::select()
            .columns(["revision", "definition", "changed_by", "changed_at"].map(a))
            .from(a("content_type_versions"))
            .and_where(Expr::col(a("type_id")).eq(id.0))
            .order_by_expr(Expr::col(a("revision")), sea_orm::sea_query::Order::Desc)
            .limit(1000)
            .to_owned();
        let mut versions = Vec::new();
        for row in self.db.reader().query_all(&select).await? {
            let mut version = Row::new();
            version.insert("revision".into(), row.try_get_by_index::<i64>(0)?.into());
            let definition = serde_json::from_str(&row.try_get_by_index::<String>(1)?).map_err(store::Error::from)?;
            version.insert("definition".into(), definition);
            let by = row.try_get_by_index::<Option<sea_orm::prelude::Uuid>>(2)?;
            version.insert("changed_by".into(), by.map(|id| id.to_string()).into());
            version.insert("changed_at".into(), kernel::Instant(row.try_get_by_index(3)?).print().into());
            versions.push(version);
        }
        Ok(versions)
    }

    /// Indexes fields that were made filterable over many entries, a batch at a time in short
    /// transactions; whether a type has changed.
    pub async fn fill_pending(&self) -> Result<bool, Error> {
        let mut changed = false;
        for of in self.all().iter().filter(|of| !of.pending.is_empty()) {
            let mut after = None;
            loop {
                let txn = self.db.begin(&Call::operator(), self.clock.now()).await?;
                let last = fill(txn.conn(), (of.id, &of.definition), &of.pending, after).await?;
                txn.commit(&()).await?;
                match last {
                    Some(last) => after = Some(last),
                    None => break,
                }
            }
            let txn = self.begin(&Call::operator()).await?;
            let update = Query::update()
                .table(a(TABLE.name))
                .value(a("pending"), "[]")
                .and_where(Expr::col(a("id")).eq(of.id.0))
                .and_where(Expr::col(a("revision")).eq(of.revision.0))
                .to_owned();
            txn.conn().execute(&update).await?;
            generation::renew(&txn, GENERATION).await?;
            txn.commit(&()).await?;
            changed = true;
        }
        if changed {
            self.reload().await?;
        }
        Ok(changed)
    }

    /// Begins a change of a type: one at a time, on any node.
    async fn begin(&self, call: &Call) -> Result<WriteTxn, Error> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        // The row of the mark is the lock.
        generation::renew(&txn, GENERATION).await?;
        Ok(txn)
    }

    async fn finish(&self, txn: WriteTxn, id: Id, action: &'static str) -> Result<Found, Error> {
        let found = TABLE.whole(txn.conn(), id).await?.ok_or_else(Error::not_found)?;
        record(&txn, id, action, found.revision).await?;
        let all = Projection(SENT.iter().map(|name| (*name).into()).collect());
        let found = Found { row: sent(found.row, &all), ..found };
        txn.commit(&found.row).await?;
        self.reload().await?;
        Ok(found)
    }
}

fn parse(input: Row) -> Result<Definition, Error> {
    Definition::parse(&Value::Object(input)).map_err(Error::invalid)
}

/// Whether all names go together, the new definition in the place of the one it replaces.
fn tried(present: &[ContentType], new: &Definition, trial: Trial<'_>) -> Result<(), Error> {
    let mut all: Vec<&Definition> =
        present.iter().map(|known| &known.definition).filter(|known| known.name() != new.name()).collect();
    all.push(new);
    trial(&all)
}
