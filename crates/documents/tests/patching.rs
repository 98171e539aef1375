//! Merge patches and revisions.

use crate::desk::{Desk, LAI_CHAU, basis, document, events, faults, id, published, text};
use documents::{DocumentInput, Error};
use serde_json::json;
use store::Refusal;
use testkit::on_both;

#[tokio::test]
async fn a_patch_changes_what_it_names_and_null_removes() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let full = DocumentInput {
            place: text("Lai Châu"),
            effective_on: text("2020-12-15"),
            signer_name: text("Trần Tiến Dũng"),
            language: text("en"),
            body_text: text("Điều 1"),
            ..document("43/2020/QĐ-UBND")
        };
        let made = desk.create(full).await;
        let bases = json!({ "legal_bases": [basis("77/2015/QH13", None)], "place": null, "title": "Khác" });
        let patched = desk.patch(&made, bases).await;
        assert_eq!((&patched.row["place"], &patched.row["title"]), (&json!(null), &json!("Khác")));
        assert_eq!((&patched.row["signer_name"], &patched.row["body_text"]), (&json!("Trần Tiến Dũng"), &json!("Điều 1")));
        let removed = json!({ "legal_bases": null, "body_text": null, "language": null, "issuer": null, "signer_name": null });
        let bare = desk.patch(&patched, removed).await.row;
        assert_eq!((&bare["legal_bases"], &bare["language"], &bare["body_text"]), (&json!([]), &json!("vi"), &json!(null)));
        assert_eq!(
            (&bare["issuer_id"], &bare["issuer"], &bare["number"]),
            (&json!(null), &json!(null), &json!("43/2020/QĐ-UBND"))
        );
    })
    .await;
}

#[tokio::test]
async fn the_issuer_is_patched_by_id_or_by_name() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let made = desk.create(document("43/2020/QĐ-UBND")).await;
        let first = made.row["issuer_id"].clone();
        let other = desk.patch(&made, json!({ "issuer": { "name": "Bộ Tài chính" } })).await;
        assert_eq!(other.row["issuer"]["name"], "Bộ Tài chính");
        assert_ne!(other.row["issuer_id"], first);
        let none = desk.patch(&other, json!({ "issuer_id": null })).await;
        assert_eq!(none.row["issuer"], json!(null));
        let back = desk.patch(&none, json!({ "issuer_id": first })).await;
        assert_eq!(back.row["issuer"]["name"], LAI_CHAU);
        let named = desk.patch(&back, json!({ "issuer_id": null, "issuer": { "name": "Bộ Tài chính" } })).await;
        assert_eq!(named.row["issuer_id"], other.row["issuer_id"]);
        let both = desk.revise(&named, json!({ "issuer_id": first, "issuer": { "name": LAI_CHAU } })).await.unwrap_err();
        assert_eq!(faults(&both), [("/issuer".to_owned(), "issuer_twice")]);
        assert_eq!(desk.count("issuers").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_patch_that_changes_nothing_keeps_the_revision() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let made = desk.create(published(document("43/2020/QĐ-UBND"))).await;
        desk.pass(60);
        let same = [json!({}), json!({ "title": made.row["title"], "place": null }), json!({ "issuer": { "name": LAI_CHAU } })];
        for patch in same {
            let after = desk.patch(&made, patch).await;
            assert_eq!((after.revision, &after.row), (made.revision, &made.row));
        }
        assert_eq!(desk.count("document_editions").await, 1);
        assert_eq!(desk.events(id(&made)).await, events(&[("published", 1)]));
        let stale = desk.documents.revise(&desk.editor, id(&made), made.revision.next(), crate::desk::object(json!({}))).await;
        assert!(matches!(stale, Err(Error::Refused(Refusal::Stale))));
    })
    .await;
}

#[tokio::test]
async fn a_patch_that_breaks_a_rule_changes_nothing() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let made = desk.create(document("43/2020/QĐ-UBND")).await;
        for (patch, pointer, code) in [
            (json!({ "issued_on": "2023-02-29" }), "/issued_on", "invalid_date"),
            (json!({ "title": "" }), "/title", "blank"),
            (json!({ "state": "published" }), "/state", "invalid_state"),
            (json!({ "effective_on": "2024-02-01", "expires_on": "2024-01-01" }), "/expires_on", "expires_before_effective"),
            (json!({ "issuer_id": "abc" }), "/issuer_id", "invalid_id"),
            (json!({ "unknown": 1 }), "", "invalid_patch"),
            (json!({ "title": ["a"] }), "", "invalid_patch"),
            (json!({ "issuer": { "name": " " } }), "/issuer/name", "blank"),
            (json!({ "issuer": { "name": "???" } }), "/issuer/name", "blank"),
        ] {
            let refused = desk.revise(&made, patch.clone()).await.unwrap_err();
            assert_eq!(faults(&refused), [(pointer.to_owned(), code)], "{patch}");
        }
        assert_eq!(desk.working(id(&made)).await, Some(made.row));
        assert_eq!(desk.count("issuers").await, 1);
    })
    .await;
}

#[tokio::test]
async fn every_change_counts_and_a_stale_one_is_refused() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let made = desk.create(document("43/2020/QĐ-UBND")).await;
        let second = desk.patch(&made, json!({ "title": "Hai" })).await;
        assert!(matches!(desk.revise(&made, json!({ "title": "Ba" })).await, Err(Error::Refused(Refusal::Stale))));
        let third = desk.publish(&second).await;
        let fourth = desk.patch(&third, json!({ "title": "Bốn" })).await;
        assert_eq!([second.revision.0, third.revision.0, fourth.revision.0], [2, 3, 4]);
        assert_eq!(desk.live(id(&made)).await.unwrap()["revision"], 4, "one revision for all editions");
        let fifth = desk.withdraw(&fourth).await;
        assert_eq!(fifth.row["revision"], 5);
    })
    .await;
}

#[tokio::test]
async fn of_two_patches_at_once_one_wins() {
    on_both(|test| async {
        let desk = Desk::of(test);
        for input in [document("43/2020/QĐ-UBND"), published(document("44/2020/QĐ-UBND"))] {
            let made = desk.create(input).await;
            let (one, other) =
                tokio::join!(desk.revise(&made, json!({ "title": "Một" })), desk.revise(&made, json!({ "title": "Hai" })));
            let won: Vec<_> = [&one, &other].into_iter().flatten().collect();
            assert_eq!(won.len(), 1);
            assert_eq!([&one, &other].iter().filter(|outcome| matches!(outcome, Err(Error::Refused(Refusal::Stale)))).count(), 1);
            let now = desk.present(id(&made)).await;
            assert_eq!((now.revision.0, &now.row["title"]), (2, &won[0].row["title"]));
        }
    })
    .await;
}
