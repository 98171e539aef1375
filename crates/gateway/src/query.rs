//! Filters, sorts and choices by name, for both protocols.

use crate::description::Description;
use crate::problem::Problem;
use kernel::query::{Direction, Field, Name, Op, SortKey, Test};
use kernel::{FieldFault, PageRequest, Text};

/// The longest text in a filter, in characters.
pub(crate) const MAX_VALUE: usize = 500;
/// The most values of `in` and `nin`.
pub(crate) const MAX_VALUES: usize = 100;

/// What is wrong with a name or a value.
pub(crate) struct Misuse {
    code: &'static str,
    text: Text,
}

impl Misuse {
    fn unknown(what: &str, name: &str, allowed: &[&str]) -> Self {
        let allowed = allowed.join(", ");
        let vi = match what {
            "operator" => "phép so sánh",
            "include" => "quan hệ",
            "sort" => "khóa sắp xếp",
            _ => "trường",
        };
        let text = Text::new(
            format!("Không có {vi} {name}; dùng được: {allowed}."),
            format!("There is no {what} {name}; there are: {allowed}."),
        );
        Self { code: "unknown_parameter", text }
    }

    fn value(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code: "invalid_parameter", text: Text::new(vi, en) }
    }

    /// The problem, at a parameter of that name.
    pub fn at(self, parameter: &str) -> Problem {
        let field = FieldFault::new(format!("?{parameter}"), self.code, self.text.clone());
        Problem::malformed(self.code, self.text.vi, self.text.en).with_field(field)
    }
}

/// A closed list of names.
pub(crate) struct Choice {
    what: &'static str,
    names: Vec<Name>,
}

impl Choice {
    pub fn new(what: &'static str, names: Vec<Name>) -> Self {
        Self { what, names }
    }

    pub fn find(&self, name: &str) -> Result<Name, Misuse> {
        let names = || self.names.iter().map(AsRef::as_ref).collect::<Vec<&str>>();
        self.names.iter().find(|known| *known == name).cloned().ok_or_else(|| Misuse::unknown(self.what, name, &names()))
    }
}

/// One comparison of a filter, its values as text.
pub(crate) fn filter_test(description: &Description, field: &str, op: &str, values: &[String]) -> Result<Test, Misuse> {
    let names = || description.fields.iter().map(|field| field.name.as_ref()).collect::<Vec<&str>>();
    let known = description.fields.iter().find(|known| known.name == field);
    let known = known.ok_or_else(|| Misuse::unknown("field", field, &names()))?;
    let ops = known.kind.operators();
    let op_names = || ops.iter().map(|op| op.as_str()).collect::<Vec<_>>();
    let op = Op::parse(op).filter(|op| ops.contains(op)).ok_or_else(|| Misuse::unknown("operator", op, &op_names()))?;
    if values.len() > MAX_VALUES {
        return Err(Misuse::value(
            format!("{field}: nhiều nhất {MAX_VALUES} giá trị."),
            format!("{field}: at most {MAX_VALUES} values."),
        ));
    }
    let values = values.iter().map(|value| read(known, op, value)).collect::<Result<_, _>>()?;
    Ok(Test { field: known.name.clone(), op, values })
}

fn read(field: &Field, op: Op, value: &str) -> Result<kernel::query::Value, Misuse> {
    use kernel::query::FieldKind::{Boolean, Date, Id, Instant, Integer, Number, Text};
    let kind = if op == Op::Null { Boolean } else { field.kind };
    let name = &field.name;
    if value.chars().count() > MAX_VALUE {
        return Err(Misuse::value(
            format!("{name}: nhiều nhất {MAX_VALUE} ký tự."),
            format!("{name}: at most {MAX_VALUE} characters."),
        ));
    }
    kind.parse(value).ok_or_else(|| {
        let (vi, en) = match kind {
            Text => ("văn bản", "text"),
            Date => ("ngày dạng YYYY-MM-DD", "a day as YYYY-MM-DD"),
            Instant => ("thời điểm RFC 3339 có múi giờ", "an RFC 3339 moment with offset"),
            Id => ("mã định danh (UUID)", "a UUID"),
            Integer => ("số nguyên", "a whole number"),
            Number => ("một số", "a number"),
            Boolean => ("true hoặc false", "true or false"),
        };
        Misuse::value(format!("{name}: cần {vi}."), format!("{name}: {en} is asked for."))
    })
}

/// One key of an order: `issued_on` or `-issued_on`.
pub(crate) fn sort_key(description: &Description, key: &str) -> Result<SortKey, Misuse> {
    let (field, direction) = match key.strip_prefix('-') {
        Some(field) => (field, Direction::Desc),
        None => (key, Direction::Asc),
    };
    let names = || sortable(description).map(|field| field.name.as_ref()).collect::<Vec<&str>>();
    let known = sortable(description).find(|known| known.name == field);
    known.map(|known| SortKey { field: known.name.clone(), direction }).ok_or_else(|| Misuse::unknown("sort", key, &names()))
}

/// The fields that lists can be sorted by.
pub(crate) fn sortable(description: &Description) -> impl Iterator<Item = &Field> {
    description.fields.iter().filter(|field| field.sortable)
}

/// A page size within the bounds.
pub(crate) fn page_size(size: Option<u32>) -> Option<u32> {
    size.filter(|size| (1..=PageRequest::MAX_SIZE).contains(size))
}
