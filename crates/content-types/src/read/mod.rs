//! What stored data say: values, references, words.

mod parts;
mod publishable;
mod references;
mod values;
mod words;

pub use references::Reference;
pub use values::{FieldValue, Value};
