//! A text in parts that are found and shown by themselves: articles, and what stands beside them.

use super::version::Version;
use crate::searched::Passage;
use kernel::text::one_line;
use legal_text::{Kind, Node};
use std::sync::Arc;
use time::Date;

/// What stands beside articles is put together up to about so many bytes.
const TOGETHER: usize = 6_000;

/// What a document says from a day on.
pub(crate) struct Spoken {
    /// The first day; none where it is not known.
    pub from: Option<Date>,
    pub passages: Arc<[Passage]>,
}

impl Version {
    /// Its text by provision.
    pub fn passages(&self) -> Arc<[Passage]> {
        passages(&self.text, &self.read.nodes)
    }
}

/// A text by provision; nothing of it is left out.
pub(crate) fn passages(text: &str, nodes: &[Node]) -> Arc<[Passage]> {
    let mut made = Making { text, done: Vec::new(), beside: None };
    made.all(nodes);
    made.close();
    made.done.into()
}

struct Making<'t> {
    text: &'t str,
    done: Vec<Passage>,
    /// What stands beside articles, as far as it is put together.
    beside: Option<Passage>,
}

impl Making<'_> {
    fn all(&mut self, nodes: &[Node]) {
        for node in nodes {
            if node.kind == Kind::Article {
                self.close();
                let passage = self.passage(node);
                self.done.push(passage);
            } else if node.walk().any(|below| below.kind == Kind::Article) {
                self.close();
                self.all(&node.children);
            } else if node.is_leaf() || node.span.1 - node.span.0 <= TOGETHER {
                self.add(node);
            } else {
                self.all(&node.children);
            }
        }
    }

    /// A provision with its heading apart.
    fn passage(&self, node: &Node) -> Passage {
        let heading = node.children.first().filter(|first| first.kind == Kind::Heading);
        let begin = heading.map_or(node.span.0, |heading| heading.span.1);
        let heading = heading.map(|heading| one_line(self.text.get(heading.span.0..heading.span.1).unwrap_or_default()));
        Passage {
            eid: Some(node.eid.clone()).filter(|eid| !eid.is_empty()),
            heading,
            text: self.text.get(begin..node.span.1).unwrap_or_default().trim().to_owned(),
        }
    }

    fn add(&mut self, node: &Node) {
        let next = self.passage(node);
        match &mut self.beside {
            Some(before) if before.text.len() + next.text.len() <= TOGETHER => {
                for text in next.heading.iter().chain([&next.text]).filter(|text| !text.is_empty()) {
                    before.text.push('\n');
                    before.text.push_str(text);
                }
            }
            _ => {
                self.close();
                self.beside = Some(next);
            }
        }
    }

    fn close(&mut self) {
        let full = |passage: &Passage| !passage.text.is_empty() || passage.heading.is_some();
        self.done.extend(self.beside.take().filter(full));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn articles_are_passages_and_nothing_is_lost() {
        let text = "Số: 12/2024/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc ban hành\nCăn cứ Luật Đất đai;\n\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một.\n2. Hai.\nĐiều 2. Đối tượng\nBa.\n\nNơi nhận:\n- Như trên.";
        let read = legal_text::parse(text);
        let found = passages(text, &read.nodes);
        let articles: Vec<_> = found.iter().filter(|one| one.heading.as_deref().is_some_and(|h| h.starts_with("Điều"))).collect();
        assert_eq!(articles.len(), 2);
        assert_eq!(articles[0].heading.as_deref(), Some("Điều 1. Phạm vi"));
        assert_eq!(articles[0].text, "1. Một.\n2. Hai.");
        assert!(articles[0].eid.as_deref().unwrap().ends_with("art_1"));
        let all: String = found.iter().flat_map(|one| [one.heading.clone().unwrap_or_default(), one.text.clone()]).collect();
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(bare(&all), bare(text));
    }
}
