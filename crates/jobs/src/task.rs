//! Work that is looked for again and again: what is due, what another node has changed.

use crate::ConsumerError;
use crate::failures::Failures;
use async_trait::async_trait;
use std::sync::Arc;
use std::time::Duration;

/// Something that every node looks for at an interval. It must be right when two nodes do it at once.
#[async_trait]
pub trait Task: Send + Sync {
    /// Its name, for the log.
    fn name(&self) -> &'static str;
    /// How long it waits after each time.
    fn every(&self) -> Duration;
    /// Does what there is to do; whether it has written anything.
    async fn run(&self) -> Result<bool, ConsumerError>;
}

/// Runs a task once, in a task of its own, so that a panic there is a failure like any other; whether it
/// has written anything, and how long to wait.
pub(crate) async fn once(task: &Arc<dyn Task>, failures: &mut Failures) -> (bool, Duration) {
    let own = Arc::clone(task);
    let done = match tokio::spawn(async move { own.run().await }).await {
        Ok(done) => done,
        Err(_) => Err("the task panicked".into()),
    };
    match done {
        Ok(wrote) => {
            failures.over();
            (wrote, task.every())
        }
        Err(error) => (false, failures.note(&error).max(task.every())),
    }
}
