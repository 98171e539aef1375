//! The order of hits, and their pages.

use crate::documents::{asked, dated, document, everything, law};
use crate::library::{Library, ids, numbers};
use search::{Change, Query, SearchDocument, Sort};

fn documents() -> Vec<SearchDocument> {
    vec![
        document(1, "Bản tin", ""),
        dated(2, "Tin", "2023-12-31T23:00:00Z"),
        dated(3, "Bản tin", "2025-01-01"),
        dated(6, "Bản tin tin", "2024-05-01"),
        dated(5, "Bản tin", "2024-05-01"),
        document(4, "Bản tin", "tin"),
        dated(7, "Bản tin", "2023-12-31T08:00:00Z"),
        dated(8, "Khác", "2024-01-01"),
    ]
}

#[tokio::test]
async fn hits_are_sorted_by_date_and_then_by_id() {
    for library in Library::each(documents()).await {
        let newest = Query { sort: Sort::Newest, ..asked("tin") };
        assert_eq!(library.found_by(&newest).await, [3, 5, 6, 2, 7, 1, 4], "{library}");
        let oldest = Query { sort: Sort::Oldest, ..asked("tin") };
        assert_eq!(library.found_by(&oldest).await, [7, 2, 5, 6, 3, 1, 4], "{library}: those without a date last");
        for sort in [Sort::Newest, Sort::Relevance] {
            let all = Query { sort, ..everything() };
            assert_eq!(library.found_by(&all).await, [3, 5, 6, 8, 2, 7, 1, 4], "{library}: {sort:?}");
        }
        let oldest = Query { sort: Sort::Oldest, ..everything() };
        assert_eq!(library.found_by(&oldest).await, [7, 2, 8, 5, 6, 3, 1, 4], "{library}");
    }
}

#[tokio::test]
async fn pages_join_without_gap_or_repetition_in_every_order() {
    let made = |n: u32| {
        let text = ["tin", "bản tin", "tin tức của bản"][n as usize % 3];
        let passages = [("a", "Điều 1", text), ("b", "Điều 2", "tin"), ("c", "Điều 3", "khác")];
        let date = (!n.is_multiple_of(4)).then(|| format!("2024-01-{:02}", n % 7 + 1));
        SearchDocument { date, ..law(n, "Bản tin", &passages[..n as usize % 4]) }
    };
    for library in Library::each(Vec::new()).await {
        for part in (1..=90).collect::<Vec<u32>>().chunks(40) {
            library.apply(part.iter().map(|n| Change::Upsert(made(*n))).collect()).await;
        }
        library.apply((1..=30).map(|n| Change::Upsert(made(n))).collect()).await;
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            for query in [asked("bản tin"), asked("tin"), everything()] {
                let query = Query { sort, ..query };
                let whole = library.find(&query).await;
                assert_eq!((whole.total, whole.hits.len()), (90, 90), "{library}: {sort:?}");
                let mut paged = Vec::new();
                for offset in (0..100).step_by(11) {
                    let page = library.find(&Query { limit: 11, offset, ..query.clone() }).await;
                    assert_eq!(page.total, 90, "{library}: {sort:?}");
                    paged.extend(ids(&page));
                }
                assert_eq!(paged, ids(&whole), "{library}: {sort:?} {:?}", query.text);
                paged.sort_unstable();
                paged.dedup();
                assert_eq!(paged.len(), 90, "{library}: {sort:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_best_hits_come_with_falling_scores() {
    for library in Library::each(documents()).await {
        let hits = library.search("bản tin").await;
        assert!(hits.hits.iter().all(|hit| hit.score.is_finite()), "{library}");
        assert!(hits.hits.is_sorted_by(|a, b| a.score >= b.score), "{library}: {:?}", numbers(&hits));
    }
}
