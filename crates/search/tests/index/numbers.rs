//! Numbers of documents.

use crate::documents::{document, numbered};
use crate::library::Library;
use search::SearchDocument;

const TYPED: [&str; 9] = [
    "43/2020/QĐ-UBND",
    "43/2020",
    "43/2020/qd-ubnd",
    "quyết định 43/2020",
    "43-2020-QD-UBND",
    "QD 43 2020",
    "043/2020",
    "43 / 2020 / QĐ - UBND",
    "Quyết định số 43/2020/QĐ-UBND",
];

#[tokio::test]
async fn a_documents_own_number_stands_before_a_hundred_that_cite_it() {
    let cites = "Căn cứ Quyết định số 43/2020/QĐ-UBND; quyết định 43/2020/QĐ-UBND. ".repeat(5);
    let mut documents: Vec<_> = (100..200).map(|n| document(n, "Sửa đổi Quyết định số 43/2020/QĐ-UBND", &cites)).collect();
    let own = document(1, "Ban hành Quy chế số", &"lời khác ".repeat(3000));
    documents.push(SearchDocument { number: Some("43/2020/QĐ-UBND".to_owned()), ..own });
    documents.push(numbered(2, "430/2020/QĐ-UBND", "Ban hành"));
    documents.push(numbered(3, "20/2043/QĐ-UBND", "Ban hành Quyết định 43/2020/QĐ-UBND"));
    for library in Library::each(documents).await {
        for query in TYPED {
            assert_eq!(library.found(query).await.first(), Some(&1), "{library}: {query}");
        }
        assert_eq!(library.found("43/").await.first(), Some(&1), "{library}");
        assert_eq!(library.found("430/2020").await, [2], "{library}");
    }
}

#[tokio::test]
async fn the_whole_number_stands_before_one_that_begins_like_it() {
    let documents = vec![
        numbered(1, "43/2020/NĐ-CP", "Quyết định QĐ UBND 43/2020"),
        numbered(2, "43/2020/QĐ-UBND", "Ban hành"),
        numbered(3, "43/2020/QĐ-UBND-VX", "Ban hành"),
    ];
    for library in Library::each(documents).await {
        let found = library.found("43/2020/QĐ-UBND").await;
        assert_eq!((found[0], found[2]), (2, 1), "{library}");
        assert_eq!(library.found("nghị định 43/2020").await, [1], "{library}");
    }
}

#[tokio::test]
async fn a_number_is_found_by_what_its_symbol_stands_for() {
    let documents = vec![numbered(1, "0352/TB-UBND", "Về nghỉ lễ"), numbered(2, "352/QĐ-UBND", "Về nghỉ lễ")];
    for library in Library::each(documents).await {
        assert_eq!(library.found("thong bao 352").await, [1], "{library}");
        assert_eq!(library.found("352/TB-UBND").await, [1], "{library}");
        assert_eq!(library.found("quyết định 352").await, [2], "{library}");
    }
}
