//! Limits per address: on password attempts and public writes always, on reads where an operator sets a figure.

use crate::app::Settings;
use crate::problem::Problem;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use kernel::{Kind, Text};
use std::net::IpAddr;
use std::num::NonZeroU32;

/// Addresses that are remembered at most before those that are quiet are forgotten.
const REMEMBERED: usize = 10_000;

type PerAddress = DefaultKeyedRateLimiter<IpAddr>;

pub(crate) struct Limits {
    passwords: PerAddress,
    writes: PerAddress,
    reads: Option<PerAddress>,
    clock: DefaultClock,
}

impl Limits {
    pub fn new(settings: &Settings) -> Self {
        let limiter = |per_minute| RateLimiter::keyed(Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN)));
        Self {
            passwords: limiter(settings.logins_per_minute),
            writes: limiter(settings.public_writes_per_minute),
            reads: settings.reads_per_minute.map(limiter),
            clock: DefaultClock::default(),
        }
    }

    /// Lets one more attempt at a password through, or says how long to wait.
    pub fn password(&self, address: Option<IpAddr>) -> Result<(), Problem> {
        self.check(&self.passwords, address)
    }

    /// Lets one more write by somebody unknown through, or says how long to wait.
    pub fn public_write(&self, address: Option<IpAddr>) -> Result<(), Problem> {
        self.check(&self.writes, address)
    }

    /// Lets one more read through, or says how long to wait.
    pub fn read(&self, address: Option<IpAddr>) -> Result<(), Problem> {
        self.reads.as_ref().map_or(Ok(()), |reads| self.check(reads, address))
    }

    fn check(&self, limiter: &PerAddress, address: Option<IpAddr>) -> Result<(), Problem> {
        let Some(address) = address else { return Ok(()) };
        if limiter.len() > REMEMBERED {
            limiter.retain_recent();
        }
        limiter.check_key(&address).map_err(|until| {
            let seconds = until.wait_time_from(self.clock.now()).as_secs() + 1;
            let text = Text::new(
                format!("Quá nhiều lần thử; hãy chờ {seconds} giây."),
                format!("Too many attempts; wait {seconds} seconds."),
            );
            Problem::new(Kind::TooMany(seconds), "too_many_requests", text)
        })
    }
}
