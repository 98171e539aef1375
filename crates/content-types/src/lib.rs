//! Content types as data: one definition, and everything that derives from it.

pub mod blocks;
mod check;
mod compare;
mod definition;
mod faults;
mod field;
mod form;
mod limits;
mod loosening;
mod names;
mod nfc;
mod parse;
mod patterns;
mod read;
pub mod rich_text;
mod shape;
mod stage;
mod target;
mod told;

pub use compare::{Changes, compare};
pub use definition::Definition;
pub use faults::faults;
pub use field::{FieldDef, FieldKindDef, IndexColumn};
pub use read::{FieldValue, Reference, Value};
pub use stage::Stage;
pub use target::{MediaKind, Target};
