//! Words with typing errors.

use crate::documents::{document, numbered};
use crate::library::Library;
use search::SearchDocument;

fn documents() -> Vec<SearchDocument> {
    let mut all = vec![
        document(1, "Cổng thông tin điện tử", "nghiêm chỉnh chấp hành"),
        numbered(2, "1234/2020/QĐ-UBND", "Lệ phí"),
        document(3, "Giá đất", "năm 2024 telecommunication"),
    ];
    all.extend((10..20).map(|n| document(n, "Bản ghi", "lời khác")));
    all
}

#[tokio::test]
async fn a_word_that_occurs_nowhere_finds_what_is_almost_so() {
    for library in Library::each(documents()).await {
        for (query, expected) in [
            ("thoong tin", 1),
            ("thong tni dien tu thoong", 1),
            ("cổng thonng tin", 1),
            ("nghiem chinhh", 1),
            ("nghêim chỉnh", 1),
            ("telecomunicatoin", 3),
        ] {
            let hits = library.search(query).await;
            assert_eq!(crate::library::numbers(&hits).first(), Some(&expected), "{library}: {query}");
        }
        let hit = &library.search("thoong tin").await.hits[0];
        assert_eq!(hit.highlights["title"], ["Cổng <mark>thông</mark> <mark>tin</mark> điện tử"], "{library}");
        assert!(!library.search("thoong tin").await.is_relaxed, "{library}");
    }
}

#[tokio::test]
async fn what_occurs_is_meant_as_it_is() {
    let documents = vec![document(1, "Thông", ""), document(2, "Thống", ""), document(3, "Thoong", "")];
    for library in Library::each(documents).await {
        assert_eq!(library.found("thoong").await, [3], "{library}");
        assert_eq!(library.found_set("thông").await, [1, 2], "{library}");
    }
}

#[tokio::test]
async fn short_words_have_no_errors_and_long_ones_few() {
    for library in Library::each(documents()).await {
        for query in ["gai", "lêx", "tni", "tin tni", "thooong", "thxxng", "nghixxm", "telecxmmxnicxtion", "phí xxx"] {
            let hits = library.search(query).await;
            assert!(hits.total == 0 || hits.is_relaxed, "{library}: {query}: {:?}", crate::library::numbers(&hits));
        }
        for query in ["gai", "tni", "thooong", "thxxng", "telecxmmxnicxtion"] {
            assert_eq!(library.found(query).await, Vec::<u32>::new(), "{library}: {query}");
        }
    }
}

#[tokio::test]
async fn numbers_are_meant_as_they_are() {
    for library in Library::each(documents()).await {
        for query in ["2025", "1235", "12345", "1243/2020", "1235/2020/QĐ-UBND", "2o24", "20244"] {
            let hits = library.search(query).await;
            assert!(hits.total == 0 || hits.is_relaxed, "{library}: {query}: {:?}", crate::library::numbers(&hits));
        }
        for query in ["2025", "1235", "12345", "20244"] {
            assert_eq!(library.found(query).await, Vec::<u32>::new(), "{library}: {query}");
        }
    }
}
