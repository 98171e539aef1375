//! Keeps the sequencer and every consumer going.

use crate::delivery::{Delivery, Step};
use crate::failures::Failures;
use crate::task::{self, Task};
use crate::{Consumer, Node, Sequencer, lag};
use std::collections::BTreeMap;
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;
use store::{Database, Error};
use tokio::sync::{Mutex, Notify, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// How long a new event waits at most before it is looked for.
const POLL: Duration = Duration::from_millis(100);

/// Tells the sequencer that something was written, so that it need not be polled for.
#[derive(Clone, Default)]
pub struct Wake(Arc<Notify>);

impl Wake {
    /// Wakes the sequencer. It never waits, and waking twice is as good as once.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// The running loops of one node: the sequencer, and one for each consumer.
pub struct Runner {
    db: Database,
    consumers: Vec<&'static str>,
    wake: Wake,
    stop: watch::Sender<Stop>,
    loops: Mutex<JoinSet<()>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    NotYet,
    Now,
}

impl Runner {
    /// Starts the loops on the present tokio runtime.
    pub fn start(node: Node, consumers: Vec<Arc<dyn Consumer>>) -> Self {
        Self::start_with(Wake::default(), node, consumers, Vec::new())
    }

    /// Starts the loops, and one for each task; `wake` wakes the sequencer.
    pub fn start_with(wake: Wake, node: Node, consumers: Vec<Arc<dyn Consumer>>, tasks: Vec<Arc<dyn Task>>) -> Self {
        let (stop, stopped) = watch::channel(Stop::NotYet);
        // How often the sequencer has numbered something: what wakes the consumers.
        let (numbered, news) = watch::channel(0_u64);
        let db = node.db.clone();
        let names = consumers.iter().map(|consumer| consumer.name()).collect();
        let mut loops = JoinSet::new();
        for consumer in consumers {
            loops.spawn(deliver(
                Delivery::new(node.clone(), Arc::clone(&consumer)),
                consumer.name(),
                (stopped.clone(), news.clone()),
            ));
        }
        for task in tasks {
            loops.spawn(repeat(task, wake.clone(), stopped.clone()));
        }
        loops.spawn(number(Sequencer::new(node), wake.clone(), (stopped, numbered)));
        Self { db, consumers: names, wake, stop, loops: Mutex::new(loops) }
    }

    /// The handle by which whoever writes wakes the sequencer.
    pub fn wake(&self) -> Wake {
        self.wake.clone()
    }

    /// How many numbered events each consumer has yet to take.
    pub async fn lag(&self) -> Result<BTreeMap<&'static str, u64>, Error> {
        let mut lags = BTreeMap::new();
        for consumer in &self.consumers {
            lags.insert(*consumer, lag(&self.db, consumer).await?);
        }
        Ok(lags)
    }

    /// Stops: every consumer finishes the batch it has, moves its cursor and gives its lease back.
    pub async fn stop(&self) {
        self.stop.send_replace(Stop::Now);
        let mut loops = self.loops.lock().await;
        while loops.join_next().await.is_some() {}
    }
}

async fn number(sequencer: Sequencer, wake: Wake, (mut stopped, numbered): (watch::Receiver<Stop>, watch::Sender<u64>)) {
    let mut failures = Failures::of("sequencer");
    while *stopped.borrow() == Stop::NotYet {
        let wait = match sequencer.number().await {
            Ok(0) => {
                failures.over();
                POLL
            }
            Ok(_) => {
                failures.over();
                numbered.send_modify(|times| *times = times.wrapping_add(1));
                continue;
            }
            Err(error) => failures.note(&error),
        };
        tokio::select! {
            () = stop(&mut stopped) => {}
            () = wake.0.notified() => {}
            () = sleep(wait) => {}
        }
    }
}

async fn repeat(task: Arc<dyn Task>, wake: Wake, mut stopped: watch::Receiver<Stop>) {
    let mut failures = Failures::of(task.name());
    while *stopped.borrow() == Stop::NotYet {
        let (wrote, wait) = task::once(&task, &mut failures).await;
        if wrote {
            wake.wake();
        }
        tokio::select! {
            () = stop(&mut stopped) => {}
            () = sleep(wait) => {}
        }
    }
}

async fn deliver(delivery: Delivery, name: &'static str, (mut stopped, mut news): (watch::Receiver<Stop>, watch::Receiver<u64>)) {
    let mut failures = Failures::of(name);
    while *stopped.borrow() == Stop::NotYet {
        let failed = match delivery.step().await {
            Ok(step) => {
                failures.over();
                if step == Step::Advanced {
                    continue;
                }
                None
            }
            Err(error) => Some(failures.note(&error)),
        };
        tokio::select! {
            () = stop(&mut stopped) => {}
            // News does not shorten the wait after a failure.
            () = next(&mut news), if failed.is_none() => {}
            () = sleep(failed.unwrap_or(POLL)) => {}
        }
    }
    if let Err(error) = delivery.release().await {
        tracing::warn!(consumer = name, %error, "the lease could not be given back: it ends by itself");
    }
}

async fn stop(stopped: &mut watch::Receiver<Stop>) {
    // An error means that the runner was dropped, and then the loops are aborted.
    let _ = stopped.wait_for(|stop| *stop == Stop::Now).await;
}

async fn next(news: &mut watch::Receiver<u64>) {
    if news.changed().await.is_err() {
        pending::<()>().await;
    }
}
