//! Laws that are named by their titles.

use super::act::{Act, dated, numbered};
use super::laws::{self, Said};
use super::numbers::figure;
use super::rest::Rest;
use super::scan::Whose;
use super::words::Kind;
use crate::letters::{is_upper, is_word};
use time::Date;

/// The title of an amending law names other laws within so many bytes.
const LONGEST_TITLE: usize = 2000;

/// A law by its title, with the number, the date or the year after it.
pub(super) fn titled(
    (sentence, at): (Rest<'_>, usize),
    kind: Kind,
    written_on: Option<Date>,
    whose: Whose,
) -> Option<(Act, usize)> {
    if kind.slug == "hien-phap" {
        return constitution((sentence, at), kind, written_on, whose);
    }
    let rest = sentence.skip(at)?;
    let (mut length, known) = match laws::titled(kind.slug, rest.printed) {
        Some((length, found)) => (length, found),
        None => (title_length(rest)?, Vec::new()),
    };
    if let Some(longer) = title_of_amendment(rest) {
        length = length.max(longer);
    }
    let title = kernel::text::one_line(rest.printed.get(..length)?);
    let after = at + length;
    let gap = after + usize::from(sentence.skip(after)?.printed.starts_with(','));
    let gap = gap + sentence.skip(gap)?.blanks();
    let number = sentence.skip(gap).and_then(|rest| rest.word("số")).and_then(|_| numbered(sentence, gap));
    if rest.prefix("sửa đổi").is_some()
        && let Some(end) = before_amended(&title, number.as_ref())
    {
        // The laws it amends are numbered: each is cited by itself.
        let law = laws::meant(&known, Said { issued_on: None, year: None, written_on });
        let title = title.get(..end)?.trim_end().to_owned();
        return Some((Act::Titled { kind, title, law, issued_on: None, year: None }, at + end));
    }
    if let Some((found, end)) = number {
        let (issued_on, end) = dated(sentence, end);
        return Some((Act::Numbered { kind: Some(kind), number: found, issued_on, title: Some(title) }, end));
    }
    let (issued_on, year, end) = when(sentence, after);
    let law = laws::meant(&known, Said { issued_on, year, written_on });
    Some((Act::Titled { kind, title, law, issued_on, year }, end))
}

/// Where the title of an amending law names the first law it amends, when numbers stand among these; `number` is the one
/// after the title, which is the amending law's own unless the table knows better.
fn before_amended(title: &str, number: Option<&(String, usize)>) -> Option<usize> {
    let first = title.find("Luật ").or_else(|| title.find("Bộ luật ")).or_else(|| title.find("luật "))?;
    let nested = title.contains(" số ") && title.bytes().any(|b| b.is_ascii_digit());
    let of_another = number
        .and_then(|(number, _)| laws::law_by_number(number))
        .is_some_and(|law| !crate::lower(law.title).starts_with("sửa đổi"));
    (nested || of_another).then_some(first)
}

/// `Hiến pháp năm 2013`, `Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam`, `Điều 5 Hiến pháp`; the word alone cites nothing.
fn constitution((sentence, at): (Rest<'_>, usize), kind: Kind, written_on: Option<Date>, whose: Whose) -> Option<(Act, usize)> {
    const NATIONS: [(&str, &str); 3] = [
        ("nước cộng hòa xã hội chủ nghĩa việt nam", "nước Cộng hòa"),
        ("nước cộng hoà xã hội chủ nghĩa việt nam", "nước Cộng hòa"),
        ("nước việt nam dân chủ cộng hòa", "nước Việt Nam"),
    ];
    let rest = sentence.skip(at)?;
    let nation = NATIONS.iter().find_map(|(printed, name)| Some((rest.prefix(printed)?, *name)));
    let end = match nation {
        Some((length, _)) => at + length,
        None => sentence.printed.get(..at)?.trim_end().len(),
    };
    let (issued_on, year, end) = when(sentence, end);
    let named = whose == Whose::OfProvisions || nation.is_some() || year.is_some() || issued_on.is_some();
    let known = laws::of_kind(kind.slug, nation.map_or("", |(_, name)| name));
    let law = laws::meant(&known, Said { issued_on, year, written_on });
    named.then_some((Act::Titled { kind, title: "Hiến pháp".to_owned(), law, issued_on, year }, end))
}

/// The day or the year after a title, and where it ends.
fn when(sentence: Rest<'_>, end: usize) -> (Option<Date>, Option<i32>, usize) {
    let (issued_on, dated_end) = dated(sentence, end);
    if issued_on.is_some() {
        return (issued_on, None, dated_end);
    }
    match sentence.skip(end).and_then(year) {
        Some((year, length)) => (None, Some(year), end + length),
        None => (None, None, end),
    }
}

/// `năm 2015`, `2015`.
fn year(rest: Rest<'_>) -> Option<(i32, usize)> {
    let mut at = rest.blanks();
    at += rest.skip(at)?.word_and_blanks("năm").unwrap_or_default();
    match figure(rest.skip(at)?.printed, 4)? {
        (year, 4) if (1945..2200).contains(&year) => Some((i32::try_from(year).ok()?, at + 4)),
        _ => None,
    }
}

/// `sửa đổi, bổ sung một số điều của Luật X và Luật Y`: the title of an amending law names the laws it amends.
fn title_of_amendment(rest: Rest<'_>) -> Option<usize> {
    let lead = rest.prefix("sửa đổi")?;
    let printed = rest.printed;
    let near = printed.get(..printed.char_indices().nth(LONGEST_TITLE).map_or(printed.len(), |(end, _)| end))?;
    let limit = near.find([';', '.', ':', '(', '”', '"']).unwrap_or(near.len());
    let mut end = None;
    let mut at = lead;
    while let Some(found) = printed.get(at..limit)?.find("uật ") {
        let after = at + found + "uật ".len();
        let kind = if printed.get(..at + found)?.ends_with("Bộ l") { "bo-luat" } else { "luat" };
        let Some((length, _)) = laws::titled(kind, printed.get(after..)?) else { break };
        at = after + length;
        end = Some(at);
        // The next law must follow at once.
        let next = printed.get(at..limit)?.trim_start_matches([',', ' ']);
        if !["Luật", "và Luật", "Bộ luật", "và Bộ luật"].iter().any(|word| next.starts_with(word)) {
            break;
        }
    }
    end
}

/// Words that end a title that the table does not have.
const STOPS: [&str; 44] = [
    "quy", "này", "có", "được", "đã", "để", "thì", "phải", "của", "về", "số", "ngày", "năm", "và", "hoặc", "theo", "tại",
    "trong", "khi", "là", "do", "bằng", "với", "cho", "từ", "đến", "ban", "hướng", "sửa", "bổ", "hiện", "các", "nếu", "hết",
    "chưa", "không", "còn", "như", "trên", "thay", "mà", "ra", "hợp", "khác",
];

/// A title that the table does not have is shorter than so many words.
const MOST_WORDS: usize = 14;

/// How long a title is that the table does not have: it begins with a capital and runs up to a word that is none of a title.
fn title_length(rest: Rest<'_>) -> Option<usize> {
    if !rest.printed.starts_with(is_upper) {
        return None;
    }
    let mut end = 0;
    for (count, printed) in rest.printed.split(' ').enumerate() {
        let bare = printed.trim_end_matches(|c: char| !is_word(c));
        let start = if count == 0 { 0 } else { end + rest.skip(end)?.blanks() };
        let small = rest.small.get(start..start + bare.len())?;
        let joins = matches!(small, "và" | "của" | "về" | "trong" | "các" | "cho" | "với")
            && rest.skip(end + printed.len() + 1).is_some_and(goes_on);
        if count > 0 && STOPS.contains(&small) && !joins || count > MOST_WORDS || bare.is_empty() {
            break;
        }
        end = start + bare.len();
        if bare.len() < printed.len() {
            break;
        }
    }
    (end > 0).then_some(end)
}

/// Whether a title goes on after a joining word: with a capital that names no other document.
fn goes_on(rest: Rest<'_>) -> bool {
    let next = rest.skip(rest.blanks());
    next.is_some_and(|next| next.printed.starts_with(is_upper) && Kind::at(next).is_none())
}
