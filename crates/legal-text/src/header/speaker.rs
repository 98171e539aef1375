//! The body that speaks in a text: `Cục Thuế có ý kiến như sau`. It names the issuer of a letter that lost its letterhead.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::joint::known_bodies;
use super::office::{is_office, without_office};
use crate::layout::{Source, joined};
use crate::names::body_name;
use crate::pattern;

static SPEAKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\s(?:(?:đã|xin|trân trọng|kính|cũng)\s+)*(?:có ý kiến|nhận được|thông báo|yêu cầu|đề nghị|trả lời|thống nhất|hướng dẫn|kết luận|chỉ đạo|giao\s|đính chính)[\s:]",
    )
});

/// How others than letters speak.
static COMMANDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s(?:yêu cầu|chỉ thị)[\s:]"));

static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s(?:(?:xin|trân trọng|kính)\s+)*thông báo[\s:]"));

static COMMANDERS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:[uủ][yỷ] ban nhân dân|uỷ ban nhân dân|ubnd|bộ\s|thủ tướng|chính phủ|ban chỉ đạo)"));

/// Bodies that write letters in their own name.
static WRITES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[uủ][yỷ] ban|uỷ ban|ubnd|hội đồng nhân dân|hđnd|bộ\s|sở\s|tổng cục|cục\s|chi cục|thuế\s(?:tỉnh|thành phố)|ban chỉ đạo|ban quản lý|ban tổ chức|ban tuyên giáo|ban nội chính|văn phòng|kho bạc|bảo hiểm xã hội|ngân hàng|tòa án|toà án|viện kiểm sát|thanh tra|kiểm toán|thủ tướng|chính phủ)",
    )
});

/// Words of a sentence, not of a name.
const VERBS: [&str; 15] = [
    "có",
    "phải",
    "được",
    "đã",
    "sẽ",
    "là",
    "gồm",
    "chủ trì",
    "quyết định",
    "ban hành",
    "phối hợp",
    "theo",
    "nhận",
    "đang",
    "tại",
];

/// Where answers are to be sent: `phản ánh về Bộ Nội vụ để được hướng dẫn`.
static ANSWERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:phản ánh|phản hồi|báo cáo|kiến nghị|liên hệ|trao đổi)(?:\s+[\p{L},()]+){0,6}?\s+(?:về|tới|đến|với)\s+(\p{Lu}[\p{L}\s,-]{3,60})",
    )
});

/// How many pieces at the beginning and at the end of an act may hold the sentence.
const REACH: usize = 60;
/// How many words the name of a body may have.
const LONGEST: usize = 34;

/// How a document speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// A letter, a telegram or a notice.
    Letter,
    /// The same, signed by a minister or a deputy; a circular, too.
    Minister,
    /// A notice: the body that announces what another has said.
    Notice,
    /// Any other document.
    Act,
}

/// Finds the body that speaks.
pub(super) fn speaker(source: &Source<'_>, act: Range<usize>, voice: Voice) -> Option<String> {
    let first = joined(&source.pieces(act.start, REACH));
    let from = act.end.saturating_sub(REACH).max(act.start);
    let last = || joined(&source.pieces(from, act.end - from));
    match voice {
        Voice::Act => return subject(&first, &COMMANDS).filter(|body| COMMANDERS.is_match(body)),
        Voice::Notice => return subject(&last(), &ANNOUNCES).or_else(|| subject(&first, &ANNOUNCES)),
        Voice::Letter | Voice::Minister => {}
    }
    subject(&first, &SPEAKS).or_else(|| subject(&last(), &SPEAKS)).or_else(|| {
        let answers = || addressee(&last()).or_else(|| addressee(&first));
        (voice == Voice::Minister).then(answers).flatten()
    })
}

fn subject(text: &str, verbs: &Regex) -> Option<String> {
    verbs.find_iter(text).find_map(|verb| {
        let before = without_remark(text.get(..verb.start())?);
        let sentence = before.rfind(['.', ';', ':']).map_or(before, |at| before.get(at + 1..).unwrap_or_default());
        let starts = sentence.rmatch_indices(',').map(|(at, _)| at + 1).chain([0]);
        starts.take(4).find_map(|start| named(sentence.get(start..)?.trim()))
    })
}

/// `Ban Chỉ đạo … (sau đây gọi là Ban Chỉ đạo)` without the remark.
fn without_remark(before: &str) -> &str {
    let before = before.trim_end();
    let open = before.strip_suffix(')').and_then(|inner| inner.rfind('('));
    open.and_then(|at| before.get(..at)).unwrap_or(before).trim_end()
}

fn named(candidate: &str) -> Option<String> {
    let is_name = candidate.starts_with(char::is_uppercase)
        && candidate.split_whitespace().nth(LONGEST).is_none()
        && candidate.split_whitespace().nth(1).is_some()
        && !candidate.contains(" số ");
    let body = without_office(is_name.then_some(candidate)?);
    let lower = format!(" {} ", body.to_lowercase());
    let says = VERBS.iter().any(|verb| lower.contains(&format!(" {verb} ")));
    let is_body = body.split(' ').nth(1).is_some()
        && body.to_lowercase() != "văn phòng"
        && WRITES.is_match(&body)
        && !is_office(&body)
        && !says;
    is_body.then(|| body_name(&without_abbreviation(&body)))
}

/// `Ủy ban nhân dân (UBND) Thành phố` without the abbreviation.
fn without_abbreviation(body: &str) -> String {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*\([\p{Lu}&]{2,12}\)"));
    SHORT.replace_all(body, "").into_owned()
}

fn addressee(text: &str) -> Option<String> {
    ANSWERS.captures_iter(text).find_map(|found| known_bodies(found.get(1)?.as_str()).into_iter().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, voice: Voice) -> Option<String> {
        let source = Source::of(text);
        speaker(&source, 0..source.lines(), voice)
    }

    #[test]
    fn who_has_an_opinion_issues_the_letter() {
        for (text, body) in [
            ("Kính gửi: Công ty Lam\nVề vấn đề này, Cục Thuế có ý kiến như sau:", "Cục Thuế"),
            ("Thực hiện chỉ đạo của Bộ Lam, UBND Thành phố yêu cầu các sở:", "Ủy ban nhân dân thành phố"),
            ("Ủy ban nhân dân (UBND) Thành phố chỉ đạo như sau:", "Ủy ban nhân dân thành phố"),
            ("Bộ Tài chính đã nhận được Công văn số 5", "Bộ Tài chính"),
            (
                "Thực hiện Kết luận của Ban Bí thư, Ban Chỉ đạo về sắp xếp, tổ chức lại đơn vị yêu cầu các bộ:",
                "Ban Chỉ đạo về sắp xếp, tổ chức lại đơn vị",
            ),
        ] {
            assert_eq!(read(text, Voice::Letter).as_deref(), Some(body));
        }
        let notice = "Thủ tướng Chính phủ yêu cầu các bộ báo cáo.\nVăn phòng Chính phủ xin thông báo để các bộ biết.";
        assert_eq!(read(notice, Voice::Notice).as_deref(), Some("Văn phòng Chính phủ"));
        assert_eq!(read("Văn phòng xin thông báo để các bộ biết.", Voice::Notice), None);
        assert_eq!(read("Cục Lam có trách nhiệm kiểm tra và hướng dẫn các sở.", Voice::Letter), None);
        assert_eq!(read("Sở Lam hướng dẫn các huyện.", Voice::Act), None);
        assert_eq!(read("Để phòng dịch, UBND tỉnh yêu cầu:", Voice::Act).as_deref(), Some("Ủy ban nhân dân tỉnh"));
        assert_eq!(read("Bộ trưởng yêu cầu các đơn vị thực hiện.", Voice::Letter), None);
    }

    #[test]
    fn a_minister_is_answered_at_the_ministry() {
        let text = "Có vướng mắc, đề nghị phản ánh kịp thời về Bộ Nội vụ để được hướng dẫn.";
        assert_eq!(read(text, Voice::Minister).as_deref(), Some("Bộ Nội vụ"));
        assert_eq!(read(text, Voice::Letter), None);
    }
}
