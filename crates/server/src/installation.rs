//! What every command stands on: database, secret, files, subjects.

use crate::Failure;
use crate::cli::DataOptions;
use content::{ContentTypes, Entries};
use documents::{Documents, Issuers};
use gateway::Content;
use kernel::{Call, Clock};
use policies::Policies;
use source_text::Reader;
use source_text::child::Program;
use std::path::Path;
use std::time::Duration;
use store::{Database, DatabaseUrl, Error, Files, FilesUrl, Secret};

/// Connects to the database of the installation; its folder is made when it does not exist.
pub async fn connect(data: &DataOptions) -> Result<Database, Failure> {
    std::fs::create_dir_all(&data.data).map_err(Error::Directory)?;
    let url = match data.database.as_ref().filter(|url| !url.is_empty()) {
        Some(url) => DatabaseUrl::parse(url)?,
        None => DatabaseUrl::Sqlite(data.data.join("congkhai.db")),
    };
    Ok(Database::connect(&url).await?)
}

/// Brings the database to the newest schema, one node at a time.
pub async fn migrate(db: &Database) -> Result<(), Failure> {
    let mut tries = 0;
    loop {
        let done = async {
            let txn = db.begin(&Call::operator(), Clock::System.now()).await?;
            migrations::lock(txn.conn()).await?;
            migrations::up(txn.conn()).await?;
            txn.commit(&()).await
        };
        match done.await {
            // Two nodes that make the very first table at once: one of them has to try again.
            Err(error) if tries < 10 && db.backend() == store::Backend::Postgres => {
                tries += 1;
                tracing::debug!(%error, "migrating again");
                tokio::time::sleep(Duration::from_millis(100 * tries)).await;
            }
            done => return Ok(done?),
        }
    }
}

/// Refuses an older schema: only `serve` and `migrate` change it.
pub async fn must_be_current(db: &Database) -> Result<(), Failure> {
    if migrations::is_current(db.reader()).await { Ok(()) } else { Err(Error::OldSchema.into()) }
}

/// The master secret: from the environment, a file, or the data folder.
pub fn secret(folder: &Path) -> Result<Secret, Failure> {
    if let Some(text) = variable("CONGKHAI_SECRET") {
        if text.trim().len() < 32 {
            return Err("CONGKHAI_SECRET is shorter than 32 characters".into());
        }
        return Ok(Secret::given(&text));
    }
    if let Some(path) = variable("CONGKHAI_SECRET_FILE") {
        return Ok(Secret::read(Path::new(&path))?);
    }
    let mut fresh = [0; 32];
    rand::fill(&mut fresh);
    Ok(Secret::read_or_make(&folder.join("secret"), fresh)?)
}

/// An environment variable; an empty one counts as not set, as container files leave them.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// Where files are kept: original files of documents, and media.
pub fn files(data: &DataOptions) -> Result<Files, Failure> {
    let place = match data.files.as_ref().filter(|place| !place.is_empty()) {
        Some(place) => FilesUrl::parse(place)?,
        None => FilesUrl::Folder(data.data.join("files")),
    };
    Ok(Files::open(&place)?)
}

/// Content types, entries and rules over a database.
pub fn content(db: &Database, clock: &Clock) -> Content {
    let types = ContentTypes::new(db.clone(), clock.clone());
    let policies = Policies::new(db.clone(), clock.clone());
    let entries = Entries::new(db.clone(), clock.clone(), types.clone(), policies.clone());
    Content::new(types, entries, policies)
}

/// What the program is called with as the child that reads one file.
pub const CHILD: &str = "read-one-file";

/// Reads files, PDF files in a process of their own.
pub fn reader() -> Result<Reader, Failure> {
    Ok(Reader::new(Program::this([CHILD])?))
}

/// The subjects over a database.
pub fn subjects(db: &Database, files: &Files) -> Result<(Documents, Issuers), Failure> {
    let documents = Documents::new(db.clone(), files.clone(), reader()?, Clock::System);
    Ok((documents, Issuers::new(db.clone(), Clock::System)))
}
