//! Editions that an older reader has read.

use crate::desk::{Desk, document, id, object, published};
use documents::{DocumentInput, Relations};
use kernel::query::{Direction, Filter, ListQuery, Projection, SortKey, State};
use kernel::{Id, PageRequest, Revision, Row};
use serde_json::json;
use testkit::on_both;

const TEXT: &str = "Điều 1. Bãi bỏ Quyết định số 5/2019/QĐ-UBND ngày 1 tháng 2 năm 2019.\n\
    Điều 2. Quyết định này thay thế Quyết định số 6/2019/QĐ-UBND ngày 1 tháng 2 năm 2019.\n";

async fn relations(desk: &Desk) -> Vec<Row> {
    let query = ListQuery {
        as_of: None,
        filter: Filter::default(),
        sort: vec![SortKey { field: "target_number".into(), direction: Direction::Asc }],
        fields: Projection(["standing", "note", "revision", "created_at"].map(Into::into).to_vec()),
        state: State::Draft,
        lang: None,
        page: PageRequest { size: 100, ..PageRequest::default() },
    };
    let page = Relations::of(&desk.documents).list(&desk.editor.actor, &query).await.unwrap();
    page.items.into_iter().map(|(_, row)| row).collect()
}

#[tokio::test]
async fn what_an_older_reader_has_read_is_read_again_and_decisions_stay() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let input = DocumentInput { body_text: Some(TEXT.into()), ..document("43/2020/QĐ-UBND") };
        let act = desk.create(published(input)).await;
        let found = relations(&desk).await;
        assert_eq!(found.len(), 2);
        assert_eq!(desk.documents.read_again().await.unwrap(), 0, "the present reader has read it");
        let confirmed = object(json!({ "standing": "confirmed", "note": "đã đối chiếu" }));
        let first = &found[0];
        let first = Id::parse(first["id"].as_str().unwrap()).unwrap();
        let kept = Relations::of(&desk.documents).revise(&desk.editor, first, Revision::FIRST, confirmed).await.unwrap();
        // As if an older reader had missed one of them.
        desk.run("DELETE FROM document_relations WHERE standing = 'found'").await;
        desk.run("UPDATE document_editions SET reader = 1").await;
        desk.pass(60);
        assert_eq!(desk.documents.read_again().await.unwrap(), 1);
        assert_eq!(desk.documents.read_again().await.unwrap(), 0);
        let again = relations(&desk).await;
        assert_eq!(again.len(), 2);
        let told = |field: &str| (again[0][field].clone(), kept.row[field].clone());
        for (now, before) in ["id", "standing", "note", "revision", "created_at"].map(told) {
            assert_eq!(now, before);
        }
        assert_eq!((&again[0]["note"], &again[1]["standing"]), (&json!("đã đối chiếu"), &json!("found")));
        assert_eq!(desk.present(id(&act)).await.revision, act.revision, "nobody has changed the document");
    })
    .await;
}

#[tokio::test]
async fn what_nobody_sees_any_more_is_only_taken_down_as_read() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let input = DocumentInput { body_text: Some(TEXT.into()), ..document("43/2020/QĐ-UBND") };
        let act = desk.create(published(input)).await;
        let draft = desk.patch(&act, json!({ "body_text": "Điều 1. Không bãi bỏ gì." })).await;
        desk.publish(&draft).await;
        desk.run("UPDATE document_editions SET reader = 0").await;
        assert_eq!(desk.documents.read_again().await.unwrap(), 2);
        assert_eq!(desk.documents.read_again().await.unwrap(), 0);
        assert_eq!(relations(&desk).await.len(), 0);
    })
    .await;
}
