//! Amendments: what an amending act says about another, and the text that results (văn bản hợp nhất).
mod acts;
mod apply;
mod check;
mod context;
mod cursor;
mod edit;
mod index;
mod instruction;
mod phrases;
mod pieces;
mod printed;
mod provisions;
mod quotation;
mod read;
mod reading;
mod reason;
mod statement;
mod verb;
mod view;
mod wording;
mod words;

pub use apply::{Amending, AmendmentNote, Consolidated, apply};
pub use instruction::{Instruction, Operation, Part, Place, Position, Scope, Side, Unread};
pub use reading::instructions;
pub use reason::Reason;
