//! The number a header prints: `Số: 43/2020/QĐ-UBND`, `Luật số: 51/2024/QH15`, or without its label.

use std::sync::LazyLock;

use regex::Regex;

use super::number::DocumentNumber;
use crate::doc_type::DocType;
use crate::layout::{Piece, is_capitals, joined};
use crate::pattern;

static BARE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\d{1,6}\s*/(?:\s*\d{4}\s*/)?\s*\p{Lu}[\p{L}\d&]*(?:\s?-\s?[\p{L}\d&]+)*$"));

/// `Sổ`, `Só` and `Sô` are slips of a scanner.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|\s|[(-])(?:(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|LUẬT|BỘ LUẬT|PHÁP LỆNH)\s+)?(?:[Ss][ốổóô]|SỐ)\s*(?:hiệu)?\s*[:.;]*\s*",
    )
});

/// Finds the number above the heading.
pub(super) fn above(pieces: &[Piece]) -> Option<DocumentNumber> {
    labelled(pieces).or_else(|| bare(pieces))
}

fn labelled(pieces: &[Piece]) -> Option<DocumentNumber> {
    pieces.iter().enumerate().find_map(|(at, piece)| {
        let label = LABEL.find(&piece.text)?;
        // Only a letterhead stands before the label; in a sentence it cites another act.
        let before = piece.text.get(..label.start()).unwrap_or_default().trim();
        let before = before.trim_matches(['-', ' ']);
        if !before.is_empty() && !is_capitals(before) && !before.ends_with("phúc") {
            return None;
        }
        let rest = joined(pieces.get(at..(at + 3).min(pieces.len()))?);
        let stated = without_leader(rest.get(label.end()..)?);
        DocumentNumber::parse(stated).filter(|number| !number.symbol().is_empty())
    })
}

fn bare(pieces: &[Piece]) -> Option<DocumentNumber> {
    let piece = pieces.iter().find(|piece| BARE.is_match(&piece.text))?;
    DocumentNumber::parse(&piece.text).filter(DocumentNumber::is_full)
}

/// Finds the number in a header whose parts come in another order. Below the heading a number that is more than a line of
/// its own is one the abstract cites.
pub(super) fn below(pieces: &[Piece]) -> Option<DocumentNumber> {
    pieces.iter().find_map(|piece| {
        let label = LABEL.find(&piece.text).filter(|label| label.start() == 0)?;
        let stated = without_leader(piece.text.get(label.end()..)?);
        let (number, rest) = DocumentNumber::parse_start(stated)?;
        (!number.symbol().is_empty() && rest.trim().is_empty()).then_some(number)
    })
}

/// The dots a number is to be stamped on.
fn without_leader(text: &str) -> &str {
    text.trim_start_matches(['.', '…', '_', ' ', '·'])
}

/// The kind a label names: `Luật số: …` is the number of a law.
pub(super) fn kind_of_label(head: &[Piece]) -> Option<&'static DocType> {
    const LABELS: [(&str, &str); 3] = [("bộ luật số", "bo-luat"), ("luật số", "luat"), ("pháp lệnh số", "phap-lenh")];
    head.iter().find_map(|piece| {
        let start: String = piece.text.chars().take(14).collect::<String>().to_lowercase();
        let (_, slug) = LABELS.iter().find(|(label, _)| start.starts_with(label))?;
        DocType::by_slug(slug)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use crate::layout::pieces;

    fn read(text: &str) -> Option<String> {
        above(&pieces(text)).map(|number| number.to_string())
    }

    #[test]
    fn the_label_may_be_printed_in_many_ways() {
        for printed in [
            "Số: 12/2031/QĐ-UBND",
            "SỐ: 12/2031/QĐ-UBND",
            "Sổ: 12/2031/QĐ-UBND",
            "Số hiệu: 12/2031/QĐ-UBND",
            "Số:\n12/2031/QĐ-\nUBND",
            "ỦY BAN NHÂN DÂN Số: 12/2031/QĐ-UBND",
            "12/2031/QĐ-UBND",
            "-Số: 12/2031/QĐ-UBND Sông Lam",
            "Số: 12/2031/QÐ-UBND Sông Lam, ngày 5 tháng 6 năm 2031",
        ] {
            assert_eq!(read(printed).as_deref(), Some("12/2031/QĐ-UBND"), "{printed}");
        }
    }

    #[test]
    fn a_blank_is_no_ordinal_and_a_citation_no_number() {
        assert_eq!(read("Số: ……/2031/QĐ-UBND").as_deref(), Some("/2031/QĐ-UBND"));
        assert_eq!(read("theo Công văn số 5/BLAM-VP ngày 1/2/2031"), None);
        let under = |text: &str| below(&pieces(text)).map(|number| number.to_string());
        assert_eq!(under("Số: 5/2031/NQ-HĐND").as_deref(), Some("5/2031/NQ-HĐND"));
        assert_eq!(under("Số 5/2031/NQ-HĐND của Hội đồng nhân dân"), None);
    }
}
