//! The words every subject shares: ids, actors, calls, pages, cursors, queries, faults and
//! Vietnamese text. It performs no I/O and knows no database, protocol or file.

mod actor;
mod call;
mod clock;
mod cursor;
mod date;
mod fault;
mod id;
mod locale;
mod page;
mod patch;
pub mod query;
mod revision;
mod slug;
pub mod text;
mod view;

pub use actor::{Actor, Permission, Role};
pub use call::{Call, Claim};
pub use clock::{Clock, Instant};
pub use cursor::{BadCursor, CursorKey};
pub use date::{parse_date, print_date};
pub use fault::{Fault, FieldFault, Kind, Lang, Text};
pub use id::Id;
pub use locale::Locale;
pub use page::{Page, PageRequest, Place, Position, Total};
pub use patch::merge_patch;
pub use revision::Revision;
pub use slug::Slug;
pub use view::{Found, Language, View};

/// One row of a resource as the protocols send it: field name → JSON value.
pub type Row = serde_json::Map<String, serde_json::Value>;
