//! Titles that go on as the reader began to type.

use crate::documents::{any, asked, dated, day, document, id, number_of, numbered, sorted_under};
use crate::library::Library;
use search::{At, Change, Query, SearchDocument};

fn documents() -> Vec<SearchDocument> {
    vec![
        document(1, "Quy chế Cổng thông tin điện tử", "thành phố"),
        document(2, "Thông báo nghỉ lễ", ""),
        document(3, "Thống kê đất đai", ""),
        numbered(4, "43/2020/QĐ-UBND", "Ban hành <quy chế>"),
        numbered(5, "43/2021/NQ-HĐND", "Thành lập"),
        numbered(6, "430/2020/QĐ-UBND", "Giá"),
        document(7, "Thông báo nghỉ lễ", ""),
    ]
}

impl Library {
    async fn suggested_by(&self, query: &Query) -> Vec<u32> {
        self.suggest(query).await.iter().map(|one| number_of(one.id)).collect()
    }

    async fn suggested(&self, text: &str) -> Vec<u32> {
        let mut found = self.suggested_by(&asked(text)).await;
        found.sort_unstable();
        found
    }
}

#[tokio::test]
async fn the_last_word_may_go_on_and_those_before_may_not() {
    let mut documents = documents();
    documents.pop();
    for library in Library::each(documents).await {
        for (text, expected) in [
            ("th", &[1, 2, 3, 5][..]),
            ("thông", &[1, 2, 3]),
            ("thong ba", &[2]),
            ("thông báo nghỉ l", &[2]),
            ("quy chế cổng thông ti", &[1]),
            ("cổng quy", &[1]),
            ("th ba", &[]),
            ("điệ", &[1]),
            ("dat", &[3]),
            ("ĐẤT ĐA", &[3]),
            ("thành phố", &[]),
            ("zzz", &[]),
        ] {
            assert_eq!(library.suggested(text).await, expected, "{library}: {text}");
        }
    }
}

#[tokio::test]
async fn numbers_go_on_too() {
    for library in Library::each(documents()).await {
        for (text, expected) in [
            ("43/20", &[4, 5][..]),
            ("43/2020", &[4]),
            ("043/2020/qd", &[4]),
            ("43-2021-n", &[5]),
            ("43", &[4, 5, 6]),
            ("430", &[6]),
            ("quyết định 43/20", &[4]),
            ("44", &[]),
        ] {
            assert_eq!(library.suggested(text).await, expected, "{library}: {text}");
        }
        let first = &library.suggest(&asked("43/2020")).await[0];
        assert_eq!(first.number.as_deref(), Some("43/2020/QĐ-UBND"), "{library}");
    }
}

#[tokio::test]
async fn what_was_typed_is_marked() {
    for library in Library::each(documents()).await {
        let suggestions = library.suggest(&asked("cổng thông t")).await;
        let shown = "Quy chế <mark>Cổng</mark> <mark>thông</mark> <mark>tin</mark> điện <mark>tử</mark>";
        assert_eq!(suggestions[0].highlight, shown, "{library}");
        assert_eq!(suggestions[0].title, "Quy chế Cổng thông tin điện tử", "{library}");
        assert_eq!(suggestions[0].resource_type, "document", "{library}");
        let suggestions = library.suggest(&asked("ban hành")).await;
        assert_eq!(suggestions[0].highlight, "<mark>Ban</mark> <mark>hành</mark> &lt;quy chế&gt;", "{library}");
    }
}

#[tokio::test]
async fn each_title_comes_once_and_as_many_as_are_wanted() {
    let mut documents = documents();
    documents.extend((100..150).map(|n| dated(n, &format!("Kế hoạch số {n}"), "2024-01-01")));
    documents.extend((200..250).map(|n| document(n, "Kế hoạch chung", "")));
    for library in Library::each(documents).await {
        assert_eq!(library.suggest(&asked("thông báo")).await.len(), 1, "{library}");
        assert_eq!(library.suggest(&asked("kế hoạch ch")).await.len(), 1, "{library}");
        for limit in [0, 1, 10] {
            let query = Query { limit, ..asked("kế hoạch") };
            assert_eq!(library.suggest(&query).await.len(), limit, "{library}: {limit}");
        }
    }
}

#[tokio::test]
async fn titles_that_begin_so_stand_first() {
    let documents = vec![
        document(1, "Báo cáo về kế hoạch và ngân sách", ""),
        document(2, "Ngân hàng và kế toán", ""),
        document(3, "Kế hoạch ngân sách", ""),
        document(4, "Kế toán ngân hàng", ""),
    ];
    for library in Library::each(documents).await {
        assert_eq!(library.suggested_by(&asked("kế hoạch ng")).await, [3, 1], "{library}");
        assert_eq!(library.suggested_by(&asked("ngân")).await.first(), Some(&2), "{library}");
    }
}

#[tokio::test]
async fn day_filters_and_exclusions_are_heeded() {
    let mut documents = documents();
    documents.push(sorted_under(8, "Thông cáo", &[("field", &["x"])]));
    documents
        .push(SearchDocument { times: vec![crate::documents::between("2027-01-01", "", "a")], ..document(9, "Thông tư", "") });
    for library in Library::each(documents).await {
        let filtered = Query { filters: vec![any("field", &["x"])], ..asked("thông") };
        assert_eq!(library.suggested_by(&filtered).await, [8], "{library}");
        let without = Query { without: vec![id(8), id(1)], ..asked("thông c") };
        assert_eq!(library.suggested_by(&without).await, Vec::<u32>::new(), "{library}");
        assert_eq!(library.suggested("thông -báo -quy").await, [3, 8], "{library}");
        assert_eq!(library.suggested("thông tư").await, [1], "{library}");
        let later = Query { at: At::Day(day("2027-01-01")), ..asked("thông tư") };
        assert_eq!(library.suggested_by(&later).await.first(), Some(&9), "{library}");
    }
}

#[tokio::test]
async fn nothing_is_suggested_for_nothing_nor_what_is_gone() {
    for library in Library::each(documents()).await {
        for text in ["", " ", "-", "\"", "🙂", "-thông", "***"] {
            assert_eq!(library.suggested(text).await, Vec::<u32>::new(), "{library}: {text:?}");
        }
        assert_eq!(library.suggest(&Query { text: None, ..asked("") }).await, [], "{library}");
        library.apply(vec![Change::Delete(id(3)), Change::Upsert(document(1, "Khác", ""))]).await;
        assert_eq!(library.suggested("thống k").await, Vec::<u32>::new(), "{library}");
        assert_eq!(library.suggested("quy chế cổng").await, Vec::<u32>::new(), "{library}");
        assert_eq!(library.suggested("khá").await, [1], "{library}");
    }
}
