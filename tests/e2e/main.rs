//! End-to-end: the real binary over HTTP, on SQLite and on PostgreSQL where a server is given.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, missing_docs)]

mod accounts;
mod board;
mod bulk;
mod client;
mod command_line;
mod content;
mod content_types;
mod documents;
mod gazettes;
mod graphql;
mod import;
mod issuers;
mod law;
mod lists;
mod media;
mod open_data;
mod pages;
mod regulations;
mod representations;
mod search;
mod server;
mod webhooks;
