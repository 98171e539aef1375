//! Events from the outbox to their consumers, on SQLite and PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use async_trait::async_trait;
use jobs::{Consumer, ConsumerError, Event, Node, Runner, Sequencer, events_after, lag, newest_position, rewind};
use kernel::{Call, Clock, Id, Instant, Revision};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::{Database, DatabaseUrl, outbox};
use testkit::{TestDatabase, on_both};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::timeout;

fn fresh_id() -> Id {
    Id::new(Clock::System.now())
}

fn node(db: &Database) -> Node {
    Node { db: db.clone(), clock: Clock::System, id: fresh_id() }
}

/// A connection such as another process has.
async fn another(test: &TestDatabase) -> Database {
    Database::connect(&DatabaseUrl::parse(&test.url).unwrap()).await.unwrap()
}

async fn change_at(db: &Database, resource: Id, revision: i64, now: Instant) {
    let txn = db.begin(&Call::operator(), now).await.unwrap();
    let event = outbox::Event { resource_type: "document", id: resource, action: "updated", revision: Revision(revision) };
    outbox::record(&txn, event).await.unwrap();
    txn.commit(&()).await.unwrap();
}

async fn changes(db: &Database, count: i64) {
    let resource = fresh_id();
    for revision in 1..=count {
        change_at(db, resource, revision, Clock::System.now()).await;
    }
}

async fn number_all(db: &Database) {
    let sequencer = Sequencer::new(node(db));
    while sequencer.number().await.unwrap() > 0 {}
}

/// What a consumer under test does with a batch before it passes it on.
enum Habit {
    Takes,
    Fails(AtomicUsize),
    Panics(AtomicUsize),
}

/// Passes on what it is given.
struct Recorder {
    habit: Habit,
    attempts: Arc<AtomicUsize>,
    at_work: Arc<AtomicUsize>,
    seen: UnboundedSender<Event>,
}

#[async_trait]
impl Consumer for Recorder {
    fn name(&self) -> &'static str {
        "recorder"
    }

    async fn consume(&self, events: &[Event]) -> Result<(), ConsumerError> {
        assert_eq!(self.at_work.fetch_add(1, Ordering::SeqCst), 0, "two consume at once");
        self.attempts.fetch_add(1, Ordering::SeqCst);
        tokio::task::yield_now().await;
        self.at_work.fetch_sub(1, Ordering::SeqCst);
        let once_less = |left: usize| left.checked_sub(1);
        match &self.habit {
            Habit::Fails(left) if left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, once_less).is_ok() => {
                return Err("the index is away".into());
            }
            Habit::Panics(left) if left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, once_less).is_ok() => {
                panic!("a defect");
            }
            _ => {}
        }
        for event in events {
            let _ = self.seen.send(event.clone());
        }
        Ok(())
    }
}

fn recorder(habit: Habit) -> (Arc<Recorder>, UnboundedReceiver<Event>) {
    let (seen, events) = unbounded_channel();
    (Arc::new(Recorder { habit, attempts: Arc::default(), at_work: Arc::default(), seen }), events)
}

async fn positions(events: &mut UnboundedReceiver<Event>, count: usize) -> Vec<i64> {
    let mut positions = Vec::new();
    for _ in 0..count {
        let event = timeout(Duration::from_secs(30), events.recv()).await.expect("an event in time").unwrap();
        positions.push(event.position);
    }
    positions
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_writers_and_sequencers_leave_no_gap() {
    on_both(async |test| {
        let mut writers = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let db = test.db.clone();
            writers.spawn(async move { changes(&db, 50).await });
        }
        let mut sequencers = tokio::task::JoinSet::new();
        for db in [test.db.clone(), test.db.clone(), another(&test).await, another(&test).await] {
            sequencers.spawn(async move {
                let sequencer = Sequencer::new(node(&db));
                while newest_position(&db).await.unwrap() < 400 {
                    sequencer.number().await.unwrap();
                }
            });
        }
        while let Some(done) = writers.join_next().await {
            done.unwrap();
        }
        while let Some(done) = sequencers.join_next().await {
            done.unwrap();
        }
        let events = events_after(&test.db, 0, 1000).await.unwrap();
        assert!(events.iter().map(|event| event.position).eq(1..=400));
        let mut revisions: HashMap<Id, Vec<i64>> = HashMap::new();
        for event in &events {
            revisions.entry(event.resource_id).or_default().push(event.revision.0);
        }
        assert_eq!(revisions.len(), 8);
        assert!(revisions.values().all(|revisions| revisions.iter().copied().eq(1..=50)), "{revisions:?}");
    })
    .await;
}

#[tokio::test]
async fn a_revision_is_never_numbered_before_an_earlier_one() {
    on_both(async |test| {
        let (resource, now) = (fresh_id(), testkit::now());
        change_at(&test.db, resource, 1, now.plus_seconds(3600)).await;
        for _ in 0..520 {
            change_at(&test.db, fresh_id(), 1, now).await;
        }
        change_at(&test.db, resource, 2, now.plus_seconds(-3600)).await;
        let sequencer = Sequencer::new(node(&test.db));
        assert_eq!(sequencer.number().await.unwrap(), 500);
        assert_eq!(sequencer.number().await.unwrap(), 22);
        assert_eq!(sequencer.number().await.unwrap(), 0);
        let events = events_after(&test.db, 0, 1000).await.unwrap();
        assert!(events.iter().map(|event| event.position).eq(1..=522));
        let of_it: Vec<i64> = events.iter().filter(|event| event.resource_id == resource).map(|event| event.revision.0).collect();
        assert_eq!(of_it, [1, 2]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_sees_each_event_once_in_order_also_over_a_restart() {
    on_both(async |test| {
        changes(&test.db, 3).await;
        let (consumer, mut events) = recorder(Habit::Takes);
        let runner = Runner::start(node(&test.db), vec![consumer.clone()]);
        assert_eq!(positions(&mut events, 3).await, [1, 2, 3]);
        changes(&test.db, 2).await;
        runner.wake().wake();
        assert_eq!(positions(&mut events, 2).await, [4, 5]);
        runner.stop().await;
        assert_eq!(runner.lag().await.unwrap()["recorder"], 0);

        changes(&test.db, 1).await;
        number_all(&test.db).await;
        assert_eq!(lag(&test.db, "recorder").await.unwrap(), 1);
        let runner = Runner::start(node(&test.db), vec![consumer]);
        assert_eq!(positions(&mut events, 1).await, [6]);
        runner.stop().await;
        assert!(events.try_recv().is_err(), "nothing is delivered twice");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failing_consumer_is_retried_and_its_cursor_stays() {
    on_both(async |test| {
        changes(&test.db, 3).await;
        let (consumer, mut events) = recorder(Habit::Fails(AtomicUsize::new(usize::MAX)));
        let runner = Runner::start(node(&test.db), vec![consumer.clone()]);
        while consumer.attempts.load(Ordering::SeqCst) < 2 {
            tokio::task::yield_now().await;
        }
        runner.stop().await;
        assert_eq!(runner.lag().await.unwrap()["recorder"], 3);
        assert!(events.try_recv().is_err());

        for habit in [Habit::Fails(AtomicUsize::new(2)), Habit::Panics(AtomicUsize::new(2))] {
            rewind(&test.db, "recorder", Clock::System.now()).await.unwrap();
            let (consumer, mut events) = recorder(habit);
            let runner = Runner::start(node(&test.db), vec![consumer]);
            assert_eq!(positions(&mut events, 3).await, [1, 2, 3]);
            runner.stop().await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runners_do_not_consume_twice() {
    on_both(async |test| {
        let at_work = Arc::new(AtomicUsize::new(0));
        let (seen, mut events) = unbounded_channel();
        let mut runners = Vec::new();
        for db in [test.db.clone(), another(&test).await] {
            let (habit, attempts) = (Habit::Takes, Arc::default());
            let consumer = Recorder { habit, attempts, at_work: at_work.clone(), seen: seen.clone() };
            runners.push(Runner::start(node(&db), vec![Arc::new(consumer)]));
        }
        for _ in 0..5 {
            changes(&test.db, 20).await;
        }
        assert!(positions(&mut events, 100).await.into_iter().eq(1..=100));
        for runner in runners {
            runner.stop().await;
        }
        assert!(events.try_recv().is_err(), "nothing is delivered twice");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rewound_consumer_sees_everything_again() {
    on_both(async |test| {
        changes(&test.db, 3).await;
        let (consumer, mut events) = recorder(Habit::Takes);
        let runner = Runner::start(node(&test.db), vec![consumer]);
        assert_eq!(positions(&mut events, 3).await, [1, 2, 3]);
        rewind(&test.db, "recorder", Clock::System.now()).await.unwrap();
        assert_eq!(positions(&mut events, 3).await, [1, 2, 3]);
        runner.stop().await;
    })
    .await;
}
