//! Prints the text of a DOCX or PDF file: `cargo run -p source-text --example text -- FILE`.

use source_text::{Format, Limits, docx, pdf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: text FILE");
        return ExitCode::FAILURE;
    };
    let read = std::fs::read(&path).map_err(|error| error.to_string());
    let text = read.and_then(|bytes| {
        let text = match Format::of(&path, &bytes) {
            Ok(Some(Format::Docx)) => docx::visible_text(&bytes, &Limits::default()),
            Ok(Some(Format::Pdf)) => pdf::text(&bytes).map(|text| text.text()),
            Ok(None) => return Err("neither DOCX nor PDF".to_owned()),
            Err(error) => Err(error),
        };
        text.map_err(|error| error.to_string())
    });
    match text {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
