//! The embedded index through its port.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod finding;
mod keeping;
mod library;
mod numbers;
mod odd_queries;
mod ranking;
mod regulations;
