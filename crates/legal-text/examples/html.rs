//! Writes the files given as arguments as HTML pages: `html FOLDER FILE…` makes `FOLDER/FILE.html` for each.

use legal_text::render::html::page;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_default();
    for path in arguments {
        let source = kernel::text::nfc(String::from_utf8_lossy(&std::fs::read(&path)?).into_owned());
        let text = if path.ends_with(".html") { kernel::text::nfc(source_text::html::visible_text(&source)) } else { source };
        let read = legal_text::parse(&text);
        let link = |citation: &legal_text::Citation| citation.number.as_ref().map(|number| format!("/so/{number}"));
        let name = Path::new(&path).file_name().unwrap_or_default().to_string_lossy().into_owned();
        std::fs::write(Path::new(&folder).join(format!("{name}.html")), page(&text, &read, &link, Default::default()))?;
    }
    Ok(())
}
