use crate::server::{document, found, prefix, server, today};
use search::{Change, Error, Meilisearch, Query, SearchIndex, Settings};
use serde_json::json;

/// As the documentation of [`Meilisearch`] lists them.
const RIGHTS: [&str; 11] = [
    "search",
    "documents.add",
    "documents.get",
    "documents.delete",
    "indexes.create",
    "indexes.get",
    "indexes.delete",
    "indexes.swap",
    "settings.get",
    "settings.update",
    "tasks.get",
];

#[tokio::test]
async fn a_wrong_key_is_told_without_the_key() {
    let Some(server) = server().filter(|server| server.key.is_some()) else { return };
    for key in [Some("a-wrong-secret"), None] {
        let error = Meilisearch::connect(&server.url, key, &prefix(), Settings::default()).await.err().unwrap();
        assert!(matches!(error, Error::Away(_)), "{error}");
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn a_key_with_the_least_rights_is_enough_for_everything() {
    let Some(server) = server().filter(|server| server.key.is_some()) else { return };
    let prefix = prefix();
    let names = json!([format!("{prefix}_records*")]);
    let body = json!({ "actions": RIGHTS, "indexes": names, "expiresAt": null });
    let (_, made) = server.ask(reqwest::Method::POST, "/keys", Some(body)).await;
    let key = made["key"].as_str().unwrap_or_else(|| panic!("{made}")).to_owned();
    let open = || Meilisearch::connect(&server.url, Some(&key), &prefix, Settings::default());
    let index = open().await.unwrap().index;
    index.apply(vec![Change::Upsert(document(1, "Giá đất", &["ở đô thị"])), Change::Delete(crate::server::id(2))]).await.unwrap();
    assert_eq!(found(&index, "giá đất").await, [1]);
    let query = Query::of("giá đ", today());
    assert_eq!(index.suggest(&query).await.unwrap().len(), 1);
    index.similar(&query).await.unwrap();
    index.ready().await.unwrap();
    let beside = index.beside("new").await.unwrap();
    beside.apply(vec![Change::Upsert(document(2, "Giá đất", &[]))]).await.unwrap();
    index.swap("new").await.unwrap();
    assert_eq!(found(&index, "giá đất").await, [2]);
    assert!(!open().await.unwrap().rebuilt);
    let other = Meilisearch::connect(&server.url, Some(&key), "somebody-else", Settings::default()).await;
    assert!(matches!(other.err(), Some(Error::Away(_))), "the key is for these indexes only");
    server.remove(&prefix).await;
    let (status, _) = server.ask(reqwest::Method::DELETE, &format!("/keys/{key}"), None).await;
    assert_eq!(status, 204);
}
