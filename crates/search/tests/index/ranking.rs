//! What stands first.

use crate::library::{Library, document};
use kernel::Id;
use search::{Change, Query, SearchDocument, SearchIndex};

#[tokio::test]
async fn a_phrase_stands_before_scattered_words() {
    let scattered = "thông báo của cổng trường về tin tức, cổng vào, tin vui, thông qua. ".repeat(40);
    let phrase = format!("{} cổng thông tin {}", "lời khác ".repeat(2000), "lời khác ".repeat(2000));
    let mut documents = vec![document(1, "Một", &scattered), document(2, "Hai", &phrase)];
    documents.extend((10..60).map(|n| document(n, "Ba", "không liên quan")));
    let library = Library::of(documents).await;
    assert_eq!(library.found("cổng thông tin").await, [2, 1]);
    assert_eq!(library.found("cong thong tin").await, [2, 1]);
}

#[tokio::test]
async fn a_phrase_in_the_title_stands_before_one_in_the_body() {
    let body = "Cổng thông tin điện tử. ".repeat(50);
    let library = Library::of(vec![
        document(1, "Bản tin", &body),
        document(2, "Quy chế cổng thông tin", "lời khác"),
        document(3, "Tin về cổng thông qua", "lời khác"),
    ])
    .await;
    assert_eq!(library.found("cổng thông tin").await, [2, 1, 3]);
}

#[tokio::test]
async fn the_tones_that_were_typed_move_texts_up() {
    let library = Library::of(vec![document(1, "công ty má", ""), document(2, "cổng ty mạ", "")]).await;
    assert_eq!(library.found("công").await, [1, 2]);
    assert_eq!(library.found("cổng").await, [2, 1]);
    assert_eq!(library.found("mạ").await, [2, 1]);
}

#[tokio::test]
async fn of_equal_hits_the_newer_stands_first_and_then_the_lower_id() {
    let dated = |n, date: Option<&str>| SearchDocument { date: date.map(str::to_owned), ..document(n, "Bản tin", "") };
    let library = Library::of(vec![
        dated(1, None),
        dated(5, Some("2024-05-01")),
        dated(2, Some("2023-12-31T23:00:00Z")),
        dated(4, Some("2024-05-01")),
        dated(3, Some("2025-01-01")),
    ])
    .await;
    assert_eq!(library.found("bản tin").await, [3, 4, 5, 2, 1]);
}

#[tokio::test]
async fn pages_of_equal_hits_join_without_gap_or_repetition() {
    // In several segments, and in another order than that of the ids.
    let library = Library::of(Vec::new()).await;
    let id = |n: u128| Id::parse(&format!("{:08x}-0000-7000-8000-{:012x}", n % 3, n)).unwrap();
    let mut ids: Vec<Id> = (0..120).map(|n| id(n * 37 % 120)).collect();
    for part in ids.chunks(50) {
        let made = part.iter().map(|id| Change::Upsert(SearchDocument { id: *id, ..document(0, "Bản tin", "") }));
        library.index.apply(made.collect()).await.unwrap();
    }
    ids.sort_unstable();
    let mut paged = Vec::new();
    for offset in (0..120).step_by(7) {
        let page = Query { text: "bản tin".to_owned(), limit: 7, offset, ..Query::default() };
        paged.extend(library.index.search(&page).await.unwrap().hits.into_iter().map(|hit| hit.id));
    }
    assert_eq!(paged, ids);
}
