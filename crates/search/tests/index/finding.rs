//! What is found.

use crate::documents::{any, asked, document, everything, id, numbered};
use crate::library::{Library, numbers};
use search::{Change, Query, SearchDocument};

#[tokio::test]
async fn tones_do_not_decide_what_is_found() {
    let documents = vec![
        document(1, "Quy chế Cổng thông tin điện tử", ""),
        document(2, "Tin tức", "Công thông thường, quỹ che chở tín nghĩa."),
        document(3, "Quy che cong thong tin", ""),
        document(4, "Đường Hoà Bình", ""),
        document(5, "Cổng thông tin", "không có từ còn lại"),
    ];
    for library in Library::each(documents).await {
        for query in ["quy chế cổng thông tin", "quy che cong thong tin", "QUY CHẾ CỔNG THÔNG TIN", "tin thong cong che quy"]
        {
            let hits = library.search(query).await;
            let mut best = numbers(&hits);
            best.truncate(3);
            best.sort_unstable();
            assert_eq!(best, [1, 2, 3], "{library}: {query}");
            assert!(hits.total == 3 || hits.is_relaxed, "{library}: {query}");
        }
        for query in ["đường", "duong", "hòa bình", "hoà bình", "hoa bình"] {
            assert_eq!(library.found(query).await, [4], "{library}: {query}");
        }
    }
}

#[tokio::test]
async fn the_normal_form_of_a_query_or_a_text_makes_no_difference() {
    let decomposed = "Co\u{302}\u{309}ng tho\u{302}ng tin";
    let documents = vec![document(1, decomposed, ""), document(2, "Cổng thông tin", "")];
    for library in Library::each(documents).await {
        for query in [decomposed, "Cổng thông tin", "Co\u{302}\u{309}ng thông tin", "\"tho\u{302}ng tin\" cổng"] {
            let hits = library.search(query).await;
            assert_eq!(hits.total, 2, "{library}: {query}");
            for hit in hits.hits {
                let shown = ["<mark>Cổng</mark> <mark>thông</mark> <mark>tin</mark>"];
                assert_eq!(hit.highlights["title"], shown, "{library}: {query}");
            }
        }
    }
}

#[tokio::test]
async fn each_word_is_required_in_whichever_field() {
    let documents = vec![
        SearchDocument {
            number: Some("07/2023/QĐ-UBND".to_owned()), ..document(1, "Ban hành đơn giá", "giá nước sạch")
        },
        document(2, "Ban hành đơn giá", "giá nước"),
    ];
    for library in Library::each(documents).await {
        assert_eq!(library.found("ubnd sạch").await, [1], "{library}");
        assert_eq!(library.found("đơn sạch giá").await, [1], "{library}");
        assert_eq!(library.found_set("đơn giá nước").await, [1, 2], "{library}");
        assert_eq!(library.found("7 nước").await, [1], "{library}: leading zeros are ignored");
        assert!(!library.search("7 nước").await.is_relaxed, "{library}");
    }
}

#[tokio::test]
async fn types_limit_and_offset_choose_among_the_hits() {
    let mut documents: Vec<_> = (1..=9).map(|n| document(n, "Bản tin", "")).collect();
    documents[0].resource_type = "article".to_owned();
    let query = |types: &[&str], limit, offset| Query {
        filters: if types.is_empty() { Vec::new() } else { vec![any("type", types)] },
        limit,
        offset,
        ..asked("ban tin")
    };
    for library in Library::each(documents).await {
        let articles = library.find(&query(&["article"], 5, 0)).await;
        let first = &articles.hits[0];
        assert_eq!((articles.total, first.id, first.resource_type.as_str()), (1, id(1), "article"), "{library}");
        assert_eq!(library.find(&query(&["article", "document"], 5, 0)).await.total, 9, "{library}");
        assert_eq!(library.find(&query(&["nothing"], 5, 0)).await.total, 0, "{library}");
        assert_eq!(numbers(&library.find(&query(&["document"], 3, 2)).await), [4, 5, 6], "{library}");
        for (limit, offset) in [(0, 0), (5, 9), (usize::MAX, usize::MAX), (0, usize::MAX)] {
            let none = library.find(&query(&[], limit, offset)).await;
            assert_eq!((none.total, none.hits.len()), (9, 0), "{library}: {limit} from {offset}");
        }
        assert_eq!(library.find(&query(&[], usize::MAX, 1)).await.hits.len(), 8, "{library}");
    }
}

#[tokio::test]
async fn an_upsert_replaces_and_a_delete_removes() {
    for library in Library::each(vec![document(1, "cũ", ""), document(2, "cũ", "")]).await {
        let changes = vec![
            Change::Upsert(document(1, "tạm", "")),
            Change::Upsert(document(1, "mới", "")),
            Change::Delete(id(2)),
            Change::Upsert(document(3, "mới", "")),
            Change::Delete(id(3)),
            Change::Delete(id(77)),
        ];
        for _ in 0..3 {
            library.apply(changes.clone()).await;
            assert_eq!(library.found("cu").await, Vec::<u32>::new(), "{library}");
            assert_eq!(library.found("tam").await, Vec::<u32>::new(), "{library}");
            assert_eq!(library.found("moi").await, [1], "{library}");
            assert_eq!(library.found_by(&everything()).await, [1], "{library}");
        }
        library.apply(Vec::new()).await;
        library.apply(vec![Change::Delete(id(1))]).await;
        assert_eq!(library.found_by(&everything()).await, Vec::<u32>::new(), "{library}");
    }
}

#[tokio::test]
async fn what_a_replaced_text_said_decides_nothing() {
    let documents = vec![document(1, "Bản tin", "giá đất ở tại xã"), document(2, "Bản tin", "lời khác")];
    for library in Library::each(documents).await {
        library.apply(vec![Change::Upsert(document(1, "Bản tin", "đất có giá"))]).await;
        assert_eq!(library.found("\"giá đất\"").await, Vec::<u32>::new(), "{library}");
        assert_eq!(library.found_set("bản tin -xã").await, [1, 2], "{library}");
        assert_eq!(library.found_set("bản tin -\"giá đất\"").await, [1, 2], "{library}");
    }
}

#[tokio::test]
async fn highlights_are_html_of_the_text_as_it_is() {
    let document = SearchDocument {
        number: Some("43/2020/QĐ-UBND".to_owned()),
        ..document(1, "Quy chế <Cổng thông tin>", "x < y && \"Thông tin\" của Sở")
    };
    for library in Library::each(vec![document]).await {
        let hits = library.search("thong tin 43/2020").await;
        let highlights = &hits.hits[0].highlights;
        assert_eq!(highlights["title"], ["Quy chế &lt;Cổng <mark>thông</mark> <mark>tin</mark>&gt;"], "{library}");
        let body = ["x &lt; y &amp;&amp; &quot;<mark>Thông</mark> <mark>tin</mark>&quot; của Sở"];
        assert_eq!(highlights["body"], body, "{library}");
        assert_eq!(highlights["number"], ["<mark>43</mark>/<mark>2020</mark>/QĐ-UBND"], "{library}");
        assert!(!library.search("quy che").await.hits[0].highlights.contains_key("body"), "{library}");
    }
}

#[tokio::test]
async fn without_a_text_everything_is_found() {
    let documents = vec![document(1, "Một", "a"), document(2, "Hai", ""), numbered(3, "1/2020/QĐ-UBND", "Ba")];
    for library in Library::each(documents).await {
        let hits = library.find(&everything()).await;
        assert_eq!((hits.total, hits.is_relaxed), (3, false), "{library}");
        assert_eq!(numbers(&hits), [1, 2, 3], "{library}");
        assert!(hits.hits.iter().all(|hit| hit.matched.is_none() && hit.highlights.is_empty()), "{library}");
        for nothing in ["", " ", "-xã", "-\"một hai\""] {
            assert_eq!(library.found(nothing).await, Vec::<u32>::new(), "{library}: {nothing:?}");
        }
    }
}

#[tokio::test]
async fn what_is_left_out_is_neither_found_nor_counted() {
    let documents = (1..=6).map(|n| document(n, "Bản tin", "")).collect();
    for library in Library::each(documents).await {
        for text in [Some("bản tin".to_owned()), None] {
            let query = Query {
                text,
                without: vec![id(2), id(4), id(99)],
                facets: vec![("type".to_owned(), 10)],
                limit: 2,
                ..everything()
            };
            let hits = library.find(&query).await;
            assert_eq!((hits.total, numbers(&hits)), (4, vec![1, 3]), "{library}");
            assert_eq!(hits.facets["type"], [("document".to_owned(), 4)], "{library}");
        }
    }
}
