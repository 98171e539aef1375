//! Applies amending acts to a base text, one after the other: `consolidate [--text FILE] BASE AMENDING…`.
//! Prints one JSON line for each amending act; with `--text` the resulting text is written to a file.

use std::io::Write;

fn read(path: &str) -> std::io::Result<String> {
    let source = kernel::text::nfc(String::from_utf8_lossy(&std::fs::read(path)?).into_owned());
    Ok(if path.ends_with(".html") { kernel::text::nfc(legal_text::visible_text(&source)) } else { source })
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).peekable();
    let written = if arguments.next_if(|one| one == "--text").is_some() { arguments.next() } else { None };
    let Some(base) = arguments.next() else { return Ok(()) };
    let mut text = read(&base)?;
    let mut out = std::io::stdout().lock();
    for path in arguments {
        let amending_text = read(&path)?;
        let amending = legal_text::parse(&amending_text);
        let found = legal_text::instructions(&amending_text, &amending);
        let parsed = legal_text::parse(&text);
        let chosen: Vec<&legal_text::Instruction> = found.iter().filter(|one| one.amends(&parsed.header)).collect();
        let number = amending.header.number.clone().unwrap_or_default();
        let done = legal_text::apply(
            &text,
            &parsed,
            legal_text::Amending {
                number: &number,
                text: &amending_text,
                instructions: &chosen,
                effective_on: amending.header.effective_on,
            },
        );
        let refused: Vec<_> = done.not_applied.iter().map(|(one, reason)| {
            let said = amending_text.get(one.span.0..one.span.1).unwrap_or_default();
            serde_json::json!({ "instruction": one, "said": said, "code": reason.code(), "reason": reason, "text": reason.text().en })
        }).collect();
        let line = serde_json::json!({
            "base": base, "amending": path, "found": chosen.len(),
            "understood": chosen.iter().filter(|one| one.is_understood()).count(),
            "applied": done.applied.len(), "not_applied": refused, "notes": done.notes,
        });
        writeln!(out, "{line}")?;
        text = done.text;
    }
    if let Some(path) = written {
        std::fs::write(path, &text)?;
    }
    Ok(())
}
