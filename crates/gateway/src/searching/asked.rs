//! What was asked of a search.

use super::facets;
use crate::problem::Problem;
use crate::query::{MAX_VALUE, MAX_VALUES, page_size};
use crate::resource::Catalog;
use crate::rest::params::{bad, day, segments, split, unknown};
use kernel::PageRequest;
use search::{At, Filter, Query, Sort};
use time::Date;

/// The longest text that is searched for, in characters.
const LONGEST: usize = 500;
/// How many values of a facet are told, and how many at most.
const FACET_VALUES: usize = 10;
const MOST_FACET_VALUES: usize = 100;
/// How many hits of each type are told where they are grouped.
const GROUP: u32 = 5;

/// The parameters of a search.
pub(crate) const PARAMETERS: [&str; 10] =
    ["q", "filter[…]", "facets", "as_of", "sort", "group", "explain", "page[size]", "page[after]", "meta"];

/// What was asked.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Words; everything where none are given but a filter is.
    pub q: Option<String>,
    pub filters: Vec<Filter>,
    pub facets: Vec<(String, usize)>,
    /// The day of which the law in force is searched.
    pub as_of: Option<Date>,
    pub sort: Sort,
    pub size: u32,
    pub after: Option<String>,
    pub total: bool,
    pub explain: bool,
    pub is_grouped: bool,
}

impl Asked {
    /// Nothing asked yet.
    pub fn nothing() -> Self {
        Self {
            q: None,
            filters: Vec::new(),
            facets: Vec::new(),
            as_of: None,
            sort: Sort::Relevance,
            size: PageRequest::DEFAULT_SIZE,
            after: None,
            total: false,
            explain: false,
            is_grouped: false,
        }
    }

    /// Reads the parameters.
    pub fn read(given: &[(String, String)], catalog: &Catalog) -> Result<Self, Problem> {
        let mut asked = Self::nothing();
        let mut size = None;
        for (name, value) in given {
            let path = segments(name);
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            match path.as_slice() {
                ["q"] => asked.q = Some(text(name, value)?),
                ["filter", rest @ ..] => asked.filter(name, rest, value, catalog)?,
                ["facets"] => asked.facets = wanted(value, catalog)?,
                ["as_of"] => asked.as_of = Some(day(name, value)?),
                ["sort"] => {
                    asked.sort = match value.as_str() {
                        "relevance" => Sort::Relevance,
                        "-date" => Sort::Newest,
                        "date" => Sort::Oldest,
                        _ => return Err(bad(name, "relevance, -date hoặc date", "relevance, -date or date")),
                    }
                }
                ["group"] if value == "type" => asked.is_grouped = true,
                ["group"] => return Err(bad(name, "type", "type")),
                ["explain"] => asked.explain = flag(name, value)?,
                ["page", "size"] => {
                    let of = page_size(value.parse().ok());
                    size = Some(of.ok_or_else(|| bad(name, "số nguyên từ 1 đến 100", "a whole number from 1 to 100"))?);
                }
                ["page", "after"] => asked.after = Some(value.clone()),
                ["meta"] if value == "total" => asked.total = true,
                ["meta"] => return Err(bad(name, "total", "total")),
                _ => return Err(unknown(name, &PARAMETERS)),
            }
        }
        if asked.q.is_none() && asked.filters.is_empty() {
            return Err(bad("q", "từ cần tìm, hoặc một bộ lọc", "words to search for, or a filter"));
        }
        if asked.is_grouped && asked.after.is_some() {
            return Err(bad("page[after]", "không dùng cùng group", "no page beside group"));
        }
        asked.size = size.unwrap_or(if asked.is_grouped { GROUP } else { PageRequest::DEFAULT_SIZE });
        Ok(asked)
    }

    /// `filter[issuer]=…`, `filter[type][in]=…`, `filter[date][gte]=…`
    pub fn filter(&mut self, name: &str, path: &[&str], value: &str, catalog: &Catalog) -> Result<(), Problem> {
        let (field, op) = match path {
            [field] => (*field, "eq"),
            [field, op] => (*field, *op),
            _ => return Err(unknown(name, &["filter[field]", "filter[field][operator]"])),
        };
        if field == "date" {
            let on = day(name, value)?;
            let (from, to) = match op {
                "eq" => (Some(on), Some(on)),
                "gte" => (Some(on), None),
                "lte" => (None, Some(on)),
                "gt" => (on.next_day(), None),
                "lt" => (None, on.previous_day()),
                _ => return Err(unknown(name, &["eq", "gt", "gte", "lt", "lte"].map(|op| format!("filter[date][{op}]")))),
            };
            self.filters.push(Filter::Dates(from, to));
            return Ok(());
        }
        let known = facets::names(catalog);
        if !known.iter().any(|known| known == field) {
            let allowed = known.iter().map(String::as_str).chain(["date"]).map(|name| format!("filter[{name}]"));
            return Err(unknown(name, &allowed.collect::<Vec<_>>()));
        }
        let values = match op {
            "in" | "nin" => split(value),
            _ => vec![value.to_owned()],
        };
        if values.len() > MAX_VALUES || values.iter().any(|value| value.chars().count() > MAX_VALUE || value.contains('\0')) {
            return Err(bad(name, "nhiều nhất 100 giá trị, mỗi giá trị 500 ký tự", "at most 100 values of 500 characters"));
        }
        let values = values.into_iter().map(|value| facets::asked(field, value)).collect();
        self.filters.push(match op {
            "eq" | "in" => Filter::Any(field.to_owned(), values),
            "ne" | "nin" => Filter::None(field.to_owned(), values),
            _ => return Err(unknown(name, &["eq", "in", "ne", "nin"].map(|op| format!("filter[{field}][{op}]")))),
        });
        Ok(())
    }

    /// The same as the index is asked.
    pub fn query(&self, today: Date) -> Query {
        Query {
            text: self.q.clone(),
            at: self.as_of.map_or(At::Day(today), At::InForce),
            filters: self.filters.clone(),
            facets: self.facets.clone(),
            sort: self.sort,
            limit: usize::try_from(self.size).unwrap_or(0),
            offset: 0,
            without: Vec::new(),
            explain: self.explain,
        }
    }

    /// What a cursor belongs to.
    pub fn context(&self) -> String {
        format!("/v1/search|{:?}|{:?}|{:?}|{:?}", self.q, self.filters, self.as_of, self.sort)
    }
}

/// A text that is searched for.
pub(crate) fn text(name: &str, value: &str) -> Result<String, Problem> {
    if value.chars().count() > LONGEST || value.contains('\0') {
        return Err(bad(name, "nhiều nhất 500 ký tự", "at most 500 characters"));
    }
    Ok(kernel::text::nfc(value))
}

pub(crate) fn flag(name: &str, value: &str) -> Result<bool, Problem> {
    value.parse().map_err(|_| bad(name, "true hoặc false", "true or false"))
}

/// `type,issuer:20,year`
pub(crate) fn wanted(value: &str, catalog: &Catalog) -> Result<Vec<(String, usize)>, Problem> {
    let known = facets::names(catalog);
    let mut wanted: Vec<(String, usize)> = Vec::new();
    for one in value.split(',') {
        let (name, most) = one.split_once(':').unwrap_or((one, ""));
        let most = if most.is_empty() { Some(FACET_VALUES) } else { most.parse().ok() };
        let most = most.filter(|most| (1..=MOST_FACET_VALUES).contains(most));
        if !known.iter().any(|known| known == name) {
            let known = known.join(", ");
            return Err(bad("facets", &format!("những tên trong: {known}"), &format!("names out of: {known}")));
        }
        let most = most.ok_or_else(|| bad("facets", "số giá trị từ 1 đến 100", "a number of values from 1 to 100"))?;
        if !wanted.iter().any(|(known, _)| known == name) {
            wanted.push((name.to_owned(), most));
        }
    }
    Ok(wanted)
}
