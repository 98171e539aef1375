//! Provisions that a sentence names: `điểm a và k khoản 2 Điều 8`, `Điều 21, 22`, `từ Điều 5 đến Điều 8`.

use super::numbers::figure;
use super::words::{blanks, word};
use crate::structure::number::{self, Num};

/// A provision as far as it is named; what is missing is meant by what stands after it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Provision {
    pub appendix: Option<Named>,
    pub chapter: Option<Named>,
    pub section: Option<Named>,
    pub article: Option<Named>,
    pub clause: Option<Named>,
    pub point: Option<Named>,
    pub subpoint: Option<Named>,
}

/// A number, or `này`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Named {
    Number(String),
    This,
    /// An appendix that has no number.
    Only,
}

/// What level of the structure a word names, the outermost first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Appendix,
    Chapter,
    Section,
    Article,
    Clause,
    Point,
    Subpoint,
}

const WORDS: [(&str, Level); 8] = [
    ("phụ lục", Level::Appendix),
    ("chương", Level::Chapter),
    ("tiểu mục", Level::Section),
    ("mục", Level::Section),
    ("điều", Level::Article),
    ("khoản", Level::Clause),
    ("điểm", Level::Point),
    ("tiết", Level::Subpoint),
];

/// No sentence names more.
const MOST: usize = 200;

impl Provision {
    fn slot(&mut self, level: Level) -> &mut Option<Named> {
        match level {
            Level::Appendix => &mut self.appendix,
            Level::Chapter => &mut self.chapter,
            Level::Section => &mut self.section,
            Level::Article => &mut self.article,
            Level::Clause => &mut self.clause,
            Level::Point => &mut self.point,
            Level::Subpoint => &mut self.subpoint,
        }
    }

    fn has(&self, level: Level) -> bool {
        match level {
            Level::Appendix => self.appendix.is_some(),
            Level::Chapter => self.chapter.is_some(),
            Level::Section => self.section.is_some(),
            Level::Article => self.article.is_some(),
            Level::Clause => self.clause.is_some(),
            Level::Point => self.point.is_some(),
            Level::Subpoint => self.subpoint.is_some(),
        }
    }

    fn outermost(&self) -> Option<Level> {
        LEVELS.into_iter().find(|level| self.has(*level))
    }

    fn innermost(&self) -> Option<Level> {
        LEVELS.into_iter().rev().find(|level| self.has(*level))
    }

    /// Whether `outer` names only what contains it, right around it: an article around a clause.
    fn lies_in(&self, outer: &Self) -> bool {
        let (Some(own), Some(around)) = (self.outermost(), outer.innermost()) else { return false };
        around < own && own >= Level::Clause && around >= Level::Article
    }

    /// Takes from `outer` what contains `self` and is not named.
    pub(crate) fn complete(&mut self, outer: &Self) {
        let Some(own) = self.outermost() else { return };
        // What groups articles is shared only by what lies at the same depth: not by `Điều 5` in `Điều 5 và Phụ lục I`.
        let beside = outer.innermost().is_some_and(|innermost| innermost >= own);
        for level in LEVELS.into_iter().filter(|level| *level < own) {
            if outer.has(level) && (beside || level >= Level::Article) {
                let mut outer = outer.clone();
                *self.slot(level) = outer.slot(level).take();
            }
        }
    }
}

const LEVELS: [Level; 7] =
    [Level::Appendix, Level::Chapter, Level::Section, Level::Article, Level::Clause, Level::Point, Level::Subpoint];

/// Reads the provisions `text` begins with, and how many bytes they take.
pub(crate) fn provisions(text: &str) -> Option<(Vec<Provision>, usize)> {
    let mut terms: Vec<Vec<Provision>> = Vec::new();
    let mut at = 0;
    let mut end = 0;
    let (mut ranged, mut comma) = (false, false);
    while let Some((term, length)) = term(text.get(at..)?) {
        at += length;
        end = at;
        // `Khoản 1, Điều 6`: a comma between the levels of one provision.
        if comma
            && let [outer] = term.as_slice()
            && let Some(last) = terms.last_mut()
            && last.iter().all(|one| one.lies_in(outer))
        {
            for one in last {
                one.complete(outer);
            }
        } else if ranged && let Some(expanded) = terms.last().and_then(|last| range(last, &term)) {
            terms.pop();
            terms.push(expanded);
        } else {
            terms.push(term);
        }
        if terms.iter().map(Vec::len).sum::<usize>() > MOST {
            break;
        }
        let Some((length, is_range)) = separator(text.get(at..)?) else { break };
        ranged = is_range;
        comma = text.get(at..at + length).is_some_and(|between| between.trim() == ",");
        at += length;
    }
    if terms.is_empty() {
        return None;
    }
    let mut all: Vec<Provision> = terms.into_iter().flatten().collect();
    for at in (0..all.len().saturating_sub(1)).rev() {
        let (head, tail) = all.split_at_mut(at + 1);
        if let (Some(one), Some(next)) = (head.last_mut(), tail.first()) {
            one.complete(next);
        }
    }
    Some((all, end))
}

/// Levels right after each other, from the innermost: `điểm a và b khoản 2 Điều 5`; one provision for each number of a list.
fn term(text: &str) -> Option<(Vec<Provision>, usize)> {
    let mut found = vec![Provision::default()];
    let mut last: Option<Level> = None;
    let mut at = 0;
    let mut end = 0;
    while let Some((level, numbers, length)) = level(text.get(at..)?) {
        // Outwards, or inwards when written that way round: `Điều 5 khoản 2`.
        let fits = last.is_none_or(|last| level != last) && !found.iter().any(|one| one.has(level));
        if !fits || found.len() * numbers.len() > MOST {
            break;
        }
        found = numbers
            .iter()
            .flat_map(|number| {
                found.iter().map(|one| {
                    let mut one = one.clone();
                    *one.slot(level) = Some(number.clone());
                    one
                })
            })
            .collect();
        last = Some(level);
        end = at + length;
        at = end;
        let rest = text.get(at..)?;
        let gap = blanks(rest);
        let rest = rest.get(gap..)?;
        let of = word(rest, "của").or_else(|| word(rest, "tại")).or_else(|| word(rest, "thuộc"));
        at += gap + of.map_or(0, |of| of + blanks(rest.get(of..).unwrap_or_default()));
    }
    last.map(|_| (found, end))
}

/// One word with its numbers: `khoản 1, 2 và 4`.
fn level(text: &str) -> Option<(Level, Vec<Named>, usize)> {
    let plural = word(text, "các").map_or(0, |length| length + blanks(text.get(length..).unwrap_or_default()));
    let rest = text.get(plural..)?;
    let (level, length) = WORDS.iter().find_map(|(name, level)| Some((*level, word(rest, name)?)))?;
    let mut at = plural + length;
    at += blanks(text.get(at..)?);
    let rest = text.get(at..)?;
    if let Some(length) = word(rest, "này") {
        return Some((level, vec![Named::This], at + length));
    }
    let number_word = word(rest, "số").map_or(0, |length| length + blanks(rest.get(length..).unwrap_or_default()));
    let Some((first, length)) = one(rest.get(number_word..)?, level) else {
        let issued = level == Level::Appendix && (word(rest, "ban hành").is_some() || word(rest, "kèm theo").is_some());
        return issued.then_some((level, vec![Named::Only], at.min(plural + "phụ lục".len())));
    };
    at += number_word + length;
    let mut numbers = vec![first];
    while numbers.len() < MOST {
        let Some((length, is_range)) = separator(text.get(at..)?) else { break };
        let rest = text.get(at + length..)?;
        let Some((next, taken)) = one(rest, level).filter(|(_, taken)| continues(rest, *taken, level)) else { break };
        if is_range && let Some(between) = numbers.last().and_then(|first| between(first, &next)) {
            numbers.extend(between);
        }
        numbers.push(next);
        at += length + taken;
    }
    Some((level, numbers, at))
}

/// Whether a number after a separator still belongs to the list, and is no quantity: `Điều 5, 2 năm`.
fn continues(text: &str, taken: usize, level: Level) -> bool {
    let rest = text.get(taken..).unwrap_or_default();
    let after = rest.trim_start();
    let counted = [
        "năm",
        "tháng",
        "ngày",
        "lần",
        "đồng",
        "người",
        "trường hợp",
        "loại",
        "mức",
        "%",
        "/",
        "tỷ",
        "triệu",
        "giờ",
        "bộ",
        "bản",
        "đơn vị",
    ]
    .iter()
    .any(|word| after.starts_with(word));
    let letter = matches!(level, Level::Point | Level::Subpoint);
    !counted
        && (letter || !rest.starts_with('.') || !rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())))
}

/// One number of a level.
fn one(text: &str, level: Level) -> Option<(Named, usize)> {
    let ends = |length: usize| text.get(length..).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    match level {
        Level::Article | Level::Clause => {
            let (value, digits) = figure(text, 4)?;
            let suffix = text.get(digits..)?.chars().next().filter(|c| c.is_lowercase() && ends(digits + c.len_utf8()));
            let length = digits + suffix.map_or(0, char::len_utf8);
            ends(length).then(|| (Named::Number(format!("{value}{}", suffix.map_or(String::new(), String::from))), length))
        }
        Level::Point | Level::Subpoint => letter(text),
        Level::Chapter | Level::Section | Level::Appendix => {
            let length = text.find(|c: char| !(c.is_ascii_alphanumeric())).unwrap_or(text.len());
            let printed = text.get(..length)?;
            let is_number = printed.bytes().all(|b| b.is_ascii_digit()) && printed.len() <= 3
                || number::roman(printed).is_some()
                || printed.len() == 1 && printed.bytes().all(|b| b.is_ascii_uppercase());
            (is_number && !printed.is_empty() && ends(length)).then(|| (Named::Number(printed.to_owned()), length))
        }
    }
}

/// `a`, `đ`, `a)`, `1.1`, `a.1`; a letter alone, not one that begins a word.
fn letter(text: &str) -> Option<(Named, usize)> {
    let first = text.chars().next()?;
    if first.is_ascii_digit() {
        let length = text.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(text.len());
        let printed = text.get(..length)?.trim_end_matches('.');
        let shape = printed.len() <= 6 && !text.get(printed.len()..)?.starts_with(char::is_alphanumeric);
        return shape.then(|| (Named::Number(printed.to_owned()), printed.len()));
    }
    if !first.is_lowercase() || number::order(first).is_none() {
        return None;
    }
    let mut length = first.len_utf8();
    let tail = text.get(length..)?;
    let numbered = tail.strip_prefix('.').unwrap_or(tail);
    let digits = numbered.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        length = text.len() - numbered.len() + digits;
    }
    let rest = text.get(length..)?;
    if rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let printed = text.get(..length)?;
    let bracket = usize::from(rest.starts_with(')'));
    Some((Named::Number(printed.to_owned()), length + bracket))
}

/// What parts the members of a list, and whether it makes a range of them.
fn separator(text: &str) -> Option<(usize, bool)> {
    let mut at = blanks(text);
    let rest = text.get(at..)?;
    let mark = rest.chars().next()?;
    if matches!(mark, ',' | ';') {
        at += 1;
        at += blanks(text.get(at..)?);
        let rest = text.get(at..)?;
        if let Some(length) = word(rest, "và").or_else(|| word(rest, "hoặc")) {
            at += length;
            at += blanks(text.get(at..)?);
        }
        return Some((at, false));
    }
    if matches!(mark, '-' | '–') {
        at += mark.len_utf8();
        return Some((at + blanks(text.get(at..)?), true));
    }
    let (length, is_range) = word(rest, "và")
        .or_else(|| word(rest, "hoặc"))
        .map(|length| (length, false))
        .or_else(|| word(rest, "đến").map(|length| (length, true)))?;
    at += length;
    at += blanks(text.get(at..)?);
    if is_range && let Some(length) = word(text.get(at..)?, "hết") {
        at += length;
        at += blanks(text.get(at..)?);
    }
    Some((at, is_range))
}

/// The numbers between two of a range, both left out.
fn between(first: &Named, last: &Named) -> Option<Vec<Named>> {
    let (Named::Number(first), Named::Number(last)) = (first, last) else { return None };
    if let (Ok(from), Ok(to)) = (first.parse::<u32>(), last.parse::<u32>()) {
        let fits = from < to && to - from < 100;
        return fits.then(|| (from + 1..to).map(|number| Named::Number(number.to_string())).collect());
    }
    let letter = |text: &str| text.chars().next().filter(|c| text.len() == c.len_utf8());
    let (from, to) = (number::order(letter(first)?)?, number::order(letter(last)?)?);
    let vietnamese = |at: usize| "abcdđeghiklmnopqrstuvxy".chars().find(|c| number::order(*c) == Some(at));
    (from < to).then(|| (from + 1..to).filter_map(vietnamese).map(|letter| Named::Number(letter.to_string())).collect())
}

/// `từ Điều 5 đến Điều 8`: both ends name their level.
fn range(first: &[Provision], last: &[Provision]) -> Option<Vec<Provision>> {
    let ([from], [to]) = (first, last) else { return None };
    let level = from.innermost()?;
    let mut from_one = from.clone();
    let mut to_one = to.clone();
    let (start, end) = (from_one.slot(level).clone()?, to_one.slot(level).clone()?);
    let mut all = vec![from.clone()];
    for number in between(&start, &end)? {
        let mut one = to.clone();
        *one.slot(level) = Some(number);
        all.push(one);
    }
    all.push(to.clone());
    Some(all)
}

impl Provision {
    /// The id of the provision by the naming convention, without what groups articles unless nothing else is named.
    /// `context` gives what `này` means.
    pub fn eid(&self, context: &Context) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        match &self.appendix {
            Some(Named::Number(number)) => parts.push(format!("att_{}", number.to_uppercase())),
            Some(Named::Only) => parts.push("att".to_owned()),
            _ => {}
        }
        let inner = self.article.is_some() || self.clause.is_some() || self.point.is_some();
        if !inner {
            let group = |name: &Option<Named>, this: &Option<String>, token: &str| match name {
                Some(Named::Number(number)) => Some(format!("{token}_{}", crate::structure::id_number(number))),
                Some(Named::This) => this.clone(),
                _ => None,
            };
            parts.extend(group(&self.chapter, &context.chapter, "chp"));
            parts.extend(group(&self.section, &context.section, "sec"));
        }
        let this_clause = matches!(self.clause, Some(Named::This)) || matches!(self.point, Some(Named::This));
        match &self.article {
            Some(Named::Number(number)) => parts.push(format!("art_{}", id(number))),
            Some(Named::This) => parts.push(format!("art_{}", context.article.as_ref()?)),
            _ if this_clause => parts.push(format!("art_{}", context.article.as_ref()?)),
            _ => {}
        }
        match &self.clause {
            Some(Named::Number(number)) => parts.push(format!("para_{}", id(number))),
            Some(Named::This) => parts.push(format!("para_{}", context.clause.as_ref()?)),
            _ if matches!(self.point, Some(Named::This)) => {
                parts.extend(context.clause.as_ref().map(|clause| format!("para_{clause}")))
            }
            _ => {}
        }
        match &self.point {
            Some(Named::Number(number)) => parts.push(format!("point_{}", id(number))),
            Some(Named::This) => parts.push(format!("point_{}", context.point.as_ref()?)),
            _ => {}
        }
        if let Some(Named::Number(number)) = &self.subpoint {
            parts.push(format!("subpoint_{}", id(number)));
        }
        (!parts.is_empty()).then(|| parts.join("__"))
    }

    /// Whether `này` is said of any of its levels.
    pub fn is_here(&self) -> bool {
        [&self.chapter, &self.section, &self.article, &self.clause, &self.point, &self.appendix]
            .into_iter()
            .any(|named| matches!(named, Some(Named::This)))
    }

    /// Whether no more than `này` is named: it says where it stands, and cites nothing.
    pub fn is_bare(&self) -> bool {
        let named = [&self.chapter, &self.section, &self.article, &self.clause, &self.point, &self.subpoint, &self.appendix];
        named.into_iter().flatten().all(|named| *named == Named::This)
    }
}

fn id(number: &str) -> String {
    match Num::parse(number) {
        Some(Num { figure, letter: 0 }) if number.bytes().all(|b| b.is_ascii_digit()) => figure.to_string(),
        _ => crate::structure::id_number(number),
    }
}

/// Where a sentence stands: what `Điều này`, `khoản này` mean in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    pub chapter: Option<String>,
    pub section: Option<String>,
    pub article: Option<String>,
    pub clause: Option<String>,
    pub point: Option<String>,
    /// The attachment, by id.
    pub attachment: Option<String>,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn eids(text: &str) -> Vec<String> {
        let context = Context { article: Some("7".into()), clause: Some("2".into()), ..Context::default() };
        provisions(text).map(|(found, _)| found.iter().filter_map(|one| one.eid(&context)).collect()).unwrap_or_default()
    }

    #[test]
    fn lists_and_ranges_are_written_out() {
        assert_eq!(eids("khoản 1 Điều 10 Nghị định"), ["art_10__para_1"]);
        assert_eq!(eids("điểm a và k khoản 2 Điều 8 của Quy chế này"), ["art_8__para_2__point_a", "art_8__para_2__point_k"]);
        assert_eq!(eids("Điều 21, 22 của Luật"), ["art_21", "art_22"]);
        assert_eq!(
            eids("khoản 1, khoản 2 và điểm đ khoản 3 Điều 5"),
            ["art_5__para_1", "art_5__para_2", "art_5__para_3__point_dd"]
        );
        assert_eq!(eids("các điều 5, 6 và 7 Luật"), ["art_5", "art_6", "art_7"]);
        assert_eq!(eids("Điều 5 đến Điều 8"), ["art_5", "art_6", "art_7", "art_8"]);
        assert_eq!(eids("khoản 1 đến khoản 3 Điều 9"), ["art_9__para_1", "art_9__para_2", "art_9__para_3"]);
        assert_eq!(eids("khoản 2 Điều này"), ["art_7__para_2"]);
        assert_eq!(eids("điểm a khoản này"), ["art_7__para_2__point_a"]);
        assert_eq!(eids("Điều 5, 2 năm"), ["art_5"]);
        assert_eq!(eids("Khoản 1, Điều 6, Nghị định"), ["art_6__para_1"]);
        assert_eq!(eids("khoản 1, khoản 2, Điều 6"), ["art_6__para_1", "art_6__para_2"]);
        assert_eq!(eids("Điều 7a và khoản 3a Điều 9"), ["art_7a", "art_9__para_3a"]);
        assert_eq!(eids("Mục II Phụ lục I"), ["att_I__sec_2"]);
        assert_eq!(eids("điểm a khoản 1 Điều 2 và Chương III"), ["art_2__para_1__point_a", "chp_3"]);
        assert_eq!(eids("khoản 1 Điều 5 và Phụ lục I"), ["art_5__para_1", "att_I"]);
        assert!(eids("điểm danh").is_empty() && eids("khoản tiền").is_empty() && eids("Điều lệ").is_empty());
    }
}
