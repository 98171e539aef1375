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
    /// The document has no text in the language.
    #[error("the document has no text")]
    NoText,
    /// The document has no version on the day.
    #[error("no version on {day}, the first is of {first}")]
    NoVersion {
        /// The day.
        day: String,
        /// The first day on which there is one.
        first: String,
    },
    /// The text has no such provision.
    #[error("the text has no provision {eid}")]
    NoSuchProvision {
        /// What was asked for.
        eid: String,
    },
    /// Several provisions of the text may be meant.
    #[error("{eid} may be {}", candidates.join(", "))]
    AmbiguousProvision {
        /// What was asked for.
        eid: String,
        /// The full ids of what may be meant.
        candidates: Vec<String>,
    },
    /// The text is too long for the form.
    #[error("the text is too long for the form")]
    TooLongToRender,
    /// The text breaks the reader.
    #[error("a text breaks the reader")]
    Unreadable,
    /// The name leads to a document already.
    #[error("the name is taken by {other}")]
    AliasExists {
        /// The name that is there.
        other: Id,
    },
    /// A document has a text for the language and day.
    #[error("a text for the language and day exists: {other}")]
    TextExists {
        /// The other text.
        other: Id,
    },
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
            | Self::AliasExists { .. }
            | Self::TextExists { .. }
            | Self::AmbiguousProvision { .. }
            | Self::WrongState { .. } => Kind::Conflict,
            Self::NoText | Self::NoVersion { .. } | Self::NoSuchProvision { .. } => Kind::NotFound,
            Self::TooLongToRender => Kind::TooLarge,
            Self::Unreadable => Kind::Internal,
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
            Self::NoText => "no_text",
            Self::NoVersion { .. } => "no_version",
            Self::NoSuchProvision { .. } => "no_such_provision",
            Self::AmbiguousProvision { .. } => "ambiguous_provision",
            Self::TooLongToRender => "too_long_to_render",
            Self::Unreadable => "internal",
            Self::AliasExists { .. } => "alias_exists",
            Self::TextExists { .. } => "text_exists",
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
            Self::NoText => {
                Text::new("Văn bản không có toàn văn bằng ngôn ngữ này.", "The document has no text in this language.")
            }
            Self::NoVersion { day, first } => Text::new(
                format!("Ngày {day} chưa có văn bản này; phiên bản đầu tiên có từ ngày {first}."),
                format!("There was no text on {day}; the first version is of {first}."),
            ),
            Self::NoSuchProvision { eid } => {
                Text::new(format!("Văn bản không có điều khoản {eid}."), format!("The text has no provision {eid}."))
            }
            Self::AmbiguousProvision { eid, candidates } => {
                let candidates = candidates.join(", ");
                Text::new(format!("{eid} có thể là: {candidates}."), format!("{eid} may be: {candidates}."))
            }
            Self::TooLongToRender => Text::new("Văn bản quá dài cho dạng này.", "The text is too long for this form."),
            Self::Unreadable => Text::new("Lỗi hệ thống.", "An internal error."),
            Self::AliasExists { other } => Text::new(
                format!("Tên này đã dẫn đến một văn bản: /v1/document-aliases/{other}."),
                format!("The name leads to a document already: /v1/document-aliases/{other}."),
            ),
            Self::TextExists { other } => Text::new(
                format!("Đã có văn bản hợp nhất hoặc bản dịch cho ngôn ngữ và ngày này: /v1/document-texts/{other}."),
                format!("There is a text for this language and day: /v1/document-texts/{other}."),
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
