//! Legal bases find the one document that they name.

use crate::desk::{Desk, basis, document, every_field, id, published, question};
use documents::DocumentInput;
use kernel::query::ListQuery;
use kernel::query::State::{Draft, Published};
use serde_json::{Value, json};
use testkit::on_both;

/// A decision based on the given numbers and days.
async fn based_on(desk: &Desk, bases: Value) -> kernel::Id {
    let made = desk.create(published(document("1/2021/QĐ-UBND"))).await;
    let made = desk.patch(&made, json!({ "legal_bases": bases })).await;
    id(&desk.publish(&made).await)
}

/// The documents that the bases of the live edition name.
async fn links(desk: &Desk, of: kernel::Id) -> Vec<Value> {
    let row = desk.live(of).await.unwrap();
    row["legal_bases"].as_array().unwrap().iter().map(|base| base["document_id"].clone()).collect()
}

fn of_day(number: &str, day: Option<&str>, issuer: &str) -> DocumentInput {
    let issuer = documents::IssuerName { name: issuer.to_owned() };
    published(DocumentInput { issued_on: day.map(str::to_owned), issuer: Some(issuer), ..document(number) })
}

#[tokio::test]
async fn a_basis_names_the_one_document_of_its_number_and_day() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let law = id(&desk.create(of_day("77/2015/QH13", Some("2015-06-19"), "Quốc hội")).await).to_string();
        let bases = json!([
            basis("77/2015/QH13", Some("2015-06-19")),
            basis("77/2015/QH13", None),
            basis("77/2015/QH13", Some("2015-06-20")),
            basis("78/2015/QH13", None),
            { "title": "Luật không số" },
        ]);
        let act = based_on(&desk, bases).await;
        assert_eq!(links(&desk, act).await, [json!(law), json!(law), json!(null), json!(null), json!(null)]);
    })
    .await;
}

#[tokio::test]
async fn an_ambiguous_basis_names_nothing_unless_its_day_decides() {
    on_both(|test| async {
        let desk = Desk::of(test);
        desk.create(of_day("05/QĐ-UBND", Some("2019-01-02"), "Ủy ban nhân dân tỉnh Lai Châu")).await;
        let other = id(&desk.create(of_day("05/QĐ-UBND", Some("2019-03-04"), "Ủy ban nhân dân tỉnh Sơn La")).await);
        let act = based_on(&desk, json!([basis("05/QĐ-UBND", None), basis("05/QĐ-UBND", Some("2019-03-04"))])).await;
        assert_eq!(links(&desk, act).await, [json!(null), json!(other.to_string())]);
    })
    .await;
}

#[tokio::test]
async fn documents_are_published_in_any_order_and_the_link_follows_what_is_live() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let act = based_on(&desk, json!([basis("77/2015/QH13", None)])).await;
        assert_eq!(links(&desk, act).await, [json!(null)]);
        let draft = desk.create(DocumentInput { state: None, ..of_day("77/2015/QH13", None, "Quốc hội") }).await;
        let target = json!(id(&draft).to_string());
        assert_eq!(links(&desk, act).await, [json!(null)], "a draft is nobody's basis in public");
        assert_eq!(desk.working(act).await.unwrap()["legal_bases"][0]["document_id"], target, "writers see working copies");
        let live = desk.publish(&draft).await;
        assert_eq!(links(&desk, act).await, std::slice::from_ref(&target));
        for state in [Published, Draft] {
            let query = ListQuery { fields: every_field(), ..question(state) };
            let page = desk.documents.list(&desk.editor.actor, &query).await.unwrap();
            let row = &page.items.iter().find(|(_, row)| row["id"] == act.to_string()).unwrap().1;
            assert_eq!(row["legal_bases"][0]["document_id"], target);
        }
        let before = desk.present(act).await;
        desk.withdraw(&live).await;
        assert_eq!(links(&desk, act).await, [json!(null)]);
        assert_eq!(desk.present(act).await.revision, before.revision, "the act itself did not change");
    })
    .await;
}
