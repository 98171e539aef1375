//! Prints the evidence of the signatures in a PDF as JSON: `cargo run -p source-text --example signatures -- FILE`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let path = std::env::args().nth(1).unwrap_or_default();
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("usage: signatures FILE");
        return ExitCode::FAILURE;
    };
    match serde_json::to_string_pretty(&source_text::pdf::signatures(&bytes)) {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
