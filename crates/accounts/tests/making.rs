//! How accounts come to be.
#![allow(clippy::unwrap_used)]

mod common;

use accounts::NewAccount;
use common::{PASSWORD, invalid, node, refused, told};
use kernel::{Actor, Call, Claim, Id, Kind, Role};
use store::idempotency::{self, Reservation};
use testkit::{now, on_both};

fn given(username: &str, password: &str) -> Option<(String, String)> {
    Some((username.to_owned(), password.to_owned()))
}

fn new(username: &str, password: Option<&str>) -> NewAccount {
    NewAccount { username: username.into(), role: Role::Editor, password: password.map(str::to_owned) }
}

#[tokio::test]
async fn a_new_installation_gets_an_administrator_with_a_password_to_be_changed() {
    on_both(|test| async move {
        let node = node(&test).await;
        let first = node.accounts.ensure_first_admin(None).await.unwrap().unwrap();
        let password = first.password.unwrap();
        assert!(first.username == "admin" && password.len() >= 20);
        let session = node.accounts.login("admin", &password).await.unwrap();
        assert!(session.account.must_change_password && session.account.role == Role::Admin);
        assert_eq!(node.events().await, [("created".to_owned(), 1)]);
        assert!(node.accounts.ensure_first_admin(given("other", PASSWORD)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn an_administrator_named_by_the_operator_keeps_the_password() {
    on_both(|test| async move {
        let node = node(&test).await;
        let first = node.accounts.ensure_first_admin(given("quan-tri", PASSWORD)).await.unwrap().unwrap();
        assert_eq!((first.username.as_str(), first.password), ("quan-tri", None));
        assert!(!node.session("quan-tri").await.account.must_change_password);
    })
    .await;
}

#[tokio::test]
async fn two_nodes_that_start_at_once_make_one_administrator() {
    on_both(|test| async move {
        let (one, other) = (node(&test).await, node(&test).await);
        // Even where the operator gave the nodes different names.
        let (one_made, other_made) =
            tokio::join!(one.accounts.ensure_first_admin(None), other.accounts.ensure_first_admin(given("other", PASSWORD)));
        let made = [one_made.unwrap(), other_made.unwrap()];
        assert_eq!(made.iter().flatten().count(), 1);
        assert_eq!(one.rows("accounts").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_password_that_is_made_is_shown_once_and_must_be_changed() {
    on_both(|test| async move {
        let node = node(&test).await;
        let made = node.accounts.create(&Call::operator(), new("nguyen.van_a", None)).await.unwrap();
        let password = made.password.unwrap();
        assert!(made.account.must_change_password);
        assert!(node.accounts.login("nguyen.van_a", &password).await.is_ok());
        assert_eq!(node.accounts.find(made.account.id).await.unwrap(), Some(made.account));
        assert!(!node.texts("accounts", "password_hash").await.contains(&password));
        assert_eq!(node.accounts.find(Id::new(now())).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_user_name_is_given_once() {
    on_both(|test| async move {
        let node = node(&test).await;
        node.editor("so-noi-vu").await;
        let again = node.accounts.create(&Call::operator(), new("so-noi-vu", None)).await;
        assert_eq!(told(again), (Kind::Conflict, "username_taken", Vec::new()));
        assert_eq!(node.events().await, [("created".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn every_broken_rule_is_named_at_its_field() {
    on_both(|test| async move {
        let accounts = node(&test).await.accounts;
        let create = |username: &'static str, password| {
            let accounts = accounts.clone();
            async move { told(accounts.create(&Call::operator(), new(username, Some(password))).await) }
        };
        assert_eq!(create("Tường", "ngắn").await, invalid(&[("/username", "invalid_username"), ("/password", "too_short")]));
        assert_eq!(create("", PASSWORD).await, invalid(&[("/username", "invalid_username")]));
        assert_eq!(create("tuong", "TUONG-tuong-TUONG").await, invalid(&[("/password", "contains_username")]));
        let admin = accounts.ensure_first_admin(given("admin", "ngắn")).await;
        assert_eq!(told(admin), invalid(&[("/password", "too_short")]));
    })
    .await;
}

#[tokio::test]
async fn accounts_are_made_by_those_in_charge_only() {
    on_both(|test| async move {
        let node = node(&test).await;
        let editor = node.editor("bien-tap").await;
        let by_editor = node.accounts.create(&Call::of(editor.actor()), new("khac", None)).await;
        assert_eq!(told(by_editor), (Kind::Forbidden, "forbidden", Vec::new()));
        let by_nobody = node.accounts.create(&Call::of(Actor::Anonymous), new("khac", None)).await;
        assert_eq!(told(by_nobody), refused("unauthenticated"));
        let admin = Actor::Person { account: editor.id, role: Role::Admin };
        assert!(node.accounts.create(&Call::of(admin), new("khac", None)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_repetition_never_finds_the_password() {
    on_both(|test| async move {
        let node = node(&test).await;
        let reserved = idempotency::reserve(&node.db, "key".into(), "body", now()).await.unwrap();
        let Reservation::Fresh(Claim { key, holder }) = reserved else { panic!("a fresh claim") };
        let call = Call { claim: Some(Claim { key, holder }), ..Call::operator() };
        let made = node.accounts.create(&call, new("khac", None)).await.unwrap();
        let again = idempotency::reserve(&node.db, "key".into(), "body", now()).await.unwrap();
        let Reservation::Done(result) = again else { panic!("a result") };
        assert_eq!(result, made.account.id.to_string());
    })
    .await;
}

#[tokio::test]
async fn nothing_that_carries_a_secret_prints_it() {
    on_both(|test| async move {
        let node = node(&test).await;
        let first = node.accounts.ensure_first_admin(None).await.unwrap().unwrap();
        let made = node.accounts.create(&Call::operator(), new("khac", None)).await.unwrap();
        let given = new("nua", Some(PASSWORD));
        let session = node.accounts.login("khac", made.password.as_deref().unwrap()).await.unwrap();
        let key = node.accounts.signing_key().await.unwrap();
        let printed = format!("{first:?} {made:?} {given:?} {session:?} {key:?}");
        for secret in [&first.password.unwrap(), &made.password.unwrap(), PASSWORD, &session.refresh_token] {
            assert!(!printed.contains(secret));
        }
        assert!(!printed.contains("pkcs8"));
    })
    .await;
}
