//! The administrative units of the country before and after 1 July 2025, and the bodies that govern them.
//!
//! Seven tables say which units there were, which there are, and what became of what. From them it is planned (purely) which
//! bodies there have to be: of every unit its people's committee and its people's council. Then they are entered, a few at
//! a time; what is there already is completed, never overwritten.
//!
//! The chairpersons of committees are not made: texts that they sign are read as those of their committees, so that nothing
//! would ever refer to them.

mod acts;
mod bodies;
mod codes;
mod entering;
mod lacking;
mod matching;
mod name;
mod reading;
mod tables;
mod units;

pub use entering::{AreaError, AreaImport, AreaSummary};
pub use tables::{NewUnit, OldUnit, Step, TableFault, Tables};
