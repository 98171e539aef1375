//! Where a paragraph begins in a text whose lines may be wrapped.

use crate::lines::Lines;

/// How the lines of a text came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wrapping {
    /// Whether paragraphs run over several lines.
    pub wrapped: bool,
    /// How many characters a full line has, about.
    width: usize,
    /// Whether blank lines part the paragraphs.
    pub gapped: bool,
}

impl Wrapping {
    /// Looks at the first lines of a text.
    pub fn of(lines: &Lines<'_>) -> Self {
        let mut long = 0;
        let mut broken = 0;
        let mut lengths: Vec<usize> = Vec::new();
        let (mut ends, mut gaps) = (0, 0);
        for at in 0..lines.len().min(4000) {
            let bare = lines.bare(at);
            let length = bare.chars().count();
            if ends_sentence(bare) {
                ends += 1;
                gaps += usize::from(lines.get(at + 1).is_none_or(|next| next.gap));
            }
            if length < 25 {
                continue;
            }
            long += 1;
            let ends_open = !bare.ends_with(['.', ';', ':', '!', '?', '”', '"', ')', '/']);
            let next = lines.bare(at + 1);
            if ends_open
                && next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
                && lines.get(at + 1).is_some_and(|next| !next.gap)
            {
                broken += 1;
                lengths.push(length);
            }
        }
        lengths.sort_unstable();
        let width = lengths.get(lengths.len() / 2).copied().unwrap_or(80);
        Self { wrapped: broken * 6 > long && broken > 3, width, gapped: gaps * 10 > ends * 8 && ends > 3 }
    }

    /// Whether a line begins a paragraph.
    pub fn begins_paragraph(self, lines: &Lines<'_>, at: usize) -> bool {
        let Some(line) = lines.get(at) else { return false };
        let bare = lines.bare(at);
        let Some(before_at) = lines.before(at) else { return true };
        let before = lines.bare(before_at);
        // After a page break a sentence goes on.
        let page_break = at > 0 && lines.is_page_number(at - 1);
        let gap = line.gap && !page_break;
        let goes_on = bare.starts_with(char::is_lowercase) || calls_for_number(before);
        if goes_on && !gap {
            return !self.wrapped && ends_sentence(before);
        }
        if !self.wrapped || gap {
            return true;
        }
        if bare.starts_with(char::is_lowercase) || self.gapped && !page_break {
            return false;
        }
        let short = before.chars().count() * 10 < self.width * 7 && !before.ends_with(',');
        ends_sentence(before) || (!page_break && short && !bare.starts_with(|c: char| c.is_ascii_digit()))
    }
}

/// Whether a line ends a sentence or a part of one.
pub(crate) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['”', '"', ')', '*', ' ', '’']).ends_with(['.', ';', ':', '!', '?', '/', '…'])
}

/// Words after which a number is cited, not listed: `theo khoản` / `1. …`.
const CALLS_FOR_NUMBER: [&str; 32] = [
    "khoản", "điểm", "điều", "mục", "chương", "phần", "số", "thứ", "ngày", "tháng", "năm", "từ", "đến", "và", "hoặc", "tại",
    "theo", "của", "các", "với", "bảng", "biểu", "mẫu", "khoá", "khóa", "quý", "lần", "tiết", "lục", "hơn", "trên", "dưới",
];

/// Whether a line ends with a word that calls for the number on the next line.
pub(crate) fn calls_for_number(line: &str) -> bool {
    let last = line.rsplit(char::is_whitespace).next().unwrap_or_default();
    if last.is_empty() || last.len() > 12 {
        return false;
    }
    let last = crate::lower(last.trim_start_matches(['(', '“', '"']));
    CALLS_FOR_NUMBER.contains(&last.as_str())
}
