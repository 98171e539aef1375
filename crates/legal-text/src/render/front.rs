//! The letterhead by its official form (Nghị định 30/2020/NĐ-CP, phụ lục I): who stands left, what stands right, and
//! where the header fields are printed.

use super::clean::Prose;
use super::paragraphs::{Flow, ranges};
use super::source::{Field, Mark, Marked, Source};
use crate::doc_type::DocType;
use crate::node::{Kind, Node};
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
    let roles = roles(source, &keys, &cells);
    let mut lines: Vec<Line<'n>> = Vec::new();
    for ((leaf, range), role) in cells.into_iter().zip(roles) {
        let prose = Prose::of(source, range.clone());
        let word = role == Role::Issuer && !prose.text.contains(' ');
        match lines.last_mut() {
            Some(last)
                if last.role == role && (role.runs_on() || word) && !prose.is_rule() && !ends_with_rule(source, last) =>
            {
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

/// Finds the header fields in the header, as marks.
pub(super) fn fields(source: &Source<'_>) -> Vec<Marked> {
    let Some(header) = source.read.nodes.iter().find(|node| node.kind == Kind::Header) else { return Vec::new() };
    let keys = Keys::of(source, header.span.0..header.span.1);
    let read = &source.read.header;
    let mut marks = Vec::new();
    let mut mark = |field, at: Option<Range<usize>>| {
        marks.extend(at.filter(|at| !at.is_empty()).map(|at| Marked { at, mark: Mark::Field(field) }));
    };
    mark(Field::Number, read.number.as_deref().and_then(|number| keys.find(number, 0)));
    mark(Field::Date, read.issued_on.and_then(|_| keys.day(read.issued_on)));
    mark(Field::Authority, read.issuer.as_deref().and_then(|issuer| keys.find(issuer, 0)));
    let kind = type_line(source, &keys, header);
    mark(Field::Title, title(source, &keys, kind.as_ref()));
    mark(Field::Type, kind);
    marks
}

fn title(source: &Source<'_>, keys: &Keys, kind: Option<&Range<usize>>) -> Option<Range<usize>> {
    let title = source.read.header.title.as_deref()?;
    let after = kind.map_or(0, |kind| kind.end);
    keys.find(title, after).or_else(|| keys.find(title, 0))
}

/// The line that names the kind of document: it is nothing else, or begins with it.
fn type_line(source: &Source<'_>, keys: &Keys, header: &Node) -> Option<Range<usize>> {
    let name = DocType::by_slug(source.read.header.doc_type.as_deref()?)?.name;
    let key = key(name);
    let leaves = if header.is_leaf() { std::slice::from_ref(header) } else { header.children.as_slice() };
    let lines = || leaves.iter().flat_map(|leaf| ranges(source, leaf.span.0..leaf.span.1, Flow::Lines));
    let named = |exact: bool| {
        lines().find(|line| {
            let own = keys.inside(line);
            if exact { own == key } else { own.starts_with(&key) && source.slice(line).contains(char::is_whitespace) }
        })
    };
    let line = named(true).or_else(|| named(false))?;
    keys.find_in(name, &line)
}

fn roles(source: &Source<'_>, keys: &Keys, cells: &[(&Node, Range<usize>)]) -> Vec<Role> {
    let country = keys.find("Cộng hòa xã hội chủ nghĩa Việt Nam", 0);
    let motto = keys.find("Độc lập Tự do Hạnh phúc", 0);
    let day = keys.day(None);
    let number = source.read.header.number.as_deref().and_then(|number| keys.find(number, 0));
    let title = source.fields.iter().find(|field| field.mark == Mark::Field(Field::Title)).map(|field| field.at.clone());
    let kind = source.fields.iter().find(|field| field.mark == Mark::Field(Field::Type)).map(|field| field.at.clone());
    let meets = |range: &Option<Range<usize>>, cell: &Range<usize>| {
        range.as_ref().is_some_and(|range| range.start < cell.end && cell.start < range.end)
    };
    let mut roles: Vec<Option<Role>> = Vec::with_capacity(cells.len());
    for (_, cell) in cells {
        let printed = crate::lower(source.slice(cell).trim_start_matches(|c: char| !c.is_alphanumeric()));
        let continues = roles.last() == Some(&Some(Role::Subject)) && source.slice(cell).starts_with(char::is_lowercase);
        roles.push(if meets(&country, cell) {
            Some(Role::Country)
        } else if meets(&motto, cell) {
            Some(Role::Motto)
        } else if meets(&kind, cell) && !meets(&title, cell) {
            Some(Role::Type)
        } else if meets(&day, cell) {
            Some(Role::Date)
        } else if printed.starts_with("v/v") {
            Some(Role::Subject)
        } else if meets(&number, cell) && !meets(&title, cell) || is_number_label(&printed) {
            Some(Role::Number)
        } else if meets(&title, cell) {
            Some(Role::Title)
        } else if Prose::of(source, cell.clone()).is_rule() {
            // It is drawn below the line before it.
            roles.last().copied().flatten()
        } else {
            continues.then_some(Role::Subject)
        });
    }
    let above = roles.iter().rposition(|role| role.is_some_and(|role| role.side() != Side::Middle));
    roles
        .into_iter()
        .enumerate()
        .map(|(at, role)| role.unwrap_or(if above.is_some_and(|above| at <= above) { Role::Issuer } else { Role::Other }))
        .collect()
}

fn is_number_label(printed: &str) -> bool {
    ["số:", "số :", "luật số", "bộ luật số", "pháp lệnh số"].iter().any(|label| printed.starts_with(label)) || printed == "số"
}

/// What an attachment is, by the first words of its heading: `quy-che`, `phu-luc`; `text` for what is none.
pub(super) fn kind_of_attachment(node: &Node) -> &'static str {
    match node.kind {
        Kind::Attachment => {
            let heading = node.heading.as_deref().unwrap_or_default();
            DocType::at_start(heading).map_or("quy-che", |(kind, _)| kind.slug)
        }
        Kind::Appendix => "phu-luc",
        _ => "text",
    }
}

/// The heading of an attachment: what it is, its title, and the statement what it was issued with.
pub(super) fn heading_of_attachment(source: &Source<'_>, heading: &Node) -> Vec<(Role, Prose)> {
    let mut parts: Vec<(Role, Range<usize>)> = Vec::new();
    for line in ranges(source, heading.span.0..heading.span.1, Flow::Lines) {
        let prose = Prose::of(source, line.clone());
        let states = prose.text.starts_with('(') || parts.last().is_some_and(|(role, _)| *role == Role::Other);
        let role = match parts.last() {
            _ if states => Role::Other,
            None if is_designation(&prose.text) => Role::Type,
            _ => Role::Title,
        };
        match parts.last_mut() {
            Some((last, range)) if *last == role && role != Role::Type && !prose.is_rule() => range.end = line.end,
            _ => parts.push((role, line)),
        }
    }
    parts.into_iter().map(|(role, range)| (role, Prose::of(source, range))).collect()
}

/// A line that says what an attachment is and no more: `QUY CHẾ`, `PHỤ LỤC II`.
fn is_designation(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let lower = crate::lower(line);
    let named = ["phụ lục", "danh mục", "biểu", "mẫu"].iter().any(|word| lower.starts_with(word));
    words <= 4 && (named || DocType::by_heading(line).is_some())
}

/// Letters and digits without case and tones, as they are compared.
fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(kernel::text::fold_char).collect()
}

/// The letters and digits of a stretch of text, each with its place.
struct Keys {
    text: String,
    /// For each byte of `text` where its character begins and ends in the source.
    places: Vec<(usize, usize)>,
    end: usize,
}

/// A header is not longer; a text that is taken for one may be.
const LONGEST_HEADER: usize = 16_384;

impl Keys {
    fn of(source: &Source<'_>, range: Range<usize>) -> Self {
        let mut keys = Self { text: String::new(), places: Vec::new(), end: range.end };
        for (at, c) in source.slice(&range).char_indices() {
            if at > LONGEST_HEADER {
                break;
            }
            if c.is_alphanumeric() {
                keys.text.extend(kernel::text::fold_char(c));
                let start = range.start + at;
                keys.places.resize(keys.text.len(), (start, start + c.len_utf8()));
            }
        }
        keys
    }

    /// Where something is printed, at or after a byte of the source.
    fn find(&self, wanted: &str, from: usize) -> Option<Range<usize>> {
        self.find_in(wanted, &(from..self.end))
    }

    fn find_in(&self, wanted: &str, within: &Range<usize>) -> Option<Range<usize>> {
        let wanted = key(wanted);
        let from = self.places.partition_point(|(start, _)| *start < within.start);
        let found = from + self.text.get(from..)?.find(&wanted).filter(|_| !wanted.is_empty())?;
        let range = self.places.get(found)?.0..self.after(found + wanted.len());
        (range.end <= within.end).then_some(range)
    }

    /// The byte of the source after the character before byte `at` of the key.
    fn after(&self, at: usize) -> usize {
        at.checked_sub(1).and_then(|last| self.places.get(last)).map_or(self.end, |(_, end)| *end)
    }

    /// The letters and digits of some bytes of the source.
    fn inside(&self, range: &Range<usize>) -> &str {
        let from = self.places.partition_point(|(start, _)| *start < range.start);
        let to = self.places.partition_point(|(start, _)| *start < range.end);
        self.text.get(from..to).unwrap_or_default()
    }

    /// Where a day is printed: `ngày 02 tháng 12 năm 2020`. A given day must be this one.
    fn day(&self, wanted: Option<time::Date>) -> Option<Range<usize>> {
        let digits = |at: usize| {
            let rest = self.text.get(at..).unwrap_or_default();
            let length = rest.bytes().take_while(u8::is_ascii_digit).count();
            (rest.get(..length).and_then(|digits| digits.parse::<u32>().ok()), at + length)
        };
        let word = |word: &str, at: usize| self.text.get(at..)?.starts_with(word).then_some(at + word.len());
        self.text.match_indices("ngay").find_map(|(start, _)| {
            let (day, at) = digits(start + "ngay".len());
            let (month, at) = digits(word("thang", at)?);
            let (year, at) = digits(word("nam", at)?);
            let is_wanted = wanted.is_none_or(|wanted| {
                let printed = (day, month, year);
                printed == (Some(wanted.day().into()), Some(u8::from(wanted.month()).into()), u32::try_from(wanted.year()).ok())
            });
            is_wanted.then(|| self.places.get(start).map(|(from, _)| *from..self.after(at))).flatten()
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::parse::parse;

    fn read(text: &str) -> Vec<(&'static str, String)> {
        let parsed = parse(text);
        let mut source = Source::plain(text, &parsed);
        source.fields = fields(&source);
        let header = parsed.nodes.iter().find(|node| node.kind == Kind::Header).unwrap();
        letterhead(&source, header)
            .iter()
            .map(|line| {
                let pieces: Vec<String> =
                    line.pieces.iter().map(|(_, range)| Prose::of(&source, range.clone()).text).collect();
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
