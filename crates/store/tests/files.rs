//! Files: in a folder always, in a bucket where one is given.

use bytes::Bytes;
use futures_util::TryStreamExt;
use kernel::{Clock, Id, Instant};
use std::path::{Path, PathBuf};
use store::{FileStream, Files};

/// Runs a test on a folder, and on a bucket where a server is given; the folder is told to look into.
async fn on_both<F: Future<Output = ()>>(test: impl Fn(Files, Option<PathBuf>) -> F) {
    let folder = tempfile::tempdir().unwrap();
    test(Files::in_folder(folder.path()).unwrap(), Some(folder.path().to_owned())).await;
    match testkit::bucket() {
        Some(files) => test(files, None).await,
        None => eprintln!("SKIPPED on S3: CONGKHAI_TEST_S3 names no server"),
    }
}

async fn whole(stream: FileStream) -> Vec<u8> {
    stream.map_ok(|piece| piece.to_vec()).try_concat().await.unwrap()
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files_in(&path)) } else { found.push(path) }
    }
    found
}

/// Bytes that differ from place to place.
fn long(size: usize) -> Bytes {
    (0..size).map(|at| u8::try_from((at / 7 + at % 251) % 256).unwrap()).collect::<Vec<_>>().into()
}

async fn kept(files: &Files, bytes: &Bytes, piece: usize) -> store::StoredFile {
    let mut upload = files.begin();
    for piece in bytes.chunks(piece) {
        upload.write(Bytes::copy_from_slice(piece)).await.unwrap();
    }
    upload.finish().await.unwrap()
}

#[tokio::test]
async fn a_file_streams_in_under_its_hash_whatever_its_length() {
    on_both(|files, folder| async move {
        const PART: usize = 5 * 1024 * 1024;
        for size in [0, 1, PART - 1, PART, PART + 1, 3 * PART + 5] {
            let bytes = long(size);
            let stored = kept(&files, &bytes, 1_000_003).await;
            assert_eq!((stored.size, &stored.name), (i64::try_from(size).unwrap(), &stored.sha256));
            assert_eq!(files.head(&stored.name).await.unwrap(), Some(size as u64));
            assert!(whole(files.stream(&stored.name).await.unwrap()).await == bytes);
            assert_eq!(files.put(bytes.clone()).await.unwrap(), stored, "written at once it has the same name");
            assert_eq!(kept(&files, &bytes, PART).await, stored, "equal bytes are kept once");
        }
        if let Some(folder) = folder {
            assert_eq!(files_in(&folder).len(), 6);
        }
    })
    .await;
}

#[tokio::test]
async fn a_marked_file_is_apart_from_others_of_the_same_bytes() {
    on_both(|files, _| async move {
        for size in [10, 9 * 1024 * 1024] {
            let bytes = long(size);
            let plain = files.put(bytes.clone()).await.unwrap();
            let mut upload = files.begin();
            upload.write(bytes.clone()).await.unwrap();
            let marked = upload.finish_marked(Id::new(testkit::now())).await.unwrap();
            assert!(marked.sha256 == plain.sha256 && marked.name != plain.name);
            files.remove(&marked.name).await.unwrap();
            files.remove(&marked.name).await.unwrap();
            assert_eq!(files.head(&marked.name).await.unwrap(), None);
            assert_eq!(files.read(&plain.name, 10_000_000).await.unwrap(), bytes);
        }
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_is_given_up_or_dropped_leaves_nothing() {
    on_both(|files, folder| async move {
        for give_up in [true, false] {
            let mut upload = files.begin();
            for _ in 0..5 {
                upload.write(long(5 * 1024 * 1024)).await.unwrap();
            }
            if give_up {
                upload.abort().await;
            } else {
                drop(upload);
            }
        }
        for _ in 0..200 {
            let nothing = match &folder {
                Some(folder) => files_in(folder).is_empty(),
                None => tokio::task::spawn_blocking(testkit::no_unfinished_upload).await.unwrap(),
            };
            if nothing {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("{:?}", folder.map(|folder| files_in(&folder)));
    })
    .await;
}

#[tokio::test]
async fn a_range_is_read_without_the_rest() {
    on_both(|files, _| async move {
        let bytes = long(100_000);
        let name = files.put(bytes.clone()).await.unwrap().name;
        for range in [0..1, 0..100_000, 99_999..100_000, 500..70_000, 7..7] {
            let want = bytes.slice(usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap());
            assert!(whole(files.stream_range(&name, range).await.unwrap()).await == want);
        }
        assert!(whole(files.stream_range(&name, 99_990..200_000).await.unwrap()).await == bytes.slice(99_990..));
        assert!(matches!(files.read(&name, 99_999).await, Err(store::Error::FileTooLarge { size: 100_000, .. })));
    })
    .await;
}

#[tokio::test]
async fn what_is_made_of_a_file_goes_with_it() {
    on_both(|files, folder| async move {
        let name = files.put(long(10)).await.unwrap().name;
        assert!(files.derived(&name, "320xany-inside.jpeg").await.unwrap().is_none());
        for made in ["320xany-inside.jpeg", "640xany-inside.jpeg"] {
            files.put_derived(&name, made, long(2000)).await.unwrap();
        }
        let found = files.derived(&name, "640xany-inside.jpeg").await.unwrap().unwrap();
        assert_eq!(found.size, 2000);
        assert!(whole(found.stream).await == long(2000));
        files.remove(&name).await.unwrap();
        assert!(files.derived(&name, "640xany-inside.jpeg").await.unwrap().is_none());
        assert!(files.stream(&name).await.is_err_and(|error| error.is_missing_file()));
        assert!(folder.is_none_or(|folder| files_in(&folder).is_empty()));
    })
    .await;
}

#[tokio::test]
async fn an_area_sees_and_removes_only_what_is_its_own() {
    on_both(|files, _| async move {
        let area = files.area("media");
        let (outside, inside) = (files.put(long(5)).await.unwrap(), area.put(long(5)).await.unwrap());
        assert_eq!(outside, inside);
        area.remove(&inside.name).await.unwrap();
        assert_eq!(area.head(&inside.name).await.unwrap(), None);
        assert_eq!(files.head(&outside.name).await.unwrap(), Some(5));
    })
    .await;
}

#[tokio::test]
async fn uploads_that_never_ended_are_swept_after_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let files = Files::in_folder(folder.path()).unwrap().area("media");
    let kept = files.put(long(5)).await.unwrap();
    let incoming = folder.path().join("media/incoming");
    std::fs::create_dir_all(&incoming).unwrap();
    // One that was whole but not moved, and one that was half written when the machine stopped.
    std::fs::write(incoming.join("0193-whole"), "x").unwrap();
    std::fs::write(incoming.join("0193-half#1"), "x").unwrap();
    let now = Clock::System.now();
    assert_eq!(files.sweep_incoming(now.plus_seconds(23 * 3600)).await.unwrap(), 0);
    assert_eq!(files.sweep_incoming(Instant(now.0).plus_seconds(25 * 3600)).await.unwrap(), 2);
    assert!(files_in(&incoming).is_empty());
    assert_eq!(files.head(&kept.name).await.unwrap(), Some(5));
}
