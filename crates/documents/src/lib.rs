//! Legal documents and the authorities that issue them (L-1, L-2).
//!
//! A document has one id and one revision. It is read in editions: at most one *live* edition,
//! which everybody sees, and one *working* edition, which is the same row when nothing is pending.
//! Editions that were superseded stay (C-37). `status` (in force, expired …) is computed for a day,
//! never stored. Two documents never share issuer, full number and date.
//!
//! An issuing authority has a history: it exists from a day until a day, it may have followed others, and it may have been
//! called otherwise. Nobody is his own ancestor. Names repeat; codes do not.

mod address;
mod alias;
mod aliases;
pub mod areas;
mod connections;
mod content;
mod document;
mod documents;
mod eli;
mod error;
mod files;
mod found;
mod gazette;
mod gazettes;
mod harvest;
mod import;
mod input;
mod issuer;
mod issuers;
pub mod language;
mod policy;
mod relation;
mod relations;
mod rereading;
mod searched;
mod sources;
mod status;
mod store;
mod text;
mod texts;
mod validity;
mod versions;

/// What a kind of document is called in Vietnamese: `quyet-dinh` → `Quyết định`.
pub fn doc_type_name(slug: &str) -> Option<&'static str> {
    legal_text::DocType::by_slug(slug).map(|kind| kind.name)
}

pub use address::eli_path;
pub use alias::{DocumentAlias, DocumentAliasInput, alias_fields};
pub use aliases::Aliases;
pub use connections::{RelatedDocument, TimelineEvent};
pub use content::LegalBase;
pub use document::{Document, IssuerSummary, State};
pub use documents::{Action, Documents};
pub use eli::{Addressed, EliAddress};
pub use error::Error;
pub use files::{DocumentFile, FileStream};
pub use found::Occurrence;
pub use gazette::{DocumentGazette, Gazette, GazetteInput, GazetteItem, GazetteItemInput};
pub use gazettes::Gazettes;
pub use harvest::{Harvest, HarvestQuery, HarvestRecord, HarvestSet, Harvested, RelatedAct, Wanted};
pub use import::{Described, Import, Outcome, Prepared, Ready, Source};
pub use input::{DocumentInput, IssuerName, LegalBaseInput};
pub use issuer::{Issuer, IssuerInput, PredecessorInput, Relative};
pub use issuers::{Coded, Issuers};
pub use relation::{DocumentRelation, RelationInput};
pub use relations::Relations;
pub use searched::{Passage, SearchedDocument, SearchedTime};
pub use status::Status;
pub use store::{FileRecord, document_fields, every_document_field, gazette_fields, issuer_fields, relation_fields};
pub use text::{EnteredText, EnteredTextInput, text_fields};
pub use texts::EnteredTexts;
pub use validity::{Cause, Notice, Validity};
pub use versions::{Comparison, DocumentStructure, DocumentVersion, Expression, Format, Rendition, TextInForce, TextQuery};
