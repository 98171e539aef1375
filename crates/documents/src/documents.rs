//! The verbs on documents.

use crate::Error;
use crate::content::{Content, IssuerRef};
use crate::document::State;
use crate::found::{self, Findings};
use crate::gazettes::no_writer;
use crate::input::DocumentInput;
use crate::issuers::{self, Context, Resolved};
use crate::policy::{may_read, require, sees_drafts};
use crate::sources::Sources;
use crate::store::editions::{self, Placing, PutAside, Working, Written};
use crate::store::tying::{self, Name};
use crate::store::{self as rows, DocumentRows, col, document_columns, gazette_items, harvest, keys, resolve_bases};
use crate::versions::{Histories, histories};
use kernel::query::{ListQuery, Projection};
use kernel::{
    Actor, Call, Clock, FieldFault, Found, Id, Language, Page, Permission, Revision, Row, Text, View, merge_patch, text,
};
use sea_orm::sea_query::{ExprTrait, Order};
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::Value;
use source_text::Reader;
use store::Refusal;
use store::outbox::{self, Event};
use store::{Database, Files, Listing, WriteTxn};

/// What an event of a document is about.
pub(crate) const TYPE: &str = "document";

/// An action of a document's workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Shows the working copy to everybody.
    Publish,
    /// Shows nothing any more.
    Withdraw,
}

impl Action {
    /// Every action by name.
    pub const ALL: [(&'static str, Self); 2] = [("publish", Self::Publish), ("withdraw", Self::Withdraw)];

    /// The action of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, action)| action)
    }
}

/// Legal documents.
#[derive(Clone)]
pub struct Documents {
    pub(crate) db: Database,
    pub(crate) files: Files,
    pub(crate) sources: Sources,
    pub(crate) histories: Histories,
    pub(crate) clock: Clock,
}

impl Documents {
    /// Documents over a database and a place for their original files, which `reader` reads.
    pub fn new(db: Database, files: Files, reader: Reader, clock: Clock) -> Self {
        Self { db, files, sources: Sources::new(reader), histories: histories(), clock }
    }

    /// One page of documents: the published editions, or the working copies for those who write.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        may_read(actor, query.state)?;
        let day = query.as_of.unwrap_or_else(|| self.clock.today());
        let reader = DocumentRows::new(&query.fields, query.state, day);
        let (mut select, width) = reader.select();
        if let Some(lang) = &query.lang {
            select.and_where(col("e", "language").eq(lang.as_str()));
        }
        let columns = document_columns(day);
        let listing = Listing { select, width, columns: &columns, id: col("e", "document_id") };
        let mut page = store::list(self.db.reader(), listing, query, |row| reader.read(row)).await?;
        if query.fields.has("legal_bases") {
            let mut rows: Vec<&mut Row> = page.items.iter_mut().map(|(_, row)| row).collect();
            resolve_bases(self.db.reader(), &mut rows, query.state).await?;
        }
        Ok(page)
    }

    /// One document, `None` where the caller sees none.
    pub async fn get(&self, actor: &Actor, id: Id, view: &View) -> Result<Option<Found>, Error> {
        may_read(actor, view.state)?;
        Ok(self.find(actor, &[id], view).await?.pop())
    }

    /// Several documents by id with two statements at most, in no particular order.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        may_read(actor, view.state)?;
        self.find(actor, ids, view).await
    }

    pub(crate) async fn find(&self, actor: &Actor, ids: &[Id], view: &View) -> Result<Vec<Found>, Error> {
        let mut select = sea_orm::sea_query::Query::select();
        select.from_as(rows::a("document_editions"), rows::a("e"));
        select.and_where(match ids {
            [id] => col("e", "document_id").eq(id.0),
            ids => col("e", "document_id").is_in(ids.iter().map(|id| id.0)),
        });
        let drafts_too = view.state == kernel::query::State::Published && sees_drafts(actor);
        select.and_where(match view.state {
            kernel::query::State::Draft => col("e", "working"),
            kernel::query::State::Published if drafts_too => col("e", "live").or(col("e", "working")),
            kernel::query::State::Published => col("e", "live"),
        });
        if drafts_too {
            // The live edition first; the working one stands in only where there is none.
            select.order_by_expr(col("e", "live"), Order::Desc);
        }
        let reader = DocumentRows::of(select, &view.fields, view.as_of.unwrap_or_else(|| self.clock.today()));
        let (mut select, width) = reader.select();
        select.exprs([col("e", "revision"), col("e", "language")]);
        let mut found: Vec<(String, Found)> = Vec::with_capacity(ids.len());
        for row in self.db.reader().query_all(&select).await? {
            let sent = reader.read(&row)?;
            if !found.iter().any(|(_, other)| other.row.get("id") == sent.get("id")) {
                let revision = Revision(row.try_get_by_index(width)?);
                found.push((row.try_get_by_index(width + 1)?, Found { revision, row: sent }));
            }
        }
        let asked = |language: &str| match &view.lang {
            Language::Only(lang) => lang.as_str() == language,
            Language::Source | Language::Rather(_) => true,
        };
        let mut found: Vec<Found> = found.into_iter().filter(|(language, _)| asked(language)).map(|(_, found)| found).collect();
        if view.fields.has("legal_bases") {
            let mut rows: Vec<&mut Row> = found.iter_mut().map(|found| &mut found.row).collect();
            resolve_bases(self.db.reader(), &mut rows, view.state).await?;
        }
        Ok(found)
    }

    /// Enters a document; a draft unless the input says `published` and the caller may publish.
    pub async fn create(&self, call: &Call, input: DocumentInput) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsWrite)?;
        let state = input.state.unwrap_or(State::Draft);
        match state {
            State::Draft => {}
            State::Published => require(&call.actor, Permission::DocumentsPublish)?,
            State::Withdrawn => return Err(invalid("/state", "invalid_state")),
        }
        let (mut content, issuer) = Content::parse(input)?;
        let found = read_through(&content).await;
        let txn = self.db.begin(call, self.clock.now()).await?;
        if state == State::Published {
            no_writer(&txn).await?;
        }
        content.issuer_id = resolve_issuer(&txn, issuer, &content.around_issuer()).await?;
        let id = Id::new(txn.now());
        insert_new(&txn, id, Written { content: &content, found: &found }, (state, &[])).await?;
        self.finish(txn, id).await
    }

    /// Changes the working copy by a merge patch; a published edition stays as it is until the
    /// working copy is published.
    pub async fn revise(&self, call: &Call, id: Id, seen: Revision, patch: Row) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsWrite)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        let working = load(&txn, id, seen).await?;
        let (mut content, issuer) = Content::parse(patched(&working.content, patch)?)?;
        content.issuer_id = resolve_issuer(&txn, issuer, &content.around_issuer()).await?;
        content.source_file_id = working.content.source_file_id;
        if content != working.content {
            let found = read_through(&content).await;
            save_content(&txn, &working, Written { content: &content, found: &found }).await?;
            advance(&txn, &working, "updated", None).await?;
        }
        self.finish(txn, id).await
    }

    /// Publishes or withdraws.
    pub async fn transition(&self, call: &Call, id: Id, seen: Revision, step: (Action, Option<&str>)) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsPublish)?;
        let (action, comment) = step;
        let txn = self.db.begin(call, self.clock.now()).await?;
        no_writer(&txn).await?;
        let working = load(&txn, id, seen).await?;
        match action {
            Action::Publish => {
                publish(&txn, &working).await?;
                advance(&txn, &working, "published", comment).await?;
            }
            Action::Withdraw => {
                let live =
                    editions::live_edition(txn.conn(), id).await?.ok_or(Error::WrongState { state: working.state.as_str() })?;
                let before = tying::name_of(txn.conn(), id).await?;
                editions::place(txn.conn(), live, State::Withdrawn, txn.now()).await?;
                is_seen_anew(&txn, id, before).await?;
                hold_keys(&txn, id, &working.content, &[]).await?;
                advance(&txn, &working, "withdrawn", comment).await?;
            }
        }
        self.finish(txn, id).await
    }

    /// Removes a document that was never published.
    pub async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        require(&call.actor, Permission::DocumentsWrite)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        no_writer(&txn).await?;
        let working = load(&txn, id, seen).await?;
        if working.published_at.is_some() {
            return Err(Error::WasPublished);
        }
        gazette_items::drop_bare(txn.conn(), id).await?;
        editions::delete(txn.conn(), id).await?;
        is_seen_anew(&txn, id, None).await?;
        store::resources::forget(&txn, id).await?;
        record(&txn, id, "deleted", (working.revision.next(), None)).await?;
        Ok(txn.commit(&()).await?)
    }

    /// Whether the caller sees the document at all.
    pub(crate) async fn is_seen(&self, actor: &Actor, id: Id, state: kernel::query::State) -> Result<bool, Error> {
        may_read(actor, state)?;
        let view = View { as_of: None, fields: Projection(Vec::new()), state, lang: Language::Source };
        Ok(!self.find(actor, &[id], &view).await?.is_empty())
    }

    /// Reads the working copy back inside the transaction, commits, and answers it.
    pub(crate) async fn finish(&self, txn: WriteTxn, id: Id) -> Result<Found, Error> {
        let fields = Projection(crate::store::every_document_field());
        let state = kernel::query::State::Draft;
        let reader = DocumentRows::new(&fields, state, self.clock.today());
        let (mut select, width) = reader.select();
        select.expr(col("e", "revision")).and_where(col("e", "document_id").eq(id.0));
        let row = txn.conn().query_one(&select).await?.ok_or(Error::Refused(Refusal::NotFound))?;
        let mut found = Found { revision: Revision(row.try_get_by_index(width)?), row: reader.read(&row)? };
        resolve_bases(txn.conn(), &mut [&mut found.row], state).await?;
        txn.commit(&found.row).await?;
        Ok(found)
    }
}

pub(crate) fn invalid(pointer: &str, code: &'static str) -> Error {
    let text = Text::new("giá trị không hợp lệ", "the value is not valid");
    Error::Refused(Refusal::Invalid(vec![FieldFault::new(pointer, code, text)]))
}

/// Reads the text of an edition, away from where others wait.
pub(crate) async fn read_through(content: &Content) -> Findings {
    let content = content.clone();
    tokio::task::spawn_blocking(move || found::found(&content)).await.unwrap_or_default()
}

/// Loads the working copy; the caller must have seen the present revision.
async fn load(txn: &WriteTxn, id: Id, seen: Revision) -> Result<Working, Error> {
    let working = editions::working(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    if working.revision == seen { Ok(working) } else { Err(Error::Refused(Refusal::Stale)) }
}

/// The content with a merge patch applied, as a writer would have sent it whole.
fn patched(content: &Content, patch: Row) -> Result<DocumentInput, Error> {
    if patch.contains_key("state") {
        return Err(invalid("/state", "invalid_state"));
    }
    let mut target = match serde_json::to_value(content.as_input()) {
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

/// The issuing authority that a writer means: found, or made where none has the name.
pub(crate) async fn resolve_issuer(txn: &WriteTxn, issuer: IssuerRef, context: &Context<'_>) -> Result<Option<Id>, Error> {
    let refused =
        |pointer: &str, code, vi: String, en: String| Err(Error::Refused(Refusal::field(pointer, code, Text::new(vi, en))));
    match issuer {
        IssuerRef::None => Ok(None),
        IssuerRef::Id(id) => match rows::issuers::kept(txn.conn(), id).await? {
            Some(id) => Ok(Some(id)),
            None => refused(
                "/issuer_id",
                "unknown_issuer",
                "không có cơ quan ban hành này".to_owned(),
                "there is no such issuing authority".to_owned(),
            ),
        },
        IssuerRef::Named(name) => match issuers::find_or_make(txn, name, context).await? {
            Resolved::Found(id) | Resolved::OutsideValidity(id) => Ok(Some(id)),
            Resolved::Ambiguous(several) => {
                let addresses: Vec<String> = several.iter().take(5).map(|id| format!("/v1/issuers/{id}")).collect();
                let (count, addresses) = (several.len(), addresses.join(", "));
                refused(
                    "/issuer/name",
                    "issuer_ambiguous",
                    format!("tên này là của {count} cơ quan, hãy dùng issuer_id: {addresses}"),
                    format!("{count} authorities have this name, give issuer_id: {addresses}"),
                )
            }
        },
    }
}

/// Puts a new document into the collection.
pub(crate) async fn insert_new(
    txn: &WriteTxn,
    id: Id,
    written: Written<'_>,
    (state, keys): (State, &[String]),
) -> Result<(), Error> {
    let now = txn.now();
    let published_at = (state == State::Published).then_some(now);
    let placing = Placing { document: id, revision: Revision::FIRST, state, created_at: now, published_at };
    editions::insert_document(txn.conn(), &placing).await?;
    let keys: Vec<String> = written.content.key().into_iter().chain(keys.iter().cloned()).collect();
    keys::take_keys(txn.conn(), id, &keys).await?;
    editions::insert_first(txn.conn(), &placing, written, now).await?;
    if published_at.is_some() {
        let name = written.content.number.as_deref().map(text::lower).zip(written.content.issued_on.clone());
        tying::tie(txn, &name.into_iter().collect()).await?;
        harvest::enter(txn, id, written.content).await?;
    }
    store::resources::register(txn, id, TYPE).await?;
    record(txn, id, if published_at.is_some() { "published" } else { "created" }, (Revision::FIRST, None)).await
}

/// Saves changed content: into the draft, or as a new draft beside what was published.
async fn save_content(txn: &WriteTxn, working: &Working, written: Written<'_>) -> Result<Id, Error> {
    if working.state != State::Draft {
        return supersede(txn, working, written, &[]).await;
    }
    hold_keys(txn, working.document, written.content, &[]).await?;
    editions::overwrite(txn.conn(), (working.document, working.edition), written, txn.now()).await?;
    Ok(working.edition)
}

/// Puts changed content beside the working copy, which is kept as it was.
pub(crate) async fn supersede(txn: &WriteTxn, working: &Working, written: Written<'_>, keys: &[String]) -> Result<Id, Error> {
    hold_keys(txn, working.document, written.content, keys).await?;
    editions::put_aside(txn.conn(), working.document, PutAside::Working).await?;
    let placing = Placing {
        document: working.document,
        revision: working.revision,
        state: State::Draft,
        created_at: working.created_at,
        published_at: working.published_at,
    };
    editions::insert(txn.conn(), &placing, written, txn.now()).await
}

/// Makes the working copy the live edition.
pub(crate) async fn publish(txn: &WriteTxn, working: &Working) -> Result<(), Error> {
    if working.state == State::Published {
        return Err(Error::WrongState { state: working.state.as_str() });
    }
    publish_edition(txn, working, working.edition).await?;
    hold_keys(txn, working.document, &working.content, &[]).await
}

/// Makes `edition`, the working one, the live one.
pub(crate) async fn publish_edition(txn: &WriteTxn, working: &Working, edition: Id) -> Result<(), Error> {
    let before = tying::name_of(txn.conn(), working.document).await?;
    if working.has_live {
        editions::put_aside(txn.conn(), working.document, PutAside::Live).await?;
    }
    editions::place(txn.conn(), edition, State::Published, txn.now()).await?;
    if working.published_at.is_none() {
        editions::stamp_first_publication(txn.conn(), working.document, txn.now()).await?;
    }
    crate::store::files::show_all(txn.conn(), working.document).await?;
    is_seen_anew(txn, working.document, before).await
}

/// What follows when everybody sees a document, sees it otherwise or sees it no longer: which items of gazettes mean it, and
/// what harvesters are told. `before` is the name it had for everybody until now.
async fn is_seen_anew(txn: &WriteTxn, document: Id, before: Option<Name>) -> Result<(), Error> {
    let names = before.into_iter().chain(tying::name_of(txn.conn(), document).await?).collect();
    tying::tie(txn, &names).await?;
    harvest::mark(txn, document).await
}

/// Holds the keys of the working content, of the live edition, and those given.
pub(crate) async fn hold_keys(txn: &WriteTxn, id: Id, content: &Content, given: &[String]) -> Result<(), Error> {
    let mut keys: Vec<String> = content.key().into_iter().chain(given.iter().cloned()).collect();
    keys.extend(keys::live_content_key(txn.conn(), id).await?);
    keys.sort_unstable();
    keys.dedup();
    keys::hold_keys(txn.conn(), id, &keys).await
}

/// Moves the document to its next revision and records what happened.
pub(crate) async fn advance(txn: &WriteTxn, working: &Working, action: &'static str, comment: Option<&str>) -> Result<(), Error> {
    if !editions::advance(txn.conn(), working.document, working.revision).await? {
        return Err(Error::Refused(Refusal::Stale));
    }
    record(txn, working.document, action, (working.revision.next(), comment)).await
}

async fn record(txn: &WriteTxn, id: Id, action: &'static str, with: (Revision, Option<&str>)) -> Result<(), Error> {
    let event = Event { resource_type: TYPE, id, action, revision: with.0 };
    Ok(outbox::record_with_comment(txn, event, with.1).await?)
}

/// Loads the working copy of a document for the importer, at whatever revision it is.
pub(crate) async fn load_present(txn: &DatabaseTransaction, id: Id) -> Result<Working, Error> {
    editions::working(txn, id).await?.ok_or(Error::Refused(Refusal::NotFound))
}
