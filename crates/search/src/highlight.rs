//! Shows where a text matches.

use crate::words::{Form, folded, toned, words};
use std::collections::HashSet;
use std::ops::Range;

/// How many characters of a body are shown, about.
const WINDOW: usize = 200;
/// How many bytes of a long body are looked at, once a match is found.
const LOOKED_AT: usize = 200_000;

/// Marks the words of a query in texts.
pub(crate) struct Highlighter {
    words: Vec<Form>,
    /// Whether the last of them may go on.
    is_beginning: bool,
}

/// A matched word of a text.
struct Match {
    span: Range<usize>,
    /// Which word of the text it is.
    position: usize,
    /// Which word of the query it is.
    word: usize,
    /// Whether it has the tones of the query.
    is_toned: bool,
}

impl Highlighter {
    /// Takes the words of a query.
    pub(crate) fn new(words: Vec<Form>) -> Self {
        Self { words, is_beginning: false }
    }

    /// Takes the words of a query of which the last is still being typed.
    pub(crate) fn beginning(mut words: Vec<Form>, last: Form) -> Self {
        words.push(last);
        Self { words, is_beginning: true }
    }

    /// The whole text, with or without a match.
    pub(crate) fn all(&self, text: &str) -> String {
        marked(text, 0..text.len(), &self.matches(text))
    }

    /// How far a title is from what was typed, the less the better: its words may stand in another order or late.
    pub(crate) fn distance(&self, text: &str) -> usize {
        let matches = self.matches(text);
        let mut next = 0;
        let mut gaps = 0;
        for found in &matches {
            if found.word == next {
                next += 1;
            } else {
                gaps += 1;
            }
        }
        let missing = self.words.len().saturating_sub(next);
        missing * 1000 + gaps * 10 + matches.first().map_or(1000, |first| first.position)
    }

    /// Whether the first texts have words of the query that the others lack.
    pub(crate) fn has_more(&self, first: [&str; 2], others: [&str; 2]) -> bool {
        let known: HashSet<usize> = others.iter().flat_map(|text| self.matches(text)).map(|found| found.word).collect();
        first.iter().flat_map(|text| self.matches(text)).any(|found| !known.contains(&found.word))
    }

    /// The whole text; `None` without a match.
    pub(crate) fn whole(&self, text: &str) -> Option<String> {
        let matches = self.matches(text);
        if matches.is_empty() { None } else { Some(marked(text, 0..text.len(), &matches)) }
    }

    /// The part of the text that shows the query best; `None` without a match.
    pub(crate) fn window(&self, text: &str) -> Option<String> {
        let matches = self.matches(text);
        let best = (0..matches.len())
            .filter_map(|at| matches.get(at..).and_then(first_window))
            .reduce(|best, next| if next.worth > best.worth { next } else { best })?;
        let shown = widened(text, best.span);
        let (from, to) = (shown.start > 0, shown.end < text.trim_end().len());
        let piece = marked(text, shown, &matches);
        Some(format!("{}{piece}{}", if from { "… " } else { "" }, if to { " …" } else { "" }))
    }

    /// Which word of the query a word of a text is.
    fn asked(&self, form: &str) -> Option<usize> {
        let whole = self.words.iter().position(|asked| asked.folded == form);
        whole.or_else(|| {
            let last = self.words.last().filter(|last| self.is_beginning && form.starts_with(&last.folded))?;
            self.words.iter().position(|asked| std::ptr::eq(asked, last))
        })
    }

    fn matches(&self, text: &str) -> Vec<Match> {
        let mut matches: Vec<Match> = Vec::new();
        for (position, word) in words(text).enumerate() {
            if word.span.start > LOOKED_AT && !matches.is_empty() {
                break;
            }
            let form = folded(word.text);
            if let Some(asked) = self.asked(&form) {
                let is_toned = self.words.get(asked).is_some_and(|asked| asked.toned == toned(word.text));
                matches.push(Match { span: word.span, position, word: asked, is_toned });
            }
        }
        matches
    }
}

struct Window {
    span: Range<usize>,
    worth: usize,
}

/// The window that begins with the first of these matches. Different words count, words that
/// stand together as they were typed count, and words with the same tones.
fn first_window(matches: &[Match]) -> Option<Window> {
    let first = matches.first()?;
    let mut window = Window { span: first.span.clone(), worth: 0 };
    let mut seen: u64 = 0;
    let mut before: Option<&Match> = None;
    for next in matches {
        // Vietnamese takes about 1.3 bytes a character; the exact cut is made later.
        if next.span.end - first.span.start > WINDOW {
            break;
        }
        let bit = 1_u64 << next.word.min(63);
        if seen & bit == 0 {
            seen |= bit;
            window.worth += if next.is_toned { 14 } else { 10 };
        }
        if before.is_some_and(|before| before.position + 1 == next.position && before.word + 1 == next.word) {
            window.worth += 6;
        }
        window.span.end = next.span.end;
        before = Some(next);
    }
    Some(window)
}

/// Widens a span to about [`WINDOW`] characters, at borders of words.
fn widened(text: &str, span: Range<usize>) -> Range<usize> {
    let inside = text.get(span.clone()).map_or(0, |inside| inside.chars().count());
    let spare = WINDOW.saturating_sub(inside);
    let before = text.get(..span.start).unwrap_or_default();
    let start = before.char_indices().rev().take(spare / 3).last().map_or(span.start, |(at, _)| at);
    let start = if start == 0 {
        0
    } else {
        let cut = text.get(start..span.start).unwrap_or_default();
        cut.find(char::is_whitespace).map_or(span.start, |at| start + at)
    };
    let used = text.get(start..span.start).map_or(0, |used| used.chars().count());
    let after = text.get(span.end..).unwrap_or_default();
    let end = match after.char_indices().nth(spare.saturating_sub(used)) {
        None => text.len(),
        Some((cut, _)) => {
            let cut = after.get(..cut).unwrap_or_default();
            span.end + cut.rfind(char::is_whitespace).unwrap_or(0)
        }
    };
    start..end
}

/// A part of a text as HTML on one line, its matches in `<mark>`.
fn marked(text: &str, part: Range<usize>, matches: &[Match]) -> String {
    let mut html = Html::default();
    let mut at = part.start;
    for found in matches.iter().filter(|found| found.span.start >= part.start && found.span.end <= part.end) {
        html.text(text.get(at..found.span.start).unwrap_or_default());
        html.tag("<mark>");
        html.text(text.get(found.span.clone()).unwrap_or_default());
        html.tag("</mark>");
        at = found.span.end;
    }
    html.text(text.get(at..part.end).unwrap_or_default());
    html.done
}

#[derive(Default)]
struct Html {
    done: String,
    has_space: bool,
}

impl Html {
    fn tag(&mut self, tag: &str) {
        self.space();
        self.done.push_str(tag);
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.has_space = true;
                continue;
            }
            self.space();
            match c {
                '&' => self.done.push_str("&amp;"),
                '<' => self.done.push_str("&lt;"),
                '>' => self.done.push_str("&gt;"),
                '"' => self.done.push_str("&quot;"),
                '\'' => self.done.push_str("&#39;"),
                c => self.done.push(c),
            }
        }
    }

    /// One space for every run of white space, none at the beginning.
    fn space(&mut self) {
        if self.has_space && !self.done.is_empty() {
            self.done.push(' ');
        }
        self.has_space = false;
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn highlighter(query: &str) -> Highlighter {
        Highlighter::new(crate::words::forms(query))
    }

    #[test]
    fn words_are_marked_in_the_text_as_it_is() {
        let title = "Quy chế Cổng <b>Thông tin</b> & \"điện tử\"";
        let marked = "Quy chế <mark>Cổng</mark> &lt;b&gt;<mark>Thông</mark> <mark>tin</mark>&lt;/b&gt; &amp; &quot;điện tử&quot;";
        assert_eq!(highlighter("cong thong tin").whole(title).unwrap(), marked);
        assert_eq!(highlighter("cổng THÔNG tin").whole(title).unwrap(), marked);
        assert_eq!(highlighter("đường").whole(title), None);
        assert_eq!(highlighter("đường").all("Giá <đất>"), "Giá &lt;đất&gt;");
    }

    #[test]
    fn a_window_shows_the_words_together_and_is_cut_between_words() {
        let body = format!(
            "{}thông tin. {}quy chế\ncổng thông tin điện tử{}",
            "lời dài ".repeat(90),
            "chữ khác ".repeat(90),
            " đuôi".repeat(90)
        );
        let window = highlighter("cong thong tin").window(&body).unwrap();
        assert!(window.contains("quy chế <mark>cổng</mark> <mark>thông</mark> <mark>tin</mark> điện tử"), "{window}");
        assert!(window.starts_with("… ") && window.ends_with(" …"), "{window}");
        let plain = window.replace("<mark>", "").replace("</mark>", "");
        assert!((150..=210).contains(&plain.chars().count()), "{}", plain.chars().count());
        assert!(plain.split_whitespace().all(|word| word == "…" || body.split_whitespace().any(|w| w == word)), "{plain}");
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(highlighter("tin").window("Bản tin").unwrap(), "Bản <mark>tin</mark>");
        assert_eq!(highlighter("a").window(&"a".repeat(3000)), None);
        assert_eq!(highlighter(&"a".repeat(3000)).window(&"a".repeat(3000)).unwrap().len(), 3000 + 13);
    }
}
