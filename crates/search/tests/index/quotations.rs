//! Words in quotation marks, and words behind a minus.

use crate::documents::{document, law, numbered};
use crate::library::Library;
use search::SearchDocument;

fn documents() -> Vec<SearchDocument> {
    vec![
        document(1, "Cổng thông tin", "giá đất ở"),
        document(2, "Thông cổng tin", "đất giá ở xã"),
        document(3, "Bản tin", "cổng thông tin, thị trấn"),
        law(4, "Luật", &[("a", "Điều 1", "cổng thông"), ("b", "Điều 2", "tin thị và trấn")]),
        numbered(5, "43/2020/QĐ-UBND", "Khác"),
    ]
}

#[tokio::test]
async fn what_stands_in_quotation_marks_stands_so_in_a_text() {
    for library in Library::each(documents()).await {
        for (query, expected) in [
            ("\"cổng thông tin\"", &[1, 3][..]),
            ("“cổng thông tin”", &[1, 3]),
            ("«cong thong tin»", &[1, 3]),
            ("\"thông cổng\"", &[2]),
            ("\"thông tin\" \"giá đất\"", &[1]),
            ("\"cổng thông tin\" trấn", &[3]),
            ("\"tin thông cổng\"", &[]),
            ("\"43/2020\"", &[5]),
            ("\"43/2020/QĐ-UBND\"", &[5]),
            ("\"luật điều\"", &[]),
            ("\"điều 1 cổng thông\"", &[]),
            ("\"một cổng\"", &[]),
        ] {
            assert_eq!(library.found_set(query).await, expected, "{library}: {query}");
        }
    }
}

#[tokio::test]
async fn a_phrase_is_required_where_other_words_are_left_out() {
    for library in Library::each(documents()).await {
        let hits = library.search("\"giá đất\" xã").await;
        assert_eq!((crate::library::numbers(&hits), hits.is_relaxed), (vec![1], true), "{library}");
        assert_eq!(library.found("\"đất xã\" giá").await, Vec::<u32>::new(), "{library}");
    }
}

#[tokio::test]
async fn a_quotation_mark_without_its_counterpart_means_nothing() {
    for library in Library::each(documents()).await {
        for (query, like) in [
            ("\"cổng thông tin", "cổng thông tin"),
            ("cổng thông tin\"", "cổng thông tin"),
            ("cổng \"thông tin", "cổng thông tin"),
            ("\"giá đất\" \"xã", "\"giá đất\" xã"),
            ("\"\" giá đất", "giá đất"),
            ("\"giá\" đất", "giá đất"),
        ] {
            assert_eq!(library.found_set(query).await, library.found_set(like).await, "{library}: {query}");
        }
    }
}

#[tokio::test]
async fn words_and_phrases_behind_a_minus_are_not_found() {
    for library in Library::each(documents()).await {
        for (query, expected) in [
            ("cổng thông tin -xã", &[1, 3, 4][..]),
            ("cổng thông tin -\"thị trấn\"", &[1, 2, 4]),
            ("cổng thông tin -“thị trấn” -luat", &[1, 2]),
            ("cổng thông tin -cổng", &[]),
            ("cổng thông tin -trấn -xã", &[1]),
            ("-xã cổng thông tin", &[1, 3, 4]),
            ("cổng -nothing thông tin", &[1, 2, 3, 4]),
            ("khác -43/2020", &[]),
            ("khác -43/2021", &[5]),
            ("giá - đất", &[1, 2]),
            ("giá-đất", &[1, 2]),
        ] {
            assert_eq!(library.found_set(query).await, expected, "{library}: {query}");
        }
    }
}
