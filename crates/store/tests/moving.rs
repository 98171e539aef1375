//! Lists that change while they are walked.

use crate::shelf::{Shelf, Thing, by, labels, named, page, positions, question, thing};
use kernel::Place;
use kernel::query::ListQuery;
use testkit::on_both;

fn ranked(rank: Option<i64>) -> Thing {
    Thing { rank, ..thing(&rank.map_or_else(|| "none".to_owned(), |rank| format!("{rank:03}"))) }
}

#[tokio::test]
async fn rows_that_stay_are_neither_skipped_nor_repeated_while_others_come_and_go() {
    for (order, size) in [("rank", 3), ("-rank", 3), ("rank", 1), ("-rank", 4)] {
        on_both(async |test| {
            let staying: Vec<Thing> = (0..20).map(|at| ranked((at < 16).then_some(at * 10))).collect();
            let shelf = Shelf::with(&test.db, &staying).await;
            let mut seen: Vec<kernel::Id> = Vec::new();
            let mut place = Place::Start;
            let mut guests: Vec<Thing> = Vec::new();
            for turn in 0.. {
                let got = shelf.list(&ListQuery { sort: by(order), page: page(size, place), ..question() }).await;
                let met = positions(&got);
                seen.extend(met.iter().map(|position| position.id));
                if !got.more_after {
                    break;
                }
                place = Place::After(met[met.len() - 1].clone());
                if let Some(guest) = guests.pop() {
                    shelf.remove(guest.id).await;
                }
                if turn > 9 {
                    continue;
                }
                let arriving = [ranked(Some(turn * 17 % 160)), ranked(None), ranked(Some(turn))];
                shelf.add(&arriving).await;
                guests.extend(arriving);
            }
            let stayed: Vec<_> = seen.iter().filter(|id| staying.iter().any(|thing| thing.id == **id)).collect();
            assert_eq!(stayed.len(), staying.len(), "{order} by {size}");
            let mut once = seen.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), seen.len(), "nothing twice: {order} by {size}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_walk_goes_on_from_a_row_that_is_gone() {
    on_both(async |test| {
        let things: Vec<Thing> = ["a", "b", "c", "d"].map(named).to_vec();
        let shelf = Shelf::with(&test.db, &things).await;
        let first = shelf.list(&ListQuery { sort: by("name"), page: page(2, Place::Start), ..question() }).await;
        let last = positions(&first)[1].clone();
        shelf.remove(things[1].id).await;
        let after = ListQuery { sort: by("name"), page: page(2, Place::After(last.clone())), ..question() };
        assert_eq!(labels(&shelf.list(&after).await), ["c", "d"]);
        let before = ListQuery { sort: by("name"), page: page(2, Place::Before(last)), ..question() };
        assert_eq!(labels(&shelf.list(&before).await), ["a"]);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_gains_a_value_leaves_the_place_of_the_others_as_it_was() {
    on_both(async |test| {
        let shelf = Shelf::with(&test.db, &[named("a"), named("b"), thing("1"), thing("2"), thing("3")]).await;
        let first = shelf.list(&ListQuery { sort: by("name"), page: page(3, Place::Start), ..question() }).await;
        let read = labels(&first);
        assert_eq!(read[..2], ["a", "b"]);
        let last = positions(&first)[2].clone();
        shelf.remove(last.id).await;
        shelf.add(&[Thing { id: last.id, name: Some("aa".to_owned()), ..thing(&read[2]) }]).await;
        let rest = ListQuery { sort: by("name"), page: page(9, Place::After(last)), ..question() };
        let rest = labels(&shelf.list(&rest).await);
        assert_eq!(rest.len(), 2);
        assert!(!rest.contains(&read[2]));
    })
    .await;
}
