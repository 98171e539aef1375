//! Import of published texts: the fields are found in the text itself, the original bytes are kept.

use crate::content::{Content, LegalBase};
use crate::document::State;
use crate::documents::{Documents, advance, hold_keys, insert_new, load_present, publish_edition, supersede};
use crate::error::Error;
use crate::found::{self, FoundRelation};
use crate::gazettes::no_writer;
use crate::issuers::{self, Resolved};
use crate::policy::require;
use crate::store::editions::{self, Written};
use crate::store::files::{self, FileRecord};
use bytes::Bytes;
use kernel::query::Projection;
use kernel::text::legacy::{self, DecodeError, Encoding};
use kernel::{Actor, Call, Fault, Id, Kind, Permission, Text, View, print_date};
use store::WriteTxn;

/// File name extensions that can be read, in lower case.
pub const SUPPORTED_EXTENSIONS: [&str; 4] = ["txt", "text", "html", "htm"];

/// A text to be imported.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its file name, without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
    /// Whether what is found is published at once.
    pub state: State,
}

/// What became of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// A new document.
    Imported,
    /// A document with the same issuer, number and date has a new revision.
    Updated,
    /// A document was made of these bytes before.
    Unchanged,
}

impl Outcome {
    /// The outcome as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
        }
    }
}

/// A text that was imported.
#[derive(Debug, Clone)]
pub struct Import {
    /// What became of it.
    pub outcome: Outcome,
    /// The document.
    pub id: Id,
    /// The number that was found.
    pub number: Option<String>,
    /// What was not found, as stable codes.
    pub warnings: Vec<String>,
}

/// Why a text was not imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The bytes are no text.
    #[error(transparent)]
    Undecodable(#[from] DecodeError),
    /// The file name has an extension that cannot be read yet.
    #[error("this kind of file cannot be read yet")]
    Unsupported,
    /// The document could not be entered.
    #[error(transparent)]
    Document(#[from] Error),
}

impl Fault for ImportError {
    fn kind(&self) -> Kind {
        match self {
            Self::Undecodable(_) => Kind::Invalid,
            Self::Unsupported => Kind::UnsupportedMedia,
            Self::Document(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Undecodable(_) => "undecodable_file",
            Self::Unsupported => "unsupported_file",
            Self::Document(error) => error.code(),
        }
    }

    fn text(&self) -> Text {
        match self {
            Self::Undecodable(DecodeError::Empty) => Text::new("Tệp không có nội dung.", "The file is empty."),
            Self::Undecodable(DecodeError::Binary) => {
                Text::new("Tệp nhị phân, không phải văn bản.", "The file is binary, not text.")
            }
            Self::Undecodable(DecodeError::Undecodable) => Text::new(
                "Không nhận ra bảng mã của tệp (UTF-8, TCVN3, VNI).",
                "The encoding of the file is not known (UTF-8, TCVN3, VNI).",
            ),
            Self::Unsupported => Text::new("Chưa đọc được loại tệp này.", "This kind of file cannot be read yet."),
            Self::Document(error) => error.text(),
        }
    }

    fn fields(&self) -> Vec<kernel::FieldFault> {
        match self {
            Self::Document(error) => error.fields(),
            Self::Undecodable(_) | Self::Unsupported => Vec::new(),
        }
    }
}

/// A text that was read: its content, its issuer by name, and the encoding it was in.
struct Parsed {
    content: Content,
    found: Vec<FoundRelation>,
    issuer: Option<String>,
    encoding: Encoding,
    media_type: &'static str,
    warnings: Vec<String>,
}

impl Documents {
    /// Imports one text. The same bytes again change nothing; the same issuer, number and date
    /// with other bytes make a new revision, and the old file is kept.
    pub async fn import(&self, call: &Call, source: Source) -> Result<Import, ImportError> {
        require(&call.actor, Permission::DocumentsWrite)?;
        if source.state == State::Published {
            require(&call.actor, Permission::DocumentsPublish)?;
        }
        let (name, state) = (source.name, source.state);
        let bytes = source.bytes.clone();
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
        let parsed = tokio::task::spawn_blocking(move || parse(&bytes, &extension))
            .await
            .map_err(|_| ImportError::Undecodable(DecodeError::Undecodable))??;
        let stored = self.files.put(source.bytes).await.map_err(Error::from)?;

        let now = self.clock.now();
        let file = FileRecord {
            id: Id::new(now),
            name,
            media_type: parsed.media_type.to_owned(),
            encoding: parsed.encoding.as_str().to_owned(),
            size: stored.size,
            sha256: stored.sha256,
            created_at: now,
        };
        let (outcome, id, doubt) = match self.enter_text(call, &parsed, &file, state).await {
            // Another call entered the same document in the meantime: now it is found.
            Err(Error::DocumentExists { .. }) => self.enter_text(call, &parsed, &file, state).await?,
            entered => entered?,
        };
        let mut warnings = parsed.warnings;
        warnings.extend(doubt.map(str::to_owned));
        if outcome == Outcome::Unchanged && state == State::Published && !self.is_live(id).await? {
            warnings.push("not_published".to_owned());
        }
        Ok(Import { outcome, id, number: parsed.content.number, warnings })
    }

    /// Whether everybody sees the document.
    async fn is_live(&self, id: Id) -> Result<bool, Error> {
        let view = View {
            as_of: None,
            fields: Projection(Vec::new()),
            state: kernel::query::State::Published,
            lang: kernel::Language::Source,
        };
        Ok(self.get(&Actor::Anonymous, id, &view).await?.is_some())
    }

    /// What became of the text, the document, and what is doubtful about its issuer.
    async fn enter_text(
        &self,
        call: &Call,
        parsed: &Parsed,
        file: &FileRecord,
        state: State,
    ) -> Result<(Outcome, Id, Option<&'static str>), Error> {
        let txn = self.db.begin(call, file.created_at).await?;
        if state == State::Published {
            no_writer(&txn).await?;
        }
        if let Some(id) = files::document_of_bytes(txn.conn(), &file.sha256).await? {
            return Ok((Outcome::Unchanged, id, None));
        }
        let mut content = parsed.content.clone();
        let mut doubt = None;
        if let Some(issuer) = &parsed.issuer {
            (content.issuer_id, doubt) =
                match issuers::find_or_make(&txn, issuer.clone(), &parsed.content.around_issuer()).await? {
                    Resolved::Found(id) => (Some(id), None),
                    Resolved::OutsideValidity(id) => (Some(id), Some("issuer_outside_validity")),
                    // A wrong issuer is worse than none.
                    Resolved::Ambiguous(_) => (None, Some("issuer_ambiguous")),
                };
        }
        content.source_file_id = Some(file.id);
        let (outcome, id) = enter(&txn, Written { content: &content, found: &parsed.found }, file, state).await?;
        txn.commit(&()).await?;
        Ok((outcome, id, doubt))
    }
}

/// Enters the content as a new document, or as a new revision of the one with the same key.
async fn enter(txn: &WriteTxn, written: Written<'_>, file: &FileRecord, state: State) -> Result<(Outcome, Id), Error> {
    let content = written.content;
    let by_bytes = vec![format!("sha256:{}", file.sha256)];
    let (key, extra) = match content.key() {
        Some(key) => (key, Vec::new()),
        None => (by_bytes.concat(), by_bytes),
    };
    let Some(id) = editions::holder(txn.conn(), &key).await? else {
        let id = Id::new(txn.now());
        insert_new(txn, id, written, (state, &extra)).await?;
        files::insert(txn.conn(), id, file).await?;
        return Ok((Outcome::Imported, id));
    };
    let working = load_present(txn.conn(), id).await?;
    if files::document_of_bytes(txn.conn(), &file.sha256).await? == Some(id) {
        // Entered by another call while this one waited for the document.
        return Ok((Outcome::Unchanged, id));
    }
    files::insert(txn.conn(), id, file).await?;
    let content = over(content.clone(), &working.content);
    // A draft that somebody works on is kept as it was, beside the new one.
    let edition = supersede(txn, &working, Written { content: &content, ..written }, &extra).await?;
    let action = if state == State::Published {
        publish_edition(txn, &working, edition).await?;
        hold_keys(txn, id, &content, &extra).await?;
        "published"
    } else {
        "updated"
    };
    advance(txn, &working, action, None).await?;
    Ok((Outcome::Updated, id))
}

/// New content over the old: what the new text does not tell stays.
fn over(new: Content, old: &Content) -> Content {
    let keep = |new: Option<String>, old: &Option<String>| new.or_else(|| old.clone());
    let effective_on = keep(new.effective_on, &old.effective_on);
    let expires_on = keep(new.expires_on, &old.expires_on);
    Content {
        doc_type: keep(new.doc_type, &old.doc_type),
        title: keep(new.title, &old.title),
        place: keep(new.place, &old.place),
        expires_on: expires_on.filter(|day| Some(day) > effective_on.as_ref()),
        effective_on,
        signer_name: keep(new.signer_name, &old.signer_name),
        signer_title: keep(new.signer_title, &old.signer_title),
        signer_capacity: keep(new.signer_capacity, &old.signer_capacity),
        gazette_number: keep(new.gazette_number, &old.gazette_number),
        gazette_date: keep(new.gazette_date, &old.gazette_date),
        language: old.language.clone(),
        legal_bases: if new.legal_bases.is_empty() { old.legal_bases.clone() } else { new.legal_bases },
        ..new
    }
}

fn parse(bytes: &[u8], extension: &str) -> Result<Parsed, ImportError> {
    let html = matches!(extension, "html" | "htm");
    if !SUPPORTED_EXTENSIONS.contains(&extension) {
        return Err(ImportError::Unsupported);
    }
    let decoded = legacy::decode(bytes)?;
    // A page may name U+0000 by reference; HTML reads that as U+FFFD, and PostgreSQL cannot hold the other.
    let text = if html { legal_text::visible_text(&decoded.text).replace('\0', "\u{fffd}") } else { decoded.text };
    if text.trim().is_empty() {
        return Err(DecodeError::Empty.into());
    }
    let mut read = legal_text::parse(&text);
    let header = std::mem::take(&mut read.header);
    let legal_bases = header
        .legal_bases
        .into_iter()
        .map(|base| LegalBase {
            number: base.number,
            title: base.title,
            issued_on: base.issued_on.map(print_date),
            document_id: None,
        })
        .collect();
    let content = Content {
        number: header.number,
        doc_type: header.doc_type,
        title: header.title,
        issuer_id: None,
        place: header.place,
        issued_on: header.issued_on.map(print_date),
        effective_on: header.effective_on.map(print_date),
        expires_on: header
            .expires_on
            .map(print_date)
            .filter(|day| header.effective_on.map(print_date).is_none_or(|from| *day > from)),
        signer_name: header.signer_name,
        signer_title: header.signer_title,
        signer_capacity: header.signer_capacity,
        gazette_number: None,
        gazette_date: None,
        language: "vi".to_owned(),
        legal_bases,
        body_text: Some(text),
        source_file_id: None,
    };
    let warnings = header.warnings.iter().map(|warning| warning.code.to_owned()).collect();
    let media_type = if html { "text/html" } else { "text/plain" };
    let found = found::found_in(Some(&read), &content);
    Ok(Parsed { content, found, issuer: header.issuer, encoding: decoded.encoding, media_type, warnings })
}
