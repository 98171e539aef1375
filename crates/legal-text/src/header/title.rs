//! The casing of an abstract that was set in capitals.

use kernel::text::one_line;

use super::evidence::Evidence;
use crate::key::word_key;
use crate::layout::is_capitals;
use crate::names::{capitalised, cased_like, core, known_name_at};

/// How many words an abstract may have; a longer one is no abstract and is cut.
const LONGEST: usize = 300;

/// Words after which a kind of document in a title is the name of one.
const ISSUING: [(&str, &str); 3] = [("ban", "hành"), ("phê", "duyệt"), ("bãi", "bỏ")];
const ISSUED: [(&str, &str); 10] = [
    ("quy", "chế"),
    ("quy", "định"),
    ("danh", "mục"),
    ("kế", "hoạch"),
    ("chương", "trình"),
    ("đề", "án"),
    ("điều", "lệ"),
    ("chiến", "lược"),
    ("nội", "quy"),
    ("bảng", "giá"),
];
/// Kinds of acts that are names where a number follows.
const NUMBERED: [(&str, &str); 5] = [("nghị", "định"), ("thông", "tư"), ("quyết", "định"), ("nghị", "quyết"), ("chỉ", "thị")];

/// Gives the abstract in one line; one set in capitals is written in sentence case, by the `evidence` of its words in the
/// text.
pub(super) fn sentence_case<'t>(printed: &str, evidence: impl FnOnce(&[&str], &[u64]) -> Evidence<'t>) -> String {
    let line = one_line(printed);
    let line = line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ';' | ',' | ':' | '/'));
    if !lost_its_casing(line) {
        return capitalised(line);
    }
    let line = line.to_uppercase();
    let words: Vec<&str> = line.split(' ').take(LONGEST).collect();
    let keys: Vec<u64> = words.iter().map(|word| word_key(core(word))).collect();
    let evidence = evidence(&words, &keys);
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    while let Some(rest) = words.get(out.len()..).filter(|rest| !rest.is_empty()) {
        let at = out.len();
        let run = evidence.longest_run(keys.get(at..).unwrap_or_default()).filter(|(_, length)| *length >= 2);
        let known = known_name_at(rest);
        if let Some(name) = known.filter(|name| run.is_none_or(|(_, length)| length <= name.len())) {
            out.extend(rest.iter().zip(name).map(|(word, model)| cased_like(word, model)));
        } else if let Some((place, length)) = run {
            let models = evidence.run(place, length);
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

/// The casing of `model`: all capitals for an abbreviation, a capital first letter, none, or that of a name like `QĐ-TTg`.
fn with_case_of(word: &str, model: &str) -> String {
    let model = core(model);
    let mut letters = model.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let inner = letters.any(char::is_uppercase);
    if is_capitals(model)
        || first && model.chars().any(char::is_numeric) && !inner && model.chars().filter(|c| c.is_alphabetic()).count() == 1
    {
        word.to_owned()
    } else if inner {
        cased_like(word, model)
    } else if first {
        capitalised(&word.to_lowercase())
    } else {
        word.to_lowercase()
    }
}

/// Without evidence: numbers, symbols, abbreviations and Roman numerals stay, the rest is lower.
fn by_rule(out: &[String], word: &str) -> String {
    let bare = core(word);
    let after_count = out.last().is_some_and(|last| {
        ["khóa", "khoá", "đợt", "quý", "phần", "loại", "hạng", "nhóm", "chương", "lần", "thứ"]
            .contains(&last.to_lowercase().as_str())
    });
    let roman =
        bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && (after_count || (bare.len() > 1 && !matches!(bare, "VI" | "XI")));
    let has_symbol = bare.chars().any(char::is_numeric) && bare.chars().any(char::is_alphabetic);
    let has_vowel = bare.to_lowercase().chars().flat_map(kernel::text::fold_char).any(|c| "aeiouy".contains(c));
    let abbreviation = bare.chars().count() > 1 && !has_vowel;
    if (roman && !bare.is_empty()) || has_symbol || abbreviation || KEPT.contains(&bare) {
        word.to_owned()
    } else if word.starts_with(['“', '"', '‘']) {
        capitalised(&word.to_lowercase())
    } else {
        word.to_lowercase()
    }
}

/// Abbreviations that read like words.
const KEPT: [&str; 8] = ["UBND", "CNTT", "ODA", "FDI", "EVFTA", "ASEAN", "OCOP", "COVID"];

/// `ban hành quy chế …` names the regulation: `ban hành Quy chế …`; a kind of act with a number
/// is a name too: `Thông tư số …`.
fn restore_issued_names(out: &mut [String]) {
    let lower: Vec<String> = out.iter().map(|word| core(word).to_lowercase()).collect();
    let pair_at = |at: usize| Some((lower.get(at)?.as_str(), lower.get(at + 1)?.as_str()));
    for at in 0..out.len() {
        let Some(here) = pair_at(at) else { continue };
        let numbered = NUMBERED.contains(&here) && lower.get(at + 2).is_some_and(|next| next == "số");
        let issued =
            ISSUED.contains(&here) && at.checked_sub(2).and_then(pair_at).is_some_and(|before| ISSUING.contains(&before));
        let law = here.0 == "luật" && out.get(at + 1).is_some_and(|next| next.starts_with(char::is_uppercase));
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
    use crate::layout::Source;

    fn title(printed: &str, body: &str) -> String {
        let source = Source::of(body);
        sentence_case(printed, |words, keys| Evidence::of(&source, 0..source.lines(), words, keys))
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
