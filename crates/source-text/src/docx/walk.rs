//! The walk through a part that has text, element by element; what is open lies on a stack, so that depth costs no more
//! than that.

mod properties;

use super::damaged;
use super::notes::{Kind, Notes};
use super::numbering::Numbering;
use super::paragraph::{Paragraph, Run, Story};
use super::styles::{Styles, Toggle};
use super::symbol;
use super::xml::{Item, Space, Tag, Xml};
use crate::error::Bound;
use crate::{Error, Limits};
use std::collections::HashMap;

/// An element that is open, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// It only holds others.
    Other,
    Paragraph,
    ParagraphProperties,
    /// The list a paragraph is in.
    List,
    /// The properties of the sign that ends a paragraph.
    EndProperties,
    Run,
    RunProperties,
    /// Its characters are text; whether white space at either end belongs to it.
    Text {
        exact: bool,
    },
    /// Alternatives, and whether one was taken.
    Alternatives {
        taken: bool,
    },
    /// A text box.
    Story,
    /// A footnote or endnote.
    Note {
        id: i64,
    },
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
}

/// A walk.
pub(super) struct Walk<'w> {
    styles: &'w Styles,
    numbering: &'w mut Numbering,
    notes: &'w mut Notes,
    limits: &'w Limits,
    frames: Vec<Frame>,
    stories: Vec<Story>,
    paragraphs: Vec<Paragraph>,
    runs: Vec<Run>,
    found: HashMap<i64, Vec<String>>,
    written: usize,
}

impl<'w> Walk<'w> {
    pub(super) fn new(styles: &'w Styles, numbering: &'w mut Numbering, notes: &'w mut Notes, limits: &'w Limits) -> Self {
        Self {
            styles,
            numbering,
            notes,
            limits,
            frames: Vec::new(),
            stories: vec![Story::default()],
            paragraphs: Vec::new(),
            runs: Vec::new(),
            found: HashMap::new(),
            written: 0,
        }
    }

    /// Reads the part that is the document.
    pub(super) fn document(&mut self, text: &str, part: &str) -> Result<(), Error> {
        self.read(text, part, b"document")
    }

    /// Reads a part with notes: the lines of each, by its id.
    pub(super) fn notes(mut self, text: &str, part: &str) -> Result<HashMap<i64, Vec<String>>, Error> {
        let root: &[u8] = if part.to_ascii_lowercase().contains("endnotes") { b"endnotes" } else { b"footnotes" };
        self.read(text, part, root)?;
        Ok(self.found)
    }

    /// The lines that were found.
    pub(super) fn finish(mut self) -> Vec<String> {
        self.stories.first_mut().map(Story::finish).unwrap_or_default()
    }

    fn read(&mut self, text: &str, part: &str, root: &[u8]) -> Result<(), Error> {
        let mut xml = Xml::new(text, part, self.limits);
        let mut begun = false;
        while let Some(item) = xml.next()? {
            match item {
                Item::Open(tag) if !begun => {
                    if tag.space != Space::Word || tag.name() != root {
                        return Err(Error::NotThis { format: crate::Format::Docx });
                    }
                    begun = true;
                    self.frames.push(Frame::Other);
                }
                Item::Open(tag) => match self.open(&tag)? {
                    Some(frame) => self.frames.push(frame),
                    None => xml.skip()?,
                },
                Item::Close => self.close(),
                Item::Text(text) => {
                    if let Some(Frame::Text { exact }) = self.frames.last() {
                        let exact = *exact;
                        self.write(if exact { &text } else { text.trim_matches([' ', '\t', '\n', '\r']) })?;
                    }
                }
            }
        }
        if begun { Ok(()) } else { Err(damaged(part)) }
    }

    /// What an element is; `None` where nothing in it is looked at.
    fn open(&mut self, tag: &Tag<'_>) -> Result<Option<Frame>, Error> {
        let parent = self.frames.last().copied().unwrap_or(Frame::Other);
        match parent {
            Frame::ParagraphProperties => return Ok(self.paragraph_property(tag)),
            Frame::List => {
                self.list_property(tag);
                return Ok(None);
            }
            Frame::EndProperties => {
                self.end_property(tag);
                return Ok(None);
            }
            Frame::RunProperties => {
                self.run_property(tag);
                return Ok(None);
            }
            Frame::RowProperties | Frame::CellProperties => {
                if matches!(tag.name(), b"del" | b"cellDel") {
                    self.leave_out();
                }
                return Ok(None);
            }
            _ => {}
        }
        match tag.space {
            Space::Word => self.open_word(tag, parent),
            Space::Compatibility => Ok(self.open_alternative(tag)),
            Space::Math => Ok(Some(match tag.name() {
                b"r" => self.begin_run(),
                b"t" => text_frame(tag),
                _ => Frame::Other,
            })),
            Space::Other => Ok(Some(Frame::Other)),
        }
    }

    fn open_word(&mut self, tag: &Tag<'_>, parent: Frame) -> Result<Option<Frame>, Error> {
        Ok(Some(match tag.name() {
            b"p" => self.begin_paragraph(),
            b"pPr" if parent == Frame::Paragraph => Frame::ParagraphProperties,
            b"r" => self.begin_run(),
            b"rPr" if parent == Frame::Run => Frame::RunProperties,
            b"t" => text_frame(tag),
            b"tbl" => self.begin(Frame::Table),
            b"tr" => self.begin(Frame::Row),
            b"trPr" if parent == Frame::Row => Frame::RowProperties,
            b"tc" => self.begin(Frame::Cell),
            b"tcPr" if parent == Frame::Cell => Frame::CellProperties,
            b"txbxContent" => {
                let left_out = self.stories.last().is_some_and(|story| story.left_out);
                self.stories.push(Story { left_out, ..Story::default() });
                Frame::Story
            }
            b"footnote" | b"endnote" => Frame::Note { id: tag.number("id").unwrap_or(-1) },
            b"altChunk" => return Err(Error::Embedded("altChunk".to_owned())),
            b"subDoc" => return Err(Error::Embedded("subDoc".to_owned())),
            // What was there before a change, what is no text, and what says how something looks.
            b"del" | b"moveFrom" | b"delText" | b"instrText" | b"delInstrText" | b"pPr" | b"rPr" | b"tblPr" | b"tblGrid"
            | b"tblPrEx" | b"trPr" | b"tcPr" | b"sdtPr" | b"sdtEndPr" | b"customXmlPr" | b"smartTagPr" | b"sectPr" | b"rt"
            | b"rubyPr" => return Ok(None),
            name => {
                self.sign(name, tag)?;
                // A drawing or an object may have a text box in it.
                Frame::Other
            }
        }))
    }

    /// Elements that stand for characters.
    fn sign(&mut self, name: &[u8], tag: &Tag<'_>) -> Result<(), Error> {
        match name {
            b"tab" | b"ptab" => self.write(" "),
            b"br" | b"cr" => self.write("\n"),
            b"noBreakHyphen" => self.write("-"),
            b"sym" => {
                let code = tag.value("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let c = code.and_then(char::from_u32).and_then(|c| symbol::shown(tag.value("font").as_deref(), c));
                self.write(c.unwrap_or('\u{fffd}').encode_utf8(&mut [0; 4]))
            }
            b"fldChar" => {
                self.field(tag.value("fldCharType").as_deref());
                Ok(())
            }
            b"footnoteReference" => self.refer(Kind::Foot, tag),
            b"endnoteReference" => self.refer(Kind::End, tag),
            _ => Ok(()),
        }
    }

    /// Of alternatives the first is read: it is what the newest program shows.
    fn open_alternative(&mut self, tag: &Tag<'_>) -> Option<Frame> {
        if tag.name() == b"AlternateContent" {
            return Some(Frame::Alternatives { taken: false });
        }
        match self.frames.last_mut() {
            Some(Frame::Alternatives { taken: true }) => None,
            Some(Frame::Alternatives { taken }) => {
                *taken = true;
                Some(Frame::Other)
            }
            _ => Some(Frame::Other),
        }
    }

    fn begin_paragraph(&mut self) -> Frame {
        let line = self.stories.last_mut().and_then(|story| story.unfinished.take()).unwrap_or_default();
        self.paragraphs.push(Paragraph { line, ..Paragraph::default() });
        Frame::Paragraph
    }

    /// Begins a table or a part of one.
    fn begin(&mut self, frame: Frame) -> Frame {
        if let Some(story) = self.stories.last_mut() {
            match frame {
                Frame::Table => story.begin_table(),
                Frame::Row => story.begin_row(),
                _ => story.begin_cell(),
            }
        }
        frame
    }

    fn begin_run(&mut self) -> Frame {
        self.label();
        self.runs.push(Run::default());
        Frame::Run
    }

    fn refer(&mut self, kind: Kind, tag: &Tag<'_>) -> Result<(), Error> {
        if !self.shows() {
            return Ok(());
        }
        let Some(id) = tag.number("id") else { return Ok(()) };
        let own_mark = tag.value("customMarkFollows").is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
        let mark = self.notes.refer(kind, id, own_mark);
        self.write(&mark)
    }

    fn shows(&self) -> bool {
        let paragraph = self.paragraphs.last();
        let style = paragraph.and_then(|paragraph| paragraph.style.as_deref()).or_else(|| self.styles.paragraph());
        let hidden = self.runs.last().is_some_and(|run| run.has(Toggle::Hidden, self.styles, style));
        paragraph.is_some() && !hidden && self.stories.last().is_some_and(Story::shows)
    }

    fn write(&mut self, text: &str) -> Result<(), Error> {
        if !self.shows() {
            return Ok(());
        }
        self.label();
        self.count(text.len())?;
        let Some(paragraph) = self.paragraphs.last_mut() else { return Ok(()) };
        if text == "\n" {
            paragraph.line.break_line();
            return Ok(());
        }
        let style = paragraph.style.as_deref().or_else(|| self.styles.paragraph());
        let capitals = self.runs.last().is_some_and(|run| run.has(Toggle::Capitals, self.styles, style));
        let font = self.runs.last().and_then(|run| run.font.as_deref());
        let shown = |c: char| if is_private(c) { symbol::shown(font, c).unwrap_or('\u{fffd}') } else { c };
        let text: String = text.chars().map(shown).collect();
        paragraph.line.push(if capitals { text.to_uppercase() } else { text }.as_str());
        Ok(())
    }

    fn count(&mut self, bytes: usize) -> Result<(), Error> {
        self.written += bytes;
        let max = self.limits.text;
        if self.written > max { Err(Error::TooLarge { bound: Bound::TextBytes, max: max as u64 }) } else { Ok(()) }
    }

    /// Numbers the innermost paragraph, once what it says of itself was read.
    fn label(&mut self) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let left_out = self.stories.last().is_some_and(|story| story.left_out);
        if std::mem::replace(&mut paragraph.labelled, true) || paragraph.endless || left_out {
            return;
        }
        let style = paragraph.style.as_deref().or_else(|| self.styles.paragraph());
        let place = self.numbering.place(self.styles, style, paragraph.list, paragraph.level);
        paragraph.label = place.and_then(|place| self.numbering.label(self.styles, place));
        self.written += paragraph.label.as_ref().map_or(0, String::len);
    }

    fn close(&mut self) {
        match self.frames.pop() {
            Some(Frame::ParagraphProperties) => self.label(),
            Some(Frame::Paragraph) => {
                self.label();
                self.written += 1;
                if let (Some(paragraph), Some(story)) = (self.paragraphs.pop(), self.stories.last_mut()) {
                    story.end(paragraph);
                }
            }
            Some(Frame::Run) => {
                self.runs.pop();
            }
            Some(Frame::Cell) => {
                if let Some(story) = self.stories.last_mut() {
                    story.end_cell();
                }
            }
            Some(Frame::Table) => {
                if let Some(story) = self.stories.last_mut() {
                    story.end_table();
                }
            }
            Some(Frame::Story) => self.close_story(),
            Some(Frame::Note { id }) => {
                let lines = self.stories.last_mut().map(Story::finish).unwrap_or_default();
                self.found.entry(id).or_insert(lines);
            }
            _ => {}
        }
    }

    /// What a text box has follows the paragraph it lies in.
    fn close_story(&mut self) {
        let Some(mut story) = self.stories.pop().filter(|story| !story.left_out) else { return };
        let lines = story.finish();
        match (self.paragraphs.last_mut(), self.stories.last_mut()) {
            (Some(paragraph), _) => paragraph.boxes.extend(lines),
            (None, Some(story)) => story.lines.extend(lines),
            (None, None) => {}
        }
    }
}

fn text_frame(tag: &Tag<'_>) -> Frame {
    Frame::Text { exact: tag.value("space").is_some_and(|space| space == "preserve") }
}

fn is_private(c: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&c)
}
