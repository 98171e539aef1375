//! Commands beside the server.

use crate::server::{Server, command};

#[test]
fn only_serve_and_migrate_touch_the_schema() {
    let data = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| command(data.path(), None).args(arguments).output().unwrap();
    let early = run(&["import", "documents", "x.txt"]);
    assert!(!early.status.success() && String::from_utf8_lossy(&early.stderr).contains("schema is not current"), "{early:?}");
    let migrated = run(&["migrate"]);
    assert!(migrated.status.success(), "{migrated:?}");
    assert!(run(&["migrate"]).status.success(), "twice is once");
    let made = run(&["user", "create", "first.admin", "--role", "admin"]);
    assert!(made.status.success(), "{made:?}");
    let wrong = run(&["user", "create", "x", "--role", "king"]);
    assert!(!wrong.status.success() && String::from_utf8_lossy(&wrong.stderr).contains("admin or editor"));
}

#[test]
fn a_taken_port_and_an_unknown_database_are_told_plainly() {
    let server = Server::sqlite();
    let taken = server.run(&["serve", "--listen", &format!("127.0.0.1:{}", server.port)], &[]);
    assert!(!taken.status.success() && String::from_utf8_lossy(&taken.stderr).contains("cannot listen on"), "{taken:?}");
    let beside = server.run(&["serve", "--listen", "127.0.0.1:0"], &[]);
    assert!(!beside.status.success() && String::from_utf8_lossy(&beside.stderr).contains("another server runs"), "{beside:?}");
    let half = command(tempfile::tempdir().unwrap().path(), None)
        .args(["serve", "--listen", "127.0.0.1:0"])
        .env("CONGKHAI_ADMIN_PASSWORD", "")
        .output()
        .unwrap();
    assert!(!half.status.success() && String::from_utf8_lossy(&half.stderr).contains("CONGKHAI_ADMIN_USER"), "{half:?}");
    let server = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| command(server.path(), None).args(arguments).output().unwrap();
    let unknown = run(&["serve", "--listen", "127.0.0.1:0", "--database", "mysql://x"]);
    assert!(
        !unknown.status.success() && String::from_utf8_lossy(&unknown.stderr).contains("unknown database URL"),
        "{unknown:?}"
    );
}
