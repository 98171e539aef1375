//! What differs by province or decree: dated rows with their legal basis, never a constant in code.
//!
//! A row is in force from `effective_from` until the day before `effective_to`. The rows of the present are
//! kept in memory, so that a rule costs no query; every node follows changes by a generation mark.
//! A row may be for one scope (a content type) alone, and then comes before one for all.

mod names;
mod policies;
mod policy;

pub use policies::Policies;
pub use policy::{Policy, PolicyInput, policy_fields};
