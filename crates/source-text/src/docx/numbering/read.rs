//! Reading of the part that has the lists.

use super::count::Counting;
use super::{LARGEST, Level, List, Numbering, Pattern};
use crate::docx::symbol;
use crate::docx::xml::{Item, Space, Tag, Xml};
use crate::{Error, Limits};

impl Numbering {
    pub(in crate::docx) fn read(text: &str, part: &str, limits: &Limits) -> Result<Self, Error> {
        let mut xml = Xml::new(text, part, limits);
        let mut numbering = Self::default();
        while let Some(item) = xml.next()? {
            let Item::Open(tag) = item else { continue };
            match (tag.space, tag.name()) {
                (Space::Word, b"abstractNum") => {
                    let pattern = read_pattern(&mut xml)?;
                    numbering.lists.patterns.entry(tag.number("abstractNumId").unwrap_or(0)).or_insert(pattern);
                }
                (Space::Word, b"num") => {
                    let list = read_list(&mut xml)?;
                    numbering.lists.by_id.entry(tag.number("numId").unwrap_or(0)).or_insert(list);
                }
                _ => {}
            }
        }
        Ok(numbering)
    }
}

fn read_pattern(xml: &mut Xml<'_>) -> Result<Pattern, Error> {
    let mut pattern = Pattern::default();
    while let Some(item) = xml.next()? {
        match item {
            Item::Open(tag) => match tag.name() {
                b"lvl" => {
                    let number = level_number(&tag);
                    let level = read_level(xml)?;
                    if let Some(number) = number {
                        pattern.levels.insert(number, level);
                    }
                }
                b"numStyleLink" => {
                    pattern.link = tag.val();
                    xml.skip()?;
                }
                _ => xml.skip()?,
            },
            Item::Close => break,
            Item::Text(_) => {}
        }
    }
    Ok(pattern)
}

fn read_list(xml: &mut Xml<'_>) -> Result<List, Error> {
    let mut list = List::default();
    let mut own = None;
    let mut within = 0;
    while let Some(item) = xml.next()? {
        match item {
            Item::Open(tag) => match tag.name() {
                b"lvlOverride" => {
                    own = level_number(&tag);
                    within = 1;
                }
                b"lvl" => {
                    let number = level_number(&tag).or(own);
                    let level = read_level(xml)?;
                    if let Some(number) = number {
                        list.levels.insert(number, level);
                    }
                }
                name => {
                    match (name, own) {
                        (b"abstractNumId", _) => list.pattern = tag.number("val").unwrap_or(0),
                        (b"startOverride", Some(number)) => {
                            list.starts.insert(number, start(&tag));
                        }
                        _ => {}
                    }
                    xml.skip()?;
                }
            },
            Item::Close if within == 0 => break,
            Item::Close => within -= 1,
            Item::Text(_) => {}
        }
    }
    Ok(list)
}

fn level_number(tag: &Tag<'_>) -> Option<u8> {
    tag.number("ilvl").and_then(|level| u8::try_from(level).ok())
}

fn start(tag: &Tag<'_>) -> u32 {
    tag.number("val").and_then(|start| u32::try_from(start).ok()).unwrap_or(0).min(LARGEST)
}

/// Reads a level to its end. Elements that wrap others, as alternatives for newer programs do, are looked into.
fn read_level(xml: &mut Xml<'_>) -> Result<Level, Error> {
    let mut level = Level::default();
    let mut font = None;
    let mut picture = false;
    let mut within = 1;
    while within > 0 {
        let Some(item) = xml.next()? else { break };
        let tag = match item {
            Item::Open(tag) => tag,
            Item::Close => {
                within -= 1;
                continue;
            }
            Item::Text(_) => continue,
        };
        within += 1;
        match tag.name() {
            b"Fallback" | b"pPr" | b"rPrChange" => {
                within -= 1;
                xml.skip()?;
            }
            b"start" => level.start = start(&tag),
            b"numFmt" => level.counting = Counting::of(&tag.val().unwrap_or_default(), tag.value("format").as_deref()),
            b"lvlText" => level.text = tag.val().unwrap_or_default(),
            b"suff" => level.tight = tag.val().is_some_and(|suffix| suffix == "nothing"),
            b"lvlRestart" => level.restart = tag.number("val").and_then(|from| u8::try_from(from).ok()),
            b"isLgl" => level.legal = tag.on(),
            b"pStyle" => level.style = tag.val(),
            b"lvlPicBulletId" => picture = true,
            b"vanish" => level.hidden = tag.on(),
            b"caps" => level.capitals = tag.on(),
            b"rFonts" => font = tag.value("ascii").or_else(|| tag.value("hAnsi")),
            _ => {}
        }
    }
    if level.counting == Counting::Bullet {
        let shown = level.text.chars().map(|c| symbol::shown(font.as_deref(), c).unwrap_or('•'));
        level.text = if picture { "•".to_owned() } else { shown.collect() };
    }
    Ok(level)
}
