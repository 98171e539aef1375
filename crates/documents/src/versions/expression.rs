//! The text of a document on a day, or a provision of it.

use super::History;
use super::provision::{Found, find};
use super::version::Version;
use crate::Error;
use crate::documents::Documents;
use kernel::{Actor, Id, Locale, print_date};
use std::sync::Arc;
use time::Date;

/// Which text is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextQuery {
    /// On which day; today where none is asked for.
    pub as_of: Option<Date>,
    /// Which provision, by its id or what is enough of it; all of the text where none is asked for.
    pub eid: Option<String>,
    /// In which language; that it was issued in where none is asked for.
    pub lang: Option<Locale>,
}

/// A text that was found.
#[derive(Debug, Clone)]
pub struct Expression {
    pub(crate) history: Arc<History>,
    at: usize,
    /// The provision, where one was asked for.
    pub(crate) found: Option<Found>,
    pub(crate) as_of: String,
    pub(crate) today: String,
}

impl Expression {
    pub(crate) fn version(&self) -> Option<&Version> {
        self.history.versions.get(self.at)
    }

    /// The address of the document under `/eli`, without version.
    pub fn work(&self) -> Option<&str> {
        self.history.address.as_deref()
    }

    /// The language, as a tag.
    pub fn language(&self) -> &str {
        self.version().map_or("vi", |version| &version.language)
    }

    /// The languages the document can be read in; the first is that it was issued in.
    pub fn languages(&self) -> &[String] {
        &self.history.languages
    }

    /// The first day of the version; the day that was asked for where it is not known.
    pub fn from(&self) -> &str {
        self.version().and_then(|version| version.from.as_deref()).unwrap_or(&self.as_of)
    }

    /// The full id of the provision.
    pub fn eid(&self) -> Option<&str> {
        self.found.as_ref().map(|found| found.eid.as_str())
    }

    /// Its canonical address under `/eli`: with the first day of the version and the full id of the provision.
    pub fn address(&self) -> Option<String> {
        let version = address_on(self.work()?, self.language(), self.from());
        Some(self.eid().map_or_else(|| version.clone(), |eid| format!("{version}~{eid}")))
    }
}

/// The address of a version: `/eli/…/vie@2024-11-10`.
pub(crate) fn address_on(work: &str, language: &str, day: &str) -> String {
    format!("{work}/{}@{day}", crate::language::in_address(language))
}

impl Documents {
    /// The text of a document on a day, or a provision of it; `None` where the caller sees no document.
    pub async fn expression(&self, actor: &Actor, id: Id, query: &TextQuery) -> Result<Option<Expression>, Error> {
        let Some(history) = self.history(actor, id, query.lang.as_ref()).await? else { return Ok(None) };
        let today = print_date(self.clock.today());
        let day = query.as_of.map_or_else(|| today.clone(), print_date);
        let at = match (version_on(&history, &day), query.as_of) {
            // What is to hold later is what there is now.
            (Err(Error::NoVersion { .. }), None) => 0,
            (at, _) => at?,
        };
        let found = match (&query.eid, history.versions.get(at)) {
            (Some(eid), Some(version)) => Some(find(version, eid)?),
            _ => None,
        };
        Ok(Some(Expression { history, at, found, as_of: day, today }))
    }
}

/// Which version holds on a day. Until the first day, from the day of issue on, there is the one that is to hold.
pub(super) fn version_on(history: &History, day: &str) -> Result<usize, Error> {
    let first = history.versions.first().ok_or(Error::NoText)?;
    let last = history.versions.iter().rposition(|version| version.from.as_deref().is_none_or(|from| from <= day));
    if let Some(at) = last {
        return Ok(at);
    }
    let is_original = first.upload.is_none() || history.told("language") == Some(&first.language);
    let issued = history.told("issued_on").filter(|_| is_original);
    let begins = issued.or(first.from.as_deref()).unwrap_or_default();
    if begins <= day { Ok(0) } else { Err(Error::NoVersion { day: day.to_owned(), first: begins.to_owned() }) }
}
