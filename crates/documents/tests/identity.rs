//! Two documents never share issuer, full number and date.

use crate::desk::{Desk, LAI_CHAU, document, id, published};
use documents::{DocumentInput, Error, IssuerName};
use kernel::{Found, Id};
use serde_json::json;
use testkit::on_both;

fn by(issuer: &str, number: &str) -> DocumentInput {
    DocumentInput { issuer: Some(IssuerName { name: issuer.to_owned() }), ..document(number) }
}

/// The other document that the refusal names.
fn other(outcome: Result<Found, Error>) -> Id {
    match outcome {
        Err(Error::DocumentExists { other }) => other,
        outcome => panic!("{outcome:?}"),
    }
}

#[tokio::test]
async fn the_same_issuer_number_and_date_is_refused_and_the_other_named() {
    on_both(|test| async {
        let desk = Desk::of(test);
        for first in [document("43/2020/QĐ-UBND"), published(document("44/2020/QĐ-UBND"))] {
            let first = desk.create(first).await;
            let number = first.row["number"].as_str().unwrap();
            for same in [document(number), by("UỶ BAN NHÂN DÂN TỈNH LAI CHÂU", number), document(&format!("Số: {number}"))]
            {
                assert_eq!(other(desk.documents.create(&desk.editor, same).await), id(&first));
            }
        }
        assert_eq!(desk.count("documents").await, 2);
    })
    .await;
}

#[tokio::test]
async fn another_issuer_another_day_or_half_a_number_is_another_document() {
    on_both(|test| async {
        let desk = Desk::of(test);
        desk.create(document("43/2020/QĐ-UBND")).await;
        desk.create(by("Ủy ban nhân dân tỉnh Sơn La", "43/2020/QĐ-UBND")).await;
        desk.create(DocumentInput { issued_on: Some("2020-12-03".to_owned()), ..document("43/2020/QĐ-UBND") }).await;
        desk.create(DocumentInput { issuer: None, ..document("43/2020/QĐ-UBND") }).await;
        desk.create(DocumentInput { issuer: None, ..document("43/2020/QĐ-UBND") }).await;
        desk.create(document("/2020/QĐ-UBND")).await;
        desk.create(document("/2020/QĐ-UBND")).await;
        let undated = || DocumentInput { issued_on: None, ..document("43/QĐ-UBND") };
        desk.create(undated()).await;
        desk.create(undated()).await;
        assert_eq!(desk.count("documents").await, 9);
    })
    .await;
}

#[tokio::test]
async fn of_creations_at_once_one_wins_and_the_others_name_it() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let issuer = desk.create(document("1/2020/QĐ-UBND")).await.row["issuer_id"].as_str().unwrap().to_owned();
        let inputs = (0..8).map(|at| match at % 2 {
            0 => document("43/2020/QĐ-UBND"),
            _ => DocumentInput { issuer: None, issuer_id: Some(issuer.clone()), ..document("43/2020/QĐ-UBND") },
        });
        let creations = inputs.map(|input| desk.documents.create(&desk.editor, input));
        let (won, lost): (Vec<_>, Vec<_>) = futures_util::future::join_all(creations).await.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 7), "{lost:?}");
        let winner = id(won[0].as_ref().unwrap());
        for refused in lost {
            assert_eq!(other(refused), winner);
        }
        assert_eq!((desk.count("documents").await, desk.count("issuers").await), (2, 1));
    })
    .await;
}

#[tokio::test]
async fn a_patch_cannot_make_two_documents_one() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let first = desk.create(published(document("43/2020/QĐ-UBND"))).await;
        let second = desk.create(document("44/2020/QĐ-UBND")).await;
        let same = json!({ "number": "43/2020/QĐ-UBND" });
        assert_eq!(other(desk.revise(&second, same.clone()).await), id(&first));
        let moved = desk.patch(&second, json!({ "number": "43/2020/QĐ-UBND", "issued_on": "2020-12-03" })).await;
        assert_eq!(other(desk.revise(&moved, json!({ "issued_on": "2020-12-02" })).await), id(&first));
        let elsewhere = desk.patch(&moved, json!({ "issuer": { "name": "Bộ Tài chính" }, "issued_on": "2020-12-02" })).await;
        assert_eq!(other(desk.revise(&elsewhere, json!({ "issuer": { "name": LAI_CHAU } })).await), id(&first));
        assert_eq!(desk.present(id(&second)).await.revision, elsewhere.revision);
    })
    .await;
}

#[tokio::test]
async fn a_live_number_stays_taken_until_its_successor_is_published() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let live = desk.create(published(document("43/2020/QĐ-UBND"))).await;
        let draft = desk.patch(&live, json!({ "number": "45/2020/QĐ-UBND" })).await;
        for taken in ["43/2020/QĐ-UBND", "45/2020/QĐ-UBND"] {
            assert_eq!(other(desk.documents.create(&desk.editor, document(taken)).await), id(&live));
        }
        desk.publish(&draft).await;
        desk.create(document("43/2020/QĐ-UBND")).await;
        assert_eq!(other(desk.documents.create(&desk.editor, document("45/2020/QĐ-UBND")).await), id(&live));
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_document_keeps_its_number() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let gone = desk.withdraw(&desk.create(published(document("43/2020/QĐ-UBND"))).await).await;
        assert_eq!(other(desk.documents.create(&desk.editor, document("43/2020/QĐ-UBND")).await), id(&gone));
    })
    .await;
}
