//! Rules are dated data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

use kernel::{Actor, Call, Fault, Revision};
use policies::{Policies, PolicyInput};
use serde_json::{Value, json};
use store::Refusal;

fn line(text: &str) -> Value {
    json!({ "vi": text })
}

fn rule(value: Value, scope: Option<&str>, days: (&str, Option<&str>)) -> PolicyInput {
    PolicyInput {
        province: "song-lam".into(),
        name: "source-line".into(),
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
        assert_eq!(policies.value("source-line", None), None);
        for (value, scope, days) in [
            (line("1"), None, ("2020-01-01", Some("2026-11-22"))),
            (line("3"), None, ("2026-11-22", Some("2026-11-23"))),
            (line("4"), None, ("2026-11-23", None)),
            (line("5"), Some("article"), ("2021-01-01", None)),
        ] {
            policies.create(&call, rule(value, scope, days)).await.unwrap();
        }
        assert_eq!(
            policies.value("source-line", Some("banner")),
            Some(line("3")),
            "the day it ends is not included, nor is tomorrow"
        );
        assert_eq!(policies.value("source-line", Some("article")), Some(line("5")));
        let other = Policies::new(test.db.clone(), testkit::clock());
        other.reload().await.unwrap();
        assert_eq!(other.value("source-line", None), Some(line("3")));
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
        let made = policies.create(&call, rule(line("x"), None, ("2026-01-01", None))).await.unwrap();
        let id = kernel::Id::parse(made.row["id"].as_str().unwrap()).unwrap();
        let refused = policies.delete(&call, id, Revision::FIRST).await.unwrap_err();
        assert_eq!(refused.fields()[0].code, "was_in_force");
        let ended = json!({ "effective_to": "2026-11-22" }).as_object().unwrap().clone();
        let backwards = json!({ "effective_to": "2025-11-21" }).as_object().unwrap().clone();
        let refused = policies.revise(&call, id, Revision::FIRST, backwards).await.unwrap_err();
        assert_eq!(refused.fields()[0].pointer, "/effective_to");
        policies.revise(&call, id, Revision::FIRST, ended.clone()).await.unwrap();
        assert_eq!(policies.value("source-line", None), None);
        assert!(matches!(policies.revise(&call, id, Revision::FIRST, ended).await, Err(Refusal::Stale)));
        for actor in [Actor::Anonymous, testkit::editor()] {
            let refused = policies.create(&Call::of(actor), rule(line("y"), None, ("2026-01-01", None))).await;
            assert!(matches!(refused, Err(Refusal::NotLoggedIn | Refusal::Forbidden(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn a_rule_that_would_hold_nowhere_or_beside_another_is_refused() {
    testkit::on_both(|kept| async move {
        let test = kept;
        let policies = Policies::new(test.db.clone(), testkit::clock());
        let call = Call::of(testkit::admin());
        let code = async |input: PolicyInput| policies.create(&call, input).await.unwrap_err().fields()[0].code;
        let named = |name: &str, value: Value| PolicyInput { name: name.into(), ..rule(value, None, ("2026-01-01", None)) };
        assert_eq!(code(named("for-eyes", json!(false))).await, "unknown_policy");
        assert_eq!(code(named("four-eyes", json!("no"))).await, "wrong_shape");
        assert_eq!(code(named("takedown-grounds", json!([]))).await, "wrong_shape");
        policies.create(&call, rule(line("1"), None, ("2026-01-01", Some("2026-06-01")))).await.unwrap();
        assert_eq!(code(rule(line("2"), None, ("2026-05-31", None))).await, "overlaps");
        policies.create(&call, rule(line("2"), None, ("2026-06-01", None))).await.unwrap();
        let other = PolicyInput { province: "nam-lam".into(), ..rule(line("3"), None, ("2026-07-01", None)) };
        policies.create(&call, other).await.unwrap();
        policies.seed(&call, "song-lam", Vec::new()).await.unwrap();
        assert_eq!(policies.value("source-line", None), Some(line("2")), "another province's rules do not hold here");
    })
    .await;
}

#[tokio::test]
async fn a_file_is_entered_once() {
    testkit::on_both(|kept| async move {
        let test = kept;
        let policies = Policies::new(test.db.clone(), testkit::clock());
        let rows = || vec![rule(line("y"), None, ("2026-01-01", None)), rule(line("z"), Some("article"), ("2026-01-01", None))];
        assert_eq!(policies.seed(&Call::operator(), "song-lam", rows()).await.unwrap(), 2);
        assert_eq!(policies.seed(&Call::operator(), "song-lam", rows()).await.unwrap(), 0);
    })
    .await;
}
