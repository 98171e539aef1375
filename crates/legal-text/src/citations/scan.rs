//! Every reference in a sentence: provisions, and the document they are of.

use super::act::{Act, act, bare_number};
use super::provisions::{Provision, provisions};
use super::rest::Rest;
use super::words::{Kind, may_open};
use time::Date;

/// A reference, in bytes of the sentence.
#[derive(Debug, Clone)]
pub(crate) struct Found<'s> {
    pub start: usize,
    pub end: usize,
    pub provisions: Vec<Provision<'s>>,
    pub(super) act: Act,
}

impl Found<'_> {
    /// Whether no other act is named.
    pub fn names_no_other(&self) -> bool {
        matches!(self.act, Act::Here(_) | Act::Unnamed)
    }
}

/// How long the title of a regulation may be before it says what it was issued with.
const TITLE: usize = 400;

/// Finds the references of a sentence. `written_on` is the day of the document it stands in.
pub(crate) fn scan(sentence: Rest<'_>, written_on: Option<Date>) -> Vec<Found<'_>> {
    let mut found: Vec<Found<'_>> = Vec::new();
    let bytes = sentence.small.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !begins_word(bytes, at) || !may_open(sentence.small.get(at..).unwrap_or_default()) {
            at += 1;
            continue;
        }
        match reference((sentence, at), written_on, found.last()) {
            Ok(one) => {
                at = one.end.max(at + 1);
                found.push(one);
            }
            Err(next) => at = next.max(at + 1),
        }
    }
    found
}

/// Whether a word begins at a byte: after a blank, a mark of ASCII, or a quotation mark or dash (U+2000 to U+206F).
fn begins_word(bytes: &[u8], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| bytes.get(at)).copied();
    match before(1) {
        None => true,
        Some(byte) if byte.is_ascii() => !byte.is_ascii_alphanumeric(),
        Some(_) => before(3) == Some(0xE2) && matches!(before(2), Some(0x80 | 0x81)),
    }
}

/// The reference that begins at a byte; where none does, the byte from which to look on.
fn reference<'s>(
    (sentence, at): (Rest<'s>, usize),
    written_on: Option<Date>,
    last: Option<&Found<'s>>,
) -> Result<Found<'s>, usize> {
    let rest = sentence.skip(at).ok_or(at)?;
    if rest.small.starts_with(|c: char| c.is_ascii_digit()) || rest.word("số").is_some() {
        return bare_number((sentence, at), last).ok_or(at);
    }
    let Some((provisions, length)) = provisions(rest) else {
        let (act, end) = act((sentence, at), written_on, Whose::Own).ok_or(at)?;
        return Ok(Found { start: at, end, provisions: Vec::new(), act });
    };
    let end = at + length;
    let of = connected(sentence, end);
    if let Some((act, end)) = act((sentence, of), written_on, Whose::OfProvisions) {
        return Ok(Found { start: at, end, provisions, act });
    }
    if provisions.iter().all(Provision::is_bare) {
        return Err(end);
    }
    let here = provisions.iter().any(Provision::is_here);
    let act = if here { Act::Here("") } else { Act::Unnamed };
    Ok(Found { start: at, end, provisions, act })
}

/// What the name of a document stands after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Whose {
    /// Nothing that it would be named for.
    Own,
    /// Provisions of it.
    OfProvisions,
}

/// Where the document may be named after provisions: past `của`, or past the regulation that says what it was issued with.
fn connected(sentence: Rest<'_>, end: usize) -> usize {
    let mut at = end + sentence.skip(end).map_or(0, Rest::blanks);
    // `khoản 1, Điều 6, Nghị định số …`
    let after_comma = sentence.skip(at).filter(|rest| rest.small.starts_with(", ")).and_then(|rest| rest.skip(2));
    if after_comma.and_then(Kind::at).is_some() {
        at += 2;
    }
    for connective in ["của", "tại", "thuộc", "trong"] {
        if let Some(length) = sentence.skip(at).and_then(|rest| rest.word(connective)) {
            at += length + 1;
            break;
        }
    }
    issued_with(sentence, at).unwrap_or(at)
}

/// `Quy định … ban hành kèm theo Quyết định số …`: where the document that it was issued with is named.
fn issued_with(sentence: Rest<'_>, at: usize) -> Option<usize> {
    let rest = sentence.skip(at)?;
    let lead = match Kind::at(rest) {
        Some((kind, length)) if kind.is_attached() => length,
        Some(_) => return None,
        None => 0,
    };
    let printed = rest.printed;
    let end = printed.char_indices().nth(TITLE).map_or(printed.len(), |(end, _)| end);
    let title = printed.get(lead..end)?;
    let stop = title.find([';', ':', '“', '”', '"']).unwrap_or(title.len());
    let title = title.get(..stop)?;
    let issued =
        ["ban hành kèm theo ", "kèm theo "].iter().find_map(|words| title.find(words).map(|found| found + words.len()))?;
    // Without the name of a regulation the words follow at once: `Phụ lục III ban hành kèm theo …`.
    let at_once = title.get(..issued)?.split_whitespace().count() <= 4;
    let names_act = Kind::at(rest.skip(lead + issued)?).is_some();
    (names_act && (lead > 0 || at_once)).then_some(at + lead + issued)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use time::macros::date;

    fn quotes(text: &str) -> Vec<&str> {
        let small = crate::lower(text);
        let found = scan(Rest { printed: text, small: &small }, Some(date!(2025 - 10 - 01)));
        found.iter().map(|one| &text[one.start..one.end]).collect()
    }

    #[test]
    fn numbered_acts_are_found_with_provisions_and_dates() {
        assert_eq!(
            quotes("theo khoản 1 Điều 10 Nghị định số 43/2011/NĐ-CP ngày 13/6/2011 của Chính phủ"),
            ["khoản 1 Điều 10 Nghị định số 43/2011/NĐ-CP ngày 13/6/2011"]
        );
        assert_eq!(
            quotes("Tờ trình số 6641/TTr-STC ngày 25 tháng 10 năm 2024, Văn bản số 8411/ STC-TCHCSN ngày 31 tháng 12 năm 2024;"),
            ["Tờ trình số 6641/TTr-STC ngày 25 tháng 10 năm 2024", "Văn bản số 8411/ STC-TCHCSN ngày 31 tháng 12 năm 2024"]
        );
        assert_eq!(
            quotes("Luật Xây dựng số 50/2014/QH13; số 62/2020/QH14 và"),
            ["Luật Xây dựng số 50/2014/QH13", "số 62/2020/QH14"]
        );
        assert_eq!(quotes("Nghị quyết số 18-NQ/TW ngày 25/10/2017"), ["Nghị quyết số 18-NQ/TW ngày 25/10/2017"]);
        assert_eq!(
            quotes("Điều 28 của Quy định về hỗ trợ ban hành kèm theo Quyết định số 56/2024/QĐ-UBND"),
            ["Điều 28 của Quy định về hỗ trợ ban hành kèm theo Quyết định số 56/2024/QĐ-UBND"]
        );
        assert_eq!(
            quotes("Phụ lục III ban hành kèm theo Nghị định số 1/2020/NĐ-CP"),
            ["Phụ lục III ban hành kèm theo Nghị định số 1/2020/NĐ-CP"]
        );
        assert!(quotes("Mẫu số 01/TNCN và 24/24h, 10 mg/L").is_empty());
    }

    #[test]
    fn laws_are_found_by_title() {
        assert_eq!(
            quotes("Căn cứ Luật Tổ chức chính quyền địa phương năm 2015;"),
            ["Luật Tổ chức chính quyền địa phương năm 2015"]
        );
        assert_eq!(quotes("Điều 21, 22 của Luật Công nghệ thông tin quy định"), ["Điều 21, 22 của Luật Công nghệ thông tin"]);
        assert_eq!(
            quotes("Luật Đất đai ngày 18 tháng 01 năm 2024; Luật Xa Lạ Nào Đó quy định"),
            ["Luật Đất đai ngày 18 tháng 01 năm 2024", "Luật Xa Lạ Nào Đó"]
        );
        assert!(quotes("theo quy định của pháp luật về đất đai").is_empty());
    }

    #[test]
    fn the_act_itself_is_cited_by_its_provisions() {
        assert_eq!(quotes("điểm a và k khoản 2 Điều 8 của Quy chế này"), ["điểm a và k khoản 2 Điều 8 của Quy chế này"]);
        assert_eq!(quotes("khoản 2 Điều này và Luật này"), ["khoản 2 Điều này"]);
        assert!(quotes("quy định tại Điều này").is_empty());
    }
}
