//! Content as data: types that an operator adds while the server runs, and entries of them (C-1 … C-45).
//!
//! An entry has one id and one revision in all its languages. In each language it is read in editions:
//! at most one *live* edition, which everybody sees, and one *working* edition, which is the same row when
//! nothing is pending. Every save is an edition of its own: what was superseded stays (C-37). The state of
//! an entry is that of its editions, never kept beside them. Relations are ids, resolved when they are
//! read, so publishing in any order loses none.
//!
//! Nothing is public before somebody who did not write it has approved it (C-30), unless a dated policy
//! says so.

mod acting;
mod addresses;
mod entries;
mod entry;
mod error;
mod paths;
mod policy;
mod publishing;
mod releases;
mod report;
mod schedules;
mod sharing;
mod state;
mod store;
mod translations;
mod types;
mod unpublishing;
mod versions;
mod violations;
mod writing;

pub use acting::Acting;
pub use addresses::{Address, Month};
pub use entries::{Entries, Indexed, Target};
pub use entry::{entry_fields, entry_heavy, entry_input, entry_schema, entry_step};
pub use error::Error;
pub use paths::{PathEntry, PathInput, Paths, path_fields};
pub use releases::{Release, ReleaseAction, ReleaseInput, Releases, release_fields};
pub use report::translation_report;
pub use schedules::{Schedule, Schedules, schedule_fields};
pub use state::{Action, State};
pub use store::steps::step_schema;
pub use translations::translation_schema;
pub use types::{ContentType, ContentTypes, Trial, content_type_fields};
pub use unpublishing::Unpublished;
pub use versions::version_schema;
pub use violations::{Ruling, Violation, ViolationInput, Violations, violation_fields};
