//! How often values occur among what is found.

use crate::documents::{any, asked, document, everything, facets, law, none, sorted_under};
use crate::library::Library;
use search::{Change, Query, SearchDocument};

fn documents() -> Vec<SearchDocument> {
    (1..=12)
        .map(|n| {
            let issuer = if n <= 6 { "ubnd" } else { "hdnd" };
            let fields: &[&str] = match n {
                1 => &["đất", "thuế", "nước"],
                2..=4 => &["thuế", "đất"],
                5 => &["nước"],
                _ => &[],
            };
            sorted_under(n, if n == 12 { "Khác" } else { "Bản tin" }, &[("issuer", &[issuer]), ("field", fields)])
        })
        .collect()
}

fn counted(query: Query, facets: &[(&str, usize)]) -> Query {
    Query { facets: facets.iter().map(|(name, most)| ((*name).to_owned(), *most)).collect(), ..query }
}

fn told(counts: &[(String, u64)]) -> Vec<(&str, u64)> {
    counts.iter().map(|(value, count)| (value.as_str(), *count)).collect()
}

#[tokio::test]
async fn all_hits_are_counted_and_not_the_page() {
    for library in Library::each(documents()).await {
        for (limit, offset) in [(500, 0), (1, 0), (0, 0), (3, 9), (5, 100)] {
            let query = Query { limit, offset, ..counted(asked("bản tin"), &[("issuer", 10), ("field", 10), ("type", 10)]) };
            let facets = library.find(&query).await.facets;
            assert_eq!(told(&facets["issuer"]), [("ubnd", 6), ("hdnd", 5)], "{library}");
            assert_eq!(told(&facets["field"]), [("thuế", 4), ("đất", 4), ("nước", 2)], "{library}");
            assert_eq!(told(&facets["type"]), [("document", 11)], "{library}");
        }
        let all = library.find(&counted(everything(), &[("issuer", 10)])).await.facets;
        assert_eq!(told(&all["issuer"]), [("hdnd", 6), ("ubnd", 6)], "{library}: equals are sorted by value");
    }
}

#[tokio::test]
async fn the_most_frequent_values_are_counted_up_to_a_limit() {
    for library in Library::each(documents()).await {
        let limited = async |most: usize| {
            let facets = library.find(&counted(asked("bản tin"), &[("field", most)])).await.facets;
            facets["field"].iter().map(|(value, _)| value.clone()).collect::<Vec<_>>()
        };
        assert_eq!(limited(1).await, ["thuế"], "{library}");
        assert_eq!(limited(2).await, ["thuế", "đất"], "{library}");
        assert_eq!(limited(0).await, Vec::<String>::new(), "{library}");
        assert_eq!(limited(1_000_000).await.len(), 3, "{library}");
    }
}

#[tokio::test]
async fn facets_of_nothing_are_empty_lists() {
    for library in Library::each(documents()).await {
        let wanted = [("issuer", 10), ("unknown", 10), ("", 3), ("a.b\\c\"", 3), ("type", 10)];
        for text in ["không có gì", "", "🙂"] {
            let facets = library.find(&counted(asked(text), &wanted)).await.facets;
            assert_eq!(facets.len(), wanted.len(), "{library}: {text:?}");
            assert!(facets.values().all(Vec::is_empty), "{library}: {text:?}: {facets:?}");
        }
        let facets = library.find(&counted(asked("bản tin"), &wanted)).await.facets;
        assert_eq!(facets.len(), wanted.len(), "{library}");
        assert!(facets["unknown"].is_empty() && facets[""].is_empty(), "{library}: {facets:?}");
        assert!(library.find(&asked("bản tin")).await.facets.is_empty(), "{library}");
    }
}

#[tokio::test]
async fn filters_are_heeded() {
    for library in Library::each(documents()).await {
        let query = counted(Query { filters: vec![any("field", &["đất"])], ..everything() }, &[("field", 10)]);
        assert_eq!(told(&library.find(&query).await.facets["field"]), [("thuế", 4), ("đất", 4), ("nước", 1)], "{library}");
        let query = counted(Query { filters: vec![none("issuer", &["ubnd"])], ..everything() }, &[("issuer", 10)]);
        assert_eq!(told(&library.find(&query).await.facets["issuer"]), [("hdnd", 6)], "{library}");
    }
}

#[tokio::test]
async fn a_resource_counts_once_for_each_value() {
    let passages = [("a", "", "chung một"), ("b", "", "chung hai"), ("c", "", "chung ba")];
    let mut twice = law(1, "Luật", &passages);
    twice.facets = facets(&[("field", &["đất", "đất", "thuế"])]);
    twice.times[0].facets = facets(&[("field", &["thuế", "nước"])]);
    for library in Library::each(vec![twice, document(2, "Khác", "chung")]).await {
        for query in [asked("chung"), everything()] {
            let facets = library.find(&counted(query, &[("field", 10), ("type", 10)])).await.facets;
            assert_eq!(told(&facets["field"]), [("nước", 1), ("thuế", 1), ("đất", 1)], "{library}");
            assert_eq!(told(&facets["type"]), [("document", 2)], "{library}");
        }
    }
}

#[tokio::test]
async fn values_of_several_writings_are_counted_together() {
    for library in Library::each(documents()).await {
        for n in 1..=6 {
            library.apply(vec![Change::Upsert(sorted_under(n, "Bản tin", &[("issuer", &["hdnd"])]))]).await;
        }
        library.apply(vec![Change::Delete(crate::documents::id(12))]).await;
        let facets = library.find(&counted(everything(), &[("issuer", 10), ("field", 10)])).await.facets;
        assert_eq!(told(&facets["issuer"]), [("hdnd", 11)], "{library}");
        assert_eq!(told(&facets["field"]), [], "{library}");
    }
}
