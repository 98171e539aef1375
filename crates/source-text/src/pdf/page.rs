//! One page, and all of them.

use super::annotations;
use super::glyph::Glyph;
use super::interpret::{Budget, Fonts, Interpreter};
use super::layers::Layers;
use super::line::{Line, join, lines, weave};
use super::order::in_reading_order;
use super::stamp::stamp;
use crate::Error;
use hayro_syntax::page;
use kurbo::Affine;
use serde::{Deserialize, Serialize};

/// Pictures that cover this share of a page are the page.
const COVERED: f64 = 0.4;
/// A scanned page may bear a stamp with so many characters.
const STAMPED: usize = 80;

/// The text of a PDF.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PdfText {
    /// Its pages, first to last.
    pub pages: Vec<Page>,
}

/// The text of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its lines, NFC.
    pub text: String,
    /// What the text was read from.
    pub layer: Layer,
}

/// What the text of a page was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// The page has text; that may be one that text recognition put over a picture.
    Text,
    /// The page is a picture. What text there is was stamped on it.
    Scan,
    /// The page has text, but most of it in fonts that do not tell which characters they draw.
    Unknown,
    /// There is nothing on the page.
    Blank,
}

impl PdfText {
    /// The text of all pages, without the lines that only number a page.
    pub fn text(&self) -> String {
        let pages = self.pages.iter().enumerate().map(|(index, page)| without_number(&page.text, index + 1));
        let pages: Vec<String> = pages.filter(|page| !page.is_empty()).collect();
        pages.join("\n")
    }

    /// The numbers of the pages that are pictures, or whose characters are not told, from 1.
    pub fn scanned_pages(&self) -> Vec<usize> {
        let unread = |page: &Page| matches!(page.layer, Layer::Scan | Layer::Unknown);
        self.pages.iter().enumerate().filter(|(_, page)| unread(page)).map(|(index, _)| index + 1).collect()
    }

    /// Whether no page has text.
    pub fn is_scan(&self) -> bool {
        !self.scanned_pages().is_empty() && !self.pages.iter().any(|page| page.layer == Layer::Text)
    }
}

/// Drops the first or last line where it is only the page's number: `2`, `- 2 -`, `Trang 2`, `2/5`.
fn without_number(text: &str, number: usize) -> String {
    let is_number = |line: &str| {
        let bare = line.trim_matches(['-', '–', ' ', '|']).trim_start_matches("Trang ");
        let bare = bare.split_once('/').map_or(bare, |(number, _)| number);
        bare.trim() == number.to_string()
    };
    let mut lines: Vec<&str> = text.lines().collect();
    if lines.first().is_some_and(|line| is_number(line)) {
        lines.remove(0);
    } else if lines.last().is_some_and(|line| is_number(line)) {
        lines.pop();
    }
    lines.join("\n")
}

/// Reads a page.
pub(super) fn read<'a>(
    page: &page::Page<'a>,
    fonts: &Fonts<'_, 'a>,
    layers: &Layers,
    budget: &mut Budget,
) -> Result<Page, Error> {
    let place = Affine::new(page.initial_transform(true).as_coeffs());
    let mut within = Interpreter::new(fonts, layers, budget, place);
    if let Some(content) = page.page_stream() {
        within.run(content, page.resources())?;
    }
    let drawing = within.drawing;
    let mut upon = Interpreter::new(fonts, layers, budget, place);
    let stamps = annotations::follow(page, &mut upon)?;
    let covered = drawing.pictures + upon.drawing.pictures;

    let (width, height) = page.render_dimensions();
    let layer = layer(&drawing.glyphs, covered / f64::from(width * height).max(1.0));
    let lines = join(weave(lines(drawing.glyphs)).into_iter().filter(|line| !line.is_blank()).collect());
    let stamps = stamps.into_iter().flat_map(super::line::lines).filter(|line| !line.is_blank()).collect();
    let lines = join(stamp(in_reading_order(lines), stamps));
    let text: Vec<String> = lines.iter().map(Line::text).filter(|line| !line.is_empty()).collect();
    Ok(Page { text: text.join("\n"), layer })
}

fn layer(glyphs: &[Glyph], covered: f64) -> Layer {
    let seen = glyphs.iter().filter(|glyph| !glyph.is_space()).count();
    let unknown = glyphs.iter().filter(|glyph| glyph.text.is_none()).count();
    match seen {
        seen if seen <= STAMPED && covered >= COVERED => Layer::Scan,
        0 => Layer::Blank,
        seen if unknown * 2 > seen => Layer::Unknown,
        _ => Layer::Text,
    }
}
