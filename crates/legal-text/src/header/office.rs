//! Offices that stand for the body they head: `BỘ TRƯỞNG BỘ TÀI CHÍNH` issues for Bộ Tài chính.

use kernel::text::one_line;

use super::letterhead::begins_body;

/// Offices before the name of a body, longer ones first.
const BEFORE_BODY: [&str; 22] = [
    "bộ trưởng, chủ nhiệm",
    "phó chủ tịch",
    "chủ tịch",
    "phó tổng giám đốc",
    "tổng giám đốc",
    "giám đốc",
    "phó thống đốc",
    "thống đốc",
    "bộ trưởng",
    "thứ trưởng",
    "phó tổng cục trưởng",
    "tổng cục trưởng",
    "chi cục trưởng",
    "cục trưởng",
    "vụ trưởng",
    "viện trưởng",
    "chánh án",
    "chủ nhiệm",
    "hiệu trưởng",
    "tổng biên tập",
    "bí thư",
    "thủ trưởng",
];

/// Offices named by the body they head: only the first word is the office's.
const WITH_BODY: [&str; 7] =
    ["trưởng ban", "trưởng phòng", "trưởng đoàn", "chánh văn phòng", "chánh thanh tra", "tổng thanh tra", "tổng kiểm toán"];

/// A body without the office of its head. The Prime Minister and the President issue themselves.
pub(super) fn without_office(printed: &str) -> String {
    let line = one_line(printed);
    let lower = line.to_lowercase();
    if lower.starts_with("thủ tướng") || lower.starts_with("chủ tịch nước") {
        return line;
    }
    // `Thuế` and other names change their length in lower case nowhere, so words are counted instead of bytes.
    let words: Vec<&str> = line.split(' ').collect();
    let rest = |count: usize| words.get(count..).unwrap_or_default().join(" ");
    if WITH_BODY.iter().any(|office| lower.starts_with(office)) {
        return rest(1);
    }
    let office = BEFORE_BODY.iter().find(|office| lower.strip_prefix(**office).is_some_and(|rest| rest.starts_with([' ', ','])));
    let body = office.map(|office| rest(office.split(' ').count()));
    match body {
        Some(body) if begins_body(&body) && !is_office(&body) => body,
        _ => line,
    }
}

/// Tells whether a line begins with an office.
pub(super) fn is_office(line: &str) -> bool {
    let lower = line.to_lowercase();
    BEFORE_BODY.iter().chain(&WITH_BODY).any(|office| lower.starts_with(office))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_stands_for_its_body() {
        for (office, body) in [
            ("BỘ TRƯỞNG BỘ TÀI CHÍNH", "BỘ TÀI CHÍNH"),
            ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG LAM", "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM"),
            ("THỦ TƯỚNG CHÍNH PHỦ", "THỦ TƯỚNG CHÍNH PHỦ"),
            ("GIÁM ĐỐC SỞ TƯ PHÁP", "SỞ TƯ PHÁP"),
            ("TỔNG CỤC TRƯỞNG TỔNG CỤC DU LỊCH", "TỔNG CỤC DU LỊCH"),
            ("CỤC TRƯỞNG CỤC THUẾ", "CỤC THUẾ"),
            ("TRƯỞNG BAN CHỈ ĐẠO CẢI CÁCH", "BAN CHỈ ĐẠO CẢI CÁCH"),
            ("TỔNG KIỂM TOÁN NHÀ NƯỚC", "KIỂM TOÁN NHÀ NƯỚC"),
            ("THỐNG ĐỐC NGÂN HÀNG NHÀ NƯỚC VIỆT NAM", "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM"),
            ("BỘ TRƯỞNG, CHỦ NHIỆM VĂN PHÒNG CHÍNH PHỦ", "VĂN PHÒNG CHÍNH PHỦ"),
            ("CHỦ TỊCH NƯỚC", "CHỦ TỊCH NƯỚC"),
            ("BỘ TRƯỞNG", "BỘ TRƯỞNG"),
        ] {
            assert_eq!(without_office(office), body);
        }
    }
}
