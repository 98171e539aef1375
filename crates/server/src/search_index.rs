//! Which search index there is: embedded in the data folder, or on a server.

use crate::Failure;
use crate::cli::{DataOptions, SearchOptions};
use search::{Opened, SearchIndex, Settings, Tantivy};
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

/// The abbreviations that are known without a file.
const ABBREVIATIONS: &str = include_str!("../../../schema/search/abbreviations.json");

/// Which index is opened.
#[derive(Clone, Copy)]
pub enum Opening<'a> {
    /// The one that answers.
    Current,
    /// One of this name, to be filled beside it.
    Beside(&'a str),
}

/// Opens the index.
pub async fn open(
    data: &DataOptions,
    options: &SearchOptions,
    which: Opening<'_>,
) -> Result<Opened<Arc<dyn SearchIndex>>, Failure> {
    let settings = settings(options)?;
    let folder = folder(data);
    Ok(match which {
        Opening::Current => {
            let opened = Tantivy::open(&folder, settings)?;
            Opened { index: Arc::new(opened.index), rebuilt: opened.rebuilt }
        }
        Opening::Beside(name) => Opened { index: Arc::new(Tantivy::beside(&folder, name, settings)?), rebuilt: true },
    })
}

/// Whether the index of this name answers. On a server it is known by having gone: it has taken the place of the other.
pub fn is_current(data: &DataOptions, _: &SearchOptions, name: &str) -> bool {
    std::fs::read_to_string(folder(data).join("current")).is_ok_and(|current| current.trim() == name)
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
