//! The document that a reference names: its kind, its number and its date.

use super::laws::Law;
use super::numbers::{day, number};
use super::rest::Rest;
use super::scan::{Found, Whose};
use super::titled::titled;
use super::words::Kind;
use crate::letters::is_lower;
use time::Date;

/// The document that is referred to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Act {
    /// `Luật này`, `Quy chế này`; the slug of the kind.
    Here(&'static str),
    /// By its number.
    Numbered { kind: Option<Kind>, number: String, issued_on: Option<Date>, title: Option<String> },
    /// By its title alone.
    Titled { kind: Kind, title: String, law: Option<&'static Law>, issued_on: Option<Date>, year: Option<i32> },
    /// Provisions without the name of a document.
    Unnamed,
}

/// How far after a number the next member of its list may begin.
const NEAR: usize = 6;
/// How many words may stand between a kind and its number, and how long one is at most.
const LABEL: usize = 6;
const LONGEST_WORD: usize = 40;

/// Reads the document named at a byte of a sentence; gives where its name ends.
pub(super) fn act((sentence, at): (Rest<'_>, usize), written_on: Option<Date>, whose: Whose) -> Option<(Act, usize)> {
    let rest = sentence.skip(at)?;
    let (kind, length) = Kind::at(rest)?;
    // `pháp luật`, `kỷ luật` name no act.
    let before = sentence.printed.get(..at)?.trim_end();
    if kind.slug == "luat" && ["pháp", "Pháp", "PHÁP", "kỷ", "kỉ"].iter().any(|word| before.ends_with(word)) {
        return None;
    }
    let next = at + length + rest.skip(length)?.blanks();
    let rest = sentence.skip(next)?;
    if let Some(length) = rest.word("này") {
        return (whose == Whose::OfProvisions).then_some((Act::Here(kind.slug), next + length));
    }
    if let Some((found, end)) = numbered(sentence, next) {
        let (issued_on, end) = dated(sentence, end);
        return Some((Act::Numbered { kind: Some(kind), number: found, issued_on, title: None }, end));
    }
    if kind.is_titled() {
        return titled((sentence, next), kind, written_on, whose);
    }
    described((sentence, next), kind)
}

/// `Báo cáo thẩm tra số 97/BC-…`: a few words between the kind and the number.
fn described((sentence, at): (Rest<'_>, usize), kind: Kind) -> Option<(Act, usize)> {
    let rest = sentence.skip(at)?;
    let mut label = 0;
    for count in 0.. {
        let after = rest.skip(label)?;
        if after.word("số").is_some() {
            break;
        }
        let printed = after.printed.split(' ').next()?;
        let plain = printed.len() <= LONGEST_WORD && printed.chars().all(|c| is_lower(c) || c == ',');
        if count >= LABEL || !plain || printed.is_empty() {
            return None;
        }
        label += printed.len() + 1;
    }
    let between = rest.printed.get(..label)?;
    let names_another =
        ["định ", "tư ", "luật ", "quyết ", "mẫu ", "biểu ", "phụ lục ", "trích ", "có ", "của ", "theo ", "tại "]
            .iter()
            .any(|word| between.contains(word));
    if names_another || label == 0 {
        return None;
    }
    let (found, end) = numbered(sentence, at + label)?;
    let (issued_on, end) = dated(sentence, end);
    Some((Act::Numbered { kind: Some(kind), number: found, issued_on, title: None }, end))
}

/// A number with `số` before it, or without.
pub(super) fn numbered(sentence: Rest<'_>, at: usize) -> Option<(String, usize)> {
    let mut at = at;
    if let Some(length) = sentence.skip(at).and_then(|rest| rest.word_and_blanks("số")) {
        at += length;
        if sentence.skip(at)?.printed.starts_with([':', '.']) {
            at += 1;
            at += sentence.skip(at)?.blanks();
        }
    }
    let found = number(sentence.skip(at)?.printed)?;
    Some((found.text, at + found.length))
}

/// The date right after a number or a title; a comma may stand between.
pub(super) fn dated(sentence: Rest<'_>, end: usize) -> (Option<Date>, usize) {
    let comma = sentence.skip(end).map_or(0, |rest| usize::from(rest.printed.starts_with(',')));
    match sentence.skip(end + comma).and_then(day) {
        Some((day, length)) => (Some(day), end + comma + length),
        None => (None, end),
    }
}

/// A number without the kind of its document: a further member of a list, or `số 5/QĐ-UBND`.
pub(super) fn bare_number<'s>((sentence, at): (Rest<'s>, usize), last: Option<&Found<'s>>) -> Option<Found<'s>> {
    let labelled = sentence.skip(at)?.word("số").is_some();
    let (found, end) = numbered(sentence, at)?;
    let before = sentence.printed.get(..at)?.trim_end();
    // `Số:      /2025/QĐ-UBND`: a number left to be stamped.
    if before.ends_with('/') || is_form(before) {
        return None;
    }
    let listed = last.filter(|last| {
        let between = sentence.printed.get(last.end..at).unwrap_or_default();
        between.len() <= NEAR && between.contains([',', ';']) || between.trim() == "và"
    });
    let kind = listed.and_then(|last| match &last.act {
        Act::Numbered { kind, .. } => *kind,
        Act::Titled { kind, .. } => Some(*kind),
        _ => None,
    });
    // Without `số` and outside a list only a number with its year is surely one.
    let sure = labelled || kind.is_some() || found.matches('/').count() >= 2 || found.contains('-');
    if !sure {
        return None;
    }
    let title = listed.and_then(|last| match &last.act {
        Act::Numbered { title, .. } => title.clone(),
        Act::Titled { title, .. } => Some(title.clone()),
        _ => None,
    });
    let (issued_on, end) = dated(sentence, end);
    Some(Found { start: at, end, provisions: Vec::new(), act: Act::Numbered { kind, number: found, issued_on, title } })
}

/// Whether the words before a number make it the number of a form or a table.
fn is_form(before: &str) -> bool {
    ["mẫu", "Mẫu", "MẪU", "biểu", "Biểu", "Phụ lục", "phụ lục", "bảng", "Bảng"].iter().any(|word| before.ends_with(word))
}
