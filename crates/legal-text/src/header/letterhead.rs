//! The bodies a letterhead names (Nghị định 30/2020/NĐ-CP, phụ lục I, II.2).

use std::sync::LazyLock;

use regex::Regex;

use super::office::without_office;
use crate::layout::Piece;
use crate::names::{body_name, known_name_at, names_field};
use crate::pattern;

/// What a line begins with when it starts the name of a body or of an office.
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[uủ][yỷ] ban|uỷ ban|hội đồng|ubnd|hđnd|bộ|sở|tổng cục|cục|chi cục|vụ|thuế|ban|văn phòng|chính phủ|thủ tướng|quốc hội|chủ tịch|phó chủ tịch|ngân hàng|tòa án|toà án|viện|thanh tra|kiểm toán|kho bạc|bảo hiểm xã hội|đoàn|đảng|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|huyện ủy|huyện uỷ|trung tâm|phòng|liên đoàn|liên bộ|liên minh|liên hiệp|mặt trận|công an|trường|đại học|học viện|đài|thông tấn|tổng công ty|tập đoàn|hội|hiệp hội|tổ công tác|bệnh viện|quỹ|cơ quan|giám đốc|trưởng ban|thống đốc|tổng|chánh án|viện trưởng|cục trưởng|bộ trưởng|trưởng|chủ nhiệm)(?:\s|$)",
    )
});

/// Tells whether a line begins the name of a body or an office.
pub(super) fn begins_body(line: &str) -> bool {
    BODY.is_match(line)
}

/// How many pieces a letterhead may have.
const LONGEST: usize = 24;

/// Reads the bodies a letterhead names as they are printed, the lowest last.
pub(super) fn bodies(above: &[Piece]) -> Vec<String> {
    let lines: Vec<Line<'_>> = above.iter().take(3 * LONGEST).map(Line::of).collect();
    // What a site prints above the letterhead may cite days and numbers.
    let from = lines.iter().position(|line| line.capitals && (begins_body(line.text) || line.opens_motto())).unwrap_or_default();
    let lines = lines.get(from..).unwrap_or_default();
    let stop = lines
        .iter()
        .position(|line| line.lower.contains("ngày") || line.lower.starts_with("số") || line.lower.starts_with("v/v"));
    let has_motto = lines.iter().any(|line| line.lower.contains("cộng") || line.lower.contains("độc lập"));
    if !has_motto && stop.is_none() {
        return Vec::new();
    }
    let lines = lines.get(..stop.unwrap_or(lines.len()).min(LONGEST)).unwrap_or_default();
    let bodies = in_capitals(lines);
    let has_label = stop.is_some() && above.iter().any(|piece| piece.text.starts_with("Số:") || piece.text.starts_with("SỐ:"));
    if bodies.is_empty() && (has_motto || has_label) { in_normal_case(lines) } else { bodies }
}

/// A line of a letterhead.
struct Line<'p> {
    text: &'p str,
    lower: String,
    capitals: bool,
}

impl<'p> Line<'p> {
    fn of(piece: &'p Piece) -> Self {
        Line { text: &piece.text, lower: piece.text.to_lowercase().replace("hoà", "hòa"), capitals: piece.is_capitals() }
    }

    fn opens_motto(&self) -> bool {
        ["cộng hòa", "đảng cộng", "độc lập"].iter().any(|motto| self.lower.contains(motto)) || self.lower == "cộng"
    }

    fn is_motto(&self) -> bool {
        MOTTO.contains(&self.lower)
    }

    /// What stands before the motto on one line with it.
    fn before_motto(&self) -> &'p str {
        let at = ["CỘNG HÒA XÃ", "CỘNG HOÀ XÃ", "ĐẢNG CỘNG SẢN"].iter().find_map(|motto| self.text.find(motto));
        at.and_then(|at| self.text.get(..at)).unwrap_or(self.text).trim()
    }

    /// A number belongs to a body only in the name of its place: `QUẬN 5`.
    fn is_numbered(&self) -> bool {
        self.lower.starts_with("luật số")
            || self.text.chars().any(char::is_numeric) && !PLACES.iter().any(|level| self.lower.contains(level))
    }
}

const MOTTO: &str = "cộng hòa xã hội chủ nghĩa việt nam độc lập - tự do - hạnh phúc đảng cộng sản việt nam";

const PLACES: [&str; 4] = ["quận", "phường", "khu vực", "khóa"];

fn in_capitals(lines: &[Line<'_>]) -> Vec<String> {
    let mut bodies: Vec<String> = Vec::new();
    let mut in_motto = false;
    for line in lines {
        let text = line.before_motto();
        in_motto = line.opens_motto() || in_motto && line.is_motto();
        let whole = text.len() == line.text.len();
        if text.is_empty() || in_motto && whole || !line.capitals && whole || line.is_numbered() {
            continue;
        }
        let begins = begins_body(text);
        match bodies.last_mut() {
            Some(last) if !begins || continues_body(last, text) => {
                last.push(' ');
                last.push_str(text);
            }
            None if !begins => {}
            _ => bodies.push(text.to_owned()),
        }
    }
    bodies.iter().flat_map(|body| parted(body)).collect()
}

/// Two bodies on one line: `BỘ TÀI CHÍNH CỤC HẢI QUAN`.
fn parted(printed: &str) -> Vec<String> {
    let words: Vec<&str> = printed.split(' ').collect();
    let second = (2..words.len().saturating_sub(1)).find(|at| {
        let (above, below) = words.split_at(*at);
        begins_lower_body(below, above.last().copied().unwrap_or_default()) && is_whole(above)
    });
    match second {
        Some(at) => {
            let (above, below) = words.split_at(at);
            let mut bodies = vec![above.join(" ")];
            bodies.extend(parted(&below.join(" ")));
            bodies
        }
        None => vec![printed.to_owned()],
    }
}

fn begins_lower_body(words: &[&str], before: &str) -> bool {
    const LOWER: [&str; 11] = ["SỞ", "CỤC", "TỔNG", "CHI", "PHÒNG", "VĂN", "TRUNG", "BAN", "THUẾ", "VỤ", "THANH"];
    const BROKEN: [&str; 5] = ["HẢI", "VĂN", "QUỐC", "ỦY", "UỶ"];
    words.first().is_some_and(|first| LOWER.contains(first)) && !BROKEN.contains(&before) && begins_body(&words.join(" "))
}

/// Whether words are the whole name of a body: a ministry, a committee with its place.
fn is_whole(words: &[&str]) -> bool {
    let known = known_name_at(words).is_some_and(|name| name.len() == words.len());
    let name = words.join(" ");
    let committee = ["ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "UBND"].iter().any(|start| name.starts_with(start));
    known || committee && place_of(&body_name(&name)).is_some() || names_field(words) || name.ends_with("TRUNG ƯƠNG")
}

/// A source that lost its capitals prints bodies as names.
fn in_normal_case(lines: &[Line<'_>]) -> Vec<String> {
    let is_body = |line: &&Line<'_>| {
        let words = line.text.split_whitespace().count();
        (2..=12).contains(&words)
            && begins_body(line.text)
            && line.text.starts_with(char::is_uppercase)
            && !line.is_numbered()
            && !line.text.ends_with(['.', ';', ':', ','])
    };
    lines.iter().filter(is_body).map(|line| line.text.to_owned()).collect()
}

/// The second half of a name that was broken over lines.
fn continues_body(before: &str, line: &str) -> bool {
    let (before, line) = (before.to_lowercase(), line.to_lowercase());
    if !before.contains(' ') {
        return true;
    }
    const OPEN: [&str; 15] = [
        "thường vụ",
        "thủ tướng",
        "văn phòng",
        "thanh tra",
        "và",
        "-",
        "của",
        "bảo hiểm",
        "ủy ban",
        "uỷ ban",
        "nhân",
        "đảng ủy",
        "đảng uỷ",
        "đảng bộ",
        ",",
    ];
    const BROKEN: [(&str, &str); 8] = [
        ("xã", "hội"),
        ("quốc", "hội"),
        ("quốc", "phòng"),
        ("hải", "phòng"),
        ("đường", "bộ"),
        ("liên", "đoàn"),
        ("ủy", "ban"),
        ("uỷ", "ban"),
    ];
    let first = line.split(' ').next().unwrap_or_default();
    let last = before.rsplit(' ').next().unwrap_or_default();
    OPEN.iter().any(|end| before.ends_with(end)) || BROKEN.contains(&(last, first))
}

/// The name of the body that issues: the lowest of the letterhead, with the place or the body it belongs to where it has
/// none of its own.
pub(super) fn lowest(bodies: &[String]) -> Option<String> {
    let name = body_name(&without_office(bodies.last()?));
    // The rest of the name stands in a line that was lost among those of the motto.
    let name = if name == "Ủy ban Thường vụ" { "Ủy ban Thường vụ Quốc hội".to_owned() } else { name };
    let parent = bodies.len().checked_sub(2).and_then(|at| bodies.get(at)).map(|parent| body_name(parent));
    let Some(parent) = parent else { return Some(name) };
    if parent == "Ban Chấp hành Trung ương" {
        return Some(of_central_committee(name));
    }
    let of_party = ["Tỉnh ủy", "Thành ủy", "Huyện ủy", "Đảng ủy"].iter().any(|kind| parent.starts_with(kind));
    if matches!(name.as_str(), "Văn phòng" | "Thanh tra") || of_party && name.starts_with("Ban ") {
        return Some(format!("{name} {parent}"));
    }
    let of_department = ["Sở ", "Phòng ", "Ban ", "Trung tâm "].iter().any(|kind| name.starts_with(kind));
    Some(match place_of(&parent) {
        Some(place) if of_department && place_of(&name).is_none() => format!("{name} {place}"),
        _ => name,
    })
}

/// `BAN CHẤP HÀNH TRUNG ƯƠNG` / `BAN TỔ CHỨC` is Ban Tổ chức Trung ương.
fn of_central_committee(name: String) -> String {
    match name.as_str() {
        "Văn phòng" => "Văn phòng Trung ương Đảng".to_owned(),
        _ if name.contains("Trung ương") => name,
        _ => format!("{name} Trung ương"),
    }
}

/// `tỉnh Sông Lam` out of `Ủy ban nhân dân tỉnh Sông Lam`.
pub(super) fn place_of(body: &str) -> Option<String> {
    let lower = body.to_lowercase();
    let levels = [" tỉnh ", " thành phố ", " huyện ", " quận ", " thị xã ", " phường ", " xã ", " thị trấn ", " đặc khu "];
    let at = levels.iter().filter_map(|level| lower.find(level)).min()?;
    body.get(at..).map(|place| place.trim().to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::layout::pieces;

    fn read(text: &str) -> String {
        lowest(&bodies(&pieces(text))).unwrap()
    }

    #[test]
    fn the_lowest_body_of_a_letterhead_issues() {
        assert_eq!(
            read("ỦY BAN NHÂN\nDÂN\nTỈNH SÔNG LAM\n----\n|\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM"),
            "Ủy ban nhân dân tỉnh Sông Lam"
        );
        assert_eq!(read("BỘ TÀI CHÍNH\nCỤC THUẾ\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "Cục Thuế");
        assert_eq!(read("BỘ NÔNG NGHIỆP\nVÀ\nMÔI TRƯỜNG\nSố: 1"), "Bộ Nông nghiệp và Môi trường");
        assert_eq!(read("ỦY BAN NHÂN DÂN\nTỈNH SÔNG LAM\nSỞ TƯ PHÁP\nSố: 1"), "Sở Tư pháp tỉnh Sông Lam");
        assert_eq!(
            read(
                "ỦY BAN THƯỜNG VỤ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n     QUỐC HỘI            Độc lập - Tự do - Hạnh phúc"
            ),
            "Ủy ban Thường vụ Quốc hội"
        );
    }

    #[test]
    fn a_name_broken_over_lines_is_one() {
        for (printed, name) in [
            ("CHỦ TỊCH ỦY\nBAN NHÂN DÂN\nTỈNH SÔNG LAM\nSố: 1", "Ủy ban nhân dân tỉnh Sông Lam"),
            ("BỘ QUỐC\nPHÒNG\nSố: 1", "Bộ Quốc phòng"),
            ("BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ\nHỘI\nSố: 1", "Bộ Lao động - Thương binh và Xã hội"),
            ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI\nPHÒNG\nSố: 1", "Ủy ban nhân dân thành phố Hải Phòng"),
            ("ỦY BAN NHÂN DÂN\nQUẬN 5\nSố: 1", "Ủy ban nhân dân quận 5"),
            ("ỦY BAN NHÂN DÂN\nXÃ CỬA LẠCH\nSố: 1", "Ủy ban nhân dân xã Cửa Lạch"),
            ("HỘI ĐỒNG NHÂN DÂN\nĐẶC KHU HÒN LAM\nSố: 1", "Hội đồng nhân dân đặc khu Hòn Lam"),
        ] {
            assert_eq!(read(printed), name, "{printed}");
        }
    }

    #[test]
    fn two_bodies_may_stand_on_one_line() {
        for (printed, name) in [
            ("BỘ TÀI CHÍNH CỤC HẢI QUAN\nSố: 1", "Cục Hải quan"),
            ("CỤC THUẾ THUẾ TỈNH SÔNG LAM\nSố: 1", "Thuế tỉnh Sông Lam"),
            ("ỦY BAN NHÂN DÂN TỈNH SÔNG LAM SỞ TƯ PHÁP\nSố: 1", "Sở Tư pháp tỉnh Sông Lam"),
            ("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG\nSố: 1", "Ủy ban nhân dân thành phố Hải Phòng"),
            ("BỘ QUỐC PHÒNG\nSố: 1", "Bộ Quốc phòng"),
            ("VĂN PHÒNG CHÍNH PHỦ\nSố: 1", "Văn phòng Chính phủ"),
            ("BAN CHẤP HÀNH TRUNG ƯƠNG BAN TỔ CHỨC\nSố 1", "Ban Tổ chức Trung ương"),
        ] {
            assert_eq!(read(printed), name, "{printed}");
        }
    }

    #[test]
    fn bodies_of_the_party_are_named_with_the_one_they_belong_to() {
        let motto = "ĐẢNG CỘNG\nSẢN VIỆT NAM";
        assert_eq!(read(&format!("BAN CHẤP HÀNH\nTRUNG ƯƠNG\nVĂN PHÒNG\n*\n|\n{motto}\nSố 1")), "Văn phòng Trung ương Đảng");
        assert_eq!(read(&format!("BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN TỔ CHỨC\n*\n|\n{motto}\nSố 1")), "Ban Tổ chức Trung ương");
        assert_eq!(read(&format!("TỈNH ỦY SÔNG LAM\nBAN TỔ CHỨC\n*\n|\n{motto}\nSố 1")), "Ban Tổ chức Tỉnh ủy Sông Lam");
    }

    #[test]
    fn what_a_site_prints_above_is_passed_over() {
        let above = "Quy chế về dữ liệu ngày 14/07/2031 do Bộ Lam ban hành\nNội dung toàn văn";
        assert_eq!(
            read(&format!("{above}\nQUỐC HỘI\n****\nCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày 14 tháng 7 năm 2031")),
            "Quốc hội"
        );
    }

    #[test]
    fn the_motto_may_come_first_and_names_may_have_lost_their_capitals() {
        assert_eq!(
            read("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nBỘ LAM NGHIỆP\nSố: 1"),
            "Bộ Lam nghiệp"
        );
        assert_eq!(read("Bộ Tài chính\nCộng hòa xã hội chủ nghĩa Việt Nam\nSố: 1"), "Bộ Tài chính");
    }
}
