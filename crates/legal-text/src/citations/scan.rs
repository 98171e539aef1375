//! Every reference in a sentence: provisions, the document they are of, its number, title and date.

use super::laws::{self, Law, Said};
use super::numbers::{day, figure, number};
use super::provisions::{Provision, provisions};
use super::words::{Kind, blanks, prefix, word};
use time::Date;

/// A reference, in bytes of the sentence.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub start: usize,
    pub end: usize,
    pub provisions: Vec<Provision>,
    pub act: Act,
}

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
/// How long the title of a regulation may be before it says what it was issued with.
const TITLE: usize = 400;

/// Finds the references of a sentence. `written_on` is the day of the document it stands in.
pub(super) fn scan(text: &str, written_on: Option<Date>) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if begins_word(bytes, at)
            && may_open(text.get(at..).unwrap_or_default())
            && let Some(one) = reference(text, at, written_on, found.last())
        {
            at = one.end.max(at + 1);
            found.push(one);
        } else {
            at += 1;
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

/// Whether the first two letters are those of a word that opens references, or a figure does.
fn may_open(rest: &str) -> bool {
    let mut letters = rest.chars();
    let (Some(first), second) = (letters.next(), letters.next().unwrap_or(' ')) else { return false };
    match first {
        '0'..='9' => true,
        'S' | 's' => matches!(second, 'ố' | 'Ố' | 'ắ' | 'Ắ'),
        'Đ' | 'đ' => matches!(second, 'i' | 'I' | 'ề' | 'Ề'),
        'K' | 'k' => matches!(second, 'h' | 'H' | 'ế' | 'Ế'),
        'C' | 'c' => matches!(second, 'h' | 'H' | 'á' | 'Á' | 'ô' | 'Ô'),
        'M' | 'm' => matches!(second, 'ụ' | 'Ụ'),
        'P' | 'p' | 'T' | 't' => matches!(second, 'h' | 'H' | 'i' | 'I' | 'ờ' | 'Ờ'),
        'L' | 'l' => matches!(second, 'u' | 'U' | 'ệ' | 'Ệ'),
        'B' | 'b' => matches!(second, 'ộ' | 'Ộ' | 'á' | 'Á' | 'i' | 'I'),
        'H' | 'h' => matches!(second, 'i' | 'I' | 'ư' | 'Ư'),
        'N' | 'n' => matches!(second, 'g' | 'G' | 'ộ' | 'Ộ'),
        'Q' | 'q' => matches!(second, 'u' | 'U'),
        'V' | 'v' => matches!(second, 'ă' | 'Ă'),
        'D' | 'd' => matches!(second, 'a' | 'A'),
        'Ý' | 'ý' => true,
        _ => false,
    }
}

fn reference(text: &str, at: usize, written_on: Option<Date>, last: Option<&Found>) -> Option<Found> {
    let rest = text.get(at..)?;
    let first = rest.chars().next()?;
    if first.is_ascii_digit() || matches!(first, 'S' | 's') {
        return bare_number(text, at, last);
    }
    let (provisions, end) = match provisions(rest) {
        Some((provisions, length)) if word(rest, "các").is_none() => (provisions, at + length),
        _ => (Vec::new(), at),
    };
    if provisions.is_empty() {
        let (act, end) = act(text, at, written_on, false)?;
        return Some(Found { start: at, end, provisions, act });
    }
    let of = connected(text, end);
    if let Some((act, end)) = act(text, of, written_on, true) {
        return Some(Found { start: at, end, provisions, act });
    }
    if provisions.iter().all(Provision::is_bare) {
        return None;
    }
    let here = provisions.iter().any(Provision::is_here);
    let act = if here { Act::Here("") } else { Act::Unnamed };
    Some(Found { start: at, end, provisions, act })
}

/// Where the document may be named after provisions: past `của`, or past the regulation that says what it was issued with.
fn connected(text: &str, end: usize) -> usize {
    let mut at = end + blanks(text.get(end..).unwrap_or_default());
    // `khoản 1, Điều 6, Nghị định số …`
    if let Some(rest) = text.get(at..).and_then(|rest| rest.strip_prefix(", ")).filter(|rest| Kind::at(rest).is_some()) {
        at = text.len() - rest.len();
    }
    for connective in ["của", "tại", "thuộc", "trong"] {
        if let Some(length) = text.get(at..).and_then(|rest| word(rest, connective)) {
            at += length + 1;
            break;
        }
    }
    issued_with(text, at).unwrap_or(at)
}

/// `Quy định … ban hành kèm theo Quyết định số …`: where the document that it was issued with is named.
fn issued_with(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let lead = match Kind::at(rest) {
        Some((kind, length)) if kind.is_attached() => length,
        Some(_) => return None,
        None => 0,
    };
    let end = rest.char_indices().nth(TITLE).map_or(rest.len(), |(end, _)| end);
    let title = rest.get(lead..end)?;
    let stop = title.find([';', ':', '“', '”', '"']).unwrap_or(title.len());
    let title = title.get(..stop)?;
    let issued =
        ["ban hành kèm theo ", "kèm theo "].iter().find_map(|words| title.find(words).map(|found| found + words.len()))?;
    // Without the name of a regulation the words follow at once: `Phụ lục III ban hành kèm theo …`.
    let at_once = title.get(..issued)?.split_whitespace().count() <= 4;
    let names_act = Kind::at(title.get(issued..)?).is_some();
    (names_act && (lead > 0 || at_once)).then_some(at + lead + issued)
}

/// Reads the document named at `at`.
fn act(text: &str, at: usize, written_on: Option<Date>, has_provisions: bool) -> Option<(Act, usize)> {
    let rest = text.get(at..)?;
    let (kind, length) = Kind::at(rest)?;
    // `pháp luật`, `kỷ luật` name no act.
    let before = text.get(..at)?.trim_end();
    if kind.slug == "luat" && ["pháp", "Pháp", "PHÁP", "kỷ", "kỉ"].iter().any(|word| before.ends_with(word)) {
        return None;
    }
    let mut next = at + length;
    next += blanks(text.get(next..)?);
    let rest = text.get(next..)?;
    if let Some(length) = word(rest, "này") {
        return has_provisions.then_some((Act::Here(kind.slug), next + length));
    }
    if let Some((found, end)) = numbered(text, next) {
        let (issued_on, end) = dated(text, end);
        return Some((Act::Numbered { kind: Some(kind), number: found, issued_on, title: None }, end));
    }
    if kind.is_titled() {
        return titled(text, (next, kind), written_on, has_provisions);
    }
    described(text, (next, kind))
}

/// `Báo cáo thẩm tra số 97/BC-…`: a few words between the kind and the number.
fn described(text: &str, (at, kind): (usize, Kind)) -> Option<(Act, usize)> {
    let rest = text.get(at..)?;
    let mut label = 0;
    for (count, printed) in rest.split(' ').enumerate() {
        if word(printed, "số").is_some() {
            break;
        }
        let plain = printed.chars().all(|c| c.is_lowercase() || c == ',');
        if count > 5 || !plain || printed.is_empty() {
            return None;
        }
        label += printed.len() + 1;
    }
    let between = rest.get(..label)?;
    let names_another =
        ["định ", "tư ", "luật ", "quyết ", "mẫu ", "biểu ", "phụ lục ", "trích ", "có ", "của ", "theo ", "tại "]
            .iter()
            .any(|word| between.contains(word));
    if names_another || label == 0 {
        return None;
    }
    let (found, end) = numbered(text, at + label)?;
    let (issued_on, end) = dated(text, end);
    Some((Act::Numbered { kind: Some(kind), number: found, issued_on, title: None }, end))
}

/// A number with `số` before it, or without.
fn numbered(text: &str, at: usize) -> Option<(String, usize)> {
    let mut at = at;
    if let Some(length) = text.get(at..).and_then(|rest| word(rest, "số")) {
        at += length;
        at += blanks(text.get(at..)?);
        if text.get(at..)?.starts_with([':', '.']) {
            at += 1;
            at += blanks(text.get(at..)?);
        }
    }
    let found = number(text.get(at..)?)?;
    Some((found.text, at + found.length))
}

/// The date right after a number or a title; a comma may stand between.
fn dated(text: &str, end: usize) -> (Option<Date>, usize) {
    let rest = text.get(end..).unwrap_or_default();
    let comma = usize::from(rest.starts_with(','));
    match rest.get(comma..).and_then(day) {
        Some((day, length)) => (Some(day), end + comma + length),
        None => (None, end),
    }
}

/// A number without the kind of its document: a further member of a list, or `số 5/QĐ-UBND`.
fn bare_number(text: &str, at: usize, last: Option<&Found>) -> Option<Found> {
    let labelled = text.get(at..).and_then(|rest| word(rest, "số")).is_some();
    let (found, end) = numbered(text, at)?;
    let before = text.get(..at)?.trim_end();
    // `Số:      /2025/QĐ-UBND`: a number left to be stamped.
    if before.ends_with('/') {
        return None;
    }
    let form =
        ["mẫu", "Mẫu", "MẪU", "biểu", "Biểu", "Phụ lục", "phụ lục", "bảng", "Bảng"].iter().any(|word| before.ends_with(word));
    if form {
        return None;
    }
    let listed = last.filter(|last| {
        let between = text.get(last.end..at).unwrap_or_default();
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
    let (issued_on, end) = dated(text, end);
    Some(Found { start: at, end, provisions: Vec::new(), act: Act::Numbered { kind, number: found, issued_on, title } })
}

/// A law by its title, with the number, the date or the year after it.
fn titled(text: &str, (at, kind): (usize, Kind), written_on: Option<Date>, has_provisions: bool) -> Option<(Act, usize)> {
    if kind.slug == "hien-phap" {
        return constitution(text, (at, kind), has_provisions);
    }
    let rest = text.get(at..)?;
    let (mut length, known) = match laws::titled(kind.slug, rest) {
        Some((length, found)) => (length, found),
        None => (title_length(rest)?, Vec::new()),
    };
    if let Some(longer) = title_of_amendment(rest) {
        length = length.max(longer);
    }
    let title = kernel::text::one_line(rest.get(..length)?);
    let after = at + length;
    let gap = after + usize::from(text.get(after..)?.starts_with(','));
    let gap = gap + blanks(text.get(gap..)?);
    let number = text.get(gap..).and_then(|rest| word(rest, "số")).and_then(|_| numbered(text, gap));
    let amends = prefix(&title, "sửa đổi").is_some();
    if amends && let Some(end) = before_amended(&title, number.as_ref()) {
        // The laws it amends are numbered: each is cited by itself.
        let law = laws::meant(&known, Said { issued_on: None, year: None, written_on });
        return Some((
            Act::Titled { kind, title: title.get(..end)?.trim_end().to_owned(), law, issued_on: None, year: None },
            at + end,
        ));
    }
    if let Some((found, end)) = number {
        let (issued_on, end) = dated(text, end);
        return Some((Act::Numbered { kind: Some(kind), number: found, issued_on, title: Some(title) }, end));
    }
    let (issued_on, dated_end) = dated(text, after);
    let (year, end) = if issued_on.is_some() { (None, dated_end) } else { year(text, after) };
    let law = laws::meant(&known, Said { issued_on, year, written_on });
    Some((Act::Titled { kind, title, law, issued_on, year }, end))
}

/// Where the title of an amending law names the first law it amends, when numbers stand among these; `number` is the one
/// after the title, which is the amending law's own unless the table knows better.
fn before_amended(title: &str, number: Option<&(String, usize)>) -> Option<usize> {
    let first = title.find("Luật ").or_else(|| title.find("Bộ luật ")).or_else(|| title.find("luật "))?;
    let nested = title.contains(" số ") && title.bytes().any(|b| b.is_ascii_digit());
    let of_another =
        number.and_then(|(number, _)| laws::law_by_number(number)).is_some_and(|law| prefix(law.title, "sửa đổi").is_none());
    (nested || of_another).then_some(first)
}

/// `Hiến pháp năm 2013`, `Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam`, `Điều 5 Hiến pháp`; the word alone cites nothing.
fn constitution(text: &str, (at, kind): (usize, Kind), has_provisions: bool) -> Option<(Act, usize)> {
    const NATIONS: [&str; 2] = ["nước cộng hòa xã hội chủ nghĩa việt nam", "nước cộng hoà xã hội chủ nghĩa việt nam"];
    let rest = text.get(at..)?;
    let nation = NATIONS.iter().find_map(|nation| prefix(rest, nation));
    let end = match nation {
        Some(nation) => at + nation,
        None => text.get(..at)?.trim_end().len(),
    };
    let (issued_on, dated_end) = dated(text, end);
    let (year, end) = if issued_on.is_some() { (None, dated_end) } else { year(text, end) };
    let named = has_provisions || nation.is_some() || year.is_some() || issued_on.is_some();
    named.then_some((Act::Titled { kind, title: "Hiến pháp".to_owned(), law: None, issued_on, year }, end))
}

/// `năm 2015`, `2015`.
fn year(text: &str, end: usize) -> (Option<i32>, usize) {
    let rest = text.get(end..).unwrap_or_default();
    let mut at = blanks(rest);
    if let Some(length) = rest.get(at..).and_then(|rest| word(rest, "năm")) {
        at += length;
        at += blanks(rest.get(at..).unwrap_or_default());
    }
    match rest.get(at..).and_then(|rest| figure(rest, 4)) {
        Some((year, 4)) if (1945..2200).contains(&year) => (i32::try_from(year).ok(), end + at + 4),
        _ => (None, end),
    }
}

/// `sửa đổi, bổ sung một số điều của Luật X và Luật Y`: the title of an amending law names the laws it amends.
fn title_of_amendment(rest: &str) -> Option<usize> {
    let lead = prefix(rest, "sửa đổi")?;
    let mut end = None;
    let mut at = lead;
    let limit = rest.find([';', '.', ':', '(', '”', '"']).unwrap_or(rest.len());
    while let Some(found) = rest.get(at..limit)?.find("uật ") {
        let after = at + found + "uật ".len();
        let kind = if rest.get(..at + found)?.ends_with("Bộ l") { "bo-luat" } else { "luat" };
        let Some((length, _)) = laws::titled(kind, rest.get(after..)?) else { break };
        at = after + length;
        end = Some(at);
        // The next law must follow at once.
        let next = rest.get(at..limit)?.trim_start_matches([',', ' ']);
        if !(next.starts_with("Luật")
            || next.starts_with("và Luật")
            || next.starts_with("Bộ luật")
            || next.starts_with("và Bộ luật"))
        {
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

/// How long a title is that the table does not have: it begins with a capital and runs up to a word that is none of a title.
fn title_length(rest: &str) -> Option<usize> {
    if !rest.starts_with(char::is_uppercase) {
        return None;
    }
    let mut end = 0;
    for (count, printed) in rest.split(' ').enumerate() {
        let bare = printed.trim_end_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        let joins = matches!(lower.as_str(), "và" | "của" | "về" | "trong" | "các" | "cho" | "với")
            && next_is_capital(rest, end + printed.len() + 1);
        if count > 0 && STOPS.contains(&lower.as_str()) && !joins || count > 14 || bare.is_empty() {
            break;
        }
        let start = if count == 0 { 0 } else { end_of_word(rest, end) };
        end = start + bare.len();
        if bare.len() < printed.len() {
            break;
        }
    }
    (end > 0).then_some(end)
}

fn end_of_word(rest: &str, end: usize) -> usize {
    end + blanks(rest.get(end..).unwrap_or_default())
}

/// Whether a title goes on after a joining word: with a capital that names no other document.
fn next_is_capital(rest: &str, at: usize) -> bool {
    rest.get(at..).map(str::trim_start).is_some_and(|next| next.starts_with(char::is_uppercase) && Kind::at(next).is_none())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;
    use time::macros::date;

    fn quotes(text: &str) -> Vec<&str> {
        scan(text, Some(date!(2025 - 10 - 01))).iter().map(|one| &text[one.start..one.end]).collect()
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
