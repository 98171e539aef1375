//! Office Open XML text documents, in the dialect of Word and the strict one.

mod line;
mod notes;
mod numbering;
mod package;
mod paragraph;
mod styles;
mod symbol;
mod walk;
mod xml;

use crate::{Error, Format, Limits};
use notes::Notes;
use numbering::Numbering;
use package::Package;
use styles::Styles;
use walk::Walk;

/// Gives the text that Word shows of a document: one paragraph a line.
///
/// * Table cells and breaks become line breaks, white space inside a line is one space. Line breaks are `\n`.
/// * The labels of automatic numbering are part of the text (`Điều 1. `, `a) `), as Word counts them.
/// * Of tracked changes the result is read: what was inserted or moved to, not what was deleted or moved away.
/// * Hidden text and the codes of fields are left out, the fields' results are not. Text boxes are read once, after
///   the paragraph that holds them.
/// * Footnotes and endnotes are marked `[1]`, `[i]` where they are referred to, and stand at the end of the text,
///   a line each or more, after the same mark: printed at the foot of a page they are in no sentence either.
/// * Headers and footers, comments, charts and diagrams are left out. A document that shows another one that lies in
///   it (`altChunk`, `subDoc`) is refused.
///
/// The text is as the document has it, in whatever normal form. Nothing is read beyond `limits`.
pub fn visible_text(bytes: &[u8], limits: &Limits) -> Result<String, Error> {
    let mut package = Package::open(bytes, limits)?;
    let main = package.main_part()?;
    let text = package.part(&main)?.ok_or_else(|| damaged(&main))?;
    let relations = package.relations(&main)?;
    let mut part = |kind: &str| -> Result<Option<(String, String)>, Error> {
        match relations.iter().find(|relation| relation.kind == kind) {
            Some(relation) => Ok(package.part(&relation.target)?.map(|text| (text, relation.target.clone()))),
            None => Ok(None),
        }
    };
    let styles = match part("styles")? {
        Some((text, name)) => Styles::read(&text, &name, limits)?,
        None => Styles::default(),
    };
    let mut numbering = match part("numbering")? {
        Some((text, name)) => Numbering::read(&text, &name, limits)?,
        None => Numbering::default(),
    };
    let mut notes = Notes::default();
    let mut walk = Walk::new(&styles, &mut numbering, &mut notes, limits);
    walk.document(&text, &main)?;
    let mut lines = walk.finish();
    if notes.referred() {
        for (kind, name) in [(notes::Kind::Foot, "footnotes"), (notes::Kind::End, "endnotes")] {
            if let Some((text, name)) = part(name)? {
                let mut nothing = Notes::default();
                let found = Walk::new(&styles, &mut numbering, &mut nothing, limits).notes(&text, &name)?;
                notes.found(kind, found);
            }
        }
        lines.extend(notes.lines());
    }
    let text = lines.join("\n");
    Ok(text.trim_matches('\n').to_owned())
}

fn damaged(part: &str) -> Error {
    Error::Damaged { format: Format::Docx, part: part.to_owned() }
}
