//! Rows of this subject and their conversion.

pub(crate) mod acts;
pub(crate) mod editions;
pub(crate) mod files;
pub(crate) mod issuers;
mod read;
pub(crate) mod relation_rows;
pub(crate) mod relations;
mod schema;

pub use files::FileRecord;
pub use relation_rows::relation_fields;
pub use schema::{document_fields, issuer_fields};

pub(crate) use read::{DocumentRows, IssuerRows, every_document_field, every_issuer_field, resolve_bases};
pub(crate) use schema::{a, col, document_columns, issuer_columns};
