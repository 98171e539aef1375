//! Limits on how often one address may try a password. Reads are not limited by default.

use crate::app::Settings;
use crate::problem::Problem;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use kernel::{Kind, Text};
use std::net::IpAddr;
use std::num::NonZeroU32;

pub(crate) struct Limits {
    passwords: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
}

impl Limits {
    pub fn new(settings: &Settings) -> Self {
        let per_minute = NonZeroU32::new(settings.logins_per_minute).unwrap_or(NonZeroU32::MIN);
        Self { passwords: RateLimiter::keyed(Quota::per_minute(per_minute)), clock: DefaultClock::default() }
    }

    /// Lets one more attempt at a password through, or says how long to wait.
    pub fn password(&self, address: Option<IpAddr>) -> Result<(), Problem> {
        let Some(address) = address else { return Ok(()) };
        if self.passwords.len() > 10_000 {
            self.passwords.retain_recent();
        }
        self.passwords.check_key(&address).map_err(|until| {
            let seconds = until.wait_time_from(self.clock.now()).as_secs() + 1;
            let text = Text::new(
                format!("Quá nhiều lần thử; hãy chờ {seconds} giây."),
                format!("Too many attempts; wait {seconds} seconds."),
            );
            Problem::new(Kind::TooMany(seconds), "too_many_requests", text)
        })
    }
}
