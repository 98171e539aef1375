//! Reads what offices send: the visible text of office and PDF sources, and the evidence of digital signatures.
//!
//! Bytes in, values out. [`docx`] is safe to call anywhere: it is bounded by [`Limits`] and does not panic. [`pdf`] is to
//! be called in a child process with limits of its own ([`child`]), since its libraries were made for well-meant files.

pub mod child;
pub mod docx;
mod error;
mod format;
mod limits;
pub mod pdf;

pub use error::{Bound, Error};
pub use format::Format;
pub use limits::Limits;
