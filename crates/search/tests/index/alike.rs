//! What speaks of the same.

use crate::documents::{any, asked, document, id, law, number_of, sorted_under};
use crate::library::Library;
use search::{Query, SearchDocument};

const RICE: &str = "Kỹ thuật gieo cấy lúa nước vụ đông xuân, phòng trừ sâu bệnh rầy nâu và đạo ôn trên ruộng lúa";
const RICE_TOO: &str = "Phòng trừ rầy nâu, đạo ôn hại lúa vụ đông xuân; lịch gieo cấy trên ruộng";
const ROADS: &str = "Đầu tư cầu đường bộ nối cao tốc, giải phóng mặt bằng các tuyến giao thông";

fn documents() -> Vec<SearchDocument> {
    let mut all = vec![
        document(1, "Trồng lúa", RICE),
        law(2, "Sâu bệnh", &[("a", "Điều 1", RICE_TOO), ("b", "Điều 2", "lời cuối")]),
        document(3, "Giao thông", ROADS),
    ];
    all.extend((10..60).map(|n| document(n, "Bản tin", "Hội nghị tổng kết công tác và bàn giao nhiệm vụ năm qua")));
    all
}

impl Library {
    async fn alike(&self, query: &Query) -> Vec<u32> {
        let hits = self.index.similar(query).await.unwrap_or_else(|error| panic!("{self}: {error}"));
        assert_eq!(hits.total, hits.hits.len() as u64, "{self}");
        hits.hits.iter().map(|hit| number_of(hit.id)).collect()
    }
}

#[tokio::test]
async fn texts_of_the_same_subject_are_found_and_others_are_not() {
    for library in Library::each(documents()).await {
        let mut found = library.alike(&asked(RICE)).await;
        found.sort_unstable();
        assert_eq!(found, [1, 2], "{library}");
        assert_eq!(library.alike(&asked(ROADS)).await, [3], "{library}");
        let other = "Chương trình khuyến mại điện thoại thông minh";
        assert_eq!(library.alike(&asked(other)).await, Vec::<u32>::new(), "{library}");
    }
}

#[tokio::test]
async fn filters_limit_and_what_is_left_out_are_heeded() {
    let mut documents = documents();
    documents.push(SearchDocument { times: documents[0].times.clone(), ..sorted_under(4, "Lúa", &[("field", &["x"])]) });
    for library in Library::each(documents).await {
        let without = Query { without: vec![id(1), id(4)], ..asked(RICE) };
        assert_eq!(library.alike(&without).await, [2], "{library}");
        let filtered = Query { filters: vec![any("field", &["x"])], ..asked(RICE) };
        assert_eq!(library.alike(&filtered).await, [4], "{library}");
        let limited = library.index.similar(&Query { limit: 1, ..asked(RICE) }).await.unwrap();
        assert_eq!(limited.hits.len(), 1, "{library}");
        assert_eq!(library.index.similar(&Query { limit: 0, ..asked(RICE) }).await.unwrap().hits.len(), 0, "{library}");
    }
}

#[tokio::test]
async fn texts_of_any_length_are_compared() {
    for library in Library::each(documents()).await {
        let long = format!("{RICE}. {RICE_TOO}. ").repeat(400);
        let found = library.alike(&asked(&long)).await;
        assert!(found.contains(&1) && !found.contains(&3), "{library}: {found:?}");
        let unknown: String = (0..20_000).map(|n| format!("khôngbiết{n}x ")).collect();
        assert_eq!(library.alike(&asked(&unknown)).await, Vec::<u32>::new(), "{library}");
        for nothing in ["", "…", "🙂"] {
            assert_eq!(library.alike(&asked(nothing)).await, Vec::<u32>::new(), "{library}: {nothing:?}");
        }
        assert_eq!(library.alike(&Query { text: None, ..asked("") }).await, Vec::<u32>::new(), "{library}");
    }
}

#[tokio::test]
async fn minus_and_quotation_marks_are_a_part_of_the_text() {
    for library in Library::each(documents()).await {
        let text = format!("\"{}\" -lúa -ruộng", RICE.replace(',', " -"));
        assert!(library.alike(&asked(&text)).await.contains(&1), "{library}");
    }
}
