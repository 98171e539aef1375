//! Issues of the official gazette (Công báo, L-4): as they are read, and as an editor enters them.

mod content;

pub(crate) use content::{GazetteContent, Item};

use crate::document::IssuerSummary;
use crate::input::IssuerName;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An issue of the official gazette (số Công báo).
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(title = "Gazette")]
pub struct Gazette {
    /// Stable id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `gazette`.
    pub r#type: String,
    /// Number of the issue (số Công báo) as printed, e.g. `12` or `35+36`.
    pub number: String,
    /// Day of the issue.
    #[schema(format = Date)]
    pub issued_on: String,
    /// What it is called besides its number.
    pub title: Option<String>,
    /// The authority that publishes it.
    #[schema(format = "uuid")]
    pub issuer_id: Option<String>,
    /// The same in short.
    pub issuer: Option<IssuerSummary>,
    /// What stands in it, in its order. Lists leave it out unless it is asked for.
    pub items: Vec<GazetteItem>,
    /// Counts every change.
    pub revision: i64,
    /// When it was entered.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
}

/// What stands in an issue: a document that is here, or one that is not.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct GazetteItem {
    /// The document, where it is here and published.
    #[schema(format = "uuid")]
    pub document_id: Option<String>,
    /// Its number and symbol: as the issue has it, else that of the document.
    pub number: Option<String>,
    /// Its abstract, likewise.
    pub title: Option<String>,
    /// Its day of issue, likewise.
    #[schema(format = Date)]
    pub issued_on: Option<String>,
    /// On which pages it stands.
    pub pages: Option<String>,
    /// The address of the document under `/eli`.
    pub address: Option<String>,
}

/// An issue of the official gazette as an editor enters it. Everybody sees it at once.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "GazetteInput")]
pub struct GazetteInput {
    /// Number of the issue as printed.
    #[schema(
        min_length = 1,
        max_length = 100,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    pub number: String,
    /// Day of the issue.
    #[schema(format = Date)]
    pub issued_on: String,
    /// What it is called besides its number.
    #[schema(
        max_length = 500,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[serde(default)]
    pub title: Option<String>,
    /// The authority that publishes it, by id; or by `issuer`.
    #[schema(format = "uuid")]
    #[serde(default)]
    pub issuer_id: Option<String>,
    /// The authority that publishes it, by name: found, or created when there is none of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<IssuerName>,
    /// What stands in it, in its order. A change gives the whole list again; what is sent back as it was read stays as it was.
    #[schema(nullable = false, max_items = 500)]
    #[serde(default)]
    pub items: Option<Vec<GazetteItemInput>>,
}

/// What stands in an issue: the id of a document that is here, or what the issue says of one that is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GazetteItemInput {
    /// The document. Without one, the only published document of that number and day is found, now or when it is published.
    #[schema(format = "uuid")]
    #[serde(default)]
    pub document_id: Option<String>,
    /// Its number and symbol as the issue has it.
    #[schema(
        max_length = 100,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[serde(default)]
    pub number: Option<String>,
    /// Its abstract.
    #[schema(
        max_length = 2000,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[serde(default)]
    pub title: Option<String>,
    /// Its day of issue.
    #[schema(format = Date)]
    #[serde(default)]
    pub issued_on: Option<String>,
    /// On which pages it stands: `3-12`.
    #[schema(
        max_length = 50,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[serde(default)]
    pub pages: Option<String>,
    /// As it was read; it follows from the document, so that it may be sent back but changes nothing.
    #[schema(read_only)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// An issue in which a document stands.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(title = "DocumentGazette")]
pub struct DocumentGazette {
    /// The id of the issue.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `gazette`.
    pub r#type: String,
    /// Its number.
    pub number: String,
    /// Its day.
    #[schema(format = Date)]
    pub issued_on: String,
    /// What it is called besides its number.
    pub title: Option<String>,
    /// The authority that publishes it.
    pub issuer: Option<IssuerSummary>,
    /// On which pages the document stands.
    pub pages: Option<String>,
}
