//! When an act takes effect and when it ends, by its own closing articles (Luật 64/2025/QH15 Điều 53).

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use time::{Date, Duration, Month};

use super::dates::{day_and_rest, day_at_start, first_chars};
use super::number::DocumentNumber;
use crate::layout::Source;
use crate::pattern;

/// What an act says about the time it is in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Effect {
    pub from: Option<Date>,
    /// The first day no longer in force.
    pub until: Option<Date>,
    /// The day of signing, where the clause gives it: `kể từ ngày ký (17/1/2025)`.
    pub signed_on: Option<Date>,
    /// The number by which the act names itself.
    pub own_number: Option<DocumentNumber>,
    /// An effect clause stands in the text but its day cannot be computed from it.
    pub unreadable: Option<String>,
}

/// Every mention of effect: its first syllable, since a line may break in the middle.
static MENTION: LazyLock<Regex> = LazyLock::new(|| pattern(r"hiệu|thi[ \n]hành[ \n](?:từ|kể)"));

/// How much text around a mention is read, in bytes.
const BEFORE: usize = 420;
const AFTER: usize = 700;

/// Reads the effect clauses among some lines of an act whose kind is called `kind_name`.
pub(super) fn effect(source: &Source<'_>, lines: Range<usize>, kind_name: &str, signed_on: Option<Date>) -> Effect {
    let text = source.slice(lines);
    let kind = kind_name.to_lowercase();
    let mut effect = Effect::default();
    for mention in MENTION.find_iter(text) {
        let Some(clause) = Clause::at(text, mention.start(), &kind) else { continue };
        if clause.ends {
            if effect.until.is_none() && clause.before.ends_with(&format!("{kind} này")) {
                effect.until = FROM_DAY.find(&clause.after).and_then(|from| day_at_start(clause.after.get(from.end()..)?));
            }
        } else if effect.from.is_none() && clause.speaks_of_the_act(&kind) {
            take(&mut effect, &clause, signed_on);
        }
    }
    effect
}

fn take(effect: &mut Effect, clause: &Clause, signed_on: Option<Date>) {
    let tail = first_chars(&clause.after, 260);
    if let Some((day, stated)) = from_signing(tail, signed_on) {
        effect.from = Some(day);
        effect.signed_on = stated.then_some(day);
        effect.own_number = clause.own_number();
    } else if let Some((from, until)) = stated(tail, signed_on) {
        effect.from = Some(from);
        effect.until = until.or(effect.until);
    } else if effect.unreadable.is_none() && tail.starts_with(char::is_alphabetic) {
        let words: Vec<&str> = clause.before.split(' ').rev().take(3).collect();
        let subject = words.into_iter().rev().collect::<Vec<_>>().join(" ");
        effect.unreadable = Some(format!("{subject} có hiệu lực {}", first_chars(tail, 80)));
    }
}

/// A day of effect that a sentence states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    /// Where `hiệu lực` stands in the sentence, and where it ends.
    pub span: (usize, usize),
    /// Whether it is said of the act as a whole.
    pub of_act: bool,
    /// Whether it is a day of the calendar, not one of signing or passing.
    pub is_dated: bool,
    /// The day; none where it cannot be computed.
    pub from: Option<Date>,
}

/// The days of effect that a sentence in one line states, for an act whose kind is called `kind_name`.
pub(crate) fn said(line: &str, kind_name: &str, signed_on: Option<Date>) -> Vec<Said> {
    let kind = kind_name.to_lowercase();
    let mut found = Vec::new();
    for mention in MENTION.find_iter(line) {
        let before = line.get(..mention.start()).unwrap_or_default().trim_end();
        let tail = line.get(mention.start()..).unwrap_or_default();
        let effect = tail.strip_prefix("hiệu lực");
        let (is_said, after) = match effect {
            Some(after) => (before.ends_with("có"), after),
            None => (tail.starts_with("thi hành") && !before.ends_with("hiệu lực"), tail),
        };
        let tail = first_chars(without_lead(after), 260);
        // `kể từ ngày Luật này có hiệu lực`: a point in time, and no statement of one.
        let tells = tail.starts_with("kể") || tail.starts_with("từ") || tail.starts_with("sau") || tail.starts_with("vào");
        if !is_said || !tells {
            continue;
        }
        let of_act = Clause::at(line, mention.start(), &kind).is_some_and(|clause| clause.speaks_of_the_act(&kind));
        let from = from_signing(tail, signed_on).map(|(from, _)| from);
        let (is_dated, from) = (from.is_none(), from.or_else(|| stated(tail, signed_on).map(|(from, _)| from)));
        let end = mention.start() + effect.map_or(0, |_| "hiệu lực".len());
        found.push(Said { span: (mention.start(), end), of_act, is_dated, from });
    }
    found
}

/// A mention of effect in one line: the words before it in small letters, the words after it.
#[derive(Debug)]
struct Clause {
    before: String,
    /// The last words before it as they are printed.
    subject: String,
    after: String,
    /// `… hết hiệu lực từ …`
    ends: bool,
}

impl Clause {
    fn at(text: &str, at: usize, kind: &str) -> Option<Clause> {
        let effect_after = text.get(at..)?.strip_prefix("hiệu");
        let head = text.get(..at)?.trim_end_matches(is_gap);
        let (head, ends) = match effect_after {
            None => (head, false),
            Some(rest) if !rest.trim_start_matches(is_gap).starts_with("lực") => return None,
            Some(_) => match head.strip_suffix("có") {
                Some(head) => (head, false),
                None => (head.strip_suffix("hết")?, true),
            },
        };
        if !may_name_act(head, kind) {
            return None;
        }
        let head = flat(head.get(ceil(head, head.len().saturating_sub(BEFORE))..)?);
        let printed = head.trim_end_matches([' ', ',']);
        let subject = printed.get(ceil(printed, printed.len().saturating_sub(60))..)?.to_owned();
        let head = head.to_lowercase();
        let head = head.trim_end();
        let head = if effect_after.is_none() { head.strip_suffix("được").unwrap_or(head) } else { head };
        let before = without_remark(head.trim_end_matches([' ', ',']));
        if !before.contains(word_of(kind)) && !before.ends_with("văn bản này") {
            return None;
        }
        let tail = flat(text.get(at..floor(text, at + AFTER))?);
        let after = tail.strip_prefix("hiệu lực").unwrap_or(&tail);
        Some(Clause { before: before.to_owned(), subject, after: without_lead(after).to_owned(), ends })
    }

    /// The subject of the clause is the act itself: `Quyết định này`, not a provision of it, nor a
    /// cited act, nor a mere `trước ngày Quyết định này`.
    fn speaks_of_the_act(&self, kind: &str) -> bool {
        let this = format!("{kind} này");
        let before = self.before.as_str();
        if let Some(lead) = before.strip_suffix("này") {
            let lead = lead.trim_end();
            let named = lead.ends_with(kind) || lead.ends_with("văn bản") || lead.ends_with(word_of(kind));
            let lead = lead.trim_end_matches(kind).trim_end_matches(word_of(kind)).trim_end();
            return named && !["của", "ngày", "khi", "theo", "điểm"].iter().any(|word| lead.ends_with(word));
        }
        if before.ends_with(" và") || before.ends_with(|c: char| c.is_ascii_digit()) {
            // `… này đã được … thông qua ngày 07 tháng 12 năm 2017, có hiệu lực …`
            let own = before.rfind(&this).and_then(|at| before.get(at..)).unwrap_or_default();
            return !own.is_empty() && (before.ends_with(" và") || own.contains("thông qua") || own.contains("ban hành"))
                || before.ends_with(|c: char| c.is_ascii_digit()) && self.after_signing() && own_number(before, kind);
        }
        if let Some(lead) = before.strip_suffix(kind) {
            let lead = lead.trim_end();
            return lead.ends_with(['.', ':', ';', '-'])
                || lead.ends_with(char::is_numeric)
                || lead.ends_with("thi hành")
                || lead.ends_with("hiệu lực")
                || lead.is_empty();
        }
        // Only the act itself takes effect on the day it is signed: `Thông tư số 5/2031/TT-BLAM có hiệu lực kể từ ngày ký`.
        self.after_signing() && own_number(before, kind)
    }

    /// The number after the kind where the subject ends with one.
    fn own_number(&self) -> Option<DocumentNumber> {
        let at = self.subject.rfind(" số ")?;
        let (number, rest) = DocumentNumber::parse_start(self.subject.get(at + " số ".len()..)?)?;
        (number.is_full() && rest.trim().is_empty()).then_some(number)
    }

    fn after_signing(&self) -> bool {
        FROM_SIGNING.is_match(&self.after)
    }
}

/// The word an act of a kind calls itself by: a joint circular says `Thông tư này`.
fn word_of(kind: &str) -> &str {
    kind.strip_suffix(" liên tịch").unwrap_or(kind)
}

/// Whether the words end with the kind and a number: `thông tư số 5/2031/tt-blam`.
fn own_number(before: &str, kind: &str) -> bool {
    let Some(at) = before.rfind(&format!("{kind} số ")) else { return false };
    let rest = before.get(at + kind.len()..).unwrap_or_default();
    let sentence = before.get(..at).unwrap_or_default().trim_end();
    rest.split(' ').filter(|word| !word.is_empty()).count() == 2 && (sentence.is_empty() || sentence.ends_with(['.', ':', ';']))
}

/// A cheap look at the last word before a mention: the subject of a clause of the act's own ends with one of these.
fn may_name_act(head: &str, kind: &str) -> bool {
    let head = head.trim_end_matches(is_gap).trim_end_matches(',').trim_end_matches(is_gap);
    let last = head.rsplit(is_gap).next().unwrap_or_default();
    let kinds = kind.rsplit(' ').next().unwrap_or_default();
    let is_kind = || flat(last).to_lowercase() == kinds;
    last.ends_with("này")
        || last.ends_with([')', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        || last == "và"
        || last == "được"
        || last.contains('/')
        || last.len() == kinds.len() && is_kind()
}

/// White space as one space each, marks of emphasis and cells left out.
fn flat(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '*' | '\\' | '\u{200b}' | '\u{feff}' | '\u{ad}' => {}
            'Ð' => line.push('Đ'),
            'ð' => line.push('đ'),
            c if c.is_whitespace() || c == '|' => {
                if !line.is_empty() && !line.ends_with(' ') {
                    line.push(' ');
                }
            }
            c => line.push(c),
        }
    }
    line
}

/// White space and marks between two words.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '\\' | '|' | '\u{200b}' | '\u{ad}')
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// `Quyết định này (sau đây gọi là …)` without the remark.
fn without_remark(before: &str) -> &str {
    let open = before.strip_suffix(')').and_then(|inner| inner.rfind('('));
    let bare = open.filter(|at| before.len() - at < 120).and_then(|at| before.get(..at)).unwrap_or(before);
    bare.trim_end_matches([' ', ','])
}

/// What stands between `hiệu lực` and the time: `thi hành`, `pháp luật`, a comma or a colon.
fn without_lead(after: &str) -> &str {
    let mut rest = after;
    for lead in ["thi hành", "pháp luật", "thi hành"] {
        rest = rest.trim_start_matches([' ', ',', ':']);
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    rest.trim_start_matches([' ', ',', ':'])
}

static AFTER_DAYS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:kể\s+từ\s+)?sau\s+(\d{1,3})\s*(?:\([^()]{0,40}\)\s*)?ngày\s*,?\s*(?:kể\s+)?(?:từ\s+)?(?:ngày\s*)?(?:được\s+)?(?:[\p{L}\s]{0,60}?)?(?:ký|ban\s+hành|thông\s+qua)",
    )
});

static FROM_SIGNING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:thi\s+hành\s+)?(?:(?:kể\s+)?(?:từ|sau)\s+(?:ngày|khi)\s*(?:[\p{L}\s]{0,60}?)?(?:ký|ban\s+hành|thông\s+qua)|kể\s+ngày\s+ký|ngay\s+(?:từ\s+ngày|sau\s+khi)\s+(?:ký|ban\s+hành|được)|khi\s+được\s+[\p{L}\s]{0,60}?thông\s+qua)(?:\s+ban\s+hành)?",
    )
});

static FROM_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:thi\s+hành\s+)?,?\s*(?:bắt\s+đầu\s+)?(?:kể\s+)?từ\s+(?:(?:0|00)\s*(?:giờ|h)\s*(?:00)?\s*(?:phút)?\s*,?\s*)?(?:ngày\s*)?",
    )
});

/// A budget year begins on 1 January (Luật 83/2015/QH13 Điều 14).
static FROM_BUDGET_YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:kể\s+)?từ\s+năm\s+ngân\s+sách\s+(\d{4})"));

static UNTIL_DAY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[^.;]{0,60}?(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?"));

/// The day of signing as the day of effect, and whether the clause itself gives it.
fn from_signing(tail: &str, signed_on: Option<Date>) -> Option<(Date, bool)> {
    let found = FROM_SIGNING.find(tail)?;
    let stated = tail.get(found.end()..)?.trim_start().strip_prefix('(').and_then(day_at_start);
    match (stated, signed_on) {
        (Some(day), None) => Some((day, true)),
        (_, signed) => Some((signed?, false)),
    }
}

fn stated(tail: &str, signed_on: Option<Date>) -> Option<(Date, Option<Date>)> {
    if let Some(found) = tail.contains("sau").then(|| AFTER_DAYS.captures(tail)).flatten() {
        let days: i64 = found.get(1)?.as_str().parse().ok()?;
        return Some((signed_on?.checked_add(Duration::days(days))?, None));
    }
    if let Some(found) = FROM_BUDGET_YEAR.captures(tail) {
        let year = found.get(1)?.as_str().parse().ok()?;
        return Some((Date::from_calendar_date(year, Month::January, 1).ok()?, None));
    }
    let rest = tail.get(FROM_DAY.find(tail)?.end()..)?;
    let (from, rest) = day_and_rest(rest)?;
    let until = UNTIL_DAY.find(rest).and_then(|found| day_at_start(rest.get(found.end()..)?)).filter(|until| *until > from);
    // `đến (hết) ngày` names the last day in force.
    Some((from, until.and_then(Date::next_day)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use time::macros::date;

    use super::*;

    fn read(text: &str, kind: &str, signed_on: Option<Date>) -> Effect {
        let source = Source::of(text);
        effect(&source, 0..source.lines(), kind, signed_on)
    }

    fn from(text: &str, kind: &str) -> Option<Date> {
        read(text, kind, Some(date!(2015 - 10 - 05))).from
    }

    #[test]
    fn effect_clauses_are_computed() {
        let decision = "Quyết định";
        assert_eq!(from("Quyết định này có hiệu lực sau 10 ngày, kể từ ngày ký.", decision), Some(date!(2015 - 10 - 15)));
        assert_eq!(from("Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành", decision), Some(date!(2015 - 10 - 05)));
        assert_eq!(from("Quyết định này có hiệu lực thi hành kể ngày ký.", decision), Some(date!(2015 - 10 - 05)));
        assert_eq!(from("Quyết định này có hiệu lực từ ngày 01/01/2025.", decision), Some(date!(2025 - 01 - 01)));
        assert_eq!(
            from("Quyết\nđịnh này **có hiệu\nlực** thi hành,\nkể từ ngày 01/01/2025.", decision),
            Some(date!(2025 - 01 - 01))
        );
        assert_eq!(from("Quyết định này thi hành kể từ ngày 01/01/2025.", decision), Some(date!(2025 - 01 - 01)));
        assert_eq!(from("Điều 2. Quyết định có hiệu lực kể từ ngày ký.", decision), Some(date!(2015 - 10 - 05)));
        assert_eq!(from("1. Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2019.", "Luật"), Some(date!(2019 - 07 - 01)));
        assert_eq!(from("Thông tư này có hiệu lực từ ngày 01/01/2025.", "Thông tư liên tịch"), Some(date!(2025 - 01 - 01)));
        assert_eq!(from("Luật này có hiệu lực thi hành từ năm ngân sách 2017.", "Luật"), Some(date!(2017 - 01 - 01)));
        assert_eq!(
            from(
                "Nghị quyết này được Hội đồng nhân dân tỉnh thông qua ngày 1/12/2020 và có hiệu lực từ ngày 11/12/2020",
                "Nghị quyết"
            ),
            Some(date!(2020 - 12 - 11))
        );
        let council = "Nghị quyết này có hiệu lực sau 10 ngày kể từ ngày Hội đồng nhân dân tỉnh thông qua.";
        assert_eq!(from(council, "Nghị quyết"), Some(date!(2015 - 10 - 15)));
    }

    #[test]
    fn a_resolution_may_name_its_adoption_before_its_effect() {
        let clause = "Nghị quyết này đã được Hội đồng nhân dân tỉnh thông qua ngày 07 tháng 12 năm 2017, có hiệu lực thi hành \
                      kể từ ngày 01 tháng 01 năm 2018 và được thực hiện đến hết ngày 31 tháng 12 năm 2022";
        let read = read(clause, "Nghị quyết", Some(date!(2017 - 12 - 07)));
        assert_eq!((read.from, read.until), (Some(date!(2018 - 01 - 01)), Some(date!(2023 - 01 - 01))));
    }

    #[test]
    fn an_act_may_name_itself_by_its_number_and_tell_when_it_was_signed() {
        let clause = "1. Thông tư số 5/2031/TT-BLAM có hiệu lực thi hành kể từ ngày ký (17/1/2031).";
        let read = read(clause, "Thông tư", None);
        assert_eq!((read.from, read.signed_on), (Some(date!(2031 - 01 - 17)), Some(date!(2031 - 01 - 17))));
        assert_eq!(read.own_number.unwrap().as_str(), "5/2031/TT-BLAM");
        assert_eq!(from("kể từ ngày Thông tư số 5/2031/TT-BLAM có hiệu lực từ ngày 1/1/2031", "Thông tư"), None);
    }

    #[test]
    fn other_clauses_are_not_the_acts_own() {
        assert_eq!(from("Quyết định số 5/QĐ-UBND hết hiệu lực kể từ ngày Quyết định này có hiệu lực", "Quyết định"), None);
        assert_eq!(from("khoản 3 Điều 2 của Luật này có hiệu lực từ ngày 01/5/2025", "Luật"), None);
        assert_eq!(from("trước ngày Luật này có hiệu lực thi hành thì", "Luật"), None);
        assert_eq!(from("Quy chế này có hiệu lực từ ngày 01/5/2025", "Quyết định"), None);
    }

    #[test]
    fn the_end_is_the_acts_own() {
        let ends = read("Nghị quyết này có hiệu lực từ ngày 01/01/2025 đến hết ngày 31/12/2026.", "Nghị quyết", None);
        assert_eq!(ends.until, Some(date!(2027 - 01 - 01)), "the first day no longer in force");
        let ends = read("Nghị quyết này hết hiệu lực thi hành kể từ ngày 01/01/2027.", "Nghị quyết", None);
        assert_eq!(ends.until, Some(date!(2027 - 01 - 01)));
        let other = read("Nghị quyết số 3/NQ-CP hết hiệu lực từ ngày 01/01/2025.", "Nghị quyết", None);
        assert_eq!(other.until, None);
    }
}
