//! What is found.

use crate::library::{Library, document, id, numbered};
use search::{Change, Query, SearchDocument, SearchIndex};

#[tokio::test]
async fn tones_do_not_decide_what_is_found() {
    let library = Library::of(vec![
        document(1, "Quy chế Cổng thông tin điện tử", ""),
        document(2, "Tin tức", "Công thông thường, quỹ che chở tín nghĩa."),
        document(3, "Quy che cong thong tin", ""),
        document(4, "Đường Hoà Bình", ""),
        document(5, "Cổng thông tin", "không có từ còn lại"),
    ])
    .await;
    for query in ["quy chế cổng thông tin", "quy che cong thong tin", "QUY CHẾ CỔNG THÔNG TIN", "tin thong cong che quy"]
    {
        assert_eq!(library.found_set(query).await, [1, 2, 3], "{query}");
    }
    for query in ["đường", "duong", "hòa bình", "hoà bình", "hoa bình"] {
        assert_eq!(library.found(query).await, [4], "{query}");
    }
}

#[tokio::test]
async fn the_normal_form_of_a_query_or_a_text_makes_no_difference() {
    let decomposed = "Co\u{302}\u{309}ng tho\u{302}ng tin";
    let library = Library::of(vec![document(1, decomposed, ""), document(2, "Cổng thông tin", "")]).await;
    for query in [decomposed, "Cổng thông tin"] {
        let hits = library.search(query).await;
        assert_eq!(hits.total, 2);
        for hit in hits.hits {
            assert_eq!(hit.highlights["title"], ["<mark>Cổng</mark> <mark>thông</mark> <mark>tin</mark>"]);
        }
    }
}

#[tokio::test]
async fn each_word_is_required_in_whichever_field() {
    let library = Library::of(vec![
        SearchDocument { body: "giá nước sạch".to_owned(), ..numbered(1, "07/2023/QĐ-UBND", "Ban hành đơn giá") },
        document(2, "Ban hành đơn giá", "giá nước"),
    ])
    .await;
    assert_eq!(library.found("ubnd đơn giá sạch").await, [1]);
    assert_eq!(library.found_set("đơn giá nước").await, [1, 2]);
    assert_eq!(library.found("đơn giá nước xấu").await, Vec::<u32>::new());
    assert_eq!(library.found("7 nước").await, [1], "leading zeros are ignored");
}

#[tokio::test]
async fn types_limit_and_offset_choose_among_the_hits() {
    let mut documents: Vec<_> = (1..=9).map(|n| document(n, "Bản tin", "")).collect();
    documents[0].resource_type = "article".to_owned();
    let library = Library::of(documents).await;
    let query = |types: &[&str], limit, offset| Query {
        text: "ban tin".to_owned(),
        types: types.iter().map(|name| (*name).to_owned()).collect(),
        limit,
        offset,
    };
    let articles = library.index.search(&query(&["article"], 5, 0)).await.unwrap();
    assert_eq!((articles.total, articles.hits[0].id, articles.hits[0].resource_type.as_str()), (1, id(1), "article"));
    assert_eq!(library.index.search(&query(&["article", "document"], 5, 0)).await.unwrap().total, 9);
    assert_eq!(library.index.search(&query(&["nothing"], 5, 0)).await.unwrap().total, 0);
    let page = library.index.search(&query(&["document"], 3, 2)).await.unwrap();
    assert_eq!(page.hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [id(4), id(5), id(6)]);
    for (limit, offset) in [(0, 0), (5, 9), (usize::MAX, usize::MAX)] {
        let none = library.index.search(&query(&[], limit, offset)).await.unwrap();
        assert_eq!((none.total, none.hits.len()), (9, 0));
    }
    assert_eq!(library.index.search(&query(&[], usize::MAX, 1)).await.unwrap().hits.len(), 8);
}

#[tokio::test]
async fn an_upsert_replaces_and_a_delete_removes() {
    let library = Library::of(vec![document(1, "cũ", ""), document(2, "cũ", "")]).await;
    let changes = vec![
        Change::Upsert(document(1, "tạm", "")),
        Change::Upsert(document(1, "mới", "")),
        Change::Delete(id(2)),
        Change::Upsert(document(3, "mới", "")),
        Change::Delete(id(3)),
        Change::Delete(id(77)),
    ];
    library.index.apply(changes).await.unwrap();
    assert_eq!(library.found("cu").await, Vec::<u32>::new());
    assert_eq!(library.found("tam").await, Vec::<u32>::new());
    assert_eq!(library.found("moi").await, [1]);
}

#[tokio::test]
async fn highlights_are_html_of_the_text_as_it_is() {
    let document = SearchDocument {
        body: "x < y && \"Thông tin\" của Sở".to_owned(),
        ..numbered(1, "43/2020/QĐ-UBND", "Quy chế <Cổng thông tin>")
    };
    let library = Library::of(vec![document]).await;
    let hits = library.search("thong tin 43/2020").await;
    let highlights = &hits.hits[0].highlights;
    assert_eq!(highlights["title"], ["Quy chế &lt;Cổng <mark>thông</mark> <mark>tin</mark>&gt;"]);
    assert_eq!(highlights["body"], ["x &lt; y &amp;&amp; &quot;<mark>Thông</mark> <mark>tin</mark>&quot; của Sở"]);
    assert_eq!(highlights["number"], ["<mark>43</mark>/<mark>2020</mark>/QĐ-UBND"]);
    assert!(!library.search("quy che").await.hits[0].highlights.contains_key("body"));
}
