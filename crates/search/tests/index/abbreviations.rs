//! Abbreviations and what they stand for.

use crate::documents::document;
use crate::library::Library;

#[tokio::test]
async fn either_form_finds_both() {
    let documents = vec![
        document(1, "Thông báo của UBND tỉnh", ""),
        document(2, "Thông báo của Ủy ban nhân dân tỉnh", ""),
        document(3, "Nghị quyết của HĐND tỉnh", ""),
        document(4, "Nghị quyết của Hội đồng nhân dân tỉnh", ""),
        document(5, "Danh mục", "các TTHC được sửa đổi"),
        document(6, "Danh mục", "các thủ tục hành chính được sửa đổi"),
    ];
    for library in Library::each(documents).await {
        for (query, expected) in [
            ("UBND tỉnh", &[1, 2][..]),
            ("ubnd", &[1, 2]),
            ("thông báo Ủy ban nhân dân tỉnh", &[1, 2]),
            ("HĐND", &[3, 4]),
            ("hdnd tỉnh", &[3, 4]),
            ("hội đồng nhân dân", &[3, 4]),
            ("TTHC", &[5, 6]),
            ("danh mục thủ tục hành chính", &[5, 6]),
            ("danh mục TTHC", &[5, 6]),
        ] {
            let hits = library.search(query).await;
            let mut found = crate::library::numbers(&hits);
            found.truncate(expected.len());
            found.sort_unstable();
            assert_eq!(found, expected, "{library}: {query}");
            assert!(hits.total == expected.len() as u64 || hits.is_relaxed, "{library}: {query}: {} hits", hits.total);
        }
        for query in ["UBND tỉnh", "HĐND", "TTHC", "danh mục TTHC"] {
            assert!(!library.search(query).await.is_relaxed, "{library}: {query}: all words are there");
        }
        assert!(library.search("HĐND").await.hits.iter().all(|hit| hit.highlights["title"][0].contains("<mark>")), "{library}");
    }
}

#[tokio::test]
async fn a_form_that_occurs_nowhere_is_no_typing_error() {
    let documents = vec![document(1, "Họp Hội đồng nhân dân", ""), document(2, "Họp hđnb", ""), document(3, "Họp ubnd", "")];
    for library in Library::each(documents).await {
        let hits = library.search("HĐND").await;
        assert_eq!((crate::library::numbers(&hits), hits.is_relaxed), (vec![1], false), "{library}");
    }
}

#[tokio::test]
async fn two_in_one_query_are_written_either_way() {
    let texts = [
        "UBND trả lời HĐND",
        "Ủy ban nhân dân trả lời HĐND",
        "UBND trả lời Hội đồng nhân dân",
        "Ủy ban nhân dân trả lời Hội đồng nhân dân",
    ];
    let documents = (1..).zip(texts).map(|(n, text)| document(n, text, "")).collect();
    for library in Library::each(documents).await {
        for query in ["UBND HĐND", "ubnd hội đồng nhân dân", "ủy ban nhân dân trả lời hđnd"] {
            assert_eq!(library.found_set(query).await, [1, 2, 3, 4], "{library}: {query}");
        }
    }
}

#[tokio::test]
async fn a_part_of_a_number_and_a_phrase_stand_for_themselves() {
    let documents = vec![
        document(1, "Theo 43/2020/QĐ-UBND", ""),
        document(2, "Quyết định 43/2020 của Ủy ban nhân dân", ""),
        document(3, "UBND tỉnh", ""),
        document(4, "Ủy ban nhân dân tỉnh", ""),
    ];
    for library in Library::each(documents).await {
        assert_eq!(library.found("\"UBND tỉnh\"").await, [3], "{library}");
        assert_eq!(library.found("\"ủy ban nhân dân tỉnh\"").await, [4], "{library}");
        assert_eq!(library.found("43/2020/QĐ-UBND").await.first(), Some(&1), "{library}");
    }
}
