//! Applies amending acts to a base text, all in plain text, one after the other:
//! `consolidate [--text FILE] BASE AMENDING…`. Prints one JSON line for each amending act: how many of its instructions are for
//! the base, are understood, were applied, and why others were not. With `--text` the resulting text is written to a file.

use legal_text::amendments::{Amending, Instruction, apply, instructions};
use std::io::Write;

fn read(path: &str) -> std::io::Result<String> {
    Ok(kernel::text::nfc(String::from_utf8_lossy(&std::fs::read(path)?).into_owned()))
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
        let found = instructions(&amending_text, &amending);
        let parsed = legal_text::parse(&text);
        let chosen: Vec<&Instruction> = found.iter().filter(|one| one.amends(&parsed.header)).collect();
        let number = amending.header.number.clone().unwrap_or_default();
        let effective_on = amending.header.effective_on;
        let from = Amending { number: &number, text: &amending_text, instructions: &chosen, effective_on };
        let done = apply(&text, &parsed, from);
        let not_applied: Vec<_> = done
            .not_applied
            .iter()
            .map(|(one, reason)| {
                let said = amending_text.get(one.span.0..one.span.1).unwrap_or_default();
                serde_json::json!({ "instruction": one, "said": said, "code": reason.code(), "reason": reason })
            })
            .collect();
        let line = serde_json::json!({
            "base": base, "amending": path, "found": chosen.len(),
            "understood": chosen.iter().filter(|one| one.is_understood()).count(),
            "applied": done.applied.len(), "not_applied": not_applied, "notes": done.notes,
        });
        writeln!(out, "{line}")?;
        text = done.text;
    }
    if let Some(path) = written {
        std::fs::write(path, &text)?;
    }
    Ok(())
}
