//! What paragraphs and characters have by their style.

use super::xml::{Item, Space, Tag, Xml};
use crate::{Error, Limits};
use std::collections::HashMap;

/// Styles that one is based on, at most; a circle ends there.
const LONGEST: usize = 32;

/// A property that a style may turn over.
#[derive(Debug, Clone, Copy)]
pub(super) enum Toggle {
    /// The text is not shown.
    Hidden,
    /// The text is shown in capitals.
    Capitals,
}

/// One style.
#[derive(Debug, Default)]
pub(super) struct Style {
    based_on: Option<String>,
    hidden: Option<bool>,
    capitals: Option<bool>,
    /// The list its paragraphs are in.
    pub(super) list: Option<i64>,
    /// The level its paragraphs have in the list.
    pub(super) level: Option<u8>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    paragraph: Option<String>,
}

impl Styles {
    pub(super) fn read(text: &str, part: &str, limits: &Limits) -> Result<Self, Error> {
        let mut xml = Xml::new(text, part, limits);
        let mut styles = Self::default();
        let mut current: Option<(String, Style)> = None;
        while let Some(item) = xml.next()? {
            let Item::Open(tag) = item else { continue };
            match (tag.space, tag.name(), &mut current) {
                (Space::Word, b"style", current) => {
                    styles.keep(current.take());
                    let Some(id) = tag.value("styleId") else { continue };
                    let usual = tag.value("default").is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
                    if usual && tag.value("type").is_none_or(|kind| kind == "paragraph") {
                        styles.paragraph = Some(id.clone());
                    }
                    *current = Some((id, Style::default()));
                }
                // Of a table's style these are the look of some cells.
                (Space::Word, b"tblStylePr" | b"pPrChange" | b"rPrChange", _) => xml.skip()?,
                (Space::Word, _, Some((_, style))) => style.take(&tag),
                _ => {}
            }
        }
        styles.keep(current);
        Ok(styles)
    }

    fn keep(&mut self, style: Option<(String, Style)>) {
        if let Some((id, style)) = style {
            self.by_id.entry(id).or_insert(style);
        }
    }

    /// The style of a paragraph that names none.
    pub(super) fn paragraph(&self) -> Option<&str> {
        self.paragraph.as_deref()
    }

    /// A style and those it is based on, nearest first.
    pub(super) fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let known = move |id: &'s str| Some((id, self.by_id.get(id)?));
        let next = move |(_, style): &(&'s str, &'s Style)| known(style.based_on.as_deref()?);
        std::iter::successors(id.and_then(known), next).take(LONGEST)
    }

    /// Whether a style turns a property on.
    pub(super) fn turns_on(&self, id: Option<&str>, toggle: Toggle) -> bool {
        let stated = |(_, style): (&str, &Style)| match toggle {
            Toggle::Hidden => style.hidden,
            Toggle::Capitals => style.capitals,
        };
        self.chain(id).find_map(stated).unwrap_or(false)
    }
}

impl Style {
    fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            b"basedOn" => self.based_on = tag.val(),
            b"vanish" => self.hidden = Some(tag.on()),
            b"caps" => self.capitals = Some(tag.on()),
            b"numId" => self.list = tag.number("val"),
            b"ilvl" => self.level = tag.number("val").and_then(|level| level.try_into().ok()),
            _ => {}
        }
    }
}
