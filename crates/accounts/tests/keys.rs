//! The keys that sign access tokens.
#![allow(clippy::unwrap_used)]

mod common;

use common::{node, node_with, told};
use kernel::Kind;
use testkit::on_both;

#[tokio::test]
async fn a_key_is_made_once_and_survives_a_restart() {
    on_both(|test| async move {
        let before = node(&test).await;
        assert_eq!(before.accounts.verifying_keys().await.unwrap(), []);
        let key = before.accounts.signing_key().await.unwrap();
        let public = before.accounts.verifying_keys().await.unwrap();
        before.db.close().await;

        let after = node(&test).await;
        let again = after.accounts.signing_key().await.unwrap();
        assert_eq!((&again.kid, &again.pkcs8_der), (&key.kid, &key.pkcs8_der));
        assert_eq!(after.accounts.verifying_keys().await.unwrap(), public);
        assert_eq!(public.iter().map(|key| &key.kid).collect::<Vec<_>>(), [&key.kid]);
    })
    .await;
}

#[tokio::test]
async fn another_secret_opens_no_key() {
    on_both(|test| async move {
        node(&test).await.accounts.signing_key().await.unwrap();
        let stranger = node_with(&test, "another master secret, just as long as it").await;
        assert_eq!(told(stranger.accounts.signing_key().await), (Kind::Internal, "internal", Vec::new()));
        assert_eq!(told(stranger.accounts.verifying_keys().await), (Kind::Internal, "internal", Vec::new()));
    })
    .await;
}

#[tokio::test]
async fn nodes_that_start_at_once_agree_on_one_key() {
    on_both(|test| async move {
        let (one, other) = (node(&test).await, node(&test).await);
        let (first, second) = tokio::join!(one.accounts.signing_key(), other.accounts.signing_key());
        assert_eq!(first.unwrap().kid, second.unwrap().kid);
        assert_eq!(one.rows("token_keys").await, 1);
    })
    .await;
}
