//! Queries of which few or no resources have all words.

use crate::documents::{any, asked, document, id, law, numbered};
use crate::library::{Library, numbers};
use search::{Query, SearchDocument};

fn documents() -> Vec<SearchDocument> {
    let mut all = vec![
        document(1, "Hồ sơ", "giấy phép xây dựng cho ngôi nhà ở nông thôn, lời khác, cấp đổi lại"),
        document(2, "Cấp giấy phép xây dựng nhà ở", "nông thôn"),
        document(3, "Giấy phép xây dựng", "nông thôn cấp"),
        law(4, "Luật", &[("a", "Điều 1", "giấy phép"), ("b", "Điều 2", "xây dựng nông thôn")]),
    ];
    all.extend((10..60).map(|n| document(n, "Bản tin", "lời khác của nhà ở")));
    all
}

#[tokio::test]
async fn beside_few_that_have_all_words_those_are_found_that_have_most() {
    for library in Library::each(documents()).await {
        for query in ["cấp lại giấy phép xây dựng nông thôn", "nông thôn xây dựng phép giấy lại cấp"] {
            let hits = library.search(query).await;
            let found = numbers(&hits);
            assert!(found.contains(&1), "{library}: {query}: {found:?}");
            assert!(hits.is_relaxed && found.contains(&2) && found.contains(&3), "{library}: {query}: {found:?}");
            assert_eq!(hits.total, found.len() as u64, "{library}: {query}");
            assert!(!found.iter().any(|n| *n >= 10), "{library}: {query}: {found:?}");
        }
    }
}

#[tokio::test]
async fn where_none_has_all_words_those_with_most_are_found() {
    for library in Library::each(documents()).await {
        let hits = library.search("giấy phép xây dựng tiểuhành").await;
        assert!(hits.is_relaxed && hits.total > 0, "{library}");
        assert!(hits.hits.iter().all(|hit| hit.id <= id(4)), "{library}: {:?}", numbers(&hits));
    }
}

#[tokio::test]
async fn few_words_are_all_required() {
    for library in Library::each(documents()).await {
        for (query, expected) in [("hồ sơ", &[1][..]), ("cấp nông", &[1, 2, 3]), ("hồ nông thôn", &[1])] {
            let hits = library.find(&asked(query)).await;
            let mut found = numbers(&hits);
            found.sort_unstable();
            assert_eq!((found.as_slice(), hits.is_relaxed), (expected, false), "{library}: {query}");
        }
        let nothing = library.search("tiểuhành").await;
        assert_eq!((nothing.total, nothing.is_relaxed), (0, false), "{library}: one word is not left out");
        let nothing = library.search("tiểuhành tinhcầu").await;
        assert_eq!((nothing.total, nothing.is_relaxed), (0, false), "{library}: nor are all");
    }
}

#[tokio::test]
async fn what_has_the_number_or_the_words_as_they_stand_is_enough() {
    let mut documents = documents();
    documents.push(numbered(5, "12/2024/QĐ-UBND", "Giá đất"));
    for library in Library::each(documents).await {
        let hits = library.search("quyết định 12/2024/QĐ-UBND").await;
        assert_eq!((numbers(&hits), hits.is_relaxed), (vec![5], false), "{library}");
        let hits = library.search("xây dựng cho ngôi nhà ở").await;
        assert_eq!((numbers(&hits), hits.is_relaxed), (vec![1], false), "{library}");
    }
}

#[tokio::test]
async fn phrases_filters_and_exclusions_are_never_left_out() {
    let mut documents = documents();
    documents[2].facets = crate::documents::facets(&[("field", &["x"])]);
    for library in Library::each(documents).await {
        let query = "cấp lại giấy phép xây dựng nông thôn";
        let filtered = Query { filters: vec![any("field", &["x"])], ..asked(query) };
        assert_eq!(library.found_by(&filtered).await, [3], "{library}");
        let found = library.found(&format!("{query} -hồ")).await;
        assert!(found.contains(&2) && !found.contains(&1), "{library}: {found:?}");
        let found = library.found_set("\"phép xây dựng nhà ở\" cấp lại nông thôn").await;
        assert_eq!(found, [2], "{library}");
        let without = Query { without: vec![id(1), id(2)], ..asked(query) };
        let found = library.found_by(&without).await;
        assert!(found.contains(&3) && !found.contains(&1) && !found.contains(&2), "{library}: {found:?}");
    }
}

#[tokio::test]
async fn many_that_have_all_words_are_enough() {
    for library in Library::each(documents()).await {
        let hits = library.search("khác lời ở nhà").await;
        assert_eq!((hits.total, hits.is_relaxed), (51, false), "{library}");
    }
}

#[tokio::test]
async fn words_that_stand_together_outweigh_one_more_that_stands_far_away() {
    let scattered =
        format!("kế {} hoạch {} trồng {} rừng {} xã", "a ".repeat(300), "b ".repeat(300), "c ".repeat(300), "d ".repeat(300));
    let documents = vec![
        document(1, "Tin", &scattered),
        document(2, "Kế hoạch trồng rừng", &"Kế hoạch trồng rừng. ".repeat(10)),
        document(3, "Kế hoạch trồng rừng ở xã", "xã"),
    ];
    for library in Library::each(documents).await {
        let found = library.found("kế hoạch trồng rừng xã").await;
        assert_eq!(found.first(), Some(&3), "{library}: {found:?}");
        assert!(found.contains(&1), "{library}: {found:?}");
    }
}
