//! Statements that change an act in words that the rules for instructions do not know: `Điều chỉnh giá đất tại Phụ lục`, `Mức
//! thu quy định tại khoản 1 Điều 3 nay giảm còn …`. They are no instructions that could be applied, and are told as such.

use super::context::Context;
use super::statement::Level;
use crate::amendments::instruction::Unread;
use crate::citations::provisions::{Context as Here, Level as Depth, Provision, provisions};
use crate::citations::rest::Rest;

/// Verbs of change, in lower case.
const CHANGES: [&str; 16] = [
    "điều chỉnh",
    "sửa đổi",
    "thay thế",
    "thay đổi",
    "bổ sung",
    "bãi bỏ",
    "hủy bỏ",
    "huỷ bỏ",
    "đính chính",
    "cập nhật",
    "giảm",
    "tăng",
    "nâng",
    "hạ",
    "gia hạn",
    "kéo dài",
];
/// Words that begin like a verb of change and are none.
const OTHERS: [&str; 8] = ["tăng cường", "tăng trưởng", "nâng cao", "giảm thiểu", "giảm nghèo", "hạ tầng", "hạ lưu", "hạ sĩ"];
/// What an act is changed in, by the first word of a sentence that says so of it.
const SUBJECTS: [&str; 13] = [
    "khoản ",
    "điểm ",
    "điều ",
    "phụ lục",
    "mục ",
    "bảng ",
    "biểu ",
    "danh mục",
    "mẫu ",
    "mức ",
    "các mức ",
    "nội dung ",
    "quy định tại",
];
/// What is issued with an act or stands in it, other than provisions.
const PARTS: [&str; 8] =
    ["phụ lục", "bảng giá", "bảng kèm", "biểu mức", "biểu phí", "danh mục kèm", "danh mục ban hành", "ban hành kèm theo"];
/// What articles are about that change nothing.
const ASIDE: [&str; 7] = [
    "hiệu lực",
    "tổ chức thực hiện",
    "trách nhiệm",
    "điều khoản thi hành",
    "chuyển tiếp",
    "điều khoản áp dụng",
    "quy định thi hành",
];

/// Whether a statement, in lower case, says that what stands below it carries the act out or tells its effect.
pub(super) fn is_aside(words: &str) -> bool {
    leading(words).is_none() && ASIDE.iter().any(|about| words.contains(about))
}

/// Whether a title, in lower case, begins with a verb of change.
pub(super) fn opens_with_change(title: &str) -> bool {
    leading(title).is_some()
}

/// Why a statement, in lower case, that changes something cannot be read; `None` where it changes nothing that is named.
pub(super) fn change(words: &str, own: &Context<'_>, level: Level) -> Option<Unread> {
    if level == Level::Paragraph || !(leading(words).is_some() || passive(words)) {
        return None;
    }
    let part = PARTS.iter().any(|part| words.contains(part));
    let appendix = part || own.places.iter().any(|place| place.names(&[Depth::Appendix]));
    if appendix {
        return Some(Unread::Appendix);
    }
    own.places.iter().any(|place| !Provision::is_here(place)).then_some(Unread::Words)
}

/// The id of the appendix that a statement names.
pub(super) fn appendix_named(words: &str) -> Option<String> {
    let small = crate::lower(words);
    let at = small.find("phụ lục")?;
    let rest = Rest { printed: words.get(at..)?, small: small.get(at..)? };
    let named = provisions(rest).and_then(|(found, _)| found.first()?.eid(&Here::default()));
    Some(named.filter(|id| id.starts_with("att")).unwrap_or_else(|| "att".to_owned()))
}

/// The verb of change that a statement begins with, past the place it names first: `Tại Phụ lục II, điều chỉnh …`.
fn leading(words: &str) -> Option<&'static str> {
    let told = words.trim_start();
    let after_place = || told.strip_prefix("tại ")?.split_once([',', ':']).map(|(_, rest)| rest.trim_start());
    [Some(told), after_place()].into_iter().flatten().find_map(|told| {
        if OTHERS.iter().any(|other| told.starts_with(other)) {
            return None;
        }
        CHANGES.into_iter().find(|verb| told.strip_prefix(verb).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
    })
}

/// Whether a statement says of a part of an act that it is changed.
fn passive(words: &str) -> bool {
    let told = words.trim_start();
    let sentence = told.split(['.', ';']).next().unwrap_or_default();
    SUBJECTS.iter().any(|subject| told.starts_with(subject))
        && [" được ", " nay ", " bị "].iter().any(|lead| {
            sentence.match_indices(lead).any(|(at, lead)| {
                let before = sentence.get(..at).unwrap_or_default();
                let noted = before.ends_with("đã") || before.ends_with("đã được");
                let verb = sentence.get(at + lead.len()..).unwrap_or_default();
                !noted && leading(verb).is_some()
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_of_change_lead_or_are_said_of_a_part() {
        for words in ["điều chỉnh giá đất", "tại phụ lục ii, tăng mức thu", "nâng mức thu", "giảm 50%"] {
            assert!(leading(words).is_some(), "{words}");
        }
        for words in ["tăng cường kiểm tra", "nâng cao chất lượng", "hạ tầng", "đất trồng lúa: 75.000", "giá trị"]
        {
            assert!(leading(words).is_none(), "{words}");
        }
        assert!(passive("mức thu tại khoản 1 điều 3 được điều chỉnh thành 5%"));
        assert!(!passive("khoản 1 điều 3 luật lam đã được sửa đổi theo luật số 5"));
        assert_eq!(appendix_named("Bãi bỏ mục 2 tại Phụ lục IV về giá").as_deref(), Some("att_IV"));
        assert_eq!(appendix_named("Điều chỉnh giá đất tại Phụ lục").as_deref(), Some("att"));
        assert!(is_aside("hiệu lực thi hành") && !is_aside("bãi bỏ hiệu lực"));
    }
}
