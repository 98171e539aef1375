//! The signature: in what capacity, under what title, by whom
//! (Nghị định 30/2020/NĐ-CP, phụ lục I, II.7; Điều 13 for TM., KT., TL., TUQ., Q.).

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::block::{BLOCK, Block, after_recipients, head_of, read_block};
use super::capacity::{capacity, is_office_line};
use super::person::{person, starts_with_surname};
use super::recipients::recipients_line;
use crate::layout::{Piece, Source, is_capitals, joined};
use crate::pattern;

/// Who signed, as far as the block tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Signature {
    pub name: Option<String>,
    pub title: Option<String>,
    pub capacity: Option<String>,
    /// For whom, as it is printed after `TM.`.
    pub on_behalf: Option<String>,
    /// The head for whom it is signed: `KT. BỘ TRƯỞNG`.
    pub chief: Option<String>,
}

/// Words that blocks open with.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:TM|KT|TL|TUQ|TUN|T/M|K/T|T/L|T\.|K\.|Q\.|QUYỀN|PHÓ|CHỦ|BỘ|THỨ|THỦ|GIÁM|CỤC|CHI|VỤ|CHÁNH|TRƯỞNG|VIỆN|THỐNG|HIỆU|BÍ|TỔNG|KIỂM|ỦY|UỶ|THƯỜNG|TƯ|P\.|N(?:ơi|ƠI) )",
    )
});

/// How many lines before and after the recipients' heading a block stands beside it.
const BESIDE: Range<usize> = 12..BLOCK;
/// How many pieces of a line may open a block.
const OWN: usize = 6;
/// How many pieces a block has at least room in.
const FEW: usize = 12;
/// A hostile text may be all openings; a real one has a handful before its own.
const MOST_BLOCKS: usize = 200;

/// Finds the act's signature among the lines that follow its header, without its attachments.
pub(super) fn signature(source: &Source<'_>, act: Range<usize>) -> Signature {
    let recipients = recipients_line(source, act.start).filter(|line| act.contains(line));
    // Where there are recipients, the block stands beside or below them.
    let near = recipients.map(|heading| heading.saturating_sub(BESIDE.start).max(act.start)..act.end);
    let found = near.map(|lines| first_block(source, lines, recipients)).unwrap_or_default();
    let found = if found.name.is_some() { found } else { first_block(source, act.clone(), recipients) };
    if found.name.is_some() {
        return found;
    }
    Signature { name: bare_name(source, act, recipients), ..found }
}

/// The first block with a name, or else the first that at least tells a capacity.
fn first_block(source: &Source<'_>, lines: Range<usize>, recipients: Option<usize>) -> Signature {
    let mut unnamed: Option<Signature> = None;
    let mut blocks_read = 0;
    for line in opening_lines(source, lines.clone()) {
        let beside = recipients.is_some_and(|heading| line + BESIDE.start > heading && line < heading + BESIDE.end);
        let own = source.row(line, OWN);
        let opening = |(at, piece): (usize, &Piece)| (piece.first_line == line && opens_block(piece, beside)).then_some(at);
        for at in own.iter().enumerate().filter_map(opening) {
            blocks_read += 1;
            let found = block_at(source, line, at, lines.end);
            if found.name.is_some() {
                return found;
            }
            if unnamed.is_none() && found.capacity.is_some() {
                unnamed = Some(found);
            }
        }
        if blocks_read > MOST_BLOCKS {
            break;
        }
    }
    unnamed.unwrap_or_default()
}

/// Reads the block that a piece of a line opens; a few pieces nearly always hold it.
fn block_at(source: &Source<'_>, line: usize, at: usize, end: usize) -> Signature {
    let read = |count: usize| {
        let mut pieces = source.pieces(line, at + count);
        let more = pieces.len() == at + count;
        pieces.retain(|piece| piece.first_line < end);
        let (found, ended) = read_block(pieces.get(at..).unwrap_or_default());
        (found, ended || !more)
    };
    let (found, ended) = read(FEW);
    if ended { found } else { read(BLOCK).0 }
}

/// The lines a cell of which begins with a word that blocks open with, in order.
fn opening_lines(source: &Source<'_>, lines: Range<usize>) -> Vec<usize> {
    let base = source.start(lines.start);
    let text = source.slice(lines.clone());
    let starts = lines.filter(|line| may_open(source.line(*line)));
    let opens = |at: &usize| text.get(*at..).is_some_and(may_open);
    let bars = memchr::memchr_iter(b'|', text.as_bytes()).map(|at| at + 1);
    let gaps = memchr::memmem::find_iter(text.as_bytes(), "    ").map(|at| at + 4);
    let mut found: Vec<usize> = starts.chain(bars.chain(gaps).filter(opens).map(|at| source.line_at(base + at))).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn may_open(cell: &str) -> bool {
    let text = cell.trim_start_matches([' ', '*', '|', '\t', '_', '\\', '>', '#', '-', '\u{a0}', '\u{feff}']);
    let mut letters = text.bytes();
    // A capital, and no small letter after it.
    letters.next().is_some_and(|b| b.is_ascii_uppercase() || b >= 0xc0)
        && letters.next().is_some_and(|b| !b.is_ascii_lowercase() && b != b' ' || text.starts_with("Nơi"))
        && OPENING.is_match(text)
}

fn opens_block(piece: &Piece, beside_recipients: bool) -> bool {
    let text = head_of(after_recipients(&piece.text));
    is_capitals(text) && (capacity(text).is_some_and(|(mark, _)| mark != "Q." || beside_recipients) || is_office_line(text))
}

/// A name without any office above it: beside `(Đã ký)`, or after the recipients.
fn bare_name(source: &Source<'_>, act: Range<usize>, recipients: Option<usize>) -> Option<String> {
    if let Some(name) = beside_signed(source, act.clone()) {
        return Some(name);
    }
    let heading = recipients?;
    let pieces = source.pieces(heading, BLOCK);
    let mut list = Block::default();
    let below = pieces.iter().skip_while(|piece| piece.first_line == heading).take_while(|piece| piece.first_line < act.end);
    let after = below.into_iter().find(|piece| !list.is_recipient(&piece.text))?;
    starts_with_surname(&after.text).then(|| person(&after.text)).flatten()
}

static SIGNED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([ĐđÐð]ã|\([ĐÐ]Ã"));

fn beside_signed(source: &Source<'_>, act: Range<usize>) -> Option<String> {
    let base = source.start(act.start);
    let at = SIGNED.find(source.slice(act.clone()))?;
    let line = source.line_at(base + at.start());
    let from = line.saturating_sub(4).max(act.start);
    let pieces = source.pieces(from, 12);
    let signed = pieces.iter().position(|piece| piece.text.starts_with(['(']) && piece.line >= line)?;
    let above = |count: usize| {
        let name = joined(pieces.get(signed.checked_sub(count)?..signed)?);
        starts_with_surname(&name).then(|| person(&name)).flatten()
    };
    let below = || {
        let pieces = pieces.get(signed..(signed + 2).min(pieces.len()))?;
        pieces.iter().filter(|piece| starts_with_surname(&piece.text)).find_map(|piece| person(&piece.text))
    };
    above(1).or_else(|| above(2)).or_else(below)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn read(text: &str) -> (String, String, String) {
        let source = Source::of(text);
        let found = signature(&source, 0..source.lines());
        (found.capacity.unwrap_or_default(), found.title.unwrap_or_default(), found.name.unwrap_or_default())
    }

    fn is(capacity: &str, title: &str, name: &str) -> (String, String, String) {
        (capacity.into(), title.into(), name.into())
    }

    #[test]
    fn a_deputy_signs_for_the_head() {
        let text = "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Lam\nQUY CHẾ";
        assert_eq!(read(text), is("KT.", "Phó Chủ tịch", "Trần Văn Lam"));
    }

    #[test]
    fn recipients_between_the_lines_are_passed_over() {
        let text =
            "Nơi nhận:\nTM. ỦY BAN NHÂN\nDÂN\n- Như Điều 4;\n- Báo Sông Lam, Đài\nPT&TH;\nCHỦ TỊCH\n\n(Đã ký)\nTrần Văn Lam";
        assert_eq!(read(text), is("TM.", "Chủ tịch", "Trần Văn Lam"));
    }

    #[test]
    fn columns_are_kept_apart() {
        let text = "| Nơi nhận: | TM. HỘI ĐỒNG |\n| - Bộ Lam; | CHỦ TỊCH |\n| - Sở Lam. | Trần Văn Lam |";
        assert_eq!(read(text), is("TM.", "Chủ tịch", "Trần Văn Lam"));
        let text = "TL. CỤC TRƯỞNG | KT. CHÁNH VĂN PHÒNG |\nPHÓ CHÁNH VĂN PHÒNG\nTrần Văn Lam";
        assert_eq!(read(text).2, "Trần Văn Lam");
    }

    #[test]
    fn a_flattened_block_is_parted() {
        for text in [
            "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH (Đã ký) Trần Văn Lam",
            "- Lưu: VT | TM. ỦY BAN NHÂN DÂNKT. CHỦ TỊCHPHÓ CHỦ TỊCH(Đã ký)Trần Văn Lam |",
            "TM. ỦY BAN NHÂN DÂNKT. CHỦ TỊCHPHÓ CHỦ TỊCHTrần Văn Lam",
        ] {
            assert_eq!(read(text), is("KT.", "Phó Chủ tịch", "Trần Văn Lam"), "{text}");
        }
    }

    #[test]
    fn both_columns_may_have_run_into_one() {
        let text = "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như Điều 3; CHỦ TỊCH\n- Lưu: VT.\nTrần Văn Lam";
        assert_eq!(read(text), is("TM.", "", "Trần Văn Lam"));
        let text = "Thi hành./. Nơi nhận: - Như Điều 3;\n- Lưu: VT.\nTrần Văn Lam";
        assert_eq!(read(text), is("", "", "Trần Văn Lam"));
    }

    #[test]
    fn a_block_without_a_name_still_tells_the_capacity() {
        assert_eq!(read("Nơi nhận: | TM. ỦY BAN NHÂN DÂN |\nHOẠT ĐỘNG CỦA CỔNG\nĐiều 1. Phạm vi"), is("TM.", "", ""));
    }
}
