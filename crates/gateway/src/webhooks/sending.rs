//! The tasks of webhooks.

use ::webhooks::{Sender, Webhooks};
use async_trait::async_trait;
use jobs::{ConsumerError, Task};
use std::time::Duration;

/// Sends what is due.
pub struct Sending(Sender);

impl Sending {
    /// Sends by this sender.
    pub fn new(sender: Sender) -> Self {
        Self(sender)
    }
}

#[async_trait]
impl Task for Sending {
    fn name(&self) -> &'static str {
        "messages of webhooks"
    }

    fn every(&self) -> Duration {
        Duration::from_millis(200)
    }

    async fn run(&self) -> Result<bool, ConsumerError> {
        // Whether a webhook has stopped sending, which is an event, is no matter of milliseconds.
        self.0.send_due().await?;
        Ok(false)
    }
}

/// Removes old deliveries, every hour.
pub struct Tidying(Webhooks);

impl Tidying {
    /// Tidies up the deliveries of these webhooks.
    pub fn new(webhooks: Webhooks) -> Self {
        Self(webhooks)
    }
}

#[async_trait]
impl Task for Tidying {
    fn name(&self) -> &'static str {
        "old deliveries of webhooks"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(60 * 60)
    }

    async fn run(&self) -> Result<bool, ConsumerError> {
        let swept = self.0.sweep().await?;
        if swept > 0 {
            tracing::info!(swept, "old deliveries of webhooks removed");
        }
        Ok(false)
    }
}
