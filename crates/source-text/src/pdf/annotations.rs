//! What lies on a page rather than in it: form fields, stamps, the look of signatures.

use super::glyph::Glyph;
use super::interpret::{Interpreter, array_matrix};
use crate::Error;
use hayro_syntax::object::{Array, Dict, Name, Rect, Stream};
use hayro_syntax::page::{Page, Resources};
use kurbo::{Affine, Point};

/// Annotations of a page that are looked at.
const MOST: usize = 10_000;
/// Flags of an annotation that is not shown: hidden, not to be viewed.
const NOT_SHOWN: i32 = 1 << 1 | 1 << 5;

/// Follows the drawings of what lies on a page; the characters of each by themselves.
pub(super) fn follow<'a>(page: &Page<'a>, interpreter: &mut Interpreter<'_, 'a>) -> Result<Vec<Vec<Glyph>>, Error> {
    let mut all = Vec::new();
    let Some(annotations) = page.raw().get::<Array<'a>>("Annots") else { return Ok(all) };
    for annotation in annotations.iter::<Dict<'a>>().take(MOST) {
        let kind = annotation.get::<Name<'_>>("Subtype");
        let aside = matches!(kind.as_deref(), Some(b"Popup" | b"Text" | b"Link"));
        let flags = annotation.get::<i32>("F").unwrap_or(0);
        if aside || flags & NOT_SHOWN != 0 || interpreter.layers.hide(&annotation, b"OC") {
            continue;
        }
        if let Some(look) = look(&annotation)
            && let Some(place) = place(&annotation, &look)
        {
            interpreter.form(&look, &Resources::new(Dict::empty()), place)?;
            all.push(std::mem::take(&mut interpreter.drawing.glyphs));
        }
    }
    Ok(all)
}

/// What an annotation looks like, in the state it is in.
fn look<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    let looks = annotation.get::<Dict<'a>>("AP")?;
    if let Some(look) = looks.get::<Stream<'a>>("N") {
        return Some(look);
    }
    let state = annotation.get::<Name<'_>>("AS")?;
    looks.get::<Dict<'a>>("N")?.get::<Stream<'a>>(state.as_ref())
}

/// How the box of the drawing comes to lie on the annotation's rectangle.
fn place(annotation: &Dict<'_>, look: &Stream<'_>) -> Option<Affine> {
    let rectangle = annotation.get::<Rect>("Rect")?;
    let area = look.dict().get::<Rect>("BBox")?;
    let matrix = look.dict().get::<Array<'_>>("Matrix").map_or(Affine::IDENTITY, |array| array_matrix(&array));
    let corners = [(area.x0, area.y0), (area.x0, area.y1), (area.x1, area.y0), (area.x1, area.y1)];
    let corners = corners.map(|(x, y)| matrix * Point::new(x, y));
    let least = |of: fn(&Point) -> f64| corners.iter().map(of).fold(f64::INFINITY, f64::min);
    let most = |of: fn(&Point) -> f64| corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
    let (x, y) = (least(|point| point.x), least(|point| point.y));
    let (width, height) = (most(|point| point.x) - x, most(|point| point.y) - y);
    if !(width > 0.0 && height > 0.0) {
        return None;
    }
    let wide = (rectangle.x1 - rectangle.x0) / width;
    let high = (rectangle.y1 - rectangle.y0) / height;
    Some(Affine::translate((rectangle.x0, rectangle.y0)) * Affine::scale_non_uniform(wide, high) * Affine::translate((-x, -y)))
}
