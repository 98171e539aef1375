//! The visible text of office documents.

mod changes;
mod numbering;
mod parts;
mod text;
