//! Drawings that do nothing: no script, no handler, nothing from outside.

use crate::Error;
use crate::error::Refused;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Bytes of a drawing at most.
pub(crate) const LARGEST: u64 = 1024 * 1024;
/// Elements within each other at most.
const DEEPEST: usize = 200;

/// Elements that run something or bring another page in.
const FORBIDDEN: [&str; 14] = [
    "script",
    "foreignobject",
    "iframe",
    "embed",
    "object",
    "audio",
    "video",
    "canvas",
    "handler",
    "listener",
    "html",
    "body",
    "link",
    "meta",
];

/// Whether a text is a drawing by its root element.
pub(crate) fn is_drawing(text: &str) -> bool {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(element) | Event::Empty(element)) => return element.local_name().as_ref() == b"svg",
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// Checks a drawing and answers its size in pixels, where it states one.
pub(crate) fn check(text: &str) -> Result<Option<(u32, u32)>, Error> {
    let mut reader = Reader::from_str(text);
    let mut within: Vec<bool> = Vec::new();
    let mut size = None;
    let mut roots = 0;
    loop {
        match reader.read_event().map_err(|_| Error::Unreadable)? {
            Event::Start(element) => {
                roots += usize::from(within.is_empty());
                size = size.or(check_element(&element)?);
                within.push(element.local_name().as_ref().eq_ignore_ascii_case(b"style"));
                if within.len() > DEEPEST {
                    return Err(Error::Unreadable);
                }
            }
            Event::Empty(element) => {
                roots += usize::from(within.is_empty());
                size = size.or(check_element(&element)?);
            }
            Event::End(_) => {
                within.pop();
            }
            Event::Text(text) if within.contains(&true) => check_style(&String::from_utf8_lossy(&text))?,
            Event::CData(text) if within.contains(&true) => check_style(&String::from_utf8_lossy(&text))?,
            Event::GeneralRef(entity) => {
                let named = ["amp", "lt", "gt", "quot", "apos"].iter().any(|known| entity.as_ref() == known.as_bytes());
                if within.contains(&true) || !(named || entity.is_char_ref()) {
                    return Err(active("entity"));
                }
            }
            Event::Decl(decl) => {
                let encoding = decl.encoding().transpose().map_err(|_| Error::Unreadable)?;
                if encoding.is_some_and(|name| !name.eq_ignore_ascii_case(b"utf-8")) {
                    return Err(Error::Unsupported(Refused::Encoding));
                }
            }
            Event::DocType(_) => return Err(active("DOCTYPE")),
            Event::PI(_) => return Err(active("processing instruction")),
            Event::Text(_) | Event::CData(_) | Event::Comment(_) => {}
            Event::Eof if within.is_empty() && roots == 1 => return Ok(size),
            Event::Eof => return Err(Error::Unreadable),
        }
    }
}

fn active(what: &'static str) -> Error {
    Error::Unsupported(Refused::Active(what))
}

fn check_element(element: &BytesStart<'_>) -> Result<Option<(u32, u32)>, Error> {
    let name = String::from_utf8_lossy(element.local_name().as_ref()).to_ascii_lowercase();
    if FORBIDDEN.contains(&name.as_str()) {
        return Err(active("script"));
    }
    let (mut width, mut height, mut view) = (None, None, None);
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| Error::Unreadable)?;
        let key = String::from_utf8_lossy(attribute.key.as_ref()).to_ascii_lowercase();
        let local = key.rsplit(':').next().unwrap_or_default();
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| active("entity"))?;
        if key == "xmlns" || key.starts_with("xmlns:") {
            continue;
        }
        if local.starts_with("on") {
            return Err(active("event handler"));
        }
        if key == "xml:base" || matches!(local, "href" | "src" | "data" | "action" | "formaction") && !is_inside(&value) {
            return Err(active("reference"));
        }
        // An animation may write what was refused above.
        if local == "attributename" && writes_forbidden(&value) {
            return Err(active("animation"));
        }
        check_style(&value)?;
        match local {
            "width" => width = pixels(&value),
            "height" => height = pixels(&value),
            "viewbox" => view = view_box(&value),
            _ => {}
        }
    }
    let size = width.zip(height).or(view);
    Ok(size.filter(|_| name == "svg"))
}

/// A reference that stays inside: a fragment, or a picture of pixels in the text itself.
fn is_inside(value: &str) -> bool {
    let value = value.trim();
    let data = ["png", "jpeg", "jpg", "gif", "webp"].map(|kind| format!("data:image/{kind};base64,"));
    value.is_empty() || value.starts_with('#') || data.iter().any(|start| value.starts_with(start.as_str()))
}

fn writes_forbidden(attribute: &str) -> bool {
    let name = attribute.trim().to_ascii_lowercase();
    let local = name.rsplit(':').next().unwrap_or_default();
    matches!(local, "href" | "src" | "style") || local.starts_with("on")
}

/// A style sheet or a value in which styles may stand: nothing is loaded, nothing runs.
fn check_style(style: &str) -> Result<(), Error> {
    let style: String = style.to_lowercase().chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let forbidden = ["javascript:", "vbscript:", "@import", "expression(", "-moz-binding", "behavior:", "image(", "image-set("];
    if forbidden.iter().any(|word| style.contains(word)) {
        return Err(active("style"));
    }
    for (at, word) in style.match_indices("url(") {
        let target = style.get(at + word.len()..).unwrap_or_default().trim_start_matches(['"', '\'']);
        if !(target.starts_with('#') || is_inside(target)) {
            return Err(active("reference"));
        }
    }
    // With an escape every word above can be written otherwise.
    if style.contains('\\') || style.contains("/*") && style.contains("url") { Err(active("style")) } else { Ok(()) }
}

fn pixels(value: &str) -> Option<u32> {
    let number = value.trim().trim_end_matches("px");
    number.parse::<f64>().ok().and_then(whole)
}

fn view_box(value: &str) -> Option<(u32, u32)> {
    let mut numbers =
        value.split([' ', ',']).filter(|part| !part.is_empty()).map(|part| part.parse::<f64>().ok().and_then(whole));
    let (width, height) = (numbers.nth(2)??, numbers.next()??);
    Some((width, height))
}

fn whole(number: f64) -> Option<u32> {
    let rounded = number.round();
    // In range, so that nothing is lost.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (1.0..=1_000_000.0).contains(&rounded).then_some(rounded as u32)
}
