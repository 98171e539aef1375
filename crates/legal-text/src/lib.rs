#![doc = include_str!("../README.md")]

pub mod amendments;
mod bases;
mod citations;
mod commencement;
mod compare;
mod doc_type;
mod find;
mod header;
mod key;
mod layout;
mod letters;
mod lines;
mod names;
mod node;
mod parse;
pub mod render;
mod structure;

pub use bases::LegalBase;
pub use citations::{Citation, Law, Relation, Target, law_by_number, laws};
pub use commencement::{Commencement, PartCommencement, commencement};
pub use compare::{Change, Difference, Part, PartChange, Version, compare};
pub use doc_type::{DocType, doc_types};
pub use find::{FindError, find};
pub use header::{DocumentNumber, Header, Warning, header};
pub use node::{Kind, Node, Walk, walk};
pub use parse::{LegalText, WithText, parse};
pub use structure::Note;

use regex::Regex;

/// Compiles a pattern of this crate. Every pattern is a literal and is compiled by the tests.
#[expect(clippy::expect_used, reason = "a literal pattern that does not compile is a defect of this crate")]
fn pattern(literal: &str) -> Regex {
    Regex::new(literal).expect("a literal pattern compiles")
}

use letters::lower;
