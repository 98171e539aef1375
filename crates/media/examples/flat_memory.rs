//! Sends a film of so many megabytes and prints how much memory that took:
//!
//! ```sh
//! cargo run -p media --example flat_memory -- 300
//! ```
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use bytes::Bytes;
use futures_util::stream;
use kernel::Call;
use media::{Library, Limits, Upload};
use std::convert::Infallible;

/// The most memory this process has had, in kilobytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

#[tokio::main]
async fn main() {
    let megabytes: usize = std::env::args().nth(1).map_or(300, |argument| argument.parse().expect("megabytes"));
    let test = testkit::sqlite().await;
    let library = Library::new(test.db.clone(), &testkit::files(test.folder.path()), testkit::clock(), Limits::default());
    let before = peak();
    let begun = std::time::Instant::now();
    let piece = |at: usize| {
        let mut piece = vec![u8::try_from(at % 256).unwrap(); 64 * 1024];
        if at == 0 {
            piece[..24].copy_from_slice(b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2");
        }
        Ok::<_, Infallible>(Bytes::from(piece))
    };
    let upload = Upload { file_name: "phim.mp4".to_owned(), ..Upload::default() };
    let found = library.upload(&Call::operator(), upload, stream::iter((0..megabytes * 16).map(piece))).await.unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    println!("{} bytes in {seconds:.1} s; memory {before} kB before, {} kB at most", found.row["size"], peak());
}
