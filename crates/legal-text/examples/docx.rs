//! Writes the files given as arguments as DOCX: `docx FOLDER FILE…` makes `FOLDER/FILE.docx` for each.

use legal_text::render::docx::docx;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_default();
    for path in arguments {
        let source = kernel::text::nfc(String::from_utf8_lossy(&std::fs::read(&path)?).into_owned());
        let text = if path.ends_with(".html") { kernel::text::nfc(source_text::html::visible_text(&source)) } else { source };
        let read = legal_text::parse(&text);
        let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        std::fs::write(Path::new(&folder).join(format!("{name}.docx")), docx(&text, &read, &|_| None, (&[], &[]))?)?;
    }
    Ok(())
}
