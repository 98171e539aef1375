//! How sessions begin, go on and end.
#![allow(clippy::unwrap_used)]

mod common;

use common::{ANOTHER, PASSWORD, invalid, node, refused, told};
use kernel::{Id, Kind};
use std::cell::Cell;
use testkit::{now, on_both};

#[tokio::test]
async fn the_right_password_begins_a_session() {
    on_both(|test| async move {
        let node = node(&test).await;
        let editor = node.editor("bien-tap").await;
        let session = node.session("bien-tap").await;
        assert_eq!(session.account, editor);
        assert_eq!(session.refresh_token.len(), 43);
        let kept = node.texts("refresh_tokens", "token_hash").await;
        assert!(!kept.is_empty() && !kept.contains(&session.refresh_token));
    })
    .await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_one_answer() {
    on_both(|test| async move {
        let node = node(&test).await;
        node.editor("bien-tap").await;
        for (name, password) in
            [("bien-tap", ANOTHER), ("bien-tap", ""), ("nobody", PASSWORD), ("Bien-Tap", PASSWORD), ("a\0b", PASSWORD)]
        {
            assert_eq!(told(node.accounts.login(name, password).await), refused("wrong_credentials"), "{name}");
        }
        assert_eq!(node.rows("refresh_tokens").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_is_exchanged_for_the_next() {
    on_both(|test| async move {
        let node = node(&test).await;
        let editor = node.editor("bien-tap").await;
        let first = node.session("bien-tap").await;
        let second = node.accounts.refresh(&first.refresh_token).await.unwrap();
        assert_eq!(second.account, editor);
        assert_ne!(second.refresh_token, first.refresh_token);
        assert!(node.accounts.refresh(&second.refresh_token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_token_used_twice_ends_its_session_and_no_other() {
    on_both(|test| async move {
        let node = node(&test).await;
        node.editor("bien-tap").await;
        let (stolen, other) = (node.session("bien-tap").await, node.session("bien-tap").await);
        let second = node.accounts.refresh(&stolen.refresh_token).await.unwrap();
        for token in [&stolen.refresh_token, &second.refresh_token] {
            assert_eq!(told(node.accounts.refresh(token).await), refused("invalid_refresh_token"));
        }
        assert!(node.accounts.refresh(&other.refresh_token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn of_two_refreshes_at_once_one_wins_and_the_session_ends() {
    on_both(|test| async move {
        let (one, other) = (node(&test).await, node(&test).await);
        one.editor("bien-tap").await;
        for _ in 0..10 {
            let token = one.session("bien-tap").await.refresh_token;
            let (first, second) = tokio::join!(one.accounts.refresh(&token), other.accounts.refresh(&token));
            let (winner, loser) = if first.is_ok() { (first, second) } else { (second, first) };
            assert_eq!(told(loser), refused("invalid_refresh_token"));
            let won = winner.unwrap().refresh_token;
            assert_eq!(told(one.accounts.refresh(&won).await), refused("invalid_refresh_token"));
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_reuse_beside_a_refresh_leaves_no_token_that_works() {
    on_both(|test| async move {
        let (owner, thief) = (node(&test).await, node(&test).await);
        owner.editor("bien-tap").await;
        for _ in 0..40 {
            let used = owner.session("bien-tap").await.refresh_token;
            let mut latest = owner.accounts.refresh(&used).await.unwrap().refresh_token;
            let (reuse, next) = tokio::join!(thief.accounts.refresh(&used), owner.accounts.refresh(&latest));
            assert_eq!(told(reuse), refused("invalid_refresh_token"));
            if let Ok(session) = next {
                latest = session.refresh_token;
            }
            assert_eq!(told(owner.accounts.refresh(&latest).await), refused("invalid_refresh_token"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_refresh_token_works_for_thirty_days_and_is_then_forgotten() {
    on_both(|test| async move {
        let node = node(&test).await;
        node.editor("bien-tap").await;
        let (early, late) = (node.session("bien-tap").await, node.session("bien-tap").await);
        node.pass_days(29);
        let renewed = node.accounts.refresh(&early.refresh_token).await.unwrap();
        node.pass_days(1);
        assert_eq!(told(node.accounts.refresh(&late.refresh_token).await), refused("invalid_refresh_token"));
        assert_eq!(node.rows("refresh_tokens").await, 3);
        node.session("bien-tap").await;
        assert_eq!(node.rows("refresh_tokens").await, 2);
        assert!(node.accounts.refresh(&renewed.refresh_token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn logging_out_ends_the_session_and_may_be_said_twice() {
    on_both(|test| async move {
        let node = node(&test).await;
        node.editor("bien-tap").await;
        let (ended, other) = (node.session("bien-tap").await, node.session("bien-tap").await);
        for token in [&ended.refresh_token, &ended.refresh_token, "never issued", "\0", ""] {
            node.accounts.logout(token).await.unwrap();
        }
        assert_eq!(told(node.accounts.refresh(&ended.refresh_token).await), refused("invalid_refresh_token"));
        assert_eq!(told(node.accounts.refresh("never issued").await), refused("invalid_refresh_token"));
        assert!(node.accounts.refresh(&other.refresh_token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn a_changed_password_ends_every_session_of_its_account() {
    on_both(|test| async move {
        let node = node(&test).await;
        let first = node.accounts.ensure_first_admin(None).await.unwrap().unwrap();
        let initial = first.password.unwrap();
        node.editor("bien-tap").await;
        let (session, other) = (node.accounts.login("admin", &initial).await.unwrap(), node.session("bien-tap").await);

        node.accounts.change_password(session.account.id, &initial, ANOTHER).await.unwrap();
        assert_eq!(told(node.accounts.refresh(&session.refresh_token).await), refused("invalid_refresh_token"));
        assert_eq!(told(node.accounts.login("admin", &initial).await), refused("wrong_credentials"));
        assert!(!node.accounts.login("admin", ANOTHER).await.unwrap().account.must_change_password);
        assert!(node.accounts.refresh(&other.refresh_token).await.is_ok());
        assert_eq!(node.events().await.last(), Some(&("updated".to_owned(), 2)));
    })
    .await;
}

#[tokio::test]
async fn a_password_is_changed_only_by_who_knows_it_and_to_a_good_one() {
    on_both(|test| async move {
        let node = node(&test).await;
        let id = node.editor("bien-tap").await.id;
        let session = node.session("bien-tap").await;
        for (current, new, fault) in [
            (PASSWORD, "ngắn", ("/new_password", "too_short")),
            (PASSWORD, "chữ bien-tap ở trong", ("/new_password", "contains_username")),
            (PASSWORD, PASSWORD, ("/new_password", "unchanged")),
        ] {
            assert_eq!(told(node.accounts.change_password(id, current, new).await), invalid(&[fault]));
        }
        let wrong = node.accounts.change_password(id, "wrong", ANOTHER).await;
        assert_eq!(told(wrong), (Kind::Forbidden, "wrong_password", Vec::new()));
        let nobody = node.accounts.change_password(Id::new(now()), PASSWORD, ANOTHER).await;
        assert_eq!(told(nobody), (Kind::NotFound, "not_found", Vec::new()));
        assert!(node.accounts.refresh(&session.refresh_token).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn no_session_slips_past_a_change_of_password() {
    on_both(|test| async move {
        let (one, other) = (node(&test).await, node(&test).await);
        let id = one.editor("bien-tap").await.id;
        let mut token = one.session("bien-tap").await.refresh_token;
        let changed = Cell::new(false);
        let (change, login, ()) = tokio::join!(
            async {
                let change = one.accounts.change_password(id, PASSWORD, ANOTHER).await;
                changed.set(true);
                change
            },
            other.accounts.login("bien-tap", PASSWORD),
            async {
                // Refreshes again and again, so that one refresh meets the change.
                while !changed.get() {
                    match other.accounts.refresh(&token).await {
                        Ok(next) => token = next.refresh_token,
                        Err(_) => break,
                    }
                }
            }
        );
        change.unwrap();
        let left = [Some(token), login.ok().map(|session| session.refresh_token)];
        for token in left.iter().flatten() {
            assert_eq!(told(one.accounts.refresh(token).await), refused("invalid_refresh_token"));
        }
    })
    .await;
}
