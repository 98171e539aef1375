//! What the rows of the tables say of each other.

use super::name::UnitName;
use super::tables::{NewUnit, OldUnit, Step, TableFault};
use kernel::text;
use std::collections::{HashMap, HashSet};

pub(super) fn old_row(row: &OldUnit) -> (&str, &str) {
    (&row.code, &row.name)
}

pub(super) fn new_row(row: &NewUnit) -> (&str, &str) {
    (&row.code, &row.full_name)
}

/// The units of a table by code and name, in its order.
pub(super) fn named<'a>(
    table: &'static str,
    rows: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Vec<(String, UnitName)>, TableFault> {
    let mut seen = HashSet::new();
    let read = |(code, name): (&'a str, &'a str)| {
        let unreadable = || TableFault::Unreadable { table, code: code.to_owned(), name: name.to_owned() };
        let is_code = (2..=10).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
        let name = UnitName::read(name).filter(|_| is_code).ok_or_else(unreadable)?;
        if !seen.insert(code) {
            return Err(TableFault::Twice { table, code: code.to_owned() });
        }
        Ok((code.to_owned(), name))
    };
    rows.map(read).collect()
}

pub(super) fn lies_in(
    table: &'static str,
    code: &str,
    (parent, known): (Option<&String>, &HashMap<String, usize>),
) -> Result<usize, TableFault> {
    let parent = parent.cloned().unwrap_or_default();
    known.get(&parent).copied().ok_or_else(|| TableFault::Nowhere { table, code: code.to_owned(), parent })
}

/// The steps that lead into each unit, by its code, which `target` finds.
pub(super) fn steps_by_target<'a>(
    table: &'static str,
    steps: &'a [Step],
    target: impl Fn(&Step) -> Option<String>,
) -> Result<HashMap<String, Vec<&'a Step>>, TableFault> {
    let mut by_target: HashMap<String, Vec<&Step>> = HashMap::new();
    for step in steps {
        let code = target(step).ok_or_else(|| TableFault::Unknown {
            table,
            old_code: step.old_code.clone(),
            new_code: step.new_code.clone(),
        })?;
        let known = by_target.entry(code).or_default();
        if known.iter().any(|other| other.old_code == step.old_code) {
            return Err(TableFault::Twice { table, code: format!("{} → {}", step.old_code, step.new_code) });
        }
        known.push(step);
    }
    Ok(by_target)
}

/// The units that go on as they were, by their codes, with the step that says so: the only one into the unit, and the only
/// one from it, whole and under the same name.
pub(super) fn going_on<'a>(
    new: &[(String, UnitName)],
    old: &[(String, UnitName)],
    (by_target, steps): (&HashMap<String, Vec<&'a Step>>, &'a [Step]),
) -> HashMap<String, &'a Step> {
    let names: HashMap<&str, String> = old.iter().map(|(code, name)| (code.as_str(), name.key())).collect();
    let mut from: HashMap<&str, usize> = HashMap::new();
    for step in steps {
        *from.entry(step.old_code.as_str()).or_default() += 1;
    }
    let goes_on = |step: &&&Step| {
        let name = text::name_key(&text::one_line(&step.new_name));
        step.extent != "partial"
            && from.get(step.old_code.as_str()) == Some(&1)
            && names.get(step.old_code.as_str()) == Some(&name)
    };
    let only = |code: &String| match by_target.get(code)?.as_slice() {
        [step] => Some((code.clone(), *Some(step).filter(goes_on)?)),
        _ => None,
    };
    new.iter().filter_map(|(code, _)| only(code)).collect()
}

/// The name that a unit had on its first day, where it has another now.
pub(super) fn first_name(steps: &[&Step], now: &UnitName) -> Option<UnitName> {
    let first = UnitName::read(&steps.first()?.new_name)?;
    (first.key() != now.key()).then_some(first)
}
