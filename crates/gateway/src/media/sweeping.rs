//! What uploads that never ended have left is removed.

use ::media::Library;
use async_trait::async_trait;
use jobs::{ConsumerError, Task};
use std::time::Duration;

/// Looks for the remains of uploads, every hour.
pub struct Sweeping(Library);

impl Sweeping {
    /// Sweeps this library.
    pub fn new(library: Library) -> Self {
        Self(library)
    }
}

#[async_trait]
impl Task for Sweeping {
    fn name(&self) -> &'static str {
        "remains of uploads"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(60 * 60)
    }

    async fn run(&self) -> Result<bool, ConsumerError> {
        let swept = self.0.sweep().await?;
        if swept > 0 {
            tracing::info!(swept, "remains of uploads removed");
        }
        Ok(false)
    }
}
