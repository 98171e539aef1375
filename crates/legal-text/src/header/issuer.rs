//! The issuing authority, from what the parts of a text say about it.

use std::sync::LazyLock;

use regex::Regex;

use super::joint;
use super::office::without_office;
use crate::key::phrase_key;
use crate::names::{authority_of_code, body_name, is_city, province};
use crate::pattern;

static ENACTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^((?:bộ trưởng|thống đốc|tổng|chánh án|viện trưởng|chủ nhiệm|chính phủ|thủ tướng chính phủ|quốc hội|chủ tịch|hội đồng|[uủ][yỷ] ban|uỷ ban|giám đốc)[\p{L}\s,-]{0,90}?)\s+(?:ban hành\s+(?:bộ luật|luật|pháp lệnh|nghị|thông tư|quyết định)|quy định\s|hướng dẫn\s)",
    )
});

/// Every circular rests on the decree on the functions of the ministry that issues it.
static FUNCTIONS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)chức năng,?\s+nhiệm vụ(?:,?\s+quyền hạn)?(?:\s+và\s+(?:cơ cấu\s+)?tổ chức(?:\s+bộ máy)?)?\s+của\s+([^;.()]{4,80})",
    )
});

/// What the parts of a text say about its issuer, in the order they are believed.
#[derive(Debug, Default)]
pub(crate) struct Statements<'t> {
    /// The bodies of the letterhead, the lowest last.
    pub bodies: &'t [String],
    /// The lowest of them by its name.
    pub letterhead: Option<&'t str>,
    /// The line in capitals before `Căn cứ`.
    pub authority: Option<String>,
    /// The statements of the preamble.
    pub preamble: &'t [String],
    /// `của Ủy ban nhân dân tỉnh …` after `Ban hành kèm theo`.
    pub attached_of: Option<String>,
    /// The body in a title like `CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ … NGÀY … VỀ …`.
    pub titled: Option<String>,
    pub place: Option<&'t str>,
    pub title: Option<&'t str>,
    pub symbol: Option<&'t str>,
    /// The slug of the kind of document.
    pub kind: Option<&'t str>,
    /// For whom it is signed: `TM. ỦY BAN NHÂN DÂN`.
    pub on_behalf: Option<String>,
}

impl Statements<'_> {
    /// Names the issuer; `spoken` gives the body that speaks in the text itself, where nothing else names one.
    pub fn issuer(&self, spoken: impl FnOnce() -> Option<String>) -> Option<String> {
        if self.is_joint()
            && let Some(issuers) = joint::issuers(self.bodies, self.symbol.unwrap_or_default(), self.preamble)
        {
            return Some(issuers);
        }
        if let Some(name) = self.letterhead.filter(|name| !is_bare(name)) {
            return Some(name.to_owned());
        }
        let named = |line: &Option<String>| line.as_deref().map(|line| body_name(&without_office(line)));
        let letterhead = self.letterhead.map(str::to_owned);
        let stated = [letterhead, named(&self.authority), self.enacted(), named(&self.titled), named(&self.attached_of)];
        let implied = || self.of_symbol().map(str::to_owned).or_else(|| self.of_functions());
        let said = stated.iter().flatten().find(|name| !is_bare(name)).or(stated.iter().flatten().next()).cloned();
        let said = said.or_else(implied).or_else(|| named(&self.on_behalf));
        if let Some(name) = said.as_ref().filter(|name| !is_bare(name)) {
            return Some(name.clone());
        }
        let name = match (said, spoken()) {
            (Some(bare), Some(spoken)) if !spoken.starts_with(&bare) => bare,
            (bare, spoken) => spoken.or(bare)?,
        };
        Some(if lacks_place(&name) { self.placed(name) } else { name })
    }

    fn is_joint(&self) -> bool {
        matches!(self.kind, Some("thong-tu-lien-tich" | "nghi-quyet-lien-tich"))
            || self.symbol.is_some_and(|symbol| symbol.starts_with("TTLT") || symbol.starts_with("NQLT"))
            || self.bodies.last().is_some_and(|lowest| joint::names_several(lowest))
    }

    fn enacted(&self) -> Option<String> {
        let own = self.preamble.iter().filter(|line| !line.starts_with("Căn cứ") && !line.starts_with("Theo "));
        own.into_iter().find_map(|line| {
            let found = ENACTS.captures(line)?;
            Some(body_name(&without_office(found.get(1)?.as_str())))
        })
    }

    /// Completes a bare `Ủy ban nhân dân` by the province that the header, the title or the preamble names.
    fn placed(&self, bare: String) -> String {
        let texts = || self.title.into_iter().chain(self.preamble.iter().map(String::as_str));
        let Some(province) = self.place.and_then(province_in).or_else(|| only_province(texts())) else { return bare };
        let level = if is_city(province) { "thành phố" } else { "tỉnh" };
        let lower = bare.to_lowercase();
        match LEVELS.iter().find_map(|level| lower.strip_suffix(level)) {
            Some(_) if lower.ends_with(level) => body_name(&format!("{bare} {province}")),
            Some(_) => bare,
            None => body_name(&format!("{bare} {level} {province}")),
        }
    }

    fn of_symbol(&self) -> Option<&'static str> {
        // Hiến pháp 2013 Điều 70, 74, 100: these kinds have one possible issuer.
        let sole = match self.kind {
            Some("luat" | "bo-luat" | "hien-phap") => Some("Quốc hội"),
            Some("phap-lenh") => Some("Ủy ban Thường vụ Quốc hội"),
            Some("nghi-dinh") => Some("Chính phủ"),
            _ => None,
        };
        let symbol = self.symbol.unwrap_or_default();
        let letter = self.kind == Some("cong-van");
        let code = if letter { symbol.split('-').next() } else { symbol.rsplit(['-', '/']).next() };
        sole.or_else(|| code.and_then(authority_of_code))
    }

    fn of_functions(&self) -> Option<String> {
        if self.kind != Some("thong-tu") {
            return None;
        }
        self.preamble.iter().filter(|line| line.contains("Nghị định")).find_map(|line| {
            let body = FUNCTIONS.captures(line)?.get(1)?.as_str();
            joint::known_bodies(body).into_iter().next()
        })
    }
}

const LEVELS: [&str; 9] = ["tỉnh", "thành phố", "huyện", "quận", "thị xã", "phường", "xã", "thị trấn", "đặc khu"];

/// Tells whether a name fits many bodies.
fn is_bare(name: &str) -> bool {
    lacks_place(name) || name == "Ban Chỉ đạo"
}

/// Tells whether the name of a people's committee or council lacks its place.
fn lacks_place(name: &str) -> bool {
    static BARE: LazyLock<[u64; 2]> = LazyLock::new(|| ["Ủy ban nhân dân", "Hội đồng nhân dân"].map(phrase_key));
    let lower = name.to_lowercase();
    let body = LEVELS.iter().find_map(|level| lower.strip_suffix(level)).unwrap_or(&lower);
    BARE.contains(&phrase_key(body))
}

/// The province in the name of a place: `TP. Hồ Chí Minh`, `Thành phố Huế`.
fn province_in(place: &str) -> Option<&'static str> {
    let words: Vec<&str> = place.split_whitespace().collect();
    (0..words.len().min(3)).find_map(|from| province(&words.get(from..)?.join(" ")))
}

/// The province that some texts name after `tỉnh` or `thành phố`, where they name only one.
fn only_province<'t>(texts: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    let mut found: Option<&'static str> = None;
    for text in texts {
        for named in provinces_named(text) {
            if found.is_some_and(|other| other != named) {
                return None;
            }
            found = Some(named);
        }
    }
    found
}

fn provinces_named(text: &str) -> Vec<&'static str> {
    static LEVEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(?:tỉnh|thành phố|tp\.?)\s+"));
    let after = |found: regex::Match<'_>| {
        let words: Vec<&str> = text
            .get(found.end()..)?
            .split_whitespace()
            .take(5)
            .map(|word| word.trim_matches([',', '.', ';', ')', ':']))
            .collect();
        (1..=words.len()).rev().find_map(|count| province(&words.get(..count)?.join(" ")))
    };
    LEVEL.find_iter(text).filter_map(after).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn issuer(statements: &Statements<'_>) -> String {
        statements.issuer(|| None).unwrap()
    }

    #[test]
    fn an_office_stands_for_its_body() {
        let read = |line: &str| issuer(&Statements { authority: Some(line.into()), ..Statements::default() });
        assert_eq!(read("BỘ TRƯỞNG BỘ TÀI CHÍNH"), "Bộ Tài chính");
        assert_eq!(read("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SÔNG LAM"), "Ủy ban nhân dân tỉnh Sông Lam");
        assert_eq!(read("THỦ TƯỚNG CHÍNH PHỦ"), "Thủ tướng Chính phủ");
        assert_eq!(read("GIÁM ĐỐC SỞ TƯ PHÁP"), "Sở Tư pháp");
    }

    #[test]
    fn a_bare_committee_takes_its_place_from_what_stands_around_it() {
        let letterhead = Some("Ủy ban nhân dân");
        let by_place = Statements { letterhead, place: Some("Lai Châu"), ..Statements::default() };
        assert_eq!(issuer(&by_place), "Ủy ban nhân dân tỉnh Lai Châu");
        let by_place = Statements { letterhead, place: Some("TP. Hồ Chí Minh"), ..Statements::default() };
        assert_eq!(issuer(&by_place), "Ủy ban nhân dân Thành phố Hồ Chí Minh");
        let title = Some("Về giá đất trên địa bàn tỉnh Gia Lai");
        let by_title = Statements { authority: Some("ỦY BAN NHÂN DÂN TỈNH".into()), title, ..Statements::default() };
        assert_eq!(issuer(&by_title), "Ủy ban nhân dân tỉnh Gia Lai");
        let two = Some("Về địa giới giữa tỉnh Gia Lai và tỉnh Phú Yên");
        let by_two = Statements { authority: Some("ỦY BAN NHÂN DÂN TỈNH".into()), title: two, ..Statements::default() };
        assert_eq!(issuer(&by_two), "Ủy ban nhân dân tỉnh");
    }

    #[test]
    fn a_symbol_names_the_issuer_of_a_text_that_lost_its_letterhead() {
        for (symbol, kind, name) in [
            ("TT-BTC", "thong-tu", "Bộ Tài chính"),
            ("VPCP-KTTH", "cong-van", "Văn phòng Chính phủ"),
            ("NQ-UBTVQH15", "nghi-quyet", "Ủy ban Thường vụ Quốc hội"),
            ("QH15", "luat", "Quốc hội"),
        ] {
            let said = Statements { symbol: Some(symbol), kind: Some(kind), ..Statements::default() };
            assert_eq!(issuer(&said), name, "{symbol}");
        }
        let said =
            Statements { symbol: Some("QĐ-UBND"), kind: Some("quyet-dinh"), place: Some("Lai Châu"), ..Statements::default() };
        assert_eq!(issuer(&said), "Ủy ban nhân dân tỉnh Lai Châu");
    }

    #[test]
    fn a_circular_rests_on_the_decree_on_its_ministry() {
        let preamble =
            ["Căn cứ Nghị định số 1/2031/NĐ-CP quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của Bộ Tài chính;"
                .to_owned()];
        let said = Statements { preamble: &preamble, kind: Some("thong-tu"), ..Statements::default() };
        assert_eq!(issuer(&said), "Bộ Tài chính");
        let said = Statements { preamble: &preamble, kind: Some("quyet-dinh"), ..Statements::default() };
        assert_eq!(said.issuer(|| None), None);
    }
}
