//! What scores are made of.

use crate::documents::{asked, everything, law};
use crate::library::Library;
use search::{Query, SearchDocument};

/// Every name of a reason of the embedded index: what a score is added up of.
const EMBEDDED: [&str; 7] = ["number", "title", "heading", "words", "tones", "together", "near"];
/// Every name of a reason of Meilisearch: the stage, and what it ranks by within.
const MEILISEARCH: [&str; 16] = [
    "number_and_phrase",
    "number_and_words",
    "number",
    "phrase_with_tones",
    "phrase",
    "words_in_title_with_tones",
    "words_in_title",
    "words_with_tones",
    "words",
    "most_words",
    "words_found",
    "spelling",
    "nearness",
    "field",
    "place",
    "exactness",
];

#[tokio::test]
async fn reasons_are_told_where_they_are_asked_for() {
    let passages = [("art_1", "Điều 1. Giá đất", "Giá đất ở nông thôn"), ("art_2", "Điều 2", "giá nước")];
    let document = SearchDocument { number: Some("12/2024/QĐ-UBND".to_owned()), ..law(1, "Quy định giá đất", &passages) };
    for library in Library::each(vec![document]).await {
        for text in ["giá đất", "12/2024", "nông thôn nước", "gía đất nông thoon"] {
            let query = asked(text);
            let hits = library.find(&query).await;
            assert!(hits.total == 1 && hits.hits[0].reasons.is_empty(), "{library}: {text}");
            let hits = library.find(&Query { explain: true, ..query }).await;
            let reasons = &hits.hits[0].reasons;
            assert!(!reasons.is_empty(), "{library}: {text}");
            for reason in reasons {
                assert!(library.knows_reason(&reason.name), "{library}: {text}: {}", reason.name);
                assert!(reason.score.is_finite() && reason.score >= 0.0, "{library}: {text}: {reason:?}");
            }
        }
        let hits = library.find(&Query { explain: true, ..asked("12/2024") }).await;
        assert!(hits.hits[0].reasons.iter().any(|reason| reason.name == "number"), "{library}");
        library.find(&Query { explain: true, ..everything() }).await;
    }
}

impl Library {
    fn knows_reason(&self, name: &str) -> bool {
        let known = if self.is_embedded() { &EMBEDDED[..] } else { &MEILISEARCH[..] };
        known.contains(&name)
    }
}
