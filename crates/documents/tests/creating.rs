//! Entering documents, and who sees them.

use crate::desk::{Desk, document, events, faults, id, published, text};
use documents::{DocumentInput, Error, IssuerName, LegalBaseInput, State};
use kernel::query::State::{Draft, Published};
use kernel::{Actor, Call, Permission};
use serde_json::json;
use store::Refusal;
use testkit::on_both;

/// Takes apart the few compositions that these tests hold.
fn nfd(text: &str) -> String {
    text.replace('é', "e\u{301}").replace('ộ', "o\u{323}\u{302}").replace('ủ', "u\u{309}")
}

#[tokio::test]
async fn a_new_document_is_a_draft_that_only_writers_see() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let made = desk.create(document("43/2020/QĐ-UBND")).await;
        assert_eq!((made.revision.0, &made.row["state"], &made.row["published_at"]), (1, &json!("draft"), &json!(null)));
        assert_eq!(desk.live(id(&made)).await, None);
        assert_eq!(desk.seen_by(&desk.editor.actor, id(&made), Published).await.as_ref(), Some(&made.row));
        assert_eq!(desk.seen_by(&Actor::Operator, id(&made), Draft).await.as_ref(), Some(&made.row));
        assert_eq!(desk.events(id(&made)).await, events(&[("created", 1)]));
    })
    .await;
}

#[tokio::test]
async fn a_document_may_be_published_at_once() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let made = desk.create(published(document("43/2020/QĐ-UBND"))).await;
        assert_eq!(made.row["state"], "published");
        assert_eq!(made.row["published_at"], testkit::now().print());
        assert_eq!(desk.live(id(&made)).await.as_ref(), Some(&made.row));
        assert_eq!(desk.events(id(&made)).await, events(&[("published", 1)]));
        let withdrawn = DocumentInput { state: Some(State::Withdrawn), ..document("44/2020/QĐ-UBND") };
        let refused = desk.documents.create(&desk.editor, withdrawn).await.unwrap_err();
        assert_eq!(faults(&refused), [("/state".to_owned(), "invalid_state")]);
    })
    .await;
}

#[tokio::test]
async fn nobody_writes_or_reads_drafts_without_the_right() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let made = desk.create(document("43/2020/QĐ-UBND")).await;
        let nobody = Call::of(Actor::Anonymous);
        let refused = desk.documents.create(&nobody, document("1/2020/QĐ-UBND")).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Refusal::NotLoggedIn)));
        assert!(matches!(
            desk.documents.delete(&nobody, id(&made), made.revision).await,
            Err(Error::Refused(Refusal::NotLoggedIn))
        ));
        let view = kernel::View { as_of: None, fields: crate::desk::every_field(), state: Draft, lang: kernel::Language::Source };
        assert!(matches!(
            desk.documents.get(&Actor::Anonymous, id(&made), &view).await,
            Err(Error::Refused(Refusal::NotLoggedIn))
        ));
        let drafts = crate::desk::question(Draft);
        assert!(matches!(desk.documents.list(&Actor::Anonymous, &drafts).await, Err(Error::Refused(Refusal::NotLoggedIn))));
        assert!(desk.documents.files(&Actor::Anonymous, id(&made)).await.unwrap().is_none());
        let editor_deletes = desk.issuers.delete(&desk.editor, id(&made), made.revision).await;
        assert!(matches!(editor_deletes, Err(Error::Refused(Refusal::Forbidden(Permission::IssuersDelete)))));
        assert_eq!(desk.count("documents").await, 1);
    })
    .await;
}

#[tokio::test]
async fn every_field_at_fault_is_told_with_its_pointer() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let long = |length| Some("ă".repeat(length));
        let base = |number, issued_on| LegalBaseInput { number, title: None, issued_on, document_id: None };
        let input = DocumentInput {
            number: long(101),
            doc_type: text("Quyết định"),
            title: text(" \t\n "),
            issuer: Some(IssuerName { name: "a".repeat(301) }),
            place: text("\0"),
            issued_on: text("2023-02-29"),
            effective_on: text("2024-01-02"),
            expires_on: text("2024-01-02"),
            signer_capacity: text("TM"),
            language: text("VI"),
            legal_bases: Some(vec![base(text("1/2020/NĐ-CP"), None), base(long(101), text("hôm qua"))]),
            body_text: text("a\0b"),
            ..DocumentInput::default()
        };
        let refused = desk.documents.create(&desk.editor, input).await.unwrap_err();
        let want = [
            ("/body_text", "invalid_text"),
            ("/doc_type", "invalid_slug"),
            ("/expires_on", "expires_before_effective"),
            ("/issued_on", "invalid_date"),
            ("/issuer/name", "too_long"),
            ("/language", "invalid_language"),
            ("/legal_bases/1/issued_on", "invalid_date"),
            ("/legal_bases/1/number", "too_long"),
            ("/number", "too_long"),
            ("/place", "blank"),
            ("/signer_capacity", "invalid_capacity"),
            ("/title", "blank"),
        ];
        assert_eq!(faults(&refused), want.map(|(pointer, code)| (pointer.to_owned(), code)));
        let unknown = DocumentInput { issuer: None, issuer_id: text(&testkit_id()), ..document("1/2020/QĐ-UBND") };
        let refused = desk.documents.create(&desk.editor, unknown).await.unwrap_err();
        assert_eq!(faults(&refused), [("/issuer_id".to_owned(), "unknown_issuer")]);
        for (table, want) in [("documents", 0), ("issuers", 0), ("resources", 0), ("events", 0), ("document_keys", 0)] {
            assert_eq!(desk.count(table).await, want, "{table}");
        }
    })
    .await;
}

fn testkit_id() -> String {
    kernel::Id::new(testkit::now()).to_string()
}

#[tokio::test]
async fn text_comes_in_as_nfc_in_one_line_and_numbers_in_their_printed_form() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let input = DocumentInput {
            number: text("43/2020/QĐ - UBND"),
            title: text(&nfd("  Quy chế\u{a0}quản lý \n nội bộ, hoàn chỉnh é ")),
            place: text(&nfd("Thủ đô")),
            body_text: text(&nfd("Điều 1.\n\n  Nội bộ é\n")),
            legal_bases: Some(vec![LegalBaseInput {
                number: None,
                title: text(&nfd("Bộ  luật")),
                issued_on: None,
                document_id: None,
            }]),
            ..document("")
        };
        let row = desk.create(input).await.row;
        assert_eq!(row["number"], "43/2020/QĐ-UBND");
        assert_eq!(row["title"], "Quy chế quản lý nội bộ, hoàn chỉnh é");
        assert_eq!(row["place"], "Thủ đô");
        assert_eq!(row["body_text"], "Điều 1.\n\n  Nội bộ é\n");
        assert_eq!(row["legal_bases"][0]["title"], "Bộ luật");
        assert_eq!(row["language"], "vi");
    })
    .await;
}

#[tokio::test]
async fn a_document_that_was_never_published_can_be_deleted_with_all_that_hangs_on_it() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let made = desk.create(DocumentInput { body_text: text("Điều 1"), ..document("43/2020/QĐ-UBND") }).await;
        let made = desk.patch(&made, json!({ "place": "Lai Châu" })).await;
        let stale = desk.documents.delete(&desk.editor, id(&made), kernel::Revision(1)).await;
        assert!(matches!(stale, Err(Error::Refused(Refusal::Stale))));
        desk.documents.delete(&desk.editor, id(&made), made.revision).await.unwrap();
        for table in ["documents", "document_editions", "document_bodies", "document_keys"] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
        assert_eq!(desk.working(id(&made)).await, None);
        assert_eq!(desk.events(id(&made)).await, events(&[("created", 1), ("updated", 2), ("deleted", 3)]));
        let again = desk.documents.delete(&desk.editor, id(&made), made.revision).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::NotFound))));
        desk.create(document("43/2020/QĐ-UBND")).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_ever_published_is_not_deleted() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let live = desk.create(published(document("43/2020/QĐ-UBND"))).await;
        let withdrawn = desk.withdraw(&live).await;
        let redrafted = desk.patch(&withdrawn, json!({ "place": "Lai Châu" })).await;
        for seen in [&redrafted] {
            let refused = desk.documents.delete(&desk.editor, id(seen), seen.revision).await;
            assert!(matches!(refused, Err(Error::WasPublished)));
        }
        assert!(desk.working(id(&live)).await.is_some());
    })
    .await;
}
