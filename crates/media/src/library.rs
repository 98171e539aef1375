//! The verbs on media.

mod received;
mod renditions;

use crate::content::{Content, named};
use crate::inspect::{Finding, Inspection};
use crate::policy::{require, sees_internal};
use crate::rendition::{Rendered, Rendition};
use crate::store::{self as rows, Kept, MediaRows, Placing, Stored, col, media_columns};
use crate::{Disposition, Error, Format, Kind, MediaInput, Visibility};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use kernel::query::{ListQuery, Projection};
use kernel::{Actor, Call, Clock, FieldFault, Found, Id, Instant, Page, Permission, Revision, Row, Text, merge_patch};
pub use received::Received;
use renditions::Renditions;
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::{ExprTrait, SelectStatement};
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;
use store::Refusal;
use store::outbox::{self, Event};
use store::{Database, FileStream, Files, Listing, StoredFile, WriteTxn};

/// What an event of a media item is about.
const TYPE: &str = "media";
/// Where the bytes of this subject lie, so that removing one never touches an original of a document.
const AREA: &str = "media";

/// How much is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file at most.
    pub file: u64,
    /// Bytes of a picture at most: it is read whole when a rendition of it is made.
    pub picture: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file: 2 * 1024 * 1024 * 1024, picture: 64 * 1024 * 1024 }
    }
}

/// A file that somebody sends.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    /// Its name as sent.
    pub file_name: String,
    /// Its media type as sent; it is not believed, but must not contradict the content.
    pub declared_type: Option<String>,
    /// What is told about it.
    pub fields: MediaInput,
}

/// The file of a media item, to be given out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaFile {
    /// The media item.
    pub id: Id,
    /// What the file is.
    pub format: &'static Format,
    /// Its name.
    pub file_name: String,
    /// Bytes.
    pub size: u64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// Width of a picture as it is shown.
    pub width: Option<u32>,
    /// Height of a picture as it is shown.
    pub height: Option<u32>,
    /// Who sees it.
    pub visibility: Visibility,
    /// When the media item was last changed.
    pub updated_at: Instant,
    /// The name under which the bytes are kept.
    pub(crate) name: String,
}

impl MediaFile {
    /// Its media type.
    pub fn media_type(&self) -> &'static str {
        self.format.media_type
    }

    /// Whether a browser shows or saves it.
    pub fn disposition(&self) -> Disposition {
        self.format.disposition
    }

    /// Where it is given out: `/media/{id}/{file_name}`.
    pub fn url(&self) -> String {
        rows::url(&self.id.to_string(), &self.file_name)
    }
}

/// Media.
#[derive(Clone)]
pub struct Library {
    db: Database,
    files: Files,
    clock: Clock,
    limits: Limits,
    renditions: Arc<Renditions>,
}

impl Library {
    /// Media over a database and a place for their bytes.
    pub fn new(db: Database, files: &Files, clock: Clock, limits: Limits) -> Self {
        Self { db, files: files.area(AREA), clock, limits, renditions: Arc::default() }
    }

    /// How much is taken.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// One page of media: what is public, or everything for those who write.
    pub async fn list(&self, actor: &Actor, query: &ListQuery) -> Result<Page<Row>, Error> {
        let reader = MediaRows::new(&query.fields);
        let (mut select, width) = reader.select();
        restrict(&mut select, actor);
        if let Some(lang) = &query.lang {
            // A picture without a word in it is in every language.
            select.and_where(col("language").eq(lang.as_str()).or(col("language").is_null()));
        }
        let columns = media_columns();
        let listing = Listing { select, width, columns: &columns, id: col("id") };
        Ok(store::list(self.db.reader(), listing, query, |row| reader.read(row)).await?)
    }

    /// Media by id with one statement, in no particular order; what the caller may not see is left out.
    pub async fn get_many(&self, actor: &Actor, ids: &[Id], fields: &Projection) -> Result<Vec<Found>, Error> {
        let reader = MediaRows::new(fields);
        let (mut select, width) = reader.select();
        restrict(&mut select, actor);
        select.expr(col("revision")).and_where(match ids {
            [id] => col("id").eq(id.0),
            ids => col("id").is_in(ids.iter().map(|id| id.0)),
        });
        let mut found = Vec::with_capacity(ids.len());
        for row in self.db.reader().query_all(&select).await? {
            found.push(Found { revision: Revision(row.try_get_by_index(width)?), row: reader.read(&row)? });
        }
        Ok(found)
    }

    /// The ids after `after` of media that everybody may see, in the order of ids, at most 500 of them.
    pub async fn ids(&self, after: Option<Id>) -> Result<Vec<Id>, Error> {
        let mut select = sea_orm::sea_query::Query::select();
        select.expr(col("id")).from(crate::store::a("media"));
        restrict(&mut select, &Actor::Anonymous);
        if let Some(after) = after {
            select.and_where(col("id").gt(after.0));
        }
        select.order_by_expr(col("id"), sea_orm::sea_query::Order::Asc).limit(500);
        self.db.reader().query_all(&select).await?.iter().map(|row| Ok(Id(row.try_get_by_index(0)?))).collect()
    }

    /// Keeps a file while it comes in, and enters it. What is refused, or does not arrive whole, leaves nothing behind.
    pub async fn upload<S, E>(&self, call: &Call, upload: Upload, bytes: S) -> Result<Found, Error>
    where
        S: Stream<Item = Result<Bytes, E>>,
        E: std::fmt::Display,
    {
        require(&call.actor, Permission::MediaWrite)?;
        let Upload { file_name, declared_type, fields } = upload;
        let content = Content::parse(fields)?;
        let told = content.file_name.as_deref().unwrap_or(&file_name).to_owned();
        let received = self.receive(&call.actor, (&told, declared_type.as_deref()), bytes).await?;
        self.enter_content(call, received, content).await
    }

    /// Takes a file in while it comes, with its name and its type as sent; nobody sees it until it is entered.
    pub async fn receive<S, E>(&self, actor: &Actor, told: (&str, Option<&str>), bytes: S) -> Result<Received, Error>
    where
        S: Stream<Item = Result<Bytes, E>>,
        E: std::fmt::Display,
    {
        require(actor, Permission::MediaWrite)?;
        let mut bytes = std::pin::pin!(bytes);
        let mut incoming = self.files.begin();
        let mut inspection = Inspection::new();
        let passed = async {
            while let Some(piece) = bytes.next().await {
                let piece = piece.map_err(|error| Error::Interrupted(error.to_string()))?;
                if incoming.size() + piece.len() as u64 > self.limits.file {
                    return Err(Error::TooLarge { max: self.limits.file });
                }
                inspection.pass(&piece)?;
                incoming.write(piece).await?;
            }
            let (name, declared) = told;
            let finding = inspection.finish(name, declared)?;
            if finding.format.kind == Kind::Image && incoming.size() > self.limits.picture {
                return Err(Error::TooLarge { max: self.limits.picture });
            }
            Ok(finding)
        }
        .await;
        match passed {
            Ok(finding) => Ok(Received { finding, incoming }),
            Err(error) => {
                incoming.abort().await;
                Err(error)
            }
        }
    }

    /// Enters a file that was taken in.
    pub async fn enter(&self, call: &Call, mut received: Received, fields: MediaInput) -> Result<Found, Error> {
        require(&call.actor, Permission::MediaWrite)?;
        let content = Content::parse(fields)?;
        if let Some(name) = &content.file_name {
            received.finding.file_name = named(name, received.finding.format).map_err(|error| at_file_name(&error))?;
        }
        self.enter_content(call, received, content).await
    }

    async fn enter_content(&self, call: &Call, received: Received, content: Content) -> Result<Found, Error> {
        let (library, call) = (self.clone(), call.clone());
        to_its_end(async move { library.settle(&call, content, received).await }).await
    }

    /// Keeps what has come in whole; a file that is not needed in the end goes again.
    async fn settle(&self, call: &Call, content: Content, received: Received) -> Result<Found, Error> {
        let Received { finding, incoming } = received;
        let file = incoming.finish_marked(Id::new(self.clock.now())).await?;
        let entered = self.record(call, content, (&finding, &file)).await;
        match entered {
            Ok((found, Kept::Here)) => Ok(found),
            Ok((found, Kept::Elsewhere)) => {
                self.remove(&file.name).await;
                Ok(found)
            }
            Err(error) => {
                self.remove(&file.name).await;
                Err(error)
            }
        }
    }

    async fn record(&self, call: &Call, mut content: Content, new: (&Finding, &StoredFile)) -> Result<(Found, Kept), Error> {
        let (finding, file) = new;
        content.file_name = Some(finding.file_name.clone());
        let txn = self.db.begin(call, self.clock.now()).await?;
        must_be_captions(&txn, content.captions_id).await?;
        let id = Id::new(txn.now());
        let kept = rows::keep(txn.conn(), file).await?;
        let placing = Placing { id, uploaded_by: call.actor.account(), now: txn.now() };
        rows::insert(txn.conn(), &placing, new, &content).await?;
        store::resources::register(&txn, id, TYPE).await?;
        event(&txn, id, "created", Revision::FIRST).await?;
        Ok((finish(txn, id).await?, kept))
    }

    /// Changes what is told about a media item by a merge patch.
    pub async fn revise(&self, call: &Call, id: Id, seen: Revision, patch: Row) -> Result<Found, Error> {
        require(&call.actor, Permission::MediaWrite)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        let stored = load(&txn, id, seen).await?;
        let mut content = Content::parse(patched(&stored.content, patch)?)?;
        let name = content.file_name.or_else(|| stored.content.file_name.clone()).unwrap_or_default();
        content.file_name = Some(named(&name, stored.format).map_err(|error| at_file_name(&error))?);
        if content != stored.content {
            if content.captions_id == Some(id) {
                return Err(captions_fault());
            }
            must_be_captions(&txn, content.captions_id).await?;
            let is_hidden = content.visibility != Visibility::Public && stored.content.visibility == Visibility::Public;
            rows::update(txn.conn(), id, &Stored { content, ..stored }, txn.now()).await?;
            event(&txn, id, if is_hidden { "withdrawn" } else { "updated" }, seen.next()).await?;
        }
        finish(txn, id).await
    }

    /// Removes a media item; its bytes too, where no other has the same.
    pub async fn delete(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        require(&call.actor, Permission::MediaDelete)?;
        let (library, call) = (self.clone(), call.clone());
        to_its_end(async move { library.delete_now(&call, id, seen).await }).await
    }

    async fn delete_now(&self, call: &Call, id: Id, seen: Revision) -> Result<(), Error> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        let stored = load(&txn, id, seen).await?;
        if rows::is_named_as_captions(txn.conn(), id).await? {
            return Err(Error::InUse);
        }
        rows::delete(txn.conn(), id).await?;
        store::resources::forget(&txn, id).await?;
        event(&txn, id, "deleted", stored.revision.next()).await?;
        let unneeded = rows::release(txn.conn(), &stored.sha256).await?;
        txn.commit(&()).await?;
        if let Some(name) = unneeded {
            self.remove(&name).await;
        }
        Ok(())
    }

    /// The file of a media item; `None` where the caller sees none.
    pub async fn open(&self, actor: &Actor, id: Id) -> Result<Option<MediaFile>, Error> {
        rows::open(self.db.reader(), id, |select| restrict(select, actor)).await
    }

    /// The bytes of a file, all of them or those of a range.
    pub async fn read(&self, file: &MediaFile, range: Option<Range<u64>>) -> Result<FileStream, Error> {
        Ok(match range {
            Some(range) => self.files.stream_range(&file.name, range).await?,
            None => self.files.stream(&file.name).await?,
        })
    }

    /// A picture in another size or format: made once, then kept.
    pub async fn rendition(&self, file: &MediaFile, asked: &Rendition) -> Result<Rendered, Error> {
        let rendered = self.renditions.get(&self.files, file, asked, self.limits.picture).await?;
        if rendered.is_new && !rows::is_kept(self.db.reader(), &file.sha256, &file.name).await? {
            // Removed while it was being made: nothing of it may stay.
            self.remove(&file.name).await;
            return Err(Error::Refused(Refusal::NotFound));
        }
        Ok(rendered.rendered)
    }

    /// Removes what uploads that never ended have left, and answers how many.
    pub async fn sweep(&self) -> Result<u64, Error> {
        Ok(self.files.sweep_incoming(self.clock.now()).await?)
    }

    /// A file that cannot be removed now does no harm but to the space it takes.
    async fn remove(&self, name: &str) {
        if let Err(error) = self.files.remove(name).await {
            tracing::warn!(%error, name, "a file that nothing needs could not be removed");
        }
    }
}

/// Goes on where the caller hangs up: between the commit and what follows it, nobody would clear away the bytes.
async fn to_its_end<T: Send + 'static>(work: impl Future<Output = Result<T, Error>> + Send + 'static) -> Result<T, Error> {
    match tokio::spawn(work).await {
        Ok(done) => done,
        Err(error) => Err(Error::Refused(Refusal::Store(store::Error::FileInterrupted(error.into())))),
    }
}

/// Everybody sees what is public; those who write see all.
fn restrict(select: &mut SelectStatement, actor: &Actor) {
    if !sees_internal(actor) {
        select.and_where(col("visibility").eq(Visibility::Public.as_str()));
    }
}

/// Loads a media item; the caller must have seen the present revision.
async fn load(txn: &WriteTxn, id: Id, seen: Revision) -> Result<Stored, Error> {
    let stored = rows::locked(txn.conn(), id).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    if stored.revision == seen { Ok(stored) } else { Err(Error::Refused(Refusal::Stale)) }
}

async fn must_be_captions(txn: &WriteTxn, id: Option<Id>) -> Result<(), Error> {
    let Some(id) = id else { return Ok(()) };
    match rows::captions(txn.conn(), id).await?.as_deref() {
        Some("text/vtt" | "application/x-subrip") => Ok(()),
        Some(_) | None => Err(captions_fault()),
    }
}

fn captions_fault() -> Error {
    let text = Text::new("không có tệp phụ đề (WebVTT, SRT) này", "there are no such captions (WebVTT, SRT)");
    Error::Refused(Refusal::Invalid(vec![FieldFault::new("/captions_id", "unknown_captions", text)]))
}

/// A patch carries no file: what is wrong is its name.
fn at_file_name(error: &Error) -> Error {
    use kernel::Fault;
    Error::Refused(Refusal::Invalid(vec![FieldFault::new("/file_name", error.code(), error.text())]))
}

/// The content with a merge patch applied, as a writer would have sent it whole.
fn patched(content: &Content, patch: Row) -> Result<MediaInput, Error> {
    let mut target = match serde_json::to_value(content.as_input()) {
        Ok(Value::Object(target)) => target,
        Ok(_) | Err(_) => Row::new(),
    };
    target.retain(|_, value: &mut Value| *value != Value::Null);
    merge_patch(&mut target, patch);
    let text = Text::new("giá trị không hợp lệ", "the value is not valid");
    serde_json::from_value(Value::Object(target))
        .map_err(|_| Error::Refused(Refusal::Invalid(vec![FieldFault::new("", "invalid_patch", text)])))
}

async fn event(txn: &WriteTxn, id: Id, action: &'static str, revision: Revision) -> Result<(), Error> {
    Ok(outbox::record(txn, Event { resource_type: TYPE, id, action, revision }).await?)
}

/// Reads the media item back inside the transaction, commits, and answers it.
async fn finish(txn: WriteTxn, id: Id) -> Result<Found, Error> {
    let reader = MediaRows::new(&Projection(rows::every_field()));
    let (mut select, width) = reader.select();
    select.expr(col("revision")).and_where(col("id").eq(id.0));
    let row = txn.conn().query_one(&select).await?.ok_or(Error::Refused(Refusal::NotFound))?;
    let found = Found { revision: Revision(row.try_get_by_index(width)?), row: reader.read(&row)? };
    txn.commit(&found.row).await?;
    Ok(found)
}
