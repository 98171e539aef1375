//! The verbs on issuing authorities.

use crate::Error;
use crate::documents::invalid;
use crate::issuer::{IssuerContent, IssuerInput};
use crate::policy::require;
use crate::store::issuers::{self as rows, Made, StoredIssuer};
use crate::store::{IssuerRows, col, issuer_columns};
use kernel::query::{ListQuery, Projection};
use kernel::{Call, Clock, Found, Id, Page, Permission, Revision, Row, merge_patch, text};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::ExprTrait;
use serde_json::Value;
use store::Refusal;
use store::outbox::{self, Event};
use store::{Database, Listing, WriteTxn};

const TYPE: &str = "issuer";

/// Issuing authorities.
#[derive(Clone)]
pub struct Issuers {
    db: Database,
    clock: Clock,
}

impl Issuers {
    /// Issuing authorities over a database.
    pub fn new(db: Database, clock: Clock) -> Self {
        Self { db, clock }
    }

    /// One page of issuing authorities; everybody sees them.
    pub async fn list(&self, query: &ListQuery) -> Result<Page<Row>, Error> {
        let reader = IssuerRows::new(&query.fields);
        let (select, width) = reader.select();
        let columns = issuer_columns();
        let listing = Listing { select, width, columns: &columns, id: col("i", "id") };
        Ok(store::list(self.db.reader(), listing, query, |row| reader.read(row)).await?)
    }

    /// Issuing authorities by id with one statement, in no particular order.
    pub async fn get_many(&self, ids: &[Id], fields: &Projection) -> Result<Vec<Found>, Error> {
        let reader = IssuerRows::new(fields);
        let (mut select, width) = reader.select();
        select.expr(col("i", "revision")).and_where(match ids {
            [id] => col("i", "id").eq(id.0),
            ids => col("i", "id").is_in(ids.iter().map(|id| id.0)),
        });
        let mut found = Vec::with_capacity(ids.len());
        for row in self.db.reader().query_all(&select).await? {
            found.push(Found { revision: Revision(row.try_get_by_index(width)?), row: reader.read(&row)? });
        }
        Ok(found)
    }

    /// Enters an issuing authority.
    pub async fn create(&self, call: &Call, input: IssuerInput) -> Result<Found, Error> {
        require(&call.actor, Permission::IssuersWrite)?;
        let content = IssuerContent::parse(input)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        if let Some(other) = rows::holder(txn.conn(), "name_key", &text::name_key(&content.name)).await? {
            return Err(Error::IssuerExists { field: "name", other });
        }
        match make(&txn, &content).await? {
            Made::New(id) => finish(txn, id).await,
            Made::Existing(other) => Err(Error::IssuerExists { field: "name", other }),
        }
    }

    /// Changes an issuing authority by a merge patch.
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
        let stored = load(&txn, id, seen).await?;
        let mut target = Row::new();
        for (name, value) in [("name", &stored.name), ("slug", &stored.slug), ("code", &stored.code)] {
            target.insert(name.to_owned(), Value::from(value.as_str()));
        }
        merge_patch(&mut target, patch);
        let input: IssuerInput = serde_json::from_value(Value::Object(target)).map_err(|_| invalid("", "invalid_patch"))?;
        let content = IssuerContent::parse(input)?;
        let changed = StoredIssuer {
            revision: stored.revision,
            slug: content.slug.unwrap_or_else(|| stored.slug.clone()),
            code: content.code.unwrap_or_else(|| stored.code.clone()),
            name: content.name,
        };
        if (&changed.name, &changed.slug, &changed.code) != (&stored.name, &stored.slug, &stored.code) {
            must_be_free(&txn, id, &changed).await?;
            if !rows::update(txn.conn(), id, &changed, txn.now()).await? {
                return Err(Error::Refused(Refusal::Stale));
            }
            record(&txn, id, "updated", stored.revision.next()).await?;
        }
        finish(txn, id).await
    }

    /// Removes an issuing authority to which no document refers.
    pub async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        require(&call.actor, Permission::IssuersDelete)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        let stored = load(&txn, id, seen).await?;
        if rows::in_use(txn.conn(), id).await? {
            return Err(Error::IssuerInUse);
        }
        rows::delete(txn.conn(), id).await?;
        store::resources::forget(&txn, id).await?;
        record(&txn, id, "deleted", stored.revision.next()).await?;
        Ok(txn.commit(&()).await?)
    }
}

/// Makes an authority, or finds the one that another call made of the same name in the meantime.
pub(crate) async fn make(txn: &WriteTxn, content: &IssuerContent) -> Result<Made, Error> {
    let made = rows::insert(txn.conn(), content, txn.now()).await?;
    if let Made::New(id) = made {
        store::resources::register(txn, id, TYPE).await?;
        record(txn, id, "created", Revision::FIRST).await?;
    }
    Ok(made)
}

async fn load(txn: &WriteTxn, id: Id, seen: Revision) -> Result<StoredIssuer, Error> {
    let stored = rows::locked(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    if stored.revision == seen { Ok(stored) } else { Err(Error::Refused(Refusal::Stale)) }
}

async fn must_be_free(txn: &WriteTxn, id: Id, changed: &StoredIssuer) -> Result<(), Error> {
    let name_key = text::name_key(&changed.name);
    for (column, field, value) in
        [("name_key", "name", &name_key), ("slug", "slug", &changed.slug), ("code", "code", &changed.code)]
    {
        match rows::holder(txn.conn(), column, value).await? {
            Some(other) if other != id => return Err(Error::IssuerExists { field, other }),
            _ => {}
        }
    }
    Ok(())
}

async fn record(txn: &WriteTxn, id: Id, action: &'static str, revision: Revision) -> Result<(), Error> {
    Ok(outbox::record(txn, Event { resource_type: TYPE, id, action, revision }).await?)
}

async fn finish(txn: WriteTxn, id: Id) -> Result<Found, Error> {
    let reader = IssuerRows::new(&Projection(crate::store::every_issuer_field()));
    let (mut select, width) = reader.select();
    select.expr(col("i", "revision")).and_where(col("i", "id").eq(id.0));
    let row = txn.conn().query_one(&select).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    let found = Found { revision: Revision(row.try_get_by_index(width)?), row: reader.read(&row)? };
    txn.commit(&found.row).await?;
    Ok(found)
}
