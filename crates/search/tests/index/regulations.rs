//! The five provincial regulations, as they were published.

use crate::documents::document;
use crate::library::Library;
use search::SearchDocument;
use std::path::{Path, PathBuf};

/// File, number and abstract.
const REGULATIONS: [(&str, &str, &str); 5] = [
    ("ha-giang-19-2015.txt", "19/2015/QĐ-UBND", "Ban hành Quy chế quản lý và hoạt động của Cổng thông tin điện tử tỉnh Hà Giang"),
    (
        "lai-chau-43-2020.txt",
        "43/2020/QĐ-UBND",
        "Ban hành Quy chế quản lý, cung cấp và sử dụng thông tin trên Cổng Thông tin điện tử tỉnh Lai Châu",
    ),
    ("lang-son-40-2024.txt", "40/2024/QĐ-UBND", "Ban hành Quy chế hoạt động của Cổng Thông tin điện tử tỉnh Lạng Sơn"),
    ("quang-ngai-16-2017.txt", "16/2017/QĐ-UBND", "Ban hành Quy chế hoạt động của Cổng thông tin điện tử tỉnh Quảng Ngãi"),
    ("son-la-352-2024.txt", "352/QĐ-UBND", "Ban hành Quy chế hoạt động của Cổng thông tin điện tử tỉnh Sơn La"),
];

fn folder() -> PathBuf {
    let shared = std::env::var_os("CONGKHAI_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    shared.join("regulations")
}

#[tokio::test]
async fn the_regulations_are_found_by_words_and_by_number() {
    let folder = folder();
    if !folder.is_dir() {
        eprintln!("SKIPPED: {} is not there", folder.display());
        return;
    }
    let mut documents: Vec<SearchDocument> = Vec::new();
    for (n, (file, number, title)) in (1..).zip(REGULATIONS) {
        let body = std::fs::read_to_string(folder.join(file)).unwrap();
        documents.push(SearchDocument { number: Some(number.to_owned()), ..document(n, title, &body) });
    }
    documents.extend((100..200).map(|n| document(n, "Tin hoạt động", "Thực hiện Quyết định số 43/2020/QĐ-UBND, quy chế mới")));
    for library in Library::each(documents).await {
        let with_tones = library.found_set("quy chế cổng thông tin").await;
        assert_eq!(with_tones, [1, 2, 3, 4, 5], "{library}");
        assert_eq!(library.found_set("quy che cong thong tin").await, with_tones, "{library}");
        for query in ["43/2020/QĐ-UBND", "43/2020", "43/2020/qd-ubnd", "quyết định 43/2020", "43-2020-QD-UBND", "QD 43 2020"]
        {
            assert_eq!(library.found(query).await.first(), Some(&2), "{library}: {query}");
        }
        assert_eq!(library.found("43/2011/NĐ-CP cổng thông tin Lai Châu").await.first(), Some(&2), "{library}");
        assert_eq!(library.found("cổng thông tin lang son").await.first(), Some(&3), "{library}");
        assert_eq!(library.found("352/QĐ-UBND").await.first(), Some(&5), "{library}");

        let hits = library.search("ban biên tập cổng").await;
        let window = &hits.hits[0].highlights["body"][0];
        assert!(window.contains("<mark>"), "{library}: {window}");
        assert!(window.replace("<mark>", "").replace("</mark>", "").chars().count() < 260, "{library}: {window}");
    }
}
