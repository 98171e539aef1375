//! Rows and statements of entries; nothing else of this crate writes SQL over them.

pub(crate) mod columns;
pub(crate) mod editions;
pub(crate) mod read;
pub(crate) mod steps;
pub(crate) mod values;

pub(crate) use store::sql::{a, col};
