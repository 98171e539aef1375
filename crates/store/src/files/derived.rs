//! What is made of a file and can be made again: renditions.

use super::{FileStream, Files, pieces};
use crate::Error;
use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt};

/// Something that was made of a file.
pub struct Derived {
    /// Its size in bytes.
    pub size: u64,
    /// Its bytes.
    pub stream: FileStream,
}

impl Files {
    /// What was made of the file under this name, if it was.
    pub async fn derived(&self, file: &str, name: &str) -> Result<Option<Derived>, Error> {
        match self.store.get(&key(file, name)).await {
            Ok(found) => Ok(Some(Derived { size: found.meta.size, stream: pieces(found) })),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps what was made of a file under a name.
    pub async fn put_derived(&self, file: &str, name: &str, bytes: Bytes) -> Result<(), Error> {
        self.store.put(&key(file, name), bytes.into()).await?;
        Ok(())
    }

    /// Removes everything that was made of a file.
    pub async fn remove_derived(&self, file: &str) -> Result<(), Error> {
        let folder = Key::from_iter(["derived", file]);
        let found: Vec<_> = self.store.list(Some(&folder)).try_collect().await?;
        for object in found {
            self.delete(&object.location).await?;
        }
        Ok(())
    }
}

fn key(file: &str, name: &str) -> Key {
    Key::from_iter(["derived", file, name])
}
