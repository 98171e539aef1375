//! A prepared text becomes a document, or a new revision of one.

use super::known::line_key;
use super::{Outcome, Prepared};
use crate::content::Content;
use crate::document::State;
use crate::documents::{advance, hold_keys, insert_new, load_present, publish_edition, supersede};
use crate::error::Error;
use crate::issuers::{self, Resolved};
use crate::store::editions::{Working, Written};
use crate::store::files::{self, As};
use crate::store::keys;
use kernel::Id;
use store::WriteTxn;

/// What became of a text in a transaction.
pub(super) struct Entered {
    pub outcome: Outcome,
    pub id: Id,
    /// What is doubtful about its issuer.
    pub doubt: Option<&'static str>,
}

/// Enters a text.
pub(super) async fn enter_text(txn: &WriteTxn, prepared: &Prepared) -> Result<Entered, Error> {
    let Prepared { parsed, file, told, .. } = prepared;
    if let Some(file) = file.as_ref().filter(|_| told.is_none())
        && let Some(id) = files::document_of_bytes(txn.conn(), &file.sha256).await?
    {
        return Ok(Entered { outcome: Outcome::Unchanged, id, doubt: None });
    }
    let mut content = parsed.content.clone();
    let context = parsed.content.around_issuer();
    let resolved = match (told.as_ref().and_then(|told| told.issuer.as_ref()), &parsed.issuer) {
        (Some(told), _) => told.resolve(txn, &context).await?,
        (None, Some(name)) => Some(issuers::find_or_make(txn, name.clone(), &context).await?),
        (None, None) => None,
    };
    let doubt;
    (content.issuer_id, doubt) = match resolved {
        None => (None, None),
        Some(Resolved::Found(id)) => (Some(id), None),
        Some(Resolved::OutsideValidity(id)) => (Some(id), Some("issuer_outside_validity")),
        // A wrong issuer is worse than none.
        Some(Resolved::Ambiguous(_)) => (None, Some("issuer_ambiguous")),
    };
    content.source_file_id = file.as_ref().map(|file| file.id);
    let (outcome, id) = enter(txn, prepared, content).await?;
    if let Some(told) = told {
        keys::hold_line(txn.conn(), id, Some(&line_key(told))).await?;
    }
    Ok(Entered { outcome, id, doubt })
}

/// Enters the content as a new document, or as a new revision of the one with the same key.
async fn enter(txn: &WriteTxn, prepared: &Prepared, content: Content) -> Result<(Outcome, Id), Error> {
    let by_bytes = format!("sha256:{}", hash(prepared, &content));
    let (key, extra) = match content.key() {
        Some(key) => (key, Vec::new()),
        None => (by_bytes.clone(), vec![by_bytes.clone()]),
    };
    let working = match keys::holder(txn.conn(), &key).await? {
        Some(id) => Some(load_present(txn.conn(), id).await?),
        None => unnumbered(txn, prepared, &by_bytes).await?,
    };
    match working {
        Some(working) => revise(txn, prepared, content, (&working, &extra)).await,
        None => {
            let id = Id::new(txn.now());
            let written = Written { content: &content, found: &prepared.parsed.found };
            insert_new(txn, id, written, (prepared.state, &extra)).await?;
            if let Some(file) = &prepared.file {
                files::insert(txn.conn(), id, file, As::Source).await?;
            }
            Ok((Outcome::Imported, id))
        }
    }
}

/// The SHA-256 of the bytes, or of what there is without any.
fn hash(prepared: &Prepared, content: &Content) -> String {
    match &prepared.file {
        Some(file) => file.sha256.clone(),
        None => store::sha256_hex(content.body_text.as_deref().or(content.title.as_deref()).unwrap_or_default().as_bytes()),
    }
}

/// A document without a number that was made of these bytes, of which more is told now: a scan, say.
async fn unnumbered(txn: &WriteTxn, prepared: &Prepared, by_bytes: &str) -> Result<Option<Working>, Error> {
    if prepared.told.is_none() || prepared.file.is_none() {
        return Ok(None);
    }
    let Some(id) = keys::holder(txn.conn(), by_bytes).await? else { return Ok(None) };
    let working = load_present(txn.conn(), id).await?;
    Ok(working.content.key().is_none().then_some(working))
}

async fn revise(
    txn: &WriteTxn,
    prepared: &Prepared,
    content: Content,
    (working, extra): (&Working, &[String]),
) -> Result<(Outcome, Id), Error> {
    let Prepared { parsed, file, state, told } = prepared;
    let id = working.document;
    let known = match file {
        Some(file) => files::document_of_bytes(txn.conn(), &file.sha256).await? == Some(id),
        None => false,
    };
    if known && told.is_none() {
        // Entered by another call while this one waited for the document.
        return Ok((Outcome::Unchanged, id));
    }
    let issuer_id = content.issuer_id;
    let mut content = over(content, &working.content);
    if let Some(told) = told {
        content = Content { issuer_id, ..told.over(content) };
    }
    match file.as_ref().filter(|_| !known) {
        Some(file) => files::insert(txn.conn(), id, file, As::Source).await?,
        None => {
            // The file stays that of the text as long as the text is the same.
            let same = content.body_text == working.content.body_text;
            content.source_file_id = working.content.source_file_id.filter(|_| same || known);
            if content == working.content {
                return Ok((Outcome::Unchanged, id));
            }
        }
    }
    // A draft that somebody works on is kept as it was, beside the new one.
    let edition = supersede(txn, working, Written { content: &content, found: &parsed.found }, extra).await?;
    let action = if *state == State::Published {
        publish_edition(txn, working, edition).await?;
        hold_keys(txn, id, &content, extra).await?;
        "published"
    } else {
        "updated"
    };
    advance(txn, working, action, None).await?;
    keys::hold_line(txn.conn(), id, None).await?;
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
