//! Files by their content: the SHA-256 is the name, so equal bytes are kept once. They lie in a folder or in a bucket.
//!
//! A file is written once and never changed. Until it is whole it lies under `incoming/`, where nothing reads it; what is
//! made of it (renditions) lies under `derived/`, and can be made again.

mod derived;
mod place;
mod upload;

pub use derived::Derived;
pub use place::FilesUrl;
pub use upload::Upload;

use crate::Error;
use bytes::{Bytes, BytesMut};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// The name by which it is read: its SHA-256, and the mark behind it where it has one.
    pub name: String,
    /// Its SHA-256 in hexadecimal.
    pub sha256: String,
    /// Its size in bytes.
    pub size: i64,
}

/// The bytes of a file, piece by piece.
pub type FileStream = BoxStream<'static, Result<Bytes, Error>>;

/// Where files are kept.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    /// The folder, where it is one: what a crash left half written there is seen by nothing else.
    folder: Option<PathBuf>,
}

impl Files {
    /// Keeps files in a folder, which is made when it does not exist.
    pub fn in_folder(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(Error::Directory)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self { store: Arc::new(store), folder: Some(folder.to_owned()) })
    }

    /// Keeps files in the folder or the bucket that a URL names.
    pub fn open(url: &FilesUrl) -> Result<Self, Error> {
        match url {
            FilesUrl::Folder(folder) => Self::in_folder(folder),
            FilesUrl::S3 { bucket, prefix } => Ok(Self { store: place::bucket(bucket, prefix)?, folder: None }),
        }
    }

    /// The same place for one subject alone: what it removes cannot be a file of another subject.
    #[must_use]
    pub fn area(&self, name: &'static str) -> Self {
        Self {
            store: Arc::new(PrefixStore::new(Arc::clone(&self.store), name)),
            folder: self.folder.as_ref().map(|folder| folder.join(name)),
        }
    }

    /// Keeps `bytes`; bytes that are kept already are not written again.
    pub async fn put(&self, bytes: Bytes) -> Result<StoredFile, Error> {
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let sha256 = sha256_hex(&bytes);
        if self.head(&sha256).await?.is_none() {
            self.store.put(&key(&sha256), bytes.into()).await?;
        }
        Ok(StoredFile { name: sha256.clone(), sha256, size })
    }

    /// Begins to keep a file of unknown length.
    pub fn begin(&self) -> Upload {
        Upload::new(self.clone())
    }

    /// The size of a file in bytes; `None` where there is no such file.
    pub async fn head(&self, name: &str) -> Result<Option<u64>, Error> {
        match self.store.head(&key(name)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads a file piece by piece.
    pub async fn stream(&self, name: &str) -> Result<FileStream, Error> {
        Ok(pieces(self.store.get(&key(name)).await?))
    }

    /// Reads the bytes of a file from `range.start` up to `range.end`, or to its end where that comes before.
    pub async fn stream_range(&self, name: &str, range: Range<u64>) -> Result<FileStream, Error> {
        if range.is_empty() {
            return Ok(futures_util::stream::empty().boxed());
        }
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..Default::default() };
        Ok(pieces(self.store.get_opts(&key(name), options).await?))
    }

    /// Reads a whole file of at most `max` bytes.
    pub async fn read(&self, name: &str, max: u64) -> Result<Bytes, Error> {
        let found = self.store.get(&key(name)).await?;
        let size = found.meta.size;
        if size > max {
            return Err(Error::FileTooLarge { size, max });
        }
        let mut whole = BytesMut::with_capacity(usize::try_from(size).unwrap_or(0));
        let mut pieces = pieces(found);
        while let Some(piece) = pieces.try_next().await? {
            whole.extend_from_slice(&piece);
        }
        Ok(whole.freeze())
    }

    /// Removes a file and what was made of it; one that is not there does no harm.
    pub async fn remove(&self, name: &str) -> Result<(), Error> {
        self.delete(&key(name)).await?;
        self.remove_derived(name).await
    }

    async fn delete(&self, key: &Key) -> Result<(), Error> {
        match self.store.delete(key).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn pieces(found: object_store::GetResult) -> FileStream {
    found.into_stream().map_err(Error::from).boxed()
}

/// The SHA-256 of `bytes` in hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// `ab/cdef…`: a folder holds a 256th of the files.
fn key(name: &str) -> Key {
    let (folder, name) = name.split_at_checked(2).unwrap_or(("", name));
    Key::from_iter([folder, name])
}
