//! Text that a drawing shows, character by character.

use super::Interpreter;
use crate::Error;
use crate::pdf::glyph::Glyph;
use crate::pdf::state::Marked;
use hayro_cmap::BfString;
use hayro_font::{Font, FontGlyph};
use hayro_syntax::object::Object;
use kurbo::{Affine, Point, Vec2};
use std::borrow::Borrow;

impl<'a> Interpreter<'_, 'a> {
    pub(super) fn show_all<'o, O: Borrow<Object<'o>>>(&mut self, parts: impl IntoIterator<Item = O>) -> Result<(), Error> {
        for part in parts {
            match part.borrow() {
                Object::String(codes) => self.show(codes)?,
                Object::Number(back) => {
                    let by = -back.as_f64() / 1000.0 * self.state.size;
                    match &self.state.font {
                        Some(font) if !font.is_horizontal() => self.text.advance(0.0, by),
                        _ => self.text.advance(by * self.state.stretch, 0.0),
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, codes: &[u8]) -> Result<(), Error> {
        let Some(font) = self.state.font.clone() else { return Ok(()) };
        let mut at = 0;
        while at < codes.len() {
            let (code, length) = font.read_code(codes, at);
            self.budget.glyph()?;
            self.place(&font, code, length == 1 && code == 32);
            at += length.max(1);
        }
        Ok(())
    }

    fn place(&mut self, font: &Font<'a>, code: u32, is_space_code: bool) {
        let state = &self.state;
        let advance = font.code_advance(code) * (state.size / 1000.0);
        let spacing = state.character_spacing + if is_space_code { state.word_spacing } else { 0.0 };
        let (x, y) = if font.is_horizontal() { ((advance.x + spacing) * state.stretch, 0.0) } else { (0.0, advance.y + spacing) };
        let raised = self.text.now * Affine::translate((0.0, state.rise));
        let begin = state.place * raised;
        let end = begin * Affine::translate((x, y));
        let size = vector(begin, Vec2::new(0.0, state.size)).hypot();
        let from = begin * Point::ZERO;
        let to = end * Point::ZERO;
        let along = vector(begin, Vec2::new(if state.size < 0.0 { -1.0 } else { 1.0 }, 0.0));
        self.text.advance(x, y);
        if !(size.is_finite() && from.is_finite() && to.is_finite()) || self.is_hidden() {
            return;
        }
        let text = match font.glyph(font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let text = self.replace(text);
        let direction = degrees(along);
        // Coordinates along and across the line of writing.
        let turn = Affine::rotate(-f64::from(direction).to_radians());
        let (from, to) = (turn * from, turn * to);
        self.drawing.glyphs.push(Glyph { text, from: from.x, to: to.x.max(from.x), v: from.y, size, direction });
    }

    fn is_hidden(&self) -> bool {
        self.marked.iter().any(|marked| matches!(marked, Marked::Hidden))
    }

    /// Where a marked part says what it reads, its first character says it all, and the others nothing.
    fn replace(&mut self, text: Option<BfString>) -> Option<BfString> {
        let outermost = self.marked.iter_mut().find_map(|marked| match marked {
            Marked::Replaced(text) => Some(text),
            Marked::Plain | Marked::Hidden => None,
        });
        match outermost {
            Some(replacement) => Some(BfString::String(replacement.take().unwrap_or_default())),
            None => text,
        }
    }
}

fn vector(by: Affine, vector: Vec2) -> Vec2 {
    let [a, b, c, d, _, _] = by.as_coeffs();
    Vec2::new(a * vector.x + c * vector.y, b * vector.x + d * vector.y)
}

/// The direction of a vector in whole degrees, -180 to 180; small slants are none.
fn degrees(along: Vec2) -> i16 {
    let angle = along.atan2().to_degrees();
    let whole = if angle.is_finite() { angle.round() } else { 0.0 };
    #[expect(clippy::cast_possible_truncation, reason = "an angle in degrees fits")]
    let whole = whole as i16;
    let right = [0, 90, 180, -90, -180].into_iter().find(|angle| (whole - angle).abs() <= 3);
    match right {
        Some(-180) => 180,
        Some(right) => right,
        None => whole,
    }
}
