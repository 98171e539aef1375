//! The files of documents, kept byte for byte: those their text was read from, and those attached to them.

use crate::Error;
use crate::document::State;
use crate::documents::{Documents, advance, load_present};
use crate::import::Source;
use crate::policy::{require, sees_drafts};
use crate::store::files::{self, As, FileRecord, Seen};
use bytes::Bytes;
use futures_util::stream::BoxStream;
use kernel::query::Projection;
use kernel::text::legacy::Encoding;
use kernel::{Actor, Call, Found, Id, Language, Permission, View};
use serde::Serialize;
use source_text::pdf::Signature;
use source_text::{Format, Reading};
use std::ops::Range;
use store::Refusal;
use utoipa::ToSchema;

/// A file of a document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "DocumentFile")]
pub struct DocumentFile<'a> {
    /// Stable id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `file`.
    pub r#type: &'a str,
    /// Its name as received.
    pub name: &'a str,
    /// Its media type, by its content.
    pub media_type: &'a str,
    /// How its letters are coded: `utf-8 tcvn3 vni`.
    pub encoding: &'a str,
    /// Bytes.
    pub size: i64,
    /// Its SHA-256 in hexadecimal.
    pub sha256: &'a str,
    /// Where its bytes are.
    pub url: String,
    /// How many pages it has, where it has pages.
    pub pages: Option<i64>,
    /// The pages that are pictures of text, from 1: all of them of a scan.
    pub scanned_pages: &'a [usize],
    /// The evidence of the digital signatures in it. What is told is arithmetic; whom a certificate belongs to nobody has checked.
    pub signatures: &'a [Signature],
    /// When it was received.
    #[schema(format = DateTime)]
    pub created_at: String,
}

/// The bytes of a file, piece by piece.
pub type FileStream = BoxStream<'static, Result<Bytes, store::Error>>;

/// What a file says of itself, beside its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Evidence {
    format: Format,
    encoding: Encoding,
    pages: Option<usize>,
    scanned_pages: Vec<usize>,
    signatures: Vec<Signature>,
}

impl Evidence {
    pub fn of(reading: &Reading) -> Self {
        Self {
            format: reading.format,
            encoding: reading.encoding,
            pages: reading.pages,
            scanned_pages: reading.scanned_pages.clone(),
            signatures: reading.signatures.clone(),
        }
    }
}

impl Documents {
    /// The files of a document, newest first; `None` where the caller sees no document.
    pub async fn files(&self, actor: &Actor, id: Id) -> Result<Option<Vec<FileRecord>>, Error> {
        match self.files_seen(actor, id).await? {
            Some(seen) => Ok(Some(files::of_document(self.db.reader(), id, seen).await?)),
            None => Ok(None),
        }
    }

    /// One file and its bytes as they were received.
    pub async fn file(&self, actor: &Actor, id: Id, file: Id) -> Result<Option<(FileRecord, FileStream)>, Error> {
        let Some(record) = self.file_record(actor, id, file).await? else { return Ok(None) };
        let stream = self.file_bytes(&record, None).await?;
        Ok(Some((record, stream)))
    }

    /// One file; `None` where the caller sees none.
    pub async fn file_record(&self, actor: &Actor, id: Id, file: Id) -> Result<Option<FileRecord>, Error> {
        let Some(seen) = self.files_seen(actor, id).await? else { return Ok(None) };
        files::one(self.db.reader(), id, file, seen).await
    }

    /// The bytes of a file as they were received, all of them or those of a range.
    pub async fn file_bytes(&self, file: &FileRecord, range: Option<Range<u64>>) -> Result<FileStream, Error> {
        Ok(match range {
            Some(range) => self.files.stream_range(&file.sha256, range).await?,
            None => self.files.stream(&file.sha256).await?,
        })
    }

    /// Attaches a file to a document: the signed original beside the text, say. Everybody sees it at once where `source`
    /// says so and the document is published, else from its next publication on. The same bytes again are the same file.
    pub async fn attach(&self, call: &Call, id: Id, source: Source) -> Result<Found, Error> {
        require(&call.actor, Permission::DocumentsWrite)?;
        if source.state == State::Published {
            require(&call.actor, Permission::DocumentsPublish)?;
        }
        if self.files_seen(&call.actor, id).await?.is_none() {
            return Err(Error::Refused(Refusal::NotFound));
        }
        let evidence = self.sources.read(&source.name, source.bytes.clone(), |reading| Evidence::of(&reading)).await?;
        let file = self.keep(source.name, source.bytes, &evidence).await?;
        let txn = self.db.begin(call, file.created_at).await?;
        let working = load_present(txn.conn(), id).await?;
        let shown = source.state == State::Published;
        let kept = files::of_bytes(txn.conn(), id, &file.sha256).await?;
        let changed = match &kept {
            Some(kept) => {
                let place = files::place(txn.conn(), id, kept.id).await?;
                let shows = shown && place.is_some_and(|place| !place.shown);
                if shows {
                    files::show(txn.conn(), kept.id).await?;
                }
                shows
            }
            None => {
                files::insert(txn.conn(), id, &file, As::Attached { shown }).await?;
                true
            }
        };
        if changed {
            advance(&txn, &working, "updated", None).await?;
        }
        let found = Found { revision: working.revision, row: kept.unwrap_or(file).to_row(id) };
        txn.commit(&found.row).await?;
        Ok(found)
    }

    /// Takes away a file that no edition's text was read from.
    pub async fn detach(&self, call: &Call, id: Id, file: Id) -> Result<(), Error> {
        require(&call.actor, Permission::DocumentsWrite)?;
        let txn = self.db.begin(call, self.clock.now()).await?;
        let working = load_present(txn.conn(), id).await?;
        let place = files::place(txn.conn(), id, file).await?.ok_or(Error::Refused(Refusal::NotFound))?;
        if place.is_source {
            return Err(Error::SourceOfEdition);
        }
        if place.shown {
            require(&call.actor, Permission::DocumentsPublish)?;
        }
        files::remove(txn.conn(), file).await?;
        advance(&txn, &working, "updated", None).await?;
        Ok(txn.commit(&()).await?)
    }

    /// Keeps the bytes and makes the record of them.
    pub(crate) async fn keep(&self, name: String, bytes: Bytes, evidence: &Evidence) -> Result<FileRecord, Error> {
        let stored = self.files.put(bytes).await?;
        let now = self.clock.now();
        Ok(FileRecord {
            id: Id::new(now),
            name,
            media_type: evidence.format.media_type().to_owned(),
            encoding: evidence.encoding.as_str().to_owned(),
            size: stored.size,
            sha256: stored.sha256,
            pages: evidence.pages.and_then(|pages| i64::try_from(pages).ok()),
            scanned_pages: evidence.scanned_pages.clone(),
            signatures: evidence.signatures.clone(),
            created_at: now,
        })
    }

    async fn files_seen(&self, actor: &Actor, id: Id) -> Result<Option<Seen>, Error> {
        let state = kernel::query::State::Published;
        let view = View { as_of: None, fields: Projection(Vec::new()), state, lang: Language::Source };
        let found = self.find(actor, &[id], &view).await?;
        let seen = if sees_drafts(actor) { Seen::All } else { Seen::Public };
        Ok((!found.is_empty()).then_some(seen))
    }
}
