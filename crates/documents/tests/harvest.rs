//! What harvesters are told: everything that was ever published, in the order of its changes, deletions for good.

use crate::desk::{Desk, document, id, printed, published, text};
use documents::{DocumentInput, Gazettes, Harvest, HarvestQuery, HarvestSet, Harvested, Relations, Wanted};
use kernel::{Found, Id, Instant};
use serde_json::json;
use testkit::on_both;

fn all() -> HarvestQuery {
    HarvestQuery { from: None, before: None, set: HarvestSet::All, wanted: Wanted::Anything, after: None, size: 100 }
}

async fn told(desk: &Desk, query: HarvestQuery) -> Vec<Harvested> {
    Harvest::of(&desk.documents).page(&query).await.unwrap().0
}

async fn one(desk: &Desk, found: &Found) -> Option<Harvested> {
    Harvest::of(&desk.documents).one(id(found)).await.unwrap()
}

fn ids(list: &[Harvested]) -> Vec<Id> {
    list.iter().map(|one| one.id).collect()
}

#[tokio::test]
async fn a_draft_is_never_told_and_what_was_published_is_told_for_good() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let draft = desk.create(document("1/2020/QĐ-UBND")).await;
        assert_eq!(told(&desk, all()).await, []);
        desk.pass(10);
        let live = desk.publish(&draft).await;
        let first = one(&desk, &live).await.unwrap();
        assert_eq!((first.gone, first.doc_type.as_deref(), first.has_text), (false, Some("quyet-dinh"), false));
        assert!(first.issuer_code.is_some() && first.changed_at == testkit::now().plus_seconds(10));
        desk.pass(10);
        let pending = desk.patch(&live, json!({ "title": "Khác", "body_text": "Điều 1. Một." })).await;
        assert_eq!(one(&desk, &live).await.unwrap(), first, "what nobody sees changes nothing");
        let changed = desk.publish(&pending).await;
        let second = one(&desk, &live).await.unwrap();
        assert_eq!((second.changed_at, second.has_text), (testkit::now().plus_seconds(20), true));
        desk.pass(10);
        let withdrawn = desk.withdraw(&changed).await;
        let third = one(&desk, &live).await.unwrap();
        assert_eq!((third.gone, third.changed_at), (true, testkit::now().plus_seconds(30)));
        desk.pass(10);
        let again = desk.patch(&withdrawn, json!({ "title": "Mới" })).await;
        assert_eq!(one(&desk, &live).await.unwrap(), third);
        desk.publish(&again).await;
        assert!(!one(&desk, &live).await.unwrap().gone);
        // Also where the row of the document is no longer there.
        let gone = desk.create(published(document("2/2020/QĐ-UBND"))).await;
        let working = desk.withdraw(&gone).await;
        let delete = sea_orm::Statement::from_string(desk.test.db.backend(), "DELETE FROM documents".to_owned());
        let txn = desk.test.db.begin(&desk.editor, testkit::now()).await.unwrap();
        sea_orm::ConnectionTrait::execute_raw(txn.conn(), delete).await.unwrap();
        txn.commit(&()).await.unwrap();
        assert!(one(&desk, &working).await.unwrap().gone);
    })
    .await;
}

#[tokio::test]
async fn a_removed_draft_leaves_no_trace() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let draft = desk.create(document("1/2020/QĐ-UBND")).await;
        desk.documents.delete(&desk.editor, id(&draft), draft.revision).await.unwrap();
        assert_eq!(told(&desk, all()).await, []);
    })
    .await;
}

#[tokio::test]
async fn the_list_is_walked_in_the_order_of_changes_by_time_and_part() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let mut made = Vec::new();
        for number in 1..=7 {
            let kind = text(if number % 2 == 0 { "nghi-quyet" } else { "quyet-dinh" });
            let input = DocumentInput { doc_type: kind, ..document(&format!("{number}/2020/QĐ-UBND")) };
            made.push(id(&desk.create(published(input)).await));
            // Two at a time have the same moment.
            desk.pass(if number % 2 == 0 { 60 } else { 0 });
        }
        // Ids of one moment have no order of their own.
        for pair in made.chunks_mut(2) {
            pair.sort_unstable();
        }
        let mut walked = Vec::new();
        let mut after = None;
        loop {
            let (page, more) = Harvest::of(&desk.documents).page(&HarvestQuery { after, size: 2, ..all() }).await.unwrap();
            walked.extend(ids(&page));
            after = page.last().map(|last| (last.changed_at, last.id));
            if !more {
                break;
            }
        }
        assert_eq!(walked, made);
        let at = |seconds: i64| Some(testkit::now().plus_seconds(seconds));
        assert_eq!(ids(&told(&desk, HarvestQuery { from: at(60), before: at(120), ..all() }).await), made[2..4]);
        assert_eq!(told(&desk, HarvestQuery { from: at(181), ..all() }).await, []);
        let of_type = HarvestSet::OfType("nghi-quyet".into());
        assert_eq!(told(&desk, HarvestQuery { set: of_type, ..all() }).await.len(), 3);
        let code = told(&desk, all()).await[0].issuer_code.clone().unwrap();
        assert_eq!(told(&desk, HarvestQuery { set: HarvestSet::IssuedBy(code.clone()), ..all() }).await.len(), 7);
        assert_eq!(told(&desk, HarvestQuery { set: HarvestSet::IssuedBy("x".into()), ..all() }).await, []);
        let harvest = Harvest::of(&desk.documents);
        assert_eq!(harvest.doc_types().await.unwrap(), ["nghi-quyet", "quyet-dinh"]);
        assert_eq!(harvest.issuers(None, 5).await.unwrap()[0].0, code);
        assert_eq!(harvest.issuers(Some(&code), 5).await.unwrap(), []);
        assert_eq!(harvest.span().await.unwrap(), at(0).zip(at(180)));
    })
    .await;
}

#[tokio::test]
async fn what_is_told_of_a_document_changes_with_what_stands_around_it() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let act = desk.import("a.txt", printed("43/2020/QĐ-UBND", "Ban hành quy chế", "")).await.id;
        let harvest = Harvest::of(&desk.documents);
        let changed = async || harvest.one(act).await.unwrap().unwrap().changed_at;
        let mut before: Instant = changed().await;
        let mut moved = async |what: &str| {
            let now = harvest.one(act).await.unwrap().unwrap().changed_at;
            assert!(now > before, "{what}");
            before = now;
            desk.pass(5);
        };
        desk.pass(5);
        let record = harvest.records(&[act]).await.unwrap().remove(&act).unwrap();
        assert!(record.address.as_deref().unwrap().ends_with("/qd-ubnd/2020/43"), "{record:?}");
        assert_eq!(record.related[0].number.as_deref(), Some("77/2015/QH13"));
        assert!(!record.row.contains_key("body_text"));
        let gazettes = Gazettes::of(&desk.documents);
        let input = documents::GazetteInput {
            number: "7".into(),
            issued_on: "2021-01-05".into(),
            items: Some(vec![documents::GazetteItemInput {
                number: text("43/2020/QĐ-UBND"),
                issued_on: text("2020-12-02"),
                ..Default::default()
            }]),
            ..Default::default()
        };
        let issue = gazettes.create(&desk.editor, input).await.unwrap();
        moved("an issue names it").await;
        gazettes.delete(&desk.editor, id(&issue), issue.revision).await.unwrap();
        moved("the issue is gone").await;
        let relations = Relations::of(&desk.documents);
        let relation = documents::RelationInput {
            document_id: act.to_string(),
            relation: "guides".into(),
            target_number: text("1/2019/NĐ-CP"),
            ..Default::default()
        };
        relations.create(&desk.editor, relation).await.unwrap();
        moved("an editor adds a relation").await;
        let issuer = Id::parse(record.row["issuer_id"].as_str().unwrap()).unwrap();
        let view = kernel::query::Projection(vec!["name".into()]);
        let body = desk.issuers.get_many(&[issuer], &view).await.unwrap().pop().unwrap();
        let patch = crate::desk::object(json!({ "code": "lai-chau-2.ubnd" }));
        desk.issuers.revise(&desk.editor, issuer, body.revision, patch).await.unwrap();
        moved("its authority has another code").await;
        assert_eq!(harvest.one(act).await.unwrap().unwrap().issuer_code.as_deref(), Some("lai-chau-2.ubnd"));
        assert!(harvest.text(act).await.unwrap().unwrap().contains("Điều 1."));
    })
    .await;
}

#[tokio::test]
async fn an_installation_that_is_older_knows_what_it_published() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let live = desk.import("a.txt", printed("43/2020/QĐ-UBND", "Ban hành quy chế", "")).await.id;
        desk.create(document("1/2020/QĐ-UBND")).await;
        desk.pass(10);
        let once = desk.create(published(document("2/2020/QĐ-UBND"))).await;
        desk.pass(10);
        let gone = desk.withdraw(&once).await;
        desk.pass(10);
        let again = desk.patch(&gone, json!({ "title": "Mới", "doc_type": "nghi-quyet" })).await;
        let twice = desk.create(published(document("3/2020/QĐ-UBND"))).await;
        let twice = desk.withdraw(&twice).await;
        let twice = desk.patch(&twice, json!({ "title": "Lần nữa" })).await;
        desk.pass(10);
        let twice = desk.publish(&twice).await;
        desk.withdraw(&twice).await;
        let known = told(&desk, all()).await;
        assert_eq!(ids(&known).len(), 3);
        assert!(ids(&known).contains(&live) && ids(&known).contains(&id(&again)));
        // The same statements that fill the table of an installation with documents.
        let txn = desk.test.db.begin(&desk.editor, testkit::now()).await.unwrap();
        let migration = include_str!("../../../migrations/sql/000007_legal.sql");
        let fills = migration.split(';').map(str::trim).filter(|sql| sql.starts_with("INSERT INTO document_harvest"));
        let mut filled = 0;
        for sql in ["DELETE FROM document_harvest"].into_iter().chain(fills) {
            let statement = sea_orm::Statement::from_string(desk.test.db.backend(), sql.to_owned());
            filled += sea_orm::ConnectionTrait::execute_raw(txn.conn(), statement).await.unwrap().rows_affected();
        }
        txn.commit(&()).await.unwrap();
        assert_eq!((filled, told(&desk, all()).await), (6, known));
    })
    .await;
}
