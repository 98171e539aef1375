//! One URL, two databases.

use crate::{Error, WriteTxn};
use kernel::{Call, Instant};
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, DatabaseConnection, DbBackend, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where the data is: parsed from `sqlite://PATH` or `postgres://…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file.
    Sqlite(PathBuf),
    /// A server.
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads a URL; `sqlite:PATH`, `sqlite://PATH`, `postgres://` and `postgresql://` are known.
    pub fn parse(url: &str) -> Result<Self, Error> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).ok_or(Error::UnknownUrl)?;
        let path = path.split('?').next().unwrap_or_default();
        if path.is_empty() || path == ":memory:" { Err(Error::UnknownUrl) } else { Ok(Self::Sqlite(path.into())) }
    }
}

/// Connections to the database: readers, and for SQLite the one writer apart from them.
#[derive(Clone)]
pub struct Database {
    read: DatabaseConnection,
    write: DatabaseConnection,
}

impl Database {
    /// Connects. An SQLite file and its folder are made when they do not exist.
    pub async fn connect(url: &DatabaseUrl) -> Result<Self, Error> {
        match url {
            DatabaseUrl::Sqlite(path) => {
                if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
                    std::fs::create_dir_all(folder).map_err(Error::Directory)?;
                }
                let write = sea_orm::Database::connect(sqlite(path, Access::Write)).await?;
                let read = sea_orm::Database::connect(sqlite(path, Access::Read)).await?;
                Ok(Self { read, write })
            }
            DatabaseUrl::Postgres(url) => {
                let mut options = ConnectOptions::new(url.clone());
                options.max_connections(16).acquire_timeout(Duration::from_secs(10)).sqlx_logging(false);
                options.test_before_acquire(false);
                let pool = sea_orm::Database::connect(options).await?;
                Ok(Self { read: pool.clone(), write: pool })
            }
        }
    }

    /// The connections for reading.
    pub fn reader(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Which database it is.
    pub fn backend(&self) -> DbBackend {
        self.read.get_database_backend()
    }

    /// Begins the write transaction of one call; on SQLite it takes the write lock at once.
    pub async fn begin(&self, call: &Call, now: Instant) -> Result<WriteTxn, Error> {
        let options =
            TransactionOptions { sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate), ..Default::default() };
        let txn = self.write.begin_with_options(options).await?;
        Ok(WriteTxn::new(txn, call.clone(), now))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), Error> {
        Ok(self.read.ping().await?)
    }

    /// Closes every connection, so that the last writer leaves no write-ahead log behind.
    pub async fn close(self) {
        let _ = self.read.close().await;
        let _ = self.write.close().await;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

fn sqlite(path: &Path, access: Access) -> ConnectOptions {
    let file = path.to_owned();
    let mut options = ConnectOptions::new("sqlite::memory:");
    options.sqlx_logging(false).test_before_acquire(false);
    match access {
        Access::Write => options.max_connections(1).min_connections(1).acquire_timeout(Duration::from_secs(30)),
        Access::Read => options.max_connections(4).min_connections(1).acquire_timeout(Duration::from_secs(10)),
    };
    options.idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
    options.map_sqlx_sqlite_opts(move |connect| {
        let connect = connect
            .in_memory(false)
            .shared_cache(false)
            .filename(&file)
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(20))
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .statement_cache_capacity(256)
            .pragma("cache_size", "-8000");
        match access {
            Access::Write => connect,
            Access::Read => connect.pragma("query_only", "ON"),
        }
    });
    options
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_url_names_its_database() {
        assert_eq!(DatabaseUrl::parse("sqlite://data/a.db?mode=rwc").unwrap(), DatabaseUrl::Sqlite("data/a.db".into()));
        assert_eq!(DatabaseUrl::parse("sqlite:///var/a.db").unwrap(), DatabaseUrl::Sqlite("/var/a.db".into()));
        assert!(matches!(DatabaseUrl::parse("postgresql://u@h/d").unwrap(), DatabaseUrl::Postgres(_)));
        for bad in ["", "mysql://x", "sqlite://", "sqlite::memory:", "data.db"] {
            assert!(DatabaseUrl::parse(bad).is_err(), "{bad}");
        }
    }
}
