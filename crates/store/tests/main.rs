//! The store on SQLite and PostgreSQL: lists, filters, idempotency keys, the secret, settings and events.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod events;
mod files;
mod filters;
mod idempotency;
mod moving;
mod operators;
mod secret;
mod shelf;
mod walking;
