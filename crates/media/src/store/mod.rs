//! Rows of this subject and their conversion.

mod bytes;
mod media;
mod read;

pub(crate) use bytes::{Kept, is_kept, keep, release};
pub(crate) use media::{Placing, Stored, captions, delete, insert, is_named_as_captions, locked, open, update};
pub use read::media_fields;
pub(crate) use read::{MediaRows, every_field, media_columns, url};

use sea_orm::sea_query::{Alias, Expr};

/// A name in SQL.
pub(crate) fn a(name: &'static str) -> Alias {
    Alias::new(name)
}

/// A column of `media`.
pub(crate) fn col(name: &'static str) -> Expr {
    Expr::col((a("media"), a(name)))
}
