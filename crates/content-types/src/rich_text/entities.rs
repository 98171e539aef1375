//! Character references of HTML.

use pulldown_cmark::{Event, Parser};

/// Names that are met in texts of portals, among them the letters of Vietnamese that HTML names.
#[rustfmt::skip]
const NAMED: &[(&str, char)] = &[
    ("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\''), ("nbsp", '\u{a0}'), ("Tab", '\t'), ("NewLine", '\n'),
    ("colon", ':'), ("lpar", '('), ("rpar", ')'), ("sol", '/'), ("num", '#'), ("quest", '?'), ("period", '.'), ("comma", ','),
    ("semi", ';'), ("equals", '='), ("lowbar", '_'), ("hyphen", '‐'), ("dash", '‐'), ("shy", '\u{ad}'),
    ("ndash", '–'), ("mdash", '—'), ("hellip", '…'), ("bull", '•'), ("middot", '·'), ("deg", '°'), ("copy", '©'), ("reg", '®'),
    ("trade", '™'), ("times", '×'), ("divide", '÷'), ("plusmn", '±'), ("sect", '§'), ("para", '¶'), ("euro", '€'), ("pound", '£'),
    ("laquo", '«'), ("raquo", '»'), ("ldquo", '“'), ("rdquo", '”'), ("lsquo", '‘'), ("rsquo", '’'), ("sbquo", '‚'), ("bdquo", '„'),
    ("le", '≤'), ("ge", '≥'), ("ne", '≠'), ("rarr", '→'), ("larr", '←'), ("sup2", '²'), ("sup3", '³'), ("frac12", '½'),
    ("ensp", '\u{2002}'), ("emsp", '\u{2003}'), ("thinsp", '\u{2009}'), ("zwj", '\u{200d}'), ("zwnj", '\u{200c}'),
    ("agrave", 'à'), ("aacute", 'á'), ("acirc", 'â'), ("atilde", 'ã'), ("egrave", 'è'), ("eacute", 'é'), ("ecirc", 'ê'),
    ("igrave", 'ì'), ("iacute", 'í'), ("ograve", 'ò'), ("oacute", 'ó'), ("ocirc", 'ô'), ("otilde", 'õ'), ("ugrave", 'ù'),
    ("uacute", 'ú'), ("yacute", 'ý'), ("abreve", 'ă'), ("itilde", 'ĩ'), ("utilde", 'ũ'), ("dstrok", 'đ'),
    ("Agrave", 'À'), ("Aacute", 'Á'), ("Acirc", 'Â'), ("Atilde", 'Ã'), ("Egrave", 'È'), ("Eacute", 'É'), ("Ecirc", 'Ê'),
    ("Igrave", 'Ì'), ("Iacute", 'Í'), ("Ograve", 'Ò'), ("Oacute", 'Ó'), ("Ocirc", 'Ô'), ("Otilde", 'Õ'), ("Ugrave", 'Ù'),
    ("Uacute", 'Ú'), ("Yacute", 'Ý'), ("Abreve", 'Ă'), ("Itilde", 'Ĩ'), ("Utilde", 'Ũ'), ("Dstrok", 'Đ'),
];

/// The longest name of a reference.
const LONGEST: usize = 32;

/// The character of a name that is met seldom, as the parser of Markdown knows it.
fn rare(name: &str) -> Option<char> {
    let reference = format!("&{name};");
    let mut texts = Parser::new(&reference).filter_map(|event| match event {
        Event::Text(text) => Some(text),
        _ => None,
    });
    let text = texts.next().filter(|text| **text != *reference)?;
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// The text with its character references resolved; those of other names stay as they are.
pub(super) fn decoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match reference(after) {
            Some((c, length)) => {
                out.push(c);
                rest = after.get(length..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that a reference names, and its length without the `&`.
fn reference(text: &str) -> Option<(char, usize)> {
    let (c, length) = match text.strip_prefix('#') {
        Some(number) => {
            let (radix, digits, head) = match number.strip_prefix(['x', 'X']) {
                Some(digits) => (16, digits, 2),
                None => (10, number, 1),
            };
            let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
            let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
            (char::from_u32(code).filter(|c| !matches!(c, '\0' | '\r')).unwrap_or('\u{fffd}'), head + length)
        }
        None => {
            let length = text.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
            let name = text.get(..length)?;
            let known = NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
            let closed = text.get(length..).is_some_and(|rest| rest.starts_with(';'));
            (known.or_else(|| rare(name).filter(|_| closed))?, length)
        }
    };
    let ends = text.get(length..).is_some_and(|rest| rest.starts_with(';'));
    Some((c, length + usize::from(ends)))
}
