//! Faults of this subject.

use kernel::{Fault, FieldFault, Id, Kind, Permission, Text};

/// What can go wrong with documents and issuing authorities.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is logged in.
    #[error("nobody is logged in")]
    NotLoggedIn,
    /// The caller lacks a permission.
    #[error("the permission {} is missing", .0.as_str())]
    Forbidden(Permission),
    /// No such document, issuing authority or file for this caller.
    #[error("no such resource")]
    NotFound,
    /// The content breaks rules.
    #[error("the content breaks rules")]
    Invalid(Vec<FieldFault>),
    /// The caller has not seen the present revision.
    #[error("the resource has changed since")]
    Stale,
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
    /// Documents refer to the authority.
    #[error("documents refer to the issuing authority")]
    IssuerInUse,
    /// What was published is withdrawn, not deleted.
    #[error("the document was published")]
    WasPublished,
    /// The action does not fit the state.
    #[error("the action does not fit the state")]
    WrongState {
        /// The state it is in.
        state: &'static str,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::NotLoggedIn => Kind::Unauthenticated,
            Self::Forbidden(_) => Kind::Forbidden,
            Self::NotFound => Kind::NotFound,
            Self::Invalid(_) => Kind::Invalid,
            Self::Stale => Kind::Stale,
            Self::DocumentExists { .. }
            | Self::IssuerExists { .. }
            | Self::IssuerInUse
            | Self::WasPublished
            | Self::WrongState { .. } => Kind::Conflict,
            Self::Store(store::Error::ClaimLost) => Kind::Conflict,
            Self::Store(error) if error.is_passing() => Kind::Unavailable,
            Self::Store(_) => Kind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotLoggedIn => "unauthenticated",
            Self::Forbidden(_) => "forbidden",
            Self::NotFound => "not_found",
            Self::Invalid(_) => "validation_failed",
            Self::Stale => "stale_revision",
            Self::DocumentExists { .. } => "document_exists",
            Self::IssuerExists { .. } => "issuer_exists",
            Self::IssuerInUse => "issuer_in_use",
            Self::WasPublished => "was_published",
            Self::WrongState { .. } => "wrong_state",
            Self::Store(store::Error::ClaimLost) => "idempotency_key_running",
            Self::Store(error) if error.is_passing() => "unavailable",
            Self::Store(_) => "internal",
        }
    }

    fn text(&self) -> Text {
        match self {
            Self::NotLoggedIn => Text::new("Cần đăng nhập để thực hiện việc này.", "This needs a login."),
            Self::Forbidden(permission) => Text::new(
                format!("Tài khoản không có quyền {}.", permission.as_str()),
                format!("The account lacks the permission {}.", permission.as_str()),
            ),
            Self::NotFound => Text::new("Không có tài nguyên này.", "There is no such resource."),
            Self::Invalid(fields) => {
                Text::new(format!("{} trường không hợp lệ.", fields.len()), format!("{} field(s) are not valid.", fields.len()))
            }
            Self::Stale => Text::new(
                "Tài nguyên đã thay đổi sau lần bạn đọc; hãy đọc lại rồi sửa.",
                "The resource has changed since you read it; read it again, then change it.",
            ),
            Self::DocumentExists { other } => Text::new(
                format!("Đã có văn bản cùng cơ quan ban hành, số và ngày: /v1/documents/{other}."),
                format!("A document of the same issuer, number and date exists: /v1/documents/{other}."),
            ),
            Self::IssuerExists { field, other } => Text::new(
                format!("Trường {field} đã thuộc về cơ quan khác: /v1/issuers/{other}."),
                format!("The {field} belongs to another authority: /v1/issuers/{other}."),
            ),
            Self::IssuerInUse => Text::new(
                "Còn văn bản thuộc cơ quan này nên không thể xóa.",
                "Documents refer to this authority, so it cannot be deleted.",
            ),
            Self::WasPublished => Text::new(
                "Văn bản đã từng công bố: chỉ có thể thu hồi (withdraw), không thể xóa.",
                "The document was published: it can be withdrawn, not deleted.",
            ),
            Self::WrongState { state } => Text::new(
                format!("Không thực hiện được khi văn bản ở trạng thái {state}."),
                format!("This cannot be done while the document is {state}."),
            ),
            Self::Store(store::Error::ClaimLost) => Text::new(
                "Một yêu cầu khác dùng cùng khóa đã giành quyền thực hiện.",
                "Another request under the same key has taken over.",
            ),
            Self::Store(error) if error.is_passing() => {
                Text::new("Hệ thống đang bận, hãy thử lại sau.", "The system is busy; try again later.")
            }
            Self::Store(_) => Text::new("Lỗi hệ thống.", "An internal error."),
        }
    }

    fn fields(&self) -> Vec<FieldFault> {
        match self {
            Self::Invalid(fields) => fields.clone(),
            _ => Vec::new(),
        }
    }
}
