//! The verbs on webhooks.

use crate::reach::Reach;
use crate::seal::{PURPOSE, Sealer};
use crate::secret::Secret;
use crate::target::target;
use crate::webhook::{TABLE, TYPE, WebhookInput};
use crate::{Error, policy};
use kernel::query::ListQuery;
use kernel::{Actor, Call, Clock, FieldFault, Found, Id, Page, Revision, Row, Text, View, merge_patch, text};
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query};
use sea_orm::{ConnectionTrait, sea_query::Asterisk};
use serde_json::Value;
use store::outbox::{self, Event};
use store::sql::{self, a};
use store::{Database, Refusal, WriteTxn};

/// The most webhooks of one account: each costs a search with every batch of changes.
const MOST: u64 = 50;
/// The longest name of a parameter, and value.
const LONGEST: usize = 2000;

/// The webhooks of an installation.
#[derive(Clone)]
pub struct Webhooks {
    pub(crate) db: Database,
    pub(crate) clock: Clock,
    pub(crate) sealer: Sealer,
    pub(crate) reach: Reach,
}

impl Webhooks {
    /// The webhooks in a database, their secrets sealed under the master secret; messages go as far as `reach`.
    pub fn new(db: Database, clock: Clock, master: &store::Secret, reach: Reach) -> Self {
        Self { db, clock, sealer: Sealer::new(master.derive(PURPOSE)), reach }
    }

    /// One page of those that the caller sees.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        policy::may_manage(actor)?;
        Ok(TABLE.list(self.db.reader(), query, policy::seen(actor)).await?)
    }

    /// Those of these that the caller sees.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        policy::may_manage(actor)?;
        Ok(TABLE.get_many(self.db.reader(), ids, &view.fields, policy::seen(actor)).await?)
    }

    /// Makes a webhook of the caller's, with a secret that only this answer shows. Whoever asks for the search to be one
    /// that is understood does so before.
    pub async fn create(&self, call: &Call, input: WebhookInput) -> Result<Found, Error> {
        policy::may_manage(&call.actor)?;
        let input = self.checked(input)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        let (id, secret, owner) = (Id::new(txn.now()), Secret::fresh(), call.actor.account());
        let mut values = values(&input)?;
        values.extend([
            ("id", id.0.into()),
            ("revision", Revision::FIRST.0.into()),
            ("secret", self.sealer.seal(id, &secret)?.into()),
            ("state", "active".into()),
            ("follows_since", txn.now().0.into()),
            ("told_until", 0_i64.into()),
            ("owner_id", owner.map(|id| id.0).into()),
            ("created_at", txn.now().0.into()),
            ("updated_at", txn.now().0.into()),
        ]);
        sql::insert(txn.conn(), TABLE.name, values).await?;
        if count(&txn, owner).await? > MOST {
            return Err(Error::TooMany { most: MOST });
        }
        store::resources::register(&txn, id, TYPE).await?;
        record(&txn, id, "created", Revision::FIRST).await?;
        let found = whole(&txn, id).await?;
        // A repetition under an idempotency key is answered without the secret: that would lie readable beside its sealed form.
        txn.commit(&found.row).await?;
        Ok(shown_with(found, &secret))
    }

    /// Changes name, address or search by a merge patch.
    pub async fn revise(&self, call: &Call, (id, seen): (Id, Revision), patch: Row) -> Result<Found, Error> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        let mut row = self.mine(&txn, id).await?.row;
        row.retain(|name, _| matches!(name.as_str(), "name" | "url" | "search"));
        merge_patch(&mut row, patch);
        let wrong = |_| Refusal::field("", "invalid_patch", Text::new("giá trị không hợp lệ", "the value is not valid"));
        let input = self.checked(serde_json::from_value(Value::Object(row)).map_err(wrong)?)?;
        self.advance(&txn, (id, seen), values(&input)?).await?;
        let found = whole(&txn, id).await?;
        txn.commit(&found.row).await?;
        Ok(found)
    }

    /// Removes a webhook with its deliveries.
    pub async fn delete(&self, call: &Call, (id, seen): (Id, Revision)) -> Result<(), Error> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        if self.mine(&txn, id).await?.revision != seen {
            return Err(Refusal::Stale.into());
        }
        sql::delete(txn.conn(), TABLE.name, id).await?;
        store::resources::forget(&txn, id).await?;
        record(&txn, id, "deleted", seen.next()).await?;
        Ok(txn.commit(&()).await?)
    }

    /// One that the caller sees; its row is locked until the transaction ends.
    pub(crate) async fn mine(&self, txn: &WriteTxn, id: Id) -> Result<Found, Error> {
        policy::may_manage(&txn.call().actor)?;
        lock(txn, id).await?;
        let found = whole(txn, id).await?;
        let owner = found.row.get("owner_id").and_then(Value::as_str).and_then(Id::parse);
        if policy::sees(&txn.call().actor, owner) { Ok(found) } else { Err(Refusal::NotFound.into()) }
    }

    /// Changes columns of a webhook that the caller has seen.
    pub(crate) async fn advance(&self, txn: &WriteTxn, seen: (Id, Revision), mut values: sql::Values) -> Result<(), Error> {
        values.push(("updated_at", txn.now().0.into()));
        if !sql::advance(txn.conn(), TABLE.name, seen, values).await? {
            return Err(Refusal::Stale.into());
        }
        record(txn, seen.0, "updated", seen.1.next()).await
    }

    fn checked(&self, input: WebhookInput) -> Result<WebhookInput, Error> {
        let mut faults = Vec::new();
        let name = input.name.trim();
        if name.is_empty() || name.chars().count() > 200 || name.contains('\0') {
            let text = Text::new("văn bản từ 1 đến 200 ký tự", "text of 1 to 200 characters");
            faults.push(FieldFault::new("/name", "invalid_text", text));
        }
        let has_room = |text: &String| text.chars().count() <= LONGEST && !text.contains('\0');
        for (at, _) in input.search.iter().enumerate().filter(|(_, (name, value))| !has_room(name) || !has_room(value)) {
            let text = Text::new("văn bản dài nhất 2000 ký tự", "text of at most 2000 characters");
            faults.push(FieldFault::new(format!("/search/{at}"), "invalid_text", text));
        }
        match target(&input.url, self.reach) {
            Ok(url) if faults.is_empty() => Ok(WebhookInput { name: name.to_owned(), url: url.into(), ..input }),
            Ok(_) => Err(Refusal::Invalid(faults).into()),
            Err(fault) => {
                faults.push(fault);
                Err(Refusal::Invalid(faults).into())
            }
        }
    }
}

/// Locks the row of a webhook until the transaction ends.
pub(crate) async fn lock(txn: &WriteTxn, id: Id) -> Result<(), Error> {
    let lock =
        Query::select().column(a("id")).from(a(TABLE.name)).and_where(Expr::col(a("id")).eq(id.0)).lock_exclusive().to_owned();
    txn.conn().query_one(&lock).await?.map(|_| ()).ok_or_else(|| Refusal::NotFound.into())
}

pub(crate) async fn whole(txn: &WriteTxn, id: Id) -> Result<Found, Error> {
    Ok(TABLE.whole(txn.conn(), id).await?.ok_or(Refusal::NotFound)?)
}

/// The answer that shows a secret.
pub(crate) fn shown_with(mut found: Found, secret: &Secret) -> Found {
    found.row.insert("secret".to_owned(), secret.print().into());
    found
}

pub(crate) async fn record(txn: &WriteTxn, id: Id, action: &'static str, revision: Revision) -> Result<(), Error> {
    Ok(outbox::record(txn, Event { resource_type: TYPE, id, action, revision }).await?)
}

async fn count(txn: &WriteTxn, owner: Option<Id>) -> Result<u64, Error> {
    let Some(owner) = owner else { return Ok(0) };
    let select = Query::select()
        .expr(Func::count(Expr::col(Asterisk)))
        .from(a(TABLE.name))
        .and_where(Expr::col(a("owner_id")).eq(owner.0))
        .to_owned();
    let count = txn.conn().query_one(&select).await?.map(|row| row.try_get_by_index::<i64>(0)).transpose()?;
    Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

fn values(input: &WebhookInput) -> Result<sql::Values, Error> {
    Ok(vec![
        ("name", input.name.as_str().into()),
        ("name_lower", text::lower(&input.name).into()),
        ("url", input.url.as_str().into()),
        ("search", serde_json::to_string(&input.search)?.into()),
    ])
}
