//! An index that is filled beside the one that answers, and takes its place.

use crate::documents::{asked, document, everything, id};
use crate::library::Library;
use search::{Change, Error};

#[tokio::test]
async fn what_is_filled_beside_is_found_from_the_swap_on() {
    for library in Library::each(vec![document(1, "Bản tin cũ", "")]).await {
        let next = library.index.beside("next").await.unwrap();
        next.apply(vec![Change::Upsert(document(2, "Bản tin mới", ""))]).await.unwrap();
        assert_eq!(library.found("bản tin").await, [1], "{library}");
        assert_eq!(next.search(&asked("bản tin")).await.unwrap().total, 1, "{library}");
        library.apply(vec![Change::Upsert(document(3, "Bản tin", ""))]).await;
        assert_eq!(library.found_set("bản tin").await, [1, 3], "{library}: the one that answers goes on");
        library.index.swap("next").await.unwrap();
        assert_eq!(library.found("bản tin").await, [2], "{library}");
        library.index.ready().await.unwrap();
        // While the one that filled it is still held.
        library.apply(vec![Change::Upsert(document(4, "Bản tin", ""))]).await;
        assert_eq!(library.found_set("bản tin").await, [2, 4], "{library}");
        drop(next);
        library.apply(vec![Change::Delete(id(2))]).await;
        assert_eq!(library.found("bản tin").await, [4], "{library}");
    }
}

#[tokio::test]
async fn a_swap_to_an_unknown_name_is_refused_and_harmless() {
    for library in Library::each(vec![document(1, "Bản tin", "")]).await {
        for name in ["nobody", "", "..", "../x", "a/b", "a b", ".", "\0", "ạ", &"x".repeat(1000)] {
            let refused = library.index.swap(name).await;
            assert!(refused.is_err(), "{library}: {name:?}");
            assert!(!matches!(refused, Err(Error::Damaged(_))), "{library}: {name:?}: {refused:?}");
            assert_eq!(library.found("tin").await, [1], "{library}: {name:?}");
        }
        for name in ["", "..", "../x", "a/b", "\0"] {
            assert!(library.index.beside(name).await.is_err(), "{library}: {name:?}");
        }
        library.index.ready().await.unwrap();
        library.apply(vec![Change::Upsert(document(2, "Tin", ""))]).await;
        assert_eq!(library.found_set("tin").await, [1, 2], "{library}");
    }
}

#[tokio::test]
async fn an_index_beside_may_be_left_and_gone_on_with() {
    for library in Library::each(vec![document(1, "Tin", "")]).await {
        let next = library.index.beside("next").await.unwrap();
        next.apply(vec![Change::Upsert(document(2, "Tin", ""))]).await.unwrap();
        let again = library.index.beside("next").await.unwrap();
        again.apply(vec![Change::Upsert(document(3, "Tin", ""))]).await.unwrap();
        next.apply(vec![Change::Upsert(document(4, "Tin", ""))]).await.unwrap();
        drop((next, again));
        let again = library.index.beside("next").await.unwrap();
        again.apply(vec![Change::Upsert(document(5, "Tin", ""))]).await.unwrap();
        library.index.swap("next").await.unwrap();
        assert_eq!(library.found_set("tin").await, [2, 3, 4, 5], "{library}");
        let refused = library.index.swap("next-but-one").await;
        assert!(matches!(refused, Err(Error::Unknown(_))), "{library}: {refused:?}");
    }
}

#[tokio::test]
async fn an_empty_index_may_take_the_place_of_another() {
    for library in Library::each(vec![document(1, "Tin", "")]).await {
        let next = library.index.beside("next").await.unwrap();
        next.apply(Vec::new()).await.unwrap();
        drop(next);
        library.index.swap("next").await.unwrap();
        assert_eq!(library.found_by(&everything()).await, Vec::<u32>::new(), "{library}");
        library.apply(vec![Change::Upsert(document(2, "Tin", ""))]).await;
        assert_eq!(library.found("tin").await, [2], "{library}");
    }
}

#[tokio::test]
async fn swaps_may_follow_each_other() {
    for library in Library::each(vec![document(1, "Tin", "")]).await {
        for n in 2..6 {
            let name = format!("index-{n}");
            let next = library.index.beside(&name).await.unwrap();
            next.apply(vec![Change::Upsert(document(n, "Tin", ""))]).await.unwrap();
            library.index.swap(&name).await.unwrap();
            assert_eq!(library.found("tin").await, [n], "{library}");
        }
        // A name may be used again.
        let next = library.index.beside("index-2").await.unwrap();
        assert_eq!(next.search(&everything()).await.unwrap().total, 0, "{library}: what was there is gone");
    }
}
