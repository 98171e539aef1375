//! Reports of violating content (C-34): anyone may make one; who, when and why is kept.

use crate::{Entries, Error};
use kernel::query::{Field, ListQuery};
use kernel::{Actor, Call, FieldFault, Found, Id, Page, Permission, Revision, Row, Text, View, text};
use sea_orm::sea_query::Condition;
use serde::{Deserialize, Serialize};
use store::outbox::{self, Event};
use store::sql::{self, Values};
use store::{Refusal, Shape, Table, TableField, WriteTxn};
use utoipa::ToSchema;

const TYPE: &str = "violation";

const TABLE: Table = Table {
    name: "violations",
    resource: TYPE,
    fields: &[
        TableField::new("url", Shape::Text).nullable(),
        TableField::new("entry_id", Shape::Id).nullable(),
        TableField::new("ground", Shape::Text),
        TableField::new("detail", Shape::Text).unasked(),
        TableField::new("reporter_name", Shape::Text).nullable().unasked(),
        TableField::new("reporter_contact", Shape::Text).nullable().unasked(),
        TableField::new("state", Shape::Text),
        TableField::new("decision", Shape::Text).nullable().unasked(),
        TableField::new("decided_by", Shape::Id).nullable(),
        TableField::new("decided_at", Shape::Instant).nullable(),
        TableField::new("revision", Shape::Whole).unasked(),
        TableField::new("created_at", Shape::Instant),
        TableField::new("updated_at", Shape::Instant),
    ],
    lowered: &[],
};

/// The fields by which reports can be filtered and sorted.
pub fn violation_fields() -> Vec<Field> {
    TABLE.asked()
}

/// A report of violating content.
#[derive(Debug, Serialize, ToSchema)]
pub struct Violation {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// `violation`.
    pub r#type: String,
    /// The address of the page.
    pub url: Option<String>,
    /// The entry.
    #[schema(format = "uuid")]
    pub entry_id: Option<String>,
    /// The ground, a code of the policy `takedown-grounds`.
    pub ground: String,
    /// What is wrong, in the reporter's words.
    pub detail: String,
    /// Who reports: personal data, for moderators only.
    pub reporter_name: Option<String>,
    /// How to reach who reports: personal data, for moderators only.
    pub reporter_contact: Option<String>,
    /// `received`, `upheld` or `dismissed`.
    pub state: String,
    /// Why it was decided so.
    pub decision: Option<String>,
    /// Who decided.
    #[schema(format = "uuid")]
    pub decided_by: Option<String>,
    /// When.
    #[schema(format = "date-time")]
    pub decided_at: Option<String>,
    /// Counts every change.
    pub revision: i64,
    /// When it was received.
    #[schema(format = "date-time")]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = "date-time")]
    pub updated_at: String,
}

/// What reports violating content.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(title = "ViolationInput")]
#[serde(deny_unknown_fields)]
pub struct ViolationInput {
    /// The address of the page; this or the entry is asked for.
    #[schema(max_length = 2000, pattern = "^(https?://|/)[^\\s\\u0000]*$")]
    #[serde(default)]
    pub url: Option<String>,
    /// The entry.
    #[schema(format = "uuid")]
    #[serde(default)]
    pub entry_id: Option<String>,
    /// The ground, a code of the policy `takedown-grounds`.
    #[schema(max_length = 60, pattern = "^[a-z0-9-]+$")]
    pub ground: String,
    /// What is wrong.
    #[schema(min_length = 1, max_length = 5000, pattern = "^[^\\u0000]*$")]
    pub detail: String,
    /// Who reports, if he wants to say so.
    #[schema(max_length = 200, pattern = "^[^\\u0000]*$")]
    #[serde(default)]
    pub reporter_name: Option<String>,
    /// How to reach him.
    #[schema(max_length = 200, pattern = "^[^\\u0000]*$")]
    #[serde(default)]
    pub reporter_contact: Option<String>,
}

/// What moderators decide on a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// It is right.
    Uphold,
    /// It is not.
    Dismiss,
}

impl Ruling {
    /// Every ruling by name.
    pub const ALL: [(&'static str, Self); 2] = [("uphold", Self::Uphold), ("dismiss", Self::Dismiss)];

    /// The ruling of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, ruling)| ruling)
    }
}

/// Reports of violating content.
#[derive(Clone)]
pub struct Violations(Entries);

impl Violations {
    /// Reports on these entries.
    pub fn new(entries: Entries) -> Self {
        Self(entries)
    }

    /// One page of reports, for moderators.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        Refusal::unless(actor, Permission::ContentModerate)?;
        Ok(TABLE.list(self.0.db.reader(), query, Condition::all()).await?)
    }

    /// Several reports by id, for moderators.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        Refusal::unless(actor, Permission::ContentModerate)?;
        Ok(TABLE.get_many(self.0.db.reader(), ids, &view.fields, Condition::all()).await?)
    }

    /// Takes a report from anybody.
    pub async fn report(&self, call: &Call, input: ViolationInput) -> Result<Found, Error> {
        let mut faults = Vec::new();
        if !self.0.grounds().is_empty() && !self.0.grounds().contains(&input.ground) {
            return Err(self.0.unknown_ground());
        }
        let entry = input.entry_id.as_deref().map(Id::parse);
        if entry.is_none() && input.url.is_none() {
            let text = Text::new("cần địa chỉ trang hoặc mã tin, bài", "the address of a page, or an entry, is asked for");
            faults.push(FieldFault::new("/url", "required", text));
        }
        if text::one_line(&input.detail).is_empty() {
            faults.push(FieldFault::new("/detail", "blank", Text::new("không được để trống", "must not be blank")));
        }
        if entry == Some(None) {
            faults.push(FieldFault::new("/entry_id", "invalid_format", Text::new("không phải UUID", "not a UUID")));
        }
        if !faults.is_empty() {
            return Err(Error::invalid(faults));
        }
        let txn = self.0.db.begin(call, self.0.clock.now()).await?;
        let id = Id::new(txn.now());
        let values: Values = vec![
            ("id", id.0.into()),
            ("revision", Revision::FIRST.0.into()),
            ("url", input.url.into()),
            ("entry_id", entry.flatten().map(|id| id.0).into()),
            ("ground", input.ground.into()),
            ("detail", text::nfc(input.detail).into()),
            ("reporter_name", input.reporter_name.map(text::nfc).into()),
            ("reporter_contact", input.reporter_contact.map(text::nfc).into()),
            ("state", "received".into()),
            ("created_at", txn.now().0.into()),
            ("updated_at", txn.now().0.into()),
        ];
        sql::insert(txn.conn(), TABLE.name, values).await?;
        store::resources::register(&txn, id, TYPE).await?;
        self.finish(txn, id, "created").await
    }

    /// Rules on a report; a takedown that names it upholds it too.
    pub async fn rule(&self, call: &Call, (id, seen): (Id, Revision), ruling: (Ruling, Option<&str>)) -> Result<Found, Error> {
        Refusal::unless(&call.actor, Permission::ContentModerate)?;
        let txn = self.0.db.begin(call, self.0.clock.now()).await?;
        let found = TABLE.whole(txn.conn(), id).await?.ok_or_else(Error::not_found)?;
        if found.revision != seen {
            return Err(Error::stale());
        }
        if found.row.get("state").is_none_or(|state| state != "received") {
            return Err(Error::WrongState { action: "uphold, dismiss", state: "decided" });
        }
        if ruling.1.is_none_or(|why| why.trim().is_empty()) {
            return Err(Error::field("/comment", "required", ("cần nêu lý do", "a reason is asked for")));
        }
        decide(&txn, (id, seen), ruling).await?;
        self.finish(txn, id, "updated").await
    }

    async fn finish(&self, txn: WriteTxn, id: Id, action: &'static str) -> Result<Found, Error> {
        let found = TABLE.whole(txn.conn(), id).await?.ok_or_else(Error::not_found)?;
        outbox::record(&txn, Event { resource_type: TYPE, id, action, revision: found.revision }).await?;
        txn.commit(&found.row).await?;
        Ok(found)
    }
}

async fn decide(txn: &WriteTxn, at: (Id, Revision), (ruling, why): (Ruling, Option<&str>)) -> Result<(), Error> {
    let state = match ruling {
        Ruling::Uphold => "upheld",
        Ruling::Dismiss => "dismissed",
    };
    let values: Values = vec![
        ("state", state.into()),
        ("decision", why.map(str::to_owned).into()),
        ("decided_by", txn.call().actor.account().map(|id| id.0).into()),
        ("decided_at", txn.now().0.into()),
        ("updated_at", txn.now().0.into()),
    ];
    if sql::advance(txn.conn(), TABLE.name, at, values).await? { Ok(()) } else { Err(Error::stale()) }
}

/// A takedown follows a report: the report was right.
pub(crate) async fn uphold(txn: &WriteTxn, id: Id, why: Option<&str>) -> Result<(), Error> {
    let unknown = || Error::field("/violation_id", "unknown_violation", ("không có phản ánh này", "there is no such report"));
    let found = TABLE.whole(txn.conn(), id).await?.ok_or_else(unknown)?;
    if found.row.get("state").is_some_and(|state| state == "received") {
        decide(txn, (id, found.revision), (Ruling::Uphold, why)).await?;
    }
    Ok(())
}
