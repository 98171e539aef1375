//! The issuing authority, from the letterhead, the authority line or the enacting formula.

use std::sync::LazyLock;

use kernel::text::{lower, name_key, one_line};
use regex::Regex;

use crate::layout::Piece;
use crate::names::{authority_of_symbol, body_name, is_city, province};
use crate::pattern;

/// What a line begins with when it starts the name of a body or of an office.
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[uủ][yỷ] ban|uỷ ban|hội đồng|ubnd|hđnd|bộ|sở|tổng cục|cục|chi cục|thuế|ban|văn phòng|chính phủ|thủ tướng|quốc hội|chủ tịch|phó chủ tịch|ngân hàng|tòa án|toà án|viện|thanh tra|kiểm toán|kho bạc|bảo hiểm xã hội|đoàn|đảng|tỉnh ủy|tỉnh uỷ|thành ủy|thành uỷ|huyện ủy|trung tâm|phòng|liên đoàn|mặt trận|trường|đại học|học viện|đài|thông tấn|tổng công ty|tập đoàn|hội|giám đốc|trưởng ban|thống đốc|tổng thanh tra|tổng kiểm toán|chánh án|viện trưởng|cục trưởng|tổng cục trưởng|bộ trưởng|trưởng)(?:\s|$)",
    )
});

/// Offices before the body they head.
static OFFICE_OF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:liên tịch\s+)?(?:(?:phó\s+)?chủ tịch|bộ trưởng,?\s+chủ nhiệm|bộ trưởng|giám đốc|tổng giám đốc|thống đốc|cục trưởng|tổng cục trưởng|trưởng|viện trưởng|chánh án|tổng|chủ nhiệm|hiệu trưởng|chánh)\s+(?:[^,]*)$",
    )
});

static ENACTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^((?:bộ trưởng|thống đốc|tổng|chánh án|viện trưởng|chủ nhiệm|chính phủ|quốc hội|[uủ][yỷ] ban|uỷ ban|hội đồng)[\p{L}\s,-]{0,90}?)\s+ban hành\s+(?:bộ luật|luật|pháp lệnh|nghị|thông tư|quyết định)",
    )
});

/// Tells whether a line begins the name of a body or an office.
pub(crate) fn begins_body(line: &str) -> bool {
    BODY.is_match(line)
}

/// A body without the office of its head: `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X` acts for the committee.
fn without_office(printed: &str) -> String {
    let line = one_line(printed);
    let lowered = lower(&line);
    if lowered.starts_with("thủ tướng") || lowered.starts_with("chủ tịch nước") || !OFFICE_OF.is_match(&line) {
        return line;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    if ["trưởng ban", "tổng thanh tra", "tổng kiểm toán", "trưởng ban chỉ đạo"].iter().any(|office| lowered.starts_with(office))
    {
        return words.get(1..).unwrap_or_default().join(" ");
    }
    let body = (1..words.len()).find_map(|at| {
        let rest = words.get(at..)?.join(" ");
        (begins_body(&rest) && !lower(&rest).starts_with("trưởng")).then_some(rest)
    });
    body.unwrap_or(line)
}

/// Reads the bodies a letterhead names, the lowest last.
pub(crate) fn letterhead(pieces: &[Piece]) -> Option<String> {
    let mut bodies: Vec<String> = Vec::new();
    let mut in_motto = false;
    for piece in pieces {
        let text = before_motto(&piece.text);
        let lowered = lower(&piece.text);
        in_motto = (in_motto && is_motto(&lowered))
            || lowered.contains("cộng hòa")
            || lowered.contains("cộng hoà")
            || lowered == "cộng"
            || lowered.contains("đảng cộng sản")
            || lowered.contains("độc lập");
        if text.is_empty() || (in_motto && text == piece.text) || !piece.is_capitals() && text == piece.text {
            continue;
        }
        if lowered.starts_with("số") || lowered.starts_with("luật số") || text.chars().any(char::is_numeric) {
            continue;
        }
        let continues = bodies.last().is_some_and(|last| continues_body(last, text));
        match bodies.last_mut() {
            Some(last) if continues || !begins_body(text) => {
                last.push(' ');
                last.push_str(text);
            }
            None if !begins_body(text) => {}
            _ => bodies.push(text.to_owned()),
        }
    }
    let lowest = bodies.pop()?;
    let name = body_name(&without_office(&lowest));
    let of_department = ["Sở ", "Phòng ", "Ban ", "Trung tâm "].iter().any(|kind| name.starts_with(kind));
    let place = bodies.pop().map(|parent| body_name(&parent)).and_then(|parent| place_of(&parent));
    Some(match place {
        Some(place) if of_department && place_of(&name).is_none() => format!("{name} {place}"),
        _ => name,
    })
}

/// The second half of a name that was broken over lines.
fn continues_body(before: &str, line: &str) -> bool {
    let (before, line) = (lower(before), lower(line));
    if !before.contains(' ') {
        return true;
    }
    let open = ["thường vụ", "thủ tướng", "văn phòng", "thanh tra", "và", "-", "của", "bảo hiểm", "ủy ban", "nhân"];
    open.iter().any(|end| before.ends_with(end))
        || line.starts_with("hội ") && before.ends_with("bảo hiểm xã")
        || before.ends_with("đảng bộ")
        || before.ends_with("quốc") && line.starts_with("hội")
}

fn before_motto(text: &str) -> &str {
    let at = ["CỘNG HÒA XÃ", "CỘNG HOÀ XÃ", "ĐẢNG CỘNG SẢN"].iter().find_map(|motto| text.find(motto));
    at.and_then(|at| text.get(..at)).unwrap_or(text).trim()
}

fn is_motto(lowered: &str) -> bool {
    let motto = name_key("cộng hòa xã hội chủ nghĩa việt nam độc lập - tự do - hạnh phúc đảng cộng sản việt nam");
    motto.contains(&name_key(lowered))
}

/// `tỉnh Sông Lam` out of `Ủy ban nhân dân tỉnh Sông Lam`.
fn place_of(body: &str) -> Option<String> {
    let lowered = lower(body);
    let levels = [" tỉnh ", " thành phố ", " huyện ", " quận ", " thị xã ", " phường ", " xã ", " thị trấn ", " đặc khu "];
    let at = levels.iter().filter_map(|level| lowered.find(level)).min()?;
    body.get(at..).map(|place| place.trim().to_owned())
}

/// Tells whether the name of a people's committee or council lacks its place.
fn lacks_place(name: &str) -> bool {
    let key = name_key(name);
    key == name_key("Ủy ban nhân dân") || key == name_key("Hội đồng nhân dân")
}

/// What the parts of a text say about its issuer, in the order they are believed.
#[derive(Debug, Default)]
pub(crate) struct Statements<'t> {
    pub letterhead: Option<String>,
    /// The line in capitals before `Căn cứ`.
    pub authority: Option<String>,
    /// The lines of the preamble.
    pub preamble: &'t [String],
    /// `của Ủy ban nhân dân tỉnh …` after `Ban hành kèm theo`.
    pub attached_of: Option<String>,
    pub place: Option<&'t str>,
    pub symbol: Option<&'t str>,
    /// The slug of the kind of document.
    pub kind: Option<&'t str>,
}

impl Statements<'_> {
    /// Names the issuer.
    pub fn issuer(&self) -> Option<String> {
        let authority = self.authority.as_deref().map(|line| body_name(&without_office(line)));
        let attached = self.attached_of.as_deref().map(|line| body_name(&without_office(line)));
        let enacted = self.preamble.iter().find_map(|line| {
            let found = ENACTS.captures(line)?;
            Some(body_name(&without_office(found.get(1)?.as_str())))
        });
        let stated = [self.letterhead.clone(), authority, enacted, attached];
        let complete = stated.iter().flatten().find(|name| !lacks_place(name));
        complete.cloned().or_else(|| self.placed(stated.iter().flatten().next())).or_else(|| self.of_symbol())
    }

    /// Completes a bare `Ủy ban nhân dân` by the place in the header, where that is a province.
    fn placed(&self, bare: Option<&String>) -> Option<String> {
        let bare = bare?;
        let Some(province) = self.place.and_then(province) else { return Some(bare.clone()) };
        let level = if is_city(province) { "thành phố" } else { "tỉnh" };
        Some(body_name(&format!("{bare} {level} {province}")))
    }

    fn of_symbol(&self) -> Option<String> {
        // Hiến pháp 2013 Điều 70, 74, 100: these kinds have one possible issuer.
        let sole = match self.kind {
            Some("luat" | "bo-luat" | "hien-phap") => Some("Quốc hội"),
            Some("phap-lenh") => Some("Ủy ban Thường vụ Quốc hội"),
            Some("nghi-dinh") => Some("Chính phủ"),
            _ => None,
        };
        self.symbol.and_then(authority_of_symbol).or(sole).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::layout::pieces;

    #[test]
    fn the_lowest_body_of_a_letterhead_issues() {
        let read = |text: &str| letterhead(&pieces(text)).unwrap();
        assert_eq!(
            read("ỦY BAN NHÂN\nDÂN\nTỈNH SÔNG LAM\n----\n|\nCỘNG HÒA XÃ\nHỘI CHỦ NGHĨA VIỆT NAM"),
            "Ủy ban nhân dân tỉnh Sông Lam"
        );
        assert_eq!(read("BỘ TÀI CHÍNH\nCỤC THUẾ\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), "Cục Thuế");
        assert_eq!(read("BỘ NÔNG NGHIỆP\nVÀ\nMÔI TRƯỜNG"), "Bộ Nông nghiệp và Môi trường");
        assert_eq!(read("ỦY BAN NHÂN DÂN\nTỈNH SÔNG LAM\nSỞ TƯ PHÁP"), "Sở Tư pháp tỉnh Sông Lam");
        assert_eq!(
            read(
                "ỦY BAN THƯỜNG VỤ        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n     QUỐC HỘI            Độc lập - Tự do - Hạnh phúc"
            ),
            "Ủy ban Thường vụ Quốc hội"
        );
    }

    #[test]
    fn an_office_stands_for_its_body() {
        let issuer = |line: &str| Statements { authority: Some(line.into()), ..Statements::default() }.issuer().unwrap();
        assert_eq!(issuer("BỘ TRƯỞNG BỘ TÀI CHÍNH"), "Bộ Tài chính");
        assert_eq!(issuer("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG LAM"), "Ủy ban nhân dân tỉnh Sông Lam");
        assert_eq!(issuer("THỦ TƯỚNG CHÍNH PHỦ"), "Thủ tướng Chính phủ");
        assert_eq!(issuer("GIÁM ĐỐC SỞ TƯ PHÁP"), "Sở Tư pháp");
    }

    #[test]
    fn a_bare_committee_takes_its_place_from_the_header() {
        let said =
            Statements { letterhead: Some("Ủy ban nhân dân".into()), place: Some("Lai Châu"), ..Statements::default() };
        assert_eq!(said.issuer().unwrap(), "Ủy ban nhân dân tỉnh Lai Châu");
    }
}
