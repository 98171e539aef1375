//! Representations of a document that has been read: Akoma Ntoso, HTML, DOCX, plain text, table of contents.
//!
//! All of them show the whole text in its order. What conversions have put into it (`*`, `#`, `|`, `\`) is left off,
//! wrapped lines are joined, and the numbers that pages were printed with are left out; nothing else is.

pub mod akn;
mod amending;
mod clean;
pub mod docx;
mod front;
pub mod html;
mod link;
mod number;
mod opening;
mod pages;
mod paragraphs;
mod parts;
mod quoted;
mod source;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod toc;
mod xml;

pub(crate) use text::own_text;
pub use text::{node_text, node_texts, text};
pub use toc::{Entry, toc};

use crate::citations::Citation;

/// Gives the address that a citation leads to, where there is one.
pub type Link<'a> = dyn Fn(&Citation) -> Option<String> + 'a;
