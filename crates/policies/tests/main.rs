//! Rules are dated data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use kernel::{Actor, Call, Fault, Revision};
use policies::{Policies, PolicyInput};
use serde_json::{Value, json};
use store::Refusal;

fn rule(value: Value, scope: Option<&str>, days: (&str, Option<&str>)) -> PolicyInput {
    PolicyInput {
        province: "song-lam".into(),
        name: "four-eyes".into(),
        scope: scope.map(str::to_owned),
        value,
        effective_from: days.0.into(),
        effective_to: days.1.map(str::to_owned),
        legal_basis: "Quyết định số 7/2026/QĐ-UBND, Điều 5".into(),
        verified: true,
    }
}

#[tokio::test]
async fn the_rule_of_the_day_is_the_newest_in_force_and_that_of_a_scope_comes_first() {
    testkit::on_both(|kept| async move {
        let test = kept;
        let policies = Policies::new(test.db.clone(), testkit::clock());
        let call = Call::of(testkit::admin());
        assert_eq!(policies.value("four-eyes", None), None);
        for (value, scope, days) in [
            (json!(1), None, ("2020-01-01", Some("2026-11-22"))),
            (json!(2), None, ("2024-01-01", None)),
            (json!(3), None, ("2026-11-22", Some("2026-11-23"))),
            (json!(4), None, ("2026-11-23", None)),
            (json!(5), Some("article"), ("2021-01-01", None)),
        ] {
            policies.create(&call, rule(value, scope, days)).await.unwrap();
        }
        assert_eq!(
            policies.value("four-eyes", Some("banner")),
            Some(json!(3)),
            "the day it ends is not included, nor is tomorrow"
        );
        assert_eq!(policies.value("four-eyes", Some("article")), Some(json!(5)));
        let other = Policies::new(test.db.clone(), testkit::clock());
        other.reload().await.unwrap();
        assert_eq!(other.value("four-eyes", None), Some(json!(3)));
        assert!(other.generation().await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_rule_is_ended_not_erased_and_only_by_those_in_charge() {
    testkit::on_both(|kept| async move {
        let test = kept;
        let policies = Policies::new(test.db.clone(), testkit::clock());
        let call = Call::of(testkit::admin());
        let made = policies.create(&call, rule(json!(false), None, ("2026-01-01", None))).await.unwrap();
        let id = kernel::Id::parse(made.row["id"].as_str().unwrap()).unwrap();
        let refused = policies.delete(&call, id, Revision::FIRST).await.unwrap_err();
        assert_eq!(refused.fields()[0].code, "was_in_force");
        let ended = json!({ "effective_to": "2026-11-22" }).as_object().unwrap().clone();
        let backwards = json!({ "effective_to": "2025-11-21" }).as_object().unwrap().clone();
        let refused = policies.revise(&call, id, Revision::FIRST, backwards).await.unwrap_err();
        assert_eq!(refused.fields()[0].pointer, "/effective_to");
        policies.revise(&call, id, Revision::FIRST, ended.clone()).await.unwrap();
        assert_eq!(policies.value("four-eyes", None), None);
        assert!(matches!(policies.revise(&call, id, Revision::FIRST, ended).await, Err(Refusal::Stale)));
        for actor in [Actor::Anonymous, testkit::editor()] {
            let refused = policies.create(&Call::of(actor), rule(json!(1), None, ("2026-01-01", None))).await;
            assert!(matches!(refused, Err(Refusal::NotLoggedIn | Refusal::Forbidden(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_is_entered_once() {
    testkit::on_both(|kept| async move {
        let test = kept;
        let policies = Policies::new(test.db.clone(), testkit::clock());
        let rows = || vec![rule(json!(1), None, ("2026-01-01", None)), rule(json!(2), Some("article"), ("2026-01-01", None))];
        assert_eq!(policies.seed(&Call::operator(), rows()).await.unwrap(), 2);
        assert_eq!(policies.seed(&Call::operator(), rows()).await.unwrap(), 0);
    })
    .await;
}
