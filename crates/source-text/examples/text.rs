//! Prints the text of a file: `cargo run -p source-text --example text -- FILE`.

use source_text::child::{Program, child_main};
use source_text::{Reader, Reading};
use std::error::Error;
use std::process::ExitCode;

const CHILD: &str = "--child";

fn main() -> ExitCode {
    let Some(path) = std::env::args().nth(1) else {
        eprintln!("usage: text FILE");
        return ExitCode::FAILURE;
    };
    if path == CHILD {
        return child_main();
    }
    match read(&path) {
        Ok(Reading { text: Some(text), .. }) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Ok(_) => {
            eprintln!("a scan");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn read(path: &str) -> Result<Reading, Box<dyn Error>> {
    Ok(Reader::new(Program::this([CHILD])?).read(path, &std::fs::read(path)?)?)
}
