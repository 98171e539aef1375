//! Renditions are made once, two at a time, and kept.

use crate::Error;
use crate::library::MediaFile;
use crate::pictures::codec;
use crate::rendering::render;
use crate::rendition::{PictureFormat, Rendered, Rendition};
use bytes::{Bytes, BytesMut};
use futures_util::TryStreamExt;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::Files;
use tokio::sync::{Mutex as Turn, Semaphore};

/// Pictures that are decoded at once.
const AT_ONCE: u32 = 2;
/// A picture of more pixels is decoded alone: it takes some hundred megabytes.
const LARGE: u64 = 25_000_000;

/// Requests that may wait for a rendition to be made; whoever comes after them is told to come back.
const IN_QUEUE: usize = 32;

/// The renditions that are being made.
pub(super) struct Renditions {
    queue: Semaphore,
    slots: Arc<Semaphore>,
    making: Mutex<HashMap<String, Arc<Turn<()>>>>,
}

impl Default for Renditions {
    fn default() -> Self {
        Self { queue: Semaphore::new(IN_QUEUE), slots: Arc::new(Semaphore::new(AT_ONCE as usize)), making: Mutex::default() }
    }
}

/// A rendition, and whether it was made just now.
pub(super) struct Made {
    pub rendered: Rendered,
    pub is_new: bool,
}

impl Renditions {
    /// The rendition as it is kept; made where it is not.
    pub async fn get(&self, files: &Files, file: &MediaFile, asked: &Rendition, max: u64) -> Result<Made, Error> {
        let codec = codec(file.media_type()).ok_or(Error::NoRendition)?;
        let key = asked.key();
        if let Some(bytes) = kept(files, file, &key).await? {
            return Ok(Made { rendered: rendered(bytes), is_new: false });
        }
        let _waiting = self.queue.try_acquire().map_err(|_| Error::Busy)?;
        let place = self.place(format!("{}/{key}", file.name));
        let turn = place.turn.lock().await;
        // Whoever was first has made it by now.
        if let Some(bytes) = kept(files, file, &key).await? {
            return Ok(Made { rendered: rendered(bytes), is_new: false });
        }
        let pixels = u64::from(file.width.unwrap_or(0)) * u64::from(file.height.unwrap_or(0));
        let slots = Arc::clone(&self.slots).acquire_many_owned(if pixels > LARGE { AT_ONCE } else { 1 });
        let slots = slots.await.map_err(|_| Error::Unreadable)?;
        let original = files.read(&file.name, max).await?;
        let asked = *asked;
        let made = tokio::task::spawn_blocking(move || {
            // Held until the work is done, even where nobody waits for it any more.
            let _slots = slots;
            render(codec, &original, &asked)
        });
        let bytes = Bytes::from(made.await.map_err(|_| Error::Unreadable)??);
        files.put_derived(&file.name, &key, bytes.clone()).await?;
        drop(turn);
        Ok(Made { rendered: rendered(bytes), is_new: true })
    }

    fn place(&self, key: String) -> Queue<'_> {
        let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let turn = Arc::clone(making.entry(key.clone()).or_default());
        Queue { renditions: self, key, turn }
    }
}

/// A place in the queue for one rendition; the last one to leave closes it.
struct Queue<'a> {
    renditions: &'a Renditions,
    key: String,
    turn: Arc<Turn<()>>,
}

impl Drop for Queue<'_> {
    fn drop(&mut self) {
        let mut making = self.renditions.making.lock().unwrap_or_else(PoisonError::into_inner);
        // The map's and this one.
        if Arc::strong_count(&self.turn) <= 2 {
            making.remove(&self.key);
        }
    }
}

async fn kept(files: &Files, file: &MediaFile, key: &str) -> Result<Option<Bytes>, Error> {
    let Some(mut found) = files.derived(&file.name, key).await? else { return Ok(None) };
    let mut bytes = BytesMut::with_capacity(usize::try_from(found.size).unwrap_or(0));
    while let Some(piece) = found.stream.try_next().await? {
        bytes.extend_from_slice(&piece);
    }
    Ok(Some(bytes.freeze()))
}

/// What a rendition is, its first bytes say.
fn rendered(bytes: Bytes) -> Rendered {
    let format = if bytes.starts_with(b"\x89PNG") {
        PictureFormat::Png
    } else if bytes.starts_with(b"RIFF") {
        PictureFormat::WebP
    } else {
        PictureFormat::Jpeg
    };
    Rendered { media_type: format.media_type(), bytes }
}
