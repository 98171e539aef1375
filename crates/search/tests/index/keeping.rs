//! What an index keeps, and when it is built anew.

use crate::library::{Library, document, id};
use search::{Change, Error, Query, SearchIndex, Tantivy};
use std::fs;
use std::path::Path;

async fn total(index: &Tantivy) -> u64 {
    index.search(&Query { text: "tin".to_owned(), limit: 1, ..Query::default() }).await.unwrap().total
}

#[tokio::test]
async fn a_reopened_index_has_what_was_applied() {
    let library = Library::of(vec![document(1, "Bản tin", "")]).await;
    drop(library.index);
    let opened = Tantivy::open(library.folder.path()).unwrap();
    assert!(!opened.rebuilt);
    assert_eq!(total(&opened.index).await, 1);
    opened.index.apply(vec![Change::Delete(id(1))]).await.unwrap();
    assert_eq!(total(&opened.index).await, 0);
}

#[tokio::test]
async fn a_new_index_is_reported_until_it_is_written_to() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Tantivy::open(folder.path()).unwrap().rebuilt);
    let opened = Tantivy::open(folder.path()).unwrap();
    assert!(opened.rebuilt, "its owner may have died before it set the cursor back");
    opened.index.ready().await.unwrap();
    opened.index.apply(vec![Change::Upsert(document(1, "Bản tin", ""))]).await.unwrap();
    assert!(!Tantivy::open(folder.path()).unwrap().rebuilt);
    opened.index.clear().await.unwrap();
    assert_eq!(total(&opened.index).await, 0);
    drop(opened);
    assert!(Tantivy::open(folder.path()).unwrap().rebuilt);
}

/// Damages an index and expects an empty one that works.
async fn damaged(damage: impl Fn(&Path)) {
    let library = Library::of((1..30).map(|n| document(n, "Bản tin", "tin")).collect()).await;
    drop(library.index);
    let folder = library.folder.path();
    fs::write(folder.join("of-someone-else.txt"), "kept").unwrap();
    damage(folder);
    let opened = Tantivy::open(folder).unwrap();
    assert!(opened.rebuilt);
    assert_eq!(total(&opened.index).await, 0);
    opened.index.apply(vec![Change::Upsert(document(1, "Bản tin", ""))]).await.unwrap();
    assert_eq!(total(&opened.index).await, 1);
    assert!(folder.join("of-someone-else.txt").exists());
}

fn segment_files(folder: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    names.filter(|path| path.file_stem().is_some_and(|stem| stem.len() == 32))
}

#[tokio::test]
async fn a_damaged_index_is_built_anew() {
    damaged(|folder| fs::write(folder.join("meta.json"), "{").unwrap()).await;
    damaged(|folder| fs::remove_file(folder.join("meta.json")).unwrap()).await;
    damaged(|folder| fs::write(folder.join("version"), "congkhai search 0\n").unwrap()).await;
    damaged(|folder| fs::remove_file(folder.join("version")).unwrap()).await;
    damaged(|folder| segment_files(folder).for_each(|path| fs::write(path, "garbage").unwrap())).await;
    for ending in ["idx", "store", "fast", "term"] {
        let is_it = |path: &std::path::PathBuf| path.extension().is_some_and(|found| found == ending);
        damaged(|folder| segment_files(folder).filter(is_it).for_each(|path| fs::remove_file(path).unwrap())).await;
        damaged(|folder| segment_files(folder).filter(is_it).for_each(|path| fs::write(path, "").unwrap())).await;
        let noise = |path: std::path::PathBuf| {
            let length = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap();
            fs::write(path, vec![0xA5; length]).unwrap();
        };
        damaged(|folder| segment_files(folder).filter(is_it).for_each(noise)).await;
    }
}

#[tokio::test]
async fn an_index_that_another_writes_is_not_written() {
    let library = Library::of(vec![document(1, "Bản tin", "")]).await;
    let other = Tantivy::open(library.folder.path()).unwrap();
    let refused = other.index.apply(vec![Change::Delete(id(1))]).await;
    assert!(matches!(refused, Err(Error::Locked)), "{refused:?}");
    assert_eq!(library.found("tin").await, [1]);
    drop(library.index);
    other.index.apply(vec![Change::Delete(id(1))]).await.unwrap();
}
