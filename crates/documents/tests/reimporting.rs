//! Imports of a document that is there already, and imports at once.

use crate::desk::{Desk, document, events, id, printed, published};
use documents::{DocumentInput, Outcome, State};
use kernel::Actor;
use serde_json::json;
use testkit::on_both;

const NUMBER: &str = "43/2020/QĐ-UBND";

fn version(title: &str) -> String {
    printed(NUMBER, title, "")
}

#[tokio::test]
async fn other_bytes_make_a_new_revision_and_the_old_file_stays_readable() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let first = desk.import("a.txt", version("Ban hành Quy chế một")).await;
        desk.pass(60);
        let second = desk.import("b.txt", version("Ban hành Quy chế hai")).await;
        assert_eq!((second.outcome, second.id), (Outcome::Updated, first.id));
        let row = desk.live(first.id).await.unwrap();
        assert_eq!((&row["title"], &row["revision"]), (&json!("Ban hành Quy chế hai"), &json!(2)));
        let files = desk.documents.files(&Actor::Anonymous, first.id).await.unwrap().unwrap();
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["b.txt", "a.txt"]);
        assert_eq!(row["source_file_id"], files[0].id.to_string());
        assert!(desk.documents.file(&Actor::Anonymous, first.id, files[1].id).await.unwrap().is_some());
        assert_eq!(desk.import("c.txt", version("Ban hành Quy chế hai")).await.outcome, Outcome::Unchanged);
        assert_eq!(desk.events(first.id).await, events(&[("published", 1), ("published", 2)]));
    })
    .await;
}

#[tokio::test]
async fn a_draft_import_leaves_the_live_edition_and_hides_its_file() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let first = desk.import("a.txt", version("Ban hành Quy chế một")).await;
        let second = desk.try_import("b.txt", version("Ban hành Quy chế hai"), State::Draft).await.unwrap();
        assert_eq!((second.outcome, second.id), (Outcome::Updated, first.id));
        assert_eq!(desk.live(first.id).await.unwrap()["title"], "Ban hành Quy chế một");
        assert_eq!(desk.working(first.id).await.unwrap()["title"], "Ban hành Quy chế hai");
        let public = desk.documents.files(&Actor::Anonymous, first.id).await.unwrap().unwrap();
        assert_eq!(public.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["a.txt"]);
        let all = desk.documents.files(&desk.editor.actor, first.id).await.unwrap().unwrap();
        let hidden = all.iter().find(|file| file.name == "b.txt").unwrap();
        assert!(desk.documents.file(&Actor::Anonymous, first.id, hidden.id).await.unwrap().is_none());
        assert!(desk.documents.file(&desk.editor.actor, first.id, hidden.id).await.unwrap().is_some());
        assert_eq!(desk.events(first.id).await, events(&[("published", 1), ("updated", 2)]));
        desk.publish(&desk.present(first.id).await).await;
        assert!(desk.documents.file(&Actor::Anonymous, first.id, hidden.id).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn importing_again_keeps_what_the_text_does_not_tell() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let first = desk.import("a.txt", version("Ban hành Quy chế một")).await;
        let edited = json!({ "gazette_number": "15", "gazette_date": "2021-01-05", "expires_on": "2025-01-01", "language": "en", "place": "Điện Biên" });
        let edited = desk.patch(&desk.present(first.id).await, edited).await;
        desk.publish(&edited).await;
        desk.import("b.txt", version("Ban hành Quy chế hai")).await;
        let row = desk.live(first.id).await.unwrap();
        let kept = ["gazette_number", "gazette_date", "expires_on", "language"].map(|field| row[field].as_str().unwrap());
        assert_eq!(kept, ["15", "2021-01-05", "2025-01-01", "en"]);
        assert_eq!((&row["place"], &row["title"]), (&json!("Lai Châu"), &json!("Ban hành Quy chế hai")), "what it tells is taken");
        let bare = version("Ban hành Quy chế ba").replace("Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13 ngày 19 tháng 6 năm 2015;", "");
        desk.import("c.txt", bare).await;
        assert_eq!(desk.live(first.id).await.unwrap()["legal_bases"][0]["number"], "77/2015/QH13");
    })
    .await;
}

#[tokio::test]
async fn a_day_of_effect_that_overtakes_an_old_expiry_drops_it() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let input = DocumentInput { expires_on: Some("2020-12-10".into()), ..document(NUMBER) };
        let made = desk.create(published(input)).await;
        let text = printed(NUMBER, "Ban hành Quy chế", "Điều 2. Quyết định này có hiệu lực kể từ ngày 15 tháng 12 năm 2020.");
        let import = desk.import("a.txt", text).await;
        assert_eq!((import.outcome, import.id), (Outcome::Updated, id(&made)));
        let row = desk.live(import.id).await.unwrap();
        assert_eq!((&row["effective_on"], &row["expires_on"]), (&json!("2020-12-15"), &json!(null)));
        desk.patch(&desk.present(import.id).await, json!({ "place": "Hà Nội" })).await;
    })
    .await;
}

#[tokio::test]
async fn a_number_that_an_import_replaced_is_free_again() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let live = desk.create(published(document("41/2020/QĐ-UBND"))).await;
        desk.patch(&live, json!({ "number": NUMBER })).await;
        assert_eq!(desk.import("a.txt", version("Ban hành Quy chế")).await.id, id(&live));
        assert_eq!(desk.live(id(&live)).await.unwrap()["number"], NUMBER);
        desk.create(document("41/2020/QĐ-UBND")).await;
    })
    .await;
}

#[tokio::test]
async fn the_same_file_imported_at_once_is_one_document_with_one_file() {
    for number in [NUMBER, "/2020/QĐ-UBND"] {
        for known_issuer in [false, true] {
            on_both(|test| async move {
                let desk = Desk::of(test);
                if known_issuer {
                    desk.create(document("1/2020/QĐ-UBND")).await;
                }
                let before = desk.count("documents").await;
                let text = printed(number, "Ban hành Quy chế", "");
                let imports = (0..5).map(|_| desk.import("a.txt", text.clone()));
                let imports = futures_util::future::join_all(imports).await;
                let made = imports.iter().filter(|import| import.outcome == Outcome::Imported).count();
                let same = imports.iter().filter(|import| import.outcome == Outcome::Unchanged).count();
                assert_eq!((made, same), (1, 4), "{number} {known_issuer}");
                assert!(imports.iter().all(|import| import.id == imports[0].id));
                assert_eq!((desk.count("documents").await - before, desk.count("document_files").await), (1, 1));
                assert_eq!(desk.events(imports[0].id).await, events(&[("published", 1)]));
            })
            .await;
        }
    }
}

#[tokio::test]
async fn different_files_of_one_document_imported_at_once_are_its_revisions() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let texts = ["một", "hai", "ba", "bốn"].map(|word| version(&format!("Ban hành Quy chế {word}")));
        let imports = futures_util::future::join_all(texts.map(|text| desk.import("a.txt", text))).await;
        assert_eq!(imports.iter().filter(|import| import.outcome == Outcome::Imported).count(), 1);
        assert!(imports.iter().all(|import| import.id == imports[0].id));
        let want = [("published", 1), ("published", 2), ("published", 3), ("published", 4)];
        assert_eq!(desk.events(imports[0].id).await, events(&want));
        assert_eq!((desk.count("document_files").await, desk.count("document_editions WHERE live").await), (4, 1));
    })
    .await;
}

#[tokio::test]
async fn an_import_over_an_open_draft_keeps_the_draft() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let first = desk.import("a.txt", version("Ban hành Quy chế một")).await;
        let mine = desk.patch(&desk.present(first.id).await, json!({ "title": "Bản đang sửa" })).await;
        assert_eq!(mine.row["state"], "draft");
        let editions = desk.count("document_editions").await;
        desk.import("b.txt", version("Ban hành Quy chế hai")).await;
        assert_eq!(desk.live(first.id).await.unwrap()["title"], "Ban hành Quy chế hai");
        assert_eq!(desk.count("document_editions").await, editions + 1, "nobody's work is overwritten");
    })
    .await;
}
