//! Files of media: they come in by a form, and are given out at addresses of their own, whole or in part, as they are or
//! in another size. Neither way is a file held in memory.

mod download;
mod sweeping;
mod upload;

pub(crate) use download::{file, named_file};
pub use sweeping::Sweeping;
pub(crate) use upload::upload;
