//! The parts of a text that matter to its header: letterhead, heading, preamble, provisions.

use std::sync::LazyLock;

use kernel::text::{lower, name_key};
use regex::Regex;
use time::Date;

use super::attachment::{AttachedTo, opens_attachment};
use super::dates::{PlaceAndDay, adopted_on, place_and_day};
use super::heading::{HEADER, OPENS_BODY, after_letterhead, body_of, heading_of};
use super::number::DocumentNumber;
use super::signature::opens_recipients;
use super::title::{Evidence, sentence_case};
use super::{is_reference, issuer};
use crate::bases::statements;
use crate::doc_type::DocType;
use crate::layout::{Piece, is_capitals, pieces};
use crate::names::{body_name, capitalised};
use crate::pattern;

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

/// How many words an abstract may have; what is longer has run into the text.
const LONGEST_ABSTRACT: usize = 220;

/// Bodies and offices that enact in their own name.
static ENACTING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[uủ][yỷ] ban nhân dân|uỷ ban|ủy ban thường vụ|hội đồng nhân dân|bộ trưởng|chính phủ|thủ tướng|quốc hội|(?:phó )?chủ tịch|giám đốc|trưởng ban|thống đốc|tổng|chánh án|viện trưởng|cục trưởng)",
    )
});

static BARE_NUMBER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\d{1,6}\s*/(?:\s*\d{4}\s*/)?\s*\p{Lu}[\p{L}\d&]*(?:\s?-\s?[\p{L}\d&]+)*$"));

static NUMBER_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:^|\s|[(])(?:(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|LUẬT|BỘ LUẬT)\s+)?(?:[Ss]ố|SỐ)\s*(?:hiệu)?\s*[:.]*\s*")
});

impl Zones {
    pub fn of(text: &str) -> Zones {
        let mut pieces: Vec<Piece> = pieces(text).into_iter().filter(|piece| !is_reference(&piece.text)).collect();
        for piece in pieces.iter_mut().take(HEADER) {
            if let Some(parted) = DocType::part_glued(&piece.text) {
                piece.text = parted;
            }
        }
        let body = body_of(&pieces);
        let head = pieces.get(..body).unwrap_or_default();
        let (heading, kind, beside_heading) = match heading_of(head) {
            Some((at, kind, beside)) => (at, Some(kind), beside),
            None => (body, None, None),
        };
        let abstract_from = if kind.is_some() { heading + 1 } else { after_letterhead(head) };
        let lines = pieces.iter().skip(body).map(|piece| (piece.text.as_str(), piece.after_gap));
        let preamble = statements(lines);
        let attached = |from: usize| pieces.iter().skip(from).position(|piece| opens_attachment(&piece.text)).map(|at| from + at);
        // A source may hold an attachment only; an abstract, though, may cite one in brackets.
        let attachment = attached(body).or_else(|| attached(0).filter(|_| kind.is_none()));
        let body = attachment.map_or(body, |attachment| body.min(attachment));
        let end = end_of(&pieces, body, attachment);
        Zones { pieces, kind, preamble, heading, abstract_from, beside_heading, body, end, attachment }
    }

    /// The source lines, from 0, where the header and the body begin.
    pub fn front(&self) -> (usize, Option<usize>) {
        let line = |at: usize| self.pieces.get(at).map(|piece| piece.first_line);
        (line(0).unwrap_or_default(), line(self.body))
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
        let line = line.split(" điện:").next().unwrap_or_default().trim_end_matches(':').trim();
        (!line.is_empty()).then(|| line.to_owned())
    }

    fn authority_span(&self) -> Option<(usize, usize)> {
        let from = self.abstract_from + usize::from(self.beside_heading.is_none());
        let head = self.pieces.get(from..self.body)?;
        let at = (0..head.len()).rev().find(|at| {
            let lines = head.get(*at..head.len().min(at + 3)).unwrap_or_default();
            lines.first().is_some_and(|piece| {
                let words = piece.text.split_whitespace().count();
                words <= 16
                    && issuer::begins_body(&piece.text)
                    && !piece.text.ends_with([';', '.'])
                    && self.may_be_authority(lines)
            })
        })?;
        let at = match at.checked_sub(1).and_then(|before| head.get(before)) {
            Some(office) if is_bare_office(&office.text) => at - 1,
            Some(before) if leaves_open(&before.text) => return None,
            _ => at,
        };
        let rest = head.get(at..).unwrap_or_default();
        let capitals = rest.first().is_some_and(Piece::is_capitals);
        if rest.first().is_some_and(|piece| lower(&piece.text).ends_with(" điện:")) {
            return Some((from + at, from + at + 1));
        }
        let length = rest
            .iter()
            .position(|piece| {
                let text = lower(&piece.text);
                piece.is_capitals() != capitals
                    || text.starts_with("khóa")
                    || text.starts_with("khoá")
                    || text.starts_with("kỳ họp")
                    || text.starts_with('(')
            })
            .unwrap_or(rest.len());
        // What stands between the authority and the preamble must be little: else it is a title.
        (rest.len() - length <= 4).then_some((from + at, from + at + length))
    }

    /// An authority line repeats the letterhead; without one it names a body that enacts. A line
    /// of the abstract may begin with a body too.
    fn may_be_authority(&self, lines: &[Piece]) -> bool {
        let Some(piece) = lines.first() else { return false };
        let line = name_key(&body_name(&one_line_of(lines)));
        match self.letterhead() {
            Some(body) => {
                let body = name_key(&body);
                let known: String = body.split(' ').take(3).collect::<Vec<_>>().join(" ");
                line.contains(&known) || body.starts_with(&line)
            }
            None => piece.after_gap || ENACTING.is_match(&piece.text),
        }
    }

    /// The abstract: between the heading and the authority, or after `V/v` in a letter.
    pub fn title(&self) -> Option<String> {
        let printed = match self.kind {
            None if self.is_letter() => self.subject()?,
            None if self.number().is_none() && self.place_and_day().is_none() => return self.enacted_title(),
            Some(kind) if kind.is_named() => format!("{} {}", kind.name.to_uppercase(), self.abstract_lines()?),
            _ => match self.abstract_lines() {
                Some(lines) => lines,
                None => return self.enacted_title(),
            },
        };
        let evidence = Evidence::of(self.pieces.get(self.body..).unwrap_or_default());
        let printed = without_mark(&printed);
        let title = sentence_case(printed, &evidence);
        let is_abstract = title.chars().filter(|c| c.is_alphabetic()).count() > 3 && title.split(' ').count() <= LONGEST_ABSTRACT;
        is_abstract.then_some(title)
    }

    /// `Bộ trưởng … ban hành Thông tư quy định …` states the abstract where the heading does not.
    fn enacted_title(&self) -> Option<String> {
        self.preamble.iter().find_map(|line| {
            let (_, rest) = line.split_once(" ban hành ")?;
            let (_, title) = DocType::at_start(rest)?;
            let title = title.trim_end_matches(['.', ';', ':', ' ']);
            let names_it = !lower(title).starts_with("này") && !line.starts_with("Căn cứ");
            (names_it && title.split_whitespace().count() > 2).then(|| capitalised(title))
        })
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
            // A source that begins with its title has one paragraph on each line.
            let apart = piece.after_gap || (self.heading == 0 && self.beside_heading.is_some());
            let closed = apart && !capitals && !lines.is_empty() && !text.starts_with(char::is_lowercase);
            if lines.first().is_some_and(|first| name_key(first) == name_key(text)) {
                continue;
            }
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
        Some(without_mark(&subject).to_owned())
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
        AttachedTo::read(&one_line_of(self.pieces.get(at..(at + 4).min(self.pieces.len()))?))
    }
}

/// An abstract without the mark `V/v` before it.
fn without_mark(printed: &str) -> &str {
    let printed = printed.trim_start_matches(['-', ' ', ':']);
    let bare = printed.strip_prefix("V/v").or_else(|| printed.strip_prefix("V/V"));
    bare.unwrap_or(printed).trim_start_matches([':', '.', ' '])
}

/// A line of an abstract whose last word calls for a body: what follows is not the authority.
fn leaves_open(text: &str) -> bool {
    let last = text.split_whitespace().last().map(lower).unwrap_or_default();
    text.ends_with(',') || ["của", "thuộc", "do", "tại", "và", "với", "trên", "cho", "bởi"].contains(&last.as_str())
}

fn is_bare_office(text: &str) -> bool {
    matches!(
        lower(text).as_str(),
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
    )
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

/// Where the act ends: before the attachment that says what it was issued with, or before its
/// recipients' list has been followed by a heading.
fn end_of(pieces: &[Piece], body: usize, attachment: Option<usize>) -> usize {
    let recipients = pieces.iter().skip(body).position(|piece| opens_recipients(&piece.text));
    match (attachment, recipients.map(|at| body + at)) {
        (Some(first), Some(second)) => first.min(second),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => pieces.len(),
    }
}
