//! Files come in, are kept once, and go.

use crate::desk::{Desk, everything, files_in, id, jpeg, pieces, png, told};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use kernel::{Actor, Call, Fault, Kind, Revision};
use media::{Error, Limits, MediaInput, Upload};
use store::Refusal;
use testkit::on_both;

#[tokio::test]
async fn a_picture_comes_in_and_is_given_out_as_it_was() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let bytes = png(120, 80);
        let found = desk.send("Ảnh Lễ hội.png", bytes.clone()).await.unwrap();
        assert_eq!((told(&found, "kind"), told(&found, "media_type")), ("image".into(), "image/png".into()));
        assert_eq!((found.row["width"].as_i64(), found.row["height"].as_i64()), (Some(120), Some(80)));
        assert_eq!(found.row["size"], bytes.len());
        let url = format!("/media/{}/%E1%BA%A2nh%20L%E1%BB%85%20h%E1%BB%99i.png", told(&found, "id"));
        assert_eq!(told(&found, "url"), url);
        assert!(desk.bytes(&found).await == bytes);
        let file = desk.open(&found).await;
        let part = desk.library.read(&file, Some(1..4)).await.unwrap();
        assert_eq!(part.map_ok(|piece| piece.to_vec()).try_concat().await.unwrap(), b"PNG");
        assert_eq!(desk.events().await, [("created".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_long_film_streams_in_in_parts() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let mut film = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41".to_vec();
        film.resize(30_000_000, 7);
        let found = desk.send_as("phim.mp4", Some("video/mp4"), film.clone()).await.unwrap();
        assert_eq!(told(&found, "kind"), "video");
        assert!(desk.bytes(&found).await == film);
        let file = desk.open(&found).await;
        let range = 29_999_990..40_000_000;
        let end: Vec<u8> =
            desk.library.read(&file, Some(range)).await.unwrap().map_ok(|b| b.to_vec()).try_concat().await.unwrap();
        assert_eq!(end, [7; 10]);
    })
    .await;
}

#[tokio::test]
async fn equal_files_share_their_bytes_until_the_last_of_them_goes() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let bytes = jpeg(50, 50);
        let one = desk.send("a.jpg", bytes.clone()).await.unwrap();
        let two = desk.send("b.jpg", bytes.clone()).await.unwrap();
        assert_eq!(told(&one, "sha256"), told(&two, "sha256"));
        assert_eq!(desk.count("media_bytes").await, 1);
        assert!(desk.left().is_none_or(|files| files.len() == 1));
        desk.delete(&one).await.unwrap();
        assert!(desk.bytes(&two).await == bytes);
        assert!(matches!(desk.delete(&one).await, Err(Error::Refused(Refusal::NotFound))));
        let file = desk.open(&two).await;
        desk.library.rendition(&file, &media::Rendition::inside(Some(80), None).unwrap()).await.unwrap();
        desk.delete(&two).await.unwrap();
        assert_eq!(desk.count("media_bytes").await, 0);
        desk.assert_nothing_left().await;
        let read = desk.library.read(&file, None).await.err().unwrap();
        assert_eq!(read.kind(), Kind::NotFound, "a file that was open while it went is gone, not broken");
        let again = desk.send("c.jpg", bytes.clone()).await.unwrap();
        assert!(desk.bytes(&again).await == bytes);
        let mut events = desk.events().await;
        events.sort_unstable();
        let want = [("created", 1), ("created", 1), ("created", 1), ("deleted", 2), ("deleted", 2)];
        assert_eq!(events, want.map(|(action, revision)| (action.to_owned(), revision)));
    })
    .await;
}

#[tokio::test]
async fn bytes_that_are_sent_while_the_last_item_with_them_is_deleted_are_there_afterwards() {
    on_both(|test| async {
        let desk = Desk::of(test);
        for round in 0..12 {
            let bytes = png(20 + round, 20);
            let old = desk.send("cu.png", bytes.clone()).await.unwrap();
            let (one, gone, two) =
                tokio::join!(desk.send("moi.png", bytes.clone()), desk.delete(&old), desk.send("moi-2.png", bytes.clone()));
            gone.unwrap();
            for new in [one.unwrap(), two.unwrap()] {
                assert!(desk.bytes(&new).await == bytes);
            }
        }
        assert_eq!(desk.count("media_bytes").await, 12);
        assert!(desk.left().is_none_or(|files| files.len() == 12), "and every one once: {:?}", desk.left());
    })
    .await;
}

#[tokio::test]
async fn a_file_over_the_limit_leaves_nothing() {
    on_both(|test| async {
        let desk = Desk::with(test, Limits { file: 20_000_000, picture: 1000 });
        let mut film = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41".to_vec();
        film.resize(20_000_001, 1);
        let refused = desk.send("phim.mp4", film).await.unwrap_err();
        assert!(matches!(refused, Error::TooLarge { max: 20_000_000 }));
        assert_eq!((refused.kind(), refused.code()), (Kind::TooLarge, "body_too_large"));
        let noise: Vec<u8> = (0..4000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()).collect();
        let picture = image::RgbImage::from_raw(50, 50, noise[..7500].to_vec()).unwrap();
        let mut large = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut large, image::ImageFormat::Png).unwrap();
        assert!(matches!(desk.send("anh.png", large.into_inner()).await, Err(Error::TooLarge { max: 1000 })));
        desk.assert_nothing_left().await;
        assert_eq!((desk.count("media").await, desk.count("events").await), (0, 0));
    })
    .await;
}

#[tokio::test]
async fn a_stream_that_breaks_or_is_dropped_leaves_nothing() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let mut film = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41".to_vec();
        film.resize(30_000_000, 1);
        let upload = || Upload { file_name: "phim.mp4".into(), ..Upload::default() };
        let broken = pieces(film.clone(), 1_000_000)
            .map(|piece| piece.map_err(|never| match never {}))
            .chain(stream::iter([Err(std::io::Error::other("connection reset"))]));
        let refused = desk.library.upload(&desk.editor, upload(), broken).await.unwrap_err();
        assert!(matches!(&refused, Error::Interrupted(_)) && refused.kind() == Kind::Malformed);
        assert!(!refused.text().en.contains("connection reset"));
        desk.assert_nothing_left().await;

        let endless = pieces(film, 1_000_000).chain(stream::pending());
        let waiting = desk.library.upload(&desk.editor, upload(), endless);
        assert!(tokio::time::timeout(std::time::Duration::from_millis(500), waiting).await.is_err());
        desk.assert_nothing_left().await;
        assert_eq!(desk.count("media").await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_internal_is_seen_by_those_who_write() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let internal = MediaInput { visibility: Some("internal".into()), ..MediaInput::default() };
        let hidden = desk.send_with("noi-bo.png", png(10, 10), internal).await;
        let shown = desk.send("cong-khai.png", png(11, 10)).await.unwrap();
        let fields = kernel::query::Projection(vec!["visibility".into()]);
        let ids = [id(&hidden), id(&shown)];
        assert_eq!(desk.listed(&Actor::Anonymous, everything()).await, ["cong-khai.png"]);
        assert_eq!(desk.listed(&desk.editor.actor, everything()).await, ["cong-khai.png", "noi-bo.png"]);
        assert_eq!(desk.library.get_many(&Actor::Anonymous, &ids, &fields).await.unwrap().len(), 1);
        assert_eq!(desk.library.get_many(&desk.editor.actor, &ids, &fields).await.unwrap().len(), 2);
        assert!(desk.library.open(&Actor::Anonymous, id(&hidden)).await.unwrap().is_none());
        assert!(desk.library.open(&Actor::Anonymous, id(&shown)).await.unwrap().is_some());
        let public = desk.revise(&hidden, serde_json::json!({ "visibility": "public" })).await.unwrap();
        assert_eq!(public.revision, Revision(2));
        assert!(desk.library.open(&Actor::Anonymous, id(&hidden)).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn a_stranger_writes_nothing_and_nothing_of_his_is_read() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let found = desk.send("a.png", png(10, 10)).await.unwrap();
        let stranger = Call::of(Actor::Anonymous);
        let unread = stream::iter([()]).map(|()| -> Result<Bytes, std::io::Error> { panic!("read before he was asked") });
        let upload = Upload { file_name: "b.png".into(), ..Upload::default() };
        assert!(matches!(desk.library.upload(&stranger, upload, unread).await, Err(Error::Refused(Refusal::NotLoggedIn))));
        assert!(matches!(
            desk.library.delete(&stranger, id(&found), Revision(1)).await,
            Err(Error::Refused(Refusal::NotLoggedIn))
        ));
        let patch = kernel::Row::new();
        assert!(matches!(
            desk.library.revise(&stranger, id(&found), Revision(1), patch).await,
            Err(Error::Refused(Refusal::NotLoggedIn))
        ));
    })
    .await;
}

#[tokio::test]
async fn bytes_of_a_document_are_never_those_of_a_media_item() {
    if std::env::var_os("CONGKHAI_TEST_S3").is_some() {
        return;
    }
    let desk = Desk::of(testkit::sqlite().await);
    let files = testkit::files(desk.test.folder.path());
    let original = files.put(Bytes::from_static(b"Quyet dinh")).await.unwrap();
    let found = desk.send("quyet-dinh.txt", &b"Quyet dinh"[..]).await.unwrap();
    assert_eq!(told(&found, "sha256"), original.sha256);
    desk.delete(&found).await.unwrap();
    assert_eq!(files.read(&original.name, 100).await.unwrap(), "Quyet dinh");
    assert_eq!(files_in(&desk.test.folder.path().join("files")).len(), 1);
}

#[tokio::test]
async fn a_caller_who_hangs_up_at_any_moment_leaves_a_whole_item_or_none() {
    on_both(|test| async {
        let desk = Desk::of(test);
        for round in 0..30 {
            let hang_up = std::time::Duration::from_micros(300 * round);
            let bytes = png(30 + u32::try_from(round).unwrap(), 20);
            let _ = tokio::time::timeout(hang_up, desk.send("a.png", bytes.clone())).await;
            let found = desk.send("b.png", bytes).await.unwrap();
            let _ = tokio::time::timeout(hang_up, desk.delete(&found)).await;
        }
        let Some(_) = desk.left() else { return };
        for _ in 0..200 {
            if i64::try_from(desk.left().unwrap().len()).unwrap() == desk.count("media_bytes").await {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert_eq!(i64::try_from(desk.left().unwrap().len()).unwrap(), desk.count("media_bytes").await);
        let listed = desk.listed(&desk.editor.actor, everything()).await.len();
        assert_eq!(i64::try_from(listed).unwrap(), desk.count("media").await);
    })
    .await;
}
