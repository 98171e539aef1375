//! What a writer sends.

use crate::document::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

// Lines are printable and hold at least one letter or digit; the pattern stands at each field because
// the schema macro takes only literals.

/// A new legal document. It is a draft unless `state` says `published` and the caller may publish.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(title = "DocumentInput")]
pub struct DocumentInput {
    /// Number and symbol (số, ký hiệu) as printed, e.g. `43/2020/QĐ-UBND`.
    #[schema(
        max_length = 100,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 100))]
    pub number: Option<String>,
    /// Kind of document as a slug: `luat nghi-dinh thong-tu quyet-dinh nghi-quyet chi-thi cong-van ke-hoach …`.
    #[schema(required = true, nullable = false, max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")]
    #[validate(length(max = 60))]
    pub doc_type: Option<String>,
    /// Abstract (trích yếu) in one line.
    #[schema(
        required = true,
        nullable = false,
        min_length = 1,
        max_length = 2000,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 2000))]
    pub title: Option<String>,
    /// Issuing authority by id; or by `issuer`.
    #[schema(format = "uuid")]
    pub issuer_id: Option<String>,
    /// Issuing authority by name: found, or created when there is none of that name.
    pub issuer: Option<IssuerName>,
    /// Place of issue.
    #[schema(
        max_length = 200,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 200))]
    pub place: Option<String>,
    /// Day of issue.
    #[schema(format = Date)]
    pub issued_on: Option<String>,
    /// First day in force.
    #[schema(format = Date)]
    pub effective_on: Option<String>,
    /// First day no longer in force; after `effective_on`.
    #[schema(format = Date)]
    pub expires_on: Option<String>,
    /// Who signed.
    #[schema(
        max_length = 200,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 200))]
    pub signer_name: Option<String>,
    /// The office of the signer.
    #[schema(
        max_length = 200,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 200))]
    pub signer_title: Option<String>,
    /// In which capacity he signed: `TM. KT. TL. TUQ. Q.`.
    #[schema(pattern = r"^(TM|KT|TL|TUQ|Q)\.$")]
    pub signer_capacity: Option<String>,
    /// Number of the gazette issue.
    #[schema(
        max_length = 100,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 100))]
    pub gazette_number: Option<String>,
    /// Day of the gazette issue.
    #[schema(format = Date)]
    pub gazette_date: Option<String>,
    /// Language of the text, `vi` unless given.
    #[schema(nullable = false, pattern = "^[a-z]{2,3}(-[A-Z]{2})?$")]
    pub language: Option<String>,
    /// Legal bases in the order of the preamble.
    #[schema(nullable = false, max_items = 200)]
    #[validate(length(max = 200), nested)]
    pub legal_bases: Option<Vec<LegalBaseInput>>,
    /// The whole text.
    #[schema(pattern = r"^[^\u0000]*$")]
    pub body_text: Option<String>,
    /// `draft` or `published`; afterwards the state moves only by transitions.
    #[schema(nullable = false, pattern = "^(draft|published)$", value_type = Option<String>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
}

/// An issuing authority by name.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssuerName {
    /// Its full name, e.g. `Ủy ban nhân dân tỉnh Lạng Sơn`.
    #[schema(
        min_length = 1,
        max_length = 300,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    pub name: String,
}

/// A legal basis as a writer states it; the document it names is found when it is read.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LegalBaseInput {
    /// Number and symbol, if it has one.
    #[schema(
        max_length = 100,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 100))]
    pub number: Option<String>,
    /// Name or abstract.
    #[schema(
        max_length = 2000,
        pattern = r"^[^\u0000-\u001f]*[0-9A-Za-z\u00c0-\u167f\u1681-\u1fff\u2c00-\u2fff\u3040-\ud7ff][^\u0000-\u001f]*$"
    )]
    #[validate(length(max = 2000))]
    pub title: Option<String>,
    /// Day of issue.
    #[schema(format = Date)]
    pub issued_on: Option<String>,
    /// As it was read; it is found anew whenever the basis is read, so that it may be sent back but changes nothing.
    #[serde(default)]
    #[schema(read_only, format = "uuid")]
    pub document_id: Option<String>,
}
