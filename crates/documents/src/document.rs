//! What a reader sees of a document.

use crate::content::LegalBase;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A legal document (văn bản) as published or as worked on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[schema(title = "Document")]
pub struct Document {
    /// Stable id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Always `document`.
    pub r#type: String,
    /// Number and symbol (số, ký hiệu) as printed, e.g. `43/2020/QĐ-UBND`.
    pub number: Option<String>,
    /// Kind of document as a slug: `luat nghi-dinh thong-tu quyet-dinh nghi-quyet chi-thi cong-van ke-hoach …`.
    pub doc_type: Option<String>,
    /// Abstract (trích yếu) in one line.
    pub title: Option<String>,
    /// Issuing authority (cơ quan ban hành).
    #[schema(format = "uuid")]
    pub issuer_id: Option<String>,
    /// The issuing authority in short.
    pub issuer: Option<IssuerSummary>,
    /// Place of issue.
    pub place: Option<String>,
    /// Day of issue (ngày ban hành).
    #[schema(format = Date)]
    pub issued_on: Option<String>,
    /// First day in force (ngày có hiệu lực).
    #[schema(format = Date)]
    pub effective_on: Option<String>,
    /// First day no longer in force (ngày hết hiệu lực).
    #[schema(format = Date)]
    pub expires_on: Option<String>,
    /// Whether it is in force today in Asia/Ho_Chi_Minh: `not-yet-in-force in-force partly-in-force suspended expired unknown`. Computed, never stored.
    pub status: String,
    /// Editorial state: `draft published withdrawn`.
    pub state: String,
    /// Who signed.
    pub signer_name: Option<String>,
    /// The office of the signer.
    pub signer_title: Option<String>,
    /// In which capacity he signed: `TM. KT. TL. TUQ. Q.`.
    pub signer_capacity: Option<String>,
    /// Number of the gazette issue (số Công báo).
    pub gazette_number: Option<String>,
    /// Day of the gazette issue.
    #[schema(format = Date)]
    pub gazette_date: Option<String>,
    /// Language of the text.
    pub language: String,
    /// Legal bases (căn cứ) in the order of the preamble.
    pub legal_bases: Vec<LegalBase>,
    /// The whole text. Lists leave it out unless it is asked for.
    pub body_text: Option<String>,
    /// The original file, under `/v1/documents/{id}/files/{file}`.
    #[schema(format = "uuid")]
    pub source_file_id: Option<String>,
    /// Counts every change of the document, transitions included.
    pub revision: i64,
    /// When the document was entered.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When this edition was last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// When the document was first published.
    #[schema(format = DateTime)]
    pub published_at: Option<String>,
}

/// An issuing authority in short.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct IssuerSummary {
    /// Its id.
    #[schema(format = "uuid")]
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name as a slug.
    pub slug: String,
    /// Its code in legal addresses, e.g. `lang-son.ubnd`.
    pub code: String,
}

/// The editorial state of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Being worked on.
    Draft,
    /// Seen by everybody.
    Published,
    /// Was published and is no longer shown.
    Withdrawn,
}

impl State {
    /// The state as it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }
}
