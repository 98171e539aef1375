//! Import of printed texts.

use crate::desk::{Desk, LAI_CHAU, events, printed, question};
use documents::{Error, Outcome, State};
use futures_util::TryStreamExt;
use kernel::query::State::{Draft, Published};
use kernel::text::legacy::encode_tcvn3;
use kernel::{Actor, Call, Id};
use testkit::on_both;

const NUMBER: &str = "43/2020/QĐ-UBND";

fn decision() -> String {
    printed(
        NUMBER,
        "Ban hành Quy chế quản lý cổng thông tin",
        "Điều 2. Quyết định này có hiệu lực kể từ ngày 15 tháng 12 năm 2020.",
    )
}

/// The bytes of a file as they are handed out.
async fn bytes_of(desk: &Desk, actor: &Actor, document: Id, file: Id) -> Vec<u8> {
    let (_, stream) = desk.documents.file(actor, document, file).await.unwrap().unwrap();
    stream.try_collect::<Vec<_>>().await.unwrap().concat()
}

#[tokio::test]
async fn a_text_becomes_a_document_with_the_fields_that_it_states() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let import = desk.import("qd-43.txt", decision()).await;
        assert_eq!((import.outcome, import.number.as_deref()), (Outcome::Imported, Some(NUMBER)));
        let row = desk.live(import.id).await.unwrap();
        for (field, want) in [
            ("number", NUMBER),
            ("doc_type", "quyet-dinh"),
            ("title", "Ban hành Quy chế quản lý cổng thông tin"),
            ("place", "Lai Châu"),
            ("issued_on", "2020-12-02"),
            ("effective_on", "2020-12-15"),
            ("signer_name", "Trần Tiến Dũng"),
            ("signer_capacity", "TM."),
            ("state", "published"),
            ("body_text", &decision()),
        ] {
            assert_eq!(row[field], want, "{field}");
        }
        assert_eq!(row["issuer"]["name"], LAI_CHAU);
        assert_eq!(row["legal_bases"][0]["number"], "77/2015/QH13");
        let files = desk.documents.files(&Actor::Anonymous, import.id).await.unwrap().unwrap();
        assert_eq!((files.len(), files[0].name.as_str(), files[0].encoding.as_str()), (1, "qd-43.txt", "utf-8"));
        assert_eq!(row["source_file_id"], files[0].id.to_string());
        assert_eq!(bytes_of(&desk, &Actor::Anonymous, import.id, files[0].id).await, decision().into_bytes());
        assert_eq!(desk.events(import.id).await, events(&[("published", 1)]));
    })
    .await;
}

#[tokio::test]
async fn the_same_bytes_again_change_nothing_under_any_name() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let first = desk.import("a.txt", decision()).await;
        for state in [State::Published, State::Draft] {
            let again = desk.try_import("b.txt", decision(), state).await.unwrap();
            assert_eq!((again.outcome, again.id, again.number.as_deref()), (Outcome::Unchanged, first.id, Some(NUMBER)));
        }
        assert_eq!((desk.count("documents").await, desk.count("document_files").await), (1, 1));
        assert_eq!(desk.events(first.id).await, events(&[("published", 1)]));
    })
    .await;
}

#[tokio::test]
async fn an_import_makes_drafts_where_it_is_told_to() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let import = desk.try_import("a.txt", decision(), State::Draft).await.unwrap();
        assert_eq!(desk.live(import.id).await, None);
        assert_eq!(desk.working(import.id).await.unwrap()["state"], "draft");
        assert_eq!((desk.numbers(&question(Published)).await.len(), desk.numbers(&question(Draft)).await.len()), (0, 1));
        assert!(desk.documents.files(&Actor::Anonymous, import.id).await.unwrap().is_none());
        assert_eq!(desk.events(import.id).await, events(&[("created", 1)]));
    })
    .await;
}

#[tokio::test]
async fn a_text_without_a_full_number_is_known_by_its_bytes() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let [one, other] = ["/2020/QĐ-UBND", "/2021/QĐ-UBND"].map(|number| printed(number, "Về việc chưa có số", ""));
        let first = desk.import("a.txt", one.clone()).await;
        let second = desk.import("b.txt", other).await;
        assert_eq!((first.outcome, second.outcome), (Outcome::Imported, Outcome::Imported));
        assert_ne!(first.id, second.id);
        let again = desk.import("c.txt", one.clone()).await;
        assert_eq!((again.outcome, again.id), (Outcome::Unchanged, first.id));
        desk.patch(&desk.present(first.id).await, serde_json::json!({ "place": "Hà Nội" })).await;
        let again = desk.import("d.txt", one).await;
        assert_eq!((again.outcome, again.id), (Outcome::Unchanged, first.id));
    })
    .await;
}

#[tokio::test]
async fn legacy_bytes_come_in_as_unicode_and_come_back_as_they_were() {
    on_both(|test| async {
        let desk = Desk::of(test);
        // TCVN3 keeps capitals with tones in a font of its own, so its texts are written without them.
        let text = printed(NUMBER, "Ban hành Quy chế", "").replace("Điều 1. Ban hành", "Điều 1. Nay ban hành");
        let legacy = encode_tcvn3(&text).unwrap();
        assert_ne!(legacy, text.as_bytes());
        let import = desk.import("cu.txt", legacy.clone()).await;
        let row = desk.live(import.id).await.unwrap();
        assert_eq!((row["number"].as_str(), row["place"].as_str()), (Some(NUMBER), Some("Lai Châu")));
        assert!(row["body_text"].as_str().unwrap().contains("Nay ban hành kèm theo Quyết định này quy chế của tỉnh."));
        let files = desk.documents.files(&Actor::Anonymous, import.id).await.unwrap().unwrap();
        assert_eq!(files[0].encoding, "tcvn3");
        assert_eq!(bytes_of(&desk, &Actor::Anonymous, import.id, files[0].id).await, legacy);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_fails_and_leaves_no_rows() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let binary: Vec<u8> = [0x50, 0x4b, 3, 4, 0, 0, 0, 0].repeat(50);
        for (name, bytes) in [
            ("a.txt", Vec::new()),
            ("a.txt", b" \r\n\t ".to_vec()),
            ("a.txt", binary.clone()),
            ("a.txt", b"Quyet dinh\0 so 1".to_vec()),
            ("a.html", b"<html><body> <p>&nbsp;</p></body></html>".to_vec()),
        ] {
            let failed = desk.try_import(name, bytes, State::Published).await.unwrap_err();
            assert!(matches!(failed, Error::Source(_)), "{failed:?}");
        }
        for name in ["a.pdf", "a.docx"] {
            let failed = desk.try_import(name, decision(), State::Draft).await.unwrap_err();
            assert!(matches!(failed, Error::Source(source_text::Error::NotThis { .. })), "{name}: {failed:?}");
        }
        for name in ["a", "", "a.txt.exe"] {
            let failed = desk.try_import(name, decision(), State::Draft).await.unwrap_err();
            assert!(matches!(failed, Error::Source(source_text::Error::Unsupported)), "{name}");
        }
        let nobody = documents::Source { name: "a.txt".into(), bytes: decision().into(), state: State::Draft };
        assert!(desk.documents.import(&Call::of(Actor::Anonymous), nobody).await.is_err());
        for table in ["documents", "document_files", "document_keys", "issuers", "events", "resources"] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_page_with_a_nul_by_reference_is_no_fault_of_ours() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let page = format!("<html><body><p>{}&#0;&#x0;x</p></body></html>", decision().replace('\n', "</p><p>"));
        let import = desk.import("a.HTML", page).await;
        assert!(!desk.live(import.id).await.unwrap()["body_text"].as_str().unwrap().contains('\0'));
    })
    .await;
}

#[tokio::test]
async fn an_imported_text_whatever_its_size_can_be_edited() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let long = "rất dài ".repeat(600);
        let bases = "Căn cứ Nghị định số 1/2015/NĐ-CP ngày 19 tháng 6 năm 2015;\n".repeat(300);
        let text = decision()
            .replace("Quy chế quản lý", &format!("Quy chế {long} quản lý"))
            .replace("Căn cứ Luật", &format!("{bases}Căn cứ Luật"));
        for (name, text) in [("a.txt", decision()), ("b.txt", text.replace("43/2020", "44/2020"))] {
            let import = desk.import(name, text).await;
            let seen = desk.present(import.id).await;
            let same = desk.patch(&seen, serde_json::json!({})).await;
            assert_eq!(same.revision, seen.revision, "its content is as a writer would have entered it");
            desk.patch(&seen, serde_json::json!({ "gazette_number": "15" })).await;
        }
    })
    .await;
}
