//! Files by their content: the SHA-256 is the name, so equal bytes are kept once.

use crate::Error;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt, PutMode, PutOptions};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    /// Its SHA-256 in hexadecimal, which is its name.
    pub sha256: String,
    /// Its size in bytes.
    pub size: i64,
}

/// Where files are kept.
#[derive(Clone)]
pub struct Files(Arc<dyn ObjectStore>);

impl Files {
    /// Keeps files in a folder, which is made when it does not exist.
    pub fn in_folder(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(Error::Directory)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self(Arc::new(store)))
    }

    /// Keeps `bytes`; bytes that are kept already are not written again.
    pub async fn put(&self, bytes: Bytes) -> Result<StoredFile, Error> {
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let sha256 = sha256_hex(&bytes);
        let options = PutOptions { mode: PutMode::Create, ..Default::default() };
        match self.0.put_opts(&key(&sha256), bytes.into(), options).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(StoredFile { sha256, size }),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads a file piece by piece.
    pub async fn stream(&self, sha256: &str) -> Result<BoxStream<'static, Result<Bytes, Error>>, Error> {
        let found = self.0.get(&key(sha256)).await?;
        Ok(found.into_stream().map_err(Error::from).boxed())
    }
}

/// The SHA-256 of `bytes` in hexadecimal.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `ab/cdef…`: a folder holds a 256th of the files.
fn key(sha256: &str) -> Key {
    let (folder, name) = sha256.split_at_checked(2).unwrap_or(("", sha256));
    Key::from_iter([folder, name])
}
