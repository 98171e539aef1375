//! A text in parts that are found and shown by themselves: articles, the clauses of long ones, and what stands beside them.

use super::version::Version;
use crate::searched::Passage;
use kernel::text::one_line;
use legal_text::{Kind, Node};
use std::sync::Arc;
use time::Date;

/// A provision of at most so many bytes is one part; of a longer one its own provisions are.
const WHOLE: usize = 4_000;
/// Short neighbours are put together up to about so many bytes.
const TOGETHER: usize = 2_500;

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
    let mut made = Making { text, done: Vec::new(), open: None };
    made.all(nodes, None);
    made.close();
    made.done.into()
}

struct Making<'t> {
    text: &'t str,
    done: Vec<Passage>,
    /// Short neighbours, as far as they are put together.
    open: Option<Passage>,
}

impl Making<'_> {
    /// Takes what stands under this heading of an article.
    fn all(&mut self, nodes: &[Node], heading: Option<&str>) {
        for node in nodes {
            let length = node.span.1 - node.span.0;
            match node.kind {
                Kind::Heading if heading.is_some() => {}
                Kind::Article if length <= WHOLE || node.is_leaf() => {
                    self.close();
                    let passage = self.passage(node);
                    self.done.push(passage);
                }
                Kind::Article => {
                    self.close();
                    let own = self.passage(node).heading.unwrap_or_default();
                    self.all(&node.children, Some(&own));
                    self.close();
                }
                _ if heading.is_none() && node.walk().any(|below| below.kind == Kind::Article) => {
                    self.close();
                    self.all(&node.children, None);
                }
                _ if length <= WHOLE || node.is_leaf() => self.add(node, heading),
                _ => self.all(&node.children, heading),
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

    /// Adds a short part to its neighbours. A clause of a long article is a part by itself, under the heading of the article.
    fn add(&mut self, node: &Node, heading: Option<&str>) {
        let mut next = self.passage(node);
        if let Some(heading) = heading.filter(|heading| !heading.is_empty())
            && let Some(own) = next.heading.replace(heading.to_owned())
        {
            next.text = format!("{own}\n{}", next.text);
        }
        let is_provision = node.kind.is_provision();
        match &mut self.open {
            Some(before) if !is_provision && before.text.len() + next.text.len() <= TOGETHER => {
                let own = next.heading.iter().filter(|_| heading.is_none());
                for text in own.chain([&next.text]).filter(|text| !text.is_empty()) {
                    before.text.push('\n');
                    before.text.push_str(text);
                }
            }
            _ => {
                self.close();
                self.open = Some(next);
            }
        }
    }

    fn close(&mut self) {
        let full = |passage: &Passage| !passage.text.is_empty() || passage.heading.is_some();
        self.done.extend(self.open.take().filter(full));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
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

    #[test]
    fn a_long_article_is_parted_by_its_clauses_under_its_heading() {
        let clause = |n: usize| format!("{n}. {}\n", "Lời của khoản này. ".repeat(60));
        let text = format!("Điều 1. Sửa đổi\nMở đầu:\n{}Điều 2. Ngắn\nHết.", (1..=5).map(clause).collect::<String>());
        let read = legal_text::parse(&text);
        let found = passages(&text, &read.nodes);
        let eids: Vec<&str> = found.iter().filter_map(|one| one.eid.as_deref()).collect();
        assert!(eids.contains(&"art_1__para_5") && eids.contains(&"art_2"), "{eids:?}");
        let of_one = found.iter().filter(|one| one.heading.as_deref() == Some("Điều 1. Sửa đổi"));
        assert!(of_one.count() >= 5);
    }
}
