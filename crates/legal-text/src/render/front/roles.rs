//! What each cell of the letterhead is.

use super::super::clean::Prose;
use super::super::source::{Field, Mark, Source};
use super::keys::Keys;
use super::{Role, Side};
use crate::node::Node;
use std::ops::Range;

pub(super) fn roles(source: &Source<'_>, keys: &Keys, cells: &[(&Node, Range<usize>)]) -> Vec<Role> {
    let country = keys.find("Cộng hòa xã hội chủ nghĩa Việt Nam", 0);
    let motto = keys.find("Độc lập Tự do Hạnh phúc", 0);
    let day = keys.day(None);
    let number = source.read.header.number.as_deref().and_then(|number| keys.find(number, 0));
    let title = source.fields.iter().find(|field| field.mark == Mark::Field(Field::Title)).map(|field| field.at.clone());
    let kind = source.fields.iter().find(|field| field.mark == Mark::Field(Field::Type)).map(|field| field.at.clone());
    let meets = |range: &Option<Range<usize>>, cell: &Range<usize>| {
        range.as_ref().is_some_and(|range| range.start < cell.end && cell.start < range.end)
    };
    let mut roles: Vec<Option<Role>> = Vec::with_capacity(cells.len());
    for (at, (_, cell)) in cells.iter().enumerate() {
        let printed = crate::lower(source.slice(cell).trim_start_matches(|c: char| !c.is_alphanumeric()));
        let continues = roles.last() == Some(&Some(Role::Subject)) && source.slice(cell).starts_with(char::is_lowercase);
        roles.push(if meets(&country, cell) {
            Some(Role::Country)
        } else if meets(&motto, cell) {
            Some(Role::Motto)
        } else if meets(&kind, cell) && !meets(&title, cell) {
            Some(Role::Type)
        } else if meets(&day, cell) {
            Some(Role::Date)
        } else if printed.starts_with("v/v") {
            Some(Role::Subject)
        } else if meets(&number, cell) && !meets(&title, cell) || is_number_label(&printed) {
            Some(Role::Number)
        } else if meets(&title, cell) {
            Some(Role::Title)
        } else if Prose::of(source, cell.clone()).is_rule() {
            rule(source, cells, at, roles.last().copied().flatten())
        } else {
            continues.then_some(Role::Subject)
        });
    }
    let above = roles.iter().rposition(|role| role.is_some_and(|role| role.side() != Side::Middle));
    roles
        .into_iter()
        .enumerate()
        .map(|(at, role)| role.unwrap_or(if above.is_some_and(|above| at <= above) { Role::Issuer } else { Role::Other }))
        .collect()
}

/// What a drawn line belongs to: the line before it or, of two beside each other, the authority and the motto.
fn rule(source: &Source<'_>, cells: &[(&Node, Range<usize>)], at: usize, before: Option<Role>) -> Option<Role> {
    let beside = |first: Option<usize>| {
        let first = first?;
        let between = cells.get(first)?.1.end..cells.get(first + 1)?.1.start;
        (!source.slice(&between).contains('\n')).then_some(())
    };
    if beside(at.checked_sub(1)).is_some() {
        Some(Role::Motto)
    } else if beside(Some(at)).is_some() {
        Some(Role::Issuer)
    } else {
        before
    }
}

fn is_number_label(printed: &str) -> bool {
    ["số:", "số :", "luật số", "bộ luật số", "pháp lệnh số"].iter().any(|label| printed.starts_with(label)) || printed == "số"
}
