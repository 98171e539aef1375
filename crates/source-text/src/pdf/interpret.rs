//! The drawing of a page, followed for the characters it places.

mod show;

use super::glyph::Glyph;
use super::layers::Layers;
use super::state::{Marked, State, TextPlace};
use crate::Error;
use crate::error::Bound;
use hayro_font::{CMapResolverFn, Font, FontCache, FontQuery, FontResolverFn};
use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;
use kurbo::Affine;
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

/// What was open when a drawing began; it cannot close that.
struct Floor {
    kept: usize,
    marked: usize,
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
        let floor = Floor { kept: self.kept.len(), marked: self.marked.len() };
        let mut instructions = UntypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            self.budget.operator()?;
            self.step(&instruction, resources, &floor)?;
        }
        // What a drawing leaves open ends with it.
        self.kept.truncate(floor.kept);
        self.marked.truncate(floor.marked);
        Ok(())
    }

    fn step(&mut self, instruction: &Instruction<'_, '_>, resources: &Resources<'a>, floor: &Floor) -> Result<(), Error> {
        let operands: Vec<&Object<'_>> = match &**instruction.operator {
            b"m" | b"l" | b"c" | b"v" | b"y" | b"re" | b"h" | b"f" | b"S" | b"W" | b"n" => return Ok(()),
            _ => instruction.operands().collect(),
        };
        let number = |index: usize| operands.get(index).and_then(|object| as_number(object)).unwrap_or(0.0);
        let state = &mut self.state;
        match &**instruction.operator {
            b"q" if self.kept.len() < STATES => self.kept.push(state.clone()),
            b"Q" if self.kept.len() > floor.kept => {
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
            b"EMC" if self.marked.len() > floor.marked => {
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
