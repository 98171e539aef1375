//! The drawing of a page, followed for the characters it places.

use super::glyph::Glyph;
use super::layers::Layers;
use super::state::{Marked, State, TextPlace};
use crate::Error;
use crate::error::Bound;
use hayro_cmap::BfString;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;
use kurbo::{Affine, Point, Vec2};
use std::borrow::Borrow;
use std::sync::Arc;

/// Drawings within each other.
const DEEPEST: usize = 16;
/// States that are kept.
const STATES: usize = 1024;
/// Operators of all pages.
const OPERATORS: u64 = 50_000_000;
/// Characters of all pages.
const GLYPHS: u64 = 20_000_000;

/// What all pages may take together.
#[derive(Debug, Default)]
pub(super) struct Budget {
    operators: u64,
    glyphs: u64,
}

impl Budget {
    fn operator(&mut self) -> Result<(), Error> {
        self.operators += 1;
        if self.operators > OPERATORS { Err(Error::TooLarge { bound: Bound::Operators, max: OPERATORS }) } else { Ok(()) }
    }

    fn glyph(&mut self) -> Result<(), Error> {
        self.glyphs += 1;
        if self.glyphs > GLYPHS { Err(Error::TooLarge { bound: Bound::TextBytes, max: GLYPHS }) } else { Ok(()) }
    }
}

/// The fonts of a file.
pub(super) struct Fonts<'c, 'a> {
    cache: &'c FontCache<'a>,
    substitutes: FontResolverFn,
    cmaps: CMapResolverFn,
}

impl<'c, 'a> Fonts<'c, 'a> {
    pub(super) fn new(cache: &'c FontCache<'a>) -> Self {
        let substitutes: FontResolverFn = Arc::new(|query: &FontQuery| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
        });
        Self { cache, substitutes, cmaps: Arc::new(hayro_cmap::load_embedded) }
    }

    fn get(&self, dictionary: &Dict<'a>) -> Option<Font<'a>> {
        self.cache.font(dictionary, &self.substitutes, &self.cmaps)
    }
}

/// What a drawing has.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) glyphs: Vec<Glyph>,
    /// The surface of its pictures, in square points.
    pub(super) pictures: f64,
}

/// The following of one drawing, and of those it draws within it.
pub(super) struct Interpreter<'i, 'a> {
    pub(super) fonts: &'i Fonts<'i, 'a>,
    pub(super) layers: &'i Layers,
    pub(super) budget: &'i mut Budget,
    pub(super) drawing: Drawing,
    state: State<'a>,
    kept: Vec<State<'a>>,
    text: TextPlace,
    marked: Vec<Marked>,
    depth: usize,
}

impl<'i, 'a> Interpreter<'i, 'a> {
    pub(super) fn new(fonts: &'i Fonts<'i, 'a>, layers: &'i Layers, budget: &'i mut Budget, place: Affine) -> Self {
        Self {
            fonts,
            layers,
            budget,
            drawing: Drawing::default(),
            state: State::new(place),
            kept: Vec::new(),
            text: TextPlace::default(),
            marked: Vec::new(),
            depth: 0,
        }
    }

    pub(super) fn run(&mut self, content: &[u8], resources: &Resources<'a>) -> Result<(), Error> {
        let (kept, marked) = (self.kept.len(), self.marked.len());
        let mut instructions = UntypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            self.budget.operator()?;
            self.step(&instruction, resources, kept)?;
        }
        // What a drawing leaves open ends with it.
        self.kept.truncate(kept);
        self.marked.truncate(marked);
        Ok(())
    }

    fn step(&mut self, instruction: &Instruction<'_, '_>, resources: &Resources<'a>, kept: usize) -> Result<(), Error> {
        let operands: Vec<&Object<'_>> = match &**instruction.operator {
            b"m" | b"l" | b"c" | b"v" | b"y" | b"re" | b"h" | b"f" | b"S" | b"W" | b"n" => return Ok(()),
            _ => instruction.operands().collect(),
        };
        let number = |index: usize| operands.get(index).and_then(|object| as_number(object)).unwrap_or(0.0);
        let state = &mut self.state;
        match &**instruction.operator {
            b"q" if self.kept.len() < STATES => self.kept.push(state.clone()),
            b"Q" if self.kept.len() > kept => {
                if let Some(kept) = self.kept.pop() {
                    self.state = kept;
                }
            }
            b"cm" => state.place *= matrix(&operands),
            b"BT" => self.text = TextPlace::default(),
            b"Tc" => state.character_spacing = number(0),
            b"Tw" => state.word_spacing = number(0),
            b"Tz" => state.stretch = number(0) / 100.0,
            b"TL" => state.leading = number(0),
            b"Ts" => state.rise = number(0),
            b"Tf" => {
                if let Some(Object::Name(name)) = operands.first() {
                    state.font = resources.get_font(name).and_then(|font| self.fonts.get(&font));
                }
                state.size = number(1);
            }
            b"gs" => self.settings(&operands, resources),
            b"Td" => self.text.step(number(0), number(1)),
            b"TD" => {
                state.leading = -number(1);
                self.text.step(number(0), number(1));
            }
            b"Tm" => self.text.set(matrix(&operands)),
            b"T*" => self.text.step(0.0, -state.leading),
            b"Tj" => self.show_all(operands)?,
            b"TJ" => {
                if let Some(Object::Array(array)) = operands.first() {
                    self.show_all(array.iter::<Object<'_>>())?;
                }
            }
            b"'" => {
                self.text.step(0.0, -state.leading);
                self.show_all(operands)?;
            }
            b"\"" => {
                state.word_spacing = number(0);
                state.character_spacing = number(1);
                self.text.step(0.0, -state.leading);
                self.show_all(operands.into_iter().skip(2))?;
            }
            b"Do" => {
                if let Some(Object::Name(name)) = operands.first() {
                    self.draw(name, resources)?;
                }
            }
            b"BI" => self.picture(),
            b"BMC" => self.marked.push(Marked::Plain),
            b"BDC" => self.mark(&operands, resources),
            b"EMC" => {
                self.marked.pop();
            }
            _ => {}
        }
        Ok(())
    }

    fn settings(&mut self, operands: &[&Object<'_>], resources: &Resources<'a>) {
        let Some(Object::Name(name)) = operands.first() else { return };
        let Some(font) = resources.get_ext_g_state(name).and_then(|settings| settings.get::<Array<'_>>("Font")) else { return };
        let mut parts = font.flex_iter();
        if let Some(dictionary) = parts.next::<Dict<'a>>() {
            self.state.font = self.fonts.get(&dictionary);
            self.state.size = parts.next::<f32>().map_or(self.state.size, f64::from);
        }
    }

    /// A picture fills the square of one unit.
    fn picture(&mut self) {
        self.drawing.pictures += self.state.place.determinant().abs();
    }

    fn mark(&mut self, operands: &[&Object<'_>], resources: &Resources<'a>) {
        let by_name = match operands.get(1) {
            Some(Object::Name(name)) => resources.properties.get::<Dict<'a>>(name),
            _ => None,
        };
        let properties = match operands.get(1) {
            Some(Object::Dict(inline)) => Some(inline),
            _ => by_name.as_ref(),
        };
        let tag = operands.first().and_then(|tag| if let Object::Name(name) = tag { Some(name.as_ref()) } else { None });
        let name = |key: &str| properties.and_then(|properties| properties.get::<Name<'_>>(key));
        let is = |key: &str, value: &[u8]| name(key).is_some_and(|name| name.as_ref() == value);
        let in_margin = is("Subtype", b"Header") || is("Subtype", b"Footer");
        let off = match operands.get(1) {
            Some(Object::Name(name)) => tag == Some(b"OC") && self.layers.hide(&resources.properties, name.as_ref()),
            _ => false,
        };
        let replaced = || properties?.get::<hayro_syntax::object::String<'_>>("ActualText").map(|text| decode(&text));
        self.marked.push(if off || tag == Some(b"Artifact") && is("Type", b"Pagination") && in_margin {
            Marked::Hidden
        } else if let Some(text) = replaced() {
            Marked::Replaced(Some(text))
        } else {
            Marked::Plain
        });
    }

    fn draw(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Result<(), Error> {
        let Some(stream) = resources.get_x_object(name) else { return Ok(()) };
        match stream.dict().get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.picture(),
            Some(b"Form") if self.depth < DEEPEST => self.form(&stream, resources, Affine::IDENTITY)?,
            _ => {}
        }
        Ok(())
    }

    /// Follows a drawing within the drawing; it has its own names, or those of the drawing around it.
    pub(super) fn form(&mut self, stream: &Stream<'a>, around: &Resources<'a>, place: Affine) -> Result<(), Error> {
        let dictionary = stream.dict();
        if self.layers.hide(dictionary, b"OC") {
            return Ok(());
        }
        let Ok(content) = stream.decoded() else { return Ok(()) };
        let own = dictionary.get::<Dict<'a>>("Resources").map(Resources::new);
        let matrix = dictionary.get::<Array<'_>>("Matrix").map_or(Affine::IDENTITY, |array| array_matrix(&array));
        let state = self.state.clone();
        let text = self.text;
        self.state.place *= place * matrix;
        self.depth += 1;
        let done = self.run(&content, own.as_ref().unwrap_or(around));
        self.depth -= 1;
        self.state = state;
        self.text = text;
        done
    }

    fn show_all<'o, O: Borrow<Object<'o>>>(&mut self, parts: impl IntoIterator<Item = O>) -> Result<(), Error> {
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

fn as_number(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(number) => Some(number.as_f64()),
        _ => None,
    }
}

fn matrix(operands: &[&Object<'_>]) -> Affine {
    let mut all = [0.0; 6];
    for (value, operand) in all.iter_mut().zip(operands) {
        *value = as_number(operand).unwrap_or(0.0);
    }
    Affine::new(all)
}

pub(super) fn array_matrix(array: &Array<'_>) -> Affine {
    let mut all = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    for (value, number) in all.iter_mut().zip(array.iter::<Number>()) {
        *value = number.as_f64();
    }
    Affine::new(all)
}

/// A text string: UTF-16 or UTF-8 with a mark, else what of Latin 1 PDF's own encoding shares.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks_exact(2).filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?)));
            char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            // Some programs write UTF-8 without a mark, which as Latin 1 would be no text.
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        },
    }
}
