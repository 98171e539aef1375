//! What elements say of the paragraph, run, row or field they are in.

use super::{Frame, Walk};
use crate::docx::paragraph::{Field, Story};
use crate::docx::xml::Tag;

impl Walk<'_> {
    pub(super) fn paragraph_property(&mut self, tag: &Tag<'_>) -> Option<Frame> {
        match tag.name() {
            b"pStyle" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.style = tag.val();
                }
                None
            }
            b"numPr" => Some(Frame::List),
            b"rPr" => Some(Frame::EndProperties),
            _ => None,
        }
    }

    pub(super) fn list_property(&mut self, tag: &Tag<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match tag.name() {
            b"numId" => paragraph.list = tag.number("val"),
            b"ilvl" => paragraph.level = tag.number("val").and_then(|level| level.try_into().ok()),
            _ => {}
        }
    }

    pub(super) fn end_property(&mut self, tag: &Tag<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match tag.name() {
            b"del" | b"moveFrom" => paragraph.endless = true,
            b"vanish" => paragraph.endless |= tag.on(),
            _ => {}
        }
    }

    pub(super) fn run_property(&mut self, tag: &Tag<'_>) {
        let Some(run) = self.runs.last_mut() else { return };
        match tag.name() {
            b"rStyle" => run.style = tag.val(),
            b"vanish" => run.hidden = Some(tag.on()),
            b"caps" => run.capitals = Some(tag.on()),
            b"rFonts" => run.font = tag.value("ascii").or_else(|| tag.value("hAnsi")),
            _ => {}
        }
    }

    /// Nothing of a deleted row or cell is shown: it becomes a story that is thrown away.
    pub(super) fn leave_out(&mut self) {
        let above = self.frames.len().saturating_sub(2);
        if let Some(frame @ (Frame::Row | Frame::Cell)) = self.frames.get_mut(above) {
            *frame = Frame::Story;
            self.stories.push(Story { left_out: true, ..Story::default() });
        }
    }

    pub(super) fn field(&mut self, kind: Option<&str>) {
        let Some(story) = self.stories.last_mut() else { return };
        match kind {
            Some("begin") => story.fields.push(Field::Code),
            Some("separate") => {
                if let Some(field) = story.fields.last_mut() {
                    *field = Field::Result;
                }
            }
            Some("end") => {
                story.fields.pop();
            }
            _ => {}
        }
    }
}
