//! A title that states the whole header: `CHỈ THỊ CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 16/2001/CT-TTg NGÀY 21 THÁNG 6 NĂM 2001 VỀ VIỆC …`.

use std::sync::LazyLock;

use regex::Regex;
use time::Date;

use super::dates::day_and_rest;
use super::number::DocumentNumber;
use crate::pattern;

/// What such a title states before the abstract.
#[derive(Debug)]
pub(super) struct FullTitle {
    pub issuer: Option<String>,
    pub number: DocumentNumber,
    pub day: Date,
    /// The abstract.
    pub rest: String,
}

static START: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:của\s+(\D{3,160}?)\s+)?số\s*:?\s*"));

impl FullTitle {
    /// Reads the lines below a heading.
    pub fn read(lines: &str) -> Option<FullTitle> {
        let found = START.captures(lines)?;
        let issuer = found.get(1).map(|body| body.as_str().to_owned());
        let (number, rest) = DocumentNumber::parse_start(lines.get(found.get(0)?.end()..)?)?;
        let (day, rest) = day_and_rest(rest)?;
        let rest = rest.trim_start_matches([' ', ',', ':', '-']).to_owned();
        Some(FullTitle { issuer, number, day, rest }).filter(|title| title.number.is_full())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use time::macros::date;

    use super::*;

    #[test]
    fn a_title_may_state_everything() {
        let read =
            FullTitle::read("CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 16/2031/CT-TTG NGÀY 21 THÁNG 6 NĂM 2031 VỀ VIỆC MỞ DỮ LIỆU").unwrap();
        assert_eq!(read.number.as_str(), "16/2031/CT-TTg");
        assert_eq!((read.issuer.as_deref(), read.day), (Some("THỦ TƯỚNG CHÍNH PHỦ"), date!(2031 - 06 - 21)));
        assert_eq!(read.rest, "VỀ VIỆC MỞ DỮ LIỆU");
    }

    #[test]
    fn an_abstract_that_cites_another_act_is_none() {
        for other in ["SỬA ĐỔI NGHỊ ĐỊNH SỐ 5/2031/NĐ-CP NGÀY 1/2/2031", "VỀ SỐ 5/2031/NĐ-CP NGÀY 1/2/2031", "CỦA SỞ LAM"]
        {
            assert!(FullTitle::read(other).is_none(), "{other}");
        }
    }
}
