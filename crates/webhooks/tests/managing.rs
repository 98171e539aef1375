//! Who has webhooks, and what they may be.

use super::{Action, FIRST, Hooks, OPEN, Reach, id, input};
use kernel::{Actor, Call, Fault, Kind, Revision};
use serde_json::json;
use testkit::{admin, editor, on_both};
use webhooks::WebhookInput;

fn patch(value: serde_json::Value) -> kernel::Row {
    value.as_object().unwrap().clone()
}

#[tokio::test]
async fn a_secret_is_shown_when_it_is_made_and_never_again() {
    on_both(|kept| async move {
        let (hooks, owner) = (Hooks::over(kept, OPEN), editor());
        let made = hooks.made(&owner, "https://hook.example.com/").await;
        let first = made.row["secret"].as_str().unwrap().to_owned();
        assert!(first.starts_with("whsec_") && first.len() > 40, "{first}");
        assert_eq!(made.row["search"], json!([["q", "đò ngang"]]));
        assert_eq!(made.row["state"], "active");
        let id = id(&made);
        assert!(!hooks.get(&owner, id).await.row.contains_key("secret"));
        let paused = hooks.act(&owner, id, Action::Pause).await;
        assert!(!paused.row.contains_key("secret"));
        assert_eq!((&paused.row["state"], &paused.row["reason"]), (&json!("paused"), &json!("asked")));
        let rotated = hooks.act(&owner, id, Action::Rotate).await;
        assert_ne!(rotated.row["secret"].as_str().unwrap(), first);
        assert_eq!(rotated.revision, Revision(3));
    })
    .await;
}

#[tokio::test]
async fn everybody_has_his_own_and_an_administrator_sees_all() {
    on_both(|kept| async move {
        let (hooks, owner, other, overseer) = (Hooks::over(kept, OPEN), editor(), editor(), admin());
        let id = id(&hooks.made(&owner, "https://hook.example.com/").await);
        assert!(hooks.webhooks.deliveries(&other, id).await.unwrap().is_none());
        assert!(hooks.webhooks.deliveries(&overseer, id).await.unwrap().is_some());
        let call = Call::of(other);
        let webhooks = &hooks.webhooks;
        let kinds = [
            webhooks.revise(&call, (id, FIRST), patch(json!({ "name": "x" }))).await.unwrap_err().kind(),
            webhooks.act(&call, (id, FIRST), Action::Rotate).await.unwrap_err().kind(),
            webhooks.delete(&call, (id, FIRST)).await.unwrap_err().kind(),
        ];
        assert_eq!(kinds, [Kind::NotFound; 3]);
        let stranger = Call::of(Actor::Anonymous);
        assert_eq!(webhooks.create(&stranger, input("https://a.example.com/")).await.unwrap_err().kind(), Kind::Unauthenticated);
        assert_eq!(webhooks.deliveries(&Actor::Anonymous, id).await.unwrap_err().kind(), Kind::Unauthenticated);
        webhooks.delete(&Call::of(overseer), (id, FIRST)).await.unwrap();
        assert!(webhooks.deliveries(&owner, id).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_right_is_refused_at_its_pointer() {
    on_both(|kept| async move {
        let (hooks, owner) = (Hooks::over(kept, Reach::default()), editor());
        let call = Call::of(owner.clone());
        let pointers = async |input: WebhookInput| {
            let refused = hooks.webhooks.create(&call, input).await.unwrap_err();
            refused.fields().iter().map(|fault| fault.pointer.clone()).collect::<Vec<_>>()
        };
        let good = || input("https://hook.example.com/");
        assert_eq!(pointers(input("http://hook.example.com/")).await, ["/url"]);
        assert_eq!(pointers(input("https://10.0.0.1/")).await, ["/url"]);
        assert_eq!(pointers(WebhookInput { name: " ".into(), url: "x".into(), ..good() }).await, ["/name", "/url"]);
        assert_eq!(pointers(WebhookInput { name: "a\0".into(), ..good() }).await, ["/name"]);
        let search = vec![("q".to_owned(), "x".to_owned()), ("q".to_owned(), "\0".to_owned())];
        assert_eq!(pointers(WebhookInput { search, ..good() }).await, ["/search/1"]);

        let id = id(&hooks.made(&owner, "https://hook.example.com/").await);
        let refused = hooks.webhooks.revise(&call, (id, FIRST), patch(json!({ "url": "https://[::1]/" }))).await.unwrap_err();
        assert_eq!(refused.fields()[0].pointer, "/url");
        let revised = hooks.webhooks.revise(&call, (id, FIRST), patch(json!({ "search": null, "name": "Mới" }))).await.unwrap();
        assert_eq!((&revised.row["search"], &revised.row["name"]), (&json!([]), &json!("Mới")));
        let stale = hooks.webhooks.revise(&call, (id, FIRST), patch(json!({ "name": "x" }))).await.unwrap_err();
        assert_eq!(stale.kind(), Kind::Stale);
        let replayed = hooks.webhooks.act(&call, (id, revised.revision), Action::Replay(Some(super::fresh()))).await.unwrap_err();
        assert_eq!(replayed.fields()[0].pointer, "/delivery_id");
    })
    .await;
}

#[tokio::test]
async fn an_account_has_fifty_at_most() {
    on_both(|kept| async move {
        let (hooks, owner) = (Hooks::over(kept, OPEN), editor());
        for _ in 0..50 {
            hooks.made(&owner, "https://hook.example.com/").await;
        }
        let call = Call::of(owner);
        assert_eq!(
            hooks.webhooks.create(&call, input("https://hook.example.com/")).await.unwrap_err().code(),
            "too_many_webhooks"
        );
        hooks.made(&editor(), "https://hook.example.com/").await;
    })
    .await;
}
