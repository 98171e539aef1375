//! What is told about media: alternatives, captions, names.

use crate::desk::{Desk, faults, id, is, object, png, told};
use kernel::query::Op;
use kernel::{Fault, Revision};
use media::{Error, MediaInput, Upload};
use serde_json::json;
use store::Refusal;
use testkit::on_both;

const VTT: &[u8] = "WEBVTT\n\n00:01.000 --> 00:02.000\nXin chào\n".as_bytes();

#[tokio::test]
async fn pictures_without_an_alternative_are_found_until_they_have_one() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let bare = desk.send("tran.png", png(10, 10)).await.unwrap();
        desk.send("chu.txt", &b"Khong phai anh"[..]).await.unwrap();
        let alt = [("vi".to_owned(), "Lễ hội Lồng Tồng".to_owned())].into();
        desk.send_with("du.png", png(11, 10), MediaInput { alt: Some(alt), ..MediaInput::default() }).await;
        let missing = async |value| desk.listed(&desk.editor.actor, is("alt_missing", Op::Eq, &[value])).await;
        assert_eq!(missing("true").await, ["tran.png"]);
        assert_eq!(missing("false").await, ["chu.txt", "du.png"]);
        let told = desk.revise(&bare, json!({ "alt": { "vi": "Chợ phiên", "en": "A market" } })).await.unwrap();
        assert_eq!(told.row["alt"], json!({ "en": "A market", "vi": "Chợ phiên" }));
        assert_eq!(told.row["alt_missing"], false);
        assert!(missing("true").await.is_empty());
        let less = desk.revise(&told, json!({ "alt": { "vi": null } })).await.unwrap();
        assert_eq!(less.row["alt"], json!({ "en": "A market" }));
        let none = desk.revise(&less, json!({ "alt": null })).await.unwrap();
        assert_eq!((none.row["alt_missing"].as_bool(), none.revision), (Some(true), Revision(4)));
        let same = desk.revise(&none, json!({ "alt": {} })).await.unwrap();
        assert_eq!(same.revision, Revision(4), "what changes nothing is no revision");
        assert!(matches!(desk.revise(&bare, json!({})).await, Err(Error::Refused(Refusal::Stale))));
    })
    .await;
}

#[tokio::test]
async fn what_is_told_is_checked_and_kept_in_normal_form() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let found = desk.send("a.png", png(10, 10)).await.unwrap();
        let refused = desk
            .revise(
                &found,
                json!({ "alt": { "tiếng": "x", "vi": "…" }, "language": "VN", "visibility": "secret", "title": "  ",
                        "captions_id": "x", "licence": "x".repeat(201) }),
            )
            .await
            .unwrap_err();
        let mut at = faults(&refused);
        at.sort_unstable();
        let want = [
            ("/alt/tiếng", "invalid_language"),
            ("/alt/vi", "blank"),
            ("/captions_id", "invalid_id"),
            ("/language", "invalid_language"),
            ("/licence", "too_long"),
            ("/title", "blank"),
            ("/visibility", "invalid_visibility"),
        ];
        assert_eq!(at, want.map(|(pointer, code)| (pointer.to_owned(), code)));
        assert!(matches!(desk.revise(&found, json!({ "size": 3 })).await, Err(Error::Refused(Refusal::Invalid(_)))));
        let told = desk.revise(&found, json!({ "title": "Ca\u{302}\u{309}nh\n  đẹp", "credit": "TTXVN" })).await.unwrap();
        assert_eq!(told.row["title"], "Cẩnh đẹp");
        let by = async |field, op, value| desk.listed(&desk.editor.actor, is(field, op, &[value])).await;
        assert_eq!(by("title", Op::Contains, "CẨNH").await, ["a.png"]);
        assert_eq!(by("file_name", Op::Starts, "A.").await, ["a.png"]);
        assert_eq!(by("size", Op::Gt, "10").await, ["a.png"]);
        assert!(by("kind", Op::Ne, "image").await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_name_changes_but_not_to_another_kind_of_file() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let found = desk.send("a.png", png(10, 10)).await.unwrap();
        let renamed = desk.revise(&found, json!({ "file_name": "Toàn cảnh" })).await.unwrap();
        assert_eq!(told(&renamed, "file_name"), "Toàn cảnh.png");
        assert!(told(&renamed, "url").ends_with("/To%C3%A0n%20c%E1%BA%A3nh.png"));
        let refused = desk.revise(&renamed, json!({ "file_name": "anh.exe" })).await.unwrap_err();
        assert_eq!((refused.code(), faults(&refused)[0].0.as_str()), ("validation_failed", "/file_name"));
        let cleaned = desk.revise(&renamed, json!({ "file_name": "../../etc/anh.PNG" })).await.unwrap();
        assert_eq!(told(&cleaned, "file_name"), "anh.PNG");
        let kept = desk.revise(&cleaned, json!({ "file_name": null })).await.unwrap();
        assert_eq!(told(&kept, "file_name"), "anh.PNG");
    })
    .await;
}

#[tokio::test]
async fn captions_are_captions_and_stay_while_they_are_needed() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let captions = desk.send("phu-de.vtt", VTT).await.unwrap();
        assert_eq!(told(&captions, "media_type"), "text/vtt");
        let picture = desk.send("a.png", png(10, 10)).await.unwrap();
        let named = |of: &kernel::Found| json!({ "captions_id": told(of, "id") });
        for wrong in [named(&picture), json!({ "captions_id": "0193a000-0000-7000-8000-000000000000" })] {
            let refused = desk.revise(&picture, wrong).await.unwrap_err();
            assert_eq!(faults(&refused), [("/captions_id".to_owned(), "unknown_captions")]);
        }
        let film = desk.revise(&picture, named(&captions)).await.unwrap();
        assert_eq!(film.row["captions_id"], captions.row["id"]);
        assert!(matches!(desk.delete(&captions).await, Err(Error::InUse)));
        let lone = desk.revise(&film, json!({ "captions_id": null })).await.unwrap();
        assert_eq!(lone.row["captions_id"], json!(null));
        desk.delete(&captions).await.unwrap();
        let upload =
            Upload { file_name: "b.png".into(), fields: serde_json::from_value(named(&captions)).unwrap(), ..Upload::default() };
        let refused = desk.library.upload(&desk.editor, upload, crate::desk::pieces(png(12, 10), 100)).await.unwrap_err();
        assert_eq!(faults(&refused), [("/captions_id".to_owned(), "unknown_captions")]);
        assert_eq!(desk.count("media_bytes").await, 1, "bytes of what was not entered are not kept");
        assert!(desk.left().is_none_or(|files| files.len() == 1));
        let gone = desk.library.revise(&desk.editor, id(&captions), Revision(1), object(json!({}))).await;
        assert!(matches!(gone, Err(Error::Refused(Refusal::NotFound))));
    })
    .await;
}
