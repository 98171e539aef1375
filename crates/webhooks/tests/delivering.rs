//! From what happened to a message that arrives.

use super::receiver::{Answer, Receiver};
use super::{Action, Hooks, OPEN, Reach, fresh, id, webhooks_over};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{editor, on_both};
use webhooks::{Change, Sender};

const AT_ONCE: Duration = Duration::ZERO;

#[tokio::test]
async fn what_is_found_is_told_once_and_signed() {
    on_both(|kept| async move {
        let (hooks, owner, receiver) = (Hooks::over(kept, OPEN), editor(), Receiver::listening(AT_ONCE).await);
        let id = id(&hooks.made(&owner, &receiver.url()).await);
        let change = hooks.published(id, fresh());
        let unfound = Change { is_found: false, ..hooks.published(id, fresh()) };
        assert_eq!(hooks.webhooks.enter(&[change.clone(), unfound]).await.unwrap(), 1);
        assert_eq!(hooks.webhooks.enter(std::slice::from_ref(&change)).await.unwrap(), 0, "the same event again");
        let sender = Sender::new(hooks.webhooks.clone()).unwrap();
        assert_eq!(sender.send_due().await.unwrap(), 1);
        assert_eq!(sender.send_due().await.unwrap(), 0);
        let received = receiver.received();
        assert_eq!(received.len(), 1);
        assert!(received[0].head.starts_with("POST /hook HTTP/1.1"), "{}", received[0].head);
        let message: Value = serde_json::from_str(&received[0].body).unwrap();
        let wanted = json!({ "type": "document.published", "timestamp": hooks.now().print(), "data": {
            "id": change.resource.to_string(), "type": "document", "url": change.url,
            "number": "1/2026/QĐ-UBND", "title": "Về đò ngang" } });
        assert_eq!(message, wanted);
        let log = hooks.deliveries(&owner, id).await;
        assert_eq!(log[0]["id"], received[0].header("webhook-id"));
        assert_eq!(received[0].header("webhook-timestamp"), hooks.now().seconds().to_string());
        assert!(received[0].header("webhook-signature").starts_with("v1,"));
        assert_eq!(
            (&log[0]["state"], &log[0]["status_code"], &log[0]["attempts"]),
            (&json!("delivered"), &json!(204), &json!(1))
        );
        assert_eq!(log[0]["delivered_at"], hooks.now().print());
    })
    .await;
}

#[tokio::test]
async fn what_was_told_is_told_to_its_end() {
    on_both(|kept| async move {
        let (hooks, owner) = (Hooks::over(kept, OPEN), editor());
        let id = id(&hooks.made(&owner, "http://127.0.0.1:9999/").await);
        let (known, never) = (fresh(), fresh());
        let changes = [
            hooks.withdrawn(id, never),
            hooks.withdrawn(id, known),
            hooks.published(id, known),
            Change { is_found: false, ..hooks.published(id, known) },
            Change { about: None, ..hooks.published(id, known) },
            hooks.withdrawn(id, known),
            hooks.withdrawn(id, known),
            hooks.published(id, known),
        ];
        assert_eq!(hooks.webhooks.enter(&changes).await.unwrap(), 4);
        assert_eq!(hooks.webhooks.enter(&changes).await.unwrap(), 0);
        let log = hooks.deliveries(&owner, id).await;
        let types: Vec<&str> = log.iter().map(|row| row["payload"]["type"].as_str().unwrap()).collect();
        assert_eq!(types, ["document.published", "document.withdrawn", "document.updated", "document.published"], "newest first");
    })
    .await;
}

#[tokio::test]
async fn what_does_not_arrive_is_tried_again_eight_times_and_can_be_replayed() {
    on_both(|kept| async move {
        let (hooks, owner, receiver) = (Hooks::over(kept, OPEN), editor(), Receiver::listening(AT_ONCE).await);
        let id = id(&hooks.made(&owner, &receiver.url()).await);
        hooks.webhooks.enter(&[hooks.published(id, fresh())]).await.unwrap();
        let sender = Sender::new(hooks.webhooks.clone()).unwrap();
        receiver.answers_with(500, 8);
        for (attempt, wait) in [(1, 5), (2, 300), (3, 1800), (4, 7200), (5, 18_000), (6, 36_000), (7, 36_000)] {
            assert_eq!(sender.send_due().await.unwrap(), 1, "attempt {attempt}");
            let log = hooks.deliveries(&owner, id).await;
            assert_eq!(log[0]["state"], "pending");
            assert_eq!((&log[0]["attempts"], &log[0]["status_code"]), (&json!(attempt), &json!(500)));
            assert_eq!(log[0]["next_attempt_at"], hooks.now().plus_seconds(wait).print());
            hooks.later(wait - 1);
            assert_eq!(sender.send_due().await.unwrap(), 0, "not before its time");
            hooks.later(1);
        }
        assert_eq!(sender.send_due().await.unwrap(), 1);
        let log = hooks.deliveries(&owner, id).await;
        assert_eq!((&log[0]["state"], &log[0]["next_attempt_at"]), (&json!("failed"), &Value::Null));
        hooks.later(1_000_000);
        assert_eq!(sender.send_due().await.unwrap(), 0);
        hooks.act(&owner, id, Action::Replay(None)).await;
        assert_eq!(sender.send_due().await.unwrap(), 1);
        let of = kernel::Id::parse(log[0]["id"].as_str().unwrap()).unwrap();
        hooks.act(&owner, id, Action::Replay(Some(of))).await;
        assert_eq!(sender.send_due().await.unwrap(), 1);
        let received = receiver.received();
        assert_eq!(received.len(), 10);
        assert!(received.iter().all(|one| one.header("webhook-id") == received[0].header("webhook-id")), "one message");
        assert!(received.iter().all(|one| one.body == received[0].body));
        assert_eq!(hooks.deliveries(&owner, id).await[0]["state"], "delivered");
    })
    .await;
}

#[tokio::test]
async fn a_receiver_may_end_it_and_one_that_is_lost_is_given_up_after_five_days() {
    on_both(|kept| async move {
        let (hooks, owner, receiver) = (Hooks::over(kept, OPEN), editor(), Receiver::listening(AT_ONCE).await);
        let sender = Sender::new(hooks.webhooks.clone()).unwrap();
        let done = id(&hooks.made(&owner, &receiver.url()).await);
        hooks.webhooks.enter(&[hooks.published(done, fresh())]).await.unwrap();
        receiver.answers_with(410, 1);
        sender.send_due().await.unwrap();
        let row = hooks.get(&owner, done).await.row;
        assert_eq!((&row["state"], &row["reason"]), (&json!("paused"), &json!("gone")));
        assert_eq!(hooks.deliveries(&owner, done).await[0]["state"], "failed");
        assert!(hooks.webhooks.followed().await.unwrap().is_empty());

        let lost = id(&hooks.made(&owner, &receiver.url()).await);
        receiver.answers((0..20).map(|_| Answer::HangsUp));
        for _ in 0..5 {
            hooks.webhooks.enter(&[hooks.published(lost, fresh())]).await.unwrap();
            sender.send_due().await.unwrap();
            assert_eq!(hooks.get(&owner, lost).await.row["state"], "active");
            assert_eq!(hooks.deliveries(&owner, lost).await[0]["error"], "broken-off");
            hooks.later(24 * 60 * 60);
        }
        sender.send_due().await.unwrap();
        let row = hooks.get(&owner, lost).await.row;
        assert_eq!((&row["state"], &row["reason"]), (&json!("failing"), &json!("unreachable")));
        hooks.later(24 * 60 * 60);
        assert_eq!(sender.send_due().await.unwrap(), 0, "it sends no more");
        hooks.act(&owner, lost, Action::Resume).await;
        assert_eq!(hooks.webhooks.followed().await.unwrap()[0].since, hooks.now());
        assert!(sender.send_due().await.unwrap() > 0, "until it is resumed");
    })
    .await;
}

#[tokio::test]
async fn a_test_is_sent_once_whatever_the_state() {
    on_both(|kept| async move {
        let (hooks, owner, receiver) = (Hooks::over(kept, OPEN), editor(), Receiver::listening(AT_ONCE).await);
        let sender = Sender::new(hooks.webhooks.clone()).unwrap();
        let id = id(&hooks.made(&owner, &receiver.url()).await);
        hooks.act(&owner, id, Action::Pause).await;
        receiver.answers_with(500, 1);
        hooks.act(&owner, id, Action::Test).await;
        hooks.act(&owner, id, Action::Test).await;
        assert_eq!(sender.send_due().await.unwrap(), 1, "one that waits is as good as two");
        assert_eq!(hooks.deliveries(&owner, id).await[0]["state"], "failed");
        let message: Value = serde_json::from_str(&receiver.received()[0].body).unwrap();
        assert_eq!((&message["type"], &message["data"]["id"]), (&json!("ping"), &json!(id.to_string())));
    })
    .await;
}

#[tokio::test]
async fn a_former_secret_signs_too_for_a_day() {
    on_both(|kept| async move {
        let (hooks, owner, receiver) = (Hooks::over(kept, OPEN), editor(), Receiver::listening(AT_ONCE).await);
        let sender = Sender::new(hooks.webhooks.clone()).unwrap();
        let id = id(&hooks.made(&owner, &receiver.url()).await);
        hooks.act(&owner, id, Action::Rotate).await;
        hooks.act(&owner, id, Action::Test).await;
        sender.send_due().await.unwrap();
        hooks.later(24 * 60 * 60);
        hooks.act(&owner, id, Action::Test).await;
        sender.send_due().await.unwrap();
        let counts: Vec<usize> =
            receiver.received().iter().map(|one| one.header("webhook-signature").split(' ').count()).collect();
        assert_eq!(counts, [2, 1]);
    })
    .await;
}

#[tokio::test]
async fn nothing_goes_to_addresses_inside_and_no_redirect_is_followed() {
    on_both(|kept| async move {
        let (hooks, owner, receiver) = (Hooks::over(kept, OPEN), editor(), Receiver::listening(AT_ONCE).await);
        let sender = Sender::new(hooks.webhooks.clone()).unwrap();
        let direct = id(&hooks.made(&owner, &receiver.url()).await);
        let named = id(&hooks.made(&owner, &format!("http://localhost:{}/", receiver.port)).await);
        let unknown = id(&hooks.made(&owner, "http://no-such-host.invalid/").await);
        // What was allowed when they were made is not any more.
        let strict = webhooks_over(&hooks._kept, &hooks.clock, Reach { http: true, private: false });
        for webhook in [direct, named, unknown] {
            hooks.act(&owner, webhook, Action::Test).await;
        }
        assert_eq!(Sender::new(strict).unwrap().send_due().await.unwrap(), 3);
        let error = async |webhook| hooks.deliveries(&owner, webhook).await[0]["error"].clone();
        assert_eq!((error(direct).await, error(named).await), (json!("refused-address"), json!("refused-address")));
        assert_eq!(error(unknown).await, "unknown-name");
        assert!(receiver.received().is_empty());

        let inner = Receiver::listening(AT_ONCE).await;
        let away = format!("location: {}\r\ncontent-length: 0\r\n\r\n", inner.url());
        receiver.answers([Answer::Status(307, away)]);
        hooks.later(1);
        hooks.act(&owner, direct, Action::Test).await;
        sender.send_due().await.unwrap();
        assert_eq!(hooks.deliveries(&owner, direct).await[0]["status_code"], 307);
        assert!(inner.received().is_empty());

        hooks.later(1);
        let endless = format!("content-length: 1000000000\r\n\r\n{}", "x".repeat(100_000));
        receiver.answers([Answer::Status(200, endless)]);
        hooks.act(&owner, direct, Action::Test).await;
        sender.send_due().await.unwrap();
        assert_eq!(hooks.deliveries(&owner, direct).await[0]["state"], "delivered", "an answer is not read to its end");
    })
    .await;
}

#[tokio::test]
async fn two_senders_at_once_send_everything_once_and_four_of_one_at_a_time() {
    on_both(|kept| async move {
        let (hooks, owner) = (Hooks::over(kept, OPEN), editor());
        let receiver = Receiver::listening(Duration::from_millis(100)).await;
        let id = id(&hooks.made(&owner, &receiver.url()).await);
        let changes: Vec<Change> = (0..24).map(|_| hooks.published(id, fresh())).collect();
        assert_eq!(hooks.webhooks.enter(&changes).await.unwrap(), 24);
        let (one, other) = (Sender::new(hooks.webhooks.clone()).unwrap(), Sender::new(hooks.webhooks.clone()).unwrap());
        let (first, second) = tokio::join!(one.send_due(), other.send_due());
        assert_eq!(first.unwrap() + second.unwrap(), 24);
        let mut ids: Vec<String> = receiver.received().iter().map(|one| one.header("webhook-id").to_owned()).collect();
        ids.sort();
        ids.dedup();
        assert_eq!((ids.len(), receiver.received().len()), (24, 24));
        assert!(receiver.most_at_once() <= 8, "{}", receiver.most_at_once());
        let log = hooks.deliveries(&owner, id).await;
        assert!(log.iter().all(|row| row["state"] == "delivered"));
    })
    .await;
}

#[tokio::test]
async fn a_slow_receiver_does_not_keep_others_waiting() {
    on_both(|kept| async move {
        let (hooks, owner) = (Hooks::over(kept, OPEN), editor());
        let (slow, quick) = (Receiver::listening(Duration::from_secs(60)).await, Receiver::listening(AT_ONCE).await);
        let slow_one = id(&hooks.made(&owner, &slow.url()).await);
        let quick_one = id(&hooks.made(&owner, &quick.url()).await);
        let changes: Vec<Change> = (0..20).map(|_| hooks.published(slow_one, fresh())).collect();
        hooks.webhooks.enter(&changes).await.unwrap();
        hooks.later(1);
        hooks.webhooks.enter(&[hooks.published(quick_one, fresh())]).await.unwrap();
        let sender = Sender::new(hooks.webhooks.clone()).unwrap();
        assert_eq!(sender.send_due().await.unwrap(), 5, "four to the slow one, one to the quick one");
        assert_eq!(quick.received().len(), 1);
        assert_eq!(hooks.deliveries(&owner, quick_one).await[0]["state"], "delivered");
    })
    .await;
}

#[tokio::test]
async fn old_deliveries_are_removed_but_what_was_told_is_not_forgotten() {
    on_both(|kept| async move {
        let (hooks, owner, receiver) = (Hooks::over(kept, OPEN), editor(), Receiver::listening(AT_ONCE).await);
        let id = id(&hooks.made(&owner, &receiver.url()).await);
        let resource = fresh();
        hooks.webhooks.enter(&[hooks.published(id, resource)]).await.unwrap();
        Sender::new(hooks.webhooks.clone()).unwrap().send_due().await.unwrap();
        hooks.later(30 * 24 * 60 * 60);
        assert_eq!(hooks.webhooks.sweep().await.unwrap(), 0);
        hooks.later(1);
        assert_eq!(hooks.webhooks.sweep().await.unwrap(), 1);
        assert!(hooks.deliveries(&owner, id).await.is_empty());
        assert_eq!(hooks.webhooks.enter(&[hooks.withdrawn(id, resource)]).await.unwrap(), 1);
    })
    .await;
}
