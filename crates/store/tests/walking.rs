//! Walks through a list, forward and back, in every order.

use crate::shelf::{Shelf, Thing, by, fresh, labels, named, page, positions, question, sorted, test, thing};
use kernel::query::{Filter, ListQuery, Op, SortKey, Value};
use kernel::{Page, PageRequest, Place, Position, Total};
use testkit::on_both;

/// Things with many ties and many missing values, the same in every run.
fn tangled(count: usize, seed: u64) -> Vec<Thing> {
    let mut state = seed;
    let mut pick = move |of: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % of
    };
    let names = [None, None, Some("a"), Some("Z"), Some("đ"), Some("Đ")];
    let ranks = [None, Some(-7), Some(0), Some(i64::MAX)];
    let owners = [None, Some(fresh()), Some(fresh())];
    (0..count)
        .map(|at| Thing {
            name: names[usize::try_from(pick(6)).unwrap()].map(str::to_owned),
            rank: ranks[usize::try_from(pick(4)).unwrap()],
            flag: pick(2) == 1,
            owner: owners[usize::try_from(pick(3)).unwrap()],
            ..thing(&format!("{at:02}"))
        })
        .collect()
}

fn in_order(things: &[Thing], sort: &[SortKey]) -> Vec<String> {
    sorted(things, sort).into_iter().map(|thing| thing.label).collect()
}

async fn whole(shelf: &Shelf, sort: &[SortKey]) -> Page<String> {
    shelf.list(&ListQuery { sort: sort.to_vec(), ..question() }).await
}

/// Walks from one end to the other and answers what was seen, in the order of the list.
async fn walked(shelf: &Shelf, sort: &[SortKey], size: usize, from: Place) -> Vec<String> {
    let backward = from == Place::End;
    let mut seen: Vec<String> = Vec::new();
    let mut place = from;
    loop {
        let got = shelf.list(&ListQuery { sort: sort.to_vec(), page: page(size, place), ..question() }).await;
        assert!(got.items.len() <= size);
        let (more, behind) = if backward { (got.more_before, got.more_after) } else { (got.more_after, got.more_before) };
        assert_eq!(behind, !seen.is_empty(), "what was read lies behind");
        let met: Vec<Position> = positions(&got);
        seen = if backward { [labels(&got), seen].concat() } else { [seen, labels(&got)].concat() };
        if !more {
            return seen;
        }
        assert_eq!(met.len(), size, "a page that is not the last is full");
        place = if backward { Place::Before(met[0].clone()) } else { Place::After(met[size - 1].clone()) };
    }
}

/// Both neighbours of every row are the slices of the whole list.
async fn check_every_row(shelf: &Shelf, sort: &[SortKey], want: &[String]) {
    let all = positions(&whole(shelf, sort).await);
    for (at, position) in all.iter().enumerate() {
        let after = ListQuery { sort: sort.to_vec(), page: page(3, Place::After(position.clone())), ..question() };
        let after = shelf.list(&after).await;
        assert_eq!(labels(&after), want[at + 1..want.len().min(at + 4)], "after row {at} by {sort:?}");
        assert_eq!((after.more_before, after.more_after), (true, at + 4 < want.len()));
        let before = ListQuery { sort: sort.to_vec(), page: page(3, Place::Before(position.clone())), ..question() };
        let before = shelf.list(&before).await;
        assert_eq!(labels(&before), want[at.saturating_sub(3)..at], "before row {at} by {sort:?}");
        assert_eq!((before.more_before, before.more_after), (at > 3, true));
    }
}

async fn check(things: &[Thing], orders: &[String], sizes: &[usize]) {
    on_both(async |test| {
        let shelf = Shelf::with(&test.db, things).await;
        for order in orders {
            let sort = by(order);
            let want = in_order(things, &sort);
            assert_eq!(labels(&whole(&shelf, &sort).await), want, "{order}");
            for &size in sizes {
                assert_eq!(walked(&shelf, &sort, size, Place::Start).await, want, "{order} forward by {size}");
                assert_eq!(walked(&shelf, &sort, size, Place::End).await, want, "{order} backward by {size}");
            }
            check_every_row(&shelf, &sort, &want).await;
        }
    })
    .await;
}

/// Every order by `depth` different fields, each up and down.
fn orders(depth: usize, fields: &[&str]) -> Vec<String> {
    if depth == 0 {
        return vec![String::new()];
    }
    let mut orders = Vec::new();
    for shorter in self::orders(depth - 1, fields) {
        for field in fields.iter().filter(|field| !shorter.contains(**field)) {
            for sign in ["", "-"] {
                orders.push(format!("{shorter},{sign}{field}"));
            }
        }
    }
    orders
}

#[tokio::test]
async fn one_key_is_walked_by_pages_of_every_size() {
    let sizes: Vec<usize> = (1..=14).collect();
    let orders = [vec![String::new()], orders(1, &["name", "rank", "flag", "owner", "label"])].concat();
    check(&tangled(13, 1), &orders, &sizes).await;
}

#[tokio::test]
async fn two_keys_are_walked_where_both_may_be_missing() {
    check(&tangled(12, 2), &orders(2, &["name", "rank", "flag"]), &[1, 2, 5, 12]).await;
}

#[tokio::test]
async fn three_keys_are_walked_in_every_mixture_of_directions() {
    check(&tangled(12, 3), &orders(3, &["rank", "name", "flag"])[..24], &[1, 4]).await;
}

#[tokio::test]
async fn lists_without_any_value_and_without_any_gap_are_walked() {
    let sizes = [1, 2, 6];
    let empty: Vec<Thing> = (0..6).map(|at| thing(&at.to_string())).collect();
    check(&empty, &["name".into(), "-name,rank".into()], &sizes).await;
    let full: Vec<Thing> = (0..6).map(|at| Thing { rank: Some(at / 2), ..named(&at.to_string()) }).collect();
    check(&full, &["rank".into(), "-rank".into(), "-rank,name".into()], &sizes).await;
}

#[tokio::test]
async fn an_empty_list_has_one_empty_page_from_either_end() {
    on_both(async |test| {
        let shelf = Shelf::with(&test.db, &[]).await;
        for place in [Place::Start, Place::End] {
            let got = shelf.list(&ListQuery { sort: by("-name"), page: page(5, place), ..question() }).await;
            assert!(got.items.is_empty() && !got.more_after && !got.more_before);
        }
    })
    .await;
}

#[tokio::test]
async fn text_sorts_by_code_point_on_both_databases() {
    let names = ["Z", "a", "Đ", "đ", "A", "ă", "ỹ", "_", "10", "9", " ", "𝕬", "\u{ffff}", "ab", "a b", "a-b", "aB"];
    let things: Vec<Thing> = names.iter().map(|name| named(name)).collect();
    let mut want = names.map(str::to_owned).to_vec();
    want.sort_unstable();
    on_both(async |test| {
        let shelf = Shelf::with(&test.db, &things).await;
        assert_eq!(labels(&whole(&shelf, &by("name")).await), want);
        assert_eq!(labels(&whole(&shelf, &by("-name")).await), want.iter().rev().cloned().collect::<Vec<_>>());
        let order = ["Z", "a", "Đ", "đ"].map(|name| want.iter().position(|other| other == name));
        assert!(order.is_sorted());
    })
    .await;
}

#[tokio::test]
async fn the_total_counts_what_the_filter_lets_through_wherever_the_page_lies() {
    on_both(async |test| {
        let shelf = Shelf::with(&test.db, &tangled(13, 4)).await;
        let filter = || test_rank();
        let all = shelf.list(&ListQuery { filter: filter(), sort: by("name"), ..question() }).await;
        let middle = Place::After(positions(&all)[1].clone());
        for place in [Place::Start, Place::End, middle] {
            let request = PageRequest { total: Total::Count, ..page(2, place) };
            let got = shelf.list(&ListQuery { filter: filter(), sort: by("name"), page: request, ..question() }).await;
            assert_eq!(got.total, Some(all.items.len() as u64));
        }
        assert_eq!(all.total, None, "it is counted only when asked for");
    })
    .await;
}

fn test_rank() -> Filter {
    test("rank", Op::Null, [Value::Bool(false)])
}
