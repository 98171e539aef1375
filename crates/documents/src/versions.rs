//! Versions of the text of a document: as it was issued, as amended from a day on, in other languages (FRBR, ELI expressions).
//!
//! Nothing of it is stored but what editors enter: a consolidated text is made from what amending acts say, whenever it is
//! asked for, and kept in memory as long as nothing it is made of changes.

mod change;
mod comparison;
mod expression;
mod history;
mod kept;
mod passages;
mod places;
mod provision;
mod rendition;
mod rows;
mod standing;
mod version;

pub use comparison::Comparison;
pub use expression::{Expression, TextQuery};
pub use rendition::{Format, Rendition};
pub use rows::{DocumentStructure, DocumentVersion, TextInForce};

pub(crate) use history::Upload;
pub(crate) use kept::{Histories, histories};
pub(crate) use passages::{Spoken, passages};
pub(crate) use places::Places;
pub(crate) use version::Uploaded;

use crate::documents::Documents;
use crate::found::Parts;
use crate::store::acts::{self, Act};
use crate::store::{editions, texts};
use crate::validity::{self, Acted, Days, Validity};
use crate::{Error, address};
use change::{Change, Deed};
use history::{Origin, history, translations};
use kept::Kept;
use kernel::query::{Projection, State};
use kernel::{Actor, Id, Language, Locale, Row, View};
use sea_orm::prelude::Uuid;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use version::Version;

/// The texts of a document in one language, with what is known of it besides.
#[derive(Debug)]
pub(crate) struct History {
    pub id: Id,
    /// The fields of the document, without its text.
    pub row: Row,
    /// Its address under `/eli`.
    pub address: Option<String>,
    /// The languages it can be read in; the first is that it was issued in.
    pub languages: Vec<String>,
    pub places: Places,
    pub parts: Parts,
    /// What others do to its validity.
    pub acted: Vec<Acted>,
    /// In the order of their days; none where it has no text in the language.
    pub versions: Vec<Version>,
}

/// Fields that say what the document is, beside those that the history needs.
const TOLD: [&str; 14] = [
    "number",
    "doc_type",
    "title",
    "issuer_id",
    "issuer",
    "place",
    "issued_on",
    "effective_on",
    "expires_on",
    "gazette_number",
    "gazette_date",
    "language",
    "state",
    "source_file_id",
];

/// Acts that change one text; what lies behind is not looked at.
const MOST_ACTS: usize = 500;

impl History {
    pub fn told(&self, name: &str) -> Option<&str> {
        self.row.get(name).and_then(Value::as_str)
    }

    /// The code of its issuing authority.
    pub fn issuer(&self) -> Option<&str> {
        self.row.get("issuer").and_then(|issuer| issuer.get("code")?.as_str())
    }

    /// Its status on a day, and why.
    pub fn validity(&self, day: &str) -> Validity {
        validity::validity(&self.id.to_string(), self.days(), &self.acted, day)
    }

    fn days(&self) -> Days<'_> {
        Days { effective_on: self.told("effective_on"), expires_on: self.told("expires_on"), parts: Some(&self.parts) }
    }

    /// The days on which its status may change.
    pub fn days_of_change(&self) -> Vec<&str> {
        let acted = self.acted.iter();
        let acted = acted.flat_map(|one| [one.on.as_deref(), one.until.as_deref(), one.target_effective_on.as_deref()]);
        let own = [self.told("effective_on"), self.told("expires_on"), self.parts.first.as_deref(), self.parts.last.as_deref()];
        acted.chain(own).flatten().collect()
    }

    /// Its day of effect, whoever says so.
    pub fn effective_on(&self) -> Option<String> {
        self.days().effective(&self.acted).0.map(str::to_owned)
    }

    /// The first day on which it no longer holds, whoever says so.
    pub fn ends_on(&self) -> Option<&str> {
        let ended = self.acted.iter().filter(|one| matches!(validity::event(one), Some("replaced" | "repealed")));
        ended.filter_map(|one| one.on.as_deref()).chain(self.told("expires_on")).min()
    }

    fn weight(&self) -> usize {
        self.versions.iter().map(Version::weight).sum::<usize>() + 4096
    }
}

impl Documents {
    /// The texts of a document in a language, or that it was issued in; `None` where the caller sees no document.
    pub(crate) async fn history(&self, actor: &Actor, id: Id, lang: Option<&Locale>) -> Result<Option<Arc<History>>, Error> {
        let view = |fields: &[&'static str]| View {
            as_of: None,
            fields: Projection(fields.iter().map(|name| (*name).into()).collect()),
            state: State::Published,
            lang: Language::Source,
        };
        let Some(found) = self.get(actor, id, &view(&TOLD)).await? else { return Ok(None) };
        let conn = self.db.reader();
        let incoming = acts::incoming(conn, id).await?;
        let acted: Vec<Acted> =
            incoming.iter().filter_map(Act::acted).filter(|one| validity::event(one).is_some()).take(MOST_ACTS).collect();
        let changes: Vec<Act> = incoming.into_iter().filter(changes_text).take(MOST_ACTS).collect();
        let acting: BTreeSet<Uuid> = changes.iter().filter_map(|act| Some(act.other.as_ref()?.id)).collect();
        let acting: Vec<Uuid> = acting.into_iter().collect();
        let entered = texts::entered(conn, id).await?;
        let own = found.row.get("language").and_then(Value::as_str).unwrap_or("vi").to_owned();
        let language = lang.map_or_else(|| own.clone(), |lang| lang.as_str().to_owned());

        let mut kept = Kept::of(id, found.revision, &language);
        // Its fields, the name and code of its issuer among them.
        kept.add(&found.row);
        let parts = editions::parts(conn, id, State::Published).await?;
        kept.add(&parts);
        changes.iter().for_each(|act| kept.add(act));
        acted.iter().for_each(|one| kept.add(one));
        texts::live_editions(conn, &acting).await?.iter().for_each(|edition| kept.add(edition));
        entered.iter().for_each(|text| kept.add(&(text.id, text.updated_at, &text.language, &text.from)));
        let outgoing = acts::outgoing(conn, id, State::Published).await?;
        outgoing.iter().for_each(|act| kept.add(&(act.id, act.other.as_ref().map(|other| (other.id, &other.address)))));
        let key = kept.key();
        if let Some(known) = self.histories.get(&key).await {
            return Ok(Some(known));
        }

        let languages = languages(&own, entered.iter().map(|text| text.language.clone()));
        let uploads = texts::uploads(conn, id, &language).await?;
        let address = address_of(&found.row);
        let told = |name: &str| found.row.get(name).and_then(Value::as_str).map(str::to_owned);
        let text = match self.get(actor, id, &view(&["body_text"])).await?.and_then(|mut found| found.row.remove("body_text")) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        let origin = Origin {
            number: told("number"),
            doc_type: told("doc_type"),
            title: told("title"),
            issued_on: told("issued_on"),
            effective_on: Days { effective_on: told("effective_on").as_deref(), ..Days::default() }
                .effective(&acted)
                .0
                .map(str::to_owned),
            language: own.clone(),
            text: text.clone().unwrap_or_default(),
        };
        let changes = if language == own { changed_on(&changes, &texts::live_texts(conn, &acting).await?) } else { Vec::new() };
        let places = Places::of(outgoing.iter().filter_map(|act| {
            let other = act.other.as_ref()?;
            let cited = |name: &str| act.cited.get(name).and_then(Value::as_str).map(str::to_owned);
            let path = other.address.clone().unwrap_or_else(|| format!("/v1/documents/{}", other.id));
            Some(([cited("number"), other.number.clone()], [cited("title"), other.title.clone()], path))
        }));
        let row = found.row;
        let made = async {
            // Away from where others wait; a text that breaks the reader breaks nothing else.
            let versions = tokio::task::spawn_blocking(move || {
                if language == origin.language {
                    // A document without a text has those of editors.
                    let has_own = text.is_some();
                    let mut versions = history(&origin, changes, uploads);
                    if !has_own {
                        versions.retain(|version| version.upload.is_some());
                    }
                    versions
                } else {
                    translations(&origin, &language, uploads)
                }
            });
            let versions = versions.await.map_err(|_| ())?;
            let mut history = History { id, row, address, languages, places, parts, acted, versions };
            let end = history.ends_on().map(str::to_owned);
            if let Some(last) = history.versions.last_mut() {
                last.until = end.filter(|end| last.from.as_ref().is_none_or(|from| from < end));
            }
            Ok::<_, ()>(Arc::new(history))
        };
        self.histories.try_get_with(key, made).await.map(Some).map_err(|_: Arc<()>| Error::Unreadable)
    }
}

/// The address under `/eli` of the document with these fields.
pub(crate) fn address_of(row: &Row) -> Option<String> {
    let told = |name: &str| row.get(name).and_then(Value::as_str);
    let code = row.get("issuer").and_then(|issuer| issuer.get("code")?.as_str())?;
    address::eli_of(code, told("number"), told("issued_on"))
}

fn languages(own: &str, entered: impl Iterator<Item = String>) -> Vec<String> {
    let others: BTreeSet<String> = entered.filter(|language| language != own).collect();
    std::iter::once(own.to_owned()).chain(others).collect()
}

/// Whether what an act does changes the words of the other: what ends a document as a whole, or suspends it, does not.
fn changes_text(act: &Act) -> bool {
    let touches = match act.relation.as_str() {
        "amends" | "supplements" | "corrects" => true,
        "repeals" | "replaces" => !act.whole,
        _ => false,
    };
    touches && act.on.is_some() && act.other.is_some()
}

/// What acts do, by act and day.
fn changed_on(acts: &[Act], texts: &std::collections::HashMap<Uuid, Arc<str>>) -> Vec<Change> {
    let mut deeds: BTreeMap<Uuid, Vec<Deed>> = BTreeMap::new();
    for act in acts {
        let (Some(other), Some(on)) = (&act.other, &act.on) else { continue };
        let eids = act.acted().map(|acted| acted.eids).unwrap_or_default();
        let provisions = if act.whole { Vec::new() } else { act.provisions.clone() };
        let deed = Deed { on: on.clone(), provisions, eids };
        deeds.entry(other.id).or_default().push(deed);
    }
    let mut changes: Vec<Change> = Vec::new();
    for (id, deeds) in deeds {
        let Some(act) = acts.iter().filter_map(|act| act.other.as_ref()).find(|other| other.id == id) else { continue };
        let deeds: Arc<[Deed]> = deeds.into();
        let days: BTreeSet<&String> = deeds.iter().map(|deed| &deed.on).collect();
        let on_day =
            |on: &String| Change { act: act.clone(), on: on.clone(), text: texts.get(&id).cloned(), deeds: deeds.clone() };
        changes.extend(days.into_iter().map(on_day));
    }
    changes
}
