//! The master secret and the facts kept of it.

use std::path::PathBuf;
use store::{Error, Secret, settings};
use tempfile::TempDir;
use testkit::{now, on_both};

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret");
    (folder, path)
}

#[test]
fn a_secret_is_made_once_and_read_ever_after() {
    let (_folder, path) = folder();
    let made = Secret::read_or_make(&path, [7; 32]).unwrap();
    let again = Secret::read_or_make(&path, [8; 32]).unwrap();
    assert_eq!(made.derive("a"), again.derive("a"));
    assert_eq!(made.derive("a"), Secret::read(&path).unwrap().derive("a"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "07".repeat(32));
}

#[cfg(unix)]
#[test]
fn a_secret_is_made_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, path) = folder();
    Secret::read_or_make(&path, [7; 32]).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_short_secret_is_refused_and_not_replaced() {
    for short in ["", "   \n", &"a".repeat(31), &format!("  {}\n", "a".repeat(31))] {
        let (_folder, path) = folder();
        std::fs::write(&path, short).unwrap();
        assert!(matches!(Secret::read(&path), Err(Error::Secret(_))), "{short:?}");
        assert!(matches!(Secret::read_or_make(&path, [7; 32]), Err(Error::Secret(_))), "{short:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), short);
    }
}

#[test]
fn a_secret_where_no_folder_is_cannot_be_made() {
    let (folder, _) = folder();
    let nowhere = folder.path().join("missing").join("secret");
    assert!(matches!(Secret::read_or_make(&nowhere, [7; 32]), Err(Error::Secret(_))));
}

#[test]
fn white_space_around_a_secret_is_no_part_of_it() {
    let (_folder, path) = folder();
    let text = "0123456789abcdef0123456789abcdef";
    std::fs::write(&path, format!("\n {text} \r\n")).unwrap();
    assert_eq!(Secret::read(&path).unwrap().derive("a"), Secret::given(text).derive("a"));
}

#[test]
fn purposes_and_secrets_give_different_keys() {
    let [one, other] = ["one", "other"].map(Secret::given);
    assert_ne!(one.derive("cursors"), one.derive("tokens"));
    assert_ne!(one.derive("cursors"), other.derive("cursors"));
    assert_eq!(one.derive("cursors"), Secret::given("one").derive("cursors"));
}

#[tokio::test]
async fn an_installation_belongs_to_the_secret_that_it_was_bound_to() {
    on_both(async |test| {
        let (own, other) = (Secret::given("the secret of this installation"), Secret::given("that of another one"));
        own.bind(&test.db, now()).await.unwrap();
        own.bind(&test.db, now()).await.unwrap();
        assert!(matches!(other.bind(&test.db, now()).await, Err(Error::OtherSecret)));
        own.bind(&test.db, now()).await.unwrap();
        let kept = settings::get(test.db.reader(), "secret_fingerprint").await.unwrap().unwrap();
        assert_eq!(kept.len(), 16);
        assert!(!"the secret of this installation".contains(&kept));
    })
    .await;
}

#[tokio::test]
async fn of_two_secrets_bound_at_once_one_is_refused() {
    on_both(async |test| {
        let secrets: Vec<Secret> = (0..6).map(|at| Secret::given(&format!("secret number {at}"))).collect();
        let bound = futures_util::future::join_all(secrets.iter().map(|secret| secret.bind(&test.db, now()))).await;
        assert_eq!(bound.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{bound:?}");
    })
    .await;
}

#[tokio::test]
async fn a_setting_has_its_last_value() {
    on_both(async |test| {
        assert_eq!(settings::get(test.db.reader(), "name").await.unwrap(), None);
        for value in ["một", "", "'; DROP TABLE settings; --"] {
            let txn = test.db.begin(&kernel::Call::operator(), now()).await.unwrap();
            settings::set(&txn, "name", value).await.unwrap();
            assert_eq!(settings::get(txn.conn(), "name").await.unwrap().as_deref(), Some(value));
            txn.commit(&()).await.unwrap();
            assert_eq!(settings::get(test.db.reader(), "name").await.unwrap().as_deref(), Some(value));
        }
    })
    .await;
}
