//! What hits are filtered by, as it is asked.

use super::facets;
use crate::problem::Problem;
use crate::query::{MAX_VALUE, MAX_VALUES};
use crate::resource::Catalog;
use crate::rest::params::{bad, day, split, unescape, unknown};
use search::Filter;

/// How many conditions there are at most.
const MOST: usize = 50;

/// `filter[issuer]=…`, `filter[type][in]=…`, `filter[date][gte]=…`
pub(super) fn read((name, path): (&str, &[&str]), value: &str, catalog: &Catalog) -> Result<Filter, Problem> {
    let (field, op) = match path {
        [field] => (*field, "eq"),
        [field, op] => (*field, *op),
        _ => return Err(unknown(name, &["filter[field]", "filter[field][operator]"])),
    };
    let values = match op {
        "in" | "nin" => split(value),
        _ => vec![unescape(value)],
    };
    condition(name, (field, op), values, catalog)
}

/// One condition; `name` is what the caller calls it.
pub(crate) fn condition(
    name: &str,
    (field, op): (&str, &str),
    values: Vec<String>,
    catalog: &Catalog,
) -> Result<Filter, Problem> {
    if field == "date" {
        return dates(name, op, values.first().map(String::as_str).unwrap_or_default());
    }
    let known = facets::names(&catalog.resources);
    if !known.iter().any(|known| known == field) {
        let allowed = known.iter().map(String::as_str).chain(["date"]).map(|name| format!("filter[{name}]"));
        return Err(unknown(name, &allowed.collect::<Vec<_>>()));
    }
    if values.len() > MAX_VALUES || values.iter().any(|value| value.chars().count() > MAX_VALUE || value.contains('\0')) {
        return Err(bad(name, "nhiều nhất 100 giá trị, mỗi giá trị 500 ký tự", "at most 100 values of 500 characters"));
    }
    let values = values.into_iter().map(|value| facets::asked(field, value)).collect();
    match op {
        "eq" | "in" => Ok(Filter::Any(field.to_owned(), values)),
        "ne" | "nin" => Ok(Filter::None(field.to_owned(), values)),
        _ => Err(unknown(name, &["eq", "in", "ne", "nin"].map(|op| format!("filter[{field}][{op}]")))),
    }
}

fn dates(name: &str, op: &str, value: &str) -> Result<Filter, Problem> {
    if !["eq", "gt", "gte", "lt", "lte"].contains(&op) {
        return Err(unknown(name, &["eq", "gt", "gte", "lt", "lte"].map(|op| format!("filter[date][{op}]"))));
    }
    let on = day(name, value)?;
    let (from, to) = match op {
        "gte" => (Some(on), None),
        "lte" => (None, Some(on)),
        // Behind the last day of all, and before the first, there is none.
        "gt" => (Some(on.next_day().unwrap_or(on)), None),
        "lt" => (None, Some(on.previous_day().unwrap_or(on))),
        _ => (Some(on), Some(on)),
    };
    Ok(Filter::Dates(from, to))
}

/// Refuses more conditions than anybody needs.
pub(crate) fn few_enough(filters: &[Filter]) -> Result<(), Problem> {
    if filters.len() > MOST {
        return Err(bad("filter", "nhiều nhất 50 điều kiện", "at most 50 conditions"));
    }
    Ok(())
}
