//! `congkhai legal-text`: what is read in a file, without an installation.

use crate::cli::ParseOptions;
use crate::import::language;
use crate::{Failure, installation};
use kernel::Fault;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use store::sha256_hex;

/// Prints one file as JSON on standard output.
pub fn parse(options: &ParseOptions) -> Result<ExitCode, Failure> {
    let (name, bytes) = source(&options.file)?;
    let sha256 = sha256_hex(&bytes);
    let told = |error: source_text::Error| format!("{}: {}", options.file.display(), error.text().get(language()));
    let reading = installation::reader()?.read(&name, &bytes).map_err(told)?;
    let text = reading.text.unwrap_or_default();
    let read = legal_text::parse(&text);
    let printed = read.with_text(&text, Some(&sha256));
    let mut out = std::io::stdout().lock();
    if options.pretty {
        serde_json::to_writer_pretty(&mut out, &printed)?;
    } else {
        serde_json::to_writer(&mut out, &printed)?;
    }
    writeln!(out)?;
    Ok(ExitCode::SUCCESS)
}

/// Name and bytes of a file.
fn source(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(("-.txt".to_owned(), bytes));
    }
    let bytes = std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes))
}
