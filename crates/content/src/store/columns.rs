//! What lists are filtered and sorted by: columns of editions, and rows of `entry_values` joined where a
//! list asks for them.

use super::{a, col};
use content_types::{Definition, FieldDef, IndexColumn};
use kernel::query::{Field, FieldKind, Filter, ListQuery, State};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, JoinType, Query, SelectStatement};
use std::collections::BTreeSet;
use store::Column;

fn kind(column: IndexColumn) -> FieldKind {
    match column {
        IndexColumn::Text => FieldKind::Text,
        IndexColumn::Date => FieldKind::Date,
        IndexColumn::Instant => FieldKind::Instant,
        IndexColumn::Whole => FieldKind::Integer,
        IndexColumn::Number => FieldKind::Number,
        IndexColumn::Flag => FieldKind::Boolean,
        IndexColumn::Id => FieldKind::Id,
    }
}

/// The fields of a type that lists can be asked by.
pub(crate) fn own_fields(definition: &Definition, pending: &[String]) -> Vec<Field> {
    let indexed = definition.fields().iter().filter(|field| field.filterable || field.sortable);
    let field = |field: &FieldDef| {
        let kind = kind(field.index_column()?);
        Some(Field { name: field.name.clone().into(), kind, nullable: true, sortable: field.sortable && !field.many })
    };
    indexed.filter(|field| !pending.contains(&field.name)).filter_map(field).collect()
}

/// The alias under which the values of a field are joined: the letter keeps it apart from keywords.
fn alias(field: &str) -> String {
    format!("v_{field}")
}

/// The value of a field in the row of `entry_values` under `alias`.
fn value(alias: &str, column: IndexColumn) -> (Expr, Expr) {
    let plain = |name: &str| Expr::col((Alias::new(alias), Alias::new(name)));
    match column {
        IndexColumn::Text => (plain("text"), plain("lower")),
        IndexColumn::Date => (plain("text"), plain("text")),
        IndexColumn::Instant | IndexColumn::Whole => (plain("whole"), plain("whole")),
        IndexColumn::Number => (plain("number"), plain("number")),
        IndexColumn::Flag => (plain("whole").eq(1), plain("whole")),
        IndexColumn::Id => (plain("ref"), plain("ref")),
    }
}

/// A list over editions: its columns, and the joins that this query needs.
pub(crate) struct Asked {
    /// Every column that can be asked by.
    pub columns: Vec<Column>,
    /// The id that breaks ties, where an index has it.
    pub id: Expr,
}

/// Joins what `query` asks by to `select`, a SELECT over editions `e` of one type.
pub(crate) fn join(select: &mut SelectStatement, definition: &Definition, type_id: kernel::Id, query: &ListQuery) -> Asked {
    let mut filtered = BTreeSet::new();
    names(&query.filter, &mut filtered);
    let sorted: Vec<&str> = query.sort.iter().map(|key| key.field.as_ref()).collect();
    let mut columns = base_columns();
    let mut id = col("e", "entry_id");
    for field in definition.fields() {
        let Some(column) = field.index_column() else { continue };
        let described = Field {
            name: field.name.clone().into(),
            kind: kind(column),
            nullable: true,
            sortable: field.sortable && !field.many,
        };
        if field.many {
            let (expr, lower) = value("v", column);
            let among = Query::select()
                .expr(Expr::val(1))
                .from_as(a("entry_values"), a("v"))
                .and_where(col("v", "edition_id").equals((a("e"), a("id"))))
                .and_where(col("v", "field").eq(field.name.as_str()))
                .to_owned();
            columns.push(Column { lower, among: Some(among), ..Column::plain(described, expr) });
            continue;
        }
        let alias = alias(&field.name);
        let is_sorted = sorted.contains(&field.name.as_str());
        if is_sorted || filtered.contains(field.name.as_str()) {
            // A sortable field has a row even where its value is missing, so the order can drive the plan.
            let how = if field.sortable { JoinType::InnerJoin } else { JoinType::LeftJoin };
            let of = |name: &str| Expr::col((Alias::new(&alias), Alias::new(name)));
            let mut on = of("edition_id")
                .equals((a("e"), a("id")))
                .and(of("entry_id").equals((a("e"), a("entry_id"))))
                .and(of("type_id").eq(type_id.0))
                .and(of("field").eq(field.name.as_str()))
                .and(of(flag(query.state)));
            on = match &query.lang {
                Some(lang) => on.and(of("locale").eq(lang.as_str())),
                None => on.and(of("source")),
            };
            select.join_as(how, a("entry_values"), Alias::new(&alias), on);
            if sorted.first() == Some(&field.name.as_str()) && field.sortable {
                id = of("entry_id");
            }
        }
        let (expr, lower) = value(&alias, column);
        columns.push(Column { lower, ..Column::plain(described, expr) });
    }
    Asked { columns, id }
}

/// The flag of the editions that a state names.
pub(crate) fn flag(state: State) -> &'static str {
    match state {
        State::Published => "live",
        State::Draft => "working",
    }
}

fn names<'a>(filter: &'a Filter, into: &mut BTreeSet<&'a str>) {
    match filter {
        Filter::Test(test) => {
            into.insert(test.field.as_ref());
        }
        Filter::All(parts) | Filter::Any(parts) => parts.iter().for_each(|part| names(part, into)),
    }
}

fn base_columns() -> Vec<Column> {
    use FieldKind::{Boolean, Id, Instant, Text};
    let column = |name: &'static str, kind, nullable| {
        let from = if name == "id" { "entry_id" } else { name };
        let field = Field { name: name.into(), kind, nullable, sortable: true };
        let lower = match name {
            "author_name" => col("e", "author_name_lower"),
            "source_name" => col("e", "source_name_lower"),
            _ => col("e", from),
        };
        Column { lower, ..Column::plain(field, col("e", from)) }
    };
    vec![
        column("id", Id, false),
        column("slug", Text, false),
        column("locale", Text, false),
        column("state", Text, false),
        column("author_name", Text, true),
        column("source_name", Text, true),
        column("portal_id", Id, true),
        column("outdated", Boolean, false),
        column("created_at", Instant, false),
        column("updated_at", Instant, false),
        column("published_at", Instant, true),
    ]
}
