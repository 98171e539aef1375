//! Live, working, superseded and withdrawn editions.

use crate::desk::{Desk, document, events, every_field, id, published, question};
use documents::{Action, Error};
use kernel::query::State::{Draft, Published};
use kernel::{Locale, View};
use serde_json::json;
use store::Refusal;
use testkit::on_both;

#[tokio::test]
async fn a_published_document_is_changed_beside_what_everybody_sees() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let live = desk.create(published(document("43/2020/QĐ-UBND"))).await;
        desk.pass(60);
        let draft = desk.patch(&live, json!({ "title": "Tên mới", "body_text": "Điều 1" })).await;
        assert_eq!((&draft.row["state"], draft.revision.0), (&json!("draft"), 2));
        let seen = desk.live(id(&live)).await.unwrap();
        assert_eq!((&seen["title"], &seen["state"], &seen["body_text"]), (&live.row["title"], &json!("published"), &json!(null)));
        assert_eq!(desk.seen_by(&desk.editor.actor, id(&live), Published).await.unwrap()["title"], live.row["title"]);
        assert_eq!(desk.seen_by(&desk.editor.actor, id(&live), Draft).await.unwrap()["title"], "Tên mới");
        let again = desk.patch(&draft, json!({ "title": "Tên mới hơn" })).await;
        assert_eq!(desk.count("document_editions").await, 2, "the draft is overwritten");
        let shown = desk.publish(&again).await;
        assert_eq!(desk.live(id(&live)).await.as_ref(), Some(&shown.row));
        assert_eq!((&shown.row["title"], &shown.row["body_text"]), (&json!("Tên mới hơn"), &json!("Điều 1")));
        assert_eq!((&shown.row["published_at"], &shown.row["created_at"]), (&live.row["published_at"], &live.row["created_at"]));
        assert_eq!(desk.count("document_editions").await, 2, "the superseded edition stays");
        assert_eq!(desk.count("document_editions WHERE NOT live AND NOT working").await, 1);
        let want = [("published", 1), ("updated", 2), ("updated", 3), ("published", 4)];
        assert_eq!(desk.events(id(&live)).await, events(&want));
    })
    .await;
}

#[tokio::test]
async fn a_withdrawn_document_is_gone_for_the_public_and_there_for_writers() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let live = desk.create(published(document("43/2020/QĐ-UBND"))).await;
        let gone = desk.withdraw(&live).await;
        assert_eq!((&gone.row["state"], gone.revision.0), (&json!("withdrawn"), 2));
        assert_eq!(desk.live(id(&live)).await, None);
        assert_eq!(desk.numbers(&question(Published)).await, [""; 0]);
        assert_eq!(desk.numbers(&question(Draft)).await, ["43/2020/QĐ-UBND"]);
        assert_eq!(desk.seen_by(&desk.editor.actor, id(&live), Published).await.unwrap()["state"], "withdrawn");
        let twice = desk.documents.transition(&desk.editor, id(&live), gone.revision, (Action::Withdraw, None)).await;
        assert!(matches!(twice, Err(Error::WrongState { state: "withdrawn" })));
        let back = desk.publish(&gone).await;
        assert_eq!((&back.row["state"], &back.row["published_at"]), (&json!("published"), &live.row["published_at"]));
        assert_eq!(desk.live(id(&live)).await.as_ref(), Some(&back.row));
        assert_eq!(desk.events(id(&live)).await, events(&[("published", 1), ("withdrawn", 2), ("published", 3)]));
    })
    .await;
}

#[tokio::test]
async fn withdrawing_leaves_a_draft_in_work_as_it_is() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let live = desk.create(published(document("43/2020/QĐ-UBND"))).await;
        let draft = desk.patch(&live, json!({ "title": "Đang sửa" })).await;
        let gone = desk.withdraw(&draft).await;
        assert_eq!((&gone.row["state"], &gone.row["title"]), (&json!("draft"), &json!("Đang sửa")));
        assert_eq!(desk.live(id(&live)).await, None);
        let seen = desk.seen_by(&desk.editor.actor, id(&live), Published).await.unwrap();
        assert_eq!((&seen["title"], &seen["state"]), (&json!("Đang sửa"), &json!("draft")));
        let back = desk.publish(&gone).await;
        assert_eq!(desk.live(id(&live)).await.unwrap()["title"], "Đang sửa");
        assert_eq!(back.revision.0, 4);
        assert_eq!(desk.count("document_editions WHERE state = 'withdrawn'").await, 1);
    })
    .await;
}

#[tokio::test]
async fn actions_that_do_not_fit_the_state_or_the_revision_change_nothing() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let draft = desk.create(document("43/2020/QĐ-UBND")).await;
        let step = |revision, action| desk.documents.transition(&desk.editor, id(&draft), revision, (action, None));
        assert!(matches!(step(draft.revision, Action::Withdraw).await, Err(Error::WrongState { state: "draft" })));
        assert!(matches!(step(draft.revision.next(), Action::Publish).await, Err(Error::Refused(Refusal::Stale))));
        let live = desk.publish(&draft).await;
        assert!(matches!(step(draft.revision, Action::Withdraw).await, Err(Error::Refused(Refusal::Stale))));
        assert!(matches!(step(live.revision, Action::Publish).await, Err(Error::WrongState { state: "published" })));
        assert_eq!(desk.events(id(&draft)).await, events(&[("created", 1), ("published", 2)]));
    })
    .await;
}

#[tokio::test]
async fn of_two_publications_at_once_one_wins() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let draft = desk.create(document("43/2020/QĐ-UBND")).await;
        let step = || desk.documents.transition(&desk.editor, id(&draft), draft.revision, (Action::Publish, None));
        let (one, other) = tokio::join!(step(), step());
        assert_eq!([&one, &other].iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert!([one, other].iter().any(|outcome| matches!(outcome, Err(Error::Refused(Refusal::Stale)))));
        assert_eq!(desk.present(id(&draft)).await.revision.0, 2);
    })
    .await;
}

#[tokio::test]
async fn a_language_shows_the_edition_in_it_and_never_a_draft_beside_a_live_one() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let live = desk.create(published(document("43/2020/QĐ-UBND"))).await;
        desk.patch(&live, json!({ "language": "en" })).await;
        let view = |state, lang| View { as_of: None, fields: every_field(), state, lang: Locale::parse(lang).into() };
        let found = async |state, lang| {
            let found = desk.documents.get(&desk.editor.actor, id(&live), &view(state, lang)).await.unwrap();
            found.map(|found| found.row["language"].as_str().unwrap().to_owned())
        };
        assert_eq!(found(Published, "vi").await.as_deref(), Some("vi"));
        assert_eq!(found(Published, "en").await, None);
        assert_eq!(found(Draft, "en").await.as_deref(), Some("en"));
        assert_eq!(found(Draft, "vi").await, None);
    })
    .await;
}
