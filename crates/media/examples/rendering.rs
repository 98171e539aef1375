//! Makes renditions of a picture of so many megapixels and prints what they took:
//!
//! ```sh
//! cargo run -p media --example rendering -- 12
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use bytes::Bytes;
use futures_util::stream;
use kernel::{Call, Id};
use media::{Library, Limits, Rendition, Upload};
use std::convert::Infallible;
use std::time::Instant;

/// The most memory this process has had, in kilobytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// A picture of slopes and grain, four wide and three high; made in a process of its own, whose memory is not counted.
fn picture(megapixels: u32) -> Vec<u8> {
    let unit = f64::from(megapixels * 1_000_000 / 12).sqrt();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let unit = unit as u32;
    let grain = |x: u32, y: u32| u8::try_from((x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) >> 27).unwrap();
    let colour = |x: u32, y: u32| {
        let slope = |at: u32, of: u32| u8::try_from(at * 200 / of).unwrap();
        image::Rgb([slope(x, unit * 4) + grain(x, y), slope(y, unit * 3) + grain(y, x), 90 + grain(x + 7, y)])
    };
    let mut out = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_fn(unit * 4, unit * 3, colour).write_to(&mut out, image::ImageFormat::Jpeg).unwrap();
    out.into_inner()
}

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let megapixels: u32 = arguments.get(1).map_or(12, |argument| argument.parse().expect("megapixels"));
    if arguments.len() > 2 {
        std::fs::write(&arguments[2], picture(megapixels)).unwrap();
        return;
    }
    let test = testkit::sqlite().await;
    let path = test.folder.path().join("picture.jpg");
    let made = std::process::Command::new(&arguments[0]).arg(megapixels.to_string()).arg(&path).status();
    assert!(made.unwrap().success());
    let bytes = Bytes::from(std::fs::read(&path).unwrap());
    let library = Library::new(test.db.clone(), &testkit::files(test.folder.path()), testkit::clock(), Limits::default());
    let upload = Upload { file_name: "anh.jpg".to_owned(), ..Upload::default() };
    let call = Call::operator();
    println!("JPEG of {} bytes", bytes.len());
    let found = library.upload(&call, upload, stream::iter([Ok::<_, Infallible>(bytes)])).await.unwrap();
    let id = Id::parse(found.row["id"].as_str().unwrap()).unwrap();
    let file = library.open(&call.actor, id).await.unwrap().unwrap();
    println!("memory {} kB before", peak());
    for (width, format) in [("320", "jpeg"), ("1280", "jpeg"), ("1280", "png"), ("1280", "webp")] {
        let asked = Rendition::parse([("width", width), ("format", format)]).unwrap().unwrap();
        let begun = Instant::now();
        let rendered = library.rendition(&file, &asked).await.unwrap();
        let making = begun.elapsed();
        let begun = Instant::now();
        library.rendition(&file, &asked).await.unwrap();
        let (size, again) = (rendered.bytes.len(), begun.elapsed());
        println!(
            "width={width} format={format}: {size} bytes in {making:.0?}, again in {again:.1?}; memory {} kB at most",
            peak()
        );
    }
}
