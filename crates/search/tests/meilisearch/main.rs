//! The index on a Meilisearch server: what is particular to it, on a real server.
//!
//! `MEILISEARCH_URL` (`meilisearch://host:7700`) names it, `MEILISEARCH_KEY` is its master key.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod away;
mod beside;
mod finding;
mod keys;
mod opening;
mod server;
