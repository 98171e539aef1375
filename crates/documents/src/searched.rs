//! What full-text search is to know of documents: what they say on which days, by provision, and whether it is law in force.

use crate::found::Parts;
use crate::store::searched;
use crate::validity::{self, Days};
use crate::versions::{Spoken, passages};
use crate::{Documents, Error, Status};
use kernel::query::{Projection, State};
use kernel::{Actor, Found, Id, Language, Row, View, parse_date, print_date};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Arc;
use time::Date;

/// A published document as it is searched.
#[derive(Debug)]
pub struct SearchedDocument {
    /// Its id.
    pub id: Id,
    /// Its fields `number title doc_type issuer_id issuer issued_on language`.
    pub row: Row,
    /// What it says, and when, from the beginning to the end of time. What was said before today and was no law is left out.
    pub times: Vec<SearchedTime>,
}

/// What a document says from one day to another.
#[derive(Debug, Clone)]
pub struct SearchedTime {
    /// The first day; none for the first time of all.
    pub from: Option<Date>,
    /// The first day beyond; none for the last time.
    pub until: Option<Date>,
    /// Its status on these days.
    pub status: Status,
    /// Its text by provision, in order.
    pub passages: Arc<[Passage]>,
}

/// A provision, or some paragraphs beside provisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Its id in the text (`chp_2__art_9`).
    pub eid: Option<String>,
    /// Number and heading as printed, in one line.
    pub heading: Option<String>,
    /// The text without the heading.
    pub text: String,
}

const FIELDS: [&str; 9] =
    ["number", "title", "doc_type", "issuer_id", "issuer", "issued_on", "effective_on", "expires_on", "language"];

impl SearchedTime {
    /// Whether it is law in force.
    pub fn in_force(&self) -> bool {
        matches!(self.status, Status::InForce | Status::PartlyInForce)
    }
}

impl Documents {
    /// What search is to know of those of these documents that are published.
    pub async fn searched(&self, ids: &[Id]) -> Result<Vec<SearchedDocument>, Error> {
        let conn = self.db.reader();
        let acted_on = searched::acted_on(conn, ids).await?;
        let (others, own): (Vec<Id>, Vec<Id>) = ids.iter().partition(|id| acted_on.contains(id));
        let mut made = Vec::with_capacity(ids.len());
        if !own.is_empty() {
            let mut parts = searched::parts(conn, &own).await?;
            let fields = FIELDS.into_iter().chain(["body_text"]).map(Into::into).collect();
            let view = View { as_of: None, fields: Projection(fields), state: State::Published, lang: Language::Source };
            let found = self.get_many(&Actor::Anonymous, &own, &view).await?;
            let found = found.into_iter().filter_map(|Found { row, .. }| {
                let id = Id::parse(row.get("id")?.as_str()?)?;
                Some((id, row, parts.remove(&id).unwrap_or_default()))
            });
            let (found, today): (Vec<_>, Date) = (found.collect(), self.clock.today());
            let read = move || found.into_iter().map(|(id, row, parts)| alone(id, row, &parts, today)).collect::<Vec<_>>();
            made.extend(tokio::task::spawn_blocking(read).await.map_err(|_| Error::Unreadable)?);
        }
        for id in others {
            made.extend(self.acted_on(id).await?);
        }
        Ok(made)
    }

    /// The documents whose words or force these change: what search knows of them changes too.
    pub async fn acted_on_by(&self, ids: &[Id]) -> Result<Vec<Id>, Error> {
        Ok(searched::targets(self.db.reader(), ids).await?.into_iter().collect())
    }

    /// The ids of published documents after `after`, in the order of ids, at most 500 of them.
    pub async fn published_ids(&self, after: Option<Id>) -> Result<Vec<Id>, Error> {
        searched::published(self.db.reader(), after, 500).await
    }

    async fn acted_on(&self, id: Id) -> Result<Option<SearchedDocument>, Error> {
        let Some(history) = self.history(&Actor::Anonymous, id, None).await? else { return Ok(None) };
        let today = self.clock.today();
        let made = tokio::task::spawn_blocking(move || {
            let spoken: Vec<Spoken> = history
                .versions
                .iter()
                .map(|version| Spoken { from: version.from.as_deref().and_then(parse_date), passages: version.passages() })
                .collect();
            let mut days: BTreeSet<Date> = history.days_of_change().iter().filter_map(|day| parse_date(day)).collect();
            days.extend(spoken.iter().skip(1).filter_map(|one| one.from));
            let status = |day: Date| Status::parse(&history.validity(&print_date(day)).status).unwrap_or(Status::Unknown);
            SearchedDocument { id, row: history.row.clone(), times: times(&spoken, &days, status, today) }
        });
        Ok(Some(made.await.map_err(|_| Error::Unreadable)?))
    }
}

/// A document on which no other acts.
fn alone(id: Id, mut row: Row, parts: &Parts, today: Date) -> SearchedDocument {
    let text = match row.remove("body_text") {
        Some(Value::String(text)) => text,
        _ => String::new(),
    };
    let own = Days {
        effective_on: row.get("effective_on").and_then(Value::as_str),
        expires_on: row.get("expires_on").and_then(Value::as_str),
        parts: Some(parts),
    };
    let days = [own.effective_on, own.expires_on, parts.first.as_deref(), parts.last.as_deref()];
    let days: BTreeSet<Date> = days.into_iter().flatten().filter_map(parse_date).collect();
    let status = |day: Date| Status::parse(&validity::validity("", own, &[], &print_date(day)).status).unwrap_or(Status::Unknown);
    let read = legal_text::parse(&text);
    let spoken = [Spoken { from: None, passages: passages(&text, &read.nodes) }];
    let times = times(&spoken, &days, status, today);
    SearchedDocument { id, row, times }
}

/// The times between days of change, of which one follows the other.
fn times(spoken: &[Spoken], days: &BTreeSet<Date>, status: impl Fn(Date) -> Status, today: Date) -> Vec<SearchedTime> {
    let mut all: Vec<SearchedTime> = Vec::with_capacity(days.len() + 1);
    let none: Arc<[Passage]> = Arc::from([]);
    let before = days.first().and_then(|first| first.previous_day()).unwrap_or(today);
    for from in std::iter::once(None).chain(days.iter().copied().map(Some)) {
        let day = from.unwrap_or(before);
        let said = spoken.iter().rfind(|one| one.from.is_none_or(|from| from <= day)).or(spoken.first());
        let passages = said.map_or_else(|| Arc::clone(&none), |said| Arc::clone(&said.passages));
        let status = status(day);
        match all.last_mut() {
            Some(last) if last.status == status && Arc::ptr_eq(&last.passages, &passages) => {}
            last => {
                if let Some(last) = last {
                    last.until = from;
                }
                all.push(SearchedTime { from, until: None, status, passages });
            }
        }
    }
    all.retain(|time| time.in_force() || time.until.is_none_or(|until| until > today));
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use serde_json::json;

    fn told(row: Value, today: &str) -> Vec<(Option<String>, Option<String>, &'static str, usize)> {
        let Value::Object(row) = row else { unreachable!() };
        let row: Row = row.into_iter().collect();
        let made = alone(Id(Default::default()), row, &Parts::default(), parse_date(today).unwrap());
        made.times
            .iter()
            .map(|time| (time.from.map(print_date), time.until.map(print_date), time.status.as_str(), time.passages.len()))
            .collect()
    }

    #[test]
    fn a_document_is_not_yet_in_force_then_is_and_then_is_not() {
        let row = json!({ "effective_on": "2020-01-15", "expires_on": "2024-07-01", "body_text": "Điều 1. Một\nHai" });
        let day = |day: &str| Some(day.to_owned());
        let in_force = (day("2020-01-15"), day("2024-07-01"), "in-force", 1);
        let expired = (day("2024-07-01"), None, "expired", 1);
        assert_eq!(
            told(row.clone(), "2019-01-01"),
            [(None, day("2020-01-15"), "not-yet-in-force", 1), in_force.clone(), expired.clone()]
        );
        assert_eq!(told(row, "2025-01-01"), [in_force, expired]);
    }

    #[test]
    fn a_document_of_which_nothing_is_known_is_one_time() {
        assert_eq!(told(json!({}), "2025-01-01"), [(None, None, "unknown", 0)]);
    }
}
