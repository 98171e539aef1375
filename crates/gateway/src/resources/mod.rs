//! Built-in resources: each describes itself once and forwards to the verbs of its subject.

mod documents;
mod issuers;

pub use documents::DocumentResource;
pub use issuers::IssuerResource;

use crate::problem::Problem;
use kernel::Row;
use serde::de::DeserializeOwned;

/// What the schema has let through, as the subject takes it.
fn typed<T: DeserializeOwned>(input: Row) -> Result<T, Problem> {
    serde_json::from_value(serde_json::Value::Object(input))
        .map_err(|_| Problem::malformed("malformed_json", "Không đọc được nội dung.", "The body cannot be read."))
}
