//! Texts of several passages.

use crate::documents::{asked, document, law, passage};
use crate::library::Library;
use search::{Hit, Query, SearchDocument, Sort};

const LAND: [(&str, &str, &str); 3] = [
    ("art_1", "Điều 1. Phạm vi", "Quy định này nói về bồi thường khi Nhà nước thu hồi đất."),
    ("art_2", "Điều 2. Giá đất", "Bảng giá đất được ban hành hằng năm. Bảng giá do Ủy ban quyết định."),
    ("art_3", "Điều 3. Khiếu nại", "Người có đất bị thu hồi được khiếu nại."),
];

fn documents() -> Vec<SearchDocument> {
    let mut all = vec![law(1, "Quy định về đất đai", &LAND)];
    all.extend((10..40).map(|n| document(n, "Bản tin", "không liên quan gì")));
    all
}

fn eid(hit: &Hit) -> Option<&str> {
    hit.matched.as_ref().map(|matched| matched.eid.as_str())
}

#[tokio::test]
async fn a_document_of_several_passages_is_one_hit_and_names_the_best() {
    for library in Library::each(documents()).await {
        for (query, expected, heading) in [
            ("bảng giá", "art_2", "Điều 2. Giá đất"),
            ("bồi thường", "art_1", "Điều 1. Phạm vi"),
            ("người khiếu nại", "art_3", "Điều 3. Khiếu nại"),
            ("phạm vi", "art_1", "Điều 1. Phạm vi"),
        ] {
            let hits = library.search(query).await;
            assert_eq!((hits.total, hits.hits.len(), hits.is_relaxed), (1, 1, false), "{library}: {query}");
            let hit = &hits.hits[0];
            assert_eq!(eid(hit), Some(expected), "{library}: {query}");
            assert_eq!(hit.matched.as_ref().unwrap().heading.as_deref(), Some(heading), "{library}: {query}");
            let shown = hit.highlights.contains_key("body") || hit.highlights.contains_key("heading");
            assert!(shown, "{library}: {query}: {:?}", hit.highlights);
        }
    }
}

#[tokio::test]
async fn words_of_different_passages_find_the_document() {
    for library in Library::each(documents()).await {
        for query in ["bồi thường khiếu nại", "khiếu nại hằng năm", "quy định khiếu nại bảng giá"] {
            let hits = library.search(query).await;
            assert_eq!((hits.total, hits.is_relaxed), (1, false), "{library}: {query}");
            let hit = &hits.hits[0];
            let matched = eid(hit).unwrap_or_else(|| panic!("{library}: {query}: no passage is named"));
            let (_, heading, _) = LAND.iter().find(|(eid, ..)| *eid == matched).unwrap();
            assert_eq!(hit.matched.as_ref().unwrap().heading.as_deref(), Some(*heading), "{library}: {query}");
            let shown = hit.highlights.contains_key("body") || hit.highlights.contains_key("heading");
            assert!(shown, "{library}: {query}: {:?}", hit.highlights);
        }
    }
}

#[tokio::test]
async fn no_passage_is_named_where_title_and_number_have_all_words() {
    let mut documents = documents();
    documents[0].number = Some("12/2024/QĐ-UBND".to_owned());
    for library in Library::each(documents).await {
        for query in ["đất đai", "quy định về đất", "12/2024/QĐ-UBND", "12/2024 đất đai"] {
            let hits = library.search(query).await;
            let hit = hits.hits.first().unwrap_or_else(|| panic!("{library}: {query} finds nothing"));
            assert_eq!(hit.matched, None, "{library}: {query}");
            assert!(hit.highlights.contains_key("title") || hit.highlights.contains_key("number"), "{library}: {query}");
        }
    }
}

#[tokio::test]
async fn the_passage_is_named_in_every_order_of_hits() {
    for library in Library::each(documents()).await {
        for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
            let hits = library.find(&Query { sort, ..asked("bảng giá") }).await;
            assert_eq!(hits.hits.iter().map(eid).collect::<Vec<_>>(), [Some("art_2")], "{library}: {sort:?}");
        }
    }
}

#[tokio::test]
async fn a_passage_without_an_id_is_found_and_not_named() {
    let passages = [("", "Lời nói đầu", "chim én"), ("art_1", "", "mùa xuân")];
    for library in Library::each(vec![law(1, "Luật", &passages)]).await {
        let hit = &library.search("chim én").await.hits[0];
        assert_eq!((hit.matched.as_ref(), hit.highlights.contains_key("body")), (None, true), "{library}");
        let hit = &library.search("mùa xuân").await.hits[0];
        assert_eq!(eid(hit), Some("art_1"), "{library}");
        assert_eq!(hit.matched.as_ref().unwrap().heading, None, "{library}");
        assert_eq!(library.found("lời nói đầu").await, [1], "{library}");
    }
}

#[tokio::test]
async fn nothing_of_a_very_long_passage_is_lost() {
    // Only wide spaces between words, and one line.
    let wide = |word: &str| format!("{word}\u{3000}").repeat(30_000);
    let lines = "một dòng chữ\n".repeat(20_000);
    let texts = [wide("chữ"), format!("{}\u{A0}", "chữ\u{A0}").repeat(9_000), lines, "ạ".repeat(100_000)];
    for (n, text) in (1..).zip(texts) {
        let text = format!("đầu {text} chimen {text} cuoicung");
        for library in Library::each(vec![law(n, "Dài", &[("art_1", "Điều 1", &text), ("art_2", "Điều 2", "ngắn")])]).await
        {
            for query in ["đầu", "chimen", "cuoicung", "đầu chimen cuoicung", "ngắn đầu cuoicung"] {
                assert_eq!(library.found(query).await, [n], "{library}: {query}");
            }
            for query in ["đầu", "chimen", "cuoicung"] {
                let hit = &library.search(query).await.hits[0];
                assert_eq!(eid(hit), Some("art_1"), "{library}: {query}");
                assert!(hit.highlights["body"][0].contains("<mark>"), "{library}: {query}");
            }
        }
    }
}

#[tokio::test]
async fn words_of_any_script_are_found_across_passages() {
    let (korean, ligatures) = ("대한민국".repeat(12), "ŉ".repeat(64));
    let passages = [("a", "", korean.as_str()), ("b", "", ligatures.as_str()), ("c", "", "½ Ångström straße İstanbul क़लम")];
    for library in Library::each(vec![law(1, "Chữ", &passages)]).await {
        for query in [&korean, &ligatures, "Ångström", "A\u{30A}ngstro\u{308}m", "straße", "İstanbul", "क़लम"] {
            assert_eq!(library.found(query).await, [1], "{library}: {query}");
        }
    }
}

#[tokio::test]
async fn a_replaced_text_loses_its_old_passages() {
    for library in Library::each(documents()).await {
        let mut next = law(1, "Quy định về đất đai", &LAND[..1]);
        next.times[0].passages = vec![passage(&LAND[0])].into();
        library.apply(vec![search::Change::Upsert(next)]).await;
        assert_eq!(library.found("khiếu nại").await, Vec::<u32>::new(), "{library}");
        assert_eq!(library.found("bồi thường").await, [1], "{library}");
        library.apply(vec![search::Change::Delete(crate::documents::id(1))]).await;
        assert_eq!(library.found("bồi thường").await, Vec::<u32>::new(), "{library}");
    }
}
