//! A part of the document, read element by element within bounds. Nothing is expanded that the part itself defines.

use super::damaged;
use crate::error::Bound;
use crate::{Error, Limits};
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use std::borrow::Cow;

/// Where an element's name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// The words of text documents, in either dialect.
    Word,
    /// Alternatives for programs of several ages.
    Compatibility,
    /// Formulas.
    Math,
    /// Anything else.
    Other,
}

impl Space {
    fn of(result: &ResolveResult<'_>) -> Self {
        let ResolveResult::Bound(Namespace(uri)) = result else { return Self::Other };
        match *uri {
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | b"http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            b"http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            b"http://schemas.openxmlformats.org/officeDocument/2006/math" | b"http://purl.oclc.org/ooxml/officeDocument/math" => {
                Self::Math
            }
            _ => Self::Other,
        }
    }
}

/// The beginning of an element.
pub(super) struct Tag<'x> {
    pub(super) space: Space,
    start: BytesStart<'x>,
}

impl Tag<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &[u8] {
        self.start.local_name().into_inner()
    }

    /// The value of an attribute by its name without prefix.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().into_inner() == name.as_bytes())?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// `w:val`.
    pub(super) fn val(&self) -> Option<String> {
        self.value("val")
    }

    /// A number in an attribute.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.value(name)?.trim().parse().ok()
    }

    /// Whether a property that is on unless it says otherwise is on.
    pub(super) fn on(&self) -> bool {
        !self.val().is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
    }
}

/// What is read next.
pub(super) enum Item<'x> {
    /// An element begins.
    Open(Tag<'x>),
    /// The innermost open element ends.
    Close,
    /// Characters.
    Text(Cow<'x, str>),
}

/// A part that is being read.
pub(super) struct Xml<'x> {
    reader: NsReader<&'x [u8]>,
    part: &'x str,
    depth: usize,
    deepest: usize,
}

impl<'x> Xml<'x> {
    pub(super) fn new(text: &'x str, part: &'x str, limits: &Limits) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, part, depth: 0, deepest: limits.depth }
    }

    pub(super) fn next(&mut self) -> Result<Option<Item<'x>>, Error> {
        loop {
            let (space, event) = self.reader.read_resolved_event().map_err(|_| damaged(self.part))?;
            match event {
                Event::Start(start) => {
                    let tag = Tag { space: Space::of(&space), start };
                    self.depth += 1;
                    if self.depth > self.deepest {
                        return Err(Error::TooLarge { bound: Bound::Depth, max: self.deepest as u64 });
                    }
                    return Ok(Some(Item::Open(tag)));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Item::Close));
                }
                Event::Text(text) => return Ok(Some(Item::Text(text.decode().map_err(|_| damaged(self.part))?))),
                Event::CData(text) => return Ok(Some(Item::Text(text.decode().map_err(|_| damaged(self.part))?))),
                Event::GeneralRef(reference) => {
                    let name = reference.decode().map_err(|_| damaged(self.part))?;
                    let c = match reference.resolve_char_ref().map_err(|_| damaged(self.part))? {
                        Some(c) => c,
                        None => predefined(&name).ok_or_else(|| damaged(self.part))?,
                    };
                    return Ok(Some(Item::Text(Cow::Owned(c.to_string()))));
                }
                // Office documents have none, and entities are defined in it.
                Event::DocType(_) => return Err(damaged(self.part)),
                Event::Eof if self.depth > 0 => return Err(damaged(self.part)),
                Event::Eof => return Ok(None),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// Passes over what is left of the innermost open element.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }
}

fn predefined(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
