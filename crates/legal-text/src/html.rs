//! The visible text of an HTML source, read tolerantly.

/// Elements whose content is never shown.
const HIDDEN: [&str; 6] = ["script", "style", "head", "noscript", "template", "title"];

/// Elements that stay within a line; every other element parts lines.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "o:p", "q", "s", "small",
    "span", "strike", "strong", "sub", "sup", "u",
];

/// Gives the visible text of an HTML source: block elements, table cells and `<br>` become line
/// breaks, entities are decoded, white space inside a line is collapsed.
pub fn visible_text(html: &str) -> String {
    let mut text = VisibleText::default();
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text.push_run(rest.get(..open).unwrap_or_default());
        rest = rest.get(open..).unwrap_or_default();
        rest = text.read_markup(rest);
    }
    text.push_run(rest);
    text.finish()
}

#[derive(Default)]
struct VisibleText {
    out: String,
    pending_space: bool,
}

impl VisibleText {
    fn push_run(&mut self, run: &str) {
        for c in decode(run).chars() {
            if c.is_whitespace() {
                self.pending_space = true;
            } else {
                if self.pending_space && !self.out.is_empty() && !self.out.ends_with('\n') {
                    self.out.push(' ');
                }
                self.pending_space = false;
                self.out.push(c);
            }
        }
    }

    fn break_line(&mut self) {
        self.pending_space = false;
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    /// Reads the markup `rest` begins with and gives what follows it.
    fn read_markup<'h>(&mut self, rest: &'h str) -> &'h str {
        if let Some(comment) = rest.strip_prefix("<!--") {
            return after(comment, "-->");
        }
        let inside = rest.strip_prefix('<').unwrap_or(rest);
        if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            self.push_run("<");
            return inside;
        }
        let name: String = inside
            .trim_start_matches('/')
            .chars()
            .take(16)
            .take_while(|c| c.is_ascii_alphanumeric() || *c == ':')
            .collect::<String>()
            .to_ascii_lowercase();
        let following = after_tag(inside);
        if HIDDEN.contains(&name.as_str()) && !inside.starts_with('/') {
            return after_element(following, &name);
        }
        if !name.is_empty() && !INLINE.contains(&name.as_str()) {
            self.break_line();
        }
        following
    }

    fn finish(mut self) -> String {
        self.out.truncate(self.out.trim_end().len());
        self.out
    }
}

fn after<'h>(text: &'h str, end: &str) -> &'h str {
    text.find(end).and_then(|at| text.get(at + end.len()..)).unwrap_or_default()
}

/// What follows the tag `inside` is in; a `>` inside a quoted value does not end it.
fn after_tag(inside: &str) -> &str {
    let mut quote = None;
    for (at, c) in inside.char_indices() {
        match (quote, c) {
            (None, '>') => return inside.get(at + 1..).unwrap_or_default(),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    // An unclosed quote would swallow the rest of the page.
    after(inside, ">")
}

/// What follows the end tag of a hidden element; all of it where the end tag is missing.
fn after_element<'h>(text: &'h str, name: &str) -> &'h str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = rest.get(at + 2..).unwrap_or_default();
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return after(rest, ">");
        }
    }
    ""
}

fn decode(run: &str) -> String {
    let mut out = String::with_capacity(run.len());
    let mut rest = run;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or_default());
        rest = rest.get(at + 1..).unwrap_or_default();
        let name: String = rest.chars().take(12).take_while(|c| c.is_ascii_alphanumeric() || *c == '#').collect();
        match entity(&name) {
            Some(decoded) => {
                out.push_str(&decoded);
                rest = rest.get(name.len()..).unwrap_or_default();
                rest = rest.strip_prefix(';').unwrap_or(rest);
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

/// Named entities beyond the letters with marks, which [`marked_letter`] composes.
const NAMED: [(&str, &str); 23] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("bull", "•"),
    ("middot", "·"),
    ("deg", "°"),
    ("sup2", "²"),
    ("sup3", "³"),
    ("times", "×"),
    ("copy", "©"),
    ("sect", "§"),
];

fn entity(name: &str) -> Option<String> {
    if let Some(code) = name.strip_prefix('#') {
        let value = match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => code.parse().ok()?,
        };
        return char::from_u32(value).map(String::from);
    }
    let named = NAMED.iter().find(|(entity, _)| *entity == name);
    named.map(|(_, text)| (*text).to_owned()).or_else(|| marked_letter(name))
}

/// `agrave` → `à`: a letter and the name of its mark, composed by NFC.
fn marked_letter(name: &str) -> Option<String> {
    const MARKS: [(&str, char); 7] = [
        ("grave", '\u{300}'),
        ("acute", '\u{301}'),
        ("circ", '\u{302}'),
        ("tilde", '\u{303}'),
        ("uml", '\u{308}'),
        ("ring", '\u{30a}'),
        ("cedil", '\u{327}'),
    ];
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mark = MARKS.iter().find(|(mark, _)| name.get(1..) == Some(mark))?.1;
    Some(kernel::text::nfc(format!("{letter}{mark}")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn blocks_part_lines_and_inline_elements_do_not() {
        assert_eq!(
            visible_text("<p>S&ocirc;ng <b>Lam</b>,&nbsp;ngày\n 02</p><table><td>A<td>B</table>"),
            "Sông Lam, ngày 02\n\n\nA\nB"
        );
    }

    #[test]
    fn hidden_content_is_dropped() {
        assert_eq!(visible_text("<style>p{}</STYLE><script>if (a<b) {}</script>x<!-- y -->z"), "xz");
        assert_eq!(visible_text("a < b &unknown; &#7841; <p title=\"1>2\">c"), "a < b &unknown; ạ\nc");
    }

    #[test]
    fn broken_sources_are_read_to_the_end() {
        assert_eq!(visible_text("<p title=\"x>Điều 1"), "Điều 1");
        assert_eq!(visible_text("Điều 1 <"), "Điều 1 <");
        assert_eq!(visible_text("<script>"), "");
    }
}
