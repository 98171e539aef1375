//! Media on SQLite and PostgreSQL, in a folder and in a bucket.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod checks;
mod desk;
mod names;
mod renditions;
mod telling;
mod uploading;
