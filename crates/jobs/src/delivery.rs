//! Delivers events to one consumer.

use crate::lease::{Cursor, Hold, Node};
use crate::{Consumer, ConsumerError, Event, events_after};
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval_at};

/// How many events are delivered at once.
const BATCH: u64 = 200;
/// How often the lease is renewed while a consumer is at work.
const RENEWED_EVERY: Duration = Duration::from_secs(3);

/// What one step has done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A batch was taken; there may be more.
    Advanced,
    /// Nothing is new, or another node works.
    Idle,
}

pub(crate) struct Delivery {
    consumer: Arc<dyn Consumer>,
    cursor: Cursor,
}

impl Delivery {
    pub(crate) fn new(node: Node, consumer: Arc<dyn Consumer>) -> Self {
        let name = consumer.name();
        Self { consumer, cursor: Cursor { node, name } }
    }

    /// Delivers the next batch.
    pub(crate) async fn step(&self) -> Result<Step, ConsumerError> {
        let Some(position) = self.cursor.next().await? else { return Ok(Step::Idle) };
        let events = events_after(&self.cursor.node.db, position, BATCH).await?;
        let Some(last) = events.last().map(|event| event.position) else { return Ok(Step::Idle) };
        match self.consume(events).await? {
            Hold::Kept => match self.cursor.advance(last).await? {
                Hold::Kept => Ok(Step::Advanced),
                Hold::Lost => Ok(Step::Idle),
            },
            Hold::Lost => Ok(Step::Idle),
        }
    }

    /// Runs the consumer in a task of its own: a panic there is a failure like any other, and a
    /// lost lease ends it.
    async fn consume(&self, events: Vec<Event>) -> Result<Hold, ConsumerError> {
        let consumer = Arc::clone(&self.consumer);
        let mut work = JoinSet::new();
        work.spawn(async move { consumer.consume(&events).await });
        let mut renewal = interval_at(Instant::now() + RENEWED_EVERY, RENEWED_EVERY);
        loop {
            tokio::select! {
                done = work.join_next() => {
                    return match done {
                        Some(Ok(result)) => result.map(|()| Hold::Kept),
                        Some(Err(_)) => Err("the consumer panicked".into()),
                        None => Ok(Hold::Lost),
                    };
                }
                _ = renewal.tick() => {
                    if self.cursor.renew().await? == Hold::Lost {
                        return Ok(Hold::Lost);
                    }
                }
            }
        }
    }

    pub(crate) async fn release(&self) -> Result<(), ConsumerError> {
        Ok(self.cursor.release().await?)
    }
}
