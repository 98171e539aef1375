//! Import of published texts: the fields are found in the text itself, the original bytes are kept.
//!
//! A text is first prepared (read and understood, a few at once) and then entered, together with others where they come in
//! numbers. What makes two texts the same is said at [`Documents::import`].

mod entering;
mod fields;
mod issuer;
mod known;
mod parsed;
mod together;
mod told;

use crate::document::State;
use crate::documents::Documents;
use crate::error::Error;
use crate::policy::require;
use crate::store::files::FileRecord;
use bytes::Bytes;
use kernel::{Call, Id, Permission, Row};
use legal_text::Note;
use parsed::{Parsed, understand};
use told::Told;

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

/// What is told of a document beside its text, or with it.
#[derive(Debug, Clone)]
pub struct Described {
    /// The fields as a writer sends them, or as they are read. One that is not told is found in the text; one that is told
    /// to be `null` has no value. What only the system knows (`id`, `revision`, `status` …) is passed over.
    pub fields: Row,
    /// The file that the text is read from, unless the fields have it.
    pub source: Option<Source>,
    /// Whether the document is published at once, unless the fields say that it is a draft.
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
    /// What a reader should know of the structure of the text, and where; empty where it was not read again.
    pub notes: Vec<Note>,
}

/// What reading a text has come to.
pub enum Ready {
    /// It is to be entered.
    New(Box<Prepared>),
    /// It was entered before.
    Known(Import),
}

/// A text that is ready to be entered.
pub struct Prepared {
    parsed: Parsed,
    file: Option<FileRecord>,
    state: State,
    told: Option<Told>,
}

impl Documents {
    /// Imports one text. The same bytes again change nothing; the same issuer, number and date
    /// with other bytes make a new revision, and the old file is kept.
    pub async fn import(&self, call: &Call, source: Source) -> Result<Import, Error> {
        match self.prepare(call, source).await? {
            Ready::Known(import) => Ok(import),
            Ready::New(prepared) => self.enter_alone(call, &prepared).await,
        }
    }

    /// Reads a text, so that it can be entered together with others. Bytes that were entered before are not read again.
    pub async fn prepare(&self, call: &Call, source: Source) -> Result<Ready, Error> {
        may_import(call, source.state)?;
        if let Some(import) = self.known_bytes(&source).await? {
            return Ok(Ready::Known(import));
        }
        let state = source.state;
        let (parsed, file) = self.read(source).await?;
        Ok(Ready::New(Box::new(Prepared { parsed, file: Some(file), state, told: None })))
    }

    /// The same for a document of which fields are told. The same fields and bytes again are not read again.
    pub async fn prepare_described(&self, call: &Call, described: Described) -> Result<Ready, Error> {
        let Described { fields, source, state } = described;
        may_import(call, state)?;
        let told = Told::parse(fields, source.as_ref().map(|source| &source.bytes))?;
        let state = told.state(state);
        if let Some(import) = self.known_line(&told, state).await? {
            return Ok(Ready::Known(import));
        }
        let (parsed, file) = match source {
            Some(source) => {
                let (parsed, file) = self.read(source).await?;
                (parsed, Some(file))
            }
            None => (Parsed::empty(), None),
        };
        let over = move || {
            let parsed = parsed.told(&told);
            (parsed, told)
        };
        let (parsed, told) = tokio::task::spawn_blocking(over).await.map_err(|_| Error::Unreadable)?;
        Ok(Ready::New(Box::new(Prepared { parsed, file, state, told: Some(told) })))
    }

    /// Reads a file and keeps it.
    async fn read(&self, source: Source) -> Result<(Parsed, FileRecord), Error> {
        let Source { name, bytes, state: _ } = source;
        let (parsed, evidence) = self.sources.read(&name, bytes.clone(), understand).await?;
        let file = self.keep(name, bytes, &evidence).await?;
        Ok((parsed, file))
    }
}

fn may_import(call: &Call, state: State) -> Result<(), Error> {
    require(&call.actor, Permission::DocumentsWrite)?;
    match state {
        State::Published => require(&call.actor, Permission::DocumentsPublish),
        State::Draft | State::Withdrawn => Ok(()),
    }
}
