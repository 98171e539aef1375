//! Another name that leads to a document.

use serde::{Deserialize, Serialize};
use store::{Shape, Table, TableField};
use utoipa::ToSchema;

/// The table of other names.
pub(crate) const TABLE: Table = Table {
    name: "document_aliases",
    resource: "document-alias",
    fields: &[
        TableField::new("alias", Shape::Text),
        TableField::new("document_id", Shape::Id),
        TableField::new("revision", Shape::Whole).unasked(),
        TableField::new("created_at", Shape::Instant),
        TableField::new("updated_at", Shape::Instant),
    ],
    lowered: &[],
};

/// Another name of a document: the id that another database gives it, an address it had.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "DocumentAlias")]
pub struct DocumentAlias {
    /// Stable id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `document-alias`.
    pub r#type: String,
    /// The name: `/eli/vn/{alias}` leads on to the document.
    pub alias: String,
    /// The document.
    #[schema(format = "uuid")]
    pub document_id: String,
    /// Counts every change.
    pub revision: i64,
    /// When it was entered.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// The same.
    #[schema(format = DateTime)]
    pub updated_at: String,
}

/// Another name as an editor enters it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "DocumentAliasInput")]
pub struct DocumentAliasInput {
    /// The name, kept in lower case: `vbpl-171234`, `40/2024/qđ-ubnd`.
    #[schema(min_length = 1, max_length = 200)]
    pub alias: String,
    /// The document.
    #[schema(format = "uuid")]
    pub document_id: String,
}

/// The fields by which other names can be filtered and sorted.
pub fn alias_fields() -> Vec<kernel::query::Field> {
    TABLE.asked()
}

/// A name as it is kept and looked up.
pub(crate) fn folded(name: &str) -> String {
    kernel::text::lower(kernel::text::nfc(kernel::text::one_line(name)).trim_matches('/'))
}
