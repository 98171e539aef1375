//! What a file is, its content says.

use crate::desk::{Desk, faults, jpeg, picture, png, told, upright};
use image::ImageFormat;
use kernel::{Fault, Kind};
use proptest::prelude::*;
use testkit::{TestDatabase, on_both};

/// A ZIP of stored entries.
fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in entries {
        let offset = u32::try_from(out.len()).unwrap().to_le_bytes();
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        let length = u16::try_from(name.len()).unwrap().to_le_bytes();
        let head = [&b"\x14\0\0\0\0\0\0\0\0\0"[..], b"\0\0\0\0", &size, &size, &length, b"\0\0"].concat();
        out.extend([b"PK\x03\x04", &head[..], name.as_bytes(), content].concat());
        directory.extend([b"PK\x01\x02\x14\0", &head[..], &[0; 10], &offset, name.as_bytes()].concat());
    }
    let count = u16::try_from(entries.len()).unwrap().to_le_bytes();
    let [length, offset] = [directory.len(), out.len()].map(|number| u32::try_from(number).unwrap().to_le_bytes());
    [&out[..], &directory, b"PK\x05\x06\0\0\0\0", &count, &count, &length, &offset, b"\0\0"].concat()
}

fn office(folder: &str, more: &[&str]) -> Vec<u8> {
    let part = format!("{folder}/main.xml");
    let mut entries: Vec<(&str, &[u8])> = vec![("[Content_Types].xml", b"<Types/>"), (&part, b"<x/>")];
    entries.extend(more.iter().map(|name| (*name, &b"x"[..])));
    zip(&entries)
}

fn open_document(subtype: &str, more: &[&str]) -> Vec<u8> {
    let media_type = format!("application/vnd.oasis.opendocument.{subtype}");
    let mut entries: Vec<(&str, &[u8])> = vec![("mimetype", media_type.as_bytes()), ("content.xml", b"<x/>")];
    entries.extend(more.iter().map(|name| (*name, &b"x"[..])));
    zip(&entries)
}

fn svg(inside: &str) -> Vec<u8> {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><svg xmlns="http://www.w3.org/2000/svg" width="40" height="30px">{inside}</svg>"#
    )
    .into_bytes()
}

fn with(start: &[u8], size: usize) -> Vec<u8> {
    let mut bytes = start.to_vec();
    bytes.resize(size.max(start.len()), 0);
    bytes
}

#[tokio::test]
async fn files_of_every_kind_on_the_list_are_taken_under_the_type_of_their_content() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let webm = [&b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm"[..], &[0; 300]].concat();
        for (name, bytes, media_type, kind) in [
            ("a.JPEG", jpeg(9, 9), "image/jpeg", "image"),
            ("a.png", png(9, 9), "image/png", "image"),
            ("a.webp", picture(9, 9, ImageFormat::WebP), "image/webp", "image"),
            ("a.gif", picture(9, 9, ImageFormat::Gif), "image/gif", "image"),
            ("a.svg", svg("<a href='#x'><path d='M0 0'/></a>"), "image/svg+xml", "image"),
            ("a.mp4", with(b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2", 400), "video/mp4", "video"),
            ("a.webm", webm, "video/webm", "video"),
            ("a.mp3", with(b"ID3\x04\0", 400), "audio/mpeg", "audio"),
            ("a.ogg", with(b"OggS\0\x02", 400), "audio/ogg", "audio"),
            ("a.wav", with(b"RIFF\x24\0\0\0WAVEfmt ", 400), "audio/wav", "audio"),
            ("a.m4a", with(b"\0\0\0\x20ftypM4A \0\0\x02\0", 400), "audio/mp4", "audio"),
            ("a.pdf", b"%PDF-1.7\nall of it is letters".to_vec(), "application/pdf", "document"),
            (
                "a.docx",
                office("word", &["word/embeddings/oleObject1.bin"]),
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "document",
            ),
            ("a.xlsx", office("xl", &[]), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "document"),
            (
                "a.pptx",
                office("ppt", &[]),
                "application/vnd.openxmlformats-officedocument.presentationml.presentation",
                "document",
            ),
            ("a.odt", open_document("text", &[]), "application/vnd.oasis.opendocument.text", "document"),
            ("a.ods", open_document("spreadsheet", &[]), "application/vnd.oasis.opendocument.spreadsheet", "document"),
            ("a.odp", open_document("presentation", &[]), "application/vnd.oasis.opendocument.presentation", "document"),
            ("a.zip", zip(&[("thư mục/tệp.txt", b"x")]), "application/zip", "archive"),
            ("a.csv", "\u{feff}tên,số\nBMI,12\n".into(), "text/csv", "text"),
            ("a.txt", "MZ là chữ đầu".into(), "text/plain", "text"),
            ("a.vtt", "WEBVTT\n".into(), "text/vtt", "text"),
            ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\nXin chào\n".into(), "application/x-subrip", "text"),
            ("a.json", r#"{"a": [1]}"#.into(), "application/json", "text"),
            ("a.geojson", r#"{"type": "Point"}"#.into(), "application/geo+json", "text"),
            ("a.md", "# Tiêu đề\n".into(), "text/markdown", "text"),
        ] {
            let found = desk.send_as(name, Some("application/octet-stream"), bytes).await;
            let found = found.unwrap_or_else(|error| panic!("{name}: {error:?}"));
            assert_eq!((told(&found, "media_type").as_str(), told(&found, "kind").as_str()), (media_type, kind), "{name}");
        }
        let drawing = desk.listed(&desk.editor.actor, crate::desk::is("width", kernel::query::Op::Eq, &["40"])).await;
        assert_eq!(drawing, ["a.svg"]);
        let unnamed = desk.send_as("khong-duoi", Some("text/csv; charset=utf-8"), &b"a,b"[..]).await.unwrap();
        assert_eq!(told(&unnamed, "file_name"), "khong-duoi.csv");
    })
    .await;
}

async fn refused(desk: &Desk, name: &str, declared: Option<&str>, bytes: Vec<u8>) -> (Kind, &'static str, String) {
    match desk.send_as(name, declared, bytes).await {
        Ok(found) => panic!("{name} was taken as {}", told(&found, "media_type")),
        Err(error) => (error.kind(), error.code(), error.text().en),
    }
}

#[tokio::test]
async fn what_a_browser_or_a_machine_would_run_is_refused() {
    on_both(|test: TestDatabase| async {
        let desk = Desk::of(test);
        for (name, bytes) in [
            ("a.html", b"<!DOCTYPE html><p>x".to_vec()),
            ("a.txt", b"  <html><script>alert(1)</script>".to_vec()),
            ("a.txt", b"<?php system('x');".to_vec()),
            ("a.sh", b"#!/bin/sh\nrm".to_vec()),
            ("a.txt", b"#!/bin/sh\nrm".to_vec()),
            ("a.js", b"alert(1)".to_vec()),
            ("a.bat", b"del *".to_vec()),
            ("a.xml", b"<?xml version=\"1.0\"?><a/>".to_vec()),
            ("a.exe", with(b"MZ\x90\0", 300)),
            ("a.so", with(b"\x7fELF\x02\x01", 300)),
            ("a.docm", office("word", &["word/vbaProject.bin"])),
            ("a.docx", office("word", &["word/vbaProject.bin"])),
            ("a.xlsx", office("xl", &["xl/macrosheets/sheet1.xml"])),
            ("a.pptx", office("ppt", &["ppt/activeX/activeX1.xml"])),
            ("a.odt", open_document("text", &["Basic/Standard/Module1.xml"])),
            ("a.zip", zip(&[("META-INF/MANIFEST.MF", b"x")])),
            ("a.doc", with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 600)),
            ("a.rar", with(b"Rar!\x1a\x07\0", 300)),
            ("a.tif", with(b"II*\0", 300)),
            ("a.bin", vec![1, 2, 3, 0, 200]),
            ("a.rtf", b"{\\rtf1 x}".to_vec()),
            ("a.txt", b"Quy\xd5t \xae\xdenh".to_vec()),
            ("a.txt", b"\xff\xfea\0b\0".to_vec()),
        ] {
            let (kind, code, text) = refused(&desk, name, None, bytes).await;
            assert_eq!((kind, code), (Kind::UnsupportedMedia, "unsupported_media"), "{name}: {text}");
        }
        // Refused long before its end: what follows is never asked for.
        let exe = futures_util::stream::iter([Ok(bytes::Bytes::from(with(b"MZ\x90\0", 100_000)))])
            .chain(futures_util::stream::pending::<Result<_, std::io::Error>>());
        let upload = media::Upload { file_name: "a.mp4".into(), ..media::Upload::default() };
        let early = tokio::time::timeout(std::time::Duration::from_secs(10), desk.library.upload(&desk.editor, upload, exe));
        assert_eq!(early.await.unwrap().unwrap_err().code(), "unsupported_media");
        desk.assert_nothing_left().await;
    })
    .await;
}

use futures_util::StreamExt;

#[tokio::test]
async fn a_name_or_a_declared_type_that_lies_is_refused_naming_both() {
    on_both(|test| async {
        let desk = Desk::of(test);
        for (name, declared, bytes, told, found) in [
            ("a.png", None, jpeg(9, 9), ".png", "image/jpeg"),
            ("a.exe", None, jpeg(9, 9), ".exe", "image/jpeg"),
            ("a.jpg", Some("image/png"), jpeg(9, 9), "image/png", "image/jpeg"),
            ("a.pdf", Some("application/pdf"), b"chi la chu".to_vec(), ".pdf", "text/plain"),
            ("a.svg", None, b"chi la chu".to_vec(), ".svg", "text/plain"),
            ("a.txt", Some("text/html; charset=utf-8"), b"chi la chu".to_vec(), "text/html", "text/plain"),
            ("a.docx", None, zip(&[("a.txt", b"x")]), ".docx", "application/zip"),
            ("a.zip", None, office("xl", &[]), ".zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            ("a.json", None, b"{a: 1}".to_vec(), ".json", "text/plain"),
            ("a.vtt", None, b"1\nXin chao".to_vec(), ".vtt", "text/plain"),
            ("a.mp3", None, with(b"\0\0\0\x20ftypisom\0\0\x02\0", 400), ".mp3", "video/mp4"),
        ] {
            let (kind, code, text) = refused(&desk, name, declared, bytes).await;
            assert_eq!((kind, code), (Kind::Invalid, "media_type_mismatch"), "{name}");
            assert!(text.contains(told) && text.contains(found), "{name}: {text}");
        }
        let empty = desk.send("a.txt", Vec::new()).await.unwrap_err();
        assert_eq!((empty.code(), faults(&empty)), ("empty_file", vec![("/file".to_owned(), "empty_file")]));
        desk.assert_nothing_left().await;
    })
    .await;
}

#[tokio::test]
async fn a_drawing_that_does_anything_is_refused() {
    on_both(|test| async {
        let desk = Desk::of(test);
        for inside in [
            "<script>alert(1)</script>",
            "<SCRIPT/>",
            "<x:script xmlns:x='http://www.w3.org/2000/svg'/>",
            r#"<rect onload="alert(1)"/>"#,
            r#"<rect x:ONclick="a" xmlns:x="y"/>"#,
            "<foreignObject><p/></foreignObject>",
            r#"<a href="javascript:alert(1)"/>"#,
            r#"<a xlink:href=" &#106;avascript:alert(1)" xmlns:xlink="http://www.w3.org/1999/xlink"/>"#,
            r#"<use href="https://example.com/a.svg#x"/>"#,
            r#"<image href="data:image/svg+xml;base64,PHN2Zz4="/>"#,
            r#"<image href="//example.com/a.png"/>"#,
            "<style>@import 'https://example.com/a.css';</style>",
            "<style>a{fill:url(https://example.com/a)}</style>",
            r"<style>a{fill:u\72l(https://example.com/a)}</style>",
            "<style><![CDATA[a{background:url('//x')}]]></style>",
            r#"<rect style="fill:url( 'https://example.com/' )"/>"#,
            r#"<set attributeName="onmouseover" to="alert(1)"/>"#,
            r#"<animate attributeName="xlink:href" values="javascript:alert(1)"/>"#,
            "<text>&xxe;</text>",
            "<?xml-stylesheet href='a.css'?>",
            r#"<iframe src="https://example.com"/>"#,
            r#"<rect xml:base="https://example.com/"/>"#,
        ] {
            let (kind, code, _) = refused(&desk, "a.svg", Some("image/svg+xml"), svg(inside)).await;
            assert_eq!((kind, code), (Kind::UnsupportedMedia, "unsupported_media"), "{inside}");
        }
        let entity =
            r#"<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>"#;
        assert_eq!(refused(&desk, "a.svg", None, entity.into()).await.1, "unsupported_media");
        for broken in ["<svg><g></svg>", "<svg>", "<svg></svg><svg></svg>", "<svg a='1' a='2'/>"] {
            assert_eq!(refused(&desk, "a.svg", None, broken.into()).await.1, "unreadable_image", "{broken}");
        }
        assert_eq!(refused(&desk, "a.svg", None, svg(&"<g>".repeat(500))).await.1, "unreadable_image");
        assert_eq!(refused(&desk, "a.svg", None, svg(&" ".repeat(1_100_000))).await.1, "body_too_large");
        let harmless = r##"<style>.a{fill:url(#g)}</style><linearGradient id="g"/><use href="#g"/><text>A &amp; B &#7879;</text>
            <image href="data:image/png;base64,AAAA"/><!-- ghi chú -->"##;
        desk.send("a.svg", svg(harmless)).await.unwrap();
    })
    .await;
}

/// A PNG that states a size and has next to nothing in it.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let header = [&b"IHDR"[..], &width.to_be_bytes(), &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    let crc = header.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 })
    });
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0d", &header[..], &(!crc).to_be_bytes(), b"\0\0\0\0IEND\xae\x42\x60\x82"].concat()
}

#[tokio::test]
async fn a_small_file_that_unfolds_into_a_huge_picture_is_refused() {
    on_both(|test| async {
        let desk = Desk::of(test);
        for (name, bytes) in [
            ("a.png", bomb(60_000, 60_000)),
            ("a.png", bomb(20_001, 1)),
            ("a.png", bomb(10_001, 10_000)),
            ("a.png", bomb(u32::MAX / 2, 2)),
            ("a.gif", [&b"GIF89a\xff\xff\xff\xff\0\0\0"[..], b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x01\0\0\x3b"].concat()),
            ("a.webp", with(b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\x7f\xff\xff\x7f", 400)),
        ] {
            let error = desk.send(name, bytes).await.unwrap_err();
            assert_eq!((error.kind(), error.code()), (Kind::Invalid, "image_too_large"), "{name}: {error:?}");
            assert_eq!(faults(&error), [("/file".to_owned(), "image_too_large")]);
        }
        for (name, bytes) in [
            ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0".to_vec()),
            ("a.png", bomb(0, 5)),
            ("a.jpg", jpeg(60, 60)[..40].to_vec()),
            ("a.gif", b"GIF89a\x01".to_vec()),
            ("a.webp", with(b"RIFF\x16\0\0\0WEBPVP8X", 20)),
        ] {
            let error = desk.send(name, bytes).await.unwrap_err();
            assert_eq!((error.kind(), error.code()), (Kind::Invalid, "unreadable_image"), "{name}: {error:?}");
        }
        desk.assert_nothing_left().await;
    })
    .await;
}

#[tokio::test]
async fn a_picture_of_a_camera_that_was_held_upright_is_as_wide_as_it_is_shown() {
    let desk = Desk::of(testkit::sqlite().await);
    let found = desk.send("a.jpg", upright(&jpeg(60, 40))).await.unwrap();
    assert_eq!((found.row["width"].as_i64(), found.row["height"].as_i64()), (Some(40), Some(60)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn no_bytes_make_the_checks_panic(
        start in prop::sample::select(vec![
            &b""[..], b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", b"\xff\xd8\xff\xe1", b"GIF89a", b"RIFF\x16\0\0\0WEBPVP8X", b"RIFF\x16\0\0\0WEBPVP8 ",
            b"PK\x03\x04", b"PK\x05\x06", b"<svg ", b"<svg><style>", b"%PDF-", b"OggS", b"\x1a\x45\xdf\xa3", b"\0\0\0\x20ftyp", b"{", b"WEBVTT",
        ]),
        middle in prop::collection::vec(any::<u8>(), 0..600),
        end in prop::sample::select(vec![&b""[..], b"PK\x05\x06\0\0\0\0\x01\0\x01\0\xff\0\0\0\x10\0\0\0\0\0", b"/></svg>", b"\xc3"]),
        name in "[a-z]{0,3}(\\.(png|jpg|gif|webp|svg|zip|docx|txt|json|srt|mp4))?",
        cut in 1_usize..700,
    ) {
        let bytes = [start, &middle, end].concat();
        let outcome = media::check(&name, None, bytes.chunks(cut));
        if let Ok(format) = outcome {
            prop_assert!(media::accepted_media_types().any(|known| known == format.media_type));
        }
    }
}
