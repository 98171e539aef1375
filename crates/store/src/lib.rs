//! The database behind every subject: one URL, SQLite or PostgreSQL; write transactions, the
//! outbox, keyset lists, idempotency claims, and files by their hash.
//!
//! Invariants: every change of a resource writes its event in its own transaction; values reach
//! SQL as bound parameters only; text sorts by code point on both databases.

mod connect;
mod error;
mod files;
mod filter;
pub mod generation;
pub mod idempotency;
mod keyset;
mod listing;
pub mod outbox;
mod refusal;
pub mod resources;
mod secret;
pub mod settings;
pub mod sql;
mod table;
mod txn;

pub use connect::{Database, DatabaseUrl};
pub use error::Error;
pub use files::{Derived, FileStream, Files, FilesUrl, StoredFile, Upload, sha256_hex};
pub use filter::{Column, condition};
pub use listing::{Listing, list};
pub use refusal::Refusal;
pub use sea_orm::DbBackend as Backend;
pub use secret::Secret;
pub use table::{Shape, Table, TableField};
pub use txn::WriteTxn;
