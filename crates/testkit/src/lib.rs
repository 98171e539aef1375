//! What tests stand on: a fresh migrated database on each backend, and a clock that stands still.
//!
//! PostgreSQL is used where `CONGKHAI_TEST_POSTGRES` names a server (`postgres://…`); every test
//! makes a database of its own there. Without it the PostgreSQL half says loudly that it is skipped.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use kernel::{Actor, Call, Clock, Id, Instant, Role};
use sea_orm::ConnectionTrait;
use source_text::Reader;
use source_text::child::Program;
use store::{Database, DatabaseUrl, Files, FilesUrl};
use tempfile::TempDir;

/// A database of one test, and the folder it and its files lie in.
pub struct TestDatabase {
    /// The migrated database.
    pub db: Database,
    /// Its URL.
    pub url: String,
    /// A folder that is removed with it.
    pub folder: TempDir,
}

/// A reader of texts, pages and DOCX files; only the program of an installation reads PDF files, in its child.
pub fn reader() -> Reader {
    Reader::new(Program { path: "no-such-program".into(), arguments: Vec::new() })
}

/// A fresh SQLite file, migrated.
pub async fn sqlite() -> TestDatabase {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("test.db").display());
    migrated(url, folder).await
}

/// A fresh PostgreSQL database, migrated; `None` where no server is given.
pub async fn postgres() -> Option<TestDatabase> {
    let url = fresh_postgres().await?;
    Some(migrated(url, tempfile::tempdir().expect("a temporary folder")).await)
}

/// Makes an empty PostgreSQL database on the test server and answers its URL.
pub async fn fresh_postgres() -> Option<String> {
    let Ok(server) = std::env::var("CONGKHAI_TEST_POSTGRES") else {
        eprintln!("SKIPPED on PostgreSQL: CONGKHAI_TEST_POSTGRES names no server");
        return None;
    };
    let name = format!("test_{}", kernel::Id::new(Clock::System.now()).to_string().replace('-', ""));
    let admin = sea_orm::Database::connect(&server).await.expect("the test server");
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a test database");
    admin.close().await.expect("closed");
    let (base, _) = server.rsplit_once('/').expect("postgres://host/database");
    Some(format!("{base}/{name}"))
}

async fn migrated(url: String, folder: TempDir) -> TestDatabase {
    let db = Database::connect(&DatabaseUrl::parse(&url).expect("a database URL")).await.expect("a database");
    let txn = db.begin(&Call::operator(), now()).await.expect("a transaction");
    migrations::up(txn.conn()).await.expect("migrated");
    txn.commit(&()).await.expect("committed");
    TestDatabase { db, url, folder }
}

/// Runs a test on SQLite, and on PostgreSQL where a server is given.
pub async fn on_both<F: Future<Output = ()>>(test: impl Fn(TestDatabase) -> F) {
    test(sqlite().await).await;
    if let Some(postgres) = postgres().await {
        test(postgres).await;
    }
}

/// The moment at which test clocks stand: 22 November 2026, 10:00 in Ho Chi Minh City.
pub fn now() -> Instant {
    Instant::parse("2026-11-22T10:00:00+07:00").expect("a moment")
}

/// A clock that stands at [`now`].
pub fn clock() -> Clock {
    Clock::fixed(now())
}

/// A person who writes and publishes.
pub fn editor() -> Actor {
    Actor::Person { account: Id::new(now()), role: Role::Editor }
}

/// A person who may do everything.
pub fn admin() -> Actor {
    Actor::Person { account: Id::new(now()), role: Role::Admin }
}

/// A fresh place for files under `folder`; in the bucket of `CONGKHAI_TEST_S3` where that names a server (the variables
/// `AWS_…` say how to reach it).
pub fn files(folder: &std::path::Path) -> Files {
    match bucket() {
        Some(files) => files,
        None => Files::in_folder(&folder.join("files")).expect("a folder for files"),
    }
}

/// A fresh place in the test bucket; `None` where no server is given.
pub fn bucket() -> Option<Files> {
    std::env::var_os("CONGKHAI_TEST_S3")?;
    let url = format!("s3://congkhai-test/{}", Id::new(Clock::System.now()));
    Some(Files::open(&FilesUrl::parse(&url).expect("a place for files")).expect("the test bucket"))
}

/// Whether the test bucket holds no part of an unfinished upload; so where there is no bucket.
pub fn no_unfinished_upload() -> bool {
    let Some(server) = std::env::var("CONGKHAI_TEST_S3").ok() else { return true };
    let host = server.trim_start_matches("http://").trim_end_matches('/').to_owned();
    let mut stream = std::net::TcpStream::connect(&host).expect("the test server");
    let request = format!("GET /congkhai-test?uploads HTTP/1.0\r\nHost: {host}\r\n\r\n");
    std::io::Write::write_all(&mut stream, request.as_bytes()).expect("asked");
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut stream, &mut answer).expect("answered");
    !answer.contains("<UploadId>")
}
