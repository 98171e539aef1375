//! Documents, their issuers and their import on SQLite and PostgreSQL.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod areas;
mod bases;
mod creating;
mod desk;
mod editions;
mod gazettes;
mod harvest;
mod history;
mod identity;
mod importing;
mod issuers;
mod lists;
mod patching;
mod reimporting;
mod rereading;
