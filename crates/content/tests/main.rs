//! The verbs of content on a real database, SQLite and PostgreSQL, and the dated rules they follow.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use content::{Acting, Action, ContentType, ContentTypes, Entries, Error, Target, entry_fields};
use kernel::query::{Filter, ListQuery, Op, Projection, State, Test, Value as Key};
use kernel::{Actor, Call, Fault, Found, Id, PageRequest, Place, Row, Total};
use policies::{Policies, PolicyInput};
use serde_json::{Value, json};
use std::sync::Arc;
use testkit::TestDatabase;

/// A board of two over a database of its own.
struct Desk {
    entries: Entries,
    types: ContentTypes,
    policies: Policies,
    writer: Call,
    chief: Call,
    _kept: TestDatabase,
}

fn row(value: Value) -> Row {
    value.as_object().unwrap().clone()
}

impl Desk {
    async fn new(kept: TestDatabase) -> Self {
        let (db, clock) = (kept.db.clone(), testkit::clock());
        let types = ContentTypes::new(db.clone(), clock.clone());
        let policies = Policies::new(db.clone(), clock.clone());
        let entries = Entries::new(db, clock, types.clone(), policies.clone());
        let desk = Self {
            entries,
            types,
            policies,
            writer: Call::of(testkit::editor()),
            chief: Call::of(testkit::admin()),
            _kept: kept,
        };
        let definition = json!({ "name": "banner", "plural": "banners", "title": { "vi": "Biểu ngữ", "en": "Banner" }, "schema": {
            "type": "object", "required": ["title"], "properties": {
                "title": { "type": "string", "maxLength": 200 },
                "purpose": { "type": "string", "enum": ["advertising", "notice"] },
                "place": { "type": "string", "maxLength": 40 },
                "image": { "type": "string", "maxLength": 40, "x-required-to-publish": true } } } });
        desk.types.create(&desk.chief, row(definition), &|_| Ok(())).await.unwrap();
        desk
    }

    fn banner(&self) -> Arc<ContentType> {
        self.types.named("banner").unwrap()
    }

    async fn rule(&self, name: &str, value: Value) {
        let input = PolicyInput {
            province: "song-lam".into(),
            name: name.into(),
            scope: None,
            value,
            effective_from: "2026-01-01".into(),
            effective_to: None,
            legal_basis: "Quyết định số 7/2026/QĐ-UBND".into(),
            verified: true,
        };
        self.policies.create(&self.chief, input).await.unwrap();
    }

    async fn made(&self, body: Value) -> Found {
        self.entries.create(&self.banner(), &self.writer, row(body)).await.unwrap()
    }

    async fn act(&self, call: &Call, on: &Found, action: Action, with: Value) -> Result<Found, Error> {
        let id = Id::parse(on.row["id"].as_str().unwrap()).unwrap();
        let target = Target { id, seen: on.revision, lang: None };
        self.entries.act(&self.banner(), call, target, Acting { action, comment: None, with: row(with) }).await
    }
}

#[tokio::test]
async fn paid_advertising_is_published_where_the_province_allows_it() {
    testkit::on_both(|kept| async move {
        let desk = Desk::new(kept).await;
        let body = json!({ "title": "Mua ngay", "purpose": "advertising", "image": "x" });
        let allowed = desk.made(body.clone()).await;
        desk.act(&desk.writer, &allowed, Action::Submit, json!({})).await.unwrap();
        desk.rule("advertising", json!("forbidden")).await;
        let refused = desk.made(body).await;
        let refused = desk.act(&desk.writer, &refused, Action::Submit, json!({})).await.unwrap_err();
        assert_eq!(refused.fields()[0].code, "advertising_forbidden");
        let notice = desk.made(json!({ "title": "Thông báo", "purpose": "notice", "image": "x" })).await;
        desk.act(&desk.writer, &notice, Action::Submit, json!({})).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_entry_by_link_needs_no_more_than_its_title() {
    testkit::on_both(|kept| async move {
        let desk = Desk::new(kept).await;
        let own = desk.made(json!({ "title": "Thiếu ảnh" })).await;
        let refused = desk.act(&desk.writer, &own, Action::Submit, json!({})).await.unwrap_err();
        assert_eq!((refused.fields()[0].pointer.as_str(), refused.fields()[0].code), ("/image", "required_to_publish"));
        let linked = desk.made(json!({ "title": "Bài của cổng xã", "link_url": "https://xa.songlam.gov.vn/bai-1" })).await;
        let sent = desk.act(&desk.writer, &linked, Action::Submit, json!({})).await.unwrap();
        assert_eq!(sent.row["link_url"], "https://xa.songlam.gov.vn/bai-1");
    })
    .await;
}

#[tokio::test]
async fn an_approval_confirms_the_checklist_in_so_many_words_where_the_rule_asks_for_it() {
    testkit::on_both(|kept| async move {
        let desk = Desk::new(kept).await;
        desk.rule(
            "approval-checklist",
            json!({ "explicit": true, "items": [{ "code": "no-state-secret" }, { "code": "sources" }] }),
        )
        .await;
        let made = desk.made(json!({ "title": "Mật?", "image": "x" })).await;
        let sent = desk.act(&desk.writer, &made, Action::Submit, json!({})).await.unwrap();
        for with in [json!({}), json!({ "confirmed": ["sources"] })] {
            let refused = desk.act(&desk.chief, &sent, Action::Approve, with).await.unwrap_err();
            assert_eq!(refused.fields()[0].code, "not_confirmed");
        }
        let confirmed = json!({ "confirmed": ["sources", "no-state-secret"] });
        let approved = desk.act(&desk.chief, &sent, Action::Approve, confirmed).await.unwrap();
        assert_eq!(approved.row["state"], "approved");
        let id = Id::parse(approved.row["id"].as_str().unwrap()).unwrap();
        let steps = desk.entries.steps(id, None).await.unwrap();
        let approval = steps.iter().find(|step| step["action"] == "approve").unwrap();
        assert_eq!(approval["details"]["confirmed"], json!(["no-state-secret", "sources"]), "it is on record");
    })
    .await;
}

#[tokio::test]
async fn four_eyes_hold_unless_a_rule_says_otherwise() {
    testkit::on_both(|kept| async move {
        let desk = Desk::new(kept).await;
        let made = desk.made(json!({ "title": "Một mình", "image": "x" })).await;
        let sent = desk.act(&desk.writer, &made, Action::Submit, json!({})).await.unwrap();
        assert!(matches!(desk.act(&desk.writer, &sent, Action::Approve, json!({})).await, Err(Error::FourEyes)));
        desk.rule("four-eyes", json!(false)).await;
        desk.act(&desk.writer, &sent, Action::Approve, json!({})).await.unwrap();
        let nobody = desk.act(&Call::of(Actor::Anonymous), &sent, Action::Approve, json!({})).await.unwrap_err();
        assert_eq!(nobody.code(), "unauthenticated");
    })
    .await;
}

#[tokio::test]
async fn a_field_made_filterable_over_many_entries_is_indexed_by_a_task_and_refused_until_then() {
    let desk = Desk::new(testkit::sqlite().await).await;
    for n in 0..501 {
        desk.made(json!({ "title": format!("Biểu ngữ {n}"), "place": if n == 499 { "cửa chính" } else { "bên lề" } })).await;
    }
    let banner = desk.banner();
    let patch = json!({ "schema": { "properties": { "place": { "x-filterable": true } } } });
    desk.types.revise(&desk.chief, (banner.id, banner.revision), row(patch), &|_| Ok(())).await.unwrap();
    let asked = |of: &ContentType| entry_fields(&of.definition, &of.pending).iter().any(|field| field.name == "place");
    let waiting = desk.banner();
    assert_eq!((waiting.pending.as_slice(), asked(&waiting)), (["place".to_owned()].as_slice(), false));
    assert!(desk.types.fill_pending().await.unwrap());
    let done = desk.banner();
    assert!(done.pending.is_empty() && asked(&done));
    let query = ListQuery {
        as_of: None,
        filter: Filter::Test(Test { field: "place".into(), op: Op::Eq, values: vec![Key::Text("cửa chính".into())] }),
        sort: Vec::new(),
        fields: Projection(vec!["title".into()]),
        state: State::Draft,
        lang: None,
        page: PageRequest { size: 10, place: Place::Start, total: Total::Count },
    };
    let page = desk.entries.list(&done, &desk.writer.actor, &query).await.unwrap();
    assert_eq!((page.total, &page.items[0].1["title"]), (Some(1), &json!("Biểu ngữ 499")));
}
