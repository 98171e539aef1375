//! What was asked of a search.

use super::{facets, filters};
use crate::problem::Problem;
use crate::query::page_size;
use crate::resource::Catalog;
use crate::rest::params::{bad, day, segments, unknown};
use kernel::PageRequest;
use search::{At, Filter, Query, Sort};
use time::Date;

/// The longest text that is searched for, in characters.
const LONGEST: usize = 500;
/// How many values of a facet are told, and how many at most.
const FACET_VALUES: usize = 10;
const MOST_FACET_VALUES: usize = 100;
/// So many suggestions there are at most, and so many resources that are alike.
const FEW: u32 = 20;
/// How many hits of each type are told where they are grouped.
const GROUP: u32 = 5;

/// The parameters of a search.
const PARAMETERS: [&str; 10] =
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
                ["filter", rest @ ..] => asked.filters.push(filters::read((name, rest), value, catalog)?),
                ["facets"] => asked.facets = wanted(value, catalog)?,
                ["as_of"] => asked.as_of = Some(day(name, value)?),
                ["sort"] => asked.sort = order(name, value)?,
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
        asked.size = size.unwrap_or(if asked.is_grouped { GROUP } else { PageRequest::DEFAULT_SIZE });
        asked.checked()
    }

    /// Refuses what nothing is asked of, and what cannot be asked together.
    pub fn checked(self) -> Result<Self, Problem> {
        if self.q.is_none() && self.filters.is_empty() {
            return Err(bad("q", "từ cần tìm, hoặc một bộ lọc", "words to search for, or a filter"));
        }
        if self.is_grouped && self.after.is_some() {
            return Err(bad("page[after]", "không dùng cùng group", "no page beside group"));
        }
        filters::few_enough(&self.filters)?;
        Ok(self)
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

/// An order of hits.
pub(crate) fn order(name: &str, value: &str) -> Result<Sort, Problem> {
    match value {
        "relevance" => Ok(Sort::Relevance),
        "-date" => Ok(Sort::Newest),
        "date" => Ok(Sort::Oldest),
        _ => Err(bad(name, "relevance, -date hoặc date", "relevance, -date or date")),
    }
}

/// How many suggestions, or resources that are alike, are asked for.
pub(crate) fn few(name: &str, size: Option<u32>) -> Result<u32, Problem> {
    let size = page_size(size).filter(|size| *size <= FEW);
    size.ok_or_else(|| bad(name, "số nguyên từ 1 đến 20", "a whole number from 1 to 20"))
}

fn flag(name: &str, value: &str) -> Result<bool, Problem> {
    value.parse().map_err(|_| bad(name, "true hoặc false", "true or false"))
}

/// `type,issuer:20,year`
pub(crate) fn wanted(value: &str, catalog: &Catalog) -> Result<Vec<(String, usize)>, Problem> {
    let known = facets::names(&catalog.resources);
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
