//! The parts of a text that matter to its header: letterhead, heading, preamble, provisions.

use std::sync::LazyLock;

use kernel::text::{lower, one_line};
use regex::Regex;
use time::Date;

use super::dates::{PlaceAndDay, adopted_on, day_at_start, first_chars, first_day, place_and_day};
use super::number::DocumentNumber;
use super::title::{Evidence, sentence_case};
use super::{is_reference, issuer};
use crate::bases::statements;
use crate::doc_type::DocType;
use crate::layout::{Piece, is_capitals, pieces};
use crate::pattern;

/// How many pieces a header may have before its body.
const HEADER: usize = 90;

/// The text of an act in parts. Indices count [`Zones::pieces`].
pub(crate) struct Zones {
    pub pieces: Vec<Piece>,
    /// The kind the heading names.
    pub kind: Option<&'static DocType>,
    /// The statements between heading and enacting words.
    pub preamble: Vec<String>,
    /// Where the heading stands; where there is none, where the body begins.
    heading: usize,
    /// Where the abstract begins.
    abstract_from: usize,
    /// What follows the kind on the line of the heading.
    beside_heading: Option<String>,
    /// Where the preamble or the provisions begin.
    body: usize,
    /// Where the act ends and its attachments or its record begin.
    end: usize,
    /// Where the first attachment says what it was issued with.
    attachment: Option<usize>,
}

/// The act that an attachment says it was issued with.
#[derive(Debug, Clone, Default)]
pub(crate) struct AttachedTo {
    pub kind: Option<&'static DocType>,
    pub number: Option<DocumentNumber>,
    pub day: Option<Date>,
    pub issuer: Option<String>,
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

static ATTACHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\(\s*(?i:(?:được\s+)?ban\s+hành\s+|đính\s+)?(?i:kèm\s+theo)|(?:Ban\s+hành\s+kèm|BAN\s+HÀNH\s+KÈM|Kèm|KÈM)\s+(?i:theo))\s+(?i)((?:nghị|quyết|thông|chỉ|kế|công|luật|pháp)\p{L}*\s+\p{L}+(?:\s+liên\s+tịch)?)\s+số\s*:?\s*",
    )
});

static OF_ISSUER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s+của\s+([^).;]{3,120})"));

static BARE_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\d{1,6}\s*/(?:\s*\d{4}\s*/)?\s*\p{Lu}[\p{L}\d&]*(?:\s?-\s?[\p{L}\d&]+)*$"));

static NUMBER_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|\s|[(])(?:(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|LUẬT|BỘ LUẬT)\s+)?(?:[Ss]ố|SỐ)\s*(?:hiệu)?\s*[:.]?\s*")
});

impl Zones {
    pub fn of(text: &str) -> Zones {
        let pieces: Vec<Piece> = pieces(text).into_iter().filter(|piece| !is_reference(&piece.text)).collect();
        let body = body_of(&pieces);
        let head = pieces.get(..body).unwrap_or_default();
        let (heading, kind, beside_heading) = match heading_of(head) {
            Some((at, kind, beside)) => (at, Some(kind), beside),
            None => (body, None, None),
        };
        let abstract_from = if kind.is_some() { heading + 1 } else { after_letterhead(head) };
        let lines = pieces.iter().skip(body).map(|piece| (piece.text.as_str(), piece.after_gap));
        let preamble = statements(lines);
        let attachment = pieces.iter().skip(body).position(|piece| ATTACHED.is_match(&piece.text)).map(|at| body + at);
        let end = end_of(&pieces, body, attachment);
        Zones { pieces, kind, preamble, heading, abstract_from, beside_heading, body, end, attachment }
    }

    fn head(&self) -> &[Piece] {
        self.pieces.get(..self.body).unwrap_or_default()
    }

    /// The pieces above the heading, or above the abstract where the heading is missing.
    fn above_heading(&self) -> &[Piece] {
        let stop = if self.kind.is_some() { self.heading } else { self.body };
        self.pieces.get(..stop).unwrap_or_default()
    }

    /// The number the header prints, full or with a blank for its ordinal.
    pub fn number(&self) -> Option<DocumentNumber> {
        let above = self.above_heading();
        let labelled = above.iter().enumerate().find_map(|(at, piece)| {
            let label = NUMBER_LABEL.find(&piece.text)?;
            // Only a letterhead stands before the label; in a sentence it cites another act.
            let before = piece.text.get(..label.start()).unwrap_or_default().trim();
            if !before.is_empty() && !is_capitals(before) && !before.ends_with("phúc") {
                return None;
            }
            let rest = one_line_of(above.get(at..(at + 3).min(above.len()))?);
            DocumentNumber::parse(rest.get(label.end()..)?).filter(|number| !number.symbol().is_empty())
        });
        let bare = || {
            let piece = above.iter().find(|piece| BARE_NUMBER.is_match(&piece.text))?;
            DocumentNumber::parse(&piece.text).filter(DocumentNumber::is_full)
        };
        labelled.or_else(bare)
    }

    /// The place and day the header prints.
    pub fn place_and_day(&self) -> Option<PlaceAndDay> {
        place_and_day(&cells_of(self.above_heading()))
    }

    /// A letter addresses its recipient or states its subject after `V/v`.
    pub fn is_letter(&self) -> bool {
        let near = self.pieces.get(..(self.body + 6).min(self.pieces.len())).unwrap_or_default();
        near.iter().any(|piece| {
            let text = lower(&piece.text);
            text.starts_with("kính gửi") || text.starts_with("v/v")
        })
    }

    /// The kind named by `Chính phủ ban hành Nghị định …` or, for a law, by its number's label.
    pub fn kind_by_formula(&self) -> Option<&'static DocType> {
        let by_formula = self.preamble.iter().find_map(|line| {
            let (_, rest) = line.split_once(" ban hành ")?;
            Some(DocType::at_start(rest)?.0)
        });
        let labelled = |word: &str| self.head().iter().any(|piece| lower(&piece.text).starts_with(word));
        by_formula.or_else(|| {
            let slug = if labelled("bộ luật số") { "bo-luat" } else { "luat" };
            (labelled("luật số") || labelled("bộ luật số")).then(|| DocType::by_slug(slug)).flatten()
        })
    }

    /// The bodies of the letterhead.
    pub fn letterhead(&self) -> Option<String> {
        let above = self.above_heading();
        let stop = above.iter().position(|piece| {
            let text = lower(&piece.text);
            text.contains("ngày") || text.starts_with("số") || text.starts_with("v/v")
        });
        let letterhead = above.get(..stop.unwrap_or(above.len()).min(24)).unwrap_or_default();
        let has_motto = above.iter().any(|piece| {
            let text = lower(&piece.text);
            text.contains("cộng") || text.contains("độc lập")
        });
        (has_motto || stop.is_some()).then(|| issuer::letterhead(letterhead)).flatten()
    }

    /// The authority named on the line before the preamble.
    pub fn authority(&self) -> Option<String> {
        let (from, to) = self.authority_span()?;
        let line = one_line_of(self.pieces.get(from..to)?);
        let line = line.trim_end_matches("điện:").trim_end_matches(':').trim();
        (!line.is_empty()).then(|| line.to_owned())
    }

    fn authority_span(&self) -> Option<(usize, usize)> {
        let from = self.abstract_from + usize::from(self.beside_heading.is_none());
        let head = self.pieces.get(from..self.body)?;
        let at = head.iter().rposition(|piece| {
            let words = piece.text.split_whitespace().count();
            words <= 16 && issuer::begins_body(&piece.text) && !piece.text.ends_with([';', '.'])
        })?;
        let at = match at.checked_sub(1).and_then(|before| head.get(before)) {
            Some(office) if is_bare_office(&office.text) => at - 1,
            _ => at,
        };
        let rest = head.get(at..).unwrap_or_default();
        let capitals = rest.first().is_some_and(Piece::is_capitals);
        let length = rest
            .iter()
            .position(|piece| {
                let text = lower(&piece.text);
                piece.is_capitals() != capitals && !text.ends_with("điện:")
                    || text.starts_with("khóa")
                    || text.starts_with("khoá")
                    || text.starts_with("kỳ họp")
                    || text.starts_with('(')
            })
            .unwrap_or(rest.len());
        // What stands between the authority and the preamble must be little: else it is a title.
        (rest.len() - length <= 4).then_some((from + at, from + at + length))
    }

    /// The abstract: between the heading and the authority, or after `V/v` in a letter.
    pub fn title(&self) -> Option<String> {
        let printed = match self.kind {
            None if self.is_letter() => self.subject()?,
            _ => self.abstract_lines()?,
        };
        let evidence = Evidence::of(self.pieces.get(self.body..).unwrap_or_default());
        let printed = printed.trim_start_matches(['-', ' ', ':']);
        let title = sentence_case(printed, &evidence);
        (title.chars().filter(|c| c.is_alphabetic()).count() > 3).then_some(title)
    }

    fn abstract_lines(&self) -> Option<String> {
        let stop = self.authority_span().map_or(self.body, |(from, _)| from);
        let stop = if stop > self.abstract_from || self.beside_heading.is_some() { stop } else { self.body };
        let mut lines: Vec<&str> = self.beside_heading.as_deref().into_iter().collect();
        let capitals = match lines.first() {
            Some(line) => is_capitals(line),
            None => self.pieces.get(self.abstract_from)?.is_capitals(),
        };
        for piece in self.pieces.get(self.abstract_from..stop).unwrap_or_default() {
            let text = piece.text.as_str();
            let foreign = piece.is_capitals() != capitals && text.chars().filter(|c| c.is_alphabetic()).count() > 3;
            let closed = piece.after_gap && !capitals && !lines.is_empty() && !text.starts_with(char::is_lowercase);
            if foreign || closed || text.starts_with('(') && !capitals || lines.len() > 24 {
                break;
            }
            lines.push(text);
        }
        (!lines.is_empty()).then(|| lines.join(" "))
    }

    /// `V/v …` under a letter's number, up to the date in the next cell.
    fn subject(&self) -> Option<String> {
        let head = self.pieces.get(..(self.body + 3).min(self.pieces.len()))?;
        let at = head.iter().position(|piece| {
            let text = lower(&piece.text);
            text.starts_with("v/v") || text.starts_with("về việc") || text.starts_with("về ")
        })?;
        let mut lines: Vec<&str> = Vec::new();
        for piece in head.get(at..).unwrap_or_default() {
            let ends = piece.after_gap && !lines.is_empty()
                || place_and_day(&piece.text).is_some()
                || OPENS_BODY.is_match(&piece.text)
                || lower(&piece.text).contains(", ngày");
            if ends || lines.len() > 12 {
                break;
            }
            lines.push(&piece.text);
        }
        let subject = lines.join(" ");
        let subject = subject.strip_prefix("V/v").or_else(|| subject.strip_prefix("V/V")).unwrap_or(&subject);
        Some(subject.trim_start_matches([':', '.', ' ']).to_owned())
    }

    /// The act's own provisions and closing articles, without attachments.
    pub fn provisions(&self) -> String {
        one_line_of(self.pieces.get(self.body..self.end).unwrap_or_default())
    }

    /// The day a law or resolution says it was passed on, near the act's end.
    pub fn adopted_on(&self) -> Option<Date> {
        let from = self.end.saturating_sub(40).max(self.body);
        let stop = (self.end + 6).min(self.pieces.len());
        adopted_on(&one_line_of(self.pieces.get(from..stop)?))
    }

    /// The pieces from the preamble to the first attachment: what the act itself says.
    pub fn act(&self) -> &[Piece] {
        self.pieces.get(self.body..self.attachment.unwrap_or(self.pieces.len())).unwrap_or_default()
    }

    /// What the first attachment says about the act it was issued with.
    pub fn attached_to(&self) -> Option<AttachedTo> {
        let at = self.attachment?;
        let joined = one_line_of(self.pieces.get(at..(at + 4).min(self.pieces.len()))?);
        let joined = first_chars(&joined, 400);
        let sentence = joined.split(')').next().unwrap_or(joined);
        let found = ATTACHED.captures(sentence)?;
        let rest = sentence.get(found.get(0)?.end()..).unwrap_or_default();
        let day = first_day(rest);
        let number = DocumentNumber::parse(rest);
        let issuer = OF_ISSUER.captures(rest).and_then(|of| of.get(1)).map(|of| one_line(of.as_str()));
        let kind = DocType::by_heading(found.get(1)?.as_str());
        Some(AttachedTo { kind, number, day: day.or_else(|| day_at_start(rest)), issuer })
    }
}

fn is_bare_office(text: &str) -> bool {
    matches!(lower(text).as_str(), "bộ trưởng" | "chủ tịch" | "giám đốc" | "thống đốc" | "cục trưởng" | "thủ tướng")
}

fn one_line_of(pieces: &[Piece]) -> String {
    let mut line = String::new();
    for piece in pieces {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&piece.text);
    }
    line
}

/// As one line in which `¦` parts the cells, so that no name runs over from one into the next.
fn cells_of(pieces: &[Piece]) -> String {
    let mut line = String::new();
    for piece in pieces {
        line.push_str(if piece.after_gap || piece.columns > 1 { " ¦ " } else { " " });
        line.push_str(&piece.text);
    }
    line
}

/// Where the preamble or, without one, the provisions begin.
fn body_of(pieces: &[Piece]) -> usize {
    let near = pieces.get(..HEADER.min(pieces.len())).unwrap_or_default();
    let formula = near.iter().position(|piece| OPENS_BODY.is_match(&piece.text));
    let heading = near.iter().position(|piece| DocType::by_heading(&piece.text).is_some());
    // The line after a heading is the abstract, whatever it begins with.
    let sentence = near.iter().enumerate().position(|(at, piece)| {
        !piece.is_capitals() && SENTENCE.is_match(&piece.text) && heading.is_none_or(|heading| at > heading + 1)
    });
    [formula, sentence].into_iter().flatten().min().unwrap_or(near.len())
}

/// The heading: a line that is the name of a kind, or that begins with one in capitals.
fn heading_of(head: &[Piece]) -> Option<(usize, &'static DocType, Option<String>)> {
    let alone = head.iter().enumerate().find_map(|(at, piece)| {
        let kind = DocType::by_heading(&piece.text)?;
        let heads = piece.is_capitals() || piece.text.split_whitespace().count() == kind.name.split_whitespace().count();
        heads.then_some((at, kind, None))
    });
    alone.or_else(|| {
        head.iter().enumerate().find_map(|(at, piece)| {
            let (kind, rest) = DocType::at_start(&piece.text)?;
            let names_a_law = piece.is_capitals() && matches!(kind.slug, "luat" | "bo-luat" | "hien-phap" | "phap-lenh");
            let opens_text = at == 0 || piece.is_capitals();
            let numbered = lower(&rest).starts_with("số");
            (!rest.is_empty() && !numbered && (names_a_law || opens_text)).then_some((at, kind, Some(rest)))
        })
    })
}

/// Without a heading: the abstract begins after the last line of the letterhead.
fn after_letterhead(head: &[Piece]) -> usize {
    head.iter()
        .rposition(|piece| {
            let text = lower(&piece.text);
            text.contains("ngày") && piece.text.chars().any(char::is_numeric)
                || text.starts_with("số")
                || text.contains("độc lập")
                || text.contains("cộng hòa")
        })
        .map_or(0, |at| at + 1)
}

/// Where the act ends: before the attachment that says what it was issued with, or before its
/// recipients' list has been followed by a heading.
fn end_of(pieces: &[Piece], body: usize, attachment: Option<usize>) -> usize {
    let recipients = pieces.iter().skip(body).position(|piece| lower(&piece.text).starts_with("nơi nhận"));
    match (attachment, recipients.map(|at| body + at)) {
        (Some(first), Some(second)) => first.min(second),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => pieces.len(),
    }
}
