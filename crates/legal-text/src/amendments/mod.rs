//! Amendments: what an amending act says about another, and the text that results (văn bản hợp nhất).
mod acts;
mod context;
mod cursor;
mod instruction;
mod pieces;
mod quotation;
mod read;
mod reading;
mod reason;
mod statement;
mod verb;
mod wording;
mod words;

pub use instruction::{Instruction, Operation, Part, Place, Position, Scope, Side, Unread};
pub use reading::instructions;
pub use reason::Reason;
