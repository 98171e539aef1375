//! Amendments: what an amending act says about another, and the text that results (văn bản hợp nhất).
//!
//! [`instructions`] reads an amending act; [`apply`] changes the text of the act that it amends. Both are strict: what is not
//! understood is told, and what is not unambiguous is not applied.

mod applying;
mod instruction;
mod reading;
mod reason;
mod wording;

pub use applying::{Amending, AmendmentNote, Consolidated, apply};
pub use instruction::{Instruction, Operation, Part, Place, Position, Scope, Side, Unread};
pub use reading::instructions;
pub use reason::Reason;
