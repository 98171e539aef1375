//! The body that speaks in a text: `Cục Thuế có ý kiến như sau`. It names the issuer of a letter that lost its letterhead.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::joint::known_bodies;
use super::letterhead::begins_body;
use super::office::{is_office, without_office};
use crate::layout::{Source, joined};
use crate::names::body_name;
use crate::pattern;

static SPEAKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\s(?:(?:xin|trân trọng|kính)\s+)?(?:có ý kiến|nhận được|thông báo|yêu cầu|đề nghị|trả lời|thống nhất|hướng dẫn|kết luận|báo cáo|đính chính)\s",
    )
});

/// Where answers are to be sent: `phản ánh về Bộ Nội vụ để được hướng dẫn`.
static ANSWERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:phản ánh|phản hồi|báo cáo|kiến nghị|liên hệ|trao đổi)(?:\s+[\p{L},()]+){0,6}?\s+(?:về|tới|đến|với)\s+(\p{Lu}[\p{L}\s,-]{3,60})")
});

/// How many pieces at the beginning and at the end of an act may hold the sentence.
const REACH: usize = 60;
/// How many words the name of a body may have.
const LONGEST: usize = 34;

/// Finds the body that speaks; `minister` tells that a minister or a deputy signed.
pub(super) fn speaker(source: &Source<'_>, act: Range<usize>, minister: bool) -> Option<String> {
    let first = joined(&source.pieces(act.start, REACH));
    let from = act.end.saturating_sub(REACH).max(act.start);
    let last = || joined(&source.pieces(from, act.end - from));
    subject(&first).or_else(|| subject(&last())).or_else(|| {
        let answers = || addressee(&last()).or_else(|| addressee(&first));
        minister.then(answers).flatten()
    })
}

fn subject(text: &str) -> Option<String> {
    SPEAKS.find_iter(text).find_map(|verb| {
        let before = text.get(..verb.start())?;
        let starts = before.rmatch_indices([',', ';', '.', ':', ')']).map(|(at, _)| at + 1).chain([0]);
        starts.take(4).find_map(|start| named(before.get(start..)?.trim()))
    })
}

fn named(candidate: &str) -> Option<String> {
    let is_name = candidate.starts_with(char::is_uppercase)
        && begins_body(candidate)
        && candidate.split_whitespace().nth(LONGEST).is_none()
        && candidate.split_whitespace().nth(1).is_some()
        && !candidate.contains(" số ");
    let body = without_office(is_name.then_some(candidate)?);
    (!is_office(&body)).then(|| body_name(&body))
}

fn addressee(text: &str) -> Option<String> {
    ANSWERS.captures_iter(text).find_map(|found| known_bodies(found.get(1)?.as_str()).into_iter().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, minister: bool) -> Option<String> {
        let source = Source::of(text);
        speaker(&source, 0..source.lines(), minister)
    }

    #[test]
    fn who_has_an_opinion_issues_the_letter() {
        for (text, body) in [
            ("Kính gửi: Công ty Lam\nVề vấn đề này, Cục Thuế có ý kiến như sau:", "Cục Thuế"),
            ("Thực hiện chỉ đạo của Bộ Lam, UBND Thành phố yêu cầu các sở:", "Ủy ban nhân dân thành phố"),
            (
                "Thực hiện Kết luận của Ban Bí thư, Ban Chỉ đạo về sắp xếp, tổ chức lại đơn vị yêu cầu các bộ:",
                "Ban Chỉ đạo về sắp xếp, tổ chức lại đơn vị",
            ),
        ] {
            assert_eq!(read(text, false).as_deref(), Some(body));
        }
        assert_eq!(read("Bộ trưởng yêu cầu các đơn vị thực hiện.", false), None);
    }

    #[test]
    fn a_minister_is_answered_at_the_ministry() {
        let text = "Có vướng mắc, đề nghị phản ánh kịp thời về Bộ Nội vụ để được hướng dẫn.";
        assert_eq!(read(text, true).as_deref(), Some("Bộ Nội vụ"));
        assert_eq!(read(text, false), None);
    }
}
