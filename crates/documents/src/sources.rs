//! Reading of files that come from outside, a few at once.

use crate::Error;
use bytes::Bytes;
use source_text::{Reader, Reading};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Reads files away from where others wait.
#[derive(Clone)]
pub(crate) struct Sources {
    reader: Arc<Reader>,
    gate: Arc<Semaphore>,
}

impl Sources {
    /// No more files are read at once than there are processors: each may take the memory of a child process.
    pub fn new(reader: Reader) -> Self {
        let at_once = std::thread::available_parallelism().map_or(1, usize::from);
        Self { reader: Arc::new(reader), gate: Arc::new(Semaphore::new(at_once)) }
    }

    /// Reads a file, and makes of it what is asked for, while others go on.
    pub async fn read<T, F>(&self, name: &str, bytes: Bytes, then: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(Reading) -> T + Send + 'static,
    {
        let _turn = self.gate.acquire().await;
        let (reader, name) = (self.reader.clone(), name.to_owned());
        let read = move || reader.read(&name, &bytes).map(then);
        tokio::task::spawn_blocking(read)
            .await
            .unwrap_or_else(|error| Err(source_text::Error::BrokeDown(error.to_string())))
            .map_err(Error::from)
    }
}
