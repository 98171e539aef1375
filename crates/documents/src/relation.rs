//! Relations between documents (L-6): as they are read, and as an editor enters or decides them.

use crate::found::Occurrence;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a legal document does to another act.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(title = "Relation")]
pub struct DocumentRelation {
    /// Stable id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `relation`.
    pub r#type: String,
    /// The document that acts.
    #[schema(format = "uuid")]
    pub document_id: String,
    /// `based-on amends supplements replaces repeals guides corrects suspends refers-to`.
    pub relation: String,
    /// The document that is acted on, where it is here.
    #[schema(format = "uuid")]
    pub target_id: Option<String>,
    /// Its number as cited.
    pub target_number: Option<String>,
    /// Its name as cited.
    pub target_title: Option<String>,
    /// Its kind as cited, a slug.
    pub target_doc_type: Option<String>,
    /// Its day of issue as cited.
    #[schema(format = Date)]
    pub target_issued_on: Option<String>,
    /// Whether the whole act is meant.
    pub whole: bool,
    /// Which provisions of it, by id, without what groups articles: `art_5__para_2`.
    pub provisions: Vec<String>,
    /// Where the text says so; empty for what an editor entered.
    pub occurrences: Vec<Occurrence>,
    /// From which day; none for the day of effect of the acting document.
    #[schema(format = Date)]
    pub effective_on: Option<String>,
    /// The first day on which it no longer holds.
    #[schema(format = Date)]
    pub until_on: Option<String>,
    /// `found` in the text, or entered by an `editor`.
    pub origin: String,
    /// `found`, `confirmed` or `rejected` by an editor. What is rejected has no effect and is not shown to readers.
    pub standing: String,
    /// An editor's remark.
    pub note: Option<String>,
    /// Counts every change.
    pub revision: i64,
    /// When it was found or entered.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
}

/// A relation as an editor enters it.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "RelationInput")]
pub struct RelationInput {
    /// The document that acts. It cannot be changed later.
    #[schema(format = "uuid")]
    pub document_id: String,
    /// `based-on amends supplements replaces repeals guides corrects suspends refers-to`.
    #[schema(pattern = "^(based-on|amends|supplements|replaces|repeals|guides|corrects|suspends|refers-to)$")]
    pub relation: String,
    /// The document that is acted on; or its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = "uuid")]
    pub target_id: Option<String>,
    /// The number of an act that is not here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u1fff][^\u0000-\u001f]*$")]
    pub target_number: Option<String>,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000, pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u1fff][^\u0000-\u001f]*$")]
    pub target_title: Option<String>,
    /// Its day of issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub target_issued_on: Option<String>,
    /// Whether the whole act is meant; without it, when no provisions are given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub whole: Option<bool>,
    /// Which provisions of it, by id.
    #[serde(default)]
    #[schema(max_items = 500, pattern = "^[A-Za-z0-9_-]+$")]
    pub provisions: Vec<String>,
    /// From which day; none for the day of effect of the acting document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub effective_on: Option<String>,
    /// The first day on which it no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Date)]
    pub until_on: Option<String>,
    /// `found`, `confirmed` (default) or `rejected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^(found|confirmed|rejected)$")]
    pub standing: Option<String>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
}
