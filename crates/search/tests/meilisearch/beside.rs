use crate::server::{document, found, prefix, server};
use search::{Change, Error, SearchIndex};

#[tokio::test]
async fn an_index_beside_takes_the_place_of_the_one_that_answers() {
    let Some(server) = server() else { return };
    let prefix = prefix();
    let index = server.open(&prefix).await.index;
    index.apply(vec![Change::Upsert(document(1, "Giá đất cũ", &[]))]).await.unwrap();
    let beside = index.beside("next").await.unwrap();
    beside.apply(vec![Change::Upsert(document(2, "Giá đất mới", &[]))]).await.unwrap();
    assert_eq!(found(&index, "giá đất").await, [1], "nothing of what is beside is found");
    let again = index.beside("next").await.unwrap();
    assert_eq!(found(again.as_ref(), "giá đất").await, [2], "it is still there");
    index.swap("next").await.unwrap();
    assert_eq!(found(&index, "giá đất").await, [2]);
    index.ready().await.unwrap();
    assert!(!server.open(&prefix).await.rebuilt);
    let (status, _) = server.ask(reqwest::Method::GET, &format!("/indexes/{prefix}_records_next"), None).await;
    assert_eq!(status, 404, "the one that answered before is gone");
    assert!(matches!(index.swap("next").await, Err(Error::Unknown(_))));
    assert_eq!(found(&index, "giá đất").await, [2]);
    server.remove(&prefix).await;
}

#[tokio::test]
async fn searches_are_answered_while_indexes_are_exchanged() {
    let Some(server) = server() else { return };
    let prefix = prefix();
    let index = server.open(&prefix).await.index;
    index.apply(vec![Change::Upsert(document(1, "Giá đất", &[]))]).await.unwrap();
    let beside = index.beside("next").await.unwrap();
    beside.apply(vec![Change::Upsert(document(1, "Giá đất", &[]))]).await.unwrap();
    let searching = async {
        for _ in 0..100 {
            assert_eq!(found(&index, "giá đất").await, [1]);
        }
    };
    let (swapped, ()) = tokio::join!(index.swap("next"), searching);
    swapped.unwrap();
    server.remove(&prefix).await;
}

#[tokio::test]
async fn names_that_reach_elsewhere_are_refused() {
    let Some(server) = server() else { return };
    let prefix = prefix();
    let index = server.open(&prefix).await.index;
    for name in ["", "../x", "a b", "đ", "a/../../keys"] {
        assert!(matches!(index.beside(name).await.err(), Some(Error::Failed(_))), "{name}");
        assert!(matches!(index.swap(name).await, Err(Error::Failed(_))), "{name}");
    }
    server.remove(&prefix).await;
}
