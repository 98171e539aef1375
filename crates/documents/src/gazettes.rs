//! The verbs on issues of the official gazette.

use crate::documents::{Documents, invalid, resolve_issuer};
use crate::gazette::{GazetteContent, GazetteInput, GazetteItemInput, Item};
use crate::issuers::Context;
use crate::policy::{Sees, require, sees};
use crate::store::gazette_items::{self, Line};
use crate::store::gazettes::{self as rows, GazetteRows, Stored, gazette_columns};
use crate::store::{col, harvest, tying};
use crate::{Error, gazette::GazetteItem};
use kernel::query::{ListQuery, Projection};
use kernel::{Actor, Call, Clock, FieldFault, Found, Id, Page, Permission, Revision, Row, Text, View, merge_patch, text};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::ExprTrait;
use serde_json::Value;
use std::collections::BTreeSet;
use store::outbox::{self, Event};
use store::{Database, Listing, Refusal, WriteTxn, generation};

const TYPE: &str = "gazette";

/// Issues of the official gazette.
#[derive(Clone)]
pub struct Gazettes {
    db: Database,
    clock: Clock,
}

impl Gazettes {
    /// Issues in which these documents stand.
    pub fn of(documents: &Documents) -> Self {
        Self { db: documents.db.clone(), clock: documents.clock.clone() }
    }

    /// One page of issues; everybody sees them, and of what stands in them the documents that are published.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        let reader = GazetteRows::new(&query.fields);
        let (select, width) = reader.select();
        let columns = gazette_columns(sees(actor));
        let listing = Listing { select, width, columns: &columns, id: col("g", "id") };
        let mut page = store::list(self.db.reader(), listing, query, |row| reader.read(row)).await?;
        if query.fields.has("items") {
            let mut rows: Vec<&mut Row> = page.items.iter_mut().map(|(_, row)| row).collect();
            rows::fill(self.db.reader(), &mut rows, sees(actor)).await?;
        }
        Ok(page)
    }

    /// Issues by id with two statements at most, in no particular order.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        find(self.db.reader(), ids, (&view.fields, sees(actor))).await
    }

    /// Enters an issue. Everybody sees it at once.
    pub async fn create(&self, call: &Call, input: GazetteInput) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let (mut content, issuer) = GazetteContent::parse(input)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        one_writer(&txn).await?;
        let context = Context { issued_on: Some(&content.issued_on), text: "" };
        content.issuer_id = resolve_issuer(&txn, issuer, &context).await?;
        documents_must_be_there(&txn, &content.items).await?;
        must_be_free(&txn, &content, None).await?;
        let id = Id::new(txn.now());
        rows::insert(txn.conn(), id, &content, txn.now()).await?;
        touch(&txn, &content.items).await?;
        tie(&txn, &content).await?;
        store::resources::register(&txn, id, TYPE).await?;
        record(&txn, id, "created", Revision::FIRST).await?;
        finish(txn, id).await
    }

    /// Changes an issue by a merge patch; a list of items replaces the one that is there.
    pub async fn revise(&self, call: &Call, id: Id, seen: Revision, patch: Row) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        one_writer(&txn).await?;
        let stored = load(&txn, id, seen).await?;
        let (mut content, issuer) = GazetteContent::parse(patched(&stored, patch)?)?;
        let context = Context { issued_on: Some(&content.issued_on), text: "" };
        content.issuer_id = resolve_issuer(&txn, issuer, &context).await?;
        content.items = as_they_were(content.items, &stored.lines);
        if content != stored.content {
            documents_must_be_there(&txn, &content.items).await?;
            must_be_free(&txn, &content, Some(id)).await?;
            rows::update(txn.conn(), &stored, &content, txn.now()).await?;
            touch(&txn, &[stored.content.items.as_slice(), &content.items].concat()).await?;
            tie(&txn, &content).await?;
            record(&txn, id, "updated", seen.next()).await?;
        }
        finish(txn, id).await
    }

    /// Removes an issue.
    pub async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        one_writer(&txn).await?;
        let stored = load(&txn, id, seen).await?;
        touch(&txn, &stored.content.items).await?;
        store::sql::delete(txn.conn(), "gazettes", id).await?;
        store::resources::forget(&txn, id).await?;
        record(&txn, id, "deleted", seen.next()).await?;
        Ok(txn.commit(&()).await?)
    }
}

impl Documents {
    /// The issues of the gazette in which a document stands, from the first on; `None` where the caller sees no document.
    pub async fn gazettes(&self, actor: &Actor, id: Id, state: kernel::query::State) -> Result<Option<Vec<Row>>, Error> {
        if !self.is_seen(actor, id, state).await? {
            return Ok(None);
        }
        gazette_items::issues(self.db.reader(), id).await.map(Some)
    }
}

/// The mark of issues: one writer of issues at a time, and none while a document is being published.
const MARK: &str = "gazettes";

async fn one_writer(txn: &WriteTxn) -> Result<(), Error> {
    Ok(generation::renew(txn, MARK).await?)
}

/// Keeps writers of issues away until the transaction ends, so that neither an issue nor a document that is published at the
/// same time overlooks the other.
pub(crate) async fn no_writer(txn: &WriteTxn) -> Result<(), Error> {
    Ok(generation::keep(txn, MARK).await?)
}

async fn load(txn: &WriteTxn, id: Id, seen: Revision) -> Result<Stored, Error> {
    let stored = rows::locked(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    if stored.revision == seen { Ok(stored) } else { Err(Error::Refused(Refusal::Stale)) }
}

async fn must_be_free(txn: &WriteTxn, content: &GazetteContent, id: Option<Id>) -> Result<(), Error> {
    match rows::same(txn.conn(), content, id).await? {
        Some(other) => Err(Error::GazetteExists { other }),
        None => Ok(()),
    }
}

async fn documents_must_be_there(txn: &WriteTxn, items: &[Item]) -> Result<(), Error> {
    let ids: Vec<Id> = items.iter().filter_map(|item| item.document_id).collect();
    let known = gazette_items::known_documents(txn.conn(), &ids).await?;
    let missing = items.iter().enumerate().filter(|(_, item)| item.document_id.is_some_and(|id| !known.contains(&id)));
    let text = || Text::new("không có văn bản này", "there is no such document");
    let fault = |at: usize| FieldFault::new(format!("/items/{at}/document_id"), "unknown_document", text());
    let faults: Vec<FieldFault> = missing.map(|(at, _)| fault(at)).collect();
    if faults.is_empty() { Ok(()) } else { Err(Error::Refused(Refusal::Invalid(faults))) }
}

/// Documents of which harvesters are told in which issue they stand.
async fn touch(txn: &WriteTxn, items: &[Item]) -> Result<(), Error> {
    let documents: Vec<Id> = items.iter().filter_map(|item| item.document_id).collect();
    harvest::touch(txn, &documents).await
}

/// Finds the documents that the items mean.
async fn tie(txn: &WriteTxn, content: &GazetteContent) -> Result<(), Error> {
    let open = content.items.iter().filter(|item| item.document_id.is_none() || item.found);
    let names = open.filter_map(|item| Some((text::lower(item.number.as_deref()?), item.issued_on.clone()?)));
    tying::tie(txn, &names.collect::<BTreeSet<_>>()).await
}

/// The content with a merge patch applied, as an editor would have sent it whole.
fn patched(stored: &Stored, patch: Row) -> Result<GazetteInput, Error> {
    let items = stored.lines.iter().filter_map(|line| line.shown(Sees::Drafts)).map(sent_back).collect();
    let mut target = match serde_json::to_value(stored.content.as_input(items)) {
        Ok(Value::Object(target)) => target,
        Ok(_) | Err(_) => Row::new(),
    };
    target.retain(|_, value: &mut Value| *value != Value::Null);
    if patch.contains_key("issuer") && !patch.contains_key("issuer_id") {
        target.remove("issuer_id");
    }
    merge_patch(&mut target, patch);
    serde_json::from_value(Value::Object(target)).map_err(|_| invalid("", "invalid_patch"))
}

fn sent_back(shown: GazetteItem) -> GazetteItemInput {
    let GazetteItem { document_id, number, title, issued_on, pages, address: _ } = shown;
    GazetteItemInput { document_id, number, title, issued_on, pages, address: None }
}

/// An item that comes back as it was read stays as it was kept: what was filled in from a document does not become what the
/// issue says. Its pages may be others.
fn as_they_were(items: Vec<Item>, before: &[Line]) -> Vec<Item> {
    let before: Vec<(GazetteItem, &Item)> =
        before.iter().filter_map(|line| Some((line.shown(Sees::Drafts)?, &line.item))).collect();
    let kept = |item: Item| {
        let document_id = item.document_id.map(|id| id.to_string());
        let same = |shown: &GazetteItem| {
            (&shown.document_id, &shown.number, &shown.title, &shown.issued_on)
                == (&document_id, &item.number, &item.title, &item.issued_on)
        };
        match before.iter().find(|(shown, _)| same(shown)) {
            Some((_, known)) => Item { pages: item.pages, ..(*known).clone() },
            None => item,
        }
    };
    items.into_iter().map(kept).collect()
}

async fn record(txn: &WriteTxn, id: Id, action: &'static str, revision: Revision) -> Result<(), Error> {
    Ok(outbox::record(txn, Event { resource_type: TYPE, id, action, revision }).await?)
}

async fn find<C: ConnectionTrait>(conn: &C, ids: &[Id], (fields, sees): (&Projection, Sees)) -> Result<Vec<Found>, Error> {
    let reader = GazetteRows::new(fields);
    let (mut select, width) = reader.select();
    select.expr(col("g", "revision")).and_where(col("g", "id").is_in(ids.iter().map(|id| id.0)));
    let mut found: Vec<Found> = Vec::with_capacity(ids.len());
    for row in conn.query_all(&select).await? {
        found.push(Found { revision: Revision(row.try_get_by_index(width)?), row: reader.read(&row)? });
    }
    if fields.has("items") {
        let mut rows: Vec<&mut Row> = found.iter_mut().map(|found| &mut found.row).collect();
        rows::fill(conn, &mut rows, sees).await?;
    }
    Ok(found)
}

async fn finish(txn: WriteTxn, id: Id) -> Result<Found, Error> {
    let mut fields = rows::every_field();
    fields.push("items".into());
    let found = find(txn.conn(), &[id], (&Projection(fields), Sees::Drafts)).await?.pop();
    let found = found.ok_or(Error::Refused(Refusal::NotFound))?;
    txn.commit(&found.row).await?;
    Ok(found)
}
