//! What an attachment says about the act it was issued with:
//! `(Ban hành kèm theo Quyết định số … ngày … của …)`.

use std::sync::LazyLock;

use kernel::text::one_line;
use regex::Regex;
use time::Date;

use super::dates::{day_at_start, first_chars, first_day};
use super::number::DocumentNumber;
use crate::doc_type::DocType;
use crate::layout::{Source, is_capitals, joined};
use crate::pattern;

/// The act that an attachment says it was issued with.
#[derive(Debug, Clone, Default)]
pub(crate) struct AttachedTo {
    pub kind: Option<&'static DocType>,
    pub number: Option<DocumentNumber>,
    pub day: Option<Date>,
    pub issuer: Option<String>,
}

static ATTACHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\(\s*(?i:(?:được\s+)?ban\s+hành\s+|đính\s+)?(?i:kèm\s+theo)|(?:Ban\s+hành\s+kèm|Kèm)\s+theo)\s+(?i)((?:nghị|quyết|thông|chỉ|kế|công|luật|pháp|hướng|tờ)\s*\p{L}*\s+\p{L}+(?:\s+liên\s+tịch)?)\s+số\s*:?\s*",
    )
});

/// Where such a statement may be.
static MENTION: LazyLock<Regex> = LazyLock::new(|| pattern("[Kk]èm|KÈM"));

static OF_ISSUER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s+của\s+([^).;]{3,120})"));

/// How many pieces a statement may be spread over.
const SPREAD: usize = 5;

/// The first line, from `from` on, that opens such a statement.
pub(super) fn attachment_line(source: &Source<'_>, from: usize) -> Option<usize> {
    let base = source.start(from);
    let text = source.slice(from..source.lines());
    let mut seen = None;
    for mention in MENTION.find_iter(text) {
        let line = source.line_at(base + mention.start());
        if seen == Some(line) {
            continue;
        }
        seen = Some(line);
        let before = text.get(..mention.start()).unwrap_or_default();
        if !may_open(before) || !names_act(text.get(mention.end()..).unwrap_or_default()) {
            continue;
        }
        // `(Ban hành` may stand at the end of the line before.
        if let Some(opening) =
            [line.saturating_sub(1).max(from), line].into_iter().find(|line| statement(source, *line).is_some())
        {
            return Some(opening);
        }
    }
    None
}

/// Whether an act with a number is named soon: `kèm theo Quyết định số …`, not `kèm theo Quyết định này`.
fn names_act(after: &str) -> bool {
    first_chars(after, 70)
        .split_whitespace()
        .any(|word| word.starts_with("số") || word.starts_with("SỐ") || word.starts_with("Số"))
}

/// Whether a statement may go on after this text.
fn may_open(before: &str) -> bool {
    let bare = before.trim_end_matches(['*', ' ', '|', '\t', '_', '\\', '\u{a0}']);
    let bare = bare.strip_suffix(['\n', '\r']).map_or(bare, |line| if line.ends_with(['h', 'H']) { line } else { bare });
    bare.is_empty() || ["(", "\n", "ành", "ÀNH", "ính", "ÍNH", "#", ">"].iter().any(|end| bare.ends_with(end))
}

/// The statement that one of the pieces of a line opens.
fn statement(source: &Source<'_>, line: usize) -> Option<String> {
    let pieces = source.pieces(line, SPREAD + 2);
    let opening = |at: usize| {
        let text = joined(pieces.get(at..(at + SPREAD).min(pieces.len()))?);
        ATTACHED.is_match(&text).then_some(text)
    };
    let own = pieces.iter().take_while(|piece| piece.first_line == line);
    let apart = |at: usize| {
        at > 0 || line == 0 || pieces.first().is_some_and(|piece| piece.after_gap) || is_capitals(source.line(line - 1))
    };
    // In the middle of a sentence, small letters go on from the line before.
    let opens =
        |at: usize, text: &str| apart(at) || !text.starts_with("(b") && !text.starts_with("(đ") && !text.starts_with("(k");
    own.enumerate().filter(|(at, piece)| opens(*at, &piece.text)).find_map(|(at, _)| opening(at))
}

impl AttachedTo {
    /// Reads the statement a line opens.
    pub fn at(source: &Source<'_>, line: usize) -> Option<AttachedTo> {
        AttachedTo::read(&statement(source, line)?)
    }

    fn read(joined: &str) -> Option<AttachedTo> {
        let joined = first_chars(joined, 400);
        let sentence = joined.split(')').next().unwrap_or(joined);
        let found = ATTACHED.captures(sentence)?;
        let rest = sentence.get(found.get(0)?.end()..).unwrap_or_default();
        let day = first_day(rest).or_else(|| day_at_start(rest));
        let number = DocumentNumber::parse(rest);
        let issuer = OF_ISSUER.captures(rest).and_then(|of| of.get(1)).map(|of| one_line(of.as_str()));
        let kind = DocType::by_heading(found.get(1)?.as_str());
        Some(AttachedTo { kind, number, day, issuer })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use time::macros::date;

    use super::*;

    fn read(text: &str) -> Option<AttachedTo> {
        let source = Source::of(text);
        AttachedTo::at(&source, attachment_line(&source, 0)?)
    }

    #[test]
    fn the_statement_is_read_whatever_its_spacing() {
        for text in [
            "QUY CHẾ\n(Ban hành kèm theo Quyết định số: 19/2031/QĐ-UBND Ngày 05 /10/2031 của Uỷ ban nhân dân tỉnh Sông Lam)",
            "*(Ban hành\nkèm theo Quyết định\nsố 19/2031/QĐ-UBND ngày 05 tháng 10\nnăm 2031 của Uỷ ban nhân dân tỉnh Sông Lam)*",
            "| QUY CHẾ | (Kèm theo Quyết định số 19/2031/QĐ-UBND ngày 5/10/2031 của Uỷ ban nhân dân tỉnh Sông Lam) |",
        ] {
            let read = read(text).unwrap();
            assert_eq!(read.number.unwrap().as_str(), "19/2031/QĐ-UBND");
            assert_eq!((read.day, read.kind.unwrap().slug), (Some(date!(2031 - 10 - 05)), "quyet-dinh"));
            assert_eq!(read.issuer.as_deref(), Some("Uỷ ban nhân dân tỉnh Sông Lam"));
        }
    }

    #[test]
    fn a_citation_in_a_sentence_is_no_statement() {
        assert!(read("theo mẫu kèm theo Quyết định số 5/QĐ-UBND ngày 1/2/2031").is_none());
        assert!(read("Điều 1. Ban hành kèm theo Quyết định này Quy chế").is_none());
        assert!(read("(Kèm theo Quyết định số 5/QĐ-UBND)").is_some());
        assert!(read("Điều 1. Sửa đổi Quy chế\n(ban hành kèm theo Quyết định số 5/QĐ-UBND) như sau:").is_none());
        assert!(read("QUY CHẾ\n(ban hành kèm theo Quyết định số 5/QĐ-UBND)").is_some());
    }
}
