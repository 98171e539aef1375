//! Opens the folder of an index, and builds it anew where it cannot be used.

use super::{Inner, Shared, Tantivy, layout, tokens};
use crate::{Error, Settings};
use std::collections::HashMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};
use tantivy::{Index, IndexReader, ReloadPolicy};

/// An index that was opened.
pub struct Opened<I> {
    /// The index.
    pub index: I,
    /// Whether it is empty and must be filled from the first event: it is new, was damaged or of
    /// an older form, or was never written to since.
    pub rebuilt: bool,
}

impl Tantivy {
    /// Opens the index in `folder`. A damaged index, or one made with other settings, is replaced by an
    /// empty one, which is reported until the first change is applied.
    pub fn open(folder: &Path, settings: Settings) -> Result<Opened<Self>, Error> {
        fs::create_dir_all(folder)?;
        let settings = Arc::new(settings);
        let name = current(folder);
        if let Some(inner) = name.as_deref().and_then(|name| usable(&folder.join(name), &settings)) {
            return Ok(Opened { index: Self::over(folder, settings, Arc::new(inner)), rebuilt: false });
        }
        // A new name each time: files of the old one may still be open somewhere.
        let name = uuid::Uuid::new_v4().to_string();
        let inner = empty(&folder.join(&name), &settings)?;
        point(folder, &name)?;
        remove_others(folder, &[&name]);
        Ok(Opened { index: Self::over(folder, settings, Arc::new(inner)), rebuilt: true })
    }

    pub(super) fn over(folder: &Path, settings: Arc<Settings>, inner: Arc<Inner>) -> Self {
        let (live, beside) = (RwLock::new(Some(inner)), Mutex::new(HashMap::new()));
        Self(Arc::new(Shared { folder: folder.to_owned(), settings, live, beside }))
    }
}

/// The index of this name in `folder`, or an empty one.
pub(super) fn beside(folder: &Path, name: &str, settings: &Arc<Settings>) -> Result<Inner, Error> {
    let path = checked(folder, name)?;
    match usable(&path, settings) {
        Some(inner) => Ok(inner),
        None => empty(&path, settings),
    }
}

/// The index of this name in `folder`, be it one that nothing was written to.
pub(super) fn named(folder: &Path, name: &str, settings: &Arc<Settings>) -> Result<Inner, Error> {
    let path = checked(folder, name)?;
    let found = usable(&path, settings).or_else(|| unwritten(&path, settings));
    found.ok_or_else(|| Error::Unknown(name.to_owned()))
}

/// A name is one of a folder, and leads nowhere else.
pub(super) fn checked(folder: &Path, name: &str) -> Result<PathBuf, Error> {
    let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_plain { Ok(folder.join(name)) } else { Err(Error::Unknown(name.to_owned())) }
}

/// The name of the index that answers.
fn current(folder: &Path) -> Option<String> {
    let name = fs::read_to_string(folder.join("current")).ok()?;
    checked(folder, name.trim()).ok().map(|_| name.trim().to_owned())
}

/// Makes the index of this name the one that answers from the next start on.
pub(super) fn point(folder: &Path, name: &str) -> Result<(), Error> {
    let written = folder.join("current.new");
    fs::write(&written, name)?;
    fs::File::open(&written)?.sync_all()?;
    Ok(fs::rename(written, folder.join("current"))?)
}

/// Removes all indexes but these, and what an older form has left, but for an index that is being built.
pub(super) fn remove_others(folder: &Path, kept: &[&str]) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let found = entry.file_name().to_string_lossy().into_owned();
        let path = entry.path();
        let removed = if is_index(&path) && !kept.contains(&found.as_str()) && !is_written(&path) {
            fs::remove_dir_all(&path)
        } else if path.is_file() && is_of_an_index(&found) {
            fs::remove_file(&path)
        } else {
            Ok(())
        };
        if let Err(error) = removed {
            tracing::warn!(%error, folder = %path.display(), "an old search index could not be removed");
        }
    }
}

fn is_index(path: &Path) -> bool {
    path.is_dir() && ["meta.json", ".managed.json"].iter().any(|file| path.join(file).exists())
}

/// Whether some process writes the index in this folder: it holds the lock of the writer.
fn is_written(folder: &Path) -> bool {
    let lock = fs::File::open(folder.join(".tantivy-writer.lock"));
    lock.is_ok_and(|lock| lock.try_lock().is_err())
}

fn is_of_an_index(name: &str) -> bool {
    let segment = name.split('.').next().unwrap_or_default();
    matches!(name, "meta.json" | ".managed.json" | "version")
        || name.starts_with(".tantivy-")
        || (segment.len() == 32 && segment.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn empty(folder: &Path, settings: &Arc<Settings>) -> Result<Inner, Error> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let (schema, _) = layout::schema();
    let index = Index::builder().schema(schema).tokenizers(tokens::manager()).create_in_dir(folder)?;
    inner(index, folder, settings)
}

fn inner(index: Index, folder: &Path, settings: &Arc<Settings>) -> Result<Inner, Error> {
    let (_, fields) = layout::schema();
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(16).try_into()?;
    Ok(Inner {
        folder: folder.to_owned(),
        settings: Arc::clone(settings),
        index,
        reader,
        fields,
        writer: Mutex::new(None),
        seen: Mutex::default(),
    })
}

fn version_file(folder: &Path) -> PathBuf {
    folder.join("version")
}

fn version(settings: &Settings) -> String {
    format!("{}{}", layout::VERSION, settings.fingerprint())
}

/// Notes that the index is of this form and has been written to.
pub(super) fn trust(folder: &Path, settings: &Settings) -> Result<(), Error> {
    let file = version_file(folder);
    let version = version(settings);
    if fs::read_to_string(&file).is_ok_and(|known| known == version) {
        return Ok(());
    }
    fs::write(&file, version)?;
    Ok(fs::File::open(&file)?.sync_all()?)
}

/// Lets the next start build the index anew.
pub(super) fn distrust(folder: &Path) {
    match fs::remove_file(version_file(folder)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(%error, "the version file of the search index could not be removed");
        }
        _ => {}
    }
}

/// The index in `folder`, if it is of this form and can be read.
fn usable(folder: &Path, settings: &Arc<Settings>) -> Option<Inner> {
    let known = fs::read_to_string(version_file(folder)).ok()?;
    if known != version(settings) {
        tracing::warn!("the search index is of another form, or was made with other settings, and is built anew");
        return None;
    }
    read(folder, settings)
}

/// The index in `folder`, if nothing was ever written to it.
fn unwritten(folder: &Path, settings: &Arc<Settings>) -> Option<Inner> {
    if version_file(folder).exists() || !is_index(folder) {
        return None;
    }
    read(folder, settings).filter(|index| index.reader.searcher().num_docs() == 0)
}

/// The index in `folder`, if it can be read.
fn read(folder: &Path, settings: &Arc<Settings>) -> Option<Inner> {
    // Damaged bytes may make the reader panic as well as fail.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut index = Index::open_in_dir(folder).map_err(Error::from)?;
        index.set_tokenizers(tokens::manager());
        if index.schema() != layout::schema().0 {
            return Err(Error::Damaged("other fields".to_owned()));
        }
        let opened = inner(index, folder, settings)?;
        probe(&opened.reader, opened.fields)?;
        opened.check()?;
        Ok(opened)
    }));
    match read {
        Ok(Ok(index)) => Some(index),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the search index cannot be read and is built anew");
            None
        }
        Err(_) => {
            tracing::warn!("the search index is damaged and is built anew");
            None
        }
    }
}

/// Opens every file of every segment, so that a missing or cut one is noticed now.
fn probe(reader: &IndexReader, fields: layout::Fields) -> Result<(), Error> {
    for segment in reader.searcher().segment_readers() {
        for field in [fields.text, fields.toned, fields.title, fields.number_forms, fields.id] {
            segment.inverted_index(field)?;
        }
        segment.get_store_reader(1).map_err(tantivy::TantivyError::from)?;
        segment.fast_fields().u64(layout::DATE)?;
    }
    Ok(())
}
