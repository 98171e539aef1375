//! A text that an editor enters: consolidated from a day on, or in another language.

use serde::{Deserialize, Serialize};
use store::{Shape, Table, TableField};
use utoipa::ToSchema;

/// The table of these texts.
pub(crate) const TABLE: Table = Table {
    name: "document_texts",
    resource: "document-text",
    fields: &[
        TableField::new("document_id", Shape::Id),
        TableField::new("language", Shape::Text),
        TableField::new("valid_from", Shape::Date),
        TableField::new("kind", Shape::Text),
        TableField::new("basis", Shape::Text).nullable().unasked(),
        TableField::new("body_text", Shape::Text).unasked(),
        TableField::new("file_id", Shape::Id).nullable().unasked(),
        TableField::new("revision", Shape::Whole).unasked(),
        TableField::new("created_at", Shape::Instant),
        TableField::new("updated_at", Shape::Instant),
    ],
    lowered: &[],
};

/// A text of a document that an editor entered.
#[derive(Debug, Serialize, ToSchema)]
#[schema(title = "DocumentText")]
pub struct EnteredText {
    /// Stable id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `document-text`.
    pub r#type: String,
    /// The document.
    #[schema(format = "uuid")]
    pub document_id: String,
    /// Its language, as a tag.
    pub language: String,
    /// The first day on which it holds.
    #[schema(format = Date)]
    pub valid_from: String,
    /// `consolidation` in the language of the document, `translation` in another.
    pub kind: String,
    /// What it is taken from: the number of a consolidated text, who translated it.
    pub basis: Option<String>,
    /// The text.
    pub body_text: String,
    /// The file of the document that it was read from.
    #[schema(format = "uuid")]
    pub file_id: Option<String>,
    /// Counts every change.
    pub revision: i64,
    /// When it was entered.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
}

/// A text as an editor enters it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "DocumentTextInput")]
pub struct EnteredTextInput {
    /// The document. It cannot be changed later.
    #[schema(format = "uuid")]
    pub document_id: String,
    /// Its language, as a tag; that of the document where none is told. It cannot be changed later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[a-z]{2,3}(-[A-Z]{2})?$")]
    pub language: Option<String>,
    /// The first day on which it holds.
    #[schema(format = Date)]
    pub valid_from: String,
    /// What it is taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500)]
    pub basis: Option<String>,
    /// The text; or `file_id`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1)]
    pub body_text: Option<String>,
    /// A file of the document to read it from; or `body_text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = "uuid")]
    pub file_id: Option<String>,
}

/// The fields by which texts can be filtered and sorted.
pub fn text_fields() -> Vec<kernel::query::Field> {
    TABLE.asked()
}
