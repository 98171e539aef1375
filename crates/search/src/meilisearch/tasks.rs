//! Waiting for what a server does later.

use super::Meilisearch;
use crate::Error;
use meilisearch_sdk::errors::Error as SdkError;
use meilisearch_sdk::task_info::TaskInfo;
use std::time::Duration;
use tokio::time::{Instant, sleep};

/// The shortest pause between two looks, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(5), Duration::from_secs(1));
/// How long a task may wait and take: others may stand before it.
const LONGEST: Duration = Duration::from_secs(3_600);

/// How a task ended.
pub(super) enum Ended {
    /// As it should.
    Well,
    /// Otherwise: with this code and message.
    Badly { code: String, message: String },
}

#[derive(serde::Deserialize)]
struct Task {
    status: String,
    error: Option<Cause>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Cause {
    code: String,
    message: String,
}

impl Meilisearch {
    /// Waits until a task is done, and fails where it failed.
    pub(super) async fn done(&self, task: Result<TaskInfo, SdkError>) -> Result<(), Error> {
        let task = task?;
        match self.ended(task.get_task_uid()).await? {
            Ended::Well => Ok(()),
            Ended::Badly { code, message } if code == "no_space_left_on_device" => Err(Error::Away(message)),
            Ended::Badly { code, message } => Err(Error::Failed(format!("a task of the server failed: {code}: {message}"))),
        }
    }

    /// Waits until a task has ended. The library would not know a task that somebody cancelled.
    pub(super) async fn ended(&self, task: u32) -> Result<Ended, Error> {
        let began = Instant::now();
        loop {
            let Task { status, error } = self.wire.get(&format!("/tasks/{task}")).await?;
            match status.as_str() {
                "succeeded" => return Ok(Ended::Well),
                "enqueued" | "processing" => {}
                _ => {
                    let Cause { code, message } = error.unwrap_or_default();
                    let code = if code.is_empty() { status } else { code };
                    return Ok(Ended::Badly { code, message });
                }
            }
            let waited = began.elapsed();
            if waited >= LONGEST {
                return Err(Error::Away("a task of the server is not done in an hour".to_owned()));
            }
            // A tenth of what it took so far is the most that is waited too long.
            sleep((waited / 10).clamp(PAUSES.0, PAUSES.1)).await;
        }
    }
}
