//! What has to hold of hits besides their words.

use crate::documents::{any, asked, dated, day, document, everything, none, sorted_under};
use crate::library::Library;
use search::{Filter, Query, SearchDocument};

fn documents() -> Vec<SearchDocument> {
    let mut all = vec![
        sorted_under(1, "Giá đất", &[("issuer", &["ubnd"]), ("field", &["đất đai", "thuế"])]),
        sorted_under(2, "Giá nước", &[("issuer", &["ubnd"]), ("field", &["nước"])]),
        sorted_under(3, "Giá điện", &[("issuer", &["hdnd"]), ("field", &["điện"])]),
        document(4, "Giá khác", ""),
    ];
    for (document, date) in all.iter_mut().zip(["2020-01-31", "2020-02-01T23:59:59Z", "2021-01-01"]) {
        document.date = Some(date.to_owned());
    }
    all
}

fn with(filters: &[Filter]) -> [Query; 2] {
    [asked("giá"), everything()].map(|query| Query { filters: filters.to_vec(), ..query })
}

async fn each_finds(documents: Vec<SearchDocument>, cases: &[(&[Filter], &[u32])]) {
    for library in Library::each(documents).await {
        for (filters, expected) in cases {
            for query in with(filters) {
                assert_eq!(library.set_found_by(&query).await, *expected, "{library}: {:?} {filters:?}", query.text);
            }
        }
    }
}

#[tokio::test]
async fn all_filters_have_to_hold() {
    each_finds(
        documents(),
        &[
            (&[any("issuer", &["ubnd"])], &[1, 2]),
            (&[any("issuer", &["ubnd", "hdnd"])], &[1, 2, 3]),
            (&[any("issuer", &["ubnd", "hdnd"]), any("field", &["thuế", "điện"])], &[1, 3]),
            (&[none("issuer", &["ubnd"])], &[3, 4]),
            (&[none("issuer", &["ubnd", "hdnd"])], &[4]),
            (&[any("issuer", &["ubnd"]), none("field", &["thuế"])], &[2]),
            (&[any("type", &["document"]), none("type", &["article"])], &[1, 2, 3, 4]),
            (&[any("issuer", &["ubnd"]), any("issuer", &["hdnd"])], &[]),
            (&[any("field", &["thuế"]), any("field", &["đất đai"])], &[1]),
        ],
    )
    .await;
}

#[tokio::test]
async fn names_and_values_that_no_resource_has_find_nothing() {
    each_finds(
        documents(),
        &[
            (&[any("unknown", &["ubnd"])], &[]),
            (&[any("issuer", &["ubn"])], &[]),
            (&[any("issuer", &[])], &[]),
            (&[none("issuer", &[])], &[1, 2, 3, 4]),
            (&[none("unknown", &["ubnd"])], &[1, 2, 3, 4]),
            (&[any("", &["ubnd"])], &[]),
            (&[any("field", &["đất"])], &[]),
        ],
    )
    .await;
}

#[tokio::test]
async fn dates_include_their_first_and_last_day() {
    let dates = |from: &str, to: &str| {
        let some = |text: &str| (!text.is_empty()).then(|| day(text));
        [Filter::Dates(some(from), some(to))]
    };
    each_finds(
        documents(),
        &[
            (&dates("2020-01-31", "2020-01-31"), &[1]),
            (&dates("2020-02-01", "2020-02-01"), &[2]),
            (&dates("2020-02-01", ""), &[2, 3]),
            (&dates("", "2020-02-01"), &[1, 2]),
            (&dates("2020-02-02", "2020-12-31"), &[]),
            (&dates("2021-01-01", "2020-01-01"), &[]),
            (&dates("", ""), &[1, 2, 3, 4]),
        ],
    )
    .await;
}

#[tokio::test]
async fn values_are_taken_as_they_are() {
    let long = "dài ".repeat(80);
    let values = [
        "a b",
        "a\"b",
        "a\\b",
        "a'b",
        "a\\",
        "\\\"",
        "[a, b]",
        "a = b",
        "a AND b",
        "a.b",
        "a:b",
        "*",
        "-",
        " ",
        "2020-12-02T00:00:00Z",
        "43",
        "true",
        "null",
        "đất đai",
        "🙂",
        "\n",
        "%",
        "a\u{1}b",
        &long,
    ];
    let documents = (1..).zip(values).map(|(n, value)| sorted_under(n, "Giá", &[("field", &[value])])).collect();
    for library in Library::each(documents).await {
        for (n, value) in (1..).zip(values) {
            for query in with(&[any("field", &[value])]) {
                assert_eq!(library.found_by(&query).await, [n], "{library}: {value:?}");
            }
            for query in with(&[none("field", &[value])]) {
                assert_eq!(library.find(&query).await.total, values.len() as u64 - 1, "{library}: {value:?}");
            }
        }
        for query in with(&[any("field", &[&"x".repeat(100_000)])]) {
            assert_eq!(library.find(&query).await.total, 0, "{library}");
        }
        let counted = Query { facets: vec![("field".to_owned(), 100)], ..everything() };
        let mut counts = library.find(&counted).await.facets.remove("field").unwrap();
        if !library.is_embedded() {
            // Meilisearch knows 468 bytes of a value at most: of a longer one it keeps the beginning.
            let cut = counts.iter_mut().find(|(value, _)| value.len() > 200 && long.starts_with(value.as_str())).unwrap();
            cut.0.clone_from(&long);
        }
        let mut expected: Vec<(String, u64)> = values.iter().map(|value| ((*value).to_owned(), 1)).collect();
        expected.sort();
        assert_eq!(counts, expected, "{library}");
    }
}

#[tokio::test]
async fn values_that_differ_by_case_or_tones_are_different() {
    let values = ["Đất", "đất", "ĐẤT", "dat", "đắt"];
    let documents = (1..).zip(values).map(|(n, value)| sorted_under(n, "Giá", &[("field", &[value])])).collect();
    for library in Library::each(documents).await {
        for (n, value) in (1..).zip(values) {
            for query in with(&[any("field", &[value])]) {
                assert_eq!(library.found_by(&query).await, [n], "{library}: {value:?}");
            }
        }
    }
}

#[tokio::test]
async fn names_of_facets_are_taken_as_they_are() {
    let names = ["gazette_issue", "legal-basis", "a.b", "a b", "lĩnh vực", "A"];
    let documents = (1..).zip(names).map(|(n, name)| sorted_under(n, "Giá", &[(name, &["x"])])).collect();
    for library in Library::each(documents).await {
        for (n, name) in (1..).zip(names) {
            for query in with(&[any(name, &["x"])]) {
                let query = Query { facets: vec![(name.to_owned(), 10)], ..query };
                assert_eq!(library.found_by(&query).await, [n], "{library}: {name:?}");
                let counts = library.find(&query).await.facets.remove(name).unwrap();
                assert_eq!(counts, [("x".to_owned(), 1)], "{library}: {name:?}");
            }
        }
    }
}

#[tokio::test]
async fn the_normal_form_of_a_value_makes_no_difference() {
    let forms = ["đất đai thuế", "đâ\u{301}t đai thuê\u{301}"];
    let documents = (1..).zip(forms).map(|(n, form)| sorted_under(n, "Giá", &[("field", &[form])])).collect();
    for library in Library::each(documents).await {
        for form in forms {
            for query in with(&[any("field", &[form])]) {
                assert_eq!(library.set_found_by(&query).await, [1, 2], "{library}: {form}");
            }
            for query in with(&[none("field", &[form])]) {
                assert_eq!(library.find(&query).await.total, 0, "{library}: {form}");
            }
        }
        let counted = Query { facets: vec![("field".to_owned(), 10)], ..everything() };
        assert_eq!(library.find(&counted).await.facets["field"], [(forms[0].to_owned(), 2)], "{library}");
    }
}

#[tokio::test]
async fn a_date_that_is_none_is_no_date() {
    let documents = vec![dated(1, "Giá", ""), document(2, "Giá", ""), dated(3, "Giá", "2020-01-01")];
    each_finds(documents, &[(&[Filter::Dates(None, Some(day("2030-01-01")))], &[3])]).await;
}
