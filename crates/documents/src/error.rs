//! Faults of this subject.

use kernel::{Fault, FieldFault, Id, Kind, Text};
use store::Refusal;

/// What can go wrong with documents and issuing authorities.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What every verb may refuse.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A file cannot be read.
    #[error(transparent)]
    Source(#[from] source_text::Error),
    /// Issuer, number and date are those of another document.
    #[error("the document exists: {other}")]
    DocumentExists {
        /// The other document.
        other: Id,
    },
    /// A name, slug or code is taken by another issuing authority.
    #[error("{field} is taken by {other}")]
    IssuerExists {
        /// Which field.
        field: &'static str,
        /// The other authority.
        other: Id,
    },
    /// Issuer, number and day are those of another issue of the gazette.
    #[error("the issue of the gazette exists: {other}")]
    GazetteExists {
        /// The other issue.
        other: Id,
    },
    /// Documents or other authorities refer to the authority.
    #[error("documents or other authorities refer to the issuing authority")]
    IssuerInUse,
    /// What was published is withdrawn, not deleted.
    #[error("the document was published")]
    WasPublished,
    /// The text of an edition was read from the file.
    #[error("the text of an edition was read from the file")]
    SourceOfEdition,
    /// The relation was found in a text: it can be rejected, not removed.
    #[error("the relation was found in a text")]
    FoundInText,
    /// The action does not fit the state.
    #[error("the action does not fit the state")]
    WrongState {
        /// The state it is in.
        state: &'static str,
    },
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        Self::Refused(error.into())
    }
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Refused(error.into())
    }
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Refused(refusal) => refusal.kind(),
            Self::Source(error) => error.kind(),
            Self::DocumentExists { .. }
            | Self::IssuerExists { .. }
            | Self::GazetteExists { .. }
            | Self::IssuerInUse
            | Self::WasPublished
            | Self::SourceOfEdition
            | Self::FoundInText
            | Self::WrongState { .. } => Kind::Conflict,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Source(error) => error.code(),
            Self::DocumentExists { .. } => "document_exists",
            Self::IssuerExists { .. } => "issuer_exists",
            Self::GazetteExists { .. } => "gazette_exists",
            Self::IssuerInUse => "issuer_in_use",
            Self::WasPublished => "was_published",
            Self::SourceOfEdition => "source_of_edition",
            Self::FoundInText => "found_in_text",
            Self::WrongState { .. } => "wrong_state",
        }
    }

    fn text(&self) -> Text {
        match self {
            Self::Refused(refusal) => refusal.text(),
            Self::Source(error) => error.text(),
            Self::DocumentExists { other } => Text::new(
                format!("Đã có văn bản cùng cơ quan ban hành, số và ngày: /v1/documents/{other}."),
                format!("A document of the same issuer, number and date exists: /v1/documents/{other}."),
            ),
            Self::IssuerExists { field, other } => Text::new(
                format!("Trường {field} đã thuộc về cơ quan khác: /v1/issuers/{other}."),
                format!("The {field} belongs to another authority: /v1/issuers/{other}."),
            ),
            Self::GazetteExists { other } => Text::new(
                format!("Đã có số Công báo cùng cơ quan, số và ngày: /v1/gazettes/{other}."),
                format!("An issue of the same publisher, number and day exists: /v1/gazettes/{other}."),
            ),
            Self::IssuerInUse => Text::new(
                "Còn văn bản, số Công báo hoặc cơ quan khác dẫn đến cơ quan này nên không thể xóa.",
                "Documents, issues of the gazette or other bodies refer to this authority, so it cannot be deleted.",
            ),
            Self::WasPublished => Text::new(
                "Văn bản đã từng công bố: chỉ có thể thu hồi (withdraw), không thể xóa.",
                "The document was published: it can be withdrawn, not deleted.",
            ),
            Self::SourceOfEdition => Text::new(
                "Nội dung văn bản được đọc từ tệp này nên không thể xóa tệp.",
                "The text of the document was read from this file, so it cannot be removed.",
            ),
            Self::FoundInText => Text::new(
                "Quan hệ này được tìm thấy trong văn bản; hãy bác bỏ (standing: rejected) thay vì xóa.",
                "This relation was found in a text; reject it (standing: rejected) instead of removing it.",
            ),
            Self::WrongState { state } => Text::new(
                format!("Không thực hiện được khi văn bản ở trạng thái {state}."),
                format!("This cannot be done while the document is {state}."),
            ),
        }
    }

    fn fields(&self) -> Vec<FieldFault> {
        match self {
            Self::Refused(refusal) => refusal.fields(),
            Self::Source(error) => error.fields(),
            _ => Vec::new(),
        }
    }
}
