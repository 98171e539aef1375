//! A program that reads PDFs for its parent, and, asked to, one that misbehaves in every way a child can.

use source_text::child::{begin, child_main};
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

// The server has it too, and an allocator may take more memory than it gives.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let conduct = std::env::args().nth(1).unwrap_or_default();
    if conduct == "read" {
        return child_main();
    }
    if conduct == "deaf" {
        std::thread::sleep(Duration::from_secs(3600));
    }
    let Ok(bytes) = begin() else { return ExitCode::FAILURE };
    match conduct.as_str() {
        "panic" => panic!("a defect"),
        "abort" => std::process::abort(),
        "overflow" => println!("{}", descend(bytes.len())),
        "compute" => compute(),
        "sleep" => std::thread::sleep(Duration::from_secs(3600)),
        "hog" => hog(),
        "nonsense" => print!("{{\"Ok\": 12}}"),
        "flood" => flood(),
        "environment" => return environment(),
        "write" => return write(),
        _ => {}
    }
    ExitCode::SUCCESS
}

/// Calls itself until there is no room for another call.
#[expect(unconditional_recursion, reason = "that is what it is for")]
fn descend(depth: usize) -> usize {
    let room = std::hint::black_box([depth; 1024]);
    descend(depth + 1) + room.iter().sum::<usize>()
}

fn compute() {
    let mut number = 1_u64;
    loop {
        number = std::hint::black_box(number.wrapping_mul(31));
    }
}

fn hog() {
    let mut all = Vec::new();
    loop {
        all.push(std::hint::black_box(vec![1_u8; 16 << 20]));
    }
}

fn flood() {
    let line = [b'x'; 64 * 1024];
    while std::io::stdout().write_all(&line).is_ok() {}
}

/// Succeeds where it sees something of its parent's environment.
fn environment() -> ExitCode {
    if std::env::var_os("PATH").is_some() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Succeeds where it can write a file.
fn write() -> ExitCode {
    let path = std::env::temp_dir().join(format!("source-text-child-{}", std::process::id()));
    let written = std::fs::write(&path, "x").is_ok();
    let _ = std::fs::remove_file(&path);
    if written { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
