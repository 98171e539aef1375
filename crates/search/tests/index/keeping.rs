//! What an embedded index keeps, and when it is built anew.

use crate::documents::{asked, document, id};
use crate::library::settings;
use search::{Change, Error, Opened, SearchDocument, SearchIndex, Settings, Tantivy};
use std::fs;
use std::path::{Path, PathBuf};

pub fn open(folder: &Path) -> Opened<Tantivy> {
    Tantivy::open(folder, settings()).unwrap()
}

pub async fn total(index: &Tantivy) -> u64 {
    index.search(&asked("tin")).await.unwrap().total
}

fn tin(n: u32) -> Change {
    Change::Upsert(document(n, "Bản tin", ""))
}

/// A folder with an index of these documents, which nobody has open.
pub async fn filled(documents: Vec<SearchDocument>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    open(folder.path()).index.apply(documents.into_iter().map(Change::Upsert).collect()).await.unwrap();
    folder
}

/// The folder of the index that answers.
pub fn live(folder: &Path) -> PathBuf {
    folder.join(fs::read_to_string(folder.join("current")).unwrap())
}

pub fn segment_files(folder: &Path) -> Vec<PathBuf> {
    let names = fs::read_dir(live(folder)).unwrap().map(|entry| entry.unwrap().path());
    names.filter(|path| path.file_stem().is_some_and(|stem| stem.len() >= 32)).collect()
}

#[tokio::test]
async fn a_reopened_index_has_what_was_applied() {
    let folder = filled(vec![document(1, "Bản tin", "")]).await;
    let opened = open(folder.path());
    assert!(!opened.rebuilt);
    assert_eq!(total(&opened.index).await, 1);
    opened.index.apply(vec![Change::Delete(id(1))]).await.unwrap();
    assert_eq!(total(&opened.index).await, 0);
    drop(opened);
    let opened = open(folder.path());
    assert!(!opened.rebuilt);
    assert_eq!(total(&opened.index).await, 0);
}

#[tokio::test]
async fn a_new_index_is_reported_until_it_is_written_to() {
    let folder = tempfile::tempdir().unwrap();
    assert!(open(folder.path()).rebuilt);
    let opened = open(folder.path());
    assert!(opened.rebuilt, "its owner may have died before it set the cursor back");
    opened.index.ready().await.unwrap();
    opened.index.apply(vec![tin(1)]).await.unwrap();
    assert!(!open(folder.path()).rebuilt);
}

#[tokio::test]
async fn an_index_that_took_the_place_of_another_is_kept() {
    let folder = filled(vec![document(1, "Bản tin", "")]).await;
    let opened = open(folder.path());
    let next = opened.index.beside("next").await.unwrap();
    next.apply(vec![tin(1), tin(2)]).await.unwrap();
    drop(next);
    opened.index.swap("next").await.unwrap();
    drop(opened);
    let opened = open(folder.path());
    assert!(!opened.rebuilt);
    assert_eq!(total(&opened.index).await, 2);
    let folders = fs::read_dir(folder.path()).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(folders.count(), 1, "the one before is removed");
}

#[tokio::test]
async fn other_abbreviations_build_it_anew() {
    let folder = filled(vec![document(1, "Bản tin", "")]).await;
    let other = Settings::parse(r#"{"UBND": "ủy ban nhân dân"}"#).unwrap();
    let opened = Tantivy::open(folder.path(), other.clone()).unwrap();
    assert!(opened.rebuilt);
    assert_eq!(total(&opened.index).await, 0);
    opened.index.apply(vec![tin(1)]).await.unwrap();
    drop(opened);
    assert!(!Tantivy::open(folder.path(), other).unwrap().rebuilt);
    assert!(open(folder.path()).rebuilt);
}

#[tokio::test]
async fn what_an_older_form_has_left_is_removed_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let segment = "0123456789abcdef0123456789abcdef";
    let left = ["meta.json", ".managed.json", "version", ".tantivy-writer.lock", ".tantivy-meta.lock"].map(str::to_owned);
    let left = left.into_iter().chain(["idx", "store", "fast", "term", "pos", "7.del"].map(|kind| format!("{segment}.{kind}")));
    let left: Vec<PathBuf> = left.map(|name| folder.path().join(name)).collect();
    left.iter().for_each(|path| fs::write(path, "x").unwrap());
    let kept = ["of-someone-else.txt", "0123.txt", "metadata.json"].map(|name| folder.path().join(name));
    kept.iter().for_each(|path| fs::write(path, "x").unwrap());
    fs::create_dir(folder.path().join("photographs")).unwrap();
    fs::write(folder.path().join("photographs/1.jpg"), "x").unwrap();
    let opened = open(folder.path());
    assert!(opened.rebuilt);
    opened.index.apply(vec![tin(1)]).await.unwrap();
    assert_eq!(total(&opened.index).await, 1);
    assert_eq!(left.iter().filter(|path| path.exists()).collect::<Vec<_>>(), Vec::<&PathBuf>::new());
    assert!(kept.iter().all(|path| path.exists()) && folder.path().join("photographs/1.jpg").exists());
}

#[tokio::test]
async fn an_index_that_another_writes_is_not_written() {
    let folder = tempfile::tempdir().unwrap();
    let one = open(folder.path()).index;
    one.apply(vec![tin(1)]).await.unwrap();
    let other = open(folder.path()).index;
    let refused = other.apply(vec![Change::Delete(id(1))]).await;
    assert!(matches!(refused, Err(Error::Locked)), "{refused:?}");
    assert_eq!((total(&one).await, total(&other).await), (1, 1));
    drop(one);
    other.apply(vec![Change::Delete(id(1))]).await.unwrap();
    assert_eq!(total(&other).await, 0);
}

#[tokio::test]
async fn what_others_write_beside_is_not_removed_by_a_swap() {
    let folder = filled(vec![document(1, "Bản tin", "")]).await;
    let one = open(folder.path()).index;
    // Another process, by its own handle.
    let other = open(folder.path()).index;
    let written = other.beside("of-another").await.unwrap();
    written.apply(vec![tin(1), tin(2), tin(3)]).await.unwrap();
    // One that is not written to yet.
    let waiting = one.beside("waiting").await.unwrap();
    let next = one.beside("next").await.unwrap();
    next.apply(vec![tin(1), tin(2)]).await.unwrap();
    one.swap("next").await.unwrap();
    assert_eq!(total(&one).await, 2);
    assert_eq!(written.search(&asked("tin")).await.unwrap().total, 3);
    written.apply(vec![tin(4)]).await.unwrap();
    written.ready().await.unwrap();
    waiting.apply(vec![tin(7)]).await.unwrap();
    one.swap("waiting").await.unwrap();
    assert_eq!(total(&one).await, 1);
    written.apply(vec![tin(5)]).await.unwrap();
    assert_eq!(written.search(&asked("tin")).await.unwrap().total, 5);
}

#[tokio::test]
async fn an_index_beside_of_another_form_is_built_anew() {
    let folder = filled(vec![document(1, "Bản tin", "")]).await;
    let other = Settings::parse(r#"{"UBND": "ủy ban nhân dân"}"#).unwrap();
    let opened = Tantivy::open(folder.path(), other).unwrap().index;
    opened.beside("next").await.unwrap().apply(vec![tin(1)]).await.unwrap();
    drop(opened);
    let opened = open(folder.path()).index;
    assert!(matches!(opened.swap("next").await, Err(Error::Unknown(_))), "made with other settings");
}
