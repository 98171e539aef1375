//! What every verb may refuse, whatever its subject.

use crate::Error;
use kernel::{Actor, Fault, FieldFault, Kind, Permission, Text};

/// Why a verb was refused, where the reason is no rule of its subject.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Nobody is logged in.
    #[error("nobody is logged in")]
    NotLoggedIn,
    /// The caller lacks a permission.
    #[error("the permission {} is missing", .0.as_str())]
    Forbidden(Permission),
    /// There is no such resource for this caller.
    #[error("no such resource")]
    NotFound,
    /// The content breaks rules.
    #[error("the content breaks rules")]
    Invalid(Vec<FieldFault>),
    /// The caller has not seen the present revision.
    #[error("the resource has changed since")]
    Stale,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Error),
}

impl From<sea_orm::DbErr> for Refusal {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Refusal {
    /// One field that breaks a rule.
    pub fn field(pointer: impl Into<String>, code: &'static str, text: Text) -> Self {
        Self::Invalid(vec![FieldFault::new(pointer, code, text)])
    }

    /// Refuses a caller who lacks the permission.
    pub fn unless(actor: &Actor, permission: Permission) -> Result<(), Self> {
        if actor.may(permission) {
            Ok(())
        } else if actor.is_anonymous() {
            Err(Self::NotLoggedIn)
        } else {
            Err(Self::Forbidden(permission))
        }
    }
}

impl Fault for Refusal {
    fn kind(&self) -> Kind {
        match self {
            Self::NotLoggedIn => Kind::Unauthenticated,
            Self::Forbidden(_) => Kind::Forbidden,
            Self::NotFound => Kind::NotFound,
            Self::Invalid(_) => Kind::Invalid,
            Self::Stale => Kind::Stale,
            Self::Store(Error::ClaimLost) => Kind::Conflict,
            Self::Store(error) if error.is_passing() => Kind::Unavailable,
            Self::Store(error) if error.is_missing_file() => Kind::NotFound,
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
            Self::Store(Error::ClaimLost) => "idempotency_key_running",
            Self::Store(error) if error.is_passing() => "unavailable",
            Self::Store(error) if error.is_missing_file() => "not_found",
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
            Self::Store(Error::ClaimLost) => Text::new(
                "Một yêu cầu khác dùng cùng khóa đã giành quyền thực hiện.",
                "Another request under the same key has taken over.",
            ),
            Self::Store(error) if error.is_passing() => {
                Text::new("Hệ thống đang bận, hãy thử lại sau.", "The system is busy; try again later.")
            }
            Self::Store(error) if error.is_missing_file() => Self::NotFound.text(),
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
