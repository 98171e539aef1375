//! The abstract (trích yếu) in one line and in sentence case.

use std::collections::{HashMap, HashSet};

use kernel::text::{lower, name_key, one_line};

use crate::layout::{Piece, is_capitals};
use crate::names::{capitalised, cased_like, core, known_name_at};

/// How many words of a text are read as evidence for the casing of its title.
const EVIDENCE_WORDS: usize = 12_000;
/// How many words an abstract may have; a longer one is no abstract and is cut.
const LONGEST: usize = 300;
/// How many places of the evidence are compared for one word of the title.
const PLACES_COMPARED: usize = 48;

/// Words of the text in normal case, from which a title in capitals takes its casing back.
pub(crate) struct Evidence<'t> {
    words: Vec<&'t str>,
    keys: Vec<String>,
    pairs: HashMap<(String, String), Vec<usize>>,
    /// Words a cell or a paragraph begins with.
    firsts: HashSet<usize>,
}

impl<'t> Evidence<'t> {
    /// Gathers the pieces that are not set in capitals.
    pub fn of(pieces: &'t [Piece]) -> Evidence<'t> {
        let mut words: Vec<&str> = Vec::new();
        let mut firsts = HashSet::new();
        for piece in pieces.iter().filter(|piece| !piece.is_capitals()) {
            if words.len() > EVIDENCE_WORDS {
                break;
            }
            if piece.after_gap || piece.columns > 1 {
                firsts.insert(words.len());
            }
            words.extend(piece.text.split_whitespace().take(EVIDENCE_WORDS));
        }
        let keys: Vec<String> = words.iter().map(|word| name_key(core(word))).collect();
        let mut pairs: HashMap<(String, String), Vec<usize>> = HashMap::new();
        for (at, pair) in keys.windows(2).enumerate() {
            if let [first, second] = pair {
                let places = pairs.entry((first.clone(), second.clone())).or_default();
                if places.len() < PLACES_COMPARED {
                    places.push(at);
                }
            }
        }
        Evidence { words, keys, pairs, firsts }
    }

    /// The longest run of the evidence that reads as `keys` do: where, and how many words.
    fn longest_run(&self, keys: &[String]) -> Option<(usize, usize)> {
        let pair = (keys.first()?.clone(), keys.get(1)?.clone());
        let places = self.pairs.get(&pair)?;
        let run = |place: usize| {
            let here = self.keys.get(place..).unwrap_or_default();
            here.iter().zip(keys).take_while(|(have, want)| have == want).count()
        };
        // Of equal runs the first counts: the enacting article stands before all others.
        places.iter().map(|place| (*place, run(*place))).rev().max_by_key(|(_, length)| *length)
    }

    /// A capital at the start of a sentence says nothing about the word.
    fn opens_sentence(&self, place: usize) -> bool {
        let before = place.checked_sub(1).and_then(|before| self.words.get(before));
        self.firsts.contains(&place)
            || before.is_none_or(|word| word.ends_with(['.', ':', ';', '!', '?', '“', '"', ')', '-', '+', ']']))
            || self.words.get(place).is_some_and(|word| word.starts_with(['“', '"', '‘']))
    }
}

/// Words after which a kind of document in a title is the name of one.
const ISSUING: [&str; 3] = ["ban hành", "phê duyệt", "bãi bỏ"];
const ISSUED: [&str; 10] =
    ["quy chế", "quy định", "danh mục", "kế hoạch", "chương trình", "đề án", "điều lệ", "chiến lược", "nội quy", "bảng giá"];

/// Gives the abstract in one line; one set in capitals is written in sentence case.
pub(crate) fn sentence_case(printed: &str, evidence: &Evidence<'_>) -> String {
    let line = one_line(printed);
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ',' | ':' | '/'));
    if !lost_its_casing(line) {
        return capitalised(line);
    }
    let line = line.to_uppercase();
    let words: Vec<&str> = line.split(' ').take(LONGEST).collect();
    let keys: Vec<String> = words.iter().map(|word| name_key(core(word))).collect();
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    while let Some(rest) = words.get(out.len()..).filter(|rest| !rest.is_empty()) {
        let at = out.len();
        let run = evidence.longest_run(keys.get(at..).unwrap_or_default()).filter(|(_, length)| *length >= 2);
        let known = known_name_at(rest);
        if let Some(name) = known.filter(|name| run.is_none_or(|(_, length)| length <= name.len())) {
            out.extend(rest.iter().zip(name).map(|(word, model)| cased_like(word, model)));
        } else if let Some((place, length)) = run {
            let models = evidence.words.get(place..place + length).unwrap_or_default();
            for (step, (word, model)) in rest.iter().zip(models).enumerate() {
                let unsure = step == 0 && evidence.opens_sentence(place) && !in_proper_name(models);
                out.push(match known {
                    Some(name) if unsure => name.first().map_or_else(String::new, |model| cased_like(word, model)),
                    _ if unsure => by_rule(&out, word),
                    _ => with_case_of(word, model),
                });
            }
        } else {
            let word = rest.first().copied().unwrap_or_default();
            out.push(by_rule(&out, word));
        }
    }
    restore_issued_names(&mut out);
    capitalised(&out.join(" "))
}

/// Set in capitals, or in lower case throughout.
fn lost_its_casing(line: &str) -> bool {
    is_capitals(line) || !line.chars().skip(1).any(char::is_uppercase)
}

/// The word after the first has a capital too: both belong to a name.
fn in_proper_name(models: &[&str]) -> bool {
    models.get(1).is_some_and(|next| core(next).chars().next().is_some_and(char::is_uppercase))
}

/// The casing of `model`: all capitals for an abbreviation, a capital first letter, or none.
fn with_case_of(word: &str, model: &str) -> String {
    let model = core(model);
    if is_capitals(model) {
        word.to_owned()
    } else if model.chars().next().is_some_and(char::is_uppercase) {
        capitalised(&lower(word))
    } else {
        lower(word)
    }
}

/// Without evidence: numbers, symbols, abbreviations and Roman numerals stay, the rest is lower.
fn by_rule(out: &[String], word: &str) -> String {
    let bare = core(word);
    let after_count = out.last().is_some_and(|last| {
        ["khóa", "khoá", "đợt", "quý", "phần", "loại", "hạng", "nhóm", "chương", "lần", "thứ"].contains(&lower(last).as_str())
    });
    let roman =
        bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && (after_count || (bare.len() > 1 && !matches!(bare, "VI" | "XI")));
    let has_symbol = bare.chars().any(char::is_numeric) && bare.chars().any(char::is_alphabetic);
    let has_vowel = lower(bare).chars().flat_map(kernel::text::fold_char).any(|c| "aeiouy".contains(c));
    let abbreviation = bare.chars().count() > 1 && !has_vowel;
    if (roman && !bare.is_empty()) || has_symbol || abbreviation || KEPT.contains(&bare) {
        word.to_owned()
    } else if word.starts_with(['“', '"', '‘']) {
        capitalised(&lower(word))
    } else {
        lower(word)
    }
}

/// Abbreviations that read like words.
const KEPT: [&str; 8] = ["UBND", "CNTT", "ODA", "FDI", "EVFTA", "ASEAN", "OCOP", "COVID"];

/// `ban hành quy chế …` names the regulation: `ban hành Quy chế …`; a kind of act with a number
/// is a name too: `Thông tư số …`.
fn restore_issued_names(out: &mut [String]) {
    for at in 0..out.len() {
        let pair = |from: usize| -> Option<String> {
            Some(format!("{} {}", lower(core(out.get(from)?)), lower(core(out.get(from + 1)?))))
        };
        let Some(here) = pair(at) else { continue };
        let numbered = out.get(at + 2).is_some_and(|next| lower(next) == "số")
            && ["nghị định", "thông tư", "quyết định", "nghị quyết", "chỉ thị"].contains(&here.as_str());
        let issued = ISSUED.contains(&here.as_str())
            && at.checked_sub(2).and_then(pair).is_some_and(|before| ISSUING.contains(&before.as_str()));
        let law = out.get(at).is_some_and(|word| lower(core(word)) == "luật")
            && out.get(at + 1).is_some_and(|next| next.starts_with(char::is_uppercase));
        if (numbered || issued || law)
            && let Some(word) = out.get_mut(at)
        {
            *word = capitalised(word);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::layout::pieces;

    fn title(printed: &str, body: &str) -> String {
        let pieces = pieces(body);
        sentence_case(printed, &Evidence::of(&pieces))
    }

    #[test]
    fn the_body_gives_the_casing_back() {
        let body = "Điều 1. Ban hành kèm theo Quyết định này Quy chế vận hành Cổng Dữ liệu mở tỉnh Sông Lam.";
        assert_eq!(
            title("BAN HÀNH QUY CHẾ VẬN HÀNH CỔNG DỮ LIỆU MỞ TỈNH SÔNG LAM", body),
            "Ban hành Quy chế vận hành Cổng Dữ liệu mở tỉnh Sông Lam"
        );
    }

    #[test]
    fn without_a_body_the_known_names_are_written_out() {
        assert_eq!(
            title("SỬA ĐỔI THÔNG TƯ SỐ 55/2023/TT-BTC CỦA BỘ TRƯỞNG BỘ TÀI CHÍNH TẠI TỈNH LAI CHÂU KHÓA XV", ""),
            "Sửa đổi Thông tư số 55/2023/TT-BTC của bộ trưởng Bộ Tài chính tại tỉnh Lai Châu khóa XV"
        );
        assert_eq!(title("BAN HÀNH QUY CHẾ LÀM VIỆC", ""), "Ban hành Quy chế làm việc");
    }

    #[test]
    fn normal_case_is_left_alone() {
        assert_eq!(title("về việc ban hành đơn giá  Đợt 4.", ""), "Về việc ban hành đơn giá Đợt 4");
    }

    #[test]
    fn a_title_in_lower_case_gets_its_names_back() {
        assert_eq!(title("về quy hoạch tỉnh phú thọ", "Quy hoạch tỉnh Phú Thọ"), "Về quy hoạch tỉnh Phú Thọ");
    }
}
