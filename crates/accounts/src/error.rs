//! Faults of accounts.

use kernel::{Fault, FieldFault, Id, Kind, Text};
use sea_orm::DbErr;

/// What can go wrong with an account, a session or a key.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No account has this name and this password; which of the two is wrong is not said.
    #[error("the user name or the password is wrong")]
    WrongCredentials,
    /// The refresh token is unknown, expired, used or revoked.
    #[error("the refresh token is not valid")]
    InvalidRefreshToken,
    /// The current password, asked for again before it is changed, is wrong.
    #[error("the current password is wrong")]
    WrongPassword,
    /// Nobody is logged in.
    #[error("nobody is logged in")]
    NotLoggedIn,
    /// The caller is not in charge of accounts.
    #[error("the caller is not in charge of accounts")]
    NotInCharge,
    /// There is no such account.
    #[error("there is no account {0}")]
    NoSuchAccount(Id),
    /// Another account has the name.
    #[error("the user name is taken")]
    UsernameTaken {
        /// The name that was asked for.
        username: String,
    },
    /// Fields break rules.
    #[error("the content breaks {} rules", .0.len())]
    Invalid(Vec<FieldFault>),
    /// A stored row cannot be understood.
    #[error("the stored role of account {0} is not known")]
    UnknownRole(Id),
    /// A signing key was sealed under another master secret, or was damaged.
    #[error("the token key {kid} does not open: it was sealed under another master secret, or is damaged")]
    KeyDoesNotOpen {
        /// The key.
        kid: String,
    },
    /// A signing key could not be sealed.
    #[error("a token key could not be sealed")]
    KeyNotSealed,
    /// The password could not be hashed or its hash not read.
    #[error("password hash: {0}")]
    Hash(#[from] argon2::password_hash::Error),
    /// The work of hashing did not come to its end.
    #[error("password hashing was broken off")]
    HashBrokenOff,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Error {
    /// One field that breaks one rule.
    pub(crate) fn field(fault: FieldFault) -> Self {
        Self::Invalid(vec![fault])
    }

    fn is_passing(&self) -> bool {
        matches!(self, Self::Store(error) if error.is_passing())
    }
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::WrongCredentials | Self::InvalidRefreshToken | Self::NotLoggedIn => Kind::Unauthenticated,
            Self::NotInCharge | Self::WrongPassword => Kind::Forbidden,
            Self::NoSuchAccount(_) => Kind::NotFound,
            Self::UsernameTaken { .. } => Kind::Conflict,
            Self::Invalid(_) => Kind::Invalid,
            Self::Store(_) if self.is_passing() => Kind::Unavailable,
            Self::UnknownRole(_)
            | Self::KeyDoesNotOpen { .. }
            | Self::KeyNotSealed
            | Self::Hash(_)
            | Self::HashBrokenOff
            | Self::Store(_) => Kind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::WrongCredentials => "wrong_credentials",
            Self::InvalidRefreshToken => "invalid_refresh_token",
            Self::WrongPassword => "wrong_password",
            Self::NotLoggedIn => "unauthenticated",
            Self::NotInCharge => "forbidden",
            Self::NoSuchAccount(_) => "not_found",
            Self::UsernameTaken { .. } => "username_taken",
            Self::Invalid(_) => "validation_failed",
            Self::Store(_) if self.is_passing() => "unavailable",
            Self::UnknownRole(_)
            | Self::KeyDoesNotOpen { .. }
            | Self::KeyNotSealed
            | Self::Hash(_)
            | Self::HashBrokenOff
            | Self::Store(_) => "internal",
        }
    }

    fn text(&self) -> Text {
        match self {
            Self::WrongCredentials => {
                Text::new("Tên đăng nhập hoặc mật khẩu không đúng.", "The user name or the password is wrong.")
            }
            Self::InvalidRefreshToken => {
                Text::new("Phiên đăng nhập không còn hiệu lực, hãy đăng nhập lại.", "The session has ended; log in again.")
            }
            Self::WrongPassword => Text::new("Mật khẩu hiện tại không đúng.", "The current password is wrong."),
            Self::NotLoggedIn => Text::new("Hãy đăng nhập trước.", "Log in first."),
            Self::NotInCharge => Text::new(
                "Chỉ quản trị viên được tạo và thay đổi tài khoản của người khác.",
                "Only administrators make and change accounts of others.",
            ),
            Self::NoSuchAccount(_) => Text::new("Không có tài khoản này.", "There is no such account."),
            Self::UsernameTaken { username } => Text::new(
                format!("Tên đăng nhập “{username}” đã có người dùng."),
                format!("The user name “{username}” is taken."),
            ),
            Self::Invalid(_) => Text::new("Dữ liệu không hợp lệ.", "The content is not valid."),
            Self::Store(_) if self.is_passing() => Text::new(
                "Cơ sở dữ liệu tạm thời không trả lời, hãy thử lại sau.",
                "The database does not answer for now; try again later.",
            ),
            Self::UnknownRole(_)
            | Self::KeyDoesNotOpen { .. }
            | Self::KeyNotSealed
            | Self::Hash(_)
            | Self::HashBrokenOff
            | Self::Store(_) => Text::new("Hệ thống gặp lỗi nội bộ.", "The server met a fault of its own."),
        }
    }

    fn fields(&self) -> Vec<FieldFault> {
        match self {
            Self::Invalid(faults) => faults.clone(),
            _ => Vec::new(),
        }
    }
}
