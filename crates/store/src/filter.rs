//! Filters as SQL conditions; every value is a bound parameter.

use kernel::query::{Field, Filter, Op, Test, Value};
use sea_orm::sea_query::{Cond, Condition, Expr, ExprTrait, LikeExpr, SelectStatement};

/// A field as SQL.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its description.
    pub field: Field,
    /// What is compared and sorted.
    pub expr: Expr,
    /// The same in lower case, for `contains` and `starts`.
    pub lower: Expr,
    /// Where the values of a field that has many lie: a test asks whether one of them passes.
    pub among: Option<SelectStatement>,
    /// What the values of a test stand for, where that is more than they themselves: the SELECT of all of it.
    pub meant: Option<fn(Vec<Expr>) -> SelectStatement>,
}

impl Column {
    /// A field with one value, compared as it is.
    pub fn plain(field: Field, expr: Expr) -> Self {
        Self { field, lower: expr.clone(), expr, among: None, meant: None }
    }
}

pub(crate) fn bound(value: &Value) -> Expr {
    match value {
        Value::Null => Expr::val(None::<String>),
        Value::Text(text) => Expr::val(text.clone()),
        Value::Int(n) => Expr::val(*n),
        Value::Number(n) => Expr::val(n.get()),
        Value::Bool(b) => Expr::val(*b),
        Value::Id(id) => Expr::val(id.0),
    }
}

/// Compiles a filter over these columns. A field that is not among them matches nothing.
pub fn condition(filter: &Filter, columns: &[Column]) -> Condition {
    match filter {
        Filter::Test(test) => match columns.iter().find(|column| column.field.name == test.field) {
            Some(column) => match &column.among {
                Some(values) => among(test, column, values),
                None => compare(test, column),
            },
            None => never(),
        },
        Filter::All(parts) => parts.iter().fold(Cond::all(), |all, part| all.add(condition(part, columns))),
        Filter::Any(parts) if parts.is_empty() => never(),
        Filter::Any(parts) => parts.iter().fold(Cond::any(), |any, part| any.add(condition(part, columns))),
    }
}

/// An empty `Cond` would always hold.
fn never() -> Condition {
    Cond::all().add(Expr::val(1).eq(0))
}

/// Of a field with many values: whether one passes, or none where the test is a denial.
fn among(test: &Test, column: &Column, values: &SelectStatement) -> Condition {
    let denied = |op| Test { field: test.field.clone(), op, values: test.values.clone() };
    let one = |test: Option<&Test>| {
        let mut values = values.clone();
        if let Some(test) = test {
            values.cond_where(compare(test, column));
        }
        Expr::exists(values)
    };
    let missing = test.values.first() == Some(&Value::Bool(true));
    let expr = match test.op {
        Op::Ne => one(Some(&denied(Op::Eq))).not(),
        Op::Nin => one(Some(&denied(Op::In))).not(),
        Op::Null if missing => one(None).not(),
        Op::Null => one(None),
        _ => one(Some(test)),
    };
    Cond::all().add(expr)
}

fn compare(test: &Test, column: &Column) -> Condition {
    let expr = || column.expr.clone();
    let one = |condition: Expr| Cond::all().add(condition);
    // Nothing equals, precedes or follows a missing value, and it is in no list.
    let there = || test.values.iter().filter(|value| **value != Value::Null);
    let all = || there().map(bound).collect::<Vec<_>>();
    if let (Some(meant), Some(_)) = (column.meant, there().next()) {
        match test.op {
            Op::Eq | Op::In => return one(expr().in_subquery(meant(all()))),
            Op::Ne | Op::Nin => return one(expr().not_in_subquery(meant(all())).or(expr().is_null())),
            Op::Lt | Op::Lte | Op::Gt | Op::Gte | Op::Contains | Op::Starts | Op::Null => {}
        }
    }
    match (test.op, there().next()) {
        (Op::In, _) => one(expr().is_in(all())),
        (Op::Nin, _) => one(expr().is_not_in(all()).or(expr().is_null())),
        (Op::Null, Some(Value::Bool(true))) | (Op::Ne, None) => one(expr().is_null()),
        (Op::Null, _) => one(expr().is_not_null()),
        (Op::Eq | Op::Lt | Op::Lte | Op::Gt | Op::Gte | Op::Contains | Op::Starts, None) => never(),
        (Op::Eq, Some(first)) => one(expr().eq(bound(first))),
        (Op::Ne, Some(first)) => one(expr().ne(bound(first)).or(expr().is_null())),
        (Op::Lt, Some(first)) => one(expr().lt(bound(first))),
        (Op::Lte, Some(first)) => one(expr().lte(bound(first))),
        (Op::Gt, Some(first)) => one(expr().gt(bound(first))),
        (Op::Gte, Some(first)) => one(expr().gte(bound(first))),
        (Op::Contains, Some(first)) => contains(column, &lower(first)),
        (Op::Starts, Some(first)) => starts(column, &lower(first)),
    }
}

fn lower(value: &Value) -> String {
    match value {
        Value::Text(text) => kernel::text::lower(text),
        _ => String::new(),
    }
}

/// SQLite refuses longer patterns, in bytes; no field that lists are asked by is as long.
const LONGEST_PATTERN: usize = 50_000;

fn contains(column: &Column, text: &str) -> Condition {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for c in text.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    if pattern.len() > LONGEST_PATTERN {
        return never();
    }
    Cond::all().add(column.lower.clone().like(LikeExpr::new(pattern).escape('\\')))
}

/// Texts sort by code point, so those that begin with a text are a range, which an index serves.
fn starts(column: &Column, prefix: &str) -> Condition {
    let from = Cond::all().add(column.lower.clone().gte(prefix));
    match after_all_with(prefix) {
        Some(end) => from.add(column.lower.clone().lt(end)),
        None => from,
    }
}

/// The first text after every text that begins with `prefix`; `None` when there is none.
fn after_all_with(prefix: &str) -> Option<String> {
    let mut end: Vec<char> = prefix.chars().collect();
    while let Some(last) = end.pop() {
        let next = if last == '\u{D7FF}' { Some('\u{E000}') } else { char::from_u32(u32::from(last) + 1) };
        if let Some(next) = next {
            end.push(next);
            return Some(end.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_is_a_range() {
        assert_eq!(after_all_with("43/"), Some("430".into()));
        assert_eq!(after_all_with("a\u{10FFFF}"), Some("b".into()));
        assert_eq!(after_all_with(""), None);
        assert_eq!(after_all_with("\u{D7FF}"), Some("\u{E000}".into()));
    }
}
