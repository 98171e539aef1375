//! The authority that is named after a citation: `… của Ủy ban nhân dân tỉnh Sông Lam về …`.

use crate::header::dates::first_chars;
use crate::names::{body_at, body_name};

/// Words that begin the name of an authority, in lower case.
const BODIES: [&str; 17] = [
    "ủy ban",
    "uỷ ban",
    "ubnd",
    "hội đồng",
    "hđnd",
    "chính phủ",
    "thủ tướng",
    "quốc hội",
    "bộ ",
    "chủ tịch",
    "ban ",
    "sở ",
    "ngân hàng",
    "tổng cục",
    "cục ",
    "văn phòng",
    "thống đốc",
];
/// Words that end a name whose form does not tell where it ends.
const ENDS: [&str; 24] = [
    " về ",
    " quy định",
    " ban hành",
    " sửa đổi",
    " bổ sung",
    " phê duyệt",
    " thông qua",
    " điều chỉnh",
    " hướng dẫn",
    " hết hiệu lực",
    " kèm theo",
    " khóa ",
    " kỳ họp",
    " giao ",
    " và ",
    " thì ",
    " để ",
    " được ",
    " công bố",
    " thay thế",
    " bãi bỏ",
    " có hiệu lực",
    " thành lập",
    " ngày ",
];
/// No name has more letters.
const LONGEST: usize = 120;

/// The authority that the words after a citation name.
pub(super) fn issuer(tail: &str) -> Option<String> {
    let short = first_chars(tail.strip_prefix(" của ")?, LONGEST);
    let lower = crate::lower(short);
    if !BODIES.iter().any(|body| lower.starts_with(body)) {
        return None;
    }
    let name = body_at(short).or_else(|| {
        let marks = short.find([',', ';', '.', ':', '(', ')', '“', '”', '"']);
        let end = ENDS.iter().filter_map(|word| lower.find(word)).chain(marks).min().unwrap_or(short.len());
        Some(body_name(short.get(..end)?.trim()))
    })?;
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_abstract_is_no_part_of_the_issuer() {
        let council = Some("Hội đồng nhân dân tỉnh Sông Lam");
        for after in ["thông qua bảng giá các loại đất", "giao biên chế", "hết hiệu lực", "kỳ họp thứ 9", "; Quyết định số 5"]
        {
            assert_eq!(issuer(&format!(" của Hội đồng nhân dân tỉnh Sông Lam {after}")).as_deref(), council, "{after}");
        }
        assert_eq!(issuer(" của Ban Lam hợp nhất thông qua đề án").as_deref(), Some("Ban lam hợp nhất"));
        assert_eq!(issuer(" của tổ chức Lam"), None);
    }
}
