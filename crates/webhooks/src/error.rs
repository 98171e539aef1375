//! Faults of this subject.

use kernel::{Fault, FieldFault, Kind, Text};
use store::Refusal;

/// What can go wrong with webhooks.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What every verb may refuse.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// One account has as many as it may have.
    #[error("an account has at most {most} webhooks")]
    TooMany {
        /// The most.
        most: u64,
    },
    /// A secret cannot be sealed.
    #[error("the secret of a webhook cannot be sealed")]
    NotSealed,
    /// A secret was sealed under another master secret, or is damaged.
    #[error("the secret of a webhook does not open")]
    DoesNotOpen,
    /// Messages cannot be sent from here.
    #[error("no client: {0}")]
    NoClient(#[from] reqwest::Error),
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

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        store::Error::from(error).into()
    }
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Refused(refusal) => refusal.kind(),
            Self::TooMany { .. } => Kind::Conflict,
            Self::NotSealed | Self::DoesNotOpen | Self::NoClient(_) => Kind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::TooMany { .. } => "too_many_webhooks",
            Self::NotSealed | Self::DoesNotOpen | Self::NoClient(_) => "internal",
        }
    }

    fn text(&self) -> Text {
        match self {
            Self::Refused(refusal) => refusal.text(),
            Self::TooMany { most } => Text::new(
                format!("Một tài khoản có nhiều nhất {most} webhook; hãy xóa bớt."),
                format!("An account has at most {most} webhooks; remove one first."),
            ),
            Self::NotSealed | Self::DoesNotOpen | Self::NoClient(_) => Text::new("Lỗi hệ thống.", "An internal error."),
        }
    }

    fn fields(&self) -> Vec<FieldFault> {
        match self {
            Self::Refused(refusal) => refusal.fields(),
            Self::TooMany { .. } | Self::NotSealed | Self::DoesNotOpen | Self::NoClient(_) => Vec::new(),
        }
    }
}
