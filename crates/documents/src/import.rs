//! Import of published texts: the fields are found in the text itself, the original bytes are kept.

use crate::content::{Content, LegalBase};
use crate::document::State;
use crate::documents::{Documents, advance, hold_keys, insert_new, load_present, publish_edition, supersede};
use crate::error::Error;
use crate::files::Evidence;
use crate::found::{self, FoundRelation};
use crate::gazettes::no_writer;
use crate::issuers::{self, Resolved};
use crate::policy::require;
use crate::store::editions::{self, Written};
use crate::store::files::{self, As, FileRecord};
use bytes::Bytes;
use kernel::query::Projection;
use kernel::{Actor, Call, Id, Permission, View, print_date};
use legal_text::Header;
use source_text::Reading;
use store::WriteTxn;

/// A file to be imported.
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

/// A file that was read and understood.
struct Parsed {
    content: Content,
    found: Vec<FoundRelation>,
    /// Its issuer by name.
    issuer: Option<String>,
    warnings: Vec<String>,
    evidence: Evidence,
}

impl Documents {
    /// Imports one text. The same bytes again change nothing; the same issuer, number and date
    /// with other bytes make a new revision, and the old file is kept.
    pub async fn import(&self, call: &Call, source: Source) -> Result<Import, Error> {
        require(&call.actor, Permission::DocumentsWrite)?;
        if source.state == State::Published {
            require(&call.actor, Permission::DocumentsPublish)?;
        }
        let state = source.state;
        let parsed = self.sources.read(&source.name, source.bytes.clone(), understand).await?;
        let file = self.keep(source.name, source.bytes, &parsed.evidence).await?;
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
        files::insert(txn.conn(), id, file, As::Source).await?;
        return Ok((Outcome::Imported, id));
    };
    let working = load_present(txn.conn(), id).await?;
    if files::document_of_bytes(txn.conn(), &file.sha256).await? == Some(id) {
        // Entered by another call while this one waited for the document.
        return Ok((Outcome::Unchanged, id));
    }
    files::insert(txn.conn(), id, file, As::Source).await?;
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

/// Finds the fields in what was read. A scan has none: people have to enter them.
fn understand(reading: Reading) -> Parsed {
    let evidence = Evidence::of(&reading);
    let mut warnings = Vec::new();
    if !reading.scanned_pages.is_empty() {
        warnings.push(if reading.text.is_none() { "scan" } else { "scanned_pages" }.to_owned());
    }
    let Some(text) = reading.text else {
        return Parsed { content: Content::empty(), found: Vec::new(), issuer: None, warnings, evidence };
    };
    let mut read = legal_text::parse(&text);
    let header = std::mem::take(&mut read.header);
    warnings.extend(header.warnings.iter().map(|warning| warning.code.to_owned()));
    let (issuer, content) = fields(header, text);
    let found = found::found_in(Some(&read), &content);
    Parsed { content, found, issuer, warnings, evidence }
}

/// The issuer by name, and the content, of which the issuer's id is still to be found.
fn fields(header: Header, text: String) -> (Option<String>, Content) {
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
        place: header.place,
        issued_on: header.issued_on.map(print_date),
        effective_on: header.effective_on.map(print_date),
        expires_on: header.expires_on.filter(|day| header.effective_on.is_none_or(|from| *day > from)).map(print_date),
        signer_name: header.signer_name,
        signer_title: header.signer_title,
        signer_capacity: header.signer_capacity,
        legal_bases,
        body_text: Some(text),
        ..Content::empty()
    };
    (header.issuer, content)
}
