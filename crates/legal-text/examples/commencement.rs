//! Prints when the acts given as arguments, in plain text, take effect, one JSON object per line.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let text = kernel::text::nfc(String::from_utf8_lossy(&std::fs::read(&path)?).into_owned());
        let read = legal_text::parse(&text);
        let found = legal_text::commencement(&text, &read);
        let line = serde_json::json!({
            "file": path, "number": read.header.number, "doc_type": read.header.doc_type,
            "effective_on": read.header.effective_on.map(|day| day.to_string()), "commencement": found,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
