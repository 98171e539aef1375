//! What has to hold of a hit, in the words of Meilisearch.

use super::layout::{FACETS, ID, day};
use super::values;
use crate::{At, Filter, Query};
use kernel::Id;

/// Hits that stand for a whole resource: to count them is to count resources.
pub(super) const HEADS: &str = "head = 1";
/// Records that are a part of a resource.
pub(super) const PARTS: &str = "head = 0";

/// All that has to hold for a query besides its text.
pub(super) fn all(query: &Query) -> String {
    let today = day(query.at.day());
    let mut parts = vec![format!("from <= {today}"), format!("until > {today}")];
    if let At::InForce(_) = query.at {
        parts.push("in_force = 1".to_owned());
    }
    parts.extend(query.filters.iter().filter_map(one));
    parts.extend(not(&query.without));
    parts.join(" AND ")
}

/// This and that.
pub(super) fn and(one: &str, other: &str) -> String {
    format!("{one} AND {other}")
}

/// None of these resources.
pub(super) fn not(ids: &[Id]) -> Option<String> {
    let ids: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    if ids.is_empty() { None } else { Some(format!("{ID} NOT IN [{}]", ids.join(", "))) }
}

/// One of these resources.
pub(super) fn among(ids: &[Id]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    format!("{ID} IN [{}]", ids.join(", "))
}

/// This resource.
pub(super) fn of_resource(id: &str) -> String {
    format!("{ID} = {}", quoted(id))
}

/// The number, or the beginning of one.
pub(super) fn number(form: &str) -> String {
    format!("number_forms = {}", quoted(form))
}

fn one(filter: &Filter) -> Option<String> {
    match filter {
        Filter::Any(name, values) => Some(format!("{} IN [{}]", facet(name), list(values))),
        Filter::None(_, values) if values.is_empty() => None,
        Filter::None(name, values) => Some(format!("{} NOT IN [{}]", facet(name), list(values))),
        Filter::Dates(None, None) => None,
        Filter::Dates(first, last) => {
            let first = first.map(|first| format!("date >= {}", day(first) * 1_000_000));
            let last = last.map(|last| format!("date < {}", (day(last) + 1) * 1_000_000));
            Some(first.into_iter().chain(last).collect::<Vec<_>>().join(" AND "))
        }
    }
}

fn facet(name: &str) -> String {
    quoted(&format!("{FACETS}.{name}"))
}

fn list(values: &[String]) -> String {
    values.iter().map(|value| quoted(&values::kept(value))).collect::<Vec<_>>().join(", ")
}

/// A text in quotation marks, those within it escaped.
fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn everything_is_one_condition_and_nothing_in_it_ends_a_text() {
        let day = |text| kernel::parse_date(text).unwrap();
        let mut query = Query::of("x", day("2026-01-02"));
        assert_eq!(all(&query), "from <= 20260102 AND until > 20260102");
        query.at = At::InForce(day("2026-01-02"));
        query.filters = vec![
            Filter::Any("type".into(), vec!["a\" OR id = \"b\\".into(), "c".into()]),
            Filter::None("issuer".into(), vec!["ubnd".into()]),
            Filter::None("issuer".into(), vec![]),
            Filter::Dates(Some(day("2020-01-31")), Some(day("2020-12-31"))),
            Filter::Dates(None, None),
        ];
        assert_eq!(
            all(&query),
            "from <= 20260102 AND until > 20260102 AND in_force = 1 AND \
             \"facets.type\" IN [\"a_22.+_4f._52.+id+_3d.+_22.b_5c.\", \"c\"] AND \"facets.issuer\" NOT IN [\"ubnd\"] AND \
             date >= 20200131000000 AND date < 20201232000000"
        );
    }
}
