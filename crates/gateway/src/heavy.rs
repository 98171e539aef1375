//! Heavy answers: how much memory what is made of long texts may take together, while it is made and until it is sent.

use crate::problem::Problem;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header;
use actix_web::rt::time::timeout;
use bytes::Bytes;
use kernel::{Kind, Text};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A text up to this size takes no room: what is made of it is no larger than a page of a list. In bytes.
const LIGHT: u64 = 256 << 10;

/// The room that there is for all heavy answers, in KiB.
const ROOM: u32 = 1 << 20;

/// How many bytes of memory one byte of a text takes while it is read and written out: as a tree in JSON, which takes most.
const TIMES: u64 = 64;

/// How long a caller waits for room.
const PATIENCE: Duration = Duration::from_secs(10);

/// When to come back where there was none, in seconds.
const COME_BACK: &str = "5";

/// What goes out at once, in bytes.
const PIECE: usize = 64 << 10;

/// The room for heavy answers.
pub(crate) struct Heavy(Arc<Semaphore>);

impl Heavy {
    pub fn new() -> Self {
        Self(Arc::new(Semaphore::new(ROOM as usize)))
    }

    /// Waits until there is room for what is made of a text of this many bytes; one that is too large for the room waits
    /// for all of it.
    pub async fn enter(&self, text: u64) -> Result<Room, Problem> {
        self.within(PATIENCE, text).await
    }

    async fn within(&self, patience: Duration, text: u64) -> Result<Room, Problem> {
        if text <= LIGHT {
            return Ok(Room::default());
        }
        let wanted = u32::try_from(text.saturating_mul(TIMES) >> 10).unwrap_or(ROOM).min(ROOM);
        match timeout(patience, self.0.clone().acquire_many_owned(wanted)).await {
            Ok(Ok(permit)) => Ok(Room(vec![permit])),
            Ok(Err(_)) | Err(_) => Err(overloaded()),
        }
    }
}

/// Room that an answer takes; given back where it is dropped.
#[derive(Debug, Default)]
pub(crate) struct Room(Vec<OwnedSemaphorePermit>);

impl Room {
    /// Gives back what an answer of this many bytes does not need any more.
    fn keep_for(&mut self, bytes: usize) {
        let mut needed = bytes.div_ceil(1 << 10);
        for permit in &mut self.0 {
            let kept = permit.num_permits().min(needed);
            needed -= kept;
            // What is split off is given back at once.
            drop(permit.split(permit.num_permits() - kept));
        }
    }

    /// The body of an answer that has its room until it is sent, or its caller is gone.
    pub fn body(mut self, bytes: impl Into<Bytes>) -> Held {
        let bytes = bytes.into();
        self.keep_for(bytes.len());
        Held { bytes, _room: self }
    }
}

/// The rooms that the fields of one query take.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rooms(Arc<Mutex<Room>>);

impl Rooms {
    pub fn add(&self, room: Room) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0.extend(room.0);
    }

    /// All of them.
    pub fn take(&self) -> Room {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Bytes that go out piece by piece, so that no second copy of them lies in the buffers of the connection.
pub(crate) struct Held {
    bytes: Bytes,
    _room: Room,
}

impl MessageBody for Held {
    type Error = Infallible;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.bytes.len() as u64)
    }

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, Infallible>>> {
        let length = self.bytes.len().min(PIECE);
        Poll::Ready((length > 0).then(|| Ok(self.bytes.split_to(length))))
    }
}

fn overloaded() -> Problem {
    let text = Text::new(
        "Máy chủ đang xử lý nhiều văn bản dài; hãy thử lại sau ít giây.",
        "The server is busy with other long texts; try again in a few seconds.",
    );
    Problem::new(Kind::Unavailable, "overloaded", text).with_header(header::RETRY_AFTER, COME_BACK)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[actix_web::test]
    async fn what_is_sent_takes_as_much_room_as_it_is_long() {
        let heavy = Heavy::new();
        let all = heavy.0.available_permits();
        assert!(heavy.enter(LIGHT).await.unwrap().0.is_empty());
        let room = heavy.enter(1 << 20).await.unwrap();
        assert_eq!(heavy.0.available_permits(), all - (64 << 10));
        let body = room.body(vec![b'a'; 100 << 10]);
        assert_eq!(heavy.0.available_permits(), all - 100);
        let mut body = Box::pin(body);
        let mut sent = 0;
        while let Some(Ok(piece)) = std::future::poll_fn(|cx| body.as_mut().poll_next(cx)).await {
            assert!(piece.len() <= PIECE);
            sent += piece.len();
        }
        assert_eq!(sent, 100 << 10);
        drop(body);
        assert_eq!(heavy.0.available_permits(), all);
    }

    #[actix_web::test]
    async fn who_finds_no_room_is_told_to_come_back() {
        let heavy = Heavy::new();
        let all = heavy.enter(u64::MAX).await.unwrap();
        let refused = heavy.within(Duration::ZERO, 1 << 20).await.unwrap_err();
        assert_eq!((refused.code, refused.status().as_u16()), ("overloaded", 503));
        drop(all);
        heavy.enter(1 << 20).await.unwrap();
    }
}
