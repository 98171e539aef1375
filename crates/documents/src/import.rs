//! Import of published texts: the fields are found in the text itself, the original bytes are kept.

use crate::content::{Content, IssuerRef, LegalBase};
use crate::document::State;
use crate::documents::{Documents, advance, hold_keys, insert_new, load_present, publish_edition, resolve_issuer, supersede};
use crate::error::Error;
use crate::files::Evidence;
use crate::found::{self, FoundRelation};
use crate::gazettes::no_writer;
use crate::input::DocumentInput;
use crate::issuers::{self, Resolved};
use crate::policy::require;
use crate::store::editions::{self, Written};
use crate::store::files::{self, As, FileRecord};
use bytes::Bytes;
use kernel::query::Projection;
use kernel::{Actor, Call, Id, Permission, Row, View, print_date, text};
use legal_text::Header;
use serde_json::Value;
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

/// A text that was read and understood.
struct Parsed {
    content: Content,
    found: Vec<FoundRelation>,
    /// Its issuer, by name or by id.
    issuer: IssuerRef,
    warnings: Vec<String>,
    /// What its file says of itself, where it has one.
    evidence: Option<Evidence>,
}

/// A text that is ready to be entered.
pub struct Prepared {
    parsed: Parsed,
    file: Option<FileRecord>,
    state: State,
    /// Whether fields were told: then the same bytes may make another document of it.
    described: bool,
}

/// What reading a text has come to.
pub enum Ready {
    /// It is to be entered.
    New(Box<Prepared>),
    /// It was entered before.
    Known(Import),
}

/// What is told of a document beside its text, or with it.
#[derive(Debug, Clone)]
pub struct Described {
    /// The fields, as a writer sends them; a field that is not told is found in the text.
    pub fields: Row,
    /// The file that the text is read from, unless the fields have it.
    pub source: Option<Source>,
    /// Whether the document is published at once.
    pub state: State,
}

impl Documents {
    /// Imports one text. The same bytes again change nothing; the same issuer, number and date
    /// with other bytes make a new revision, and the old file is kept.
    pub async fn import(&self, call: &Call, source: Source) -> Result<Import, Error> {
        match self.prepare(call, source).await? {
            Ready::Known(import) => Ok(import),
            Ready::New(prepared) => self.enter_alone(call, *prepared).await,
        }
    }

    /// Reads a text, so that it can be entered together with others. Bytes that were entered before are not read again.
    pub async fn prepare(&self, call: &Call, source: Source) -> Result<Ready, Error> {
        may_import(call, source.state)?;
        if let Some(import) = self.known(&source).await? {
            return Ok(Ready::Known(import));
        }
        let parsed = self.sources.read(&source.name, source.bytes.clone(), understand).await?;
        self.kept(parsed, Some(source.clone()), source.state, false).await
    }

    /// The same for a document of which fields are told.
    pub async fn prepare_described(&self, call: &Call, told: Described) -> Result<Ready, Error> {
        may_import(call, told.state)?;
        let fields = told.fields;
        let parsed = match &told.source {
            Some(source) => self.sources.read(&source.name, source.bytes.clone(), understand).await?,
            None => {
                let body = fields.get("body_text").and_then(Value::as_str).map(text::nfc);
                let read = tokio::task::spawn_blocking(move || body.map_or_else(Parsed::empty, |body| of_text(body, None)));
                read.await.map_err(|_| Error::Unreadable)?
            }
        };
        let parsed = tokio::task::spawn_blocking(move || parsed.told(fields)).await.map_err(|_| Error::Unreadable)??;
        self.kept(parsed, told.source, told.state, true).await
    }

    async fn kept(&self, parsed: Parsed, source: Option<Source>, state: State, described: bool) -> Result<Ready, Error> {
        let file = match (source, &parsed.evidence) {
            (Some(source), Some(evidence)) => Some(self.keep(source.name, source.bytes, evidence).await?),
            _ => None,
        };
        Ok(Ready::New(Box::new(Prepared { parsed, file, state, described })))
    }

    /// Enters texts in one transaction. One that fails takes no other with it.
    pub async fn enter_all(&self, call: &Call, batch: Vec<Prepared>) -> Vec<Result<Import, Error>> {
        if batch.len() > 1
            && let Ok(entered) = self.enter_together(call, &batch).await
        {
            return entered;
        }
        // What cannot be entered together is entered one by one.
        let mut entered = Vec::with_capacity(batch.len());
        for prepared in batch {
            entered.push(self.enter_alone(call, prepared).await);
        }
        entered
    }

    async fn enter_together(&self, call: &Call, batch: &[Prepared]) -> Result<Vec<Result<Import, Error>>, Error> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        if batch.iter().any(|prepared| prepared.state == State::Published) {
            no_writer(&txn).await?;
        }
        let mut entered = Vec::with_capacity(batch.len());
        for prepared in batch {
            entered.push(txn.attempt(enter_text(&txn, prepared)).await?);
        }
        txn.commit(&()).await?;
        let mut imports = Vec::with_capacity(batch.len());
        for (prepared, entered) in batch.iter().zip(entered) {
            imports.push(match entered {
                Ok(entered) => self.told(prepared, entered).await,
                Err(error) => Err(error),
            });
        }
        Ok(imports)
    }

    async fn enter_alone(&self, call: &Call, prepared: Prepared) -> Result<Import, Error> {
        let entered = match self.enter_once(call, &prepared).await {
            // Another call entered the same document in the meantime: now it is found.
            Err(Error::DocumentExists { .. }) => self.enter_once(call, &prepared).await?,
            entered => entered?,
        };
        self.told(&prepared, entered).await
    }

    async fn enter_once(&self, call: &Call, prepared: &Prepared) -> Result<Entered, Error> {
        let txn = self.db.begin(call, self.clock.now()).await?;
        if prepared.state == State::Published {
            no_writer(&txn).await?;
        }
        let entered = enter_text(&txn, prepared).await?;
        txn.commit(&()).await?;
        Ok(entered)
    }

    async fn told(&self, prepared: &Prepared, entered: Entered) -> Result<Import, Error> {
        let mut warnings = prepared.parsed.warnings.clone();
        warnings.extend(entered.doubt.map(str::to_owned));
        let unchanged = entered.outcome == Outcome::Unchanged;
        if unchanged && prepared.state == State::Published && !self.is_live(entered.id).await? {
            warnings.push("not_published".to_owned());
        }
        Ok(Import { outcome: entered.outcome, id: entered.id, number: prepared.parsed.content.number.clone(), warnings })
    }

    /// What became of these bytes when they were entered before.
    async fn known(&self, source: &Source) -> Result<Option<Import>, Error> {
        let bytes = source.bytes.clone();
        let sha256 = tokio::task::spawn_blocking(move || store::sha256_hex(&bytes)).await.map_err(|_| Error::Unreadable)?;
        let Some(id) = files::document_of_bytes(self.db.reader(), &sha256).await? else { return Ok(None) };
        let view = View {
            as_of: None,
            fields: Projection(vec!["number".into()]),
            state: kernel::query::State::Draft,
            lang: kernel::Language::Source,
        };
        let Some(working) = self.get(&Actor::Operator, id, &view).await? else { return Ok(None) };
        let number = working.row.get("number").and_then(Value::as_str).map(str::to_owned);
        let live = source.state != State::Published || self.is_live(id).await?;
        let warnings = if live { Vec::new() } else { vec!["not_published".to_owned()] };
        Ok(Some(Import { outcome: Outcome::Unchanged, id, number, warnings }))
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
}

fn may_import(call: &Call, state: State) -> Result<(), Error> {
    require(&call.actor, Permission::DocumentsWrite)?;
    match state {
        State::Published => require(&call.actor, Permission::DocumentsPublish),
        State::Draft | State::Withdrawn => Ok(()),
    }
}

/// What became of a text in a transaction.
struct Entered {
    outcome: Outcome,
    id: Id,
    /// What is doubtful about its issuer.
    doubt: Option<&'static str>,
}

async fn enter_text(txn: &WriteTxn, prepared: &Prepared) -> Result<Entered, Error> {
    let Prepared { parsed, file, state, described } = prepared;
    if let Some(file) = file.as_ref().filter(|_| !described)
        && let Some(id) = files::document_of_bytes(txn.conn(), &file.sha256).await?
    {
        return Ok(Entered { outcome: Outcome::Unchanged, id, doubt: None });
    }
    let mut content = parsed.content.clone();
    let mut doubt = None;
    content.issuer_id = match &parsed.issuer {
        IssuerRef::Named(name) => match issuers::find_or_make(txn, name.clone(), &parsed.content.around_issuer()).await? {
            Resolved::Found(id) => Some(id),
            Resolved::OutsideValidity(id) => {
                doubt = Some("issuer_outside_validity");
                Some(id)
            }
            // A wrong issuer is worse than none.
            Resolved::Ambiguous(_) => {
                doubt = Some("issuer_ambiguous");
                None
            }
        },
        known => resolve_issuer(txn, known.clone(), &parsed.content.around_issuer()).await?,
    };
    content.source_file_id = file.as_ref().map(|file| file.id);
    let (outcome, id) =
        enter(txn, Written { content: &content, found: &parsed.found }, (file.as_ref(), *described), *state).await?;
    Ok(Entered { outcome, id, doubt })
}

/// Enters the content as a new document, or as a new revision of the one with the same key.
async fn enter(
    txn: &WriteTxn,
    written: Written<'_>,
    (file, described): (Option<&FileRecord>, bool),
    state: State,
) -> Result<(Outcome, Id), Error> {
    let content = written.content;
    let sha256 = match file {
        Some(file) => file.sha256.clone(),
        None => store::sha256_hex(content.body_text.as_deref().or(content.title.as_deref()).unwrap_or_default().as_bytes()),
    };
    let by_bytes = vec![format!("sha256:{sha256}")];
    let (key, extra) = match content.key() {
        Some(key) => (key, Vec::new()),
        None => (by_bytes.concat(), by_bytes),
    };
    let Some(id) = editions::holder(txn.conn(), &key).await? else {
        let id = Id::new(txn.now());
        insert_new(txn, id, written, (state, &extra)).await?;
        if let Some(file) = file {
            files::insert(txn.conn(), id, file, As::Source).await?;
        }
        return Ok((Outcome::Imported, id));
    };
    let working = load_present(txn.conn(), id).await?;
    let known = files::document_of_bytes(txn.conn(), &sha256).await? == Some(id);
    if known && !described {
        // Entered by another call while this one waited for the document.
        return Ok((Outcome::Unchanged, id));
    }
    let mut content = over(content.clone(), &working.content);
    match file.filter(|_| !known) {
        Some(file) => files::insert(txn.conn(), id, file, As::Source).await?,
        None => {
            // The file stays that of the text as long as the text is the same.
            let same = content.body_text == working.content.body_text;
            content.source_file_id = working.content.source_file_id.filter(|_| same);
            let shown = state != State::Published || working.has_live && working.state == State::Published;
            if content == working.content && shown {
                return Ok((Outcome::Unchanged, id));
            }
        }
    }
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
    let evidence = Some(Evidence::of(&reading));
    let mut warnings = Vec::new();
    if !reading.scanned_pages.is_empty() {
        warnings.push(if reading.text.is_none() { "scan" } else { "scanned_pages" }.to_owned());
    }
    let mut parsed = reading.text.map_or_else(Parsed::empty, |text| of_text(text, None));
    warnings.append(&mut parsed.warnings);
    Parsed { warnings, evidence, ..parsed }
}

/// Finds the fields in a text; what is `told` counts, not what the text says.
fn of_text(text: String, told: Option<&Content>) -> Parsed {
    let mut read = legal_text::parse(&text);
    let header = std::mem::take(&mut read.header);
    let warnings = header.warnings.iter().map(|warning| warning.code.to_owned()).collect();
    let (issuer, mut content) = fields(header, text);
    if let Some(told) = told {
        content = told.clone();
    }
    let found = found::found_in(Some(&read), &content);
    Parsed { content, found, issuer: issuer.map_or(IssuerRef::None, IssuerRef::Named), warnings, evidence: None }
}

impl Parsed {
    fn empty() -> Self {
        Self { content: Content::empty(), found: Vec::new(), issuer: IssuerRef::None, warnings: Vec::new(), evidence: None }
    }

    /// The same with fields that are told. What only the system knows of a document is passed over, so that what was
    /// exported can be imported.
    fn told(self, mut fields: Row) -> Result<Self, Error> {
        const KNOWN_BY_SYSTEM: [&str; 11] = [
            "id",
            "type",
            "status",
            "state",
            "issuer_id",
            "source_file_id",
            "revision",
            "created_at",
            "updated_at",
            "published_at",
            "files",
        ];
        fields.retain(|name, value| !KNOWN_BY_SYSTEM.contains(&name.as_str()) && !value.is_null());
        let issuer = match fields.remove("issuer") {
            Some(Value::Object(issuer)) => {
                issuer.get("name").and_then(Value::as_str).map(|name| IssuerRef::Named(name.to_owned()))
            }
            Some(Value::String(name)) => Some(IssuerRef::Named(name)),
            _ => None,
        };
        if fields.is_empty() && issuer.is_none() {
            return Ok(self);
        }
        let told: Vec<String> = fields.keys().cloned().collect();
        let mut whole = match serde_json::to_value(self.content.as_input()) {
            Ok(Value::Object(whole)) => whole,
            Ok(_) | Err(_) => Row::new(),
        };
        whole.retain(|_, value| !value.is_null());
        whole.extend(fields);
        let input: DocumentInput = serde_json::from_value(Value::Object(whole)).map_err(|error| {
            let text = kernel::Text::new(format!("không đọc được: {error}"), format!("cannot be read: {error}"));
            Error::Refused(store::Refusal::field("", "invalid_fields", text))
        })?;
        let (content, _) = Content::parse(input)?;
        let missing =
            |warning: &String| !told.iter().any(|name| warning.starts_with(name.as_str()) || warning.ends_with(name.as_str()));
        let warnings = self.warnings.into_iter().filter(missing).collect();
        let found = match &content.body_text {
            Some(body) => of_text(body.clone(), Some(&content)).found,
            None => found::found_in(None, &content),
        };
        Ok(Self { content, found, issuer: issuer.unwrap_or(self.issuer), warnings, evidence: self.evidence })
    }
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
