//! Capacities and offices of signers (Nghị định 30/2020/NĐ-CP Điều 13; phụ lục I, II.7).

use std::sync::LazyLock;

use regex::Regex;

use crate::names::{body_name, capitalised};
use crate::pattern;

/// Marks of capacity with the ways they are printed.
const CAPACITIES: [(&str, &[&str]); 5] = [
    ("TUQ.", &["TUQ.", "TUQ ", "T.U.Q", "TUN.", "TUQ/"]),
    ("TM.", &["TM.", "TM ", "T/M", "T.M.", "TM/", "TM,", "T M "]),
    ("KT.", &["KT.", "KT ", "K/T", "K.T.", "KT/", "KT,", "KT:"]),
    ("TL.", &["TL.", "TL ", "T/L", "T.L.", "TL/", "TL,"]),
    ("Q.", &["Q.", "QUYỀN "]),
];

/// Offices that stand alone above a name, without a mark of capacity.
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG|THỦ\s+TƯỚNG|(?:TỔNG\s+|P\.\s*)?GIÁM\s+ĐỐC|(?:CHI\s+)?CỤC\s+TRƯỞNG|(?:TỔNG\s+)CỤC\s+TRƯỞNG|VỤ\s+TRƯỞNG|CHÁNH\s|TRƯỞNG\s|VIỆN\s+TRƯỞNG|CHỦ\s+NHIỆM|THỐNG\s+ĐỐC|HIỆU\s+TRƯỞNG|BÍ\s+THƯ|TỔNG\s+(?:KIỂM\s+TOÁN|THANH\s+TRA|BÍ\s+THƯ|THƯ\s+KÝ|BIÊN\s+TẬP|THAM\s+MƯU)|KIỂM\s+TOÁN\s+TRƯỞNG|CHÁNH|[ỦU][YỶ]\s+VIÊN|UỶ\s+VIÊN|THƯỜNG\s+TRỰC|TƯ\s+LỆNH|TRƯỞNG)",
    )
});

/// An office inside a line: where `TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH` is to be parted, glued together or not.
static PARTING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\s|[\p{Lu}])(TM\.|KT\.|TL\.|TUQ\.|PHÓ\s)|\s(Q\.\s|CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|THỨ\s+TRƯỞNG|THỦ\s+TƯỚNG|GIÁM\s+ĐỐC)|[\p{Lu}](BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ TỊCH)",
    )
});

/// Tells whether a line begins with an office.
pub(super) fn is_office_line(text: &str) -> bool {
    may_be_office(text) && OFFICE.is_match(text)
}

/// The letters offices begin with.
fn may_be_office(text: &str) -> bool {
    text.starts_with(['P', 'C', 'B', 'T', 'G', 'V', 'H', 'K', 'Ủ', 'U'])
}

/// The mark of capacity a line begins with, and what follows it.
pub(super) fn capacity(text: &str) -> Option<(&'static str, &str)> {
    if !text.starts_with(['T', 'K', 'Q']) {
        return None;
    }
    CAPACITIES.iter().find_map(|(mark, printed)| {
        if *mark == format!("{text}.") {
            return Some((*mark, ""));
        }
        let found = printed.iter().find(|form| text.starts_with(**form))?;
        Some((*mark, text.get(found.len()..)?.trim_start_matches(['.', ' ', ',', ':'])))
    })
}

/// Tells whether a line in capitals goes on from the one above it.
pub(super) fn goes_on(last: &str, line: &str) -> bool {
    const BROKEN: [&str; 7] = ["THỨ", "PHÓ", "CHỦ", "GIÁM", "BỘ", "CỤC", "THỦ"];
    let opens = is_office_line(line) || BROKEN.contains(&line);
    !opens || last.is_empty() || last.ends_with(',') || BROKEN.contains(&last) || line.starts_with("THƯỜNG TRỰC")
}

/// Parts a flattened block into its lines; an office is not parted from the mark or the word
/// that belongs to it (`TL. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`).
pub(super) fn parted(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut from = 0;
    let mut search = 0;
    while let Some(found) = PARTING.captures_at(text, search) {
        let Some(opening) = found.get(1).or_else(|| found.get(2)).or_else(|| found.get(3)) else { break };
        search = opening.start() + 1;
        while !text.is_char_boundary(search) {
            search += 1;
        }
        let line = text.get(from..opening.start()).unwrap_or_default().trim();
        let belongs = line.is_empty()
            || capacity(line).is_some_and(|(_, rest)| rest.is_empty())
            || ["PHÓ", "TỔNG", "P.", "QUYỀN"].iter().any(|word| line.ends_with(word));
        if !belongs {
            lines.push(line);
            from = opening.start();
        }
    }
    lines.push(text.get(from..).unwrap_or_default().trim());
    lines
}

/// `PHÓ CHỦ TỊCH` becomes `Phó Chủ tịch`.
pub(super) fn office_name(printed: &str) -> String {
    let name = body_name(printed.trim_matches(|c: char| !c.is_alphanumeric()));
    match name.strip_prefix("Phó ") {
        Some(rest) => format!("Phó {}", capitalised(rest)),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flattened_block_is_parted() {
        let lines = ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"];
        assert_eq!(parted("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH"), lines);
        assert_eq!(parted("TM. ỦY BAN NHÂN DÂNKT. CHỦ TỊCHPHÓ CHỦ TỊCH"), lines);
        assert_eq!(parted("TM. CHÍNH PHỦKT. THỦ TƯỚNGPHÓ THỦ TƯỚNG"), ["TM. CHÍNH PHỦ", "KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"]);
        assert_eq!(parted("KT GIÁM ĐỐC"), ["KT GIÁM ĐỐC"]);
        assert_eq!(parted("PHÓ TỔNG GIÁM ĐỐC"), ["PHÓ TỔNG GIÁM ĐỐC"]);
    }

    #[test]
    fn marks_are_printed_in_many_ways() {
        for (printed, mark) in [
            ("T/M ỦY BAN", "TM."),
            ("K/T TRƯỞNG BAN", "KT."),
            ("TL.BỘ TRƯỞNG", "TL."),
            ("Q. CỤC TRƯỞNG", "Q."),
            ("KT GIÁM ĐỐC", "KT."),
        ] {
            assert_eq!(capacity(printed).map(|(mark, _)| mark), Some(mark), "{printed}");
        }
        assert_eq!(capacity("TMĐT"), None);
    }
}
