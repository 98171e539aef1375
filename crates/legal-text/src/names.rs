//! Names as they are written: provinces, ministries, bodies of the state.
//!
//! Rules for capitals: Nghị định 30/2020/NĐ-CP, phụ lục II.

mod body;
mod known;
mod stated;

pub(crate) use body::body_name;
pub(crate) use stated::body_at;

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::key::{phrase_key, word_key};
use crate::letters::is_word;
use known::{BODIES, CITIES, CODES, FIELDS, KINDS_OF_BODY, PROVINCES};

/// A name as it is written, word by word, with their keys.
#[derive(Debug)]
pub(crate) struct Name {
    pub words: Vec<&'static str>,
    keys: Vec<u64>,
}

impl Name {
    fn of(name: &'static str) -> Name {
        let words: Vec<&str> = name.split_whitespace().collect();
        let keys = words.iter().map(|word| word_key(word)).collect();
        Name { words, keys }
    }

    /// Tells whether `words` begin with this name. Only its last word may carry punctuation the name does not have.
    fn begins(&self, words: &[&str]) -> bool {
        let last = self.keys.len().saturating_sub(1);
        self.keys.len() <= words.len()
            && words.iter().zip(&self.keys).enumerate().all(|(at, (word, key))| {
                let word = if at == last { core(word) } else { word.trim_start_matches(OPENING) };
                word_key(word) == *key
            })
    }
}

/// Names by the key of their first word, longer names first.
type Names = HashMap<u64, Vec<Name>>;

fn by_first_word(names: impl Iterator<Item = &'static str>) -> Names {
    let mut known = Names::new();
    for name in names.map(Name::of) {
        if let Some(first) = name.keys.first() {
            known.entry(*first).or_default().push(name);
        }
    }
    for names in known.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse(name.words.len()));
    }
    known
}

static KNOWN: LazyLock<Names> = LazyLock::new(|| {
    let ministries = CODES.iter().map(|(_, name)| *name).filter(|name| !name.starts_with("Chính"));
    by_first_word(PROVINCES.into_iter().chain(BODIES).chain(ministries))
});

static FIELD: LazyLock<Names> = LazyLock::new(|| by_first_word(FIELDS.into_iter()));

fn name_at(names: &'static Names, words: &[&str]) -> Option<&'static [&'static str]> {
    let names = names.get(&word_key(core(words.first()?)))?;
    names.iter().find(|name| name.begins(words)).map(|name| name.words.as_slice())
}

/// The known name that begins at the first of `words`, if there is one.
pub(crate) fn known_name_at(words: &[&str]) -> Option<&'static [&'static str]> {
    name_at(&KNOWN, words)
}

/// The field of a ministry or department that begins at the first of `words`.
fn field_at(words: &[&str]) -> Option<&'static [&'static str]> {
    name_at(&FIELD, words)
}

/// Tells whether words are a kind of body and the field it is named after: `CỤC THUẾ`.
pub(crate) fn names_field(words: &[&str]) -> bool {
    (1..words.len().min(3)).any(|at| {
        let (kind, field) = words.split_at(at);
        let kind: Vec<String> = kind.iter().map(|word| word.to_lowercase()).collect();
        KINDS_OF_BODY.iter().any(|known| kind == *known) && field_at(field).is_some_and(|name| name.len() == field.len())
    })
}

const OPENING: [char; 4] = ['(', '“', '"', '‘'];

/// A word without the punctuation around it.
pub(crate) fn core(word: &str) -> &str {
    let ends = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    let mut bytes = word.bytes();
    if ends(bytes.next()) && (ends(bytes.next_back()) || word.chars().next_back().is_some_and(is_word)) {
        return word;
    }
    word.trim_matches(|c: char| !is_word(c))
}

/// Writes `word` with a capital first letter, punctuation before it left alone.
pub(crate) fn capitalised(word: &str) -> String {
    let Some((at, first)) = word.char_indices().find(|(_, c)| c.is_alphabetic()) else { return word.to_owned() };
    let mut out = String::with_capacity(word.len() + 2);
    out.push_str(word.get(..at).unwrap_or_default());
    out.extend(first.to_uppercase());
    out.push_str(word.get(at + first.len_utf8()..).unwrap_or_default());
    out
}

/// Puts the casing of `model` on `word`, which differs from it by case and punctuation only.
pub(crate) fn cased_like(word: &str, model: &str) -> String {
    word.replacen(core(word), core(model), 1)
}

/// Tells whether a place of that name is run by the centre as a city.
pub(crate) fn is_city(place: &str) -> bool {
    let key = phrase_key(place);
    CITIES.iter().any(|city| phrase_key(city) == key)
}

/// Gives the province named `place` as it is written.
pub(crate) fn province(place: &str) -> Option<&'static str> {
    static BY_KEY: LazyLock<HashMap<u64, &str>> =
        LazyLock::new(|| PROVINCES.into_iter().map(|province| (phrase_key(province), province)).collect());
    BY_KEY.get(&phrase_key(place)).copied()
}

/// Names the authority a code in a document's symbol stands for: `BTC` is Bộ Tài chính.
pub(crate) fn authority_of_code(code: &str) -> Option<&'static str> {
    if code.starts_with("UBTVQH") {
        return Some("Ủy ban Thường vụ Quốc hội");
    }
    if code.strip_prefix("QH").is_some_and(|term| !term.is_empty() && term.bytes().all(|b| b.is_ascii_digit())) {
        return Some("Quốc hội");
    }
    CODES.iter().find(|(known, _)| *known == code).map(|(_, name)| *name)
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
