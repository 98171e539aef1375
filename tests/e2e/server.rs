//! A running Congkhai of one test.

use crate::client::Client;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

pub const ADMIN: (&str, &str) = ("admin", "Correct-horse-9-battery!");
const BINARY: &str = env!("CARGO_BIN_EXE_congkhai");

/// A server on a free port with its own data folder and database.
pub struct Server {
    process: Child,
    pub port: u16,
    pub data: TempDir,
    database: Option<String>,
}

impl Server {
    /// Starts on a fresh SQLite file.
    pub fn sqlite() -> Self {
        Self::start(tempfile::tempdir().unwrap(), None, &[])
    }

    /// Starts with more arguments of `serve`.
    pub fn with(arguments: &[&str]) -> Self {
        Self::start(tempfile::tempdir().unwrap(), None, arguments)
    }

    fn start(data: TempDir, database: Option<String>, arguments: &[&str]) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let log = std::fs::File::create(data.path().join("server.log")).unwrap();
        let process = command(data.path(), database.as_deref())
            .arg("serve")
            .args(arguments)
            .env("CONGKHAI_LISTEN", format!("127.0.0.1:{port}"))
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Self { process, port, data, database };
        server.wait_until_ready();
        server
    }

    /// Two nodes on one database, with the same master secret.
    pub fn two_nodes(database: &str) -> [Self; 2] {
        Self::two_nodes_with(database, &[])
    }

    /// The same with more arguments of `serve`.
    pub fn two_nodes_with(database: &str, arguments: &[&str]) -> [Self; 2] {
        let one = Self::start(tempfile::tempdir().unwrap(), Some(database.to_owned()), arguments);
        let data = tempfile::tempdir().unwrap();
        std::fs::copy(one.data.path().join("secret"), data.path().join("secret")).unwrap();
        [one, Self::start(data, Some(database.to_owned()), arguments)]
    }

    fn wait_until_ready(&mut self) {
        let end = Instant::now() + Duration::from_secs(60);
        while Instant::now() < end && self.process.try_wait().unwrap().is_none() {
            if self.anonymous().try_get("/readyz").is_some_and(|answer| answer.status == 200) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("the server did not become ready:\n{}", self.log());
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.data.path().join("server.log")).unwrap_or_default()
    }

    /// The memory that the process holds now, in kilobytes.
    pub fn memory(&self) -> usize {
        self.status("VmRSS:")
    }

    /// The most memory that it has held.
    pub fn memory_at_most(&self) -> usize {
        self.status("VmHWM:")
    }

    fn status(&self, name: &str) -> usize {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    }

    /// Somebody without an account.
    pub fn anonymous(&self) -> Client {
        Client::new(self.port, None)
    }

    /// The first administrator.
    pub fn admin(&self) -> Client {
        self.logged_in(ADMIN.0, ADMIN.1)
    }

    /// An editor, made beside the running server.
    pub fn editor(&self) -> Client {
        let made =
            self.run(&["user", "create", "editor", "--role", "editor"], &[("CONGKHAI_USER_PASSWORD", "Soan-thao-2026-tinh-nha")]);
        assert!(made.status.success(), "{made:?}");
        self.logged_in("editor", "Soan-thao-2026-tinh-nha")
    }

    pub fn logged_in(&self, username: &str, password: &str) -> Client {
        let body = serde_json::json!({ "username": username, "password": password });
        let answer = self.anonymous().post("/v1/auth/login", &body);
        assert_eq!(answer.status, 200, "{answer:?}");
        Client::new(self.port, Some(answer.json()["data"]["access_token"].as_str().unwrap().to_owned()))
    }

    /// Its database, where that is a server.
    pub fn database(&self) -> Option<&str> {
        self.database.as_deref()
    }

    /// Runs another command on the same installation.
    pub fn run(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        command(self.data.path(), self.database.as_deref()).args(arguments).envs(environment.iter().copied()).output().unwrap()
    }

    /// Imports files beside the running server.
    pub fn import(&self, paths: &[&Path]) -> Output {
        let paths: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
        self.run(&[&["import", "documents"], paths.as_slice()].concat(), &[])
    }

    /// Asks the process to stop as a service manager would, and waits for it.
    pub fn stop(&mut self) -> bool {
        Command::new("kill").arg(self.process.id().to_string()).status().unwrap();
        self.process.wait().unwrap().success()
    }

    /// Starts again on the same data.
    pub fn restart(mut self) -> Self {
        self.kill();
        let data = std::mem::replace(&mut self.data, tempfile::tempdir().unwrap());
        Self::start(data, self.database.clone(), &[])
    }

    fn kill(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The binary on this data, without what the surroundings may have set.
pub fn command(data: &Path, database: Option<&str>) -> Command {
    let mut command = Command::new(BINARY);
    command
        .env_clear()
        .env("CONGKHAI_DATA", data)
        .env("CONGKHAI_ADMIN_USER", ADMIN.0)
        .env("CONGKHAI_ADMIN_PASSWORD", ADMIN.1)
        .stdin(Stdio::null());
    if let Some(database) = database {
        command.env("CONGKHAI_DATABASE", database);
    }
    command
}

/// Runs a test on SQLite, and on PostgreSQL where a server is given.
pub fn on_both(test: impl Fn(Server)) {
    on_both_with(&[], test);
}

/// The same with more arguments of `serve`.
pub fn on_both_with(arguments: &[&str], test: impl Fn(Server)) {
    test(Server::with(arguments));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    if let Some(url) = runtime.block_on(testkit::fresh_postgres()) {
        test(Server::start(tempfile::tempdir().unwrap(), Some(url), arguments));
    }
}
