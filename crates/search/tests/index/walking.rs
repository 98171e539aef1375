//! Whatever is in an index and whatever is asked: totals, pages, filters and facets agree.

use crate::documents::{asked, everything, facets, id, law, none};
use crate::library::{Library, ids};
use proptest::prelude::*;
use search::{At, Change, Query, SearchDocument, Sort, Times};
use std::collections::BTreeMap;

const WORDS: [&str; 12] = ["giá", "đất", "gia", "nước", "UBND", "ủy", "ban", "nhân", "dân", "43", "2020", "thông"];
const VALUES: [&str; 3] = ["x", "y", "z"];

/// A document told by numbers: words of its passages, values, months of its times.
#[derive(Debug, Clone)]
struct Made {
    n: u32,
    title: Vec<usize>,
    passages: Vec<Vec<usize>>,
    values: Vec<usize>,
    date: Option<u8>,
    revised: Option<u8>,
    in_force: bool,
    is_long: bool,
}

fn text(words: &[usize]) -> String {
    words.iter().map(|word| WORDS[*word]).collect::<Vec<_>>().join(" ")
}

impl Made {
    fn document(&self) -> SearchDocument {
        let texts: Vec<String> = self
            .passages
            .iter()
            .map(|words| if self.is_long { format!("{} ", text(words)).repeat(12_000 / (words.len() + 1)) } else { text(words) })
            .collect();
        let eids: Vec<String> = (1..=texts.len()).map(|n| format!("art_{n}")).collect();
        let passages: Vec<(&str, &str, &str)> =
            texts.iter().zip(&eids).map(|(text, eid)| (eid.as_str(), "Điều", text.as_str())).collect();
        let mut made = law(self.n, &text(&self.title), &passages);
        made.date = self.date.map(|month| format!("2025-{month:02}-01"));
        let values: Vec<&str> = self.values.iter().map(|value| VALUES[*value]).collect();
        made.facets = facets(&[("field", &values)]);
        made.times[0].in_force = self.in_force;
        if let Some(month) = self.revised {
            let day = crate::documents::day(&format!("2025-{month:02}-01"));
            let next = Times { from: Some(day), facets: facets(&[("state", &["new"])]), ..made.times[0].clone() };
            made.times[0].until = Some(day);
            made.times.push(next);
        }
        made
    }

    fn has_value(&self, value: &str) -> bool {
        self.values.iter().any(|known| VALUES[*known] == value)
    }
}

fn made() -> impl Strategy<Value = Made> {
    let words = |most| prop::collection::vec(0..WORDS.len(), 0..most);
    let values = prop::collection::vec(0..VALUES.len(), 0..4);
    let months = (prop::option::of(1..=12_u8), prop::option::of(1..=12_u8));
    (0..40_u32, words(5), prop::collection::vec(words(6), 0..4), values, months, any::<bool>(), prop::bool::weighted(0.05))
        .prop_map(|(n, title, passages, values, (date, revised), in_force, is_long)| Made {
            n,
            title,
            passages,
            values,
            date,
            revised,
            in_force,
            is_long,
        })
}

#[derive(Debug, Clone)]
enum Step {
    Write(Vec<Made>),
    Delete(Vec<u32>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        3 => prop::collection::vec(made(), 1..20).prop_map(Step::Write),
        1 => prop::collection::vec(0..40_u32, 1..6).prop_map(Step::Delete),
    ];
    prop::collection::vec(step, 1..6)
}

fn query() -> impl Strategy<Value = (Query, Option<&'static str>, Option<&'static str>)> {
    let words = prop::option::weighted(0.8, prop::collection::vec(0..WORDS.len(), 0..7));
    let wrapped = prop_oneof![4 => Just(""), 1 => Just("\""), 1 => Just("-")];
    let value = || prop::option::weighted(0.4, prop::sample::select(VALUES.to_vec()));
    let sort = prop::sample::select(vec![Sort::Relevance, Sort::Newest, Sort::Oldest]);
    let options = (value(), value(), sort, 1..=12_u8, any::<bool>(), 1..8_usize);
    (words, wrapped, options).prop_map(|(words, wrapped, (has, lacks, sort, month, in_force, limit))| {
        let day = crate::documents::day(&format!("2025-{month:02}-15"));
        let mut query = Query { limit, sort, at: if in_force { At::InForce(day) } else { At::Day(day) }, ..everything() };
        query.text = words.map(|words| match (wrapped, words.split_at(words.len() / 2)) {
            ("\"", (some, others)) => format!("\"{}\" {}", text(some), text(others)),
            ("-", (some, [one, ..])) => format!("{} -{}", text(some), WORDS[*one]),
            _ => text(&words),
        });
        query.filters.extend(has.map(|value| super::documents::any("field", &[value])));
        query.filters.extend(lacks.map(|value| none("field", &[value])));
        query.facets = vec![("field".to_owned(), 10), ("state".to_owned(), 10), ("type".to_owned(), 10)];
        (query, has, lacks)
    })
}

async fn agree(library: &Library, known: &BTreeMap<u32, Made>, (query, has, lacks): &(Query, Option<&str>, Option<&str>)) {
    let whole = library.find(&Query { limit: 1000, ..query.clone() }).await;
    let mut found = ids(&whole);
    assert_eq!(whole.total, found.len() as u64, "{library}: {query:?}");
    let mut paged = Vec::new();
    while let page = library.find(&Query { offset: paged.len(), ..query.clone() }).await
        && !page.hits.is_empty()
    {
        assert_eq!((page.total, &page.facets), (whole.total, &whole.facets), "{library}: {query:?}");
        paged.extend(ids(&page));
    }
    assert_eq!(paged, found, "{library}: {query:?}");
    found.sort_unstable();
    found.dedup();
    assert_eq!(whole.total, found.len() as u64, "{library}: {query:?}");

    let mut fields: BTreeMap<&str, u64> = BTreeMap::new();
    for id in &found {
        let made = known.get(&crate::documents::number_of(*id)).unwrap_or_else(|| panic!("{library}: {id} is gone"));
        assert!(has.is_none_or(|value| made.has_value(value)), "{library}: {made:?} {query:?}");
        assert!(!lacks.is_some_and(|value| made.has_value(value)), "{library}: {made:?} {query:?}");
        let is_in_force = made.in_force || !matches!(query.at, At::InForce(_));
        assert!(is_in_force, "{library}: {made:?} {query:?}");
        VALUES.iter().filter(|value| made.has_value(value)).for_each(|value| *fields.entry(value).or_default() += 1);
    }
    let counted: BTreeMap<&str, u64> = whole.facets["field"].iter().map(|(value, count)| (value.as_str(), *count)).collect();
    assert_eq!(counted, fields, "{library}: {query:?}");
    assert_eq!(whole.facets["type"].iter().map(|(_, count)| count).sum::<u64>(), whole.total, "{library}: {query:?}");
    let new = |id: &kernel::Id| {
        let revised = known[&crate::documents::number_of(*id)].revised;
        revised.is_some_and(|month| u8::from(query.at.day().month()) >= month)
    };
    let new = found.iter().filter(|id| new(id)).count() as u64;
    assert_eq!(whole.facets["state"].iter().map(|(_, count)| count).sum::<u64>(), new, "{library}: {query:?}");
    if query.text.is_none() {
        let expected = known.values().filter(|made| {
            has.is_none_or(|value| made.has_value(value))
                && !lacks.is_some_and(|value| made.has_value(value))
                && (made.in_force || !matches!(query.at, At::InForce(_)))
        });
        assert_eq!(expected.count() as u64, whole.total, "{library}: {query:?}");
    }
}

/// Every word of a query that is not relaxed is in what it finds, and what has them all is found.
async fn finds_all_and_only(library: &Library, known: &BTreeMap<u32, Made>, words: &[usize]) {
    let hits = library.find(&Query { limit: 1000, ..asked(&text(words)) }).await;
    let fold = |word: usize| if word == 2 { 0 } else { word };
    let has_all = |made: &&Made| {
        let all: Vec<usize> = made.title.iter().chain(made.passages.iter().flatten()).map(|word| fold(*word)).collect();
        // Either form of the abbreviation.
        let long = [5, 6, 7, 8];
        let has = |word: &usize| all.contains(&fold(*word));
        let as_typed = words.iter().all(has);
        let others: Vec<usize> = words.iter().copied().filter(|word| *word != 4).collect();
        as_typed || (others.len() < words.len() && long.iter().all(|word| all.contains(word)) && others.iter().all(has))
    };
    let expected: Vec<u32> = known.values().filter(has_all).map(|made| made.n).collect();
    let found = crate::library::numbers(&hits);
    for n in &expected {
        assert!(found.contains(n), "{library}: {} is not found by {}", n, text(words));
    }
    let is_abbreviated = words.windows(4).any(|run| run == [5, 6, 7, 8]);
    if !hits.is_relaxed && !is_abbreviated {
        assert_eq!(found.len(), expected.len(), "{library}: {}", text(words));
    }
}

#[test]
fn totals_pages_filters_and_facets_agree() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let words = prop::collection::vec(prop::collection::vec(0..WORDS.len(), 1..6), 12);
    // A change takes Meilisearch almost a second.
    let cases = if Library::has_server() { 4 } else { 24 };
    proptest!(ProptestConfig::with_cases(cases), |(steps in steps(), queries in prop::collection::vec(query(), 24), words in words)| {
        runtime.block_on(async {
            for library in Library::each(Vec::new()).await {
                let mut known: BTreeMap<u32, Made> = BTreeMap::new();
                for step in &steps {
                    let changes = match step {
                        Step::Write(made) => {
                            known.extend(made.iter().map(|made| (made.n, made.clone())));
                            made.iter().map(|made| Change::Upsert(made.document())).collect()
                        }
                        Step::Delete(gone) => {
                            gone.iter().for_each(|n| drop(known.remove(n)));
                            gone.iter().map(|n| Change::Delete(id(*n))).collect()
                        }
                    };
                    library.apply(changes).await;
                }
                for query in &queries {
                    agree(&library, &known, query).await;
                }
                for words in &words {
                    finds_all_and_only(&library, &known, words).await;
                }
            }
        });
    });
}
