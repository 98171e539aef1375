//! Where an act's provisions end: recipients, signature, translation.

use super::anchors::is_name;
use crate::layout::is_capitals;
use crate::lines::Lines;

/// Marks of capacity, as signature blocks print them.
const CAPACITIES: [&str; 22] = [
    "TM.", "TM ", "T/M", "T.M", "TM/", "KT.", "KT ", "K/T", "K.T", "KT/", "TL.", "TL ", "T/L", "T.L", "TL/", "TUQ.", "TUQ ",
    "TUN.", "Q.", "QUYỀN ", "TM,", "KT,",
];

/// Offices that stand above a name without any mark of capacity.
const OFFICES: [&str; 28] = [
    "CHỦ TỊCH",
    "PHÓ CHỦ TỊCH",
    "BỘ TRƯỞNG",
    "THỨ TRƯỞNG",
    "THỦ TƯỚNG",
    "PHÓ THỦ TƯỚNG",
    "GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "TỔNG GIÁM ĐỐC",
    "P. GIÁM ĐỐC",
    "CỤC TRƯỞNG",
    "PHÓ CỤC TRƯỞNG",
    "CHI CỤC TRƯỞNG",
    "TỔNG CỤC TRƯỞNG",
    "VỤ TRƯỞNG",
    "CHÁNH VĂN PHÒNG",
    "PHÓ CHÁNH VĂN PHÒNG",
    "CHÁNH THANH TRA",
    "CHÁNH ÁN",
    "VIỆN TRƯỞNG",
    "CHỦ NHIỆM",
    "THỐNG ĐỐC",
    "PHÓ THỐNG ĐỐC",
    "TRƯỞNG BAN",
    "PHÓ TRƯỞNG BAN",
    "TRƯỞNG THUẾ",
    "PHÓ TRƯỞNG",
    "TỔNG KIỂM TOÁN",
];

/// Tells whether a line opens the list of recipients.
pub(super) fn opens_recipients(bare: &str) -> bool {
    let rest = bare.strip_prefix("Nơi nhận").or_else(|| bare.strip_prefix("NƠI NHẬN")).or_else(|| bare.strip_prefix("Nơi nhân"));
    rest.map(|rest| rest.trim_start_matches(['*', ' ', '_']))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.', '-', '/']))
        || (bare == "Nơi")
}

/// Tells whether a signature block opens at a line: a mark of capacity or an office in capitals, with a name,
/// another such line or the end of the text below it.
pub(super) fn opens_signature(lines: &Lines<'_>, at: usize) -> bool {
    let bare = lines.bare(at);
    if bare.len() > 160 || !begins_signature(bare) {
        return false;
    }
    // The office of the block is followed by the name, after the room for the signature.
    let mut seen = 0;
    let mut line = at;
    while let Some(next) = lines.after(line) {
        let text = lines.bare(next);
        if is_name(text) || is_signed_mark(text) {
            return true;
        }
        if !(is_capitals(text)
            || begins_signature(text)
            || text.starts_with('-')
            || opens_recipients(text)
            || text.chars().count() < 6)
        {
            break;
        }
        line = next;
        seen += 1;
        if seen > 8 {
            return true;
        }
    }
    // Without a name: a mark of capacity is enough.
    CAPACITIES.iter().take(20).any(|mark| bare.starts_with(mark)) && is_capitals(capitals_of(bare))
}

/// Tells whether a line begins with a mark of capacity or an office in capitals.
pub(super) fn begins_signature(bare: &str) -> bool {
    let head = capitals_of(bare);
    is_capitals(head)
        && (CAPACITIES.iter().any(|mark| bare.starts_with(mark)) || OFFICES.iter().any(|office| head.starts_with(office)))
}

/// The capitals a line begins with.
fn capitals_of(bare: &str) -> &str {
    let end = bare.char_indices().find(|(_, c)| c.is_lowercase()).map_or(bare.len(), |(at, _)| at);
    let head = bare.get(..end).unwrap_or_default();
    // `PHÓ CHỦ TỊCH Nguyễn`: the capital of the name is none of the office.
    if end < bare.len() { head.rsplit_once(' ').map_or("", |(head, _)| head) } else { head }
}

fn is_signed_mark(text: &str) -> bool {
    let text = crate::lower(text.get(..text.char_indices().nth(14).map_or(text.len(), |(end, _)| end)).unwrap_or_default());
    text.starts_with("(đã ký") || text.starts_with("đã ký") || text.starts_with("(ký")
}

/// Tells whether a line may be part of a signature block that is open: capitals, a name, a mark.
pub(super) fn is_signature_line(bare: &str) -> bool {
    is_capitals(bare) || is_signed_mark(bare) || bare.chars().count() < 4
}

/// Tells whether an English translation of the act begins at a line.
pub(super) fn opens_translation(bare: &str) -> bool {
    [
        "Article 1",
        "Article1",
        "THE SOCIALIST REPUBLIC",
        "SOCIALIST REPUBLIC OF",
        "Pursuant to ",
        "Independence",
        "MINISTRY OF",
        "THE MINISTRY",
        "THE GOVERNMENT",
        "THE PRIME MINISTER",
        "THE NATIONAL ASSEMBLY",
        "NATIONAL ASSEMBLY",
        "THE PRESIDENT",
        "THE PEOPLE",
        "PEOPLE'S COMMITTEE",
        "PEOPLE’S COMMITTEE",
        "THE STATE BANK",
    ]
    .iter()
    .any(|opening| bare.starts_with(opening))
}

/// Tells whether a line says when and by whom a law was passed: it ends the provisions of laws.
pub(super) fn states_passing(bare: &str) -> bool {
    ["Luật này", "Bộ luật này", "Pháp lệnh này", "Hiến pháp này"].iter().any(|word| {
        bare.strip_prefix(word).is_some_and(|rest| {
            let rest = rest.trim_start_matches([' ', '*']);
            rest.starts_with("được ") || rest.starts_with("đã được ")
        })
    })
}
