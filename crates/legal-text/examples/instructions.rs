//! Prints the instructions of the amending acts given as arguments, in plain text, one JSON object per line.

use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    for path in std::env::args().skip(1) {
        let text = kernel::text::nfc(String::from_utf8_lossy(&std::fs::read(&path)?).into_owned());
        let read = legal_text::parse(&text);
        for instruction in legal_text::amendments::instructions(&text, &read) {
            let said = text.get(instruction.span.0..instruction.span.1).unwrap_or_default();
            let wording = instruction.wording.and_then(|(from, to)| text.get(from..to));
            let line = serde_json::json!({ "file": path, "instruction": instruction, "said": said, "new": wording });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
