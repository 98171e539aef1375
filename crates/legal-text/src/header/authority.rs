//! The authority named on the line between the abstract and the preamble: `BỘ TRƯỞNG BỘ TÀI CHÍNH`.

use std::sync::LazyLock;

use regex::Regex;

use super::letterhead::begins_body;
use super::zones::Zones;
use crate::key::word_key;
use crate::layout::{Piece, joined};
use crate::names::body_name;
use crate::pattern;

/// Bodies and offices that enact in their own name.
static ENACTING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[uủ][yỷ] ban nhân dân|uỷ ban|ủy ban|hội đồng nhân dân|bộ trưởng|chính phủ|thủ tướng|quốc hội|(?:phó )?chủ tịch|giám đốc|trưởng ban|thống đốc|tổng|chánh|viện trưởng|cục trưởng|chi cục trưởng|sở|cục|ban\s|hiệu trưởng|tòa án|toà án|viện kiểm sát|bộ\s)",
    )
});

/// How many words an authority may have.
const LONGEST: usize = 24;
/// How many lines may stand between the authority and the preamble; what stands higher is part of a title.
const BELOW: usize = 4;

/// Finds the pieces of the authority line, counted among those of the head.
pub(super) fn span(zones: &Zones<'_>) -> Option<(usize, usize)> {
    let head = zones.head();
    if let Some(at) = head.len().checked_sub(1).filter(|at| head.get(*at).is_some_and(|piece| opens_telegram(&piece.text))) {
        return Some((at, at + 1));
    }
    let from = zones.title_from() + usize::from(zones.heading.as_ref().is_none_or(|heading| heading.beside.is_none()));
    let known = zones.letterhead.as_deref().map(keys);
    let at = (from..head.len()).rev().find(|at| {
        let lines = head.get(*at..head.len().min(at + 3)).unwrap_or_default();
        lines.first().is_some_and(may_name_body) && may_be_authority(lines, known.as_deref())
    })?;
    let at = match at.checked_sub(1).filter(|before| *before >= zones.title_from()).and_then(|before| head.get(before)) {
        Some(office) if is_bare_office(&office.text) => at - 1,
        Some(before) if leaves_open(&before.text) => return None,
        _ => at,
    };
    let rest = head.get(at..).unwrap_or_default();
    let first = rest.first()?;
    let capitals = first.is_capitals();
    let length = rest.iter().position(|piece| piece.is_capitals() != capitals || ends_name(&piece.text)).unwrap_or(rest.len());
    let name = joined(rest.get(..length)?);
    let is_name = length > 0 && !says_something(&name) && !name.contains(". ") && name.split(' ').nth(LONGEST).is_none();
    (is_name && rest.len() - length <= BELOW).then_some((at, at + length))
}

/// `THỦ TƯỚNG CHÍNH PHỦ điện:` stands above the addressees.
pub(super) fn opens_telegram(text: &str) -> bool {
    text.ends_with("điện:") || text.ends_with("ĐIỆN:") || text.ends_with("điện :")
}

fn may_name_body(piece: &Piece) -> bool {
    let text = piece.text.as_str();
    text.starts_with(char::is_uppercase)
        && begins_body(text)
        && !text.ends_with([';', '.'])
        && text.split_whitespace().nth(LONGEST).is_none()
        && !says_something(text)
}

/// A sentence about a body, not its name: `QUỐC HỘI QUYẾT ĐỊNH CHỦ TRƯƠNG …`.
fn says_something(text: &str) -> bool {
    let lower = text.to_lowercase();
    [" quyết định ", " ban hành", " quy định ", " phê duyệt"].iter().any(|verb| lower.contains(verb))
}

/// An authority line repeats the letterhead; without one it names a body that enacts. A line of the abstract may begin with
/// a body too.
fn may_be_authority(lines: &[Piece], known: Option<&[u64]>) -> bool {
    let Some(piece) = lines.first() else { return false };
    let Some(known) = known else { return piece.after_gap || ENACTING.is_match(&piece.text) };
    if lines.len() == 1 && piece.after_gap && piece.is_capitals() && ENACTING.is_match(&piece.text) {
        return true;
    }
    let line = keys(&body_name(&joined(lines)));
    let start = known.get(..known.len().min(3)).unwrap_or_default();
    line.windows(start.len().max(1)).any(|words| words == start) || known.starts_with(&line)
}

fn keys(name: &str) -> Vec<u64> {
    name.split_whitespace().map(word_key).collect()
}

/// What follows the name: `KHÓA XV, KỲ HỌP THỨ 5`, a remark in brackets.
fn ends_name(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["khóa", "khoá", "kỳ họp", "("].iter().any(|start| lower.starts_with(start))
}

/// The authority as it is printed, without what follows its name.
pub(super) fn line(printed: &str) -> Option<String> {
    static AFTER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\s+điện\s*:|[\s,-]+kh[oó][aá]\s+[ivx\d]|[\s,-]+kỳ họp\s|\s*\(|:"));
    let name = printed.get(..AFTER.find(printed).map_or(printed.len(), |found| found.start())).unwrap_or(printed).trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// A line of an abstract whose last word calls for a body: what follows is not the authority.
fn leaves_open(text: &str) -> bool {
    const OPEN: [&str; 14] = ["của", "thuộc", "do", "tại", "và", "với", "trên", "cho", "bởi", "được", "giữa", "theo", "từ", "là"];
    let last = text.split_whitespace().last().map(str::to_lowercase).unwrap_or_default();
    text.ends_with(',') || OPEN.contains(&last.as_str())
}

fn is_bare_office(text: &str) -> bool {
    let lower = text.to_lowercase();
    matches!(
        lower.as_str(),
        "bộ trưởng"
            | "chủ tịch"
            | "giám đốc"
            | "thống đốc"
            | "cục trưởng"
            | "thủ tướng"
            | "cục"
            | "bộ"
            | "chủ"
            | "giám"
            | "tổng cục trưởng"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn authority(text: &str) -> Option<String> {
        Zones::of(text).authority()
    }

    #[test]
    fn the_line_before_the_preamble_names_the_authority() {
        assert_eq!(authority("QUYẾT ĐỊNH\nVề dữ liệu\n\nBỘ TRƯỞNG BỘ LAM\nCăn cứ Luật Lam;").unwrap(), "BỘ TRƯỞNG BỘ LAM");
        let council = "NGHỊ QUYẾT\nVỀ DỮ LIỆU\nHỘI ĐỒNG NHÂN DÂN TỈNH SÔNG LAM\nKHÓA XV, KỲ HỌP THỨ 6\nCăn cứ Luật Lam;";
        assert_eq!(authority(council).unwrap(), "HỘI ĐỒNG NHÂN DÂN TỈNH SÔNG LAM");
        let lower = "Quyết định về việc kiểm tra\nSở văn hóa sông lam\nCăn cứ Luật Lam;";
        assert_eq!(authority(lower).unwrap(), "Sở văn hóa sông lam");
    }

    #[test]
    fn a_line_of_the_abstract_that_begins_with_a_body_is_not_it() {
        let text = "NGHỊ QUYẾT\nVỀ DỰ ÁN ĐÃ ĐƯỢC\nQUỐC HỘI QUYẾT ĐỊNH CHỦ TRƯƠNG\n\nCăn cứ Luật Lam;";
        assert_eq!(authority(text), None);
        let text = "QUYẾT ĐỊNH\nVỀ CƠ CẤU CỦA\nSỞ LAM\n\nCăn cứ Luật Lam;";
        assert_eq!(authority(text), None);
    }

    #[test]
    fn what_follows_the_name_is_left_off() {
        assert_eq!(line("Hội đồng nhân dân tỉnh Sông Lam Khóa VII - kỳ họp thứ 6").unwrap(), "Hội đồng nhân dân tỉnh Sông Lam");
        assert_eq!(line("THỦ TƯỚNG CHÍNH PHỦ điện:").unwrap(), "THỦ TƯỚNG CHÍNH PHỦ");
    }
}
