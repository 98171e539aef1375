//! Names as they are written: provinces, ministries, bodies of the state.
//!
//! Rules for capitals: Nghị định 30/2020/NĐ-CP, phụ lục II. The tables are facts of law
//! (provinces before and after Nghị quyết 202/2025/QH15; ministries of recent governments).

use std::collections::HashMap;
use std::sync::LazyLock;

use kernel::text::{lower, name_key, one_line};

/// Provinces and centrally run cities, of before and of after 1 July 2025.
pub(crate) const PROVINCES: [&str; 66] = [
    "An Giang",
    "Bà Rịa - Vũng Tàu",
    "Bạc Liêu",
    "Bắc Giang",
    "Bắc Kạn",
    "Bắc Ninh",
    "Bến Tre",
    "Bình Dương",
    "Bình Định",
    "Bình Phước",
    "Bình Thuận",
    "Cà Mau",
    "Cao Bằng",
    "Cần Thơ",
    "Đà Nẵng",
    "Đắk Lắk",
    "Đắk Nông",
    "Điện Biên",
    "Đồng Nai",
    "Đồng Tháp",
    "Gia Lai",
    "Hà Giang",
    "Hà Nam",
    "Hà Nội",
    "Hà Tây",
    "Hà Tĩnh",
    "Hải Dương",
    "Hải Phòng",
    "Hậu Giang",
    "Hòa Bình",
    "Hồ Chí Minh",
    "Huế",
    "Hưng Yên",
    "Khánh Hòa",
    "Kiên Giang",
    "Kon Tum",
    "Lai Châu",
    "Lạng Sơn",
    "Lào Cai",
    "Lâm Đồng",
    "Long An",
    "Nam Định",
    "Nghệ An",
    "Ninh Bình",
    "Ninh Thuận",
    "Phú Thọ",
    "Phú Yên",
    "Quảng Bình",
    "Quảng Nam",
    "Quảng Ngãi",
    "Quảng Ninh",
    "Quảng Trị",
    "Sóc Trăng",
    "Sơn La",
    "Tây Ninh",
    "Thái Bình",
    "Thái Nguyên",
    "Thanh Hóa",
    "Thừa Thiên Huế",
    "Tiền Giang",
    "Trà Vinh",
    "Tuyên Quang",
    "Vĩnh Long",
    "Vĩnh Phúc",
    "Yên Bái",
    "Thừa Thiên - Huế",
];

/// Provinces that are, or were, centrally run cities.
const CITIES: [&str; 7] = ["Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế", "Đồng Nai"];

/// Fields that ministries and departments are named after.
const FIELDS: [&str; 47] = [
    "An toàn thực phẩm",
    "Bảo hiểm xã hội",
    "Bưu chính, Viễn thông",
    "Công an",
    "Công nghiệp",
    "Công Thương",
    "Du lịch",
    "Dân tộc",
    "Dân tộc và Tôn giáo",
    "Giao thông vận tải",
    "Giáo dục và Đào tạo",
    "Kế hoạch và Đầu tư",
    "Khoa học và Công nghệ",
    "Khoa học, Công nghệ và Môi trường",
    "Lao động - Thương binh và Xã hội",
    "Lao động, Thương binh và Xã hội",
    "Ngoại giao",
    "Ngoại vụ",
    "Nông nghiệp",
    "Nông nghiệp và Môi trường",
    "Nông nghiệp và Phát triển nông thôn",
    "Nội vụ",
    "Quốc phòng",
    "Quy hoạch - Kiến trúc",
    "Tài chính",
    "Tài nguyên và Môi trường",
    "Thông tin và Truyền thông",
    "Thương mại",
    "Thủy sản",
    "Thể dục thể thao",
    "Tư pháp",
    "Văn hóa và Thể thao",
    "Văn hóa - Thông tin",
    "Văn hóa, Thể thao và Du lịch",
    "Văn hóa - Xã hội",
    "Xây dựng",
    "Y tế",
    "Chính sách",
    "Pháp chế",
    "Hải quan",
    "Thuế",
    "Thống kê",
    "Kiểm lâm",
    "Thủy lợi",
    "Chăn nuôi và Thú y",
    "Đường bộ",
    "Tuyên giáo và Dân vận",
];

/// Names with capitals inside, beyond provinces and fields.
const BODIES: [&str; 38] = [
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "Ủy ban Thường vụ Quốc hội",
    "Quốc hội",
    "Thủ tướng Chính phủ",
    "Thủ tướng",
    "Chính phủ",
    "Chủ tịch nước",
    "Văn phòng Chính phủ",
    "Văn phòng Quốc hội",
    "Việt Nam",
    "Nhà nước",
    "Ngân hàng Nhà nước Việt Nam",
    "Thanh tra Chính phủ",
    "Tòa án nhân dân tối cao",
    "Tòa án nhân dân",
    "Viện kiểm sát nhân dân tối cao",
    "Viện kiểm sát nhân dân",
    "Kiểm toán nhà nước",
    "Mặt trận Tổ quốc Việt Nam",
    "Đảng Cộng sản Việt Nam",
    "Trung ương Đảng",
    "Ban Chấp hành Trung ương",
    "Ban Chỉ đạo",
    "Ban Quản lý",
    "Ban Tổ chức",
    "Ban Tuyên giáo và Dân vận",
    "Bảo hiểm xã hội Việt Nam",
    "Thông tấn xã Việt Nam",
    "Đài Tiếng nói Việt Nam",
    "Đài Truyền hình Việt Nam",
    "Ủy ban Dân tộc",
    "Kho bạc Nhà nước",
    "Đoàn đại biểu Quốc hội",
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Thủ đô",
    "Internet",
    "Bộ Chính trị",
];

/// Words before the name of a place.
const LEVELS: [&str; 9] = ["tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "phường", "xã", "đặc khu"];

/// Words after which the next word of a body's name takes a capital: `Cục Thuế`, `Sở Xây dựng`.
const KINDS_OF_BODY: [&str; 12] =
    ["bộ", "sở", "cục", "vụ", "thuế", "phòng", "viện", "ủy ban", "chi cục", "tổng cục", "thanh tra", "kho bạc"];

/// Codes of authorities in document symbols, with the name of the authority.
const CODES: [(&str, &str); 39] = [
    ("CP", "Chính phủ"),
    ("TTg", "Thủ tướng Chính phủ"),
    ("CTN", "Chủ tịch nước"),
    ("VPCP", "Văn phòng Chính phủ"),
    ("BCA", "Bộ Công an"),
    ("BQP", "Bộ Quốc phòng"),
    ("BNG", "Bộ Ngoại giao"),
    ("BNV", "Bộ Nội vụ"),
    ("BTP", "Bộ Tư pháp"),
    ("BTC", "Bộ Tài chính"),
    ("BCT", "Bộ Công Thương"),
    ("BXD", "Bộ Xây dựng"),
    ("BYT", "Bộ Y tế"),
    ("BGDĐT", "Bộ Giáo dục và Đào tạo"),
    ("BKHCN", "Bộ Khoa học và Công nghệ"),
    ("BNNMT", "Bộ Nông nghiệp và Môi trường"),
    ("BDTTG", "Bộ Dân tộc và Tôn giáo"),
    ("BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"),
    ("BTTTT", "Bộ Thông tin và Truyền thông"),
    ("BGTVT", "Bộ Giao thông vận tải"),
    ("BKHĐT", "Bộ Kế hoạch và Đầu tư"),
    ("BTNMT", "Bộ Tài nguyên và Môi trường"),
    ("BNNPTNT", "Bộ Nông nghiệp và Phát triển nông thôn"),
    ("BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội"),
    ("BCVT", "Bộ Bưu chính, Viễn thông"),
    ("NHNN", "Ngân hàng Nhà nước Việt Nam"),
    ("TTCP", "Thanh tra Chính phủ"),
    ("UBDT", "Ủy ban Dân tộc"),
    ("TANDTC", "Tòa án nhân dân tối cao"),
    ("VKSNDTC", "Viện kiểm sát nhân dân tối cao"),
    ("KTNN", "Kiểm toán nhà nước"),
    ("BGD&ĐT", "Bộ Giáo dục và Đào tạo"),
    ("BTS", "Bộ Thủy sản"),
    ("BVHTT", "Bộ Văn hóa - Thông tin"),
    ("BTM", "Bộ Thương mại"),
    ("BCN", "Bộ Công nghiệp"),
    ("BNN", "Bộ Nông nghiệp và Phát triển nông thôn"),
    ("BLĐTB&XH", "Bộ Lao động - Thương binh và Xã hội"),
    ("BKH", "Bộ Kế hoạch và Đầu tư"),
];

/// Every known name by the key of its first word; longer names first.
static KNOWN: LazyLock<HashMap<String, Vec<Vec<&'static str>>>> = LazyLock::new(|| {
    let mut known: HashMap<String, Vec<Vec<&'static str>>> = HashMap::new();
    let ministries = CODES.iter().map(|(_, name)| *name).filter(|name| !name.starts_with("Chính"));
    for name in PROVINCES.into_iter().chain(BODIES).chain(ministries) {
        let words: Vec<&str> = name.split_whitespace().collect();
        if let Some(first) = words.first() {
            known.entry(name_key(first)).or_default().push(words);
        }
    }
    for names in known.values_mut() {
        names.sort_by_key(|words| std::cmp::Reverse(words.len()));
    }
    known
});

/// The known name that begins at the first of `words`, if there is one.
pub(crate) fn known_name_at(words: &[&str]) -> Option<&'static [&'static str]> {
    let names = KNOWN.get(&name_key(core(words.first()?)))?;
    names.iter().find(|name| matches_name(words, name)).map(Vec::as_slice)
}

fn matches_name(words: &[&str], name: &[&str]) -> bool {
    name.len() <= words.len()
        && words.iter().zip(name).enumerate().all(|(at, (word, part))| {
            // Only the last word may carry punctuation the name does not have.
            let word = if at + 1 == name.len() { core(word) } else { *word };
            name_key(word.trim_start_matches(OPENING)) == name_key(part)
        })
}

const OPENING: [char; 4] = ['(', '“', '"', '‘'];

/// A word without the punctuation around it.
pub(crate) fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Writes `word` with a capital first letter, punctuation before it left alone.
pub(crate) fn capitalised(word: &str) -> String {
    let mut done = false;
    word.chars()
        .flat_map(|c| {
            let first = !done && c.is_alphabetic();
            done |= c.is_alphabetic();
            if first { c.to_uppercase().collect::<Vec<_>>() } else { vec![c] }
        })
        .collect()
}

/// Puts the casing of `model` on `word`, which differs from it by case and punctuation only.
pub(crate) fn cased_like(word: &str, model: &str) -> String {
    word.replacen(core(word), core(model), 1)
}

/// Tells whether a place of that name is run by the centre as a city.
pub(crate) fn is_city(place: &str) -> bool {
    CITIES.iter().any(|city| name_key(city) == name_key(place))
}

/// Gives the province named `place` as it is written.
pub(crate) fn province(place: &str) -> Option<&'static str> {
    PROVINCES.into_iter().find(|province| name_key(province) == name_key(place))
}

/// Names the authority whose code a document symbol ends with: `TT-BTC` is of Bộ Tài chính.
pub(crate) fn authority_of_symbol(symbol: &str) -> Option<&'static str> {
    if symbol.starts_with("QH") {
        return Some("Quốc hội");
    }
    let code = symbol.rsplit('-').next()?;
    if code.starts_with("UBTVQH") {
        return Some("Ủy ban Thường vụ Quốc hội");
    }
    CODES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
}

/// Writes the name of a body in normal case: `ỦY BAN NHÂN DÂN TỈNH SÔNG LAM` becomes
/// `Ủy ban nhân dân tỉnh Sông Lam`. Abbreviations `UBND` and `HĐND` are written out.
pub(crate) fn body_name(printed: &str) -> String {
    let spelt = spell_out(printed);
    let words: Vec<&str> = spelt.split_whitespace().collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let written = field_after_kind(&out, rest).or_else(|| known_name_at(rest).map(<[&str]>::to_vec));
        if let Some(written) = written {
            for (word, model) in rest.iter().zip(&written) {
                out.push(cased_like(word, model));
            }
            at += written.len();
            continue;
        }
        let word = rest.first().map(|word| lower(word)).unwrap_or_default();
        let ends_level = out.last().is_some_and(|_| after_level(&out));
        let named = ends_level || (after_kind_of_body(&out) && !LEVELS.iter().any(|level| level.starts_with(&word)));
        out.push(if named { capitalised(&word) } else { word });
        at += 1;
    }
    let name = out.join(" ").replace("thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh");
    capitalised(&name)
}

/// Inside the name of a place: everything after `tỉnh`, `huyện`, … is capitalised.
fn after_level(out: &[String]) -> bool {
    let tail = lower(&out.join(" "));
    let padded = format!(" {tail} ");
    LEVELS.iter().any(|level| {
        padded.rfind(&format!(" {level} ")).is_some_and(|start| {
            let after = padded.get(start + level.len() + 2..).unwrap_or_default();
            after.split_whitespace().count() < 4 && !after.contains(',') && !after.contains(" và ")
        })
    })
}

fn after_kind_of_body(out: &[String]) -> bool {
    let Some(last) = out.last().map(|word| lower(word)) else { return false };
    let two = out.iter().rev().take(2).rev().map(|word| lower(word)).collect::<Vec<_>>().join(" ");
    KINDS_OF_BODY.contains(&last.as_str()) || KINDS_OF_BODY.contains(&two.as_str())
}

/// The field a ministry, department or division is named after, when `words` begin with one.
fn field_after_kind(out: &[String], words: &[&str]) -> Option<Vec<&'static str>> {
    if !after_kind_of_body(out) {
        return None;
    }
    let mut found: Option<Vec<&'static str>> = None;
    for field in FIELDS {
        let parts: Vec<&str> = field.split_whitespace().collect();
        let same = parts.len() <= words.len()
            && words.iter().zip(&parts).all(|(word, part)| name_key(core(word)) == name_key(core(part)));
        if same && found.as_ref().is_none_or(|best| best.len() < parts.len()) {
            found = Some(parts);
        }
    }
    found
}

fn spell_out(printed: &str) -> String {
    let line = one_line(printed);
    let words = line.split_whitespace().map(|word| match name_key(core(word)).as_str() {
        "ubnd" => word.replacen(core(word), "Ủy ban nhân dân", 1),
        "hđnd" => word.replacen(core(word), "Hội đồng nhân dân", 1),
        "tp" => "thành phố".to_owned(),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn bodies_are_written_as_names() {
        for (printed, written) in [
            ("ỦY BAN NHÂN DÂN TỈNH SÔNG LAM", "Ủy ban nhân dân tỉnh Sông Lam"),
            ("UBND TỈNH LAI CHÂU", "Ủy ban nhân dân tỉnh Lai Châu"),
            ("HỘI ĐỒNG NHÂN DÂN THÀNH PHỐ HÀ NỘI", "Hội đồng nhân dân thành phố Hà Nội"),
            ("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
            ("BỘ TÀI CHÍNH", "Bộ Tài chính"),
            ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Bộ Nông nghiệp và Môi trường"),
            ("CHÍNH PHỦ", "Chính phủ"),
            ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
            ("ỦY BAN THƯỜNG VỤ QUỐC HỘI", "Ủy ban Thường vụ Quốc hội"),
            ("CỤC THUẾ", "Cục Thuế"),
            ("THUẾ TỈNH SÔNG LAM", "Thuế tỉnh Sông Lam"),
            ("Ủy ban nhân dân tỉnh hậu giang", "Ủy ban nhân dân tỉnh Hậu Giang"),
            ("SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH SÔNG LAM", "Sở Giáo dục và Đào tạo tỉnh Sông Lam"),
            ("ỦY BAN NHÂN DÂN HUYỆN CỬA LẠCH", "Ủy ban nhân dân huyện Cửa Lạch"),
        ] {
            assert_eq!(body_name(printed), written, "{printed}");
        }
    }
}
