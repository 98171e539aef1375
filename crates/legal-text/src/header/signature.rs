//! The signature block: in what capacity, under what title, by whom
//! (Nghị định 30/2020/NĐ-CP, phụ lục I, II.7; Điều 13 for TM., KT., TL., TUQ., Q.).

use std::sync::LazyLock;

use kernel::text::{lower, name_key};
use regex::Regex;

use crate::layout::{Piece, is_capitals};
use crate::names::{body_name, capitalised};
use crate::pattern;

/// Who signed, as far as the block tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Signature {
    pub name: Option<String>,
    pub title: Option<String>,
    pub capacity: Option<String>,
}

/// Marks of capacity with the ways they are printed.
const CAPACITIES: [(&str, &[&str]); 5] = [
    ("TUQ.", &["TUQ.", "TUQ ", "T.U.Q", "TUN."]),
    ("TM.", &["TM.", "TM ", "T/M", "T.M.", "TM/", "TM,"]),
    ("KT.", &["KT.", "KT ", "K/T", "K.T.", "KT/", "KT,"]),
    ("TL.", &["TL.", "TL ", "T/L", "T.L.", "TL/", "TL,"]),
    ("Q.", &["Q.", "QUYỀN "]),
];

/// Offices that stand alone above a name, without a mark of capacity.
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG|THỦ\s+TƯỚNG|(?:TỔNG\s+|P\.\s*)?GIÁM\s+ĐỐC|(?:CHI\s+)?CỤC\s+TRƯỞNG|(?:TỔNG\s+)CỤC\s+TRƯỞNG|VỤ\s+TRƯỞNG|CHÁNH\s|TRƯỞNG\s|VIỆN\s+TRƯỞNG|CHỦ\s+NHIỆM|THỐNG\s+ĐỐC|HIỆU\s+TRƯỞNG|BÍ\s+THƯ|TỔNG\s+(?:KIỂM\s+TOÁN|THANH\s+TRA|BÍ\s+THƯ|THƯ\s+KÝ|BIÊN\s+TẬP)|KIỂM\s+TOÁN\s+TRƯỞNG|CHÁNH|ỦY\s+VIÊN|TRƯỞNG)",
    )
});

/// An office inside a line: where `TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH` is to be parted.
static PARTING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\s(TM\.|KT\.|TL\.|TUQ\.|Q\.\s|PHÓ\s|CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG|THỦ\s+TƯỚNG|GIÁM\s+ĐỐC)"));

/// Capitals followed by a name in normal case on the same line.
static THEN_NAME: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([\p{Lu}\s.,/&-]{4,}?)\s+((?:\((?i:đã\s+ký)\)\s*)?(?:\p{Lu}\p{Ll}+\s*){2,5})$"));

static RANK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:gs|pgs|ts|ths|bs|bsckii|ksc?)\.?\s*[.,]?\s*|(?:đại|thượng|trung|thiếu)\s+(?:tướng|tá)\s*,?\s*|luật sư\s+)+",
    )
});

const SURNAMES: [&str; 58] = [
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ", "ngô", "dương", "lý",
    "đinh", "đoàn", "lương", "trịnh", "trương", "lâm", "mai", "tô", "tống", "đàm", "hà", "cao", "chu", "tạ", "lò", "giàng",
    "vàng", "sùng", "thào", "hầu", "nông", "vi", "quàng", "cầm", "tòng", "đào", "thái", "phùng", "kiều", "quách", "tăng", "từ",
    "la", "lưu", "triệu", "vương", "âu", "nghiêm", "doãn", "lại", "khuất", "h'",
];

/// How many bytes a line of a block may have, a flattened block among them.
const LONGEST_LINE: usize = 600;
/// How many pieces a block may span, recipients among them included.
const BLOCK: usize = 60;

/// Finds the act's signature among the pieces that follow its header, without its attachments.
pub(crate) fn signature(pieces: &[Piece]) -> Signature {
    let recipients = pieces.iter().position(is_recipients_heading);
    let mut unnamed: Option<Signature> = None;
    let mut blocks_read = 0;
    for (at, piece) in pieces.iter().enumerate() {
        let beside_recipients = recipients.is_some_and(|heading| at + 12 > heading && at < heading + BLOCK);
        if !opens_block(piece, beside_recipients) {
            continue;
        }
        blocks_read += 1;
        // A hostile text may be all openings; a real one has a handful before its own.
        if blocks_read > 200 {
            break;
        }
        let found = read_block(pieces, at);
        if found.name.is_some() {
            return found;
        }
        if unnamed.is_none() && found.capacity.is_some() {
            unnamed = Some(found);
        }
    }
    let block = unnamed.unwrap_or_default();
    Signature { name: bare_name(pieces, recipients), ..block }
}

/// A name without any office above it: beside `(Đã ký)`, or after the recipients.
fn bare_name(pieces: &[Piece], recipients: Option<usize>) -> Option<String> {
    let signed = pieces.iter().position(|piece| lower(&piece.text).starts_with("(đã"));
    let above = |at: usize, count: usize| -> Option<String> {
        let lines = pieces.get(at.checked_sub(count)?..at)?;
        let name = lines.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ");
        starts_with_surname(&name).then(|| person(&name)).flatten()
    };
    if let Some(name) = signed.and_then(|at| above(at, 1).or_else(|| above(at, 2))) {
        return Some(name);
    }
    let beside = signed.and_then(|at| pieces.get(at..(at + 2).min(pieces.len())));
    let after = recipients.and_then(|at| {
        let mut list = Block::default();
        let rest = pieces.get(at..(at + BLOCK).min(pieces.len()))?;
        let end = rest.iter().position(|piece| !list.is_recipient(&piece.text))?;
        rest.get(end..=end)
    });
    beside
        .into_iter()
        .chain(after)
        .flatten()
        .filter(|piece| starts_with_surname(&piece.text))
        .find_map(|piece| person(&piece.text))
}

fn starts_with_surname(text: &str) -> bool {
    text.split_whitespace().next().is_some_and(|word| SURNAMES.contains(&lower(word).as_str()))
}

fn is_recipients_heading(piece: &Piece) -> bool {
    opens_recipients(&piece.text)
}

/// Tells whether a line opens the list of recipients; a sentence may speak of a `nơi nhận` too.
pub(crate) fn opens_recipients(text: &str) -> bool {
    let rest = text.strip_prefix("Nơi nhận").or_else(|| text.strip_prefix("NƠI NHẬN"));
    rest.map(str::trim_start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.', '-', '/']))
}

fn opens_block(piece: &Piece, beside_recipients: bool) -> bool {
    let text = head_of(&piece.text);
    is_capitals(text) && (capacity(text).is_some_and(|(mark, _)| mark != "Q." || beside_recipients) || OFFICE.is_match(text))
}

/// The capitals a line begins with, the name after them left off.
fn head_of(text: &str) -> &str {
    if text.len() > LONGEST_LINE {
        return "";
    }
    THEN_NAME.captures(text).and_then(|found| found.get(1)).map_or(text, |head| head.as_str())
}

fn capacity(text: &str) -> Option<(&'static str, &str)> {
    CAPACITIES.iter().find_map(|(mark, printed)| {
        let found = printed.iter().find(|form| text.starts_with(**form))?;
        Some((*mark, text.get(found.len()..)?.trim_start_matches(['.', ' ', ',', ':'])))
    })
}

/// Reads the block that opens at `first`: lines in the same column where the source has columns.
fn read_block(pieces: &[Piece], first: usize) -> Signature {
    let mut block = Block::default();
    let Some(opening) = pieces.get(first) else { return Signature::default() };
    let mut idle = 0;
    for piece in pieces.iter().skip(first).take(BLOCK) {
        let other_column = piece.columns > 1 && opening.columns > 1 && piece.column != opening.column;
        if other_column || block.is_recipient(&piece.text) {
            continue;
        }
        if block.ends_name(piece) {
            break;
        }
        match block.read(&piece.text) {
            Reading::Done => {}
            Reading::Taken => idle = 0,
            Reading::Passed => idle += 1,
        }
        if idle > 3 {
            break;
        }
    }
    block.finish()
}

enum Reading {
    Taken,
    Passed,
    Done,
}

#[derive(Default)]
struct Block {
    /// Lines in capitals, each with the mark of capacity it carries.
    lines: Vec<(Option<&'static str>, String)>,
    name: Option<String>,
    /// A surname that the line break has parted from its name.
    surname: Option<String>,
    among_recipients: bool,
}

impl Block {
    fn is_recipient(&mut self, text: &str) -> bool {
        let opens = text.starts_with(['-', '–', '+', '•']) || opens_recipients(text);
        let continues = self.among_recipients && !is_capitals(head_of(text)) && person(text).is_none();
        self.among_recipients = opens || continues;
        self.among_recipients
    }

    fn read(&mut self, text: &str) -> Reading {
        if text.len() > LONGEST_LINE {
            return Reading::Passed;
        }
        let signed = lower(text);
        if signed.contains("đã ký") && signed.chars().count() < 20 || signed.starts_with("(ký") {
            return Reading::Passed;
        }
        if let Some(found) = THEN_NAME.captures(text)
            && let (Some(head), Some(name)) = (found.get(1), found.get(2).and_then(|m| person(m.as_str())))
        {
            self.take_line(head.as_str());
            self.name = Some(name);
            return Reading::Done;
        }
        if is_capitals(text) && !(self.lines.len() > 1 && is_name_in_capitals(text)) {
            self.take_line(text);
            return Reading::Taken;
        }
        if !text.contains(' ') && starts_with_surname(text) {
            self.surname = Some(text.to_owned());
            return Reading::Passed;
        }
        let whole = self.surname.take().map(|surname| format!("{surname} {text}"));
        match whole.as_deref().and_then(person).or_else(|| person(text)) {
            Some(name) => {
                self.name = Some(name);
                Reading::Done
            }
            None => Reading::Passed,
        }
    }

    /// Once there is a name, only its last syllable may follow, broken off by the line.
    fn ends_name(&mut self, piece: &Piece) -> bool {
        let Some(name) = &mut self.name else { return false };
        let syllable = piece.text.chars().all(char::is_alphabetic) && !piece.is_capitals() && !piece.after_gap;
        if syllable && name.split(' ').count() == 2 && piece.text.starts_with(char::is_uppercase) {
            name.push(' ');
            name.push_str(&piece.text);
        }
        true
    }

    fn take_line(&mut self, text: &str) {
        for line in parted(text) {
            match (capacity(line), self.lines.last_mut()) {
                (Some((mark, rest)), _) => self.lines.push((Some(mark), rest.to_owned())),
                (None, Some((_, last))) if goes_on(last, line) => {
                    last.push(' ');
                    last.push_str(line);
                }
                (None, _) => self.lines.push((None, line.to_owned())),
            }
        }
    }

    fn finish(self) -> Signature {
        let capacity = self.lines.iter().rev().find_map(|(mark, _)| *mark).map(str::to_owned);
        let own = self.lines.iter().rev().find(|(mark, _)| mark.is_none() || *mark == Some("Q."));
        let title = own.map(|(_, line)| office_name(line)).filter(|title| !title.is_empty());
        Signature { name: self.name, title, capacity }
    }
}

/// Tells whether a line in capitals goes on from the one above it.
fn goes_on(last: &str, line: &str) -> bool {
    const BROKEN: [&str; 6] = ["THỨ", "PHÓ", "CHỦ", "GIÁM", "BỘ", "CỤC"];
    let opens = OFFICE.is_match(line) || BROKEN.contains(&line);
    !opens || last.is_empty() || last.ends_with(',') || BROKEN.contains(&last)
}

/// Parts a flattened block into its lines; an office is not parted from the mark or the word
/// that belongs to it (`TL. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`).
fn parted(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut from = 0;
    for found in PARTING.find_iter(text) {
        let line = text.get(from..found.start()).unwrap_or_default().trim();
        let belongs = line.is_empty()
            || capacity(line).is_some_and(|(_, rest)| rest.is_empty())
            || ["PHÓ", "TỔNG", "P.", "QUYỀN"].iter().any(|word| line.ends_with(word));
        if !belongs {
            lines.push(line);
            from = found.start();
        }
    }
    lines.push(text.get(from..).unwrap_or_default().trim());
    lines
}

/// `PHÓ CHỦ TỊCH` becomes `Phó Chủ tịch`.
fn office_name(printed: &str) -> String {
    let name = body_name(printed.trim_matches(|c: char| !c.is_alphanumeric()));
    match name.strip_prefix("Phó ") {
        Some(rest) => format!("Phó {}", capitalised(rest)),
        None => name,
    }
}

fn is_name_in_capitals(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|word| word.chars().all(char::is_alphabetic))
        && starts_with_surname(text)
        && !OFFICE.is_match(text)
}

/// Reads a person's name: two to six words, each with a capital and otherwise lower case.
pub(crate) fn person(text: &str) -> Option<String> {
    if text.len() > LONGEST_LINE {
        return None;
    }
    let text = text.trim().trim_start_matches("(Đã ký)").trim();
    let text = RANK.replace(text, "");
    let text = text.trim_matches(|c: char| !c.is_alphabetic());
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=6).contains(&words.len()) {
        return None;
    }
    if is_name_in_capitals(text) {
        return Some(words.iter().map(|word| capitalised(&lower(word))).collect::<Vec<_>>().join(" "));
    }
    let well_formed = words.iter().all(|word| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.all(|c| c.is_lowercase() || c == '\'')
    });
    let named = !NOT_PERSONS.iter().any(|other| name_key(text).starts_with(&name_key(other)));
    (well_formed && named).then(|| words.join(" "))
}

/// Words that look like names of persons by their capitals.
const NOT_PERSONS: [&str; 8] = ["Nơi Nhận", "Việt Nam", "Đã Ký", "Phụ Lục", "Chủ Tịch", "Giám Đốc", "Hà Nội", "Phó Chủ Tịch"];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::layout::pieces;

    fn read(text: &str) -> (String, String, String) {
        let found = signature(&pieces(text));
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
        let text = "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH (Đã ký) Trần Văn Lam";
        assert_eq!(read(text), is("KT.", "Phó Chủ tịch", "Trần Văn Lam"));
    }

    #[test]
    fn a_block_without_a_name_still_tells_the_capacity() {
        assert_eq!(read("Nơi nhận: | TM. ỦY BAN NHÂN DÂN |\nHOẠT ĐỘNG CỦA CỔNG\nĐiều 1. Phạm vi"), is("TM.", "", ""));
    }

    #[test]
    fn ranks_and_capitals_are_no_part_of_a_name() {
        assert_eq!(person("Đại tướng Trần Văn Lam").as_deref(), Some("Trần Văn Lam"));
        assert_eq!(person("TRẦN VĂN LAM").as_deref(), Some("Trần Văn Lam"));
        assert_eq!(person("Sở Tài chính"), None);
    }
}
