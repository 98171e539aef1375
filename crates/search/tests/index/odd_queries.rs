//! No query makes a search fail.

use crate::library::{Library, document, numbered};
use proptest::prelude::*;
use search::{Change, SearchDocument, SearchIndex};

#[tokio::test]
async fn odd_queries_are_answered() {
    let long = "a".repeat(5000);
    let library = Library::of(vec![
        numbered(1, "43/2020/QĐ-UBND", "Điểm đ khoản 1; title: AND OR NOT"),
        document(2, &long, &"đường ".repeat(10)),
    ])
    .await;
    for nothing in ["", " ", "\"", "(((", "*", "-", "+++", "\\", "\0", "́", "🙂", "[* TO *]", "~^"] {
        assert_eq!(library.found(nothing).await, Vec::<u32>::new(), "{nothing:?}");
    }
    assert_eq!(library.found(&long).await, [2], "a long word is cut in texts and queries alike");
    assert_eq!(library.found("AND OR NOT").await, [1]);
    assert_eq!(library.found("title:").await, [1]);
    assert_eq!(library.found("đ").await, [1]);
    assert_eq!(library.found("43/").await, [1]);
    assert_eq!(library.found(&"đường ".repeat(3000)).await, [2], "more words than are read");
    assert_eq!(library.found(&"43/".repeat(500)).await, [1]);
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[\\PC]{0,40}", "([a-zđ0-9ạ\u{301}/\\-\"( ]{0,6} ?){0,50}"]
}

#[test]
fn no_query_makes_a_search_fail() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let library = runtime.block_on(Library::of(vec![numbered(1, "43/2020/QĐ-UBND", "Cổng thông tin"), document(2, "a", "b 1")]));
    proptest!(|(text in texts())| {
        runtime.block_on(library.search(&text));
    });
}

#[test]
fn every_text_finds_itself() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let library = runtime.block_on(Library::of(Vec::new()));
    // Every case commits, which takes its time on a disk.
    proptest!(ProptestConfig::with_cases(40), |(text in texts())| {
        let made = SearchDocument { body: text.repeat(3), ..numbered(3, &text, &text) };
        let hits = runtime.block_on(async {
            library.index.apply(vec![Change::Upsert(made)]).await.unwrap();
            library.search(&text).await
        });
        assert_eq!(hits.total > 0, text.chars().any(char::is_alphanumeric), "{text:?}");
    });
}
