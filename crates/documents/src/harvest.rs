//! What harvesters are told of documents: which there are, or were, in the order in which they last changed.
//!
//! A document that was ever published is in the list for good. Once nobody sees it any more it is told as gone, also where
//! it is no longer in the collection. What was never published is not in the list.

mod akoma_ntoso;

use crate::documents::Documents;
use crate::store::harvest as rows;
use crate::{Error, address};
use kernel::query::{Projection, State};
use kernel::{Actor, Id, Instant, Language, Row, View};
use std::collections::HashMap;
use store::Database;

/// Documents for those who keep a copy of all of them.
#[derive(Clone)]
pub struct Harvest {
    db: Database,
    documents: Documents,
}

/// Which documents a harvester asks for.
#[derive(Debug, Clone)]
pub struct HarvestQuery {
    /// Changed at or after this moment.
    pub from: Option<Instant>,
    /// Changed before this moment.
    pub before: Option<Instant>,
    /// Which part of the collection.
    pub set: HarvestSet,
    /// What they have to have.
    pub wanted: Wanted,
    /// Behind this place in the list.
    pub after: Option<(Instant, Id)>,
    /// How many at most.
    pub size: u64,
}

/// A part of the collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HarvestSet {
    /// All of it.
    All,
    /// What has an issuing authority.
    Issued,
    /// What the authority of this code issued.
    IssuedBy(String),
    /// What is of a kind.
    Typed,
    /// What is of this kind.
    OfType(String),
}

/// What documents have to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Nothing in particular.
    Anything,
    /// A text.
    Text,
}

/// A document as it stands in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Harvested {
    /// The document.
    pub id: Id,
    /// When what everybody sees of it last changed.
    pub changed_at: Instant,
    /// Whether nobody sees it any more.
    pub gone: bool,
    /// Whether it has, or had, a text.
    pub has_text: bool,
    /// The code of its issuing authority.
    pub issuer_code: Option<String>,
    /// Its kind, a slug.
    pub doc_type: Option<String>,
}

/// What is told of a document that everybody sees.
#[derive(Debug, Clone)]
pub struct HarvestRecord {
    /// Its fields, without its text.
    pub row: Row,
    /// Its address under `/eli`.
    pub address: Option<String>,
    /// Acts that it does something to, or refers to.
    pub related: Vec<RelatedAct>,
}

/// An act that a document does something to, or refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelatedAct {
    /// The document, where it is here and published.
    pub document: Option<Id>,
    /// Its address under `/eli`.
    pub address: Option<String>,
    /// Its number as cited.
    pub number: Option<String>,
    /// Its name as cited.
    pub title: Option<String>,
}

impl Harvest {
    /// The list of these documents.
    pub fn of(documents: &Documents) -> Self {
        Self { db: documents.db.clone(), documents: documents.clone() }
    }

    /// A page of the list, and whether there is more behind it.
    pub async fn page(&self, query: &HarvestQuery) -> Result<(Vec<Harvested>, bool), Error> {
        let mut found = rows::page(self.db.reader(), query).await?;
        let size = usize::try_from(query.size).unwrap_or(usize::MAX);
        let more = found.len() > size;
        found.truncate(size);
        Ok((found, more))
    }

    /// One document of the list.
    pub async fn one(&self, id: Id) -> Result<Option<Harvested>, Error> {
        rows::one(self.db.reader(), id).await
    }

    /// The first and the last change in the list.
    pub async fn span(&self) -> Result<Option<(Instant, Instant)>, Error> {
        rows::span(self.db.reader()).await
    }

    /// Code and name of the authorities of documents in the list, by code, behind this one, at most so many.
    pub async fn issuers(&self, after: Option<&str>, size: u64) -> Result<Vec<(String, String)>, Error> {
        rows::issuers(self.db.reader(), after, size).await
    }

    /// The kinds of documents in the list, in order.
    pub async fn doc_types(&self) -> Result<Vec<String>, Error> {
        rows::doc_types(self.db.reader()).await
    }

    /// What is told of those of these documents that everybody sees.
    pub async fn records(&self, ids: &[Id]) -> Result<HashMap<Id, HarvestRecord>, Error> {
        let fields = crate::store::every_document_field().into_iter().filter(|name| name != "body_text" && name != "legal_bases");
        let view = View { as_of: None, fields: Projection(fields.collect()), state: State::Published, lang: Language::Source };
        let found = self.documents.get_many(&Actor::Anonymous, ids, &view).await?;
        let mut related = rows::related(self.db.reader(), ids).await?;
        let mut records = HashMap::with_capacity(found.len());
        for row in found.into_iter().map(|found| found.row) {
            let text = |name: &str| row.get(name).and_then(|value| value.as_str());
            let Some(id) = text("id").and_then(Id::parse) else { continue };
            let code = row.get("issuer").and_then(|issuer| issuer.get("code")?.as_str());
            let address = code.and_then(|code| address::eli_of(code, text("number"), text("issued_on")));
            let related = related.remove(&id).unwrap_or_default();
            records.insert(id, HarvestRecord { row, address, related });
        }
        Ok(records)
    }

    /// The text of a document that everybody sees.
    pub async fn text(&self, id: Id) -> Result<Option<String>, Error> {
        let fields = Projection(vec!["body_text".into()]);
        let view = View { as_of: None, fields, state: State::Published, lang: Language::Source };
        let found = self.documents.get(&Actor::Anonymous, id, &view).await?;
        Ok(found.and_then(|mut found| match found.row.remove("body_text") {
            Some(serde_json::Value::String(text)) => Some(text),
            _ => None,
        }))
    }
}
