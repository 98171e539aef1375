//! Reads what offices send: the visible text of files, and the evidence of digital signatures.
//!
//! Bytes in, values out. [`Reader`] reads whatever is read at all. [`docx`] and [`html`] are safe to call anywhere: they are
//! bounded and do not panic. [`pdf`] is to be called in a child process with limits of its own ([`child`]), since its
//! libraries were made for well-meant files.

pub mod child;
pub mod docx;
mod error;
mod format;
pub mod html;
mod limits;
pub mod pdf;
mod read;
mod table;

pub use error::{Bound, Error};
pub use format::{EXTENSIONS, Format};
pub use limits::Limits;
pub use read::{Reader, Reading};
