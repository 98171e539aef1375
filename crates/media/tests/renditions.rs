//! Pictures in other sizes.

use crate::desk::{Desk, jpeg, picture, pieces, png, upright};
use image::{DynamicImage, GenericImageView, ImageFormat};
use kernel::Fault;
use media::{Error, Limits, MediaFile, Rendered, Rendition, Upload};
use testkit::on_both;

fn asked(query: &str) -> Rendition {
    Rendition::parse(query.split('&').map(|pair| pair.split_once('=').unwrap())).unwrap().unwrap()
}

fn read(rendered: &Rendered) -> DynamicImage {
    let format = ImageFormat::from_mime_type(rendered.media_type).unwrap();
    image::load_from_memory_with_format(&rendered.bytes, format).unwrap()
}

async fn sent(desk: &Desk, name: &str, bytes: Vec<u8>) -> MediaFile {
    let found = desk.send(name, bytes).await.unwrap();
    desk.open(&found).await
}

#[tokio::test]
async fn a_picture_is_given_out_in_the_sizes_that_are_asked_for() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let file = sent(&desk, "a.jpg", jpeg(1000, 500)).await;
        for (query, size, media_type) in [
            ("width=320", (320, 160), "image/jpeg"),
            ("height=160", (320, 160), "image/jpeg"),
            ("width=320&height=80", (160, 80), "image/jpeg"),
            ("width=1920", (1000, 500), "image/jpeg"),
            ("width=320&height=320&fit=cover", (320, 320), "image/jpeg"),
            ("width=320&height=320&fit=contain", (320, 320), "image/jpeg"),
            ("width=1280&height=1280&fit=contain&format=png", (1280, 1280), "image/png"),
            ("width=1280&height=960&fit=cover", (1280, 960), "image/jpeg"),
            ("width=160&format=png", (160, 80), "image/png"),
            ("format=webp", (1000, 500), "image/webp"),
        ] {
            let rendered = desk.library.rendition(&file, &asked(query)).await.unwrap();
            assert_eq!((read(&rendered).dimensions(), rendered.media_type), (size, media_type), "{query}");
        }
        let cover = read(&desk.library.rendition(&file, &asked("width=320&height=320&fit=cover&format=png")).await.unwrap());
        let (left, right) = (cover.get_pixel(10, 160), cover.get_pixel(310, 160));
        assert!(left.0[0] > 150 && right.0[2] > 150, "cut from the middle: {left:?} {right:?}");
        let framed = read(&desk.library.rendition(&file, &asked("width=320&height=320&fit=contain&format=png")).await.unwrap());
        assert_eq!(framed.get_pixel(160, 10).0[3], 0, "what is around it is seen through");
        assert!(framed.get_pixel(20, 160).0[0] > 150);
    })
    .await;
}

#[tokio::test]
async fn other_sizes_and_words_are_refused_with_those_that_there_are() {
    let refused = |query: &str| {
        let error = Rendition::parse(query.split('&').map(|pair| pair.split_once('=').unwrap())).unwrap_err();
        (error.code(), error.text().en)
    };
    for (query, names) in [
        ("width=333", "width takes: 80, 160"),
        ("height=0", "height takes: 80"),
        ("width=-80", "width takes"),
        ("width=80&fit=stretch", "fit takes: inside, cover, contain"),
        ("format=avif", "format takes: jpeg, png, webp"),
        ("width=80&fit=cover", "height takes"),
        ("fit=contain&height=80", "width takes"),
        ("fit=inside", "width takes"),
    ] {
        let (code, text) = refused(query);
        assert!(code == "invalid_parameter" && text.contains(names), "{query}: {text}");
    }
    assert_eq!(refused("widht=80").0, "unknown_parameter");
    assert_eq!(Rendition::parse([]).unwrap(), None);
    let desk = Desk::of(testkit::sqlite().await);
    let text = sent(&desk, "a.txt", b"chu".to_vec()).await;
    assert!(matches!(desk.library.rendition(&text, &asked("width=80")).await, Err(Error::NoRendition)));
}

#[tokio::test]
async fn a_picture_held_upright_is_turned_and_what_the_camera_wrote_stays_behind() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let original = upright(&jpeg(400, 200));
        assert!(original.windows(10).any(|window| window == b"GPS-SECRET"));
        let file = sent(&desk, "a.jpg", original).await;
        for (query, size) in [
            ("width=80", (80, 160)),
            ("height=80", (40, 80)),
            ("width=80&height=160&fit=cover", (80, 160)),
            ("width=160&height=160&fit=contain", (160, 160)),
        ] {
            for format in ["jpeg", "png", "webp"] {
                let rendered = desk.library.rendition(&file, &asked(&format!("{query}&format={format}"))).await.unwrap();
                assert_eq!(read(&rendered).dimensions(), size, "{query}");
                for trace in [&b"GPS-SECRET"[..], b"Exif", b"eXIf", b"EXIF", b"2020:12"] {
                    assert!(!rendered.bytes.windows(trace.len()).any(|window| window == trace));
                }
            }
        }
        let shown = read(&desk.library.rendition(&file, &asked("width=80")).await.unwrap());
        assert!(shown.get_pixel(40, 10).0[0] > 150 && shown.get_pixel(40, 150).0[2] > 150, "what was left is above");
    })
    .await;
}

#[tokio::test]
async fn a_rendition_is_made_once_and_kept() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let file = sent(&desk, "a.png", png(900, 900)).await;
        let rendition = asked("width=640");
        let all = futures_util::future::join_all((0..8).map(|_| desk.library.rendition(&file, &rendition))).await;
        let first = all[0].as_ref().unwrap();
        assert!(all.iter().all(|other| other.as_ref().unwrap() == first));
        if let Some(left) = desk.left() {
            let kept = left.iter().find(|path| path.components().any(|part| part.as_os_str() == "derived")).unwrap();
            assert_eq!(left.len(), 2);
            // Another picture in its place is given out: it is not made again.
            std::fs::write(kept, jpeg(7, 7)).unwrap();
            let again = desk.library.rendition(&file, &rendition).await.unwrap();
            assert_eq!((again.media_type, read(&again).dimensions()), ("image/jpeg", (7, 7)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_rendition_made_while_its_picture_is_deleted_leaves_nothing() {
    on_both(|test| async {
        let desk = Desk::of(test);
        for _ in 0..5 {
            let found = desk.send("a.jpg", jpeg(700, 700)).await.unwrap();
            let file = desk.open(&found).await;
            let rendition = asked("width=640");
            let (_, gone) = tokio::join!(desk.library.rendition(&file, &rendition), desk.delete(&found));
            gone.unwrap();
            desk.assert_nothing_left().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_damaged_picture_has_no_rendition() {
    on_both(|test| async {
        let desk = Desk::of(test);
        let whole = png(300, 300);
        let file = sent(&desk, "a.png", whole[..whole.len() / 2].to_vec()).await;
        let error = desk.library.rendition(&file, &asked("width=80")).await.unwrap_err();
        assert_eq!(error.code(), "unreadable_image");
    })
    .await;
}

#[tokio::test]
async fn pictures_of_every_kind_and_shape_are_rendered() {
    let desk = Desk::with(testkit::sqlite().await, Limits::default());
    let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(200, 100, image::Rgba([255, 0, 0, 0])));
    let grey = DynamicImage::ImageLuma16(image::ImageBuffer::from_pixel(200, 100, image::Luma([40_000])));
    let encoded = |picture: &DynamicImage, format| {
        let mut out = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    };
    for (name, bytes, media_type) in [
        ("a.webp", picture(200, 100, ImageFormat::WebP), "image/jpeg"),
        ("b.webp", encoded(&clear, ImageFormat::WebP), "image/webp"),
        ("c.png", encoded(&clear, ImageFormat::Png), "image/png"),
        ("d.gif", picture(200, 100, ImageFormat::Gif), "image/png"),
        ("e.png", encoded(&grey, ImageFormat::Png), "image/png"),
    ] {
        let file = sent(&desk, name, bytes).await;
        let rendered = desk.library.rendition(&file, &asked("width=80")).await.unwrap();
        assert_eq!((rendered.media_type, read(&rendered).dimensions()), (media_type, (80, 40)), "{name}");
        let white = read(&desk.library.rendition(&file, &asked("width=80&format=jpeg")).await.unwrap());
        assert!(!matches!(name, "b.webp" | "c.png") || white.get_pixel(3, 3).0[1] > 250, "{name}: on white");
    }
    let line = sent(&desk, "line.png", png(20_000, 1)).await;
    for (query, size) in [("width=80", (80, 1)), ("width=80&height=160&fit=cover", (80, 160)), ("height=80", (20_000, 1))] {
        let rendered = desk.library.rendition(&line, &asked(query)).await.unwrap();
        assert_eq!(read(&rendered).dimensions(), size, "{query}");
    }
    let upload = Upload { file_name: "x.png".into(), ..Upload::default() };
    desk.library.upload(&desk.editor, upload, pieces(png(3, 3), 1)).await.unwrap();
}
