//! From events to the tree: where each ends, what its own first line is, and the ids.

use super::event::{Event, Holds, level};
use super::number::{self, Num};
use crate::node::{Kind, Node};
use std::collections::HashMap;

/// Builds the tree of the events, which come in the order of the text.
pub(super) fn build(text: &str, events: Vec<Event>) -> Vec<Node> {
    let mut open: Vec<Open> = Vec::new();
    let mut roots: Vec<Node> = Vec::new();
    for event in events {
        while open.last().is_some_and(|last| last.ends_at(&event)) {
            close(text, &mut open, &mut roots, event.at);
        }
        if let Some(parent) = open.last_mut() {
            parent.own_ends(text, event.at);
        }
        open.push(Open { event, own: None, children: Vec::new() });
    }
    while !open.is_empty() {
        close(text, &mut open, &mut roots, text.len());
    }
    let mut names = Names::default();
    let mut counts = HashMap::new();
    for node in &mut roots {
        name(node, "", &mut names, &mut counts);
    }
    roots
}

/// Something that has begun and not ended.
struct Open {
    event: Event,
    /// Where its own first line ends; none as long as nothing else began inside it.
    own: Option<usize>,
    children: Vec<Node>,
}

impl Open {
    /// Whether it ends where `next` begins: header, preamble and recipients hold their own lines only.
    fn ends_at(&self, next: &Event) -> bool {
        self.event.level >= next.level
            || self.event.holds == Holds::Nothing
            || (self.event.level == level::BESIDE && next.level != level::FRONT)
    }

    /// The own text of what has parts ends where the first of them begins.
    fn own_ends(&mut self, text: &str, at: usize) {
        if self.own.is_some() {
            return;
        }
        let end = trimmed(text, self.event.at, at);
        self.own = Some(end);
        if end > self.event.at {
            let kind = if self.event.holds == Holds::AfterIntro { Kind::Intro } else { Kind::Heading };
            self.children.push(Node { kind, ..leaf((self.event.at, end)) });
        }
    }
}

fn leaf(span: (usize, usize)) -> Node {
    Node { eid: String::new(), kind: Kind::Text, num: None, heading: None, span, children: Vec::new() }
}

/// The end of the text between two bytes without the white space before the second.
fn trimmed(text: &str, from: usize, to: usize) -> usize {
    from + text.get(from..to).unwrap_or_default().trim_end().len()
}

fn close(text: &str, open: &mut Vec<Open>, roots: &mut Vec<Node>, at: usize) {
    let Some(done) = open.pop() else { return };
    let start = done.event.at;
    let own_end = done.own.unwrap_or_else(|| trimmed(text, start, at));
    let heading = heading_of(text, &done.event, (start, own_end));
    let mut children = done.children;
    introduce(&mut children);
    let end = children.last().map_or(own_end, |last| last.span.1);
    if start >= end {
        return;
    }
    let node = Node { kind: done.event.kind, num: done.event.num, heading, children, ..leaf((start, end)) };
    match open.last_mut() {
        Some(parent) => parent.children.push(node),
        None => roots.push(node),
    }
}

/// Paragraphs before the first provision introduce it.
fn introduce(children: &mut [Node]) {
    let Some(first) = children.iter().position(|child| child.kind.is_provision()) else { return };
    for child in children.iter_mut().take(first).filter(|child| child.kind == Kind::Text) {
        child.kind = Kind::Intro;
    }
}

/// The heading of what has one, in one line, without its number.
fn heading_of(text: &str, event: &Event, span: (usize, usize)) -> Option<String> {
    if event.holds != Holds::AfterHeading {
        return None;
    }
    let own = text.get(span.0..span.1)?;
    let plain: String = own.chars().filter(|c| !matches!(c, '*' | '|' | '\\' | '#' | '\u{200b}' | '\u{feff}')).collect();
    let line = kernel::text::one_line(&plain);
    let bare = match event.kind {
        Kind::Attachment | Kind::Appendix | Kind::Form => return title_of(&line),
        kind if kind.groups_articles() || kind == Kind::Article => without_number(&line, event.num.is_some()),
        Kind::Clause | Kind::Point => without_number(&line, event.num.is_some()),
        _ => return None,
    };
    (!bare.is_empty()).then_some(bare)
}

/// `Điều 9. Thông tin` → `Thông tin`.
fn without_number(line: &str, numbered: bool) -> String {
    if !numbered {
        return line.to_owned();
    }
    let rest = super::marker::marker(line, "").map_or(line, |found| found.rest);
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '-' | '–' | ')'));
    rest.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | ';')).to_owned()
}

/// The title of an attachment without the statement what it was issued with.
fn title_of(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    let stop = ["(ban hành", "(kèm theo", "( ban hành", "(được ban hành", "(đính kèm", "(phê duyệt"]
        .iter()
        .filter_map(|opening| lower.find(opening))
        .min()
        .unwrap_or(lower.len());
    // Lower case may be longer or shorter than what it was made of.
    let title = if lower.len() == line.len() { line.get(..stop) } else { line.split('(').next() };
    let title = title?.trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// How often an id was asked for, below one parent or another.
#[derive(Default)]
struct Names {
    taken: HashMap<String, u32>,
}

impl Names {
    /// The id itself the first time, then with a counter.
    fn unique(&mut self, wanted: String) -> String {
        let mut count = *self.taken.get(&wanted).unwrap_or(&0);
        if count == 0 {
            self.taken.insert(wanted.clone(), 1);
            return wanted;
        }
        loop {
            count += 1;
            let name = format!("{wanted}-{count}");
            if !self.taken.contains_key(&name) {
                self.taken.insert(wanted, count);
                self.taken.insert(name.clone(), 1);
                return name;
            }
        }
    }
}

/// Names a node and all below it. What has no number of its own is counted among its kind.
fn name(node: &mut Node, parent: &str, names: &mut Names, counts: &mut HashMap<&'static str, u32>) {
    let token = node.kind.token();
    let own = match &node.num {
        Some(num) if node.kind.is_provision() => format!("{token}_{}", id_number(num)),
        _ => {
            let count = counts.entry(token).or_insert(0);
            *count += 1;
            let first_of_its_kind = *count == 1 && !is_counted(node.kind);
            if first_of_its_kind { token.to_owned() } else { format!("{token}_{count}") }
        }
    };
    let wanted = if parent.is_empty() { own } else { format!("{parent}__{own}") };
    node.eid = names.unique(wanted);
    let mut below = HashMap::new();
    for child in &mut node.children {
        name(child, &node.eid, names, &mut below);
    }
}

/// Kinds of which there are usually several beside each other.
fn is_counted(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Text | Kind::List | Kind::Item | Kind::Table | Kind::Form | Kind::Quoted | Kind::Attachment | Kind::Appendix
    ) || kind.is_provision()
}

/// A number as an id has it: Roman in figures, `đ` as `dd`, points as hyphens.
pub(crate) fn id_number(num: &str) -> String {
    // No act has fifty parts: `C` and `L` are letters. A small `l` is a point, not a misprinted `I`.
    if let Some(value) = number::roman(num).filter(|value| *value < 50 && num != "l") {
        return value.to_string();
    }
    let digits = num.bytes().all(|b| b.is_ascii_digit());
    if digits && let Some(Num { figure, .. }) = Num::parse(num) {
        return figure.to_string();
    }
    let mut id = String::with_capacity(num.len() + 2);
    for c in num.chars() {
        match c {
            'đ' => id.push_str("dd"),
            'Đ' => id.push_str("DD"),
            c if c.is_ascii_alphanumeric() => id.push(c),
            _ if !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    id.trim_matches('-').to_owned()
}
