//! Files of an embedded index that are gone, changed or filled with noise.

use crate::documents::{asked, document};
use crate::keeping::{filled, live, open, segment_files, total};
use search::{Change, Error, SearchDocument, SearchIndex, Tantivy};
use std::fs;
use std::path::{Path, PathBuf};

fn documents() -> Vec<SearchDocument> {
    (1..30).map(|n| document(n, "Bản tin", "tin")).collect()
}

fn with_ending(folder: &Path, ending: &str) -> Vec<PathBuf> {
    segment_files(folder).into_iter().filter(|path| path.extension().is_some_and(|found| found == ending)).collect()
}

fn noise(path: &Path) {
    let length = usize::try_from(fs::metadata(path).unwrap().len()).unwrap();
    // Beside the old one, which readers may have mapped.
    fs::remove_file(path).unwrap();
    fs::write(path, vec![0xA5; length]).unwrap();
}

/// Damages an index while nobody has it open, and expects an empty one that works.
async fn damaged(damage: impl Fn(&Path)) {
    let folder = filled(documents()).await;
    let folder = folder.path();
    fs::write(folder.join("of-someone-else.txt"), "kept").unwrap();
    damage(folder);
    let opened = open(folder);
    assert!(opened.rebuilt);
    assert_eq!(total(&opened.index).await, 0);
    opened.index.apply(vec![Change::Upsert(document(1, "Bản tin", ""))]).await.unwrap();
    assert_eq!(total(&opened.index).await, 1);
    assert!(folder.join("of-someone-else.txt").exists());
}

#[tokio::test]
async fn a_damaged_index_is_built_anew() {
    damaged(|folder| fs::write(live(folder).join("meta.json"), "{").unwrap()).await;
    damaged(|folder| fs::remove_file(live(folder).join("meta.json")).unwrap()).await;
    damaged(|folder| fs::write(live(folder).join("version"), "congkhai search 0\n").unwrap()).await;
    damaged(|folder| fs::remove_file(live(folder).join("version")).unwrap()).await;
    damaged(|folder| fs::remove_file(folder.join("current")).unwrap()).await;
    damaged(|folder| fs::write(folder.join("current"), "../elsewhere").unwrap()).await;
    damaged(|folder| fs::write(folder.join("current"), [0xFF, 0]).unwrap()).await;
    damaged(|folder| fs::remove_dir_all(live(folder)).unwrap()).await;
    damaged(|folder| segment_files(folder).iter().for_each(|path| fs::write(path, "garbage").unwrap())).await;
    for ending in ["idx", "store", "fast", "term"] {
        damaged(|folder| with_ending(folder, ending).iter().for_each(|path| fs::remove_file(path).unwrap())).await;
        damaged(|folder| with_ending(folder, ending).iter().for_each(|path| fs::write(path, "").unwrap())).await;
        damaged(|folder| with_ending(folder, ending).iter().for_each(|path| noise(path))).await;
    }
}

async fn is_damaged(index: &Tantivy, what: &str) {
    let query = asked("tin");
    let answers = [
        index.search(&query).await.map(drop),
        index.suggest(&query).await.map(drop),
        index.similar(&query).await.map(drop),
        index.apply(vec![Change::Upsert(document(1, "Bản tin", ""))]).await,
        index.ready().await,
    ];
    for answer in answers {
        assert!(matches!(answer, Err(Error::Damaged(_))), "{what}: {answer:?}");
    }
}

/// Damages an index that is open; expects that it is noticed, and that another may take its place.
async fn noticed(what: &str, damage: impl Fn(&Path)) {
    for is_reopened in [false, true] {
        let folder = filled(documents()).await;
        let folder = folder.path();
        let mut index = open(folder).index;
        index.apply(vec![Change::Upsert(document(77, "Tin", "")), Change::Upsert(document(1, "Khác", ""))]).await.unwrap();
        if is_reopened {
            drop(index);
            index = open(folder).index;
        }
        damage(folder);
        let ready = index.ready().await;
        assert!(matches!(ready, Err(Error::Damaged(_))), "{what}: {ready:?}");
        is_damaged(&index, what).await;
        let next = index.beside("next").await.unwrap();
        next.apply(vec![Change::Upsert(document(5, "Bản tin", ""))]).await.unwrap();
        drop(next);
        is_damaged(&index, what).await;
        index.swap("next").await.unwrap();
        assert_eq!(total(&index).await, 1, "{what}");
        index.ready().await.unwrap();
        index.apply(vec![Change::Upsert(document(6, "Bản tin", ""))]).await.unwrap();
        assert_eq!(total(&index).await, 2, "{what}");
        drop(index);
        let opened = open(folder);
        assert_eq!((opened.rebuilt, total(&opened.index).await), (false, 2), "{what}");
        let folders = fs::read_dir(folder).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
        assert_eq!(folders.count(), 1, "{what}: the damaged one is removed");
    }
}

#[tokio::test]
async fn damage_is_noticed_while_the_index_is_open() {
    for ending in ["idx", "store", "fast", "term", "pos", "del"] {
        let is_there = |folder: &Path| assert!(!with_ending(folder, ending).is_empty(), "{ending}");
        noticed(&format!("{ending} gone"), |folder| {
            is_there(folder);
            with_ending(folder, ending).iter().for_each(|path| fs::remove_file(path).unwrap());
        })
        .await;
        noticed(&format!("{ending} noise"), |folder| with_ending(folder, ending).iter().for_each(|path| noise(path))).await;
        noticed(&format!("{ending} longer"), |folder| {
            for path in with_ending(folder, ending) {
                let mut bytes = fs::read(&path).unwrap();
                bytes.push(0);
                fs::remove_file(&path).unwrap();
                fs::write(path, bytes).unwrap();
            }
        })
        .await;
    }
    noticed("meta gone", |folder| fs::remove_file(live(folder).join("meta.json")).unwrap()).await;
    noticed("meta garbage", |folder| fs::write(live(folder).join("meta.json"), "{").unwrap()).await;
    noticed("folder gone", |folder| fs::remove_dir_all(live(folder)).unwrap()).await;
}

#[tokio::test]
async fn an_index_that_is_whole_is_ready_whatever_is_written() {
    let folder = filled(documents()).await;
    let index = open(folder.path()).index;
    for n in 0..40 {
        index.apply(vec![Change::Upsert(document(n % 7, "Bản tin", "tin"))]).await.unwrap();
        index.ready().await.unwrap();
    }
    assert_eq!(total(&index).await, 30);
}

#[tokio::test]
async fn what_is_found_damaged_is_built_anew_at_the_next_start() {
    let folder = filled(documents()).await;
    let index = open(folder.path()).index;
    with_ending(folder.path(), "store").iter().for_each(|path| noise(path));
    assert!(index.ready().await.is_err());
    drop(index);
    assert!(open(folder.path()).rebuilt);
}
