//! The archive that a document is: its parts, unpacked within bounds, and how they refer to each other.

use super::damaged;
use super::xml::{Item, Xml};
use crate::error::Bound;
use crate::format::{OLE, compound};
use crate::{Error, Format, Limits};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// A document's archive.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    limits: Limits,
    unpacked: u64,
}

/// One part refers to another.
pub(super) struct Relation {
    /// The last step of the relation's type: `styles`, `officeDocument`. Both dialects of the format share it.
    pub(super) kind: String,
    /// The name of the part it leads to.
    pub(super) target: String,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Result<Self, Error> {
        if bytes.len() > limits.file {
            return Err(Error::TooLarge { bound: Bound::FileBytes, max: limits.file as u64 });
        }
        if bytes.starts_with(&OLE) {
            return Err(compound(bytes));
        }
        if !bytes.starts_with(b"PK") {
            return Err(Error::NotThis { format: Format::Docx });
        }
        // The directory is read whole before anybody can count it, so its entries are counted first.
        if bytes.windows(4).filter(|four| four == b"PK\x01\x02").count() > limits.parts {
            return Err(Error::TooLarge { bound: Bound::Parts, max: limits.parts as u64 });
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("archive"))?;
        Ok(Self { archive, limits: *limits, unpacked: 0 })
    }

    /// The text of a part, where there is one of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Error> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let max = self.limits.unpacked.saturating_sub(self.unpacked);
        let part = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => Error::Encrypted { format: Format::Docx },
            _ => damaged(name),
        })?;
        let mut bytes = Vec::new();
        part.take(max + 1).read_to_end(&mut bytes).map_err(|_| damaged(name))?;
        let read = bytes.len() as u64;
        if read > max {
            return Err(Error::TooLarge { bound: Bound::UnpackedBytes, max: self.limits.unpacked });
        }
        self.unpacked += read;
        decode(bytes).map(Some).ok_or_else(|| damaged(name))
    }

    /// The part that is the document itself.
    pub(super) fn main_part(&mut self) -> Result<String, Error> {
        let relations = self.relations("")?;
        let main = relations.into_iter().find(|relation| relation.kind == "officeDocument");
        main.map(|relation| relation.target).ok_or(Error::NotThis { format: Format::Docx })
    }

    /// What a part refers to within the archive; the archive itself is the part without a name.
    pub(super) fn relations(&mut self, part: &str) -> Result<Vec<Relation>, Error> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        let Some(text) = self.part(&name)? else { return Ok(Vec::new()) };
        let mut xml = Xml::new(&text, &name, &self.limits);
        let mut relations = Vec::new();
        while let Some(item) = xml.next()? {
            let Item::Open(tag) = item else { continue };
            let outside = tag.value("TargetMode").is_some_and(|mode| mode == "External");
            if tag.name() == b"Relationship"
                && !outside
                && let (Some(kind), Some(target)) = (tag.value("Type"), tag.value("Target"))
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.push(Relation { kind, target: resolve(folder, &target) });
            }
        }
        Ok(relations)
    }

    /// Part names are the same in capitals and small letters.
    fn index(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name).or_else(|| {
            (0..self.archive.len()).find(|index| {
                let found = self.archive.name_for_index(*index);
                found.is_some_and(|found| found.is_ok_and(|found| found.eq_ignore_ascii_case(name)))
            })
        })
    }
}

/// The name of the part that `target` means in `folder`.
fn resolve(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// A part is UTF-8 or UTF-16.
fn decode(bytes: Vec<u8>) -> Option<String> {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?)));
        char::decode_utf16(units).collect::<Result<String, _>>().ok()
    };
    let text = match bytes.as_slice() {
        [0xff, 0xfe, ..] | [b'<', 0, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] | [0, b'<', ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8(bytes).ok(),
    }?;
    match text.strip_prefix('\u{feff}') {
        Some(rest) => Some(rest.to_owned()),
        None => Some(text),
    }
}
