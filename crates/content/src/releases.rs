//! Releases: many entries published together, all or none.

use crate::store::editions::{self, Which};
use crate::writing::record;
use crate::{Action, Entries, Error, schedules};
use kernel::query::{Field, ListQuery};
use kernel::{
    Actor, Call, Fault, FieldFault, Found, Id, Instant, Locale, Page, Permission, Revision, Row, Text, View, merge_patch, text,
};
use sea_orm::ConnectionTrait;
use sea_orm::prelude::Uuid;
use sea_orm::sea_query::{Condition, Expr, ExprTrait, JoinType, Order, Query};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::HashMap;
use store::outbox::{self, Event};
use store::sql::{self, Values, a, col};
use store::{Refusal, Shape, Table, TableField, WriteTxn};
use utoipa::ToSchema;

const TYPE: &str = "release";
/// Entries in a release at most.
const MOST: usize = 2000;
/// Faults that are listed at most.
const LISTED: usize = 100;

const TABLE: Table = Table {
    name: "releases",
    resource: TYPE,
    fields: &[
        TableField::new("title", Shape::Text),
        TableField::new("note", Shape::Text).nullable().unasked(),
        TableField::new("state", Shape::Text),
        TableField::new("scheduled_at", Shape::Instant).nullable(),
        TableField::new("created_by", Shape::Id).nullable(),
        TableField::new("revision", Shape::Whole).unasked(),
        TableField::new("created_at", Shape::Instant),
        TableField::new("updated_at", Shape::Instant),
        TableField::new("published_at", Shape::Instant).nullable(),
    ],
    lowered: &["title"],
};

/// The fields by which releases can be filtered and sorted.
pub fn release_fields() -> Vec<Field> {
    TABLE.asked()
}

/// Entries that are published together.
#[derive(Debug, Serialize, ToSchema)]
pub struct Release {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// `release`.
    pub r#type: String,
    /// What it is called.
    pub title: String,
    /// A note for those who work on it.
    pub note: Option<String>,
    /// `open`, `scheduled` or `published`.
    pub state: String,
    /// When it is to be published.
    #[schema(format = "date-time")]
    pub scheduled_at: Option<String>,
    /// What is in it, in the order of publication.
    pub items: Option<Vec<ReleaseItem>>,
    /// Who made it.
    #[schema(format = "uuid")]
    pub created_by: Option<String>,
    /// Counts every change.
    pub revision: i64,
    /// When it was made.
    #[schema(format = "date-time")]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = "date-time")]
    pub updated_at: String,
    /// When it was published.
    #[schema(format = "date-time")]
    pub published_at: Option<String>,
}

/// An entry of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseItem {
    /// The entry.
    #[schema(format = "uuid")]
    pub entry_id: String,
    /// The language; that the entry was written in first where none is given.
    #[schema(pattern = "^[a-z]{2,3}(-[A-Z]{2})?$")]
    #[serde(default)]
    pub locale: Option<String>,
}

/// What makes or changes a release.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(title = "ReleaseInput")]
#[serde(deny_unknown_fields)]
pub struct ReleaseInput {
    /// What it is called.
    #[schema(min_length = 1, max_length = 300, pattern = "^[^\\u0000]*$")]
    pub title: String,
    /// A note for those who work on it.
    #[schema(max_length = 2000, pattern = "^[^\\u0000]*$")]
    #[serde(default)]
    pub note: Option<String>,
    /// What is in it, in the order of publication; a change gives the whole list again.
    #[schema(max_items = 2000)]
    #[serde(default)]
    pub items: Option<Vec<ReleaseItem>>,
}

/// What can be done with a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseAction {
    /// Publishes everything in it.
    Publish,
    /// Publishes it at a moment.
    Schedule(Instant),
    /// Takes the schedule back.
    Unschedule,
}

impl ReleaseAction {
    /// The names of the actions.
    pub const NAMES: [&'static str; 3] = ["publish", "schedule", "unschedule"];
}

/// The releases of an installation, for those who write.
#[derive(Clone)]
pub struct Releases(Entries);

impl Releases {
    /// Releases of these entries.
    pub fn new(entries: Entries) -> Self {
        Self(entries)
    }

    /// One page of releases.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        Refusal::unless(actor, Permission::ContentWrite)?;
        let mut page = TABLE.list(self.0.db.reader(), query, Condition::all()).await?;
        if query.fields.has("items") {
            add_items(self.0.db.reader(), page.items.iter_mut().map(|(_, row)| row).collect()).await?;
        }
        Ok(page)
    }

    /// Several releases by id.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        Refusal::unless(actor, Permission::ContentWrite)?;
        let mut found = TABLE.get_many(self.0.db.reader(), ids, &view.fields, Condition::all()).await?;
        if view.fields.has("items") {
            add_items(self.0.db.reader(), found.iter_mut().map(|found| &mut found.row).collect()).await?;
        }
        Ok(found)
    }

    /// Makes a release.
    pub async fn create(&self, call: &Call, input: ReleaseInput) -> Result<Found, Error> {
        Refusal::unless(&call.actor, Permission::ContentWrite)?;
        let txn = self.0.db.begin(call, self.0.clock.now()).await?;
        let id = Id::new(txn.now());
        let title = titled(&input)?;
        let values: Values = vec![
            ("id", id.0.into()),
            ("revision", Revision::FIRST.0.into()),
            ("title", title.as_str().into()),
            ("title_lower", text::lower(&title).into()),
            ("note", input.note.into()),
            ("state", "open".into()),
            ("created_by", call.actor.account().map(|id| id.0).into()),
            ("created_at", txn.now().0.into()),
            ("updated_at", txn.now().0.into()),
        ];
        sql::insert(txn.conn(), TABLE.name, values).await?;
        fill(&txn, id, &input.items.unwrap_or_default()).await?;
        store::resources::register(&txn, id, TYPE).await?;
        self.finish(txn, id, "created").await
    }

    /// Changes a release that is not published yet.
    pub async fn revise(&self, call: &Call, (id, seen): (Id, Revision), patch: Row) -> Result<Found, Error> {
        Refusal::unless(&call.actor, Permission::ContentWrite)?;
        let txn = self.0.db.begin(call, self.0.clock.now()).await?;
        let found = open(&txn, id, seen, "update").await?;
        let mut row = Row::new();
        for name in ["title", "note"] {
            row.insert(name.into(), found.row.get(name).cloned().unwrap_or_default());
        }
        let new_items = patch.contains_key("items");
        merge_patch(&mut row, patch);
        row.retain(|_, value: &mut Value| *value != Value::Null);
        let wrong = |_| Error::field("", "invalid_patch", ("giá trị không hợp lệ", "the value is not valid"));
        let input: ReleaseInput = serde_json::from_value(Value::Object(row)).map_err(wrong)?;
        let title = titled(&input)?;
        let values: Values = vec![
            ("title", title.as_str().into()),
            ("title_lower", text::lower(&title).into()),
            ("note", input.note.into()),
            ("updated_at", txn.now().0.into()),
        ];
        advance(&txn, (id, seen), values).await?;
        if new_items {
            let clear = Query::delete().from_table(a("release_items")).and_where(Expr::col(a("release_id")).eq(id.0)).to_owned();
            txn.conn().execute(&clear).await?;
            fill(&txn, id, &input.items.unwrap_or_default()).await?;
        }
        self.finish(txn, id, "updated").await
    }

    /// Removes a release that is not published.
    pub async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        Refusal::unless(&call.actor, Permission::ContentWrite)?;
        let txn = self.0.db.begin(call, self.0.clock.now()).await?;
        open(&txn, id, seen, "delete").await?;
        sql::delete(txn.conn(), TABLE.name, id).await?;
        store::resources::forget(&txn, id).await?;
        outbox::record(&txn, Event { resource_type: TYPE, id, action: "deleted", revision: seen.next() }).await?;
        Ok(txn.commit(&()).await?)
    }

    /// Publishes a release, or schedules it.
    pub async fn act(&self, call: &Call, (id, seen): (Id, Revision), action: ReleaseAction) -> Result<Found, Error> {
        Refusal::unless(&call.actor, Permission::ContentPublish)?;
        let txn = self.0.db.begin(call, self.0.clock.now()).await?;
        let now = txn.now();
        open(&txn, id, seen, "publish").await?;
        match action {
            ReleaseAction::Publish => {
                schedules::cancel_release(&txn, id).await?;
                publish(&self.0, &txn, id).await?;
                return self.finish(txn, id, "published").await;
            }
            ReleaseAction::Schedule(at) if at <= now => {
                return Err(Error::field("/at", "in_the_past", ("phải ở tương lai", "must be in the future")));
            }
            ReleaseAction::Schedule(at) => {
                schedules::insert_release(&txn, id, at).await?;
                advance(&txn, (id, seen), vec![("state", "scheduled".into()), ("scheduled_at", at.0.into())]).await?;
            }
            ReleaseAction::Unschedule => {
                if schedules::cancel_release(&txn, id).await? == 0 {
                    return Err(Error::WrongState { action: "unschedule", state: "open" });
                }
                advance(&txn, (id, seen), vec![("state", "open".into()), ("scheduled_at", None::<i64>.into())]).await?;
            }
        }
        self.finish(txn, id, "updated").await
    }

    async fn finish(&self, txn: WriteTxn, id: Id, action: &'static str) -> Result<Found, Error> {
        let mut found = TABLE.whole(txn.conn(), id).await?.ok_or_else(Error::not_found)?;
        add_items(txn.conn(), vec![&mut found.row]).await?;
        outbox::record(&txn, Event { resource_type: TYPE, id, action, revision: found.revision }).await?;
        txn.commit(&found.row).await?;
        Ok(found)
    }
}

fn titled(input: &ReleaseInput) -> Result<String, Error> {
    let title = text::one_line(&input.title);
    if title.is_empty() {
        return Err(Error::field("/title", "blank", ("không được để trống", "must not be blank")));
    }
    Ok(title)
}

/// A release that is not published; the caller must have seen its present revision.
async fn open(txn: &WriteTxn, id: Id, seen: Revision, action: &'static str) -> Result<Found, Error> {
    let found = TABLE.whole(txn.conn(), id).await?.ok_or_else(Error::not_found)?;
    if found.revision != seen {
        return Err(Error::stale());
    }
    if found.row.get("state").is_some_and(|state| state == "published") {
        return Err(Error::WrongState { action, state: "published" });
    }
    Ok(found)
}

async fn advance(txn: &WriteTxn, at: (Id, Revision), values: Values) -> Result<(), Error> {
    if sql::advance(txn.conn(), TABLE.name, at, values).await? { Ok(()) } else { Err(Error::stale()) }
}

/// Puts entries into a release: each must exist in its language, and stands in it once.
async fn fill(txn: &WriteTxn, release: Id, items: &[ReleaseItem]) -> Result<(), Error> {
    if items.len() > MOST {
        return Err(Error::field("/items", "too_many", ("nhiều nhất 2000 mục", "at most 2000 items")));
    }
    let ids: Vec<Option<Id>> = items.iter().map(|item| Id::parse(&item.entry_id)).collect();
    let mut known: HashMap<Id, Vec<(String, bool)>> = HashMap::new();
    let there: Vec<Id> = ids.iter().flatten().copied().collect();
    for some in there.chunks(500) {
        let select = Query::select()
            .columns(["entry_id", "locale", "source"].map(a))
            .from(a("entry_editions"))
            .and_where(Expr::col(a("working")))
            .and_where(Expr::col(a("entry_id")).is_in(some.iter().map(|id| id.0)))
            .to_owned();
        for row in txn.conn().query_all(&select).await? {
            known.entry(Id(row.try_get_by_index(0)?)).or_default().push((row.try_get_by_index(1)?, row.try_get_by_index(2)?));
        }
    }
    let mut faults = Vec::new();
    let mut rows: Vec<(Id, String)> = Vec::new();
    for (at, (item, id)) in items.iter().zip(&ids).enumerate() {
        let languages = id.and_then(|id| known.get(&id));
        let locale = languages.and_then(|languages| {
            let wanted = |(locale, source): &&(String, bool)| match &item.locale {
                Some(asked) => Locale::parse(asked).is_some() && locale == asked,
                None => *source,
            };
            languages.iter().find(wanted).map(|(locale, _)| locale.clone())
        });
        match (id, locale) {
            (Some(id), Some(locale)) if !rows.contains(&(*id, locale.clone())) => rows.push((*id, locale)),
            (Some(_), Some(_)) => {
                let text = Text::new("đã có trong đợt này", "is in the release already");
                faults.push(FieldFault::new(format!("/items/{at}/entry_id"), "repeated", text));
            }
            _ => {
                let text = Text::new("không có tin, bài này ở ngôn ngữ đó", "there is no such entry in this language");
                faults.push(FieldFault::new(format!("/items/{at}/entry_id"), "unknown_entry", text));
            }
        }
        if faults.len() >= LISTED {
            break;
        }
    }
    if !faults.is_empty() {
        return Err(Error::invalid(faults));
    }
    for (chunk_at, chunk) in rows.chunks(200).enumerate() {
        let mut insert = Query::insert();
        insert.into_table(a("release_items")).columns(["release_id", "place", "entry_id", "locale"].map(a));
        for (at, (id, locale)) in chunk.iter().enumerate() {
            let place = i64::try_from(chunk_at * 200 + at).unwrap_or(i64::MAX);
            insert.values_panic([release.0.into(), place.into(), id.0.into(), locale.as_str().into()]);
        }
        txn.conn().execute(&insert).await?;
    }
    Ok(())
}

/// An entry of a release with its type.
struct Item {
    entry: Id,
    locale: String,
    type_id: Id,
}

async fn items(txn: &WriteTxn, release: Id) -> Result<Vec<Item>, Error> {
    let select = Query::select()
        .exprs([col("i", "entry_id"), col("i", "locale"), col("n", "type_id")])
        .from_as(a("release_items"), a("i"))
        .join_as(JoinType::LeftJoin, a("entries"), a("n"), col("n", "id").equals((a("i"), a("entry_id"))))
        .and_where(col("i", "release_id").eq(release.0))
        .order_by_expr(col("i", "place"), Order::Asc)
        .to_owned();
    let mut items = Vec::new();
    for row in txn.conn().query_all(&select).await? {
        let type_id = row.try_get_by_index::<Option<Uuid>>(2)?.map_or(Id(Uuid::nil()), Id);
        items.push(Item { entry: Id(row.try_get_by_index(0)?), locale: row.try_get_by_index(1)?, type_id });
    }
    Ok(items)
}

/// Publishes everything in a release, or nothing: the transaction is the caller's.
pub(crate) async fn publish(entries: &Entries, txn: &WriteTxn, release: Id) -> Result<(), Error> {
    let types = entries.types.all();
    let mut faults = Vec::new();
    let items = items(txn, release).await?;
    for (at, item) in items.iter().enumerate() {
        let Some(of) = types.iter().find(|of| of.id == item.type_id) else {
            let text = Text::new("tin, bài không còn", "the entry is not there any more");
            faults.push(FieldFault::new(format!("/items/{at}"), "unknown_entry", text));
            continue;
        };
        crate::types::unchanged(txn, of).await?;
        let mut entry = editions::lock(txn, of.id, item.entry).await?;
        let edition = editions::one(txn.conn(), entry.id, &item.locale, Which::Working).await?.ok_or_else(Error::not_found)?;
        match entries.ready(of, &edition, Action::Publish) {
            Ok(()) if faults.is_empty() => {
                schedules::cancel(txn, entry.id, Some(&edition)).await?;
                entries.make_live(txn, of, (&mut entry, &edition), ("publish", None)).await?;
                record(txn, of, &entry, ("published", None)).await?;
            }
            // Something stands against it already: the rest is only looked at, so that every fault is told.
            Ok(()) => {}
            Err(error) => {
                let title = of.definition.display_text(&edition.data);
                let told = error.text();
                let text = Text::new(format!("{title}: {}", told.vi), format!("{title}: {}", told.en));
                faults.push(FieldFault::new(format!("/items/{at}"), error.code(), text));
            }
        }
        if faults.len() >= LISTED {
            break;
        }
    }
    if !faults.is_empty() {
        return Err(Error::ReleaseNotReady(faults));
    }
    let update = Query::update()
        .table(a(TABLE.name))
        .value(a("state"), "published")
        .value(a("published_at"), txn.now().0)
        .value(a("updated_at"), txn.now().0)
        .value(a("revision"), Expr::col(a("revision")).add(1))
        .and_where(Expr::col(a("id")).eq(release.0))
        .to_owned();
    txn.conn().execute(&update).await?;
    Ok(())
}

/// The schedule of a release was cancelled.
pub(crate) async fn unscheduled(txn: &WriteTxn, release: Id) -> Result<(), Error> {
    let update = Query::update()
        .table(a(TABLE.name))
        .value(a("state"), "open")
        .value(a("scheduled_at"), None::<i64>)
        .value(a("revision"), Expr::col(a("revision")).add(1))
        .and_where(Expr::col(a("id")).eq(release.0))
        .to_owned();
    txn.conn().execute(&update).await?;
    Ok(())
}

/// Adds the items to releases, one statement for all.
async fn add_items<C: ConnectionTrait>(conn: &C, rows: Vec<&mut Row>) -> Result<(), Error> {
    let ids: Vec<Uuid> = rows.iter().filter_map(|row| Id::parse(row.get("id")?.as_str()?)).map(|id| id.0).collect();
    let select = Query::select()
        .columns(["release_id", "entry_id", "locale"].map(a))
        .from(a("release_items"))
        .and_where(Expr::col(a("release_id")).is_in(ids))
        .order_by(a("place"), Order::Asc)
        .to_owned();
    let mut by_release: HashMap<String, Vec<Value>> = HashMap::new();
    for row in conn.query_all(&select).await? {
        let item = json!({
            "entry_id": row.try_get_by_index::<Uuid>(1)?.to_string(), "locale": row.try_get_by_index::<String>(2)?,
        });
        by_release.entry(row.try_get_by_index::<Uuid>(0)?.to_string()).or_default().push(item);
    }
    for row in rows {
        let id = row.get("id").and_then(Value::as_str).unwrap_or_default();
        let items = by_release.remove(id).unwrap_or_default();
        row.insert("items".into(), items.into());
    }
    Ok(())
}
