//! Whether a document is in force on a day, and why (L-6): computed from its own days and from what others do to it.

use crate::found::Parts;
use crate::status::Status;
use serde::Serialize;
use utoipa::ToSchema;

/// The status of a document on a day with what it follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Validity {
    /// Always `validity`.
    pub r#type: &'static str,
    /// The document.
    #[schema(format = "uuid")]
    pub document_id: String,
    /// The day.
    #[schema(format = Date)]
    pub as_of: String,
    /// `not-yet-in-force in-force partly-in-force suspended expired unknown`.
    pub status: String,
    /// Everything that has taken effect by that day, the deciding first.
    pub because: Vec<Cause>,
    /// What is to take effect later.
    pub upcoming: Vec<Cause>,
    /// What a reader should check: a basis that is no longer in force, a relation whose day is not known.
    pub notices: Vec<Notice>,
}

/// Why a status is what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Cause {
    /// `took-effect partly-took-effect expired replaced repealed suspended amended partly-repealed partly-replaced partly-suspended not-yet-effective`.
    pub event: String,
    /// The day it takes effect.
    #[schema(format = Date)]
    pub on: Option<String>,
    /// The first day on which it no longer holds.
    #[schema(format = Date)]
    pub until: Option<String>,
    /// The document that does it; none where its own text says so.
    #[schema(format = "uuid")]
    pub document_id: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Its abstract.
    pub title: Option<String>,
    /// The provisions of it that say so, by id.
    pub eids: Vec<String>,
    /// The provisions of this document that are touched; none for all of it.
    pub provisions: Vec<String>,
    /// The relation.
    #[schema(format = "uuid")]
    pub relation_id: Option<String>,
    /// `found` in a text and not yet looked at by an editor, or `confirmed`.
    pub standing: Option<String>,
}

/// Something to check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Notice {
    /// A stable word: `day_unknown`, `basis_expired`, or `exceptions_unread`: the clause of effect excepts what could not be
    /// told by provisions.
    pub code: String,
    /// The document it is about.
    #[schema(format = "uuid")]
    pub document_id: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// The relation.
    #[schema(format = "uuid")]
    pub relation_id: Option<String>,
}

/// What another document does to this one.
#[derive(Debug, Clone)]
pub(crate) struct Acted {
    pub relation_id: String,
    pub relation: String,
    pub whole: bool,
    pub provisions: Vec<String>,
    pub eids: Vec<String>,
    /// The day it takes effect: its own, else that of the acting document.
    pub on: Option<String>,
    pub until: Option<String>,
    pub standing: String,
    /// The day of effect that it gives this document.
    pub target_effective_on: Option<String>,
    /// When the acting document was issued.
    pub issued_on: Option<String>,
    pub document_id: String,
    pub number: Option<String>,
    pub title: Option<String>,
}

/// The days that the text of a document states. Days are `YYYY-MM-DD`, which sort as text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Days<'d> {
    pub effective_on: Option<&'d str>,
    pub expires_on: Option<&'d str>,
    pub parts: Option<&'d Parts>,
}

impl Days<'_> {
    /// The day of effect, and what gives it where that is another act: the last one to do so.
    pub fn effective<'a>(&'a self, acted: &'a [Acted]) -> (Option<&'a str>, Option<&'a Acted>) {
        let given =
            acted.iter().filter(|one| one.target_effective_on.is_some()).max_by_key(|one| (&one.issued_on, &one.relation_id));
        (given.and_then(|one| one.target_effective_on.as_deref()).or(self.effective_on), given)
    }
}

/// Computes the status on `day` and what it follows from.
pub(crate) fn validity(document_id: &str, own: Days<'_>, acted: &[Acted], day: &str) -> Validity {
    let expires_on = own.expires_on;
    let (effective_on, given) = own.effective(acted);
    let first_part = own.parts.and_then(|parts| parts.first.as_deref());
    let last_part = own.parts.and_then(|parts| parts.last.as_deref());
    let mut because = Vec::new();
    let mut upcoming = Vec::new();
    let mut notices = Vec::new();
    let mut own_event = |event: &str, on: &str, by: Option<&Acted>| {
        let cause = by.map_or_else(|| Cause::own(event), |by| Cause::of(event, by));
        let cause = Cause { on: Some(on.to_owned()), ..cause };
        if on <= day { because.push(cause) } else { upcoming.push(cause) }
    };
    if let Some(on) = effective_on {
        own_event(if on <= day { "took-effect" } else { "not-yet-effective" }, on, given);
    }
    for on in first_part.into_iter().chain(last_part.filter(|last| Some(*last) != first_part)) {
        own_event("partly-took-effect", on, None);
    }
    if let Some(on) = expires_on {
        own_event("expired", on, None);
    }
    if own.parts.is_some_and(|parts| parts.unread) {
        notices.push(Notice { code: "exceptions_unread".to_owned(), document_id: None, number: None, relation_id: None });
    }
    for one in acted {
        let Some(event) = event(one) else { continue };
        match one.on.as_deref() {
            Some(on) if on <= day && one.until.as_deref().is_none_or(|until| day < until) => because.push(Cause::of(event, one)),
            Some(on) if on > day => upcoming.push(Cause::of(event, one)),
            Some(_) => {}
            None => notices.push(Notice {
                code: "day_unknown".to_owned(),
                document_id: Some(one.document_id.clone()),
                number: one.number.clone(),
                relation_id: Some(one.relation_id.clone()),
            }),
        }
    }
    because.sort_by(|one, other| (weight(&one.event), &one.on).cmp(&(weight(&other.event), &other.on)));
    upcoming.sort_by(|one, other| one.on.cmp(&other.on));
    let has = |events: &[&str]| because.iter().any(|cause| events.contains(&cause.event.as_str()));
    let status = if has(&["expired", "replaced", "repealed"]) {
        Status::Expired
    } else if effective_on.is_some_and(|on| on > day) && first_part.is_none_or(|on| on > day) {
        Status::NotYetInForce
    } else if effective_on.is_none() {
        Status::Unknown
    } else if has(&["suspended"]) {
        Status::Suspended
    } else if has(&["amended", "partly-repealed", "partly-replaced", "partly-suspended"])
        || [effective_on, last_part].iter().flatten().any(|on| *on > day)
    {
        Status::PartlyInForce
    } else {
        Status::InForce
    };
    Validity {
        r#type: "validity",
        document_id: document_id.to_owned(),
        as_of: day.to_owned(),
        status: status.as_str().to_owned(),
        because,
        upcoming,
        notices,
    }
}

/// What a relation means for the one it is done to; none where its validity stays as it is.
pub(crate) fn event(one: &Acted) -> Option<&'static str> {
    match (one.relation.as_str(), one.whole) {
        ("replaces", true) => Some("replaced"),
        ("repeals", true) => Some("repealed"),
        ("suspends", true) => Some("suspended"),
        ("replaces", false) => Some("partly-replaced"),
        ("repeals", false) => Some("partly-repealed"),
        ("suspends", false) => Some("partly-suspended"),
        ("amends", _) => Some("amended"),
        _ => None,
    }
}

/// What decides comes first.
fn weight(event: &str) -> u8 {
    match event {
        "expired" | "replaced" | "repealed" => 0,
        "suspended" => 1,
        "amended" | "partly-repealed" | "partly-replaced" | "partly-suspended" => 2,
        _ => 3,
    }
}

impl Cause {
    fn own(event: &str) -> Self {
        Self {
            event: event.to_owned(),
            on: None,
            until: None,
            document_id: None,
            number: None,
            title: None,
            eids: Vec::new(),
            provisions: Vec::new(),
            relation_id: None,
            standing: None,
        }
    }

    fn of(event: &str, one: &Acted) -> Self {
        Self {
            event: event.to_owned(),
            on: one.on.clone(),
            until: one.until.clone(),
            document_id: Some(one.document_id.clone()),
            number: one.number.clone(),
            title: one.title.clone(),
            eids: one.eids.clone(),
            provisions: one.provisions.clone(),
            relation_id: Some(one.relation_id.clone()),
            standing: Some(one.standing.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn acted(relation: &str, whole: bool, on: Option<&str>) -> Acted {
        Acted {
            relation_id: "r".into(),
            relation: relation.into(),
            whole,
            provisions: Vec::new(),
            eids: vec!["art_2".into()],
            on: on.map(Into::into),
            until: None,
            standing: "found".into(),
            target_effective_on: None,
            issued_on: Some("2025-01-01".into()),
            document_id: "d".into(),
            number: Some("5/2026/QĐ-UBND".into()),
            title: None,
        }
    }

    const OWN: Days<'_> = Days { effective_on: Some("2020-01-01"), expires_on: None, parts: None };

    fn status(acted: &[Acted], day: &str) -> String {
        validity("x", OWN, acted, day).status
    }

    #[test]
    fn a_status_follows_from_what_others_do() {
        assert_eq!(status(&[], "2019-12-31"), "not-yet-in-force");
        assert_eq!(status(&[], "2020-01-01"), "in-force");
        let replaced = [acted("replaces", true, Some("2026-07-01"))];
        assert_eq!((status(&replaced, "2026-06-30"), status(&replaced, "2026-07-01")), ("in-force".into(), "expired".into()));
        assert_eq!(status(&[acted("repeals", false, Some("2026-07-01"))], "2026-07-01"), "partly-in-force");
        assert_eq!(status(&[acted("amends", true, Some("2026-07-01"))], "2026-07-01"), "partly-in-force");
        assert_eq!(status(&[acted("supplements", true, Some("2026-07-01"))], "2026-07-01"), "in-force");
        let suspended = [Acted { until: Some("2027-01-01".into()), ..acted("suspends", true, Some("2026-07-01")) }];
        assert_eq!((status(&suspended, "2026-12-31"), status(&suspended, "2027-01-01")), ("suspended".into(), "in-force".into()));
    }

    #[test]
    fn an_act_may_give_another_its_day_and_provisions_may_have_days_of_their_own() {
        let given = Acted { target_effective_on: Some("2019-08-01".into()), ..acted("amends", false, Some("2019-08-01")) };
        assert_eq!(status(std::slice::from_ref(&given), "2019-07-31"), "not-yet-in-force");
        let on = validity("x", OWN, &[given], "2019-08-01");
        assert_eq!(on.status, "partly-in-force");
        let began = on.because.iter().find(|cause| cause.event == "took-effect").unwrap();
        assert_eq!((began.on.as_deref(), began.number.as_deref()), (Some("2019-08-01"), Some("5/2026/QĐ-UBND")));
        let parts = Parts { first: Some("2019-10-01".into()), last: Some("2021-01-01".into()), unread: true };
        let parts = Days { parts: Some(&parts), ..OWN };
        assert_eq!(validity("x", parts, &[], "2026-01-01").notices[0].code, "exceptions_unread");
        let on = |day: &str| validity("x", parts, &[], day).status;
        let statuses = ["2019-09-30", "2019-10-01", "2020-06-01", "2021-01-01"].map(on);
        assert_eq!(statuses, ["not-yet-in-force", "partly-in-force", "partly-in-force", "in-force"]);
    }

    #[test]
    fn it_says_why_and_what_is_to_come() {
        let both = [acted("amends", false, Some("2025-01-01")), acted("replaces", true, Some("2026-07-01"))];
        let on = validity("x", OWN, &both, "2026-01-01");
        assert_eq!(on.because.first().map(|cause| cause.event.as_str()), Some("amended"));
        assert_eq!(on.upcoming.first().map(|cause| cause.event.as_str()), Some("replaced"));
        let unknown = validity("x", OWN, &[acted("repeals", true, None)], "2026-01-01");
        assert_eq!((unknown.status.as_str(), unknown.notices.len()), ("in-force", 1));
    }
}
