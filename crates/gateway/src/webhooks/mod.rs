//! Webhooks follow what is published: which saved searches find it, and the tasks that send.

mod following;
mod saved;
mod sending;

pub use following::Following;
pub(crate) use saved::read_saved;
pub use sending::{Sending, Tidying};
