//! Full-text search of Vietnamese texts.
//!
//! What is found does not depend on tones: every word of a query is required, without its tones,
//! anywhere in title, body or number. Tones, phrases, titles and above all a document's own
//! number decide what stands first.
//!
//! Invariants: no query makes a search fail; what `apply` has answered is durable and found by
//! the next search; an index is a cache, which its owner can always fill again from the events.

mod embedded;
mod highlight;
mod number;
mod port;
mod words;

pub use embedded::{Opened, Tantivy};
pub use port::{Change, Error, Hit, Hits, Query, SearchDocument, SearchIndex};
