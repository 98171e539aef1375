//! Which search index there is: embedded in the data folder, or on a server.

use crate::Failure;
use crate::cli::{DataOptions, SearchOptions};
use crate::late::Late;
use search::{Meilisearch, Opened, SearchIndex, Settings, Tantivy};
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use store::Database;

/// The abbreviations that are known without a file.
const ABBREVIATIONS: &str = include_str!("../../../schema/search/abbreviations.json");

/// The consumer that feeds an index on a server: one for all nodes.
pub const SHARED_CONSUMER: &str = "search:shared";

/// The index that answers, as the options say. One on a server that is away is reached later; where it turns out to be
/// empty, the consumer begins again at the first event.
pub fn current(data: &DataOptions, options: &SearchOptions, db: &Database) -> Result<Opened<Arc<dyn SearchIndex>>, Failure> {
    let settings = settings(options)?;
    if let Some(url) = options.url() {
        let late = Late::new((url.to_owned(), key(options)?, options.prefix.clone()), settings, db.clone());
        return Ok(Opened { index: Arc::new(late), rebuilt: false });
    }
    let opened = Tantivy::open(&folder(data), settings)?;
    Ok(Opened { index: Arc::new(opened.index), rebuilt: opened.rebuilt })
}

/// The index of this name, to be filled beside the one that answers.
pub async fn beside(data: &DataOptions, options: &SearchOptions, name: &str) -> Result<Arc<dyn SearchIndex>, Failure> {
    let settings = settings(options)?;
    match options.url() {
        Some(url) => {
            let key = key(options)?;
            let opened = Meilisearch::connect(url, key.as_deref(), &options.prefix, settings).await?;
            Ok(opened.index.beside(name).await?)
        }
        None => Ok(Arc::new(Tantivy::beside(&folder(data), name, settings)?)),
    }
}

/// Whether the embedded index of this name answers; of one on a server that is not known.
pub fn is_current(data: &DataOptions, options: &SearchOptions, name: &str) -> bool {
    options.url().is_none() && std::fs::read_to_string(folder(data).join("current")).is_ok_and(|current| current.trim() == name)
}

/// Whether a server runs on the data folder.
pub fn is_served(data: &DataOptions) -> bool {
    File::open(data.data.join("serve.lock")).is_ok_and(|lock| lock.try_lock().is_err())
}

fn folder(data: &DataOptions) -> PathBuf {
    data.data.join("index")
}

fn settings(options: &SearchOptions) -> Result<Settings, Failure> {
    let Some(file) = &options.abbreviations else { return Ok(Settings::parse(ABBREVIATIONS)?) };
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Settings::parse(&text).map_err(|error| format!("{}: {error}", file.display()).into())
}

/// The key of the server: from the environment, or a file.
fn key(options: &SearchOptions) -> Result<Option<String>, Failure> {
    if let Some(key) = options.key.as_ref().filter(|key| !key.is_empty()) {
        return Ok(Some(key.clone()));
    }
    let Some(file) = &options.key_file else { return Ok(None) };
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(Some(text.trim().to_owned()))
}
