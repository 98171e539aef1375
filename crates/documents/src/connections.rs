//! What a reader asks about a document beside its fields: relations in both directions, validity with its reasons, timeline.

use crate::documents::Documents;
use crate::found::Parts;
use crate::policy::may_read;
use crate::store::acts::{self, Act};
use crate::store::editions;
use crate::validity::{self, Days, Notice, Validity};
use crate::{Error, Status};
use kernel::query::{Projection, State};
use kernel::{Actor, Id, Language, Row, View, print_date};
use serde::Serialize;
use serde_json::{Value, json};
use time::Date;
use utoipa::ToSchema;

/// A relation as it stands beside a document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "RelatedDocument")]
pub struct RelatedDocument {
    /// The id of the relation.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `relation`.
    pub r#type: String,
    /// `outgoing`: this document acts; `incoming`: it is acted on.
    pub direction: String,
    /// `based-on amends supplements replaces repeals guides corrects suspends refers-to`.
    pub relation: String,
    /// The document at the other end, where it is here and published.
    #[schema(format = "uuid")]
    pub document_id: Option<String>,
    /// The same in short.
    pub document: Option<OtherDocument>,
    /// How the acting document cites the other.
    pub cited: CitedAct,
    /// Whether the whole act is meant.
    pub whole: bool,
    /// Which provisions of it, by id.
    pub provisions: Vec<String>,
    /// Where the acting document says so.
    pub occurrences: Vec<crate::Occurrence>,
    /// The day it takes effect.
    #[schema(format = Date)]
    pub effective_on: Option<String>,
    /// The first day on which it no longer holds.
    #[schema(format = Date)]
    pub until_on: Option<String>,
    /// `found` or `editor`.
    pub origin: String,
    /// `found`, `confirmed` or `rejected`.
    pub standing: String,
}

/// A document in short.
#[derive(Debug, Serialize, ToSchema)]
pub struct OtherDocument {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `document`.
    pub r#type: String,
    /// Number and symbol.
    pub number: Option<String>,
    /// Abstract.
    pub title: Option<String>,
    /// Kind, a slug.
    pub doc_type: Option<String>,
    /// Day of issue.
    #[schema(format = Date)]
    pub issued_on: Option<String>,
    /// Its address under `/eli`.
    pub address: Option<String>,
}

/// An act as it is cited.
#[derive(Debug, Serialize, ToSchema)]
pub struct CitedAct {
    /// Number and symbol.
    pub number: Option<String>,
    /// Name.
    pub title: Option<String>,
    /// Kind, a slug.
    pub doc_type: Option<String>,
    /// Day of issue.
    #[schema(format = Date)]
    pub issued_on: Option<String>,
}

/// Something that happened, or is to happen, to a document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "TimelineEvent")]
pub struct TimelineEvent {
    /// Always `event`.
    pub r#type: String,
    /// The day; none where it is not known.
    #[schema(format = Date)]
    pub on: Option<String>,
    /// `issued took-effect partly-took-effect gazetted amended supplemented corrected suspended resumed replaced repealed partly-repealed
    /// partly-replaced partly-suspended expired`.
    pub event: String,
    /// The document that did it.
    pub document: Option<OtherDocument>,
    /// The provisions of this document that are touched.
    pub provisions: Vec<String>,
    /// The status from that day on.
    pub status: Option<String>,
}

/// The days of a document itself.
struct Own {
    issued_on: Option<String>,
    effective_on: Option<String>,
    expires_on: Option<String>,
    gazette_date: Option<String>,
    parts: Parts,
}

impl Own {
    fn days(&self) -> Days<'_> {
        Days { effective_on: self.effective_on.as_deref(), expires_on: self.expires_on.as_deref(), parts: Some(&self.parts) }
    }
}

impl Documents {
    /// Relations in both directions, by day of effect, or those that hold on a day; `None` where the caller sees no
    /// document.
    pub async fn relations(
        &self,
        actor: &Actor,
        id: Id,
        (state, as_of): (State, Option<Date>),
    ) -> Result<Option<Vec<Row>>, Error> {
        let Some(own) = self.own(actor, id, state).await? else { return Ok(None) };
        let outgoing = acts::outgoing(self.db.reader(), id, state).await?;
        let incoming = acts::incoming(self.db.reader(), id).await?;
        let day = as_of.map(print_date);
        let holds = |act: &&Act| day.as_deref().is_none_or(|day| act.holds(own.issued_on.as_deref(), day));
        Ok(Some(outgoing.iter().chain(&incoming).filter(holds).map(Act::to_row).collect()))
    }

    /// The status on a day (today where none is given) with what it follows from; `None` where the caller sees no document.
    pub async fn validity(&self, actor: &Actor, id: Id, as_of: Option<Date>) -> Result<Option<Validity>, Error> {
        let Some(own) = self.own(actor, id, State::Published).await? else { return Ok(None) };
        let day = print_date(as_of.unwrap_or_else(|| self.clock.today()));
        let incoming = acts::incoming(self.db.reader(), id).await?;
        let acted: Vec<_> = incoming.iter().filter_map(Act::acted).collect();
        let mut found = validity::validity(&id.to_string(), own.days(), &acted, &day);
        found.notices.extend(self.expired_bases(actor, id, as_of).await?);
        Ok(Some(found))
    }

    /// Acts that the document rests on, or spells out, and that are no longer in force on the day.
    async fn expired_bases(&self, actor: &Actor, id: Id, as_of: Option<Date>) -> Result<Vec<Notice>, Error> {
        let outgoing = acts::outgoing(self.db.reader(), id, State::Published).await?;
        let rests = outgoing.iter().filter(|act| matches!(act.relation.as_str(), "based-on" | "guides"));
        let ids: Vec<Id> = rests.filter_map(|act| Some(Id(act.other.as_ref()?.id))).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let fields = ["number", "status"].map(Into::into).to_vec();
        let view = View { as_of, fields: Projection(fields), state: State::Published, lang: Language::Source };
        let expired = |row: &Row| row.get("status").and_then(Value::as_str) == Some(Status::Expired.as_str());
        let text = |row: &Row, name: &str| row.get(name).and_then(Value::as_str).map(str::to_owned);
        let bases = self.get_many(actor, &ids, &view).await?;
        Ok(bases
            .iter()
            .filter(|base| expired(&base.row))
            .map(|base| Notice {
                code: "basis_expired".to_owned(),
                document_id: text(&base.row, "id"),
                number: text(&base.row, "number"),
                relation_id: None,
            })
            .collect())
    }

    /// What happened to the document, in order, or what had happened by a day; `None` where the caller sees none.
    pub async fn timeline(&self, actor: &Actor, id: Id, as_of: Option<Date>) -> Result<Option<Vec<Row>>, Error> {
        let Some(own) = self.own(actor, id, State::Published).await? else { return Ok(None) };
        let incoming = acts::incoming(self.db.reader(), id).await?;
        let acted: Vec<_> = incoming.iter().filter_map(Act::acted).collect();
        let mut events: Vec<(Option<String>, Value)> = Vec::new();
        let mut own_event = |event: &str, on: &Option<String>| {
            if let Some(on) = on {
                events.push((
                    Some(on.clone()),
                    json!({ "type": "event", "on": on, "event": event, "document": null, "provisions": [] }),
                ));
            }
        };
        own_event("issued", &own.issued_on);
        own_event("gazetted", &own.gazette_date);
        own_event("took-effect", &own.days().effective(&acted).0.map(str::to_owned));
        let Parts { first, last, .. } = &own.parts;
        own_event("partly-took-effect", first);
        own_event("partly-took-effect", if first == last { &None } else { last });
        own_event("expired", &own.expires_on);
        for act in &incoming {
            let Some(event) = happened(act) else { continue };
            let row = act.to_row();
            let told = |event: &str, on: &Option<String>| json!({ "type": "event", "on": on, "event": event, "document": row.get("document"), "provisions": act.provisions });
            events.push((act.on.clone(), told(event, &act.on)));
            if event == "suspended" && act.until.is_some() {
                events.push((act.until.clone(), told("resumed", &act.until)));
            }
        }
        if let Some(day) = as_of.map(print_date) {
            events.retain(|(on, _)| on.as_ref().is_some_and(|on| *on <= day));
        }
        // What has no day comes last.
        events.sort_by(|(one, _), (other, _)| (one.is_none(), one).cmp(&(other.is_none(), other)));
        let days = own.days();
        let with_status = |(on, event): (Option<String>, Value)| {
            let mut row = match event {
                Value::Object(row) => row,
                _ => Row::new(),
            };
            let status = on.map(|on| validity::validity(&id.to_string(), days, &acted, &on).status);
            row.insert("status".to_owned(), status.into());
            row
        };
        Ok(Some(events.into_iter().map(with_status).collect()))
    }

    async fn own(&self, actor: &Actor, id: Id, state: State) -> Result<Option<Own>, Error> {
        may_read(actor, state)?;
        let fields = ["issued_on", "effective_on", "expires_on", "gazette_date"].map(Into::into).to_vec();
        let view = View { as_of: None, fields: Projection(fields), state, lang: Language::Source };
        let Some(found) = self.get(actor, id, &view).await? else { return Ok(None) };
        let text = |name: &str| found.row.get(name).and_then(Value::as_str).map(str::to_owned);
        Ok(Some(Own {
            issued_on: text("issued_on"),
            effective_on: text("effective_on"),
            expires_on: text("expires_on"),
            gazette_date: text("gazette_date"),
            parts: editions::parts(self.db.reader(), id, state).await?,
        }))
    }
}

/// What an incoming relation means in a timeline.
fn happened(act: &Act) -> Option<&'static str> {
    match act.relation.as_str() {
        "supplements" => Some("supplemented"),
        "corrects" => Some("corrected"),
        _ => validity::event(&act.acted()?),
    }
}
