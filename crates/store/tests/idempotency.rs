//! Idempotency keys: reserved before a change, completed with it.

use kernel::{Call, Claim, Id, Instant};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use store::idempotency::{Reservation, release, reserve};
use store::{Database, Error, settings};
use testkit::{now, on_both};

const MINUTE: i64 = 60;
const DAY: i64 = 24 * 60 * MINUTE;

async fn attempt(db: &Database, key: &str, body: &str, at: Instant) -> Reservation {
    reserve(db, key.to_owned(), body, at).await.unwrap()
}

/// The claim of a key that nobody uses.
async fn claim(db: &Database, key: &str, at: Instant) -> Claim {
    match attempt(db, key, "body", at).await {
        Reservation::Fresh(claim) => claim,
        other => panic!("{other:?}"),
    }
}

/// A change under a claim: a setting is its trace.
async fn change(db: &Database, claim: &Claim, result: &Value) -> Result<(), Error> {
    let call = Call { claim: Some(claim.clone()), ..Call::operator() };
    let txn = db.begin(&call, now()).await?;
    settings::set(&txn, "changed", "yes").await?;
    txn.commit(result).await
}

async fn changed(db: &Database) -> bool {
    settings::get(db.reader(), "changed").await.unwrap().is_some()
}

#[tokio::test]
async fn a_key_is_fresh_then_running_then_done() {
    on_both(async |test| {
        let held = claim(&test.db, "k", now()).await;
        assert!(matches!(attempt(&test.db, "k", "body", now()).await, Reservation::Running));
        let result = json!({ "id": "0193", "title": "Quyết định “đẹp”" });
        change(&test.db, &held, &result).await.unwrap();
        for at in [now(), now().plus_seconds(DAY)] {
            match attempt(&test.db, "k", "body", at).await {
                Reservation::Done(value) => assert_eq!(value, result),
                other => panic!("{other:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn another_body_is_told_while_the_first_runs_and_after_it() {
    on_both(async |test| {
        let held = claim(&test.db, "k", now()).await;
        assert!(matches!(attempt(&test.db, "k", "other", now()).await, Reservation::OtherBody));
        change(&test.db, &held, &json!({})).await.unwrap();
        assert!(matches!(attempt(&test.db, "k", "other", now()).await, Reservation::OtherBody));
        assert!(matches!(attempt(&test.db, "k2", "other", now()).await, Reservation::Fresh(_)));
    })
    .await;
}

#[tokio::test]
async fn a_key_given_back_is_fresh_again_but_a_result_stays() {
    on_both(async |test| {
        let first = claim(&test.db, "k", now()).await;
        release(&test.db, &first, now()).await.unwrap();
        let second = claim(&test.db, "k", now()).await;
        release(&test.db, &first, now()).await.unwrap();
        assert!(matches!(attempt(&test.db, "k", "body", now()).await, Reservation::Running), "only its holder gives it back");
        change(&test.db, &second, &json!(1)).await.unwrap();
        release(&test.db, &second, now()).await.unwrap();
        assert!(matches!(attempt(&test.db, "k", "body", now()).await, Reservation::Done(_)));
    })
    .await;
}

#[tokio::test]
async fn a_result_is_kept_a_day_and_a_reservation_a_minute() {
    on_both(async |test| {
        let done = claim(&test.db, "done", now()).await;
        change(&test.db, &done, &json!(1)).await.unwrap();
        claim(&test.db, "died", now()).await;
        let minute = now().plus_seconds(MINUTE);
        assert!(matches!(attempt(&test.db, "died", "body", minute).await, Reservation::Running));
        claim(&test.db, "died", Instant(minute.0 + 1)).await;
        let day = now().plus_seconds(DAY);
        assert!(matches!(attempt(&test.db, "done", "other", day).await, Reservation::OtherBody));
        assert!(matches!(attempt(&test.db, "done", "other", Instant(day.0 + 1)).await, Reservation::Fresh(_)));
    })
    .await;
}

#[tokio::test]
async fn a_claim_that_another_took_over_cannot_be_completed_and_leaves_nothing() {
    on_both(async |test| {
        let slow = claim(&test.db, "k", now()).await;
        let later = claim(&test.db, "k", now().plus_seconds(MINUTE + 1)).await;
        assert_ne!(slow.holder, later.holder);
        assert!(matches!(change(&test.db, &slow, &json!("slow")).await, Err(Error::ClaimLost)));
        assert!(!changed(&test.db).await, "the change went with its claim");
        change(&test.db, &later, &json!("later")).await.unwrap();
        match attempt(&test.db, "k", "body", now().plus_seconds(MINUTE + 2)).await {
            Reservation::Done(value) => assert_eq!(value, json!("later")),
            other => panic!("{other:?}"),
        }
    })
    .await;
}

#[tokio::test]
async fn a_claim_nobody_reserved_cannot_be_completed() {
    on_both(async |test| {
        let invented = Claim { key: "k".to_owned(), holder: Id::new(now()) };
        assert!(matches!(change(&test.db, &invented, &json!(1)).await, Err(Error::ClaimLost)));
        assert!(!changed(&test.db).await);
    })
    .await;
}

#[tokio::test]
async fn a_change_that_is_dropped_leaves_its_key_reserved_and_nothing_else() {
    on_both(async |test| {
        let held = claim(&test.db, "k", now()).await;
        let call = Call { claim: Some(held.clone()), ..Call::operator() };
        let txn = test.db.begin(&call, now()).await.unwrap();
        settings::set(&txn, "changed", "yes").await.unwrap();
        drop(txn);
        assert!(matches!(attempt(&test.db, "k", "body", now()).await, Reservation::Running));
        assert!(!changed(&test.db).await);
        change(&test.db, &held, &json!(1)).await.unwrap();
        assert!(changed(&test.db).await);
    })
    .await;
}

#[tokio::test]
async fn of_many_attempts_at_once_one_is_fresh() {
    on_both(async |test| {
        let attempts = (0..8).map(|_| attempt(&test.db, "k", "body", now()));
        let outcomes = futures_util::future::join_all(attempts).await;
        let fresh = outcomes.iter().filter(|outcome| matches!(outcome, Reservation::Fresh(_))).count();
        let running = outcomes.iter().filter(|outcome| matches!(outcome, Reservation::Running)).count();
        assert_eq!((fresh, running), (1, 7));
    })
    .await;
}

#[tokio::test]
async fn hostile_keys_are_only_text() {
    on_both(async |test| {
        let hostile = "'; DELETE FROM idempotency_claims; --";
        claim(&test.db, "k", now()).await;
        claim(&test.db, hostile, now()).await;
        assert!(matches!(attempt(&test.db, hostile, "' OR 1=1", now()).await, Reservation::OtherBody));
        let rows = test.db.reader().execute_unprepared("SELECT 1").await;
        assert!(rows.is_ok());
        assert!(matches!(attempt(&test.db, "k", "body", now()).await, Reservation::Running));
    })
    .await;
}
