//! Opens the folder of an index, and builds it anew where it cannot be used.

use super::{Inner, Tantivy, layout, tokens};
use crate::Error;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tantivy::{Index, IndexReader, ReloadPolicy};

/// An index that was opened.
pub struct Opened {
    /// The index.
    pub index: Tantivy,
    /// Whether it is empty and must be filled from the first event: it is new, was damaged or of
    /// an older form, or was never written to since.
    pub rebuilt: bool,
}

impl Tantivy {
    /// Opens the index in `folder`. A damaged index or one of an older form is replaced by an
    /// empty one, which is reported until the first change is applied.
    pub fn open(folder: &Path) -> Result<Opened, Error> {
        fs::create_dir_all(folder)?;
        if let Some(index) = usable(folder) {
            return Ok(Opened { index, rebuilt: false });
        }
        empty(folder)?;
        let (schema, _) = layout::schema();
        let index = Index::builder().schema(schema).tokenizers(tokens::manager()).create_in_dir(folder)?;
        Ok(Opened { index: Tantivy::over(index, folder)?, rebuilt: true })
    }

    fn over(index: Index, folder: &Path) -> Result<Self, Error> {
        let (_, fields) = layout::schema();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(16).try_into()?;
        Ok(Self(Arc::new(Inner { folder: folder.to_owned(), index, reader, fields, writer: Mutex::new(None) })))
    }
}

fn version_file(folder: &Path) -> PathBuf {
    folder.join("version")
}

/// Notes that the index is of this form and is being filled from the first event on.
pub(super) fn trust(folder: &Path) -> Result<(), Error> {
    let file = version_file(folder);
    if fs::read_to_string(&file).is_ok_and(|version| version == layout::VERSION) {
        return Ok(());
    }
    fs::write(&file, layout::VERSION)?;
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
fn usable(folder: &Path) -> Option<Tantivy> {
    let version = fs::read_to_string(version_file(folder)).ok()?;
    if version != layout::VERSION {
        tracing::warn!("the search index is of another form and is built anew");
        return None;
    }
    // Damaged bytes may make the reader panic as well as fail.
    let read = catch_unwind(AssertUnwindSafe(|| {
        let mut index = Index::open_in_dir(folder)?;
        index.set_tokenizers(tokens::manager());
        if index.schema() != layout::schema().0 {
            return Err(tantivy::TantivyError::SchemaError("other fields".to_owned()).into());
        }
        let opened = Tantivy::over(index, folder)?;
        probe(&opened.0.reader, opened.0.fields)?;
        Ok::<_, Error>(opened)
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
        for field in [fields.title, fields.body, fields.number_forms, fields.id] {
            segment.inverted_index(field)?;
        }
        segment.get_store_reader(1)?;
        segment.fast_fields().u64(layout::DATE)?;
    }
    Ok(())
}

/// Removes the files of an index, and nothing else that may lie in the folder.
fn empty(folder: &Path) -> Result<(), Error> {
    distrust(folder);
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() && is_of_an_index(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn is_of_an_index(name: &str) -> bool {
    let segment = name.split('.').next().unwrap_or_default();
    matches!(name, "meta.json" | ".managed.json")
        || name.starts_with(".tantivy-")
        || (segment.len() == 32 && segment.bytes().all(|b| b.is_ascii_hexdigit()))
}
