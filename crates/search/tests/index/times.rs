//! What is found on which day.

use crate::documents::{asked, between, day, document, everything, facets, passage};
use crate::library::Library;
use search::{At, Query, SearchDocument, Times};

fn on(text: &str, on: &str) -> Query {
    Query { at: At::Day(day(on)), ..asked(text) }
}

fn in_force(text: &str, on: &str) -> Query {
    Query { at: At::InForce(day(on)), ..asked(text) }
}

fn revised() -> Vec<SearchDocument> {
    let before = Times { in_force: false, ..between("2019-12-01", "2020-01-01", "văn bản nói chưa") };
    let times = vec![
        before,
        between("2020-01-01", "2022-07-01", "văn bản nói cũ"),
        between("2022-07-01", "2024-01-01", "văn bản nói mới"),
    ];
    vec![SearchDocument { times, ..document(1, "Quyết định", "") }, document(2, "Quyết định", "văn bản luôn có")]
}

#[tokio::test]
async fn the_text_of_the_day_is_found_and_no_other() {
    for library in Library::each(revised()).await {
        let found = async |query: &Query| library.set_found_by(query).await;
        for (text, first, last, before, after) in [
            ("chưa", "2019-12-01", "2019-12-31", "2019-11-30", "2020-01-01"),
            ("cũ", "2020-01-01", "2022-06-30", "2019-12-31", "2022-07-01"),
            ("mới", "2022-07-01", "2023-12-31", "2022-06-30", "2024-01-01"),
        ] {
            for (day, expected) in [(first, &[1][..]), (last, &[1]), (before, &[]), (after, &[])] {
                assert_eq!(found(&on(text, day)).await, expected, "{library}: {text} on {day}");
            }
        }
        for (day, expected) in [("2019-11-30", &[2][..]), ("2020-01-01", &[1, 2]), ("2023-12-31", &[1, 2]), ("2024-01-01", &[2])]
        {
            assert_eq!(found(&on("văn bản", day)).await, expected, "{library}: on {day}");
            assert_eq!(found(&on("quyết định", day)).await, expected, "{library}: on {day}");
            let all = Query { text: None, ..on("", day) };
            assert_eq!(found(&all).await, expected, "{library}: everything on {day}");
        }
    }
}

#[tokio::test]
async fn only_law_in_force_is_found_where_that_is_asked() {
    for library in Library::each(revised()).await {
        for (day, expected) in [("2019-12-15", &[2][..]), ("2020-01-01", &[1, 2]), ("2024-01-01", &[2])] {
            assert_eq!(library.set_found_by(&in_force("văn bản", day)).await, expected, "{library}: on {day}");
            let all = Query { text: None, ..in_force("", day) };
            assert_eq!(library.set_found_by(&all).await, expected, "{library}: everything on {day}");
        }
        assert_eq!(library.set_found_by(&on("văn bản", "2019-12-15")).await, [1, 2], "{library}");
    }
}

#[tokio::test]
async fn phrases_exclusions_and_facets_are_those_of_the_day() {
    let mut documents = revised();
    documents[0].times[1].facets = facets(&[("status", &["old"])]);
    documents[0].times[2].facets = facets(&[("status", &["new"])]);
    for library in Library::each(documents).await {
        assert_eq!(library.found_by(&on("\"nói cũ\"", "2021-01-01")).await, [1], "{library}");
        assert_eq!(library.found_by(&on("\"nói cũ\"", "2023-01-01")).await, Vec::<u32>::new(), "{library}");
        assert_eq!(library.set_found_by(&on("văn bản -cũ", "2021-01-01")).await, [2], "{library}");
        assert_eq!(library.set_found_by(&on("văn bản -cũ", "2023-01-01")).await, [1, 2], "{library}");
        for (day, status) in [("2021-01-01", "old"), ("2023-01-01", "new")] {
            let counted = Query { facets: vec![("status".to_owned(), 10)], ..on("văn bản", day) };
            assert_eq!(library.find(&counted).await.facets["status"], [(status.to_owned(), 1)], "{library}: {day}");
            let filtered = Query { filters: vec![crate::documents::any("status", &[status])], ..on("văn bản", day) };
            assert_eq!(library.found_by(&filtered).await, [1], "{library}: {day}");
            assert_eq!(
                library.find(&Query { at: At::Day(crate::documents::day("2025-01-01")), ..filtered }).await.total,
                0,
                "{library}"
            );
        }
    }
}

#[tokio::test]
async fn a_resource_with_times_that_overlap_is_counted_once() {
    let overlapping = |n| {
        let several = vec![passage(&("a", "", "chung một")), passage(&("b", "", "chung hai"))];
        let times = vec![
            between("2020-01-01", "", "chung"),
            between("2019-01-01", "2030-01-01", "chung"),
            Times { passages: several.into(), ..between("", "", "") },
        ];
        SearchDocument { times, ..document(n, "Quyết định", "") }
    };
    for library in Library::each((1..=12).map(overlapping).collect()).await {
        for query in [asked("chung"), asked("quyết định"), everything()] {
            let counted = Query { facets: vec![("type".to_owned(), 10)], ..query };
            let hits = library.find(&counted).await;
            assert_eq!((hits.total, hits.hits.len()), (12, 12), "{library}: {counted:?}");
            assert_eq!(hits.facets["type"], [("document".to_owned(), 12)], "{library}: {counted:?}");
        }
    }
}

#[tokio::test]
async fn a_resource_without_times_is_not_found() {
    let never = |times| SearchDocument { times, ..document(1, "Quyết định", "") };
    for times in [Vec::new(), vec![between("2026-01-01", "2026-01-01", "a")], vec![between("2027-01-01", "2020-01-01", "a")]] {
        for library in Library::each(vec![never(times), document(2, "Quyết định", "")]).await {
            assert_eq!(library.found("quyết định").await, [2], "{library}");
            assert_eq!(library.found_by(&everything()).await, [2], "{library}");
        }
    }
}
