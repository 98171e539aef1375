//! A file on its way in.

use super::{Files, StoredFile, hex, key};
use crate::Error;
use bytes::Bytes;
use futures_util::TryStreamExt;
use kernel::{Clock, Id, Instant};
use object_store::path::Path as Key;
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, PutPayloadMut};
use sha2::{Digest, Sha256};
use tokio::task::JoinSet;

/// Bytes of a part. S3 takes at most 10,000 parts of at least 5 MiB, so a file may have 48 GiB.
const PART: usize = 5 * 1024 * 1024;
/// Parts on their way at once: with the one that fills, what an upload holds in memory.
const IN_FLIGHT: usize = 2;
/// An upload that takes longer than a day is none any more.
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A file of unknown length that is being kept. Dropped, it leaves nothing that anybody could read.
pub struct Upload {
    files: Files,
    id: Id,
    hasher: Sha256,
    size: u64,
    part: PutPayloadMut,
    /// Begun with the second part: what fits into one is written at once, to where it belongs.
    parts: Option<Parts>,
}

struct Parts {
    upload: Option<Box<dyn MultipartUpload>>,
    tasks: JoinSet<object_store::Result<()>>,
}

impl Upload {
    pub(super) fn new(files: Files) -> Self {
        Self { files, id: Id::new(Clock::System.now()), hasher: Sha256::new(), size: 0, part: PutPayloadMut::new(), parts: None }
    }

    /// Takes the next bytes; waits while the place where files are kept is slower than they come.
    pub async fn write(&mut self, mut bytes: Bytes) -> Result<(), Error> {
        self.hasher.update(&bytes);
        self.size += bytes.len() as u64;
        while self.part.content_length() + bytes.len() >= PART {
            let rest = PART - self.part.content_length();
            // Copied: a slice would keep the whole buffer of the network alive.
            self.part.extend_from_slice(&bytes.split_to(rest));
            self.send().await?;
        }
        self.part.extend_from_slice(&bytes);
        Ok(())
    }

    /// How many bytes came so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The SHA-256 in hexadecimal of what came so far.
    pub fn sha256(&self) -> String {
        hex(&self.hasher.clone().finalize())
    }

    /// Keeps the file under its SHA-256; bytes that are kept already are kept once.
    pub async fn finish(self) -> Result<StoredFile, Error> {
        self.keep(None).await
    }

    /// Keeps the file under its SHA-256 and a mark, apart from every other file of the same bytes, so that it may be
    /// removed without regard to them.
    pub async fn finish_marked(self, mark: Id) -> Result<StoredFile, Error> {
        self.keep(Some(mark)).await
    }

    async fn keep(mut self, mark: Option<Id>) -> Result<StoredFile, Error> {
        let sha256 = hex(&std::mem::take(&mut self.hasher).finalize());
        let name = mark.map_or_else(|| sha256.clone(), |mark| format!("{sha256}-{mark}"));
        let stored = StoredFile { size: i64::try_from(self.size).unwrap_or(i64::MAX), name, sha256 };
        let kept = mark.is_none() && self.files.head(&stored.name).await?.is_some();
        if kept {
            self.abort().await;
            return Ok(stored);
        }
        let done = match self.parts {
            None => {
                let whole = PutPayload::from(std::mem::take(&mut self.part));
                self.files.store.put(&key(&stored.name), whole).await.map(|_| ()).map_err(Error::from)
            }
            Some(_) => self.complete(&key(&stored.name)).await,
        };
        match done {
            Ok(()) => Ok(stored),
            Err(error) => {
                self.abort().await;
                Err(error)
            }
        }
    }

    async fn complete(&mut self, to: &Key) -> Result<(), Error> {
        if !self.part.is_empty() {
            self.send().await?;
        }
        let Some(Parts { upload, tasks }) = &mut self.parts else { return Ok(()) };
        while let Some(done) = tasks.join_next().await {
            done.map_err(Error::interrupted)??;
        }
        if let Some(mut whole) = upload.take() {
            let done = whole.complete().await;
            if let Err(error) = done {
                *upload = Some(whole);
                return Err(error.into());
            }
        }
        let from = incoming(self.id);
        let moved = self.files.store.rename(&from, to).await;
        if moved.is_err() {
            let _ = self.files.delete(&from).await;
        }
        Ok(moved?)
    }

    /// Sends the part that is full, once there is room for it.
    async fn send(&mut self) -> Result<(), Error> {
        let part = PutPayload::from(std::mem::take(&mut self.part));
        let mut parts = match self.parts.take() {
            Some(parts) => parts,
            None => {
                let upload = self.files.store.put_multipart(&incoming(self.id)).await?;
                Parts { upload: Some(upload), tasks: JoinSet::new() }
            }
        };
        let room = async {
            while parts.tasks.len() >= IN_FLIGHT {
                if let Some(done) = parts.tasks.join_next().await {
                    done.map_err(Error::interrupted)??;
                }
            }
            Ok(())
        }
        .await;
        if room.is_ok()
            && let Some(upload) = &mut parts.upload
        {
            parts.tasks.spawn(upload.put_part(part));
        }
        self.parts = Some(parts);
        room
    }

    /// Gives the file up and removes what came of it.
    pub async fn abort(mut self) {
        if let Some(parts) = self.parts.take() {
            discard(parts).await;
        }
    }
}

async fn discard(Parts { upload, mut tasks }: Parts) {
    tasks.shutdown().await;
    if let Some(mut upload) = upload
        && let Err(error) = upload.abort().await
    {
        tracing::warn!(%error, "an upload that was given up is left for the sweep");
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        // A folder needs no help; of a bucket the parts must be asked back.
        if let (Some(parts), Ok(runtime)) = (self.parts.take(), tokio::runtime::Handle::try_current()) {
            runtime.spawn(discard(parts));
        }
    }
}

impl Files {
    /// Removes uploads that were begun more than a day before `now` and never ended, and answers how many.
    ///
    /// Parts of an unfinished upload in a bucket cannot be listed through it: a lifecycle rule of the bucket
    /// (`AbortIncompleteMultipartUpload`) removes what a crash left there.
    pub async fn sweep_incoming(&self, now: Instant) -> Result<u64, Error> {
        let old = now.plus_seconds(-DAY_SECONDS).seconds();
        let mut swept = 0;
        let found: Vec<_> = self.store.list(Some(&Key::from("incoming"))).try_collect().await?;
        for object in found {
            if object.last_modified.timestamp() < old {
                self.delete(&object.location).await?;
                swept += 1;
            }
        }
        if let Some(folder) = self.folder.clone() {
            let half_written = move || sweep_folder(&folder.join("incoming"), old);
            swept += tokio::task::spawn_blocking(half_written).await.map_err(Error::interrupted)?.map_err(Error::Directory)?;
        }
        Ok(swept)
    }
}

fn sweep_folder(incoming: &std::path::Path, old: i64) -> std::io::Result<u64> {
    let mut swept = 0;
    let entries = match std::fs::read_dir(incoming) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(0),
        Err(error) => return Err(error),
    };
    for entry in entries {
        let entry = entry?;
        let written = entry.metadata()?.modified()?.duration_since(std::time::UNIX_EPOCH).map_or(0, |age| age.as_secs());
        if i64::try_from(written).unwrap_or(i64::MAX) < old {
            std::fs::remove_file(entry.path())?;
            swept += 1;
        }
    }
    Ok(swept)
}

fn incoming(id: Id) -> Key {
    Key::from_iter(["incoming".to_owned(), id.to_string()])
}
