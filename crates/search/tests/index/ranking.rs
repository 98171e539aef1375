//! What stands first.

use crate::documents::{asked, dated, document};
use crate::library::{Library, ids};
use kernel::Id;
use search::{Change, Query, SearchDocument};

#[tokio::test]
async fn a_phrase_stands_before_scattered_words() {
    let scattered = "thông báo của cổng trường về tin tức, cổng vào, tin vui, thông qua. ".repeat(40);
    let phrase = format!("{} cổng thông tin {}", "lời khác ".repeat(2000), "lời khác ".repeat(2000));
    let mut documents = vec![document(1, "Một", &scattered), document(2, "Hai", &phrase)];
    documents.extend((10..60).map(|n| document(n, "Ba", "không liên quan")));
    for library in Library::each(documents).await {
        assert_eq!(library.found("cổng thông tin").await, [2, 1], "{library}");
        assert_eq!(library.found("cong thong tin").await, [2, 1], "{library}");
    }
}

#[tokio::test]
async fn a_phrase_in_the_title_stands_before_one_in_the_body() {
    let body = "Cổng thông tin điện tử. ".repeat(50);
    let documents = vec![
        document(1, "Bản tin", &body),
        document(2, "Quy chế cổng thông tin", "lời khác"),
        document(3, "Tin về cổng thông qua", "lời khác"),
    ];
    for library in Library::each(documents).await {
        assert_eq!(library.found("cổng thông tin").await, [2, 1, 3], "{library}");
    }
}

#[tokio::test]
async fn the_tones_that_were_typed_move_texts_up() {
    for library in Library::each(vec![document(1, "công ty má", ""), document(2, "cổng ty mạ", "")]).await {
        assert_eq!(library.found("công").await, [1, 2], "{library}");
        assert_eq!(library.found("cổng").await, [2, 1], "{library}");
        assert_eq!(library.found("mạ").await, [2, 1], "{library}");
    }
}

#[tokio::test]
async fn of_equal_hits_the_newer_stands_first_and_then_the_lower_id() {
    let documents = vec![
        document(1, "Bản tin", ""),
        dated(5, "Bản tin", "2024-05-01"),
        dated(2, "Bản tin", "2023-12-31T23:00:00Z"),
        dated(4, "Bản tin", "2024-05-01"),
        dated(3, "Bản tin", "2025-01-01"),
    ];
    for library in Library::each(documents).await {
        assert_eq!(library.found("bản tin").await, [3, 4, 5, 2, 1], "{library}");
    }
}

#[tokio::test]
async fn pages_of_equal_hits_join_without_gap_or_repetition() {
    let id = |n: u128| Id::parse(&format!("{:08x}-0000-7000-8000-{:012x}", n % 3, n)).unwrap();
    for library in Library::each(Vec::new()).await {
        // In several segments, and in another order than that of the ids.
        let mut all: Vec<Id> = (0..120).map(|n| id(n * 37 % 120)).collect();
        for part in all.chunks(50) {
            let made = part.iter().map(|id| Change::Upsert(SearchDocument { id: *id, ..document(0, "Bản tin", "") }));
            library.apply(made.collect()).await;
        }
        all.sort_unstable();
        let mut paged = Vec::new();
        for offset in (0..120).step_by(7) {
            let page = Query { limit: 7, offset, ..asked("bản tin") };
            paged.extend(ids(&library.find(&page).await));
        }
        assert_eq!(paged, all, "{library}");
    }
}
