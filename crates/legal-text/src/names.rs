//! Names as they are written: provinces, ministries, bodies of the state.
//!
//! Rules for capitals: Nghị định 30/2020/NĐ-CP, phụ lục II.

mod known;

use std::collections::HashMap;
use std::sync::LazyLock;

use kernel::text::{lower, name_key, one_line};

use known::{BODIES, CITIES, CODES, FIELDS, KINDS_OF_BODY, LEVELS, PROVINCES};

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

/// No name of a body has more words; what is longer is no name.
const LONGEST: usize = 40;

/// Writes the name of a body in normal case: `ỦY BAN NHÂN DÂN TỈNH SÔNG LAM` becomes
/// `Ủy ban nhân dân tỉnh Sông Lam`. Abbreviations `UBND` and `HĐND` are written out.
pub(crate) fn body_name(printed: &str) -> String {
    let spelt = spell_out(printed);
    let words: Vec<&str> = spelt.split_whitespace().take(LONGEST).collect();
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
        // `Bộ trưởng` and `Cục trưởng` are offices; after one, the body it heads is named.
        let heads = out.last().is_some_and(|last| matches!(lower(last).as_str(), "trưởng" | "đốc"));
        let named = ends_level
            || (heads && KINDS_OF_BODY.contains(&word.as_str()))
            || (after_kind_of_body(&out) && word != "trưởng" && !LEVELS.iter().any(|level| level.starts_with(&word)));
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
