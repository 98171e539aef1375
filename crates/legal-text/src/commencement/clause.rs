//! What one paragraph says of days of effect.

use super::leaf::Leaf;
use crate::citations::scan::{Found, scan};
use crate::header::dates::day_at_start;
use crate::header::effect::{Said, said};
use time::Date;

/// No paragraph tells more days.
const MOST: usize = 200;
/// How far after a member of a list the next begins at most.
const JOINT: usize = 16;

/// What a paragraph says.
#[derive(Debug, Default)]
pub(super) struct Clause {
    /// The day of the act as a whole.
    pub whole: Option<Date>,
    pub parts: Vec<Part>,
    /// The provisions that the day of the whole act is not for, as ids; none where they are not named.
    pub excepted: Vec<String>,
    pub excepts: bool,
    /// The day of what is listed below it.
    pub listed: Option<Date>,
    /// The provisions that it names, for what stands above it.
    pub named: Vec<String>,
    /// Whether it tells a day of something that is not named by provisions.
    pub unread: bool,
}

/// Provisions and their day.
#[derive(Debug)]
pub(super) struct Part {
    pub provisions: Vec<String>,
    pub from: Date,
    /// Whether it is said right after them, and of a day of the calendar, that they take effect.
    pub is_sure: bool,
}

/// Reads a paragraph of an act whose kind is called `kind`.
pub(super) fn clause(leaf: &Leaf<'_>, kind: &str, issued_on: Option<Date>) -> Clause {
    let line = leaf.plain.rest();
    let mut days: Vec<(Said, bool)> = said(line.printed, kind, issued_on).into_iter().map(|said| (said, true)).collect();
    days.extend(applied(line.small).into_iter().map(|said| (said, false)));
    if days.is_empty() && !leaf.listed {
        return Clause::default();
    }
    days.sort_by_key(|(said, _)| said.span);
    days.truncate(MOST);
    let found = scan(line, issued_on);
    let mut clause = Clause { named: ids(leaf, found.iter()), ..Clause::default() };
    let mut last = 0;
    for (said, says_effect) in days {
        let from = sentence(line.small, said.span.0).max(last);
        last = said.span.1;
        if said.of_act && says_effect {
            if clause.whole.is_none() {
                clause.whole = said.from;
                clause.except(leaf, &found, said.span.1);
            }
            continue;
        }
        let subject = found.iter().filter(|one| (from..said.span.0).contains(&one.start));
        let end = subject.clone().map(|one| one.end).max().unwrap_or_default();
        let is_sure = says_effect && said.is_dated && line.small.get(end..said.span.0).is_some_and(|gap| gap.trim() == "có");
        let others = subject.clone().any(|one| !one.names_no_other());
        let provisions = ids(leaf, subject.filter(|one| one.names_no_other()));
        match said.from {
            _ if others => {}
            Some(day) if !provisions.is_empty() => clause.parts.push(Part { provisions, from: day, is_sure }),
            Some(day) if leaf.introduces && line.small.trim_end().ends_with(':') => clause.listed = Some(day),
            _ => clause.unread |= says_effect,
        }
    }
    clause
}

/// The ids of the provisions that references name.
fn ids<'f>(leaf: &Leaf<'_>, found: impl Iterator<Item = &'f Found<'f>>) -> Vec<String> {
    let named = found.filter(|one| one.names_no_other()).flat_map(|one| &one.provisions);
    let complete = |id: String| match (id.starts_with("para_"), id.starts_with("point_"), leaf.article()) {
        (true, _, Some(article)) => Some(format!("art_{article}__{id}")),
        (_, true, Some(article)) => {
            let clause = leaf.context.clause.as_ref().map_or_else(String::new, |clause| format!("__para_{clause}"));
            Some(format!("art_{article}{clause}__{id}"))
        }
        (true, _, None) | (_, true, None) => None,
        (false, false, _) => Some(id),
    };
    let mut ids: Vec<String> = named.filter_map(|provision| complete(provision.eid(&leaf.context)?)).collect();
    ids.dedup();
    ids
}

impl Clause {
    /// Notes what the rest of the sentence after the day excepts.
    fn except(&mut self, leaf: &Leaf<'_>, found: &[Found<'_>], from: usize) {
        let small = leaf.plain.rest().small;
        let rest = small.get(from..).unwrap_or_default();
        let end = rest.find([';']).or_else(|| rest.find(". ")).map_or(small.len(), |end| from + end);
        let sentence = small.get(from..end).unwrap_or_default();
        let Some(at) = ["trừ ", "ngoại trừ ", "riêng "].iter().filter_map(|word| sentence.find(word)).min() else {
            return;
        };
        self.excepts = true;
        let within = found.iter().filter(|one| (from + at..end).contains(&one.start));
        // What follows the list of exceptions is said of something else.
        let mut last = None;
        let listed = within.take_while(|one| last.replace(one.end).is_none_or(|last| one.start <= last + JOINT));
        self.excepted = ids(leaf, listed);
    }
}

/// Where the sentence begins that a byte stands in.
fn sentence(small: &str, at: usize) -> usize {
    let before = small.get(..at).unwrap_or_default();
    [". ", "; "].iter().filter_map(|stop| Some(before.rfind(stop)? + stop.len())).max().unwrap_or_default()
}

/// The days from which something is applied: `… được áp dụng từ ngày 01/01/2025`.
fn applied(small: &str) -> Vec<Said> {
    let mut found = Vec::new();
    for (at, words) in small.match_indices("từ ngày ") {
        let before = small.get(..at).unwrap_or_default().trim_end();
        let before = before.strip_suffix("kể").unwrap_or(before).trim_end();
        let says = ["áp dụng", "thực hiện"].iter().any(|verb| before.ends_with(verb));
        if let Some(from) = small.get(at + words.len()..).filter(|_| says).and_then(day_at_start) {
            found.push(Said { span: (at, at + words.len()), of_act: false, is_dated: true, from: Some(from) });
        }
    }
    found
}
