//! Full-text search of Vietnamese texts.
//!
//! What is found does not depend on tones: every word of a query is required, without its tones,
//! anywhere in a resource. Tones, words that stand together, titles, headings and above all a
//! document's own number decide what stands first.
//!
//! Invariants: no query makes a search fail; what `apply` has answered is durable and found by
//! the next search; an index is a cache, which its owner can always fill again.

mod asked;
mod embedded;
mod error;
mod highlight;
mod meilisearch;
mod number;
mod port;
mod records;
mod settings;
mod words;

pub use embedded::{Opened, Tantivy};
pub use error::Error;
pub use meilisearch::{Meilisearch, OpenedMeilisearch};
pub use port::{
    At, Change, Facets, Filter, Hit, Hits, Matched, Passage, Query, Reason, SearchDocument, SearchIndex, Sort, Suggestion, Times,
};
pub use settings::{Settings, SettingsError};
