//! Documents that state only what matters.

use kernel::Id;
use search::{Facets, Filter, Passage, Query, SearchDocument, Times};
use time::Date;

/// The day on which tests ask.
pub fn today() -> Date {
    day("2026-01-15")
}

pub fn day(text: &str) -> Date {
    kernel::parse_date(text).unwrap()
}

pub fn id(n: u32) -> Id {
    Id::parse(&format!("00000000-0000-7000-8000-00000000{n:04x}")).unwrap()
}

/// The number of an id.
pub fn number_of(id: Id) -> u32 {
    u32::try_from(id.0.as_u128() & 0xFFFF).unwrap()
}

/// A document of one passage, or of none where the body is empty.
pub fn document(n: u32, title: &str, body: &str) -> SearchDocument {
    let passage = Passage { text: body.to_owned(), ..Passage::default() };
    SearchDocument {
        id: id(n),
        resource_type: "document".to_owned(),
        number: None,
        title: title.to_owned(),
        date: None,
        facets: Facets::new(),
        times: vec![always(if body.is_empty() { Vec::new() } else { vec![passage] })],
    }
}

pub fn numbered(n: u32, number: &str, title: &str) -> SearchDocument {
    SearchDocument { number: Some(number.to_owned()), ..document(n, title, "") }
}

pub fn dated(n: u32, title: &str, date: &str) -> SearchDocument {
    SearchDocument { date: Some(date.to_owned()), ..document(n, title, "") }
}

/// A document of several passages, each with its eid, heading and text.
pub fn law(n: u32, title: &str, passages: &[(&str, &str, &str)]) -> SearchDocument {
    SearchDocument { times: vec![always(passages.iter().map(passage).collect())], ..document(n, title, "") }
}

pub fn passage((eid, heading, text): &(&str, &str, &str)) -> Passage {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Passage { eid: some(eid), heading: some(heading), text: (*text).to_owned() }
}

/// In force for ever.
pub fn always(passages: Vec<Passage>) -> Times {
    Times { from: None, until: None, in_force: true, facets: Facets::new(), passages: passages.into() }
}

/// A text from one day to another; an empty day is none.
pub fn between(from: &str, until: &str, text: &str) -> Times {
    let day = |text: &str| (!text.is_empty()).then(|| day(text));
    let passage = passage(&("art_1", "", text));
    Times { from: day(from), until: day(until), ..always(vec![passage]) }
}

pub fn facets(all: &[(&str, &[&str])]) -> Facets {
    let owned = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    all.iter().map(|(name, values)| ((*name).to_owned(), owned(values))).collect()
}

/// A document with facets.
pub fn sorted_under(n: u32, title: &str, all: &[(&str, &[&str])]) -> SearchDocument {
    SearchDocument { facets: facets(all), ..document(n, title, "") }
}

/// A query of which all hits are wanted.
pub fn asked(text: &str) -> Query {
    Query { limit: 500, ..Query::of(text, today()) }
}

/// Everything there is.
pub fn everything() -> Query {
    Query { text: None, ..asked("") }
}

pub fn any(name: &str, values: &[&str]) -> Filter {
    Filter::Any(name.to_owned(), values.iter().map(|value| (*value).to_owned()).collect())
}

pub fn none(name: &str, values: &[&str]) -> Filter {
    Filter::None(name.to_owned(), values.iter().map(|value| (*value).to_owned()).collect())
}
