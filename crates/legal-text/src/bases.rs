//! Legal bases: the `Căn cứ …` of the preamble (Nghị định 30/2020/NĐ-CP, phụ lục I, II.6).

use std::sync::LazyLock;

use kernel::text::one_line;
use regex::Regex;
use serde::Serialize;
use time::Date;

use crate::citations::of_year;
use crate::header::dates::{DAY, day_at_start};
use crate::header::{DocumentNumber, iso_day};
use crate::layout::is_capitals;
use crate::names::capitalised;
use crate::pattern;

/// One act that an act rests on, as its preamble states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LegalBase {
    /// The number, where stated: `43/2011/NĐ-CP`.
    pub number: Option<String>,
    /// The name of a law, or the kind and abstract of another act, without number and date; with its year where only that
    /// tells it from a younger law of the name.
    pub title: Option<String>,
    /// The day the cited act was issued, where stated; that of the law of the year that is stated with its name.
    #[serde(serialize_with = "iso_day::serialize")]
    pub issued_on: Option<Date>,
    /// The statement in one line, without `Căn cứ` and the closing mark.
    pub text: String,
}

/// How many bases are read at most; a real preamble has at most a few dozen.
const MOST: usize = 200;

static KIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:các\s+)?(hiến pháp|bộ luật|luật|pháp lệnh|sắc lệnh|nghị quyết liên tịch|nghị quyết|nghị định|thông tư liên tịch|thông tư liên bộ|thông tư|quyết định|chỉ thị|văn bản hợp nhất|văn bản|công văn|công điện|kế hoạch|hướng dẫn|kết luận|quy định|quy chế|thông báo|chương trình|điều lệ|tờ trình|báo cáo|đề án|lệnh|hiệp định|công ước|nghị định thư)(?:\s|$)",
    )
});

static NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i:số\s*[:.]?\s*)?\d{1,6}[a-zđ]?\s*(?:/\s*\d{4}\s*/|/|-)\s*\p{Lu}"));

static DAY_OF_ISSUE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!(r"(?:(?i:ngày)\s*)?{DAY}")));

/// Where the name of the cited act ends and its amendments begin.
static AMENDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i),?\s*\(?\s*(?:đã\s+)?(?:được\s+)(?:Quốc hội\s+)?(?:sửa đổi|bổ sung|thông qua)|\s*\((?:đã\s+)?(?:được\s+)?sửa đổi|\s+và\s+(?:các\s+)?(?:luật|nghị định)\s+sửa đổi",
    )
});

/// A name given for later reference is no part of the abstract.
static NICKNAME: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\s*\(\s*(?:sau đây|dưới đây|gọi tắt|viết tắt|gọi chung)"));

/// Where the abstract of a decree or a lower act begins.
static ABSTRACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[\s,;)])(về việc|về|quy định|ban hành|sửa đổi|bổ sung|hướng dẫn|phê duyệt|chi tiết|thành lập|bãi bỏ|công bố|phân cấp|phân công|thay thế|kiện toàn|giao|tổ chức|thực hiện|triển khai|quản lý|thí điểm|tăng cường|kéo dài|tiếp tục|một số)[\s,]",
    )
});

/// Reads the bases out of the statements of a preamble, each of which begins with `Căn cứ`.
pub(crate) fn legal_bases(statements: &[String]) -> Vec<LegalBase> {
    let mut bases: Vec<LegalBase> = Vec::new();
    for statement in statements {
        let stated = statement.trim();
        let lead = "Căn cứ".chars().count();
        let stated: String = stated.chars().skip(lead).collect();
        for part in stated.split(';').map(one_line) {
            let part = part.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ',' | ':' | '-')).to_owned();
            if part.is_empty() || bases.len() >= MOST {
                continue;
            }
            add(&mut bases, part);
        }
    }
    bases
}

/// A part that names no kind of act continues the one before: `số 62/2020/QH14 ngày …` shares
/// its name, `được sửa đổi bởi …` only describes it.
fn add(bases: &mut Vec<LegalBase>, part: String) {
    if KIND.is_match(&part) || bases.is_empty() {
        bases.push(read(part));
        return;
    }
    if part.to_lowercase().starts_with("số ") {
        let title = bases.last().and_then(|base| base.title.clone());
        let read = read(part);
        bases.push(LegalBase { title, ..read });
        return;
    }
    if let Some(last) = bases.last_mut() {
        last.text.push_str("; ");
        last.text.push_str(&part);
    }
}

fn read(text: String) -> LegalBase {
    let kind = KIND.captures(&text).and_then(|found| found.get(1)).map(|kind| kind.as_str().to_owned());
    let (number, title, issued_on) = match kind.as_deref().map(str::to_lowercase).as_deref() {
        Some("hiến pháp" | "bộ luật" | "luật" | "pháp lệnh" | "hiệp định" | "công ước") => law(&text),
        Some(_) => lower_act(&text, kind.as_deref().unwrap_or_default()),
        None => (first_number(&text, text.len()), None, day_of_issue(&text, text.len())),
    };
    LegalBase { number, title, issued_on, text }
}

/// A law is named first, then numbered or dated: `Luật Đất đai số 31/2024/QH15 ngày …`.
fn law(text: &str) -> (Option<String>, Option<String>, Option<Date>) {
    let own = text.get(..AMENDED.find(text).map_or(text.len(), |found| found.start())).unwrap_or(text);
    let numbers = NUMBER.find_iter(own).count();
    let number = if numbers == 1 { first_number(own, own.len()) } else { None };
    let issued_on = if numbers <= 1 { day_of_issue(own, own.len()) } else { last_day(own) };
    let stops = [NUMBER.find(own).map(|found| found.start()), DAY_OF_ISSUE.find(own).map(|found| found.start())];
    let stop = if numbers > 1 { stops.get(1).copied().flatten() } else { stops.into_iter().flatten().min() };
    let name = own.get(..stop.unwrap_or(own.len())).unwrap_or(own);
    let printed = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '(' | '.'));
    let name = without_year(printed);
    let title = (name.split_whitespace().count() > 1 || name.to_lowercase() == "hiến pháp").then(|| capitalised(&name));
    let year = year_after(printed).filter(|_| number.is_none() && issued_on.is_none());
    match year.map(|year| of_year(&name, year)) {
        Some((None, Some(told_apart))) => (number, title.map(|_| capitalised(&told_apart)), None),
        Some((day, _)) => (number, title, day),
        None => (number, title, issued_on),
    }
}

/// The year that a name ends with.
fn year_after(name: &str) -> Option<i32> {
    let at = name.len().checked_sub(4)?;
    let year = name.get(at..).filter(|year| year.bytes().all(|b| b.is_ascii_digit()))?;
    name.get(..at)?.ends_with(char::is_whitespace).then(|| year.parse().ok()).flatten()
}

/// `Luật An ninh mạng năm 2018` is `Luật An ninh mạng`; so is one whose `số` or `ngày` is left.
fn without_year(name: &str) -> String {
    static TAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)(?:\s+(?:năm\s+)?\d{4}|\s*,?\s+(?:số|ngày))$"));
    TAIL.replace(&TAIL.replace(name, ""), "").trim_end_matches([',', ':', ' ']).to_owned()
}

/// A decree or lower act is numbered first: `Nghị định số … ngày … của … về …`.
fn lower_act(text: &str, kind: &str) -> (Option<String>, Option<String>, Option<Date>) {
    let number_at = NUMBER.find(text).map(|found| (found.start(), found.end()));
    let abstract_from = number_at.map_or(kind.len(), |(_, end)| end);
    let found = ABSTRACT
        .captures_iter(text)
        .filter_map(|found| found.get(1))
        .find(|word| word.start() >= abstract_from.min(text.len()) || number_at.is_none());
    let stop = found.map_or(text.len(), |word| word.start());
    // A number after the abstract has begun belongs to an act the abstract speaks of.
    let number = number_at.filter(|(start, _)| *start < kind.len() + 60).and_then(|_| first_number(text, text.len()));
    let issued_on = day_of_issue(text, stop);
    let title = found.and_then(|word| text.get(word.start()..)).map(|rest| {
        let ends = [AMENDED.find(rest), NICKNAME.find(rest)].into_iter().flatten().map(|cut| cut.start()).min();
        let rest = ends.and_then(|end| rest.get(..end)).unwrap_or(rest);
        let mut letters = rest.chars();
        let first: String = letters.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
        format!("{} {first}{}", capitalised(&kind.to_lowercase()), letters.as_str().trim_end_matches([',', ' ', ')']))
    });
    (number, title, issued_on)
}

fn first_number(text: &str, stop: usize) -> Option<String> {
    let found = NUMBER.find(text).filter(|found| found.start() < stop)?;
    let number = DocumentNumber::parse(text.get(found.start()..)?)?;
    number.is_full().then(|| number.to_string())
}

fn day_of_issue(text: &str, stop: usize) -> Option<Date> {
    let found = DAY_OF_ISSUE.find(text).filter(|found| found.start() < stop)?;
    day_at_start(text.get(found.start()..)?)
}

fn last_day(text: &str) -> Option<Date> {
    let found = DAY_OF_ISSUE.find_iter(text).last()?;
    day_at_start(text.get(found.start()..)?)
}

/// The statements of a preamble in order; the bases among them begin with `Căn cứ`.
#[derive(Debug, Default)]
pub(crate) struct Preamble {
    pub statements: Vec<String>,
    /// Whether its end was seen.
    pub ended: bool,
}

/// How many lines a statement may have; what is longer is running text.
const LONGEST: usize = 60;

/// Joins the wrapped lines of a preamble into statements and tells where the preamble ends.
pub(crate) fn statements<'t>(lines: impl Iterator<Item = (&'t str, bool)>) -> Preamble {
    let mut statements: Vec<String> = Vec::new();
    let mut closed = true;
    let mut length = 0;
    let mut ended = false;
    for (line, after_gap) in lines.take(4 * MOST) {
        let bare = line.trim_start_matches(['-', '+', '–', ' ']);
        let line = if bare.starts_with("Căn cứ") { bare } else { line };
        let starts = starts_statement(line, closed || after_gap);
        length = if starts { 0 } else { length + 1 };
        if length > LONGEST || ends_preamble(line) {
            ended = true;
            break;
        }
        match statements.last_mut() {
            Some(last) if !starts => {
                last.push(' ');
                last.push_str(line);
            }
            _ => statements.push(line.to_owned()),
        }
        closed = line.ends_with([';', '.', ':']);
    }
    Preamble { statements, ended }
}

static STARTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[-+]\s*)?(?:Căn cứ|Theo đề nghị|Xét |Trên cơ sở|Thực hiện |Sau khi |Được sự |Để |Theo |Quốc hội ban hành|Chính phủ ban hành|Bộ trưởng |Ủy ban |Thống đốc |Hội đồng |Tiếp theo)",
    )
});

static ENDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:quyết định|quyết nghị|chỉ thị|lệnh|thông tư|nghị quyết|nghị định|kết luận|thông báo)\s*:?$|điều\s+\d|chương\s+[ivx\d]|phần\s+(?:thứ|[ivx\d])|mục\s+\d|[1-9]\.\s|[ivx]+\.\s|kính gửi)",
    )
});

fn starts_statement(line: &str, closed: bool) -> bool {
    line.starts_with("Căn cứ ") || (closed && STARTS.is_match(line))
}

/// Letters and figures that what ends a preamble begins with.
fn may_end(line: &str) -> bool {
    line.starts_with([
        'Q', 'q', 'C', 'c', 'L', 'l', 'T', 't', 'N', 'n', 'K', 'k', 'Đ', 'đ', 'P', 'p', 'M', 'm', 'I', 'i', 'V', 'v', 'X', 'x',
    ]) || line.starts_with(|c: char| c.is_ascii_digit())
}

fn ends_preamble(line: &str) -> bool {
    may_end(line) && ENDS.is_match(line) || (is_capitals(line) && line.chars().nth(6).is_some())
}

/// Tells whether a statement is a legal basis: it names an act after `Căn cứ`, and is no quotation
/// that introduces a provision (`Căn cứ khoản 2 Điều 49 Luật …, quy định:`).
pub(crate) fn is_basis(statement: &str) -> bool {
    statement.starts_with("Căn cứ") && !statement.ends_with(':')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use time::macros::date;

    use super::*;

    fn one(text: &str) -> LegalBase {
        let mut bases = legal_bases(&[text.to_owned()]);
        assert_eq!(bases.len(), 1, "{bases:?}");
        bases.remove(0)
    }

    #[test]
    fn a_law_is_named_then_numbered_or_dated() {
        let base = one("Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;");
        assert_eq!(base.title.as_deref(), Some("Luật Tổ chức chính quyền địa phương"));
        assert_eq!((base.number, base.issued_on), (None, Some(date!(2015 - 06 - 19))));
        let base = one("Căn cứ Luật Đất đai số 31/2024/QH15 ngày 18/01/2024 được sửa đổi bởi Luật số 43/2024/QH15;");
        assert_eq!(base.title.as_deref(), Some("Luật Đất đai"));
        assert_eq!(base.number.as_deref(), Some("31/2024/QH15"));
        assert_eq!(one("Căn cứ Luật An ninh mạng năm 2018;").title.as_deref(), Some("Luật An ninh mạng"));
        assert_eq!(one("Căn cứ Luật Công nghệ ngày 29 ngày 6 năm 2006;").issued_on, Some(date!(2006 - 06 - 29)));
    }

    #[test]
    fn a_lower_act_is_numbered_then_described() {
        let base = one(
            "Căn cứ Nghị định số 12/2031/NĐ-CP ngày 5/6/2031 của Chính phủ về việc mở dữ liệu, sửa đổi Nghị định số 1/2030/NĐ-CP;",
        );
        assert_eq!(base.number.as_deref(), Some("12/2031/NĐ-CP"));
        assert_eq!(base.issued_on, Some(date!(2031 - 06 - 05)));
        assert_eq!(base.title.as_deref(), Some("Nghị định về việc mở dữ liệu, sửa đổi Nghị định số 1/2030/NĐ-CP"));
        let base =
            one("Căn cứ Nghị định số 13/2031/NĐ-CP của Chính phủ sửa đổi, bổ sung điều 5 (sau đây gọi tắt là Nghị định 13)");
        assert_eq!(base.title.as_deref(), Some("Nghị định sửa đổi, bổ sung điều 5"));
        let bare = one("Căn cứ Thông tư số 11/2031/TT-BXD ngày 31/8/2031");
        assert_eq!((bare.number.as_deref(), bare.title), (Some("11/2031/TT-BXD"), None));
    }

    #[test]
    fn several_acts_share_a_line() {
        let bases = legal_bases(&[
            "Căn cứ Luật Lam ngày 19/6/2015; Luật Xây: số 50/2014/QH13 ngày 18/6/2014; số 62/2020/QH14 ngày 17/6/2020".into(),
        ]);
        let numbers: Vec<_> = bases.iter().map(|base| base.number.as_deref().unwrap_or("-")).collect();
        assert_eq!(numbers, ["-", "50/2014/QH13", "62/2020/QH14"]);
        assert_eq!(bases[2].title.as_deref(), Some("Luật Xây"));
    }

    #[test]
    fn a_proposal_is_no_basis() {
        let lines = ["Căn cứ Luật", "Lam;", "Theo đề nghị của Sở Lam.", "QUYẾT ĐỊNH:", "Căn cứ sau."];
        let stated = statements(lines.iter().map(|line| (*line, false))).statements;
        assert_eq!(stated, ["Căn cứ Luật Lam;", "Theo đề nghị của Sở Lam."]);
        assert!(!is_basis(&stated[1]));
    }
}
