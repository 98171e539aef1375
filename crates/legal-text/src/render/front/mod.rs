//! The letterhead by its official form (Nghị định 30/2020/NĐ-CP, phụ lục I): who stands left, what stands right, and
//! where the header fields are printed.

mod attachment;
mod fields;
mod keys;
mod roles;

pub(super) use attachment::{heading_of_attachment, kind_of_attachment};
pub(super) use fields::fields;

use super::clean::Prose;
use super::paragraphs::{Flow, ranges};
use super::source::Source;
use crate::node::Node;
use keys::Keys;
use std::ops::Range;

/// What a line of the letterhead is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The issuing authority and what it is below of.
    Issuer,
    Number,
    /// What a letter is about: `V/v …`.
    Subject,
    /// The name of the country.
    Country,
    Motto,
    /// Place and day.
    Date,
    Type,
    Title,
    /// Anything else below the letterhead.
    Other,
}

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Middle,
}

impl Role {
    pub fn side(self) -> Side {
        match self {
            Self::Issuer | Self::Number | Self::Subject => Side::Left,
            Self::Country | Self::Motto | Self::Date => Side::Right,
            Self::Type | Self::Title | Self::Other => Side::Middle,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Number => "number",
            Self::Subject => "subject",
            Self::Country => "country",
            Self::Motto => "motto",
            Self::Date => "date",
            Self::Type => "type",
            Self::Title => "title",
            Self::Other => "other",
        }
    }

    /// Whether lines that follow each other are one, wrapped. Of an authority only a word alone on its line is.
    fn runs_on(self) -> bool {
        !matches!(self, Self::Issuer | Self::Other)
    }
}

/// A line of the letterhead, of one node or several.
pub(super) struct Line<'n> {
    pub role: Role,
    pub pieces: Vec<(&'n Node, Range<usize>)>,
}

/// The lines of a header.
pub(super) fn letterhead<'n>(source: &Source<'_>, header: &'n Node) -> Vec<Line<'n>> {
    let leaves = if header.is_leaf() { std::slice::from_ref(header) } else { header.children.as_slice() };
    let mut cells: Vec<(&Node, Range<usize>)> = Vec::new();
    for leaf in leaves {
        cells.extend(ranges(source, leaf.span.0..leaf.span.1, Flow::Lines).into_iter().map(|range| (leaf, range)));
    }
    let keys = Keys::of(source, header.span.0..header.span.1);
    let roles = roles::roles(source, &keys, &cells);
    let mut lines: Vec<Line<'n>> = Vec::new();
    for ((leaf, range), role) in cells.into_iter().zip(roles) {
        let prose = Prose::of(source, range.clone());
        let word = role == Role::Issuer && !prose.text.contains(' ');
        match lines.last_mut() {
            Some(last) if last.role == role && (role.runs_on() || word) && !prose.is_rule() && !ends_with_rule(source, last) => {
                last.pieces.push((leaf, range));
            }
            _ => lines.push(Line { role, pieces: vec![(leaf, range)] }),
        }
    }
    lines
}

fn ends_with_rule(source: &Source<'_>, line: &Line<'_>) -> bool {
    line.pieces.last().is_some_and(|(_, range)| Prose::of(source, range.clone()).is_rule())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::node::Kind;
    use crate::parse::parse;

    fn read(text: &str) -> Vec<(&'static str, String)> {
        let parsed = parse(text);
        let mut source = Source::plain(text, &parsed);
        source.fields = fields(&source);
        let header = parsed.nodes.iter().find(|node| node.kind == Kind::Header).unwrap();
        letterhead(&source, header)
            .iter()
            .map(|line| {
                let pieces: Vec<String> = line.pieces.iter().map(|(_, range)| Prose::of(&source, range.clone()).text).collect();
                (line.role.as_str(), pieces.join(" "))
            })
            .collect()
    }

    const BODY: &str = "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM\nCăn cứ Luật Lam ngày 1/2/2030;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành.\n";

    #[test]
    fn a_letterhead_in_columns() {
        let text = format!(
            "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nTỈNH SÔNG LAM | Độc lập - Tự do - Hạnh phúc |\nSố: 12/2031/QĐ- UBND | Sông Lam, ngày 05 tháng 6 năm 2031 |\nQUYẾT ĐỊNH\nBAN HÀNH QUY CHẾ\nMỞ DỮ LIỆU\n{BODY}"
        );
        assert_eq!(
            read(&text),
            [
                ("issuer", "ỦY BAN NHÂN DÂN".into()),
                ("country", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".into()),
                ("issuer", "TỈNH SÔNG LAM".into()),
                ("motto", "Độc lập - Tự do - Hạnh phúc".into()),
                ("number", "Số: 12/2031/QĐ- UBND".into()),
                ("date", "Sông Lam, ngày 05 tháng 6 năm 2031".into()),
                ("type", "QUYẾT ĐỊNH".into()),
                ("title", "BAN HÀNH QUY CHẾ MỞ DỮ LIỆU".into()),
                ("other", "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM".into()),
            ]
        );
    }

    #[test]
    fn a_letterhead_in_wrapped_lines() {
        let text = format!(
            "**ỦY BAN NHÂN DÂN**\nTỈNH SÔNG LAM\n-------\n|\n**CỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**\nĐộc lập - Tự do - Hạnh phúc\n---------------\n|\nSố:\n12/2031/QĐ-UBND\n|\n*Sông Lam, ngày\n05 tháng 6 năm 2031*\n|\n**QUYẾT ĐỊNH**\nBan hành Quy chế\n{BODY}"
        );
        let lines = read(&text);
        assert!(lines.contains(&("country", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".into())), "{lines:?}");
        assert!(lines.contains(&("number", "Số: 12/2031/QĐ-UBND".into())), "{lines:?}");
        assert!(lines.contains(&("date", "Sông Lam, ngày 05 tháng 6 năm 2031".into())), "{lines:?}");
        assert!(lines.contains(&("issuer", "-------".into())), "{lines:?}");
    }
}
