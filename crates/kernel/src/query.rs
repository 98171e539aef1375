//! The filter and sort language of every list, one for both protocols.

use crate::{Id, Instant, Locale, PageRequest, parse_date, print_date, text};
use time::Date;

/// The name of a field: fixed for built-in resources, owned for types added at run time.
pub type Name = std::borrow::Cow<'static, str>;

/// A value that is filtered or sorted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// Text and plain dates (`YYYY-MM-DD`), which sort as text.
    Text(String),
    /// Whole numbers, and instants in microseconds.
    Int(i64),
    /// Numbers with a fraction.
    Number(Number),
    /// True or false.
    Bool(bool),
    /// An id.
    Id(Id),
}

/// A finite number: it equals itself, so values that hold it can be compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(f64);

impl Eq for Number {}

impl Number {
    /// A number, unless it is infinite or none.
    pub fn new(number: f64) -> Option<Self> {
        // Minus zero is zero, so that equal numbers are written the same.
        number.is_finite().then_some(Self(number + 0.0))
    }

    /// The number.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl Value {
    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.push(0),
            Self::Text(text) => {
                out.push(1);
                out.extend_from_slice(&(text.len() as u32).to_be_bytes());
                out.extend_from_slice(text.as_bytes());
            }
            Self::Int(n) => {
                out.push(2);
                out.extend_from_slice(&n.to_be_bytes());
            }
            Self::Bool(b) => out.extend_from_slice(&[3, u8::from(*b)]),
            Self::Id(id) => {
                out.push(4);
                out.extend_from_slice(id.0.as_bytes());
            }
            Self::Number(number) => {
                out.push(5);
                out.extend_from_slice(&number.0.to_be_bytes());
            }
        }
    }

    pub(crate) fn read(bytes: &mut &[u8]) -> Option<Self> {
        fn take<'a>(bytes: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
            let (head, tail) = bytes.split_at_checked(n)?;
            *bytes = tail;
            Some(head)
        }
        match take(bytes, 1)?.first()? {
            0 => Some(Self::Null),
            1 => {
                let length = u32::from_be_bytes(take(bytes, 4)?.try_into().ok()?);
                let text = take(bytes, usize::try_from(length).ok()?)?;
                String::from_utf8(text.to_vec()).ok().map(Self::Text)
            }
            2 => Some(Self::Int(i64::from_be_bytes(take(bytes, 8)?.try_into().ok()?))),
            3 => Some(Self::Bool(take(bytes, 1)? == [1])),
            4 => uuid::Uuid::from_slice(take(bytes, 16)?).ok().map(|id| Self::Id(Id(id))),
            5 => Number::new(f64::from_be_bytes(take(bytes, 8)?.try_into().ok()?)).map(Self::Number),
            _ => None,
        }
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// A plain date.
    Date,
    /// A moment.
    Instant,
    /// An id.
    Id,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
}

impl FieldKind {
    /// Reads a value of this kind as it stands in an address or a GraphQL argument.
    pub fn parse(self, raw: &str) -> Option<Value> {
        match self {
            // PostgreSQL cannot hold U+0000; nothing stored has one.
            Self::Text => (!raw.contains('\0')).then(|| Value::Text(text::nfc(raw))),
            Self::Date => parse_date(raw).map(|date| Value::Text(print_date(date))),
            // A `+` that was not percent-encoded arrives as a space.
            Self::Instant => Instant::parse(&raw.replace(' ', "+")).map(|at| Value::Int(at.0)),
            Self::Id => Id::parse(raw).map(Value::Id),
            Self::Integer => raw.parse().ok().map(Value::Int),
            Self::Number => raw.parse().ok().and_then(Number::new).map(Value::Number),
            Self::Boolean => parse_bool(raw).map(Value::Bool),
        }
    }

    /// The operators that make sense for the kind.
    pub fn operators(self) -> &'static [Op] {
        use Op::{Contains, Eq, Gt, Gte, In, Lt, Lte, Ne, Nin, Null, Starts};
        match self {
            Self::Text => &[Eq, Ne, Lt, Lte, Gt, Gte, In, Nin, Contains, Starts, Null],
            Self::Date | Self::Instant | Self::Integer | Self::Number => &[Eq, Ne, Lt, Lte, Gt, Gte, In, Nin, Null],
            Self::Id => &[Eq, Ne, In, Nin, Null],
            Self::Boolean => &[Eq, Ne, Null],
        }
    }
}

/// Reads `true` or `false`.
pub fn parse_bool(raw: &str) -> Option<bool> {
    match raw {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Equal.
    Eq,
    /// Not equal; a missing value is not equal to any.
    Ne,
    /// Less.
    Lt,
    /// Less or equal.
    Lte,
    /// Greater.
    Gt,
    /// Greater or equal.
    Gte,
    /// One of a list.
    In,
    /// None of a list; a missing value is in no list.
    Nin,
    /// Holds the text anywhere, ignoring case and normal form, not tones.
    Contains,
    /// Begins with the text, ignoring case and normal form, not tones.
    Starts,
    /// Is missing (`true`) or is there (`false`).
    Null,
}

impl Op {
    /// Every operator, in the order of the documentation.
    pub const ALL: [Self; 11] = [
        Self::Eq,
        Self::Ne,
        Self::Lt,
        Self::Lte,
        Self::Gt,
        Self::Gte,
        Self::In,
        Self::Nin,
        Self::Contains,
        Self::Starts,
        Self::Null,
    ];

    /// The name of the operator.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eq => "eq",
            Self::Ne => "ne",
            Self::Lt => "lt",
            Self::Lte => "lte",
            Self::Gt => "gt",
            Self::Gte => "gte",
            Self::In => "in",
            Self::Nin => "nin",
            Self::Contains => "contains",
            Self::Starts => "starts",
            Self::Null => "null",
        }
    }

    /// The operator of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.as_str() == name)
    }
}

/// One comparison of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// The field.
    pub field: Name,
    /// The comparison.
    pub op: Op,
    /// One value; for `in` and `nin` any number.
    pub values: Vec<Value>,
}

/// A condition on rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// One comparison.
    Test(Test),
    /// All hold; an empty one always holds.
    All(Vec<Filter>),
    /// At least one holds; an empty one never holds.
    Any(Vec<Filter>),
}

impl Default for Filter {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Ascending; missing values last.
    Asc,
    /// Descending; missing values last.
    Desc,
}

/// One key of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortKey {
    /// The field.
    pub field: Name,
    /// Its direction.
    pub direction: Direction,
}

/// A field that lists can be asked by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in REST.
    pub name: Name,
    /// What it holds.
    pub kind: FieldKind,
    /// Whether it can be missing.
    pub nullable: bool,
    /// Whether lists can be sorted by it.
    pub sortable: bool,
}

/// Which edition of a resource is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum State {
    /// The published edition.
    #[default]
    Published,
    /// The working copy: the draft, or the newest edition where nothing is pending.
    Draft,
}

/// Which fields are read; names are those of the resource's own description.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Projection(pub Vec<Name>);

impl Projection {
    /// Whether the field is read.
    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|name| name == field)
    }
}

/// A question to a list.
#[derive(Debug, Clone)]
pub struct ListQuery {
    /// Which rows.
    pub filter: Filter,
    /// In which order; the id breaks ties.
    pub sort: Vec<SortKey>,
    /// Which fields of them.
    pub fields: Projection,
    /// Which edition.
    pub state: State,
    /// Only this language.
    pub lang: Option<Locale>,
    /// As of which day, for what is computed for one; today where none is asked for.
    pub as_of: Option<Date>,
    /// Which page.
    pub page: PageRequest,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_by_kind() {
        assert_eq!(FieldKind::Date.parse("2024-13-45"), None);
        assert_eq!(FieldKind::Instant.parse("2026-01-01T00:00:00 07:00"), FieldKind::Instant.parse("2025-12-31T17:00:00Z"));
        assert_eq!(FieldKind::Text.parse("e\u{301}"), Some(Value::Text("é".into())));
        assert_eq!(FieldKind::Text.parse("a\0"), None);
        assert_eq!(FieldKind::Boolean.parse("1"), None);
        assert_eq!(FieldKind::Number.parse("12.50"), Number::new(12.5).map(Value::Number));
        assert_eq!(FieldKind::Number.parse("inf"), None);
        assert_eq!(Number::new(-0.0), Number::new(0.0));
    }
}
