//! What a document is about (trích yếu): below its heading, after `V/v` in a letter, or in the enacting words
//! (Nghị định 30/2020/NĐ-CP, phụ lục I, II.5).

use std::sync::LazyLock;

use regex::Regex;

use super::dates::PlaceAndDay;
use super::evidence::Evidence;
use super::full_title::FullTitle;
use super::heading::{after_letterhead, opens_body};
use super::title::sentence_case;
use super::zones::Zones;
use crate::doc_type::DocType;
use crate::key::phrase_key;
use crate::layout::{Piece, is_capitals};
use crate::names::capitalised;
use crate::pattern;

/// How many words an abstract may have; what is longer has run into the text.
const LONGEST: usize = 260;
/// How many lines an abstract and a subject may have.
const MOST_LINES: usize = 28;
const MOST_SUBJECT_LINES: usize = 12;

impl Zones<'_> {
    /// Where the abstract may begin, counted among the pieces of the head.
    pub(super) fn title_from(&self) -> usize {
        self.heading.as_ref().map_or_else(|| after_letterhead(self.head()), |heading| heading.below)
    }

    /// The abstract in sentence case; a law's begins with the name of its kind.
    pub fn title(&self) -> Option<String> {
        let named = self.kind().filter(|kind| kind.is_named());
        let printed = match self.kind() {
            None if self.is_letter() => self.subject()?,
            None if self.number().is_none() && self.place_and_day().is_none() => return self.enacted_title(),
            _ => match self.abstract_lines() {
                Some(lines) => FullTitle::read(&lines).map_or(lines, |title| title.rest),
                None => return self.enacted_title(),
            },
        };
        let printed = match named {
            Some(kind) => format!("{} {}", kind.name.to_uppercase(), name_of_law(&printed)),
            None => without_kind(without_mark(&printed), self.kind()).to_owned(),
        };
        let title = sentence_case(&printed, |words, keys| Evidence::of(&self.source, self.provisions(), words, keys));
        let is_abstract = title.chars().filter(|c| c.is_alphabetic()).nth(3).is_some() && title.split(' ').nth(LONGEST).is_none();
        is_abstract.then_some(title)
    }

    /// `Bộ trưởng … ban hành Thông tư quy định …` states the abstract where the heading does not.
    fn enacted_title(&self) -> Option<String> {
        self.preamble.iter().find_map(|line| {
            let (_, rest) = line.split_once(" ban hành ")?;
            let (_, title) = DocType::at_start(rest)?;
            let title = title.trim_end_matches(['.', ';', ':', ',', ' ']);
            let names_it = !title.to_lowercase().starts_with("này") && !line.starts_with("Căn cứ");
            (names_it && title.split_whitespace().nth(2).is_some()).then(|| capitalised(title))
        })
    }

    pub(super) fn abstract_lines(&self) -> Option<String> {
        let head = self.head();
        let from = self.title_from();
        let beside = self.heading.as_ref().and_then(|heading| heading.beside.as_deref());
        let stop = self.authority_span().map_or(head.len(), |(from, _)| from);
        let stop = if stop > from || beside.is_some() { stop } else { head.len() };
        let mut lines: Vec<&str> = beside.into_iter().collect();
        let capitals = match lines.first() {
            Some(line) => is_capitals(line),
            None => head.get(from)?.is_capitals(),
        };
        let begins_text = self.heading.as_ref().is_some_and(|heading| heading.at == 0) && beside.is_some();
        for piece in head.get(from..stop).unwrap_or_default() {
            let text = piece.text.as_str();
            if lines.first().is_some_and(|first| phrase_key(first) == phrase_key(text)) || self.repeats_heading(text) {
                continue;
            }
            if lines.len() > MOST_LINES || ends_abstract(piece, capitals, begins_text, lines.last().copied()) {
                break;
            }
            lines.push(text);
        }
        let lines = without_repetition(&lines);
        (!lines.is_empty()).then(|| lines.join(" "))
    }

    /// A conversion may print the heading twice, once without its spaces: `NGHỊQUYẾT`.
    fn repeats_heading(&self, text: &str) -> bool {
        self.kind().is_some_and(|kind| {
            let squeezed = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
            text.len() <= kind.name.len() + 4 && squeezed(text) == squeezed(kind.name)
        })
    }

    /// `V/v …` under a letter's number, up to the date in the next cell.
    fn subject(&self) -> Option<String> {
        let head = self.near(3);
        let (at, from) = head.iter().enumerate().find_map(|(at, piece)| Some((at, subject_in(&piece.text)?)))?;
        let mut lines: Vec<&str> = Vec::new();
        for piece in head.get(at..).unwrap_or_default() {
            let text = if lines.is_empty() { piece.text.get(from..).unwrap_or_default() } else { piece.text.as_str() };
            // In a letterhead of one line the subject ends where the place of the date begins.
            let dated = PlaceAndDay::of(std::slice::from_ref(piece)).and_then(|found| text.find(found.place?.as_str()));
            let ends = piece.after_gap && !lines.is_empty()
                || opens_body(text)
                || dated.is_none() && text.to_lowercase().contains(", ngày");
            if ends || lines.len() > MOST_SUBJECT_LINES {
                break;
            }
            if let Some(end) = dated {
                lines.extend(text.get(..end).map(str::trim).filter(|text| !text.is_empty()));
                break;
            }
            lines.push(text);
        }
        let subject = lines.join(" ");
        Some(without_mark(&subject).to_owned())
    }
}

/// Where a subject begins in a line: at its start, or after a number.
fn subject_in(text: &str) -> Option<usize> {
    let start: String = text.chars().take(8).collect::<String>().to_lowercase();
    if ["v/v", "v / v", "về việc", "về "].iter().any(|mark| start.starts_with(mark)) {
        return Some(0);
    }
    let numbered = text.starts_with("Số") || text.starts_with("SỐ");
    numbered.then(|| ["V/v", "V/V"].iter().find_map(|mark| text.find(mark))).flatten()
}

/// Whether a line is no part of the abstract that has begun.
fn ends_abstract(piece: &Piece, capitals: bool, begins_text: bool, last: Option<&str>) -> bool {
    let text = piece.text.as_str();
    let foreign = piece.is_capitals() != capitals && text.chars().filter(|c| c.is_alphabetic()).nth(3).is_some();
    // A source that begins with its title has one paragraph on each line.
    let apart = piece.after_gap || begins_text;
    let closed = apart && !capitals && last.is_some() && !text.starts_with(char::is_lowercase) && !leaves_open(last);
    let remark = text.starts_with('(') && !capitals && piece.after_gap;
    foreign || closed || remark
}

/// A line that cannot be the last of an abstract.
fn leaves_open(last: Option<&str>) -> bool {
    last.is_some_and(|last| {
        last.ends_with([',', '-'])
            || [" của", " và", " về", " tại", " loại", " trên địa bàn"].iter().any(|end| last.ends_with(end))
    })
}

/// A conversion may print an abstract twice, once in one line and once in several.
fn without_repetition<'l>(lines: &[&'l str]) -> Vec<&'l str> {
    let half = lines.first().filter(|first| {
        let rest = lines.get(1..).unwrap_or_default().join(" ");
        phrase_key(&rest) == phrase_key(first)
    });
    half.map_or_else(|| lines.to_vec(), |first| vec![*first])
}

/// An abstract without the mark `V/v` before it.
fn without_mark(printed: &str) -> &str {
    let mut bare = printed.trim_start_matches(['-', ' ', ':', '.']);
    while let Some(rest) = ["V/v", "V/V", "v/v", "V / v", "Vv"].iter().find_map(|mark| bare.strip_prefix(mark)) {
        bare = rest.trim_start_matches([':', '.', ' ', '-']);
    }
    bare
}

/// An abstract without the name of the kind that a conversion has left before it.
fn without_kind<'p>(printed: &'p str, kind: Option<&DocType>) -> &'p str {
    let name = kind.map(|kind| kind.name.to_uppercase());
    let rest = name.and_then(|name| printed.strip_prefix(name.as_str())).map(|rest| rest.trim_start_matches([' ', ':']));
    rest.filter(|rest| !rest.is_empty() && !is_capitals(printed)).unwrap_or(printed)
}

/// `CỦA QUỐC HỘI NƯỚC … SỐ 23/2004/QH11 NGÀY … VỀ GIAO THÔNG …` names a law after `VỀ`, and what follows a law's name only
/// tells who passed it.
fn name_of_law(printed: &str) -> &str {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?:của\s+(?:quốc\s+hội|[uủ][yỷ]\s+ban\s+thường\s+vụ|uỷ\s+ban\s+thường\s+vụ|hội\s+đồng\s+nhà\s+nước)|số)\b.{0,160}?(?:\s|\d)về\s+(?:(?:luật|pháp lệnh)\s+)?|của\s+quốc\s+hội\b[^,]{0,140}?\d{4}\s+|số\s.{0,60}?\scủa\s+(?:[uủ][yỷ]\s+ban\s+thường\s+vụ\s+|uỷ\s+ban\s+thường\s+vụ\s+)?quốc\s+hội\s+|về\s+(?:(?:luật|pháp lệnh)\s+)?)",
        )
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)[\s,]+(?:của\s+quốc\s+hội\s+(?:nước|khóa|khoá|số)|số\s+\d{1,4}(?:/\d{4})?[-/][\p{L}/\d-]+\s+ngày|của\s*$|\(?(?:đã\s+)?được\s+(?:sửa đổi|quốc hội))",
        )
    });
    let name = printed.get(BEFORE.find(printed).map_or(0, |found| found.end())..).unwrap_or(printed);
    let name = name.get(..AFTER.find(name).map_or(name.len(), |found| found.start())).unwrap_or(name);
    if name.trim().is_empty() { printed } else { name }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn title(text: &str) -> String {
        Zones::of(text).title().unwrap_or_default()
    }

    #[test]
    fn a_law_is_named_without_those_who_passed_it() {
        for printed in [
            "LUẬT\nCỦA QUỐC HỘI NƯỚC CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSỐ 5/2031/QH20 NGÀY 15 THÁNG 6 NĂM 2031\nVỀ DỮ LIỆU",
            "LUẬT\nDỮ LIỆU\nCỦA QUỐC HỘI KHÓA XX, KỲ HỌP THỨ 5 SỐ 5/2031/QH20\nNGÀY 15 THÁNG 6 NĂM 2031",
            "LUẬT\nSỐ 5-L/CTN NGÀY 06/07/2031 CỦA QUỐC HỘI VỀ DỮ LIỆU",
            "LUẬT DỮ LIỆU",
            "LUẬT\nCỦA QUỐC HỘI NƯỚC CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM SỐ 5/2031/QH20 VỀ LUẬT DỮ LIỆU",
        ] {
            assert_eq!(
                title(&format!("{printed}\n\nCăn cứ Hiến pháp;\nQuốc hội ban hành Luật dữ liệu.")),
                "Luật dữ liệu",
                "{printed}"
            );
        }
        let amending = "LUẬT\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT DỮ LIỆU SỐ 5/2031/QH20\n\nCăn cứ Hiến pháp;";
        assert_eq!(title(amending), "Luật sửa đổi, bổ sung một số điều của luật dữ liệu số 5/2031/QH20");
    }

    #[test]
    fn what_is_not_the_abstract_is_left_off() {
        assert_eq!(title("QUYẾT ĐỊNH\nV / v mở dữ liệu\n\nCăn cứ Luật Lam;"), "Mở dữ liệu");
        assert_eq!(title("**NGHỊ ĐỊNH****Về dữ liệu mở**\n\n**Về dữ liệu mở**\n\nCăn cứ Luật Lam;"), "Về dữ liệu mở");
        let broken = "**NGHỊ ĐỊNH****Quy định loại hợp đồng**\n\n**Quy định loại**\n\n**hợp đồng**\n\nCăn cứ Luật Lam;";
        assert_eq!(title(broken), "Quy định loại hợp đồng");
        let row = "Số: 5/BLAM-VP V/v mở dữ liệu Sông Lam, ngày 5 tháng 6 năm 2031\nKính gửi: Sở Lam";
        assert_eq!(title(row), "Mở dữ liệu");
        let letter = "Số: 5/BLAM-VP\nV/v mở dữ liệu\n\nKính gửi: Sở Lam";
        assert_eq!(title(letter), "Mở dữ liệu");
        assert_eq!(title("**LUẬT****DỮ LIỆU**\n\n**DỮ LIỆU**\n\nCăn cứ Hiến pháp;"), "Luật dữ liệu");
        let remark = "QUYẾT ĐỊNH\nVề quỹ (thực hiện khoản 4\nĐiều 35 Luật Lam)\n\nCăn cứ Luật Lam;";
        assert_eq!(title(remark), "Về quỹ (thực hiện khoản 4 Điều 35 Luật Lam)");
    }
}
