//! Filters put together, and those that name or hold something odd.

use crate::shelf::{Shelf, Thing, by, labels, named, page, question, test, thing, words};
use kernel::query::{Filter, ListQuery, Op, Value};
use kernel::{PageRequest, Place, Total};
use testkit::on_both;

fn ranked(label: &str, rank: i64) -> Thing {
    Thing { rank: Some(rank), ..named(label) }
}

fn is(field: &str, value: Value) -> Filter {
    test(field, Op::Eq, [value])
}

#[tokio::test]
async fn all_and_any_nest_and_their_empty_forms_are_always_and_never() {
    on_both(async |on| {
        let shelf = Shelf::with(&on.db, &[ranked("a", 1), ranked("b", 2), ranked("c", 3), thing("d")]).await;
        let one_or = |filter| Filter::Any(vec![is("rank", Value::Int(1)), filter]);
        for (filter, want) in [
            (Filter::default(), vec!["a", "b", "c", "d"]),
            (Filter::Any(Vec::new()), vec![]),
            (one_or(Filter::Any(Vec::new())), vec!["a"]),
            (one_or(Filter::default()), vec!["a", "b", "c", "d"]),
            (one_or(is("name", words("c"))), vec!["a", "c"]),
            (Filter::All(vec![one_or(is("rank", Value::Int(2))), is("name", words("b"))]), vec!["b"]),
            (Filter::All(vec![Filter::default(), Filter::Any(vec![Filter::Any(Vec::new())])]), vec![]),
            (Filter::Any(vec![test("rank", Op::Ne, [Value::Int(1)]), is("name", words("a"))]), vec!["a", "b", "c", "d"]),
        ] {
            assert_eq!(shelf.matching(filter.clone()).await, want, "{filter:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_field_that_is_not_listed_matches_nothing_under_any_operator() {
    on_both(async |on| {
        let shelf = Shelf::with(&on.db, &[named("a"), thing("b")]).await;
        for field in ["name_lower", "secret", "", "name\" IS NULL OR \"name", "1=1"] {
            for op in Op::ALL {
                assert!(shelf.matching(test(field, op, [Value::Bool(true)])).await.is_empty(), "{field} {op:?}");
            }
            let beside = Filter::Any(vec![test(field, Op::Ne, [words("x")]), is("name", words("a"))]);
            assert_eq!(shelf.matching(beside).await, ["a"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_sort_key_that_is_not_listed_is_passed_over() {
    on_both(async |on| {
        let shelf = Shelf::with(&on.db, &[named("b"), named("a")]).await;
        let sort = by("name_lower,name; DROP TABLE things,-name");
        let got = shelf.list(&ListQuery { sort, ..question() }).await;
        assert_eq!(labels(&got), ["b", "a"]);
        assert_eq!(got.items[0].0.keys, [words("b")]);
    })
    .await;
}

#[tokio::test]
async fn text_that_looks_like_sql_is_only_text() {
    let hostile =
        ["'; DROP TABLE things; --", "' OR '1'='1", "%' OR name LIKE '%", "\\' OR 1=1 --", "x'); DELETE FROM things; --"];
    on_both(async |on| {
        let shelf = Shelf::with(&on.db, &[named("a"), named("b")]).await;
        for op in [Op::Eq, Op::Lt, Op::In, Op::Contains, Op::Starts] {
            for text in hostile {
                let found = shelf.matching(test("name", op, [words(text)])).await;
                assert!(op == Op::Lt || found.is_empty(), "{op:?} {text}");
            }
        }
        assert_eq!(shelf.matching(Filter::default()).await, ["a", "b"]);
        shelf.add(&hostile.map(named)).await;
        for text in hostile {
            assert_eq!(shelf.matching(is("name", words(text))).await, [text]);
            assert_eq!(shelf.matching(test("name", Op::Contains, [words(text)])).await, [text]);
        }
    })
    .await;
}

#[tokio::test]
async fn very_long_texts_and_lists_are_answered_not_refused_by_the_database() {
    on_both(async |on| {
        let shelf = Shelf::with(&on.db, &[named("a"), named(&"ă".repeat(40_000))]).await;
        let long = words(&"Ă".repeat(40_000));
        for (op, want) in [(Op::Eq, 0), (Op::Starts, 1), (Op::Gt, 1), (Op::Contains, 0)] {
            assert_eq!(shelf.matching(test("name", op, [long.clone()])).await.len(), want, "{op:?}");
        }
        let within = words(&"Ă".repeat(20_000));
        assert_eq!(shelf.matching(test("name", Op::Contains, [within])).await.len(), 1);
        assert!(shelf.matching(test("name", Op::Contains, [words(&"%".repeat(60_000))])).await.is_empty());
        let many: Vec<Value> = (0..20_000).map(|at| words(&at.to_string())).chain([words("a")]).collect();
        assert_eq!(shelf.matching(test("name", Op::In, many)).await, ["a"]);
    })
    .await;
}

#[tokio::test]
async fn a_filter_holds_on_every_page_of_a_walk() {
    on_both(async |on| {
        let things: Vec<Thing> = (0..30).map(|at| ranked(&format!("{at:02}"), at % 3)).collect();
        let shelf = Shelf::with(&on.db, &things).await;
        let filter = Filter::Any(vec![is("rank", Value::Int(1)), is("name", words("05"))]);
        let mut seen = Vec::new();
        let mut place = Place::Start;
        loop {
            let request = PageRequest { total: Total::Count, ..page(4, place) };
            let query = ListQuery { filter: filter.clone(), sort: by("-rank,name"), page: request, ..question() };
            let got = shelf.list(&query).await;
            assert_eq!(got.total, Some(11));
            seen.extend(labels(&got));
            match got.items.last() {
                Some((position, _)) if got.more_after => place = Place::After(position.clone()),
                _ => break,
            }
        }
        assert_eq!(seen, ["05", "01", "04", "07", "10", "13", "16", "19", "22", "25", "28"]);
    })
    .await;
}
