use crate::server::{document, found, id, numbers, prefix, server, today};
use search::{Change, Filter, Meilisearch, Query, SearchDocument, SearchIndex, Sort};

async fn filled(documents: Vec<SearchDocument>) -> Option<(Meilisearch, String)> {
    let server = server()?;
    let prefix = prefix();
    let index = server.open(&prefix).await.index;
    index.apply(documents.into_iter().map(Change::Upsert).collect()).await.unwrap();
    Some((index, prefix))
}

async fn remove(prefix: &str) {
    server().unwrap().remove(prefix).await;
}

#[tokio::test]
async fn more_words_than_the_server_heeds_are_still_told_apart() {
    let words = "một hai ba bốn năm sáu bảy tám chín mười đường bộ";
    let other = "một hai ba bốn năm sáu bảy tám chín mười đường sắt";
    let Some((index, prefix)) = filled(vec![document(1, "A", &[words]), document(2, "B", &[other])]).await else { return };
    assert_eq!(found(&index, words).await, [1]);
    assert_eq!(found(&index, other).await, [2]);
    remove(&prefix).await;
}

#[tokio::test]
async fn tones_decide_between_equals() {
    let texts = [document(1, "Đạt yêu cầu", &["đạt"]), document(2, "Đất ở", &["đất"]), document(3, "Dát vàng", &["dát"])];
    let Some((index, prefix)) = filled(texts.to_vec()).await else { return };
    for (text, first) in [("đất", 2), ("đạt", 1), ("dát", 3)] {
        let found = found(&index, text).await;
        assert_eq!((found[0], found.len()), (first, 3), "{text}");
    }
    remove(&prefix).await;
}

#[tokio::test]
async fn words_of_different_passages_find_their_document_once_and_the_best_of_them_is_shown() {
    let texts =
        [document(1, "Quy chế", &["cổng thông tin", "đường bộ", "cổng thông tin đường sắt"]), document(2, "Quy chế", &["cổng"])];
    let Some((index, prefix)) = filled(texts.to_vec()).await else { return };
    assert_eq!(found(&index, "cổng đường bộ").await, [1]);
    let hits = index.search(&Query::of("cổng sắt", today())).await.unwrap();
    assert_eq!(hits.hits[0].matched.as_ref().unwrap().eid, "art_3");
    let hits = index.search(&Query::of("bộ sắt", today())).await.unwrap();
    assert!(hits.hits[0].highlights["body"][0].contains("<mark>"), "{:?}", hits.hits[0]);
    remove(&prefix).await;
}

#[tokio::test]
async fn what_a_document_no_longer_says_is_not_found() {
    let Some((index, prefix)) = filled(vec![document(1, "Luật", &["một", "hai", "ba"])]).await else { return };
    index.apply(vec![Change::Upsert(document(1, "Luật", &["một"]))]).await.unwrap();
    assert_eq!(found(&index, "một").await, [1]);
    assert!(found(&index, "ba").await.is_empty());
    index.apply(vec![Change::Upsert(document(1, "Luật", &["năm"])), Change::Delete(id(1))]).await.unwrap();
    assert!(found(&index, "luật").await.is_empty());
    remove(&prefix).await;
}

#[tokio::test]
async fn pages_join_without_gap_and_a_hit_is_on_one_of_them() {
    let title = |n: u32| match n % 3 {
        0 => "Giá đất ở",
        1 => "Đất có giá",
        _ => "Gia hạn, đạt",
    };
    let texts: Vec<SearchDocument> = (1..=40).map(|n| document(n, title(n), &["giá đất", "giá của đất"])).collect();
    let Some((index, prefix)) = filled(texts).await else { return };
    for sort in [Sort::Relevance, Sort::Newest, Sort::Oldest] {
        let page = async |offset, limit| {
            let query = Query { offset, limit, sort, ..Query::of("giá đất", today()) };
            let hits = index.search(&query).await.unwrap();
            assert_eq!(hits.total, 40);
            numbers(&hits)
        };
        let all = page(0, 100).await;
        let mut joined = Vec::new();
        for offset in (0..40).step_by(7) {
            joined.extend(page(offset, 7).await);
        }
        assert_eq!(all, joined);
        joined.sort_unstable();
        assert_eq!(joined, (1..=40).collect::<Vec<_>>());
    }
    assert_eq!(
        index.search(&Query { offset: usize::MAX, limit: usize::MAX, ..Query::of("giá", today()) }).await.unwrap().hits,
        []
    );
    remove(&prefix).await;
}

#[tokio::test]
async fn texts_that_look_like_filters_are_texts() {
    let mut odd = document(1, "Giá đất", &[]);
    odd.facets.insert("issuer".to_owned(), vec!["a\" OR \"b\\".to_owned()]);
    odd.facets.insert("odd name.x".to_owned(), vec!["y".to_owned()]);
    let Some((index, prefix)) = filled(vec![odd, document(2, "Giá đất", &[])]).await else { return };
    let with = async |filter| {
        let facets = vec![("issuer".to_owned(), 9), ("odd name.x".to_owned(), 9), ("none".to_owned(), 9)];
        index.search(&Query { filters: vec![filter], facets, ..Query::of("giá", today()) }).await.unwrap()
    };
    let hits = with(Filter::Any("issuer".into(), vec!["a\" OR \"b\\".into()])).await;
    assert_eq!(numbers(&hits), [1]);
    assert_eq!(hits.facets["issuer"], [("a\" OR \"b\\".to_owned(), 1)]);
    assert_eq!(hits.facets["odd name.x"], [("y".to_owned(), 1)]);
    assert!(hits.facets["none"].is_empty());
    assert_eq!(numbers(&with(Filter::Any("odd name.x".into(), vec!["y".into()])).await), [1]);
    assert_eq!(numbers(&with(Filter::Any("x\" = 1 OR \"id".into(), vec!["y".into()])).await), [] as [u32; 0]);
    assert_eq!(numbers(&with(Filter::None("issuer".into(), vec!["a\" OR \"b\\".into()])).await), [2]);
    remove(&prefix).await;
}

#[tokio::test]
async fn odd_texts_are_answered() {
    let Some((index, prefix)) = filled(vec![document(1, "Giá đất", &["ở"])]).await else { return };
    for text in
        ["", "\"", "-", "\"\"", "---", "*", "\0", "🙂", "中文 文字", "-giá", "\"giá đất\" -ở", "a".repeat(90_000).as_str()]
    {
        let query = Query { explain: true, ..Query::of(text, today()) };
        index.search(&query).await.unwrap_or_else(|error| panic!("{text:?}: {error}"));
        index.suggest(&query).await.unwrap();
        index.similar(&query).await.unwrap();
    }
    remove(&prefix).await;
}
