//! Measures how fast files are read: `cargo run --release -p source-text --example measure -- FILE …`.

use source_text::{Format, Limits, docx, html, pdf};
use std::time::{Duration, Instant};

/// How long each file is read again and again.
const TIME: Duration = Duration::from_secs(2);

fn main() {
    for path in std::env::args().skip(1) {
        match std::fs::read(&path) {
            Ok(bytes) => println!("{path}: {}", measure(&path, &bytes)),
            Err(error) => println!("{path}: {error}"),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate needs no more digits")]
fn measure(path: &str, bytes: &[u8]) -> String {
    let begin = Instant::now();
    let (mut times, mut amount, mut pages) = (0_u32, 0, 0);
    while begin.elapsed() < TIME {
        times += 1;
        match Format::of(path, bytes) {
            Ok(Some(Format::Docx)) => match docx::visible_text(bytes, &Limits::default()) {
                Ok(text) => amount = text.len(),
                Err(error) => return error.to_string(),
            },
            Ok(Some(Format::Pdf)) => match pdf::extract(bytes) {
                Ok(read) => (amount, pages) = (read.text.text().len(), read.text.pages.len()),
                Err(error) => return error.to_string(),
            },
            Ok(Some(Format::Html)) => amount = html::visible_text(&String::from_utf8_lossy(bytes)).len(),
            Ok(Some(Format::Text) | None) => return "no HTML, DOCX or PDF".to_owned(),
            Err(error) => return error.to_string(),
        }
    }
    let once = begin.elapsed().as_secs_f64() / f64::from(times);
    let rate = |of: usize| of as f64 / once;
    let (files, texts) = (rate(bytes.len()) / 1e6, rate(amount) / 1e6);
    let time = once * 1e3;
    if pages == 0 {
        format!("{time:.1} ms, {files:.1} MB/s of file, {texts:.1} MB/s of text")
    } else {
        format!("{time:.1} ms, {:.0} pages/s, {texts:.2} MB/s of text", rate(pages))
    }
}
