//! Sources as offices write them, and as nobody should.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod child;
mod docx;
mod fixtures;
mod formats;
mod hostile;
mod pdf;
mod real;
mod signatures;
