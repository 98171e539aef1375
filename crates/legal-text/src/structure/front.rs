//! The front of a document: lists of related acts, header, preamble, enacting words.

use super::event::{Event, Holds, level};
use super::marker::{Sort, marker};
use crate::layout::is_capitals;
use crate::lines::Lines;
use crate::node::Kind;

/// Enacting words that stand alone on a line.
const FORMULAS: [&str; 14] = [
    "quyết định",
    "quyết nghị",
    "nghị quyết",
    "chỉ thị",
    "lệnh",
    "công bố",
    "thông tư",
    "nghị định",
    "quy định",
    "ra quyết định",
    "kết luận",
    "thông báo",
    "ban hành",
    "thống nhất",
];

/// Tells whether a line is the enacting words: `QUYẾT ĐỊNH:`.
pub(super) fn is_formula(bare: &str) -> bool {
    let line = bare.trim_end_matches(['*', ' ']);
    let word = line.trim_end_matches([':', '.', ' ', '*']);
    let closed = line.ends_with(':');
    (closed || is_capitals(word))
        && word.split_whitespace().count() <= 3
        && FORMULAS.contains(&crate::lower(&kernel::text::one_line(word)).as_str())
}

/// Tells whether a statement enacts: `Quốc hội ban hành Luật …`, `Bộ trưởng … ban hành Thông tư …`.
fn enacts(bare: &str) -> bool {
    [
        "Quốc hội ban hành",
        "Chính phủ ban hành",
        "Ủy ban thường vụ Quốc hội ban hành",
        "Uỷ ban thường vụ Quốc hội ban hành",
        "Chủ tịch nước ban hành",
    ]
    .iter()
    .any(|opening| bare.starts_with(opening))
        || ([
            "Bộ trưởng",
            "Thủ tướng",
            "Thống đốc",
            "Hội đồng",
            "Chánh án",
            "Viện trưởng",
            "Tổng",
            "Ủy ban",
            "Uỷ ban",
            "Chủ tịch",
        ]
        .iter()
        .any(|opening| bare.starts_with(opening))
            && bare.contains(" ban hành "))
}

/// Writes the events of what stands before the provisions: the lines from the first to `body` are the header, those up
/// to the first provision the preamble. Gives the line where the provisions begin.
pub(super) fn front(lines: &Lines<'_>, first: usize, body: usize, events: &mut Vec<Event>) -> usize {
    if first > 0 {
        // What a portal puts before the act: lists of related acts.
        leaf(lines, 0, (Kind::Text, level::BESIDE), events);
    }
    if body > first {
        open(lines, first, Kind::Header, events);
        let mut before_was_rule = false;
        for line in first..body {
            let rule = lines.get(line).is_some_and(|line| line.is_rule());
            // A mark alone belongs to the text after it, or ends the header.
            if line == first || !rule && !before_was_rule {
                leaf(lines, line, (Kind::Text, level::FRONT), events);
            }
            before_was_rule = rule && line == first;
        }
    }
    preamble(lines, body, events)
}

fn preamble(lines: &Lines<'_>, from: usize, events: &mut Vec<Event>) -> usize {
    let mut opened = false;
    let mut line = from;
    while line < lines.len() {
        let bare = lines.bare(line);
        if is_formula(bare) {
            leaf(lines, line, (Kind::Formula, level::BESIDE), events);
            return line + 1;
        }
        if begins_provisions(lines, line) {
            return line;
        }
        // A text without provisions: its preamble is what rests on something.
        if !opened && !begins_statement(lines, line) {
            return line;
        }
        if !opened {
            open(lines, line, Kind::Preamble, events);
            leaf(lines, line, (Kind::Item, level::FRONT), events);
            opened = true;
        } else if enacts(bare) && is_closed(lines, line) && formula_is_last(lines, line) {
            leaf(lines, line, (Kind::Formula, level::BESIDE), events);
            return after_statement(lines, line);
        } else if begins_statement(lines, line) && is_closed(lines, line) {
            leaf(lines, line, (Kind::Item, level::FRONT), events);
        } else if is_prose(lines, line) {
            return line;
        }
        line += 1;
    }
    line
}

/// The enacting statement is the last one before the provisions.
fn formula_is_last(lines: &Lines<'_>, at: usize) -> bool {
    let next = after_statement(lines, at);
    next >= lines.len() || !lines.bare(next).starts_with("Căn cứ")
}

fn after_statement(lines: &Lines<'_>, at: usize) -> usize {
    let mut line = at + 1;
    while line < lines.len()
        && line < at + 30
        && !is_closed(lines, line)
        && !begins_provisions(lines, line)
        && !is_formula(lines.bare(line))
    {
        line += 1;
    }
    line
}

fn begins_provisions(lines: &Lines<'_>, at: usize) -> bool {
    let bare = lines.bare(at);
    marker(bare, lines.bare(at + 1)).is_some_and(|found| match found.sort {
        Sort::Worded(Kind::Article) => {
            found.num == "1" && (found.closed || is_closed(lines, at)) || found.closed && is_closed(lines, at)
        }
        Sort::Worded(_) => is_closed(lines, at),
        Sort::Figure => found.num == "1" && is_closed(lines, at),
        Sort::Roman => found.num == "I" && is_closed(lines, at),
        Sort::Capital => found.num == "A" && is_closed(lines, at),
        _ => false,
    })
}

/// A paragraph after the last statement of a text that has no provisions.
fn is_prose(lines: &Lines<'_>, at: usize) -> bool {
    let Some(before) = lines.before(at) else { return false };
    let before = lines.bare(before);
    before.ends_with(['.', ':']) && lines.bare(at).starts_with(char::is_uppercase) && !begins_statement(lines, at)
}

const STATEMENTS: [&str; 16] = [
    "Căn cứ",
    "CĂN CỨ",
    "Theo đề nghị",
    "Xét ",
    "Trên cơ sở",
    "Thực hiện ",
    "Sau khi ",
    "Được sự ",
    "Theo ",
    "Để ",
    "Tiếp theo",
    "Theo quy định",
    "Kính gửi",
    "KÍNH GỬI",
    "Nhằm ",
    "Quốc hội ban hành",
];

fn begins_statement(lines: &Lines<'_>, at: usize) -> bool {
    let bare = lines.bare(at).trim_start_matches(['-', '+', '–', ' ']);
    STATEMENTS.iter().any(|opening| bare.starts_with(opening))
        || (bare == "Căn" && lines.bare(at + 1).starts_with("cứ"))
        || enacts(bare)
        || is_authority(lines.bare(at))
}

/// The authority named between the heading and what it rests on.
fn is_authority(bare: &str) -> bool {
    is_capitals(bare) && bare.chars().count() > 6 && !is_formula(bare)
}

/// Whether what stands before a line is finished.
fn is_closed(lines: &Lines<'_>, at: usize) -> bool {
    if lines.get(at).is_none_or(|line| line.gap) {
        return true;
    }
    let Some(before) = lines.before(at) else { return true };
    let before = lines.bare(before);
    before.ends_with(['.', ';', ':', ',']) || is_capitals(before)
}

fn open(lines: &Lines<'_>, at: usize, kind: Kind, events: &mut Vec<Event>) {
    if let Some(line) = lines.get(at) {
        events.push(Event { at: line.start, kind, level: level::BESIDE, num: None, holds: Holds::AfterIntro });
    }
}

fn leaf(lines: &Lines<'_>, at: usize, (kind, level): (Kind, u8), events: &mut Vec<Event>) {
    if let Some(line) = lines.get(at) {
        events.push(Event { at: line.start, kind, level, num: None, holds: Holds::Nothing });
    }
}
