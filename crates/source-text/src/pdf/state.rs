//! What holds while a page is drawn.

use hayro_font::Font;
use kurbo::Affine;

/// The state that `q` keeps and `Q` brings back.
#[derive(Clone)]
pub(super) struct State<'a> {
    /// From the drawing's coordinates to those of the page.
    pub(super) place: Affine,
    pub(super) font: Option<Font<'a>>,
    pub(super) size: f64,
    pub(super) character_spacing: f64,
    pub(super) word_spacing: f64,
    pub(super) stretch: f64,
    pub(super) leading: f64,
    pub(super) rise: f64,
}

impl State<'_> {
    pub(super) fn new(place: Affine) -> Self {
        Self { place, font: None, size: 0.0, character_spacing: 0.0, word_spacing: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0 }
    }
}

/// Where a text object is: at its beginning, and now.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextPlace {
    pub(super) line: Affine,
    pub(super) now: Affine,
}

impl Default for TextPlace {
    fn default() -> Self {
        Self { line: Affine::IDENTITY, now: Affine::IDENTITY }
    }
}

impl TextPlace {
    pub(super) fn set(&mut self, to: Affine) {
        self.line = to;
        self.now = to;
    }

    /// Goes to a place that is so far from the beginning of the line.
    pub(super) fn step(&mut self, x: f64, y: f64) {
        self.set(self.line * Affine::translate((x, y)));
    }

    /// Goes on along the line.
    pub(super) fn advance(&mut self, x: f64, y: f64) {
        self.now *= Affine::translate((x, y));
    }
}

/// A marked part of the drawing that is open.
#[derive(Debug, Clone)]
pub(super) enum Marked {
    /// It says nothing that matters.
    Plain,
    /// Its text is not read: a header or footer, or a layer that is turned off.
    Hidden,
    /// It says itself what it reads; the text, until it was written.
    Replaced(Option<String>),
}
