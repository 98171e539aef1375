//! Where a quotation of new wording ends.
//!
//! The tree parts quotations from what an act says; here each is looked at again, because a mark that is missing in the
//! source would let one wording swallow the instructions that follow it.

use super::verb::Verb;
use crate::amendments::wording::trimmed;
use crate::structure::marker::marker;

/// A quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    /// What is quoted.
    pub inner: (usize, usize),
    /// The byte after it and the marks behind it.
    pub end: usize,
    pub closing: Closing,
}

/// How a quotation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    /// With its own mark.
    Marked,
    /// Not, or what follows is an instruction before the mark comes.
    Missing,
}

/// Marks of conversions around quotation marks.
fn is_dressing(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '>' | '|' | '\\' | '\u{200b}' | '\u{feff}')
}

/// What may stand between a closing mark and the end of its line.
fn is_ending(c: char) -> bool {
    is_dressing(c) || matches!(c, '.' | ';' | ',' | ':' | '/' | ')')
}

/// Whether a line begins with an opening mark.
pub(super) fn begins(bare: &str) -> bool {
    bare.starts_with(['“', '„', '«'])
}

/// Whether a stretch begins with an opening mark.
pub(super) fn opens(text: &str, (start, end): (usize, usize)) -> bool {
    begins(text.get(start..end).unwrap_or_default().trim_start_matches(is_dressing))
}

/// The end of the quotation that a stretch begins with, where it is closed within the stretch at the end of a line.
pub(super) fn whole(text: &str, span: (usize, usize)) -> Option<usize> {
    let found = read(text, span);
    let rest = text.get(found.end..span.1)?.split('\n').next()?;
    (found.closing == Closing::Marked && rest.chars().all(is_ending)).then_some(found.end)
}

/// Reads the quotation that a stretch begins with; without a closing mark it takes the whole stretch.
pub(super) fn read(text: &str, (start, end): (usize, usize)) -> Quotation {
    let part = text.get(start..end).unwrap_or_default();
    let opening = part.trim_start_matches(is_dressing);
    let Some(mark) = opening.chars().next() else { return missing(text, (start, end)) };
    let from = end - opening.len() + mark.len_utf8();
    if !begins(opening) {
        return straight(text, (from, end));
    }
    let mut depth = 1usize;
    let mut at = from;
    for line in text.get(from..end).unwrap_or_default().split_inclusive('\n') {
        if depth == 1 && at > from && instructs(text, (at, end)) {
            return Quotation { inner: trimmed(text, (from, at)), end: at, closing: Closing::Missing };
        }
        for (offset, c) in line.char_indices() {
            match c {
                '“' | '„' | '«' => depth += 1,
                '”' | '»' => depth = depth.saturating_sub(1),
                _ => continue,
            }
            if depth == 0 {
                let close = at + offset;
                let after = close + c.len_utf8();
                let rest = line.get(offset + c.len_utf8()..).unwrap_or_default();
                let tail = rest.len() - rest.trim_start_matches(is_ending).len();
                return Quotation { inner: trimmed(text, (from, close)), end: after + tail, closing: Closing::Marked };
            }
        }
        at += line.len();
    }
    straight(text, (from, end))
}

/// A quotation whose marks do not tell where it ends: it takes the stretch, and is closed where that ends with a mark.
fn straight(text: &str, (from, end): (usize, usize)) -> Quotation {
    let inner = text.get(from..end).unwrap_or_default();
    let body = inner.trim_end_matches(is_ending);
    match body.strip_suffix(['"', '″', '”', '“', '»']) {
        Some(quoted) if !swallows(text, (from, from + quoted.len())) => {
            Quotation { inner: trimmed(text, (from, from + quoted.len())), end, closing: Closing::Marked }
        }
        _ => missing(text, (from, end)),
    }
}

fn missing(text: &str, (from, end): (usize, usize)) -> Quotation {
    Quotation { inner: trimmed(text, (from, end)), end, closing: Closing::Missing }
}

/// Whether a stretch holds an instruction of its own.
fn swallows(text: &str, (from, end): (usize, usize)) -> bool {
    let mut at = from;
    for line in text.get(from..end).unwrap_or_default().split_inclusive('\n') {
        if at > from && instructs(text, (at, end)) {
            return true;
        }
        at += line.len();
    }
    false
}

/// Whether a line is the beginning of an instruction that announces a quotation: its paragraph begins with a number and
/// a verb, and ends with a colon before an opening mark or a further instruction.
fn instructs(text: &str, (at, end): (usize, usize)) -> bool {
    let part = text.get(at..end).unwrap_or_default();
    let line = part.split('\n').next().unwrap_or_default().trim_matches(is_dressing);
    let Some(found) = marker(line, "") else { return false };
    let mut lines = part.split('\n').map(|line| line.trim_matches(is_dressing));
    let mut said = found.rest.to_owned();
    lines.next();
    for _ in 0..6 {
        let lower = crate::lower(&said);
        if !lower.is_empty() && lower.len() > 40 && Verb::at(&lower).is_none() {
            return false;
        }
        if lower.trim_end().ends_with(':') {
            let next = lines.find(|line| !line.is_empty()).unwrap_or_default();
            let opens = next.starts_with(['“', '„', '«', '"', '″']);
            let goes_on = marker(next, "").is_some_and(|found| Verb::at(&crate::lower(found.rest)).is_some());
            return Verb::at(&lower).is_some() && (opens || goes_on);
        }
        match lines.next() {
            Some(next) if !next.is_empty() => {
                said.push(' ');
                said.push_str(next);
            }
            _ => return false,
        }
    }
    false
}
