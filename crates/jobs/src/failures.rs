//! Retrying: how long to wait, and what to say in the log.

use std::fmt::Display;
use std::time::Duration;

const FIRST_WAIT: Duration = Duration::from_millis(100);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// The failures of one loop since its last success.
pub(crate) struct Failures {
    loop_name: &'static str,
    seen: Vec<String>,
    count: u32,
}

impl Failures {
    pub(crate) fn of(loop_name: &'static str) -> Self {
        Self { loop_name, seen: Vec::new(), count: 0 }
    }

    /// Notes a failure, logs it the first time it is seen, and answers how long to wait.
    pub(crate) fn note(&mut self, failure: &impl Display) -> Duration {
        let failure = failure.to_string();
        if !self.seen.contains(&failure) {
            tracing::error!(consumer = self.loop_name, failure, "events wait: the step failed and is retried");
            // A failure whose text changes every time must not fill the memory.
            if self.seen.len() < 100 {
                self.seen.push(failure);
            }
        }
        self.count += 1;
        FIRST_WAIT.saturating_mul(1 << (self.count - 1).min(16)).min(LONGEST_WAIT)
    }

    /// Notes a success.
    pub(crate) fn over(&mut self) {
        if self.count > 0 {
            tracing::info!(consumer = self.loop_name, failures = self.count, "events flow again");
            self.seen.clear();
            self.count = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_half_a_minute_and_starts_anew() {
        let mut failures = Failures::of("search");
        let waits: Vec<u128> = (0..12).map(|_| failures.note(&"away").as_millis()).collect();
        assert_eq!(waits, [100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000, 30000, 30000]);
        assert_eq!(failures.seen, ["away"]);
        failures.over();
        assert_eq!(failures.note(&"away").as_millis(), 100);
    }
}
