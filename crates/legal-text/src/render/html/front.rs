//! Letterhead, title and preamble.

use super::super::clean::Prose;
use super::super::front::{Line, Role, Side, heading_of_attachment, letterhead};
use super::super::paragraphs::of_leaf;
use super::View;
use super::body::anchor;
use crate::node::{Kind, Node};
use maud::{Markup, html};

impl View<'_> {
    pub(super) fn preface(&self, nodes: &[Node]) -> Markup {
        html! {
            @for node in nodes {
                @if node.kind == Kind::Header { (self.header(node)) } @else {
                    details.related { summary { "Văn bản liên quan, theo nguồn" } (self.leaf(node)) }
                }
            }
        }
    }

    fn header(&self, header: &Node) -> Markup {
        let lines = letterhead(self.source, header);
        let above = lines.iter().rposition(|line| line.role.side() != Side::Middle).map_or(0, |last| last + 1);
        let (head, rest) = lines.split_at_checked(above).unwrap_or((&[], &lines));
        // In columns only where nothing in the middle stands between them.
        let columns = head.iter().all(|line| line.role.side() != Side::Middle) && !head.is_empty();
        let titled = lines.iter().any(|line| matches!(line.role, Role::Type | Role::Title));
        let mut ids = Ids { header, last: None, wants_heading: !titled };
        html! {
            header id=(header.eid) {
                @if columns {
                    div.letterhead { @for (at, line) in head.iter().enumerate() { (self.line(line, is_aligned(head, at), &mut ids)) } }
                } @else {
                    (self.lines(head, &mut ids))
                }
                (self.lines(rest, &mut ids))
            }
        }
    }

    /// Lines below the letterhead; the kind of document and its title are the heading of the page.
    fn lines<'n>(&self, lines: &[Line<'n>], ids: &mut Ids<'n>) -> Markup {
        let heads = |line: &Line<'_>| matches!(line.role, Role::Type | Role::Title);
        let from = lines.iter().position(heads).unwrap_or(lines.len());
        let length = lines.iter().skip(from).take_while(|line| heads(line)).count();
        html! {
            @for line in lines.iter().take(from) { (self.line(line, false, ids)) }
            @if length > 0 {
                h1 {
                    @for (at, line) in lines.iter().skip(from).take(length).enumerate() {
                        @if at > 0 { " " }
                        span class=(line.role.as_str()) { (self.pieces(line, ids)) }
                    }
                }
            }
            @for line in lines.iter().skip(from + length) { (self.line(line, false, ids)) }
        }
    }

    fn line<'n>(&self, line: &Line<'n>, aligned: bool, ids: &mut Ids<'n>) -> Markup {
        let side = match line.role.side() {
            Side::Left => "left",
            Side::Right => "right",
            Side::Middle => "middle",
        };
        let rule = self.is_rule(line);
        // A letter has no title; what it is about is its heading.
        if line.role == Role::Subject && ids.take_heading() {
            return html! { h1.line.(side).(line.role.as_str()) { (self.pieces(line, ids)) } };
        }
        html! { p.line.(side).(line.role.as_str()).rule[rule].aligned[aligned] { (self.pieces(line, ids)) } }
    }

    fn is_rule(&self, line: &Line<'_>) -> bool {
        matches!(line.pieces.as_slice(), [(_, range)] if Prose::of(self.source, range.clone()).is_rule())
    }

    /// The nodes of a line, each with its id.
    fn pieces<'n>(&self, line: &Line<'n>, ids: &mut Ids<'n>) -> Markup {
        html! {
            @for (at, (node, range)) in line.pieces.iter().enumerate() {
                @if at > 0 { " " }
                @let prose = Prose::of(self.source, range.clone());
                span id=[ids.take(node)] { (self.prose(&prose)) }
            }
        }
    }

    pub(super) fn heading_of_attachment(&self, heading: &Node, attachment: &Node) -> Markup {
        let lines = heading_of_attachment(self.source, heading);
        let heads = lines.iter().take_while(|(role, _)| *role != Role::Other).count();
        let id = (heading.eid != attachment.eid).then_some(heading.eid.as_str());
        html! {
            header id=[id] {
                @if heads > 0 {
                    h2 {
                        @for (at, (role, prose)) in lines.iter().take(heads).enumerate() {
                            @if at > 0 { " " }
                            span class=(role.as_str()) { (self.prose(prose)) }
                        }
                        (anchor(attachment))
                    }
                }
                @for (_, prose) in lines.iter().skip(heads) { p.line.middle.issued-with { (self.prose(prose)) } }
            }
        }
    }

    pub(super) fn preamble(&self, nodes: &[Node]) -> Markup {
        // Only what enacts has a preamble in italics.
        let enacts = nodes.iter().any(|node| node.kind == Kind::Formula);
        html! {
            @for node in nodes {
                @if node.kind == Kind::Formula {
                    (self.formula(node))
                } @else {
                    section.preamble.bases[enacts] id=(node.eid) {
                        @if node.is_leaf() { (self.leaf(node)) }
                        @for item in &node.children {
                            @if is_addressee(self.source.text, item) { div.addressee { (self.leaf(item)) } } @else { (self.leaf(item)) }
                        }
                    }
                }
            }
        }
    }

    /// `QUYẾT ĐỊNH:` stands in the middle; enacting words in a sentence are a paragraph.
    fn formula(&self, node: &Node) -> Markup {
        let words = of_leaf(self.source, node);
        let short = words.iter().all(|prose| prose.text.chars().count() < 40);
        html! {
            div.formula.words[short] id=(node.eid) { @for prose in &words { p { (self.prose(prose)) } } }
        }
    }
}

/// `Kính gửi: …`
fn is_addressee(text: &str, item: &Node) -> bool {
    let bare = item.text(text).trim_start_matches(|c: char| !c.is_alphabetic());
    bare.starts_with("Kính gửi") || bare.starts_with("KÍNH GỬI")
}

/// Number and date stand on one line, below everything else of the letterhead.
fn is_aligned(lines: &[Line<'_>], at: usize) -> bool {
    let Some(line) = lines.get(at) else { return false };
    matches!(line.role, Role::Number | Role::Date) && lines.iter().take(at).all(|before| before.role != line.role)
}

/// Which node was given its id last: a node may stand on several lines.
struct Ids<'n> {
    header: &'n Node,
    last: Option<&'n str>,
    /// Whether the document has no heading yet, and none will come.
    wants_heading: bool,
}

impl<'n> Ids<'n> {
    fn take_heading(&mut self) -> bool {
        std::mem::take(&mut self.wants_heading)
    }

    fn take(&mut self, node: &'n Node) -> Option<&'n str> {
        let eid = node.eid.as_str();
        let first = self.last != Some(eid) && eid != self.header.eid;
        self.last = Some(eid);
        first.then_some(eid)
    }
}
