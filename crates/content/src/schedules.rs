//! What is to be published or withdrawn later. A schedule names the exact edition, so later edits do not
//! change what goes out.

use crate::releases;
use crate::store::editions::{self, Edition, Which};
use crate::types::ContentType;
use crate::unpublishing::Reason;
use crate::writing::record;
use crate::{Action, Entries, Error};
use kernel::query::{Field, ListQuery};
use kernel::{Actor, Call, Fault, Found, Id, Instant, Page, Permission, Revision, Row, View};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LockType, Order, Query};
use serde::Serialize;
use store::sql::{self, Values, a};
use store::{Refusal, Shape, Table, TableField, WriteTxn};
use utoipa::ToSchema;

pub(crate) const TYPE: &str = "schedule";

const TABLE: Table = Table {
    name: "schedules",
    resource: TYPE,
    fields: &[
        TableField::new("action", Shape::Text),
        TableField::new("at", Shape::Instant),
        TableField::new("state", Shape::Text),
        TableField::new("entry_id", Shape::Id).nullable(),
        TableField::new("content_type", Shape::Text).nullable(),
        TableField::new("locale", Shape::Text).nullable(),
        TableField::new("edition_id", Shape::Id).nullable(),
        TableField::new("edition_number", Shape::Whole).nullable(),
        TableField::new("release_id", Shape::Id).nullable(),
        TableField::new("explanation", Shape::Text).nullable().unasked(),
        TableField::new("redirect_to", Shape::Text).nullable().unasked(),
        TableField::new("failure", Shape::Text).nullable().unasked(),
        TableField::new("created_by", Shape::Id).nullable(),
        TableField::new("revision", Shape::Whole).unasked(),
        TableField::new("created_at", Shape::Instant),
        TableField::new("updated_at", Shape::Instant),
    ],
    lowered: &[],
};

/// The fields by which schedules can be filtered and sorted.
pub fn schedule_fields() -> Vec<Field> {
    TABLE.asked()
}

/// Something that is to happen later.
#[derive(Debug, Serialize, ToSchema)]
pub struct Schedule {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// `schedule`.
    pub r#type: String,
    /// `publish` or `withdraw`.
    pub action: String,
    /// When.
    #[schema(format = "date-time")]
    pub at: String,
    /// `pending`, `done`, `cancelled` or `failed`.
    pub state: String,
    /// The entry; null for a release.
    #[schema(format = "uuid")]
    pub entry_id: Option<String>,
    /// The content type of the entry.
    pub content_type: Option<String>,
    /// The language.
    pub locale: Option<String>,
    /// The exact edition that goes out.
    #[schema(format = "uuid")]
    pub edition_id: Option<String>,
    /// Its version number.
    pub edition_number: Option<i64>,
    /// The release; null for an entry.
    #[schema(format = "uuid")]
    pub release_id: Option<String>,
    /// What readers are told when it is withdrawn.
    pub explanation: Option<String>,
    /// Where readers are sent when it is withdrawn.
    pub redirect_to: Option<String>,
    /// Why it failed: the code of the problem.
    pub failure: Option<String>,
    /// Who scheduled it.
    #[schema(format = "uuid")]
    pub created_by: Option<String>,
    /// Counts every change.
    pub revision: i64,
    /// When it was scheduled.
    #[schema(format = "date-time")]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = "date-time")]
    pub updated_at: String,
}

/// What is scheduled, for those who write.
#[derive(Clone)]
pub struct Schedules(Entries);

impl Schedules {
    /// What is scheduled for these entries.
    pub fn new(entries: Entries) -> Self {
        Self(entries)
    }

    /// One page of schedules.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        Refusal::unless(actor, Permission::ContentWrite)?;
        Ok(TABLE.list(self.0.db.reader(), query, Condition::all()).await?)
    }

    /// Several schedules by id.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        Refusal::unless(actor, Permission::ContentWrite)?;
        Ok(TABLE.get_many(self.0.db.reader(), ids, &view.fields, Condition::all()).await?)
    }

    /// Cancels what has not happened yet.
    pub async fn cancel(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        Refusal::unless(&call.actor, Permission::ContentPublish)?;
        let txn = self.0.db.begin(call, self.0.clock.now()).await?;
        let found = TABLE.whole(txn.conn(), id).await?.ok_or_else(Error::not_found)?;
        if found.revision != seen {
            return Err(Error::stale());
        }
        let text = |name: &str| found.row.get(name).and_then(|value| value.as_str());
        if text("state") != Some("pending") {
            return Err(Error::WrongState { action: "delete", state: "done" });
        }
        end(&txn, id, ("cancelled", None)).await?;
        if let Some(release) = text("release_id").and_then(Id::parse) {
            releases::unscheduled(&txn, release).await?;
        }
        Ok(txn.commit(&()).await?)
    }

    /// Does what is due, one at a time, each in a transaction of its own; whether anything was done.
    pub async fn run_due(&self) -> Result<bool, Error> {
        let mut done = false;
        while self.run_next().await? {
            done = true;
        }
        Ok(done)
    }

    async fn run_next(&self) -> Result<bool, Error> {
        let now = self.0.clock.now();
        let due = Query::select()
            .columns(
                [
                    "id",
                    "action",
                    "entry_id",
                    "content_type",
                    "locale",
                    "edition_id",
                    "release_id",
                    "explanation",
                    "redirect_to",
                    "created_by",
                ]
                .map(a),
            )
            .from(a(TABLE.name))
            .and_where(Expr::col(a("state")).eq("pending"))
            .and_where(Expr::col(a("at")).lte(now.0))
            .order_by(a("at"), Order::Asc)
            .order_by(a("id"), Order::Asc)
            .limit(1)
            .lock(LockType::Update)
            .to_owned();
        // A look without a lock first: most of the time nothing is due.
        let looked = Query::select()
            .expr(Expr::val(1))
            .from(a(TABLE.name))
            .and_where(Expr::col(a("state")).eq("pending"))
            .and_where(Expr::col(a("at")).lte(now.0))
            .limit(1)
            .to_owned();
        if self.0.db.reader().query_one(&looked).await?.is_none() {
            return Ok(false);
        }
        let txn = self.0.db.begin(&Call::operator(), now).await?;
        let Some(row) = txn.conn().query_one(&due).await? else { return Ok(false) };
        let id = |at: usize| row.try_get_by_index::<Option<Uuid>>(at).map(|id| id.map(Id));
        let text = |at: usize| row.try_get_by_index::<Option<String>>(at);
        let schedule = id(0)?.ok_or_else(Error::not_found)?;
        let due = Due {
            action: if text(1)?.as_deref() == Some("withdraw") { Action::Withdraw } else { Action::Publish },
            entry: id(2)?,
            content_type: text(3)?,
            locale: text(4)?,
            edition: id(5)?,
            release: id(6)?,
            reason: Reason { explanation: text(7)?, redirect_to: text(8)?, ground: None, violation: None },
        };
        match self.perform(&txn, due).await {
            Ok(()) => {
                end(&txn, schedule, ("done", None)).await?;
                txn.commit(&()).await?;
            }
            // What fails for a passing reason is tried again; a fault of its own is told and not tried for ever.
            Err(error) if matches!(error.kind(), kernel::Kind::Unavailable | kernel::Kind::Internal) => return Err(error),
            Err(error) => {
                drop(txn);
                let txn = self.0.db.begin(&Call::operator(), now).await?;
                tracing::warn!(%schedule, code = error.code(), "a scheduled change was refused");
                end(&txn, schedule, ("failed", Some(error.code()))).await?;
                txn.commit(&()).await?;
            }
        }
        Ok(true)
    }

    async fn perform(&self, txn: &WriteTxn, due: Due) -> Result<(), Error> {
        if let Some(release) = due.release {
            return releases::publish(&self.0, txn, release).await;
        }
        let (Some(entry), Some(locale), Some(edition)) = (due.entry, due.locale, due.edition) else {
            return Err(Error::not_found());
        };
        let of = due.content_type.and_then(|name| self.0.types.named(&name)).ok_or_else(Error::not_found)?;
        crate::types::unchanged(txn, &of).await?;
        let mut entry = editions::lock(txn, of.id, entry).await?;
        match due.action {
            Action::Withdraw => {
                let live = editions::one(txn.conn(), entry.id, &locale, Which::Live).await?.ok_or_else(Error::not_found)?;
                editions::advance(txn, &mut entry).await?;
                self.0.make_unlive(txn, (&mut entry, &live), &due.reason, ("withdraw", None)).await?;
                record(txn, &of, &entry, ("withdrawn", None)).await
            }
            _ => {
                let edition =
                    editions::one(txn.conn(), entry.id, &locale, Which::Id(edition)).await?.ok_or_else(Error::not_found)?;
                self.0.ready(&of, &edition, Action::Publish)?;
                self.0.make_live(txn, &of, (&mut entry, &edition), ("publish", None)).await?;
                record(txn, &of, &entry, ("published", None)).await
            }
        }
    }
}

/// A schedule whose time has come.
struct Due {
    action: Action,
    entry: Option<Id>,
    content_type: Option<String>,
    locale: Option<String>,
    edition: Option<Id>,
    release: Option<Id>,
    reason: Reason,
}

/// Schedules an edition; an earlier schedule of the same action and language is cancelled.
pub(crate) async fn insert(
    txn: &WriteTxn,
    of: &ContentType,
    edition: &Edition,
    (action, at): (Action, Instant),
    reason: &Reason,
) -> Result<(), Error> {
    let earlier = of_language(edition.entry, &edition.locale).add(Expr::col(a("action")).eq(action.as_str()));
    end_all(txn, earlier).await?;
    let values: Values = vec![
        ("action", action.as_str().into()),
        ("entry_id", edition.entry.0.into()),
        ("content_type", of.definition.name().into()),
        ("locale", edition.locale.as_str().into()),
        ("edition_id", edition.id.0.into()),
        ("edition_number", edition.number.into()),
        ("explanation", reason.explanation.clone().into()),
        ("redirect_to", reason.redirect_to.clone().into()),
    ];
    enter(txn, at, values).await
}

/// Schedules a release.
pub(crate) async fn insert_release(txn: &WriteTxn, release: Id, at: Instant) -> Result<(), Error> {
    cancel_release(txn, release).await?;
    enter(txn, at, vec![("action", "publish".into()), ("release_id", release.0.into())]).await
}

async fn enter(txn: &WriteTxn, at: Instant, mut values: Values) -> Result<(), Error> {
    let id = Id::new(txn.now());
    values.extend([
        ("id", id.0.into()),
        ("revision", Revision::FIRST.0.into()),
        ("at", at.0.into()),
        ("state", "pending".into()),
        ("created_by", txn.call().actor.account().map(|id| id.0).into()),
        ("created_at", txn.now().0.into()),
        ("updated_at", txn.now().0.into()),
    ]);
    sql::insert(txn.conn(), TABLE.name, values).await?;
    Ok(store::resources::register(txn, id, TYPE).await?)
}

fn of_language(entry: Id, locale: &str) -> Condition {
    Condition::all().add(Expr::col(a("entry_id")).eq(entry.0)).add(Expr::col(a("locale")).eq(locale))
}

/// The moment for which an action of a language is scheduled.
pub(crate) async fn pending(txn: &WriteTxn, entry: Id, locale: &str, action: Action) -> Result<Option<Instant>, Error> {
    let select = Query::select()
        .column(a("at"))
        .from(a(TABLE.name))
        .cond_where(of_language(entry, locale))
        .and_where(Expr::col(a("action")).eq(action.as_str()))
        .and_where(Expr::col(a("state")).eq("pending"))
        .limit(1)
        .to_owned();
    Ok(txn.conn().query_one(&select).await?.map(|row| row.try_get_by_index(0).map(Instant)).transpose()?)
}

/// Cancels what is scheduled to publish an edition.
pub(crate) async fn cancel(txn: &WriteTxn, entry: Id, edition: Option<&Edition>) -> Result<u64, Error> {
    let mut which = Condition::all().add(Expr::col(a("entry_id")).eq(entry.0));
    if let Some(edition) = edition {
        which = which.add(Expr::col(a("edition_id")).eq(edition.id.0)).add(Expr::col(a("action")).eq("publish"));
    }
    end_all(txn, which).await
}

/// Cancels all that is scheduled for a language; how much it was.
pub(crate) async fn cancel_language(txn: &WriteTxn, entry: Id, locale: &str) -> Result<u64, Error> {
    end_all(txn, of_language(entry, locale)).await
}

/// Cancels what is scheduled for a release; how much it was.
pub(crate) async fn cancel_release(txn: &WriteTxn, release: Id) -> Result<u64, Error> {
    end_all(txn, Condition::all().add(Expr::col(a("release_id")).eq(release.0))).await
}

async fn end_all(txn: &WriteTxn, which: Condition) -> Result<u64, Error> {
    let update = Query::update()
        .table(a(TABLE.name))
        .value(a("state"), "cancelled")
        .value(a("revision"), Expr::col(a("revision")).add(1))
        .value(a("updated_at"), txn.now().0)
        .cond_where(which.add(Expr::col(a("state")).eq("pending")))
        .to_owned();
    Ok(txn.conn().execute(&update).await?.rows_affected())
}

async fn end(txn: &WriteTxn, id: Id, (state, failure): (&str, Option<&str>)) -> Result<(), Error> {
    let update = Query::update()
        .table(a(TABLE.name))
        .value(a("state"), state)
        .value(a("failure"), failure)
        .value(a("revision"), Expr::col(a("revision")).add(1))
        .value(a("updated_at"), txn.now().0)
        .and_where(Expr::col(a("id")).eq(id.0))
        .to_owned();
    txn.conn().execute(&update).await?;
    Ok(())
}
