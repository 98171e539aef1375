//! The name of a body at the beginning of a text that goes on after it.
//!
//! Where a name ends is told by its form: it is one of the known names, a kind of body with its field, or words before a
//! place with the capitals of the place (Nghị định 30/2020/NĐ-CP, phụ lục II). What follows it may be any word.

use super::body::{body_name, spell_out};
use super::known::{KINDS_OF_BODY, LEVELS};
use super::{core, field_at, known_name_at};
use crate::letters::{is_upper, is_word};

/// Offices of those who act for a body, before its name.
const OFFICES: [&[&str]; 12] = [
    &["phó", "chủ", "tịch"],
    &["chủ", "tịch"],
    &["thứ", "trưởng"],
    &["bộ", "trưởng"],
    &["cục", "trưởng"],
    &["tổng", "cục", "trưởng"],
    &["tổng", "giám", "đốc"],
    &["giám", "đốc"],
    &["thống", "đốc"],
    &["chánh"],
    &["viện", "trưởng"],
    &["tổng"],
];
/// No name of a place has more words.
const PLACE: usize = 6;

/// The name that `text` begins with, in normal case; `None` where its form does not tell where it ends.
pub(crate) fn body_at(text: &str) -> Option<String> {
    let spelt = spell_out(text);
    let words: Vec<&str> = spelt.split(' ').collect();
    let length = length(&words)?;
    let name = words.get(..length)?.join(" ");
    Some(body_name(name.trim_matches(|c: char| !is_word(c))))
}

/// How many of the words the name takes.
fn length(words: &[&str]) -> Option<usize> {
    let office = OFFICES.iter().find(|office| begins(words, office)).map_or(0, |office| office.len());
    let mut end = office;
    let (mut named, mut placed) = (false, false);
    while let Some(rest) = words.get(end..).filter(|rest| !rest.is_empty()) {
        let known = known_name_at(rest).map(<[_]>::len).or_else(|| field(rest));
        let taken = match (known, LEVELS.iter().find(|level| begins(rest, level))) {
            // After its place the name of another body may follow.
            (Some(_), _) if placed => break,
            (Some(known), _) => known,
            (None, Some(level)) => {
                placed = true;
                level.len() + place(rest.get(level.len()..)?, closes(rest.get(level.len() - 1)))
            }
            // The capital after some known names is still of the name: `Ban Tổ chức Trung ương`.
            (None, None) if begins(words, &["ban"]) && rest.first()?.starts_with(is_upper) && !opens_abstract(rest) => {
                return None;
            }
            (None, None) => break,
        };
        named = true;
        end += taken;
        if closes(words.get(end - 1)) {
            break;
        }
    }
    named.then_some(end)
}

/// A kind of body and the field it is named after: `Sở Tài chính`.
fn field(words: &[&str]) -> Option<usize> {
    let kind = KINDS_OF_BODY.iter().find(|kind| begins(words, kind))?;
    Some(kind.len() + field_at(words.get(kind.len()..)?)?.len())
}

/// How many words the name of a place takes, after the word for its level: a known name, or words with capitals, dashes and
/// figures. `closed` says that a mark stands before it.
fn place(words: &[&str], closed: bool) -> usize {
    if closed {
        return 0;
    }
    if let Some(known) = known_name_at(words) {
        return known.len();
    }
    let mut end = 0;
    while let Some(word) = words.get(end).filter(|_| end < PLACE) {
        let dash = end > 0 && matches!(*word, "-" | "–") && words.get(end + 1).is_some_and(|next| next.starts_with(is_upper));
        let figure = end == 0 && word.starts_with(|c: char| c.is_ascii_digit());
        let rest = words.get(end..).unwrap_or_default();
        let another = end > 0 && known_name_at(rest).is_some();
        if !(dash || figure || word.starts_with(is_upper)) || opens_abstract(rest) || another {
            break;
        }
        end += 1;
        if figure || closes(Some(word)) {
            break;
        }
    }
    end
}

/// What an abstract begins with, also with a capital.
const ABSTRACT: [&[&str]; 13] = [
    &["về"],
    &["quy", "định"],
    &["ban", "hành"],
    &["sửa", "đổi"],
    &["bổ", "sung"],
    &["bãi", "bỏ"],
    &["thay", "thế"],
    &["phê", "duyệt"],
    &["thông", "qua"],
    &["công", "bố"],
    &["hướng", "dẫn"],
    &["điều", "chỉnh"],
    &["thành", "lập"],
];

fn opens_abstract(words: &[&str]) -> bool {
    ABSTRACT.iter().any(|lead| begins(words, lead))
}

/// Whether the words begin with others, which are in small letters; only the last may carry a mark.
fn begins(words: &[&str], wanted: &[&str]) -> bool {
    words.len() >= wanted.len()
        && words.iter().zip(wanted).enumerate().all(|(at, (word, wanted_word))| {
            let word = if at + 1 == wanted.len() { core(word) } else { word };
            crate::lower(word) == *wanted_word
        })
}

/// Whether a mark after a word ends the name.
fn closes(word: Option<&&str>) -> bool {
    word.is_some_and(|word| !word.ends_with(is_word) && !matches!(*word, "-" | "–"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_by_its_form_whatever_follows_it() {
        for (text, name) in [
            ("Hội đồng nhân dân tỉnh Sông Lam thông qua bảng giá", "Hội đồng nhân dân tỉnh Sông Lam"),
            ("Hội đồng nhân dân tỉnh Sông Lam khóa XVIII, kỳ họp thứ 5", "Hội đồng nhân dân tỉnh Sông Lam"),
            ("Hội đồng nhân dân tỉnh khóa XVIII", "Hội đồng nhân dân tỉnh"),
            ("HĐND tỉnh giao chỉ tiêu", "Hội đồng nhân dân tỉnh"),
            ("UBND huyện Cửa Lạch, tỉnh Sông Lam", "Ủy ban nhân dân huyện Cửa Lạch"),
            ("Ủy ban nhân dân Quận 1 kèm theo", "Ủy ban nhân dân quận 1"),
            ("Chủ tịch Ủy ban nhân dân tỉnh Sông Lam Ban hành Quy chế", "Chủ tịch Ủy ban nhân dân tỉnh Sông Lam"),
            ("Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu kéo dài", "Ủy ban nhân dân tỉnh Bà Rịa - Vũng Tàu"),
            ("Bộ trưởng Bộ Tài nguyên và Môi trường và Nghị định", "Bộ trưởng Bộ Tài nguyên và Môi trường"),
            ("Bộ Giáo dục và Đào tạo hết hiệu lực", "Bộ Giáo dục và Đào tạo"),
            ("Thủ tướng Chính phủ giao", "Thủ tướng Chính phủ"),
            ("Sở Tài chính tỉnh Sông Lam đề nghị", "Sở Tài chính tỉnh Sông Lam"),
            ("Quốc hội khóa XV", "Quốc hội"),
            ("Chính phủ Ứng dụng công nghệ", "Chính phủ"),
            ("Ủy ban nhân dân thành phố Cần Thơ Thực hiện chương trình", "Ủy ban nhân dân thành phố Cần Thơ"),
            ("Ủy ban nhân dân tỉnh Sông Lam ỦY BAN NHÂN DÂN TỈNH SÔNG LAM", "Ủy ban nhân dân tỉnh Sông Lam"),
        ] {
            assert_eq!(body_at(text).as_deref(), Some(name), "{text}");
        }
        assert_eq!(body_at("Ban Tổ chức Trung ương và"), None);
        assert_eq!(body_at("Ban Pháp chế hợp nhất của tỉnh"), None);
    }
}
