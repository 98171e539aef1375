//! Faults of the store.

use sea_orm::{DbErr, SqlErr};

/// What can go wrong between a subject and its tables.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed or is away.
    #[error("database: {0}")]
    Database(#[from] DbErr),
    /// A file could not be kept or read.
    #[error("file: {0}")]
    File(#[from] object_store::Error),
    /// Keeping a file was interrupted by the end of the program.
    #[error("file: {0}")]
    FileInterrupted(std::io::Error),
    /// A file is larger than whoever reads it whole can take.
    #[error("a file of {size} bytes, where {max} are the most")]
    FileTooLarge {
        /// Its size.
        size: u64,
        /// The most.
        max: u64,
    },
    /// The claim of an idempotency key was lost to another holder while the change ran.
    #[error("the idempotency claim is held by another call")]
    ClaimLost,
    /// Stored JSON cannot be read.
    #[error("stored value: {0}")]
    Json(#[from] serde_json::Error),
    /// The database URL is none of ours.
    #[error("unknown database URL: give sqlite://PATH or postgres://…")]
    UnknownUrl,
    /// The place for files is none of ours.
    #[error("unknown place for files: give a folder or s3://BUCKET/PREFIX")]
    UnknownFilesUrl,
    /// The schema is not the newest, and this command does not migrate.
    #[error("the database schema is not current: start `congkhai serve` or run `congkhai migrate` once")]
    OldSchema,
    /// The installation belongs to another master secret.
    #[error(
        "this database belongs to another master secret: set CONGKHAI_SECRET or CONGKHAI_SECRET_FILE to the one it was made with"
    )]
    OtherSecret,
    /// The master secret cannot be read or made.
    #[error("master secret: {0}")]
    Secret(std::io::Error),
    /// The data directory cannot be used.
    #[error("data directory: {0}")]
    Directory(std::io::Error),
}

impl Error {
    pub(crate) fn interrupted(error: tokio::task::JoinError) -> Self {
        Self::FileInterrupted(error.into())
    }

    /// Whether a file that is asked for is not there.
    pub fn is_missing_file(&self) -> bool {
        matches!(self, Self::File(object_store::Error::NotFound { .. }))
    }

    /// Whether a unique constraint was violated.
    pub fn is_unique_violation(&self) -> bool {
        matches!(self, Self::Database(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
    }

    /// Whether something that is referred to is missing, or still referred to.
    pub fn is_foreign_key_violation(&self) -> bool {
        matches!(self, Self::Database(error) if matches!(error.sql_err(), Some(SqlErr::ForeignKeyConstraintViolation(_))))
    }

    /// Whether trying again later may succeed: the pool is exhausted, the database is away or busy.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Database(DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) => true,
            Self::Database(error) => {
                let told = error.to_string();
                told.contains("database is locked") || told.contains("deadlock detected")
            }
            _ => false,
        }
    }
}
