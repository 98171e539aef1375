//! What carries script: elements, attributes and addresses.

use super::Unsafe;

/// Elements that run script, load pages, ask for input or change how the rest is read.
const ELEMENTS: &[&str] = &[
    "applet",
    "audio",
    "base",
    "basefont",
    "bgsound",
    "body",
    "button",
    "canvas",
    "dialog",
    "embed",
    "fencedframe",
    "form",
    "frame",
    "frameset",
    "head",
    "html",
    "iframe",
    "image",
    "input",
    "isindex",
    "keygen",
    "link",
    "listing",
    "marquee",
    "math",
    "meta",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "optgroup",
    "option",
    "param",
    "plaintext",
    "portal",
    "script",
    "select",
    "slot",
    "source",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "track",
    "video",
    "xml",
    "xmp",
];

/// Attributes that hold an address.
const ADDRESSES: &[&str] = &[
    "action",
    "archive",
    "background",
    "cite",
    "classid",
    "code",
    "codebase",
    "content",
    "data",
    "dynsrc",
    "formaction",
    "href",
    "icon",
    "longdesc",
    "lowsrc",
    "manifest",
    "ping",
    "poster",
    "profile",
    "src",
    "srcset",
    "usemap",
    "xlink:href",
];

/// Schemes under which an address is a program or a page of its own.
const SCHEMES: &[&str] =
    &["javascript", "vbscript", "livescript", "mocha", "jscript", "data", "blob", "filesystem", "view-source"];

/// Schemes that a link may have.
pub(super) const LINKS: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Refuses an element that carries script.
pub(super) fn element(name: &str) -> Result<(), Unsafe> {
    if ELEMENTS.contains(&name) { Err(Unsafe::Element(shown(name))) } else { Ok(()) }
}

/// Refuses an attribute that carries script; its value is decoded.
pub(super) fn attribute(name: &str, value: &str) -> Result<(), Unsafe> {
    let handler = name.len() > 2 && name.starts_with("on");
    let script =
        |value: &str| ["javascript:", "vbscript:", "expression(", "-moz-binding", "behavior:"].iter().any(|s| value.contains(s));
    if handler || name == "srcdoc" || (name == "style" && script(&squashed(value))) {
        return Err(Unsafe::Attribute(shown(name)));
    }
    if ADDRESSES.contains(&name) { address(value) } else { Ok(()) }
}

/// Refuses an address that is a program or holds data; it is decoded.
pub(super) fn address(address: &str) -> Result<(), Unsafe> {
    // Two times over: what reads as one scheme behind another (`view-source:javascript:`) is refused by its first.
    match scheme(address) {
        Some(scheme) if SCHEMES.contains(&scheme.as_str()) => Err(Unsafe::Address(format!("{}:", shown(&scheme)))),
        _ => Ok(()),
    }
}

/// Whether a link to the address is kept: it is relative, or of a scheme that links may have.
pub(super) fn is_link(address: &str) -> bool {
    scheme(address).is_none_or(|scheme| LINKS.contains(&scheme.as_str()))
}

/// The scheme of an address as a browser reads it: white space and control characters do not count.
fn scheme(address: &str) -> Option<String> {
    let head: String = address.chars().take_while(|c| !matches!(c, '/' | '?' | '#')).collect();
    let (scheme, _) = head.split_once(':')?;
    Some(squashed(scheme))
}

/// In lower case, without white space, control and invisible characters.
fn squashed(text: &str) -> String {
    let invisible = |c: char| matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    let kept = text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && !invisible(*c));
    kept.flat_map(char::to_lowercase).collect()
}

/// The head of what is refused, to be told.
fn shown(text: &str) -> String {
    text.chars().take(40).collect()
}
