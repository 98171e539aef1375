//! The provisions of an amending act cut into what it says and what it quotes, in reading order.

use super::quotation::{self, Closing};
use crate::amendments::wording::trimmed;
use crate::node::{Kind, Node};
use crate::structure::marker::{Sort, marker};

/// A stretch of the act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece<'n> {
    /// Words of the act itself.
    Said {
        span: (usize, usize),
        /// The id of the provision it is of.
        eid: &'n str,
        /// Where it stands, as far as the tree tells.
        place: Stand,
    },
    /// What it quotes, without the marks; whether the quotation is closed where it ends.
    Quoted { span: (usize, usize), closed: bool },
    /// A chapter of the act begins: what was said before it says nothing of what follows.
    Break,
}

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// They are the heading of an article, or an article that has no parts.
    Article,
    /// They begin a clause, a point or an item.
    Opening,
    /// They introduce the clauses of an article, after its heading.
    Introduction,
    /// They are a further paragraph.
    Further,
}

/// Cuts the provisions of an act; what is issued with it is left out.
pub(super) fn pieces<'n>(text: &str, nodes: &'n [Node]) -> Vec<Piece<'n>> {
    let mut cutter = Cutter { text, pieces: Vec::new(), until: 0 };
    for node in nodes {
        cutter.node(node, node.span.1);
    }
    cutter.pieces
}

struct Cutter<'t, 'n> {
    text: &'t str,
    pieces: Vec<Piece<'n>>,
    /// What lies before it has been cut.
    until: usize,
}

impl<'n> Cutter<'_, 'n> {
    /// Cuts a node; `limit` is where the article ends that it is of.
    fn node(&mut self, node: &'n Node, limit: usize) {
        if !(node.kind.is_provision() || matches!(node.kind, Kind::List | Kind::Item)) {
            return;
        }
        let limit = if node.kind == Kind::Article { node.span.1 } else { limit };
        if node.kind.groups_articles() {
            self.pieces.push(Piece::Break);
        }
        if node.is_leaf() {
            let place = if node.kind == Kind::Article { Stand::Article } else { Stand::Opening };
            return self.leaf(node, &node.eid, (place, limit));
        }
        for (at, child) in node.children.iter().enumerate() {
            match child.kind {
                _ if !child.is_leaf() => self.node(child, limit),
                Kind::Heading if node.kind.groups_articles() => {}
                Kind::Heading | Kind::Intro if at == 0 => {
                    let place = if node.kind == Kind::Article { Stand::Article } else { Stand::Opening };
                    self.leaf(child, &node.eid, (place, limit));
                }
                kind if kind.is_provision() || matches!(kind, Kind::Item) => self.node(child, limit),
                Kind::Intro if node.kind == Kind::Article => self.leaf(child, &child.eid, (Stand::Introduction, limit)),
                _ => self.leaf(child, &child.eid, (Stand::Further, limit)),
            }
        }
    }

    fn leaf(&mut self, leaf: &Node, eid: &'n str, (place, limit): (Stand, usize)) {
        let start = leaf.span.0.max(self.until);
        if start >= leaf.span.1 {
            return;
        }
        if leaf.kind == Kind::Quoted {
            return self.quoted((start, leaf.span.1), eid);
        }
        if quotation::opens(self.text, (start, leaf.span.1))
            && let Some(end) = quotation::whole(self.text, (start, limit))
        {
            return self.quoted((start, end), eid);
        }
        self.pieces.push(Piece::Said { span: (start, leaf.span.1), eid, place });
        self.until = leaf.span.1;
    }

    /// Cuts a stretch that begins with a quotation: it may end before the stretch does.
    fn quoted(&mut self, (start, end): (usize, usize), eid: &'n str) {
        let found = quotation::read(self.text, (start, end));
        let closed = found.closing != Closing::Missing;
        self.pieces.push(Piece::Quoted { span: found.inner, closed });
        self.until = found.end;
        if found.end < end {
            self.lines((found.end, end), eid);
        }
        self.until = end;
    }

    /// Cuts a stretch that the tree took for part of a quotation.
    fn lines(&mut self, (start, end): (usize, usize), eid: &'n str) {
        let mut at = start;
        while at < end {
            let next = paragraph(self.text, (at, end));
            let span = trimmed(self.text, (at, next));
            if span.0 < span.1 {
                if quotation::opens(self.text, span) {
                    let found = quotation::read(self.text, (span.0, end));
                    let closed = found.closing != Closing::Missing;
                    self.pieces.push(Piece::Quoted { span: found.inner, closed });
                    at = found.end.max(span.0 + 1);
                    continue;
                }
                if self.text.get(span.0..span.1).is_some_and(|said| said.chars().any(char::is_alphanumeric)) {
                    self.pieces.push(Piece::Said { span, eid, place: Stand::Further });
                }
            }
            at = next;
        }
    }
}

/// Where the paragraph ends that begins at a byte: at a blank line, or where a number or a quotation begins.
fn paragraph(text: &str, (start, end): (usize, usize)) -> usize {
    let part = text.get(start..end).unwrap_or_default();
    let mut at = 0;
    let mut begun = false;
    for line in part.split_inclusive('\n') {
        let bare = line.trim_matches(|c: char| c.is_whitespace() || c == '*');
        if begun && (bare.is_empty() || quotation::begins(bare) || numbered(bare)) {
            return start + at;
        }
        begun |= !bare.is_empty();
        at += line.len();
    }
    end
}

fn numbered(bare: &str) -> bool {
    marker(bare, "").is_some_and(|found| found.closed && matches!(found.sort, Sort::Worded(_) | Sort::Figure | Sort::Letter))
}
