//! Sends what is due.

use crate::guard::{Guard, Refused, Unknown};
use crate::outcome::Outcome;
use crate::taking::Taken;
use crate::target::target;
use crate::{Error, Webhooks};
use kernel::Id;
use reqwest::{Client, header, redirect};
use std::collections::HashMap;
use std::error::Error as _;
use std::time::Duration;
use tokio::sync::Mutex;
use tokio::task::{self, JoinSet};
use tokio::time::{Instant, timeout};

/// How many messages are under way at once.
const AT_ONCE: usize = 8;
/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of an answer is read, so that its connection can be used again.
const ANSWER: usize = 1024;
/// How long one round goes on; what is under way then is looked after in the next.
const ROUND: Duration = Duration::from_secs(5);
/// How often a round looks for what has become due.
const LOOK: Duration = Duration::from_millis(100);

/// Sends the messages of webhooks.
pub struct Sender {
    webhooks: Webhooks,
    client: Client,
    flights: Mutex<Flights>,
}

/// What is under way.
#[derive(Default)]
struct Flights {
    tasks: JoinSet<()>,
    webhooks: HashMap<task::Id, Id>,
}

impl Flights {
    /// How many of each webhook are under way.
    fn counts(&self) -> HashMap<Id, usize> {
        let mut counts = HashMap::new();
        for webhook in self.webhooks.values() {
            *counts.entry(*webhook).or_default() += 1;
        }
        counts
    }

    /// Waits for one to end, at most so long.
    async fn land(&mut self, patience: Duration) {
        let Ok(Some(landed)) = timeout(patience, self.tasks.join_next_with_id()).await else { return };
        let id = match landed {
            Ok((id, ())) => id,
            Err(error) => {
                // It is sent again when nobody holds it any more.
                tracing::error!(%error, "sending a message of a webhook broke off");
                error.id()
            }
        };
        self.webhooks.remove(&id);
    }
}

impl Sender {
    /// Sends the messages of these webhooks.
    pub fn new(webhooks: Webhooks) -> Result<Self, Error> {
        // Whoever came first has chosen; every choice in this tree is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .dns_resolver(Guard(webhooks.reach))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(PATIENCE)
            .pool_idle_timeout(Duration::from_secs(30))
            .user_agent(concat!("Congkhai/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { webhooks, client, flights: Mutex::default() })
    }

    /// Sends what is due, and goes on as long as there is something, at most some seconds; how many messages were sent.
    pub async fn send_due(&self) -> Result<usize, Error> {
        let mut flights = self.flights.lock().await;
        let end = Instant::now() + ROUND;
        let mut sent = 0;
        loop {
            let room = AT_ONCE.saturating_sub(flights.tasks.len());
            if room > 0 && Instant::now() < end {
                for taken in self.webhooks.take(room, &flights.counts()).await? {
                    let (webhook, webhooks, client) = (taken.webhook, self.webhooks.clone(), self.client.clone());
                    let task = flights.tasks.spawn(async move { send(&webhooks, &client, taken).await });
                    flights.webhooks.insert(task.id(), webhook);
                    sent += 1;
                }
            }
            if flights.tasks.is_empty() || Instant::now() >= end {
                return Ok(sent);
            }
            flights.land(LOOK).await;
        }
    }
}

async fn send(webhooks: &Webhooks, client: &Client, taken: Taken) {
    let outcome = attempt(webhooks, client, &taken).await;
    tracing::debug!(webhook = %taken.webhook, delivery = %taken.id, attempt = taken.attempt, ?outcome, "sent a message");
    if let Err(error) = webhooks.conclude(&taken, outcome).await {
        tracing::error!(delivery = %taken.id, %error, "what a message came to could not be kept: it is sent again");
    }
}

async fn attempt(webhooks: &Webhooks, client: &Client, taken: &Taken) -> Outcome {
    // What was allowed when it was entered may not be any more; and no name is asked for where the host is an address.
    let Ok(url) = target(&taken.url, webhooks.reach) else { return Outcome::Failed("refused-address") };
    let (id, seconds) = (taken.id.to_string(), webhooks.clock.now().seconds());
    let signatures: Vec<String> = taken.secrets.iter().map(|secret| secret.sign(&id, seconds, &taken.payload)).collect();
    let request = client
        .post(url)
        .header(header::CONTENT_TYPE, "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", seconds)
        .header("webhook-signature", signatures.join(" "))
        .body(taken.payload.clone());
    match request.send().await {
        Ok(mut answer) => {
            let mut read = 0;
            while let Ok(Some(piece)) = answer.chunk().await {
                read += piece.len();
                if read > ANSWER {
                    break;
                }
            }
            Outcome::Answered(answer.status().as_u16())
        }
        Err(error) => Outcome::Failed(reason(&error)),
    }
}

/// Why there was no answer.
fn reason(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        return "timeout";
    }
    let mut cause = error.source();
    while let Some(inner) = cause {
        if inner.is::<Refused>() {
            return "refused-address";
        }
        if inner.is::<Unknown>() {
            return "unknown-name";
        }
        cause = inner.source();
    }
    if error.is_connect() { "no-connection" } else { "broken-off" }
}
