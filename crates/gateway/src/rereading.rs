//! Documents that an older version of Congkhai has read are read again.

use async_trait::async_trait;
use documents::Documents;
use jobs::{ConsumerError, Task};
use std::time::{Duration, Instant};

/// How long it reads before others have their turn.
const AT_A_STRETCH: Duration = Duration::from_secs(1);

/// Looks for texts that an older reader has read, once in a while; after an update that is all of them.
pub struct Rereading(Documents);

impl Rereading {
    /// Reads these documents again.
    pub fn new(documents: Documents) -> Self {
        Self(documents)
    }
}

#[async_trait]
impl Task for Rereading {
    fn name(&self) -> &'static str {
        "texts that an older reader has read"
    }

    fn every(&self) -> Duration {
        Duration::from_secs(2)
    }

    async fn run(&self) -> Result<bool, ConsumerError> {
        let (begun, mut read) = (Instant::now(), 0);
        while begun.elapsed() < AT_A_STRETCH {
            match self.0.read_again().await? {
                0 => break,
                some => read += some,
            }
        }
        if read > 0 {
            tracing::info!(read, "texts read again");
        }
        Ok(false)
    }
}
