//! Where a header ends, and the line of it that names the kind of document.

use std::sync::LazyLock;

use regex::Regex;

use super::authority::opens_telegram;
use crate::doc_type::DocType;
use crate::layout::Piece;
use crate::pattern;

/// How many pieces a header may have before its body.
pub(super) const HEADER: usize = 90;

/// The line that names the kind.
#[derive(Debug)]
pub(crate) struct Heading {
    /// Its place among the pieces.
    pub at: usize,
    /// The piece after it.
    pub below: usize,
    pub kind: &'static DocType,
    /// What follows the kind on its line.
    pub beside: Option<String>,
}

static OPENS_BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[-+]\s*)?(?:Căn cứ|CĂN CỨ\s|Theo đề nghị|Xét |Điều\s*1\b|ĐIỀU\s*1\b|Kính gửi|KÍNH GỬI|Chương\s*(?:I|1)\b|CHƯƠNG\s*(?:I|1)\b|Phần\s+(?:thứ|I)|PHẦN\s+(?:THỨ|I)|LỜI NÓI ĐẦU|Lời nói đầu|I\s*[.-]\s|1\.\s|A\.\s|Để\s|Quốc hội ban hành|Chính phủ ban hành)",
    )
});

/// A sentence of a letter or plan: it opens its body without any formula.
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:Thực hiện|Trong|Thời gian|Ngày\s+\d|Nhằm|Triển khai|Qua|Hiện nay|Sau khi|Tiếp theo|Trên cơ sở|Trả lời|Nghị định số|Nghị quyết số|Quyết định số|Thông tư số|Luật\s.*\ssố\s|Năm\s+\d)",
    )
});

/// The piece at which a formula opens the body.
pub(super) fn formula_of(pieces: &[Piece]) -> Option<usize> {
    pieces.iter().enumerate().take(HEADER).find_map(|(at, piece)| {
        let after_telegram = opens_telegram(&piece.text).then_some(at + 1);
        after_telegram.or_else(|| opens_body(&piece.text).then_some(at))
    })
}

/// Tells whether a line opens the body of a document.
pub(super) fn opens_body(text: &str) -> bool {
    text.starts_with(['-', '+', 'C', 'T', 'X', 'Đ', 'K', 'P', 'L', 'I', '1', 'A', 'Q']) && OPENS_BODY.is_match(text)
}

/// Where the preamble or, without one, the provisions begin.
pub(super) fn body_of(pieces: &[Piece], formula: Option<usize>) -> usize {
    let near = pieces.get(..HEADER.min(pieces.len())).unwrap_or_default();
    let head = near.get(..formula.unwrap_or(near.len())).unwrap_or_default();
    let heading = head.iter().position(|piece| DocType::by_heading(&piece.text).is_some());
    // What a site prints above the letterhead has sentences too.
    let motto = head.iter().rposition(is_motto).unwrap_or_default();
    // The line after a heading is the abstract, whatever it begins with.
    let sentence = head.iter().enumerate().position(|(at, piece)| {
        if at < motto {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| near.get(before));
        let apart = piece.after_gap || before.is_none_or(Piece::is_capitals);
        let below = heading.is_none_or(|heading| at > heading + 1);
        apart && below && SENTENCE.is_match(&piece.text) && !piece.is_capitals()
    });
    sentence.or(formula).or_else(|| prose_of(near, heading)).unwrap_or(near.len())
}

/// The first line of the motto of the state or of the Party's name.
pub(super) fn is_motto(piece: &Piece) -> bool {
    ["CỘNG HÒA XÃ", "CỘNG HOÀ XÃ", "ĐẢNG CỘNG SẢN"].iter().any(|motto| piece.text.contains(motto)) && piece.is_capitals()
}

/// The first line of running text below the heading and its abstract.
fn prose_of(near: &[Piece], heading: Option<usize>) -> Option<usize> {
    let from = heading? + 2;
    let prose = |piece: &Piece| !piece.is_capitals() && piece.text.split_whitespace().nth(6).is_some();
    near.iter().skip(from).position(prose).map(|at| from + at)
}

/// The heading: a line that is the name of a kind, or that begins with one in capitals.
pub(super) fn heading_of(head: &[Piece]) -> Option<Heading> {
    let alone = head.iter().enumerate().find_map(|(at, piece)| {
        let kind = DocType::by_heading(&piece.text)?;
        let heads = piece.is_capitals() || piece.text.split_whitespace().count() == kind.name.split_whitespace().count();
        heads.then(|| broken_heading(head, at).unwrap_or(Heading { at, below: at + 1, kind, beside: None }))
    });
    // The title a site prints above the letterhead begins like a heading.
    let from = head.iter().rposition(is_motto).unwrap_or_default();
    alone.or_else(|| head.iter().enumerate().skip(from).find_map(|(at, piece)| begun_heading(at, piece)))
}

/// `THÔNG TƯ` / `LIÊN TỊCH` is one heading on two lines.
fn broken_heading(head: &[Piece], at: usize) -> Option<Heading> {
    let (first, second) = (head.get(at)?, head.get(at + 1)?);
    let kind = DocType::by_heading(&format!("{} {}", first.text, second.text))?;
    Some(Heading { at, below: at + 2, kind, beside: None })
}

/// How many lines a site may print above a title in normal case.
const PREFACE: usize = 8;

/// Whether what follows the kind is an abstract, not the rest of a sentence.
fn opens_abstract(rest: &str) -> bool {
    const OPENINGS: [&str; 14] = [
        "về ",
        "ban hành ",
        "quy định ",
        "sửa đổi",
        "bổ sung ",
        "phê duyệt ",
        "bãi bỏ ",
        "công bố ",
        "hướng dẫn ",
        "thành lập ",
        "giao ",
        "điều chỉnh ",
        "kết luận ",
        "triển khai ",
    ];
    OPENINGS.iter().any(|opening| rest.starts_with(opening))
}

/// A line that begins with the name of a kind and goes on with the abstract.
fn begun_heading(at: usize, piece: &Piece) -> Option<Heading> {
    let (kind, rest) = DocType::at_start(&piece.text)?;
    let capitals = piece.is_capitals();
    let names_a_law = capitals && kind.is_named();
    let numbered = rest.to_lowercase().starts_with("số");
    let goes_on = !rest.is_empty() && !rest.starts_with("này") && !numbered;
    let titles =
        at <= PREFACE && piece.text.starts_with(char::is_uppercase) && opens_abstract(&rest) && rest.split(' ').nth(5).is_some();
    (goes_on && (names_a_law || at == 0 || capitals || titles)).then(|| Heading { at, below: at + 1, kind, beside: Some(rest) })
}

/// Without a heading: the abstract begins after the last line of the letterhead.
pub(super) fn after_letterhead(head: &[Piece]) -> usize {
    head.iter()
        .rposition(|piece| {
            let text = piece.text.to_lowercase();
            text.contains("ngày") && piece.text.chars().any(char::is_numeric)
                || text.starts_with("số")
                || text.contains("độc lập")
                || text.contains("cộng hòa")
        })
        .map_or(0, |at| at + 1)
}
