//! How fast texts are read, in megabytes a second on one core: the header alone, everything, and the slowest of the
//! texts that were made to be slow, in seconds a megabyte.
//!
//! `cargo bench -p legal-text`. The texts are those of the shared reference data where they are there, else texts of the
//! project, repeated. Each figure is the best of several rounds.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[path = "../tests/hostile_texts/mod.rs"]
mod hostile_texts;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;
const LEAST: usize = 5_000_000;

fn main() {
    let (name, texts) = texts();
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} texts of {name}, {:.1} MB, best of {ROUNDS} rounds", texts.len(), megabytes(bytes));
    report("header", bytes, || texts.iter().map(|text| legal_text::header(text).warnings.len()).sum());
    report("everything", bytes, || texts.iter().map(|text| legal_text::parse(text).nodes.len()).sum());
    let slow = hostile_texts::all().map(|(name, text)| (seconds_per_megabyte(&text), name));
    let mut slow: Vec<(f64, String)> = slow.collect();
    slow.sort_by(|a, b| b.0.total_cmp(&a.0));
    println!("worst of {} hostile texts: {}, {:.2} s/MB", slow.len(), slow[0].1, slow[0].0);
    if std::env::var_os("HOSTILE").is_some() {
        slow.iter().for_each(|(seconds, name)| println!("{seconds:8.2} s/MB  {name}"));
    }
}

/// The better of two rounds.
fn seconds_per_megabyte(text: &str) -> f64 {
    let read = || legal_text::parse(text).nodes.len();
    let best = (0..2).map(|_| timed(read)).min().unwrap();
    best.as_secs_f64() / megabytes(text.len())
}

fn report(what: &str, bytes: usize, read: impl Fn() -> usize) {
    let best = (0..ROUNDS).map(|_| timed(&read)).min().unwrap();
    println!("{what:12}{:8.1} MB/s", megabytes(bytes) / best.as_secs_f64());
}

fn timed(read: impl Fn() -> usize) -> Duration {
    let began = Instant::now();
    std::hint::black_box(read());
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
