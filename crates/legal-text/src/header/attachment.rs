//! What an attachment says about the act it was issued with:
//! `(Ban hành kèm theo Quyết định số … ngày … của …)`.

use std::sync::LazyLock;

use kernel::text::one_line;
use regex::Regex;
use time::Date;

use super::dates::{day_at_start, first_chars, first_day};
use super::number::DocumentNumber;
use crate::doc_type::DocType;
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
        r"^(?:\(\s*(?i:(?:được\s+)?ban\s+hành\s+|đính\s+)?(?i:kèm\s+theo)|(?:Ban\s+hành\s+kèm|Kèm)\s+theo)\s+(?i)((?:nghị|quyết|thông|chỉ|kế|công|luật|pháp)\p{L}*\s+\p{L}+(?:\s+liên\s+tịch)?)\s+số\s*:?\s*",
    )
});

static OF_ISSUER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s+của\s+([^).;]{3,120})"));

/// Tells whether a line opens the statement.
pub(super) fn opens_attachment(line: &str) -> bool {
    ATTACHED.is_match(line)
}

impl AttachedTo {
    /// Reads the statement from the line it opens and the lines after it.
    pub fn read(joined: &str) -> Option<AttachedTo> {
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

    #[test]
    fn the_statement_is_read_whatever_its_spacing() {
        let line = "(Ban hành kèm theo Quyết định số: 19/2031/QĐ-UBND Ngày 05 /10/2031 của Uỷ ban nhân dân tỉnh Sông Lam)";
        let read = AttachedTo::read(line).unwrap();
        assert_eq!(read.number.unwrap().as_str(), "19/2031/QĐ-UBND");
        assert_eq!((read.day, read.kind.unwrap().slug), (Some(date!(2031 - 10 - 05)), "quyet-dinh"));
        assert_eq!(read.issuer.as_deref(), Some("Uỷ ban nhân dân tỉnh Sông Lam"));
    }

    #[test]
    fn a_citation_in_a_sentence_is_no_statement() {
        assert!(!opens_attachment("kèm theo Quyết định số 5/QĐ-UBND ngày 1/2/2031"));
        assert!(opens_attachment("(Kèm theo Quyết định số 5/QĐ-UBND)"));
    }
}
