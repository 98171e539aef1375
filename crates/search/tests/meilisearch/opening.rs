use crate::server::{document, found, prefix, server};
use search::{Change, Error, Meilisearch, SearchIndex, Settings};
use serde_json::json;

#[tokio::test]
async fn a_new_index_is_to_be_filled_until_it_was_written_to() {
    let Some(server) = server() else { return };
    let prefix = prefix();
    assert!(server.open(&prefix).await.rebuilt);
    let opened = server.open(&prefix).await;
    assert!(opened.rebuilt, "nothing was written yet");
    opened.index.apply(vec![]).await.unwrap();
    assert!(server.open(&prefix).await.rebuilt);
    opened.index.apply(vec![Change::Delete(crate::server::id(1))]).await.unwrap();
    assert!(!server.open(&prefix).await.rebuilt);
    server.remove(&prefix).await;
}

#[tokio::test]
async fn settings_that_somebody_changed_are_put_right() {
    let Some(server) = server() else { return };
    let prefix = prefix();
    let index = server.open(&prefix).await.index;
    index.apply(vec![Change::Upsert(document(1, "Giá đất", &["một"]))]).await.unwrap();
    let path = format!("/indexes/{prefix}_records/settings");
    let (_, right) = server.ask(reqwest::Method::GET, &path, None).await;
    let wrong = json!({
        "filterableAttributes": ["id"], "rankingRules": ["words"], "stopWords": ["gia"], "searchableAttributes": ["title"],
        "synonyms": { "gia": ["dat"] }, "prefixSearch": "disabled", "pagination": { "maxTotalHits": 1 },
    });
    server.does(reqwest::Method::PATCH, &path, Some(wrong)).await;
    let opened = server.open(&prefix).await;
    assert!(!opened.rebuilt, "nothing of what it holds is missing");
    assert_eq!(server.ask(reqwest::Method::GET, &path, None).await.1, right);
    assert_eq!(found(&opened.index, "giá").await, [1]);
    server.remove(&prefix).await;
}

#[tokio::test]
async fn an_index_filled_with_other_abbreviations_is_to_be_filled_anew_and_answers_meanwhile() {
    let Some(server) = server() else { return };
    let prefix = prefix();
    let index = server.open(&prefix).await.index;
    index.apply(vec![Change::Upsert(document(1, "Ủy ban nhân dân tỉnh", &[]))]).await.unwrap();
    let settings = || Settings::parse(r#"{"UBND": "ủy ban nhân dân"}"#).unwrap();
    let open = || Meilisearch::connect(&server.url, server.key.as_deref(), &prefix, settings());
    let opened = open().await.unwrap();
    assert!(opened.rebuilt);
    assert_eq!(found(&opened.index, "UBND tỉnh").await, [1]);
    opened.index.apply(vec![Change::Upsert(document(1, "Ủy ban nhân dân tỉnh", &[]))]).await.unwrap();
    assert!(!open().await.unwrap().rebuilt);
    server.remove(&prefix).await;
}

#[tokio::test]
async fn an_index_of_somebody_else_is_left_alone() {
    let Some(server) = server() else { return };
    let prefix = prefix();
    let uid = format!("{prefix}_records");
    server.does(reqwest::Method::POST, "/indexes", Some(json!({ "uid": uid, "primaryKey": "movie" }))).await;
    let error = Meilisearch::connect(&server.url, server.key.as_deref(), &prefix, Settings::default()).await.err().unwrap();
    assert!(matches!(error, Error::Failed(_)), "{error}");
    server.remove(&prefix).await;
}

#[tokio::test]
async fn two_processes_may_start_at_once() {
    let Some(server) = server() else { return };
    let prefix = prefix();
    let (one, other) = tokio::join!(server.open(&prefix), server.open(&prefix));
    one.index.apply(vec![Change::Upsert(document(1, "Giá đất", &[]))]).await.unwrap();
    assert_eq!(found(&other.index, "giá đất").await, [1]);
    server.remove(&prefix).await;
}
