//! Webhooks over a database, with receivers that speak HTTP.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod delivering;
mod managing;
mod receiver;

use kernel::{Actor, Call, Clock, Found, Id, Instant, Revision, Row};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use store::Secret;
use testkit::TestDatabase;
use webhooks::{About, Action, Change, Happened, Reach, WebhookInput, Webhooks};

/// Webhooks of one test, with a clock that the test sets.
struct Hooks {
    webhooks: Webhooks,
    clock: Arc<AtomicI64>,
    position: AtomicI64,
    _kept: TestDatabase,
}

const OPEN: Reach = Reach { http: true, private: true };

impl Hooks {
    fn over(kept: TestDatabase, reach: Reach) -> Self {
        let clock = Arc::new(AtomicI64::new(testkit::now().0));
        let webhooks = webhooks_over(&kept, &clock, reach);
        Self { webhooks, clock, position: AtomicI64::new(1), _kept: kept }
    }

    fn later(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }

    async fn made(&self, actor: &Actor, url: &str) -> Found {
        self.webhooks.create(&Call::of(actor.clone()), input(url)).await.unwrap()
    }

    async fn act(&self, actor: &Actor, id: Id, action: Action) -> Found {
        let found = self.get(actor, id).await;
        self.webhooks.act(&Call::of(actor.clone()), (id, found.revision), action).await.unwrap()
    }

    async fn get(&self, actor: &Actor, id: Id) -> Found {
        let view = kernel::View {
            as_of: None,
            fields: kernel::query::Projection(["name", "state", "reason", "search"].map(Into::into).to_vec()),
            state: kernel::query::State::Published,
            lang: kernel::Language::Source,
        };
        self.webhooks.get_many(actor, &[id], &view).await.unwrap().pop().unwrap()
    }

    async fn deliveries(&self, actor: &Actor, id: Id) -> Vec<Row> {
        self.webhooks.deliveries(actor, id).await.unwrap().unwrap()
    }

    fn now(&self) -> Instant {
        Instant(self.clock.load(Ordering::Relaxed))
    }

    /// Something that was published now, and that the search finds.
    fn published(&self, webhook: Id, resource: Id) -> Change {
        Change {
            webhook,
            event: Id::new(self.now()),
            position: self.position.fetch_add(1, Ordering::Relaxed),
            at: self.now(),
            resource_type: "document".into(),
            resource,
            url: format!("/v1/documents/{resource}"),
            happened: Happened::Published,
            is_found: true,
            about: Some(About { number: Some("1/2026/QĐ-UBND".into()), title: Some("Về đò ngang".into()) }),
        }
    }

    /// Nobody sees it any more.
    fn withdrawn(&self, webhook: Id, resource: Id) -> Change {
        Change { happened: Happened::Withdrawn, is_found: false, about: None, ..self.published(webhook, resource) }
    }
}

fn webhooks_over(kept: &TestDatabase, clock: &Arc<AtomicI64>, reach: Reach) -> Webhooks {
    let secret = Secret::given("a secret of thirty-two characters");
    Webhooks::new(kept.db.clone(), Clock::Fixed(Arc::clone(clock)), &secret, reach)
}

fn input(url: &str) -> WebhookInput {
    let search = vec![("q".to_owned(), "đò ngang".to_owned())];
    WebhookInput { name: "Cổng thành viên".into(), url: url.into(), search }
}

fn id(found: &Found) -> Id {
    Id::parse(found.row["id"].as_str().unwrap()).unwrap()
}

fn fresh() -> Id {
    Id::new(testkit::now())
}

const FIRST: Revision = Revision::FIRST;
