//! Rows of this subject and their conversion.

pub(crate) mod acts;
pub(crate) mod areas;
mod contents;
pub(crate) mod editions;
pub(crate) mod files;
pub(crate) mod former;
pub(crate) mod gazette_items;
mod gazetted;
pub(crate) mod gazettes;
pub(crate) mod harvest;
pub(crate) mod issuers;
pub(crate) mod keys;
pub(crate) mod lineage;
mod meaning;
pub(crate) mod naming;
mod read;
pub(crate) mod relation_rows;
pub(crate) mod relations;
pub(crate) mod relatives;
mod schema;
pub(crate) mod searched;
pub(crate) mod successions;
pub(crate) mod texts;
pub(crate) mod tying;
pub(crate) mod unread;

pub use files::FileRecord;
pub use gazettes::gazette_fields;
pub use issuers::issuer_fields;
pub use relation_rows::relation_fields;
pub use schema::document_fields;

pub use read::every_document_field;
pub(crate) use read::{DocumentRows, resolve_bases};
pub(crate) use schema::{a, col, document_columns, effective_on};
