//! HTML inside Markdown, read by the rules of HTML and written back whole: what is opened is closed.

use super::{Unsafe, allowed, entities, forbidden};
use std::borrow::Cow;

/// Elements that may lie in each other.
pub(super) const DEPTH: usize = 80;

/// The elements that are open, each with how deep in the Markdown it was opened.
#[derive(Debug, Default)]
pub(super) struct Open {
    stack: Vec<(&'static str, usize)>,
}

/// A tag of the source.
struct Tag<'a> {
    name: String,
    attributes: Vec<(String, &'a str)>,
    closes: bool,
}

impl Open {
    /// How many elements are open.
    pub(super) fn len(&self) -> usize {
        self.stack.len()
    }

    /// Reads HTML that stands `depth` deep in the Markdown and writes what is allowed of it.
    pub(super) fn read(&mut self, source: &str, depth: usize) -> Result<String, Unsafe> {
        let mut out = String::with_capacity(source.len());
        let mut rest = source;
        while let Some((before, after)) = rest.split_once('<') {
            escape(before, &mut out);
            rest = match after.chars().next() {
                Some('!') if after.starts_with("!--") => after.split_once("-->").map_or("", |(_, rest)| rest),
                Some('!' | '?') => after.split_once('>').map_or("", |(_, rest)| rest),
                Some(c) if c.is_ascii_alphabetic() || c == '/' => {
                    let (tag, rest) = tag(after);
                    self.take(&tag, depth, &mut out)?;
                    rest
                }
                _ => {
                    out.push_str("&lt;");
                    after
                }
            };
        }
        escape(rest, &mut out);
        Ok(out)
    }

    fn take(&mut self, tag: &Tag<'_>, depth: usize, out: &mut String) -> Result<(), Unsafe> {
        forbidden::element(&tag.name)?;
        let mut attributes = String::new();
        for (name, value) in &tag.attributes {
            let value = entities::decoded(value);
            forbidden::attribute(name, &value)?;
            let kept = allowed::attribute(&tag.name, name) && (!allowed::is_address(name) || forbidden::is_link(&value));
            if kept && !tag.closes {
                attributes.push_str(&format!(" {name}=\"{}\"", quoted(&kernel::text::nfc(value))));
            }
        }
        let Some(name) = allowed::element(&tag.name) else { return Ok(()) };
        if tag.closes {
            self.close(name, depth, out);
        } else if allowed::is_void(name) {
            out.push_str(&format!("<{name}{attributes}>"));
        } else if self.stack.len() >= DEPTH {
            return Err(Unsafe::TooDeep);
        } else {
            out.push_str(&format!("<{name}{attributes}>"));
            self.stack.push((name, depth));
        }
        Ok(())
    }

    /// Closes the innermost element of the name that was opened at this depth, and what is open in it.
    fn close(&mut self, name: &str, depth: usize, out: &mut String) {
        let here = self.stack.iter().rev().take_while(|(_, opened)| *opened >= depth);
        if let Some(back) = here.map(|(open, _)| *open).position(|open| open == name) {
            self.cut(self.stack.len() - back - 1, out);
        }
    }

    /// Closes what was opened `depth` deep or deeper.
    pub(super) fn leave(&mut self, depth: usize) -> String {
        let mut out = String::new();
        let kept = self.stack.iter().take_while(|(_, opened)| *opened < depth).count();
        self.cut(kept, &mut out);
        out
    }

    /// Closes, at the end of a block of HTML, the first element that cannot hold blocks and all in it.
    pub(super) fn end_block(&mut self) -> String {
        let mut out = String::new();
        if let Some(index) = self.stack.iter().position(|(name, _)| !allowed::holds_blocks(name)) {
            self.cut(index, &mut out);
        }
        out
    }

    fn cut(&mut self, kept: usize, out: &mut String) {
        while self.stack.len() > kept {
            if let Some((name, _)) = self.stack.pop() {
                out.push_str(&format!("</{name}>"));
            }
        }
    }
}

/// Reads a tag from what follows its `<`; a tag that does not end goes to the end of the text.
fn tag(source: &str) -> (Tag<'_>, &str) {
    let (closes, source) = source.strip_prefix('/').map_or((false, source), |rest| (true, rest));
    let (name, mut rest) = cut(source, |c| is_space(c) || matches!(c, '/' | '>'));
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c| is_space(c) || c == '/');
        if rest.is_empty() {
            break;
        }
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        // An attribute's name may begin with `=`, by the rules of HTML.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let tail = rest.get(first..).unwrap_or_default();
        let (_, after) = cut(tail, |c| is_space(c) || matches!(c, '/' | '>' | '='));
        let name = rest.get(..rest.len() - after.len()).unwrap_or_default();
        let spaced = after.trim_start_matches(is_space);
        let value = match spaced.strip_prefix('=') {
            Some(value) => {
                let (value, after) = self::value(value.trim_start_matches(is_space));
                rest = after;
                value
            }
            None => {
                rest = after;
                ""
            }
        };
        attributes.push((name.to_ascii_lowercase(), value));
    }
    (Tag { name: name.to_ascii_lowercase(), attributes, closes }, rest)
}

fn value(source: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(quoted) = source.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    cut(source, |c| is_space(c) || c == '>')
}

/// Cuts before the first character that `ends`.
fn cut(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Text between tags, its character references resolved and only what has to be written as one again.
fn escape(text: &str, out: &mut String) {
    let text = if text.contains('&') { Cow::Owned(entities::decoded(text)) } else { Cow::Borrowed(text) };
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
}

fn quoted(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
