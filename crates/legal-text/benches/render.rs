//! How fast documents that have been read are written, in megabytes of their text a second on one core.
//!
//! `cargo bench -p legal-text --bench render`. The texts are those of the shared reference data where they are there, else
//! texts of the project, repeated. Each figure is the best of several rounds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use legal_text::render::akn::{Akn, akn};
use legal_text::render::{docx, html, text, toc};
use legal_text::{Citation, LegalText, Version, compare, parse};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;
const LEAST: usize = 5_000_000;

fn main() {
    let (name, texts) = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} texts of {name}, {:.1} MB, best of {ROUNDS} rounds", texts.len(), megabytes(bytes));
    let read: Vec<(&str, LegalText)> = texts.iter().map(|text| (text.as_str(), parse(text))).collect();
    let link = |citation: &Citation| citation.number.as_ref().map(|number| format!("/van-ban/{number}"));
    let report = |what: &str, write: &dyn Fn(&str, &LegalText) -> usize| {
        let all = || read.iter().map(|(text, read)| write(text, read)).sum();
        let best = (0..ROUNDS).map(|_| timed(&all)).min().unwrap();
        println!("{what:14}{:8.1} MB/s", megabytes(bytes) / best.as_secs_f64());
    };
    report("Akoma Ntoso", &|text, read| akn(text, read, &Akn { link: &link, ..Akn::default() }).len());
    report("HTML", &|text, read| html::page(text, read, &link, Default::default()).len());
    report("DOCX", &|text, read| docx::docx(text, read, &link, (&[], &[])).unwrap().len());
    report("plain text", &|source, read| text(source, read).len());
    report("contents", &|_, read| toc(&read.nodes).len());
    report("comparison", &|text, read| compare(Version { text, read }, Version { text, read }).len());
}

fn timed(write: &dyn Fn() -> usize) -> Duration {
    let began = Instant::now();
    std::hint::black_box(write());
    began.elapsed()
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn texts() -> (&'static str, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var("CONGKHAI_SHARED").map_or_else(|_| root.join("../shared"), PathBuf::from);
    let real = read(&shared.join("data/legal"));
    if !real.is_empty() {
        return ("the shared reference data", real);
    }
    eprintln!("SKIPPED: {} is not here; texts of the project instead", shared.display());
    let own = read(&root.join("schema/demo/documents"));
    let bytes: usize = own.iter().map(String::len).sum();
    let times = LEAST / bytes.max(1) + 1;
    ("the project", own.iter().cycle().take(own.len() * times).cloned().collect())
}

/// The texts of a folder, as the parser gets them.
fn read(folder: &Path) -> Vec<String> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.sort();
    let text = |path: &PathBuf| {
        let extension = path.extension()?.to_str()?;
        let source = std::fs::read_to_string(path).ok()?;
        match extension {
            "txt" => Some(kernel::text::nfc(source)),
            "html" => Some(kernel::text::nfc(source_text::html::visible_text(&kernel::text::nfc(source)))),
            _ => None,
        }
    };
    files.iter().filter_map(text).collect()
}
