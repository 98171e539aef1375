//! Provisions, and the blocks inside them.

use super::super::clean::Prose;
use super::super::number::numbered;
use super::super::opening::Opening;
use super::super::paragraphs::of_leaf;
use super::super::quoted::provisions;
use super::super::table::{Piece, Row, table};
use super::View;
use crate::node::{Kind, Node};
use maud::{Markup, PreEscaped, html};

impl View<'_> {
    /// A node and what it holds. Headings inside it are of `level` or below.
    pub(super) fn node(&self, node: &Node, level: u8) -> Markup {
        match node.kind {
            Kind::Table if node.is_leaf() => self.table(node),
            Kind::List if !node.is_leaf() => self.list(node, level),
            Kind::Quoted => self.quoted(node, level),
            Kind::Article | Kind::Form => self.section(node, level),
            kind if kind.groups_articles() => self.section(node, level),
            kind if kind.is_provision() => self.provision(node, level),
            Kind::Recipients | Kind::Signature => self.close(std::slice::from_ref(node)),
            _ if node.is_leaf() => self.leaf(node),
            kind => {
                html! { div class=(kind.as_str()) id=(node.eid) { @for child in &node.children { (self.node(child, level)) } } }
            }
        }
    }

    /// What has a heading of its own.
    fn section(&self, node: &Node, level: u8) -> Markup {
        let opening = Opening::of(self.source, node);
        html! {
            section class=(node.kind.as_str()) id=(node.eid) {
                (self.heading(node, &opening, level))
                (self.words(opening.intro.0.map(|own| own.eid.as_str()), &opening.intro.1))
                @for child in opening.rest { (self.node(child, level.saturating_add(1))) }
            }
        }
    }

    /// Number and heading. A number without a heading runs into the paragraph after it.
    fn heading(&self, node: &Node, opening: &Opening<'_>, level: u8) -> Markup {
        let words = &opening.heading.1;
        if opening.number.is_none() && words.is_empty() {
            return html! {};
        }
        // `Chương I` stands above its heading, `I.` before it.
        let above = node.kind.groups_articles() && opening.number.as_ref().is_some_and(|number| number.text.contains(' '));
        let id = opening.heading.0.filter(|own| own.kind == Kind::Heading).map(|own| own.eid.as_str());
        let inner = html! {
            @if let Some(number) = &opening.number { span.num.above[above] { (self.prose(number)) } @if !words.is_empty() { " " } }
            @for (at, prose) in words.iter().enumerate() { @if at > 0 { " " } span.name { (self.prose(prose)) } }
            (anchor(node))
        };
        tagged(level, words.is_empty().then_some("run-in"), id, &inner)
    }

    /// A clause or a point: its number hangs before its words.
    fn provision(&self, node: &Node, level: u8) -> Markup {
        let opening = Opening::of(self.source, node);
        let class = node.kind.as_str();
        let (own, words) = &opening.intro;
        let (first, others) = words.split_first().map_or((None, [].as_slice()), |(first, others)| (Some(first), others));
        let line = html! {
            @if let Some(number) = &opening.number { span.num { (self.prose(number)) } " " }
            @if let Some(first) = first { (self.prose(first)) }
            (anchor(node))
        };
        if opening.rest.is_empty() && others.is_empty() && own.is_none() {
            return html! { p.hanging.(class) id=(node.eid) { (line) } };
        }
        html! {
            div class=(class) id=(node.eid) {
                p.hanging id=[own.map(|own| own.eid.as_str())] { (line) }
                @for prose in others { (self.paragraph(None, prose)) }
                @for child in opening.rest { (self.node(child, level)) }
            }
        }
    }

    pub(super) fn leaf(&self, node: &Node) -> Markup {
        self.words(Some(&node.eid), &of_leaf(self.source, node))
    }

    /// The paragraphs of one node: one has the id itself, several have it together.
    pub(super) fn words(&self, id: Option<&str>, words: &[Prose]) -> Markup {
        match words {
            [] => html! {},
            [only] => self.paragraph(id, only),
            words => html! { div id=[id] { @for prose in words { (self.paragraph(None, prose)) } } },
        }
    }

    pub(super) fn paragraph(&self, id: Option<&str>, prose: &Prose) -> Markup {
        let class = prose.is_rule().then_some("rule");
        html! { p id=[id] class=[class] { (self.prose(prose)) } }
    }

    /// A list keeps its own marks.
    fn list(&self, node: &Node, level: u8) -> Markup {
        html! { ul.list id=(node.eid) { @for item in &node.children { (self.item(item, level)) } } }
    }

    fn item(&self, item: &Node, level: u8) -> Markup {
        let (own, rest) = match item.children.as_slice() {
            [own, rest @ ..] if own.is_leaf() && own.kind == Kind::Intro => (Some(own), rest),
            [] => (Some(item), [].as_slice()),
            children => (None, children),
        };
        let words = own.map(|own| of_leaf(self.source, own)).unwrap_or_default();
        let mut words = words.into_iter();
        let (number, first) = words.next().map_or((None, Prose::default()), |first| numbered(first, item));
        let id = own.map(|own| own.eid.as_str()).filter(|eid| *eid != item.eid);
        html! {
            li id=(item.eid) {
                p.hanging id=[id] { @if let Some(number) = &number { span.num { (self.prose(number)) } " " } (self.prose(&first)) }
                @for prose in words { (self.paragraph(None, &prose)) }
                @for child in rest { (self.node(child, level)) }
            }
        }
    }

    /// New wording, or a mention of another's.
    fn quoted(&self, node: &Node, level: u8) -> Markup {
        let inner = if node.is_leaf() { provisions(self.source, node) } else { Vec::new() };
        let parts = if node.is_leaf() { &inner } else { &node.children };
        html! {
            blockquote.quoted id=(node.eid) {
                @for part in parts { (self.node(part, level)) }
            }
        }
    }

    fn table(&self, node: &Node) -> Markup {
        let pieces = table(self.source, node.span.0..node.span.1);
        if pieces.is_empty() {
            return html! {};
        }
        html! {
            div.tables id=(node.eid) {
                @for piece in &pieces {
                    @match piece {
                        Piece::Rows(rows) => (self.rows(rows)),
                        Piece::Paragraph(prose) => (self.paragraph(None, prose)),
                    }
                }
            }
        }
    }

    fn rows(&self, rows: &[Row]) -> Markup {
        let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let span = |row: &Row| (row.cells.len() == 1 && width > 1).then_some(width);
        let head = rows.iter().take_while(|row| row.is_head).count();
        let (head, body) = rows.split_at_checked(head).unwrap_or((&[], rows));
        html! {
            div.scroll role="group" aria-label="Bảng" tabindex="0" {
                table {
                    @if !head.is_empty() {
                        thead {
                            @for row in head { tr { @for cell in &row.cells { th scope="col" colspan=[span(row)] { (self.cell(cell)) } } } }
                        }
                    }
                    tbody {
                        @for row in body { tr { @for cell in &row.cells { td colspan=[span(row)] { (self.cell(cell)) } } } }
                    }
                }
            }
        }
    }

    fn cell(&self, cell: &[Prose]) -> Markup {
        match cell {
            [only] => html! { (self.prose(only)) },
            cell => html! { @for prose in cell { p { (self.prose(prose)) } } },
        }
    }
}

/// A heading; there are six levels.
pub(super) fn tagged(level: u8, class: Option<&str>, id: Option<&str>, inner: &Markup) -> Markup {
    match level {
        0 | 1 => html! { h1 class=[class] id=[id] { (inner) } },
        2 => html! { h2 class=[class] id=[id] { (inner) } },
        3 => html! { h3 class=[class] id=[id] { (inner) } },
        4 => html! { h4 class=[class] id=[id] { (inner) } },
        5 => html! { h5 class=[class] id=[id] { (inner) } },
        _ => html! { h6 class=[class] id=[id] { (inner) } },
    }
}

/// A link to a node, for those who want to cite it.
pub(super) fn anchor(node: &Node) -> Markup {
    let label = format!("Đường dẫn tới {}", label(node));
    html! { a.anchor href={ "#" (node.eid) } aria-label=(label) { (PreEscaped("¶")) } }
}

/// `Điều 9`, `khoản 1`, `Phụ lục II`
fn label(node: &Node) -> String {
    let word = match node.kind {
        Kind::Part => "Phần",
        Kind::Chapter => "Chương",
        Kind::Section => "Mục",
        Kind::Subsection => "Tiểu mục",
        Kind::Article => "Điều",
        Kind::Clause => "khoản",
        Kind::Point => "điểm",
        Kind::Subpoint => "tiết",
        Kind::Appendix => "Phụ lục",
        Kind::Form => "Mẫu",
        _ => "phần này",
    };
    match &node.num {
        Some(num) => format!("{word} {num}"),
        None => node.heading.clone().filter(|_| !node.kind.is_provision()).unwrap_or_else(|| word.to_owned()),
    }
}
