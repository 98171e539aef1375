//! Prints the header fields of the files given as arguments, one JSON object per line.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let source = kernel::text::nfc(String::from_utf8_lossy(&std::fs::read(&path)?).into_owned());
        let text = if path.ends_with(".html") { kernel::text::nfc(source_text::html::visible_text(&source)) } else { source };
        let line = serde_json::json!({ "file": path, "text": text, "header": legal_text::header(&text) });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
