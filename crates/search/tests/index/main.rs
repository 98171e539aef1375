//! What every index has to do, told through its port; and what the embedded one keeps in its folder.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod abbreviations;
mod alike;
mod beside;
mod damage;
mod documents;
mod explaining;
mod facets;
mod filters;
mod finding;
mod keeping;
mod library;
mod numbers;
mod odd_queries;
mod passages;
mod quotations;
mod ranking;
mod regulations;
mod relaxing;
mod sorting;
mod spelling;
mod suggesting;
mod times;
mod walking;
