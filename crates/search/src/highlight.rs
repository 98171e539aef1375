//! Shows where a text matches.

use crate::Matched;
use crate::words::{Form, folded, toned, words};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

/// How many characters of a body are shown, about.
const WINDOW: usize = 200;
/// How many bytes of a long body are looked at, once a match is found.
const LOOKED_AT: usize = 200_000;
/// How many different words of texts are remembered.
const MOST_KNOWN: usize = 20_000;

/// Finds the words of a query in texts.
pub(crate) struct Highlighter {
    words: Vec<Form>,
    /// Whether the last of them may go on.
    is_beginning: bool,
    /// With which letters its words begin.
    initials: [bool; 128],
    /// Words of texts that came before: texts consist of some hundred words again and again.
    known: RefCell<Known>,
}

/// For a word of a text: which word of the query it is, and whether it has its tones.
type Known = FxHashMap<Box<str>, Option<(usize, bool)>>;

/// A text with the words of a query in it.
pub(crate) struct Marks<'a> {
    text: &'a str,
    matches: Vec<Match>,
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
        let mut initials = [false; 128];
        for form in &words {
            match form.folded.bytes().next().map(usize::from).and_then(|first| initials.get_mut(first)) {
                Some(initial) => *initial = true,
                // A word in another script: each is looked at.
                None => initials = [true; 128],
            }
        }
        // Leading zeros of a number do not count.
        if let Some(zero) = initials.get_mut(usize::from(b'0')) {
            *zero = true;
        }
        Self { words, is_beginning: false, initials, known: RefCell::default() }
    }

    /// Takes the words of a query of which the last is still being typed.
    pub(crate) fn beginning(mut words: Vec<Form>, last: Form) -> Self {
        words.push(last);
        Self { is_beginning: true, ..Self::new(words) }
    }

    /// How far a title is from what was typed, the less the better: its words may stand in another order or late.
    pub(crate) fn distance(&self, title: &str) -> usize {
        let matches = self.marks(title).matches;
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

    /// Finds the words in a text.
    pub(crate) fn marks<'a>(&self, text: &'a str) -> Marks<'a> {
        let mut matches: Vec<Match> = Vec::new();
        for (position, word) in words(text).enumerate() {
            if word.span.start > LOOKED_AT && !matches.is_empty() {
                break;
            }
            if let Some((asked, is_toned)) = self.asked(word.text) {
                matches.push(Match { span: word.span, position, word: asked, is_toned });
            }
        }
        Marks { text, matches }
    }

    /// What is shown of a hit: pieces by field, and the passage where it has words that title and number lack.
    pub(crate) fn shown(&self, texts: [&str; 4], eid: &str) -> (BTreeMap<&'static str, Vec<String>>, Option<Matched>) {
        let [title, number, heading, body] = texts.map(|text| self.marks(text));
        let known: HashSet<usize> = title.words().chain(number.words()).collect();
        let is_passage = heading.words().chain(body.words()).any(|word| !known.contains(&word));
        let matched = (is_passage && !eid.is_empty())
            .then(|| Matched { eid: eid.to_owned(), heading: (!heading.text.is_empty()).then(|| heading.text.to_owned()) });
        let pieces =
            [("title", title.whole()), ("number", number.whole()), ("heading", heading.whole()), ("body", body.window())];
        (pieces.into_iter().filter_map(|(field, piece)| Some((field, vec![piece?]))).collect(), matched)
    }

    /// Which word of the query a word of a text is, and whether it has its tones.
    fn asked(&self, word: &str) -> Option<(usize, bool)> {
        let first = word.bytes().next().unwrap_or_default().to_ascii_lowercase();
        if self.initials.get(usize::from(first)) == Some(&false) {
            return None;
        }
        let mut all = self.known.borrow_mut();
        if let Some(known) = all.get(word) {
            return *known;
        }
        let form = folded(word);
        let last = self.words.len().saturating_sub(1);
        let found = self.words.iter().position(|asked| asked.folded == form).or_else(|| {
            let goes_on = |last: &Form| self.is_beginning && form.starts_with(&last.folded);
            self.words.last().is_some_and(goes_on).then_some(last)
        });
        let found = found.map(|at| (at, self.words.get(at).is_some_and(|asked| asked.toned == toned(word))));
        if all.len() < MOST_KNOWN {
            all.insert(word.into(), found);
        }
        found
    }
}

impl Marks<'_> {
    /// The whole text, with or without a match.
    pub(crate) fn all(&self) -> String {
        marked(self.text, 0..self.text.len(), &self.matches)
    }

    /// The whole text; `None` without a match.
    pub(crate) fn whole(&self) -> Option<String> {
        (!self.matches.is_empty()).then(|| self.all())
    }

    /// The part of the text that shows the query best; `None` without a match.
    pub(crate) fn window(&self) -> Option<String> {
        let best = (0..self.matches.len())
            .filter_map(|at| self.matches.get(at..).and_then(first_window))
            .reduce(|best, next| if next.worth > best.worth { next } else { best })?;
        let shown = widened(self.text, best.span);
        let (from, to) = (shown.start > 0, shown.end < self.text.trim_end().len());
        let piece = marked(self.text, shown, &self.matches);
        Some(format!("{}{piece}{}", if from { "… " } else { "" }, if to { " …" } else { "" }))
    }

    /// Which words of the query are in it.
    pub(crate) fn words(&self) -> impl Iterator<Item = usize> + '_ {
        self.matches.iter().map(|found| found.word)
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
        assert_eq!(highlighter("cong thong tin").marks(title).whole().unwrap(), marked);
        assert_eq!(highlighter("cổng THÔNG tin").marks(title).whole().unwrap(), marked);
        assert_eq!(highlighter("đường").marks(title).whole(), None);
        assert_eq!(highlighter("đường").marks("Giá <đất>").all(), "Giá &lt;đất&gt;");
    }

    #[test]
    fn a_window_shows_the_words_together_and_is_cut_between_words() {
        let body = format!(
            "{}thông tin. {}quy chế\ncổng thông tin điện tử{}",
            "lời dài ".repeat(90),
            "chữ khác ".repeat(90),
            " đuôi".repeat(90)
        );
        let window = highlighter("cong thong tin").marks(&body).window().unwrap();
        assert!(window.contains("quy chế <mark>cổng</mark> <mark>thông</mark> <mark>tin</mark> điện tử"), "{window}");
        assert!(window.starts_with("… ") && window.ends_with(" …"), "{window}");
        let plain = window.replace("<mark>", "").replace("</mark>", "");
        assert!((150..=210).contains(&plain.chars().count()), "{}", plain.chars().count());
        assert!(plain.split_whitespace().all(|word| word == "…" || body.split_whitespace().any(|w| w == word)), "{plain}");
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(highlighter("tin").marks("Bản tin").window().unwrap(), "Bản <mark>tin</mark>");
        assert_eq!(highlighter("a").marks(&"a".repeat(3000)).window(), None);
        assert_eq!(highlighter(&"a".repeat(3000)).marks(&"a".repeat(3000)).window().unwrap().len(), 3000 + 13);
    }
}
