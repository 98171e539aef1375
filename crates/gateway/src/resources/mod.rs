//! Built-in resources: each describes itself once and forwards to the verbs of its subject.

mod aliases;
mod around_content;
mod content_types;
mod documents;
mod entries;
mod gazettes;
mod issuers;
mod media;
mod relations;
mod texts;
mod webhooks;

pub use aliases::AliasResource;
pub use around_content::{PathResource, PolicyResource, ReleaseResource, ScheduleResource, ViolationResource};
pub use content_types::ContentTypeResource;
pub use documents::DocumentResource;
pub use entries::EntryResource;
pub use gazettes::GazetteResource;
pub use issuers::IssuerResource;
pub use media::MediaResource;
pub(crate) use media::told;
pub use relations::RelationResource;
pub use texts::TextResource;
pub use webhooks::WebhookResource;

use crate::problem::Problem;
use kernel::Row;
use serde::de::DeserializeOwned;

/// What the schema has let through, as the subject takes it.
fn typed<T: DeserializeOwned>(mut input: Row) -> Result<T, Problem> {
    input.retain(|_, value| !value.is_null());
    serde_json::from_value(serde_json::Value::Object(input))
        .map_err(|_| Problem::malformed("malformed_json", "Không đọc được nội dung.", "The body cannot be read."))
}

/// A value of a subject as a row.
fn row_of(value: &impl serde::Serialize) -> Row {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::Object(row)) => row,
        Ok(_) | Err(_) => Row::new(),
    }
}

/// What is said at all times, and is no law.
fn always(passages: Vec<search::Passage>) -> search::Times {
    search::Times { from: None, until: None, in_force: false, facets: search::Facets::new(), passages: passages.into() }
}

/// The facet `year` of a date.
fn year(date: Option<&str>) -> Option<(String, Vec<String>)> {
    Some(("year".to_owned(), vec![date?.get(..4)?.to_owned()]))
}
