//! No query makes a search fail.

use crate::documents::{asked, document, law, numbered};
use crate::library::Library;
use proptest::prelude::*;
use search::{Change, SearchDocument};

#[tokio::test]
async fn odd_queries_are_answered() {
    let long = "a".repeat(5000);
    let documents =
        vec![numbered(1, "43/2020/QĐ-UBND", "Điểm đ khoản 1; title: AND OR NOT"), document(2, &long, &"đường ".repeat(10))];
    for library in Library::each(documents).await {
        let nothing = [
            "",
            " ",
            "\"",
            "(((",
            "*",
            "-",
            "+++",
            "\\",
            "\0",
            "́",
            "🙂",
            "[* TO *]",
            "~^",
            "\"\"",
            "-\"",
            "- -- -",
            "…?!",
            "%_%",
            "'; --",
            "👩‍👩‍👧 🇻🇳",
        ];
        for nothing in nothing {
            assert_eq!(library.found(nothing).await, Vec::<u32>::new(), "{library}: {nothing:?}");
        }
        assert_eq!(library.found(&long).await, [2], "{library}: a long word is cut in texts and queries alike");
        assert_eq!(library.found("AND OR NOT").await, [1], "{library}");
        assert_eq!(library.found("title:").await, [1], "{library}");
        assert_eq!(library.found("đ").await, [1], "{library}");
        assert_eq!(library.found("43/").await, [1], "{library}");
        assert_eq!(library.found("đường 🙂").await, [2], "{library}: what is no word is not looked for");
        assert_eq!(library.found("đư*").await, Vec::<u32>::new(), "{library}: a star is no wildcard");
        assert_eq!(library.found(&"đường ".repeat(3000)).await, [2], "{library}: more words than are read");
        assert_eq!(library.found(&"43/".repeat(500)).await, [1], "{library}");
    }
}

#[tokio::test]
async fn long_queries_are_answered() {
    let words: Vec<String> = (0..300).map(|n| format!("từ{n}")).collect();
    let documents = vec![document(1, "Dài", &words.join(" ")), document(2, "Khác", "lời khác")];
    for library in Library::each(documents).await {
        assert_eq!(library.found(&words.join(" ")).await, [1], "{library}");
        assert_eq!(library.found(&format!("\"{}\"", words.join(" "))).await, [1], "{library}");
        for text in ["lời khác ".repeat(1_200), "\"a\" ".repeat(2_500), "- ".repeat(5_000), "-\"".repeat(5_000)] {
            for query in [asked(&text), asked(&format!("lời {text}"))] {
                library.find(&query).await;
                library.suggest(&query).await;
                library.index.similar(&query).await.unwrap();
            }
        }
        let unwanted: String = (0..2_000).map(|n| format!(" -không{n}")).collect();
        assert_eq!(library.found(&format!("lời khác{unwanted}")).await, [2], "{library}");
    }
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[\\PC]{0,40}", "([a-zđ0-9ạ\u{301}/\\-\"( ]{0,6} ?){0,50}"]
}

#[test]
fn no_query_makes_a_search_fail() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let documents = vec![
        numbered(1, "43/2020/QĐ-UBND", "Cổng thông tin"),
        document(2, "a", "b 1"),
        law(3, "Luật", &[("art_1", "Điều 1", "a b"), ("art_2", "Điều 2", "c 1")]),
    ];
    let libraries = runtime.block_on(Library::each(documents));
    proptest!(|(text in texts())| {
        for library in &libraries {
            runtime.block_on(async {
                library.search(&text).await;
                library.suggest(&asked(&text)).await;
                library.index.similar(&asked(&text)).await.unwrap();
            });
        }
    });
}

#[test]
fn every_text_finds_itself() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let libraries = runtime.block_on(Library::each(Vec::new()));
    // Every case commits, which takes its time on a disk, and more on a server.
    let cases = if Library::has_server() { 16 } else { 40 };
    proptest!(ProptestConfig::with_cases(cases), |(text in texts())| {
        // What stands behind a minus is not wanted.
        let query = text.replace('-', " ");
        for library in &libraries {
            let body = document(3, &text, &text.repeat(3));
            let made = SearchDocument { number: Some(text.clone()), ..body };
            let hits = runtime.block_on(async {
                library.apply(vec![Change::Upsert(made)]).await;
                library.search(&query).await
            });
            assert_eq!(hits.total > 0, text.chars().any(char::is_alphanumeric), "{library}: {text:?}");
            // In each of several passages.
            let made = law(3, "", &[("a", "", &text), ("b", "", "lời khác")]);
            let hits = runtime.block_on(async {
                library.apply(vec![Change::Upsert(made)]).await;
                library.search(&query).await
            });
            assert_eq!(hits.total > 0, text.chars().any(char::is_alphanumeric), "{library}: {text:?}");
        }
    });
}
